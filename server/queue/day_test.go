package queue

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDayPlan(t *testing.T) {
	usual, always := Calendar{}, Calendar{Always: true}
	early := Calendar{CloseAt: "18:00"}
	for _, test := range []struct {
		name     string
		calendar Calendar
		now      string
		last     Day
		open     bool
		want     string
	}{
		{"first start", usual, "2026-11-21 09:00", "", false, "open 21 00:00;"},
		{"at work", usual, "2026-11-21 23:54", "2026-11-21", true, ""},
		{"closing time", usual, "2026-11-21 23:55", "2026-11-21", true, "close 21 23:55;"},
		{"closed for the night", usual, "2026-11-21 23:57", "2026-11-21", false, ""},
		{"midnight", usual, "2026-11-22 00:00", "2026-11-21", false, "open 22 00:00;"},
		{"closing missed", usual, "2026-11-22 07:00", "2026-11-21", true, "close 21 23:55;open 22 00:00;"},
		{"off for a week", usual, "2026-11-28 07:00", "2026-11-21", true, "close 21 23:55;open 28 00:00;"},
		{"started before midnight", usual, "2026-11-22 23:56", "2026-11-21", true, "close 21 23:55;"},
		{"first start before midnight", usual, "2026-11-22 23:56", "", false, ""},
		{"clock back a minute", usual, "2026-11-21 23:50", "2026-11-21", false, ""},
		{"clock back a day", usual, "2026-11-20 09:00", "2026-11-21", true, ""},
		{"clock back a day, closed", usual, "2026-11-20 23:56", "2026-11-21", false, ""},
		{"own closing time", early, "2026-11-21 18:00", "2026-11-21", true, "close 21 18:00;"},
		{"after it", early, "2026-11-21 20:00", "2026-11-21", false, ""},
		{"demo at 23:59", always, "2026-11-21 23:59", "2026-11-21", true, ""},
		{"demo at midnight", always, "2026-11-22 00:00", "2026-11-21", true, "close 21 00:00;open 22 00:00;"},
		{"demo started at 23:59", always, "2026-11-21 23:59", "", false, "open 21 00:00;"},
	} {
		got := ""
		for _, a := range DayPlan(at(t, test.now), test.last, test.open, test.calendar) {
			got += fmt.Sprintf("%s %s %s;", a.Verb[len("day-"):], a.Day[8:], a.Due.Format("15:04"))
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// Whatever the clock does, days open in order, each once, and close before the next opens.
func TestDaysOnlyMoveForwards(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		c := Calendar{Always: rapid.Bool().Draw(r, "always")}
		now := time.Date(2026, 11, 21, 12, 0, 0, 0, Zone)
		var last Day
		open, closed := false, map[Day]bool{}
		for range rapid.IntRange(1, 60).Draw(r, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(-48*60, 48*60).Draw(r, "minutes")) * time.Minute)
			for _, a := range DayPlan(now, last, open, c) {
				switch a.Verb {
				case DayOpen:
					if open || a.Day <= last || a.Day != DayOf(now) {
						r.Fatalf("%s opens %s after %s (open %v)", now, a.Day, last, open)
					}
					last, open = a.Day, true
				case DayClose:
					if !open || a.Day != last || closed[a.Day] || a.Due.After(now) {
						r.Fatalf("%s closes %s, last %s (open %v)", now, a.Day, last, open)
					}
					open, closed[a.Day] = false, true
				}
			}
			if again := DayPlan(now, last, open, c); len(again) != 0 {
				r.Fatalf("%s: done, but %v is due again", now, again)
			}
			next := NextDayAction(now, last, open, c)
			if !next.After(now) || next.After(now.Add(24*time.Hour)) {
				r.Fatalf("%s: asks again at %s", now, next)
			}
			if early := DayPlan(next.Add(-time.Millisecond), last, open, c); len(early) != 0 && last <= DayOf(now) {
				r.Fatalf("%s: asks at %s, but %v is due before", now, next, early)
			}
		}
	})
}
