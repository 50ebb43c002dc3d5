package report_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"iter"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"motcua/server/history"
	"motcua/server/queue"
	"motcua/server/report"
	"motcua/server/sample"
)

// Every figure of a half-year must be what the recount finds in the raw events.
func TestRecountHalfYearAtFullSize(t *testing.T) {
	recounted(t, sample.Options{Seed: 1, Kind: sample.Ward, Scale: 0.25})
}

// A ward's whole half-year, and one of twice as many people as the hall can bear.
func TestRecountHalfYearSoak(t *testing.T) {
	recounted(t, sample.Options{Seed: 2, Kind: sample.Ward})
	recounted(t, sample.Options{Seed: 3, Kind: sample.Ward, Scale: 2})
}

func recounted(t *testing.T, o sample.Options) {
	set := sample.Office(queue.DemoSettings())
	path := filepath.Join(t.TempDir(), "history.db")
	h, err := history.Open(t.Context(), history.Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	lines, raw := io.Pipe()
	found, failed := make(chan *recount, 1), make(chan error, 1)
	go func() {
		r, err := read(lines)
		found <- r
		failed <- err
	}()
	days := told(sample.Days(set, "2026-05-22", "2026-11-21", o), raw)
	if err := h.Load(t.Context(), set.ID, &set, days); err != nil {
		t.Fatal(err)
	}
	raw.Close()
	mine := <-found
	if err := <-failed; err != nil {
		t.Fatal(err)
	}
	r, err := report.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for _, span := range [][2]string{{"2026-05-22", "2026-11-21"}, {"2026-09-01", "2026-09-30"}, {"2026-11-16", "2026-11-16"}} {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		theirs, err := r.Build(ctx, report.Query{Branches: []string{set.ID}, From: queue.Day(span[0]), To: queue.Day(span[1])},
			report.Options{Settings: func(string) *queue.Settings { return &set }, Clock: queue.SystemClock})
		cancel()
		if err != nil {
			t.Fatal(err)
		}
		if !theirs.Sample {
			t.Error("a made-up history does not say so")
		}
		agree(t, mine.count(t, span[0], span[1]), theirs)
		if p := theirs.Total.Promise; span[0] != span[1] && (p.Broken*200 < p.Kept || p.Broken*20 > p.Kept) {
			t.Errorf("%v: %d promises kept, %d broken: no hall is like that", span, p.Kept, p.Broken)
		}
		t.Logf("%s to %s: %d of %d visits, %d events", span[0], span[1], theirs.Total.Taken, len(mine.stories), mine.events)
	}
}

// told writes each day's events as the archive does, one JSON object a line, on the
// way to who asked for them.
func told(days iter.Seq2[queue.Day, []queue.Event], to io.Writer) iter.Seq2[queue.Day, []queue.Event] {
	return func(yield func(queue.Day, []queue.Event) bool) {
		for day, events := range days {
			var out bytes.Buffer
			lines := json.NewEncoder(&out)
			for _, e := range events {
				if lines.Encode(e) != nil {
					return
				}
			}
			if _, err := to.Write(out.Bytes()); err != nil || !yield(day, events) {
				return
			}
		}
	}
}

// agree compares every row of the dimensions that both have.
func agree(t *testing.T, mine table, theirs *report.Report) {
	t.Helper()
	total := mine.row("total", "")
	pauses := map[string]float64{}
	for _, p := range theirs.Pauses {
		pauses["pause "+p.ID] = p.Value
	}
	same(t, "total", total.n, flat(&theirs.Total, pauses))
	for _, d := range []report.Dimension{report.ByService, report.ByCounter, report.ByHour, report.ByWeekday, report.ByChannel, report.ByDay} {
		rows := map[string]bool{}
		for _, row := range theirs.By[d] {
			rows[row.ID] = true
			if mine[string(d)][row.ID] == nil {
				t.Errorf("%s %s: the recount has no such row", d, row.ID)
				continue
			}
			same(t, string(d)+" "+row.ID, mine[string(d)][row.ID].n, flat(&row.Figures, nil))
		}
		for id := range mine[string(d)] {
			if !rows[id] {
				t.Errorf("%s %s: the report has no such row", d, id)
			}
		}
	}
}

// same compares two rows figure by figure; one that is missing is nought.
func same(t *testing.T, row string, mine, theirs map[string]float64) {
	t.Helper()
	names := maps.Clone(mine)
	maps.Copy(names, theirs)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if a, b := mine[name], theirs[name]; math.Abs(a-b) > 1e-9*max(1, math.Abs(a)) {
			t.Errorf("%s: %s is %v by the raw events, %v in the report", row, name, a, b)
		}
	}
}

// flat names a report's figures as the recount does.
func flat(f *report.Figures, n map[string]float64) map[string]float64 {
	if n == nil {
		n = map[string]float64{}
	}
	whole := map[string]int{"taken": f.Taken, "served": f.Served, "no_show": f.NoShow, "cancelled": f.Cancelled, "expired": f.Expired,
		"transferred": f.Transferred, "transfers": f.Transfers, "ping_pong": f.PingPong, "again": f.Again, "out_of_turn": f.OutOfTurn,
		"priority": f.Priority, "recalls": f.Recalls, "wait n": f.Wait.N, "service n": f.Service.N,
		"in_target": f.InTarget.Yes, "in_target_of": f.InTarget.Of, "told": f.Told.Of,
		"promise kept": f.Promise.Kept, "promise broken": f.Promise.Broken, "promise unknown": f.Promise.Unknown,
		"half_day kept": f.HalfDay.Kept, "half_day broken": f.HalfDay.Broken, "half_day unknown": f.HalfDay.Unknown,
		"outcome done": f.Outcome.Done, "outcome received": f.Outcome.Received, "outcome supplement": f.Outcome.Supplement,
		"outcome refused": f.Outcome.Refused, "outcome guided": f.Outcome.Guided,
		"asked": f.Rating.Asked, "rated": f.Rating.Rated, "points": f.Rating.Points, "content": f.Rating.Content.Yes}
	for name, v := range whole {
		n[name] = float64(v)
	}
	maps.Copy(n, map[string]float64{"wait mean": f.Wait.Mean, "wait median": f.Wait.Median, "wait p90": f.Wait.P90,
		"service mean": f.Service.Mean, "service median": f.Service.Median, "service p90": f.Service.P90,
		"use": f.Use.Open, "use open": f.Use.Idle, "use calling": f.Use.Calling, "use serving": f.Use.Serving, "use paused": f.Use.Paused,
		"mean": f.Rating.Mean, "low": f.Rating.Low, "high": f.Rating.High})
	for i, v := range f.Rating.Levels {
		n["level "+strconv.Itoa(i+1)] = float64(v)
	}
	for source, v := range f.Rating.Sources {
		n["source "+source] = float64(v)
	}
	for _, reason := range f.Rating.Reasons {
		n["reason "+reason.ID] = reason.Value
	}
	return n
}
