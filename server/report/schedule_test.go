package report

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
)

func TestSpansOfSchedules(t *testing.T) {
	for _, c := range []struct {
		kind     string
		day      queue.Day
		from, to queue.Day
	}{
		{"day", "2026-11-22", "2026-11-22", "2026-11-22"},
		{"week", "2026-11-22", "2026-11-16", "2026-11-22"}, // a Sunday ends its week
		{"week", "2026-11-23", "2026-11-23", "2026-11-29"},
		{"month", "2028-02-10", "2028-02-01", "2028-02-29"},
		{"month", "2026-12-31", "2026-12-01", "2026-12-31"},
		{"quarter", "2026-11-22", "2026-10-01", "2026-12-31"},
		{"quarter", "2026-03-31", "2026-01-01", "2026-03-31"},
		{"year", "2026-11-22", "2026-01-01", "2026-12-31"},
	} {
		if got := periodWith(c.kind, c.day); got != (period{c.from, c.to}) {
			t.Errorf("the %s of %s is %v", c.kind, c.day, got)
		}
	}
}

func TestWhichSpansAreDue(t *testing.T) {
	night := time.Date(2026, 12, 1, 0, 9, 0, 0, queue.Zone)
	for _, c := range []struct {
		kind    string
		written queue.Day
		now     time.Time
		want    []queue.Day // last days
	}{
		{"month", "", night, []queue.Day{"2026-10-31"}}, // ten minutes after midnight, not before
		{"month", "", night.Add(time.Minute), []queue.Day{"2026-11-30"}},
		{"month", "2026-11-30", night.Add(time.Hour), nil},
		{"month", "2026-08-31", night.Add(time.Hour), []queue.Day{"2026-09-30", "2026-10-31", "2026-11-30"}},
		{"day", "2026-11-27", night.Add(time.Hour), []queue.Day{"2026-11-28", "2026-11-29", "2026-11-30"}},
		{"day", "2027-11-27", night, nil}, // the clock stood wrong before
	} {
		var got []queue.Day
		for _, p := range duePeriods(c.kind, c.written, c.now) {
			got = append(got, p.to)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s after %q at %v: %v, want %v", c.kind, c.written, c.now, got, c.want)
		}
	}
	if n := len(duePeriods("day", "2020-01-01", night)); n != mostMissed {
		t.Errorf("%d days are made up for", n)
	}
}

// scheduleBench is a schedule with a clock and a history that a test holds in its hands.
type scheduleBench struct {
	*Schedule
	t      *testing.T
	now    time.Time
	ready  bool
	fails  error
	empty  map[queue.Day]bool
	built  []Query
	folder string
	list   []queue.ScheduledReport
}

func newSchedule(t *testing.T, list ...queue.ScheduledReport) *scheduleBench {
	b := &scheduleBench{t: t, now: time.Date(2026, 11, 22, 9, 0, 0, 0, queue.Zone), ready: true, folder: t.TempDir(), list: list, empty: map[queue.Day]bool{}}
	b.begin()
	return b
}

// begin is a start of the program.
func (b *scheduleBench) begin() {
	b.Schedule = NewSchedule(ScheduleOptions{Folder: b.folder, Clock: func() time.Time { return b.now }, Ready: func(string, queue.Day) bool { return b.ready },
		Branches: func() []ScheduledBranch { return []ScheduledBranch{{ID: "hoabinh", Reports: b.list}, {ID: "quiet"}} },
		Source: Source{Build: func(_ context.Context, q Query, _ func(done, of int)) (*Report, error) {
			if b.fails != nil {
				return nil, b.fails
			}
			b.built = append(b.built, q)
			r := exampleReport()
			r.Query = q
			if b.empty[q.From] {
				r.Days = 0
			}
			return r, nil
		}}})
}

func (b *scheduleBench) sweep() []string {
	b.t.Helper()
	if err := b.Sweep(b.t.Context()); err != nil {
		b.t.Fatal(err)
	}
	return b.files()
}

