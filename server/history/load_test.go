package history

import (
	"errors"
	"iter"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/sample"
)

func BenchmarkLoad(b *testing.B) {
	path := b.TempDir() + "/" + File
	h, err := Open(b.Context(), Options{Path: path})
	if err != nil {
		b.Fatal(err)
	}
	defer h.Close()
	set, n := hallOf("b"), 0
	days := func(yield func(queue.Day, []queue.Event) bool) {
		for day, events := range sample.Days(*set, "2026-05-20", "2026-11-20", sample.Options{Seed: 1}) {
			n += len(events)
			if !yield(day, events) {
				return
			}
		}
	}
	start := time.Now()
	for range days {
	}
	made := time.Since(start)
	n = 0
	start = time.Now()
	if err := h.Load(b.Context(), "b", set, iter.Seq2[queue.Day, []queue.Event](days)); err != nil {
		b.Fatal(err)
	}
	took := time.Since(start) - made
	b.ReportMetric(float64(n)/took.Seconds(), "events/s")
	b.ReportMetric(float64(n), "events")
	b.ReportMetric(made.Seconds(), "s_generating")
	var size int
	if err := h.db.QueryRow("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").Scan(&size); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(size)/float64(n), "B/event")
}

// A load that was cut goes on, and everything it wrote is marked as a sample.
func TestLoadAtFullSize(t *testing.T) {
	whole := played("2026-11-16", "2026-11-20", 0.6)
	days := func(until queue.Day) iter.Seq2[queue.Day, []queue.Event] {
		return func(yield func(queue.Day, []queue.Event) bool) {
			for day := queue.Day("2026-11-16"); day <= until; day = day.Add(1) {
				if !yield(day, whole.days[day]) {
					return
				}
			}
		}
	}
	once := newHistory(t)
	if err := once.Load(t.Context(), "b", hallOf("b"), days("2026-11-20")); err != nil {
		t.Fatal(err)
	}
	want := once.tables(t)
	if once.count(t, "SELECT count(*) FROM days WHERE sample = 1") != 5 || once.count(t, "SELECT count(*) FROM visits") < 100 {
		t.Error("not all was loaded as a sample", want)
	}
	parts := newHistory(t)
	left := 4 // within the second of its transactions
	parts.cut = func(string) error {
		if left--; left < 0 {
			return errCut
		}
		return nil
	}
	if err := parts.Load(t.Context(), "b", hallOf("b"), days("2026-11-20")); !errors.Is(err, errCut) {
		t.Fatal(err)
	}
	if n := parts.count(t, "SELECT count(*) FROM days"); n == 0 || n == 5 {
		t.Errorf("%d days were loaded before the cut", n)
	}
	parts.cut = nil
	for range 2 {
		if err := parts.Load(t.Context(), "b", hallOf("b"), days("2026-11-20")); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "in parts", parts.tables(t), want)
	// Live days beside it are nobody's sample, and its visits nobody's twins.
	parts.Use(played("2026-11-21", "2026-11-23", 0.2))
	if err := parts.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := parts.count(t, "SELECT count(*) FROM days WHERE sample = 0"); n != 3 {
		t.Errorf("%d days of people", n)
	}
	if n := parts.count(t, "SELECT count(*) FROM visits WHERE id LIKE '%~%'"); n != 0 {
		t.Errorf("%d visits count as given out twice", n)
	}
}