func (b *scheduleBench) files() []string {
	b.t.Helper()
	entries, err := os.ReadDir(filepath.Join(b.folder, "hoabinh"))
	if err != nil {
		b.t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if e.Name() != writtenFile {
			names = append(names, e.Name())
		}
	}
	return names
}

func TestScheduleWritesEachSpanOnce(t *testing.T) {
	b := newSchedule(t, queue.ScheduledReport{Span: "day", Format: "csv"}, queue.ScheduledReport{Span: "month", Format: "pdf"})
	want := []string{"bao-cao-ngay-2026-11-21.csv", "bao-cao-thang-2026-10-01.pdf"}
	if got := b.sweep(); !slices.Equal(got, want) {
		t.Fatalf("%v, want %v", got, want)
	}
	data, err := os.ReadFile(filepath.Join(b.folder, "hoabinh", want[0]))
	if err != nil || !strings.Contains(string(data), "ngày 21/11/2026") {
		t.Errorf("%.200q, %v", data, err)
	}
	// A file somebody deleted stays deleted, over a restart too.
	if err := os.Remove(filepath.Join(b.folder, "hoabinh", want[0])); err != nil {
		t.Fatal(err)
	}
	b.begin()
	if got := b.sweep(); !slices.Equal(got, want[1:]) || len(b.built) != 2 {
		t.Errorf("%v after %d reports", got, len(b.built))
	}
	if _, err := os.Stat(filepath.Join(b.folder, "quiet")); err == nil {
		t.Error("a branch without a schedule has a folder")
	}
}

func TestScheduleMakesUpForTheTimeItWasOff(t *testing.T) {
	b := newSchedule(t, queue.ScheduledReport{Span: "day", Format: "csv"})
	b.sweep()
	b.now = b.now.AddDate(0, 0, 4) // off over a Sunday
	b.empty["2026-11-22"] = true
	b.begin()
	want := []string{"bao-cao-ngay-2026-11-21.csv", "bao-cao-ngay-2026-11-23.csv", "bao-cao-ngay-2026-11-24.csv", "bao-cao-ngay-2026-11-25.csv"}
	if got := b.sweep(); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if n := len(b.built); b.sweep() == nil || len(b.built) != n {
		t.Error("the empty day is asked for again and again")
	}
}

func TestScheduleWaitsForTheHistory(t *testing.T) {
	b := newSchedule(t, queue.ScheduledReport{Span: "day", Format: "csv"})
	b.ready = false
	if got := b.sweep(); len(got) != 0 {
		t.Errorf("written before the history has read the day: %v", got)
	}
	b.ready = true
	if got := b.sweep(); len(got) != 1 {
		t.Errorf("%v", got)
	}
}

func TestScheduleTriesAgain(t *testing.T) {
	b := newSchedule(t, queue.ScheduledReport{Span: "day", Format: "csv"})
	b.fails = errors.New("the disk is full")
	if err := b.Sweep(t.Context()); err == nil || len(b.files()) != 0 {
		t.Errorf("%v, %v", err, b.files())
	}
	b.fails = nil
	b.now = b.now.Add(9 * time.Minute)
	if got := b.sweep(); len(got) != 0 {
		t.Error("tried again at once")
	}
	b.now = b.now.Add(time.Minute)
	if got := b.sweep(); len(got) != 1 {
		t.Errorf("not tried again: %v", got)
	}
}

// Killed between the file and the note that it was written, it writes the same file
// once more; a half-written file never has a report's name.
func TestScheduleAfterAKill(t *testing.T) {
	b := newSchedule(t, queue.ScheduledReport{Span: "day", Format: "csv"})
	b.sweep()
	folder := filepath.Join(b.folder, "hoabinh")
	for name, text := range map[string]string{writtenFile: "{", ".part-123": "half"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b.begin()
	if got := b.sweep(); !slices.Equal(got, []string{"bao-cao-ngay-2026-11-21.csv"}) {
		t.Errorf("%v", got)
	}
}
