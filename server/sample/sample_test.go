package sample

import (
	"reflect"
	"testing"
	"time"

	"motcua/server/queue"
)

func collect(set queue.Settings, from, to queue.Day, o Options) map[queue.Day][]queue.Event {
	all := map[queue.Day][]queue.Event{}
	for day, events := range Days(set, from, to, o) {
		all[day] = events
	}
	return all
}

func TestSameSeedSameDays(t *testing.T) {
	set := queue.DemoSettings()
	a, b := collect(set, "2026-09-07", "2026-09-11", Options{Seed: 3}), collect(set, "2026-09-07", "2026-09-11", Options{Seed: 3})
	if !reflect.DeepEqual(a, b) {
		t.Error("one seed gave two different weeks")
	}
	if reflect.DeepEqual(a, collect(set, "2026-09-07", "2026-09-11", Options{Seed: 4})) {
		t.Error("another seed gave the same week")
	}
}

// Every day must rebuild by the hall's own rules, with nobody left in the hall.
func TestEveryDayIsWholeAtFullSize(t *testing.T) {
	for _, o := range []Options{{Seed: 1}, {Seed: 2, Kind: Commune}, {Seed: 3, Kind: Quiet}, {Seed: 4, Kind: Ward, Scale: 2}} {
		state := queue.NewState("sample")
		for day, events := range Days(queue.DemoSettings(), "2026-08-28", "2026-09-06", o) {
			for i := range events {
				e := events[i]
				if err := state.Apply(e); err != nil {
					t.Fatal(err)
				}
				if e.Day != day || i > 0 && e.At.Int() < events[i-1].At.Int() {
					t.Fatalf("%s: event %d of %s runs backwards", day, e.Seq, e.Day)
				}
				if e.Visit != nil && (e.Visit.Token != "" || e.Visit.Code != "") {
					t.Fatalf("%s: a visit with its keys", day)
				}
			}
			if state.Open || queue.DayOf(events[len(events)-1].At.Time()) != day {
				t.Errorf("%s did not close", day)
			}
			for _, v := range state.Visits {
				if v.State.Live() {
					t.Errorf("%s ended with %s %s", day, v.Number, v.State)
				}
			}
		}
	}
}

// A half-year must look like one: the bounds are what halls report, and loose.
func TestHalfYearLooksLikeAHallAtFullSize(t *testing.T) {
	visits, called, ended, byDay := map[string]queue.Visit{}, map[string]int64{}, 0, map[queue.Day]int{}
	rated, levels, asked := 0, [5]int{}, 0
	for day, events := range Days(queue.DemoSettings(), "2026-05-22", "2026-11-21", Options{Seed: 1}) {
		for _, e := range events {
			if e.Visit != nil {
				if _, known := visits[e.Visit.ID]; !known {
					byDay[day]++
				}
				visits[e.Visit.ID] = *e.Visit
			}
			switch e.Kind {
			case queue.TicketCalled:
				if _, again := called[e.Visit.ID]; !again {
					called[e.Visit.ID] = e.At.Int() - max(e.Visit.Taken.Int(), e.Visit.Booked.Int())
				}
			case queue.TicketEnded:
				asked++
			case queue.RatingGiven:
				rated++
				levels[e.Rating.Level]++
			}
		}
	}
	priority, missed, late, waits := 0, 0, 0, 0
	for id, v := range visits {
		if v.Priority != "" {
			priority++
		}
		if v.State == queue.Ended {
			ended++
		}
		if v.State == queue.Expired && v.Calls > 0 && v.Tx == 0 {
			missed++
		}
		if w, ok := called[id]; ok {
			waits++
			if w > 60*minute {
				late++
			}
		}
	}
	within := func(what string, part, of int, low, high float64) {
		t.Helper()
		if share := float64(part) / float64(of); share < low || share > high {
			t.Errorf("%s: %d of %d, %.3f is not between %v and %v", what, part, of, share, low, high)
		}
	}
	within("priority", priority, len(visits), 0.09, 0.15)
	within("served", ended, len(visits), 0.88, 0.99)
	within("missed", missed, len(visits), 0.015, 0.06)
	within("rated", rated, asked, 0.28, 0.42)
	within("best mark", levels[1], rated, 0.6, 0.9)
	within("waits of an hour", late, waits, 0.002, 0.12)
	mondays, fridays := 0, 0
	for day, n := range byDay {
		if n > 550 {
			t.Errorf("%s: %d visits", day, n)
		}
		switch day.Weekday() {
		case time.Saturday, time.Sunday:
			t.Errorf("%s is a day off and has %d visits", day, n)
		case time.Monday:
			mondays += n
		case time.Friday:
			fridays += n
		}
	}
	if mondays <= fridays {
		t.Errorf("%d visits on Mondays, %d on Fridays", mondays, fridays)
	}
	within("visits of a day", len(visits), len(byDay), 80, 300)
}

// The fixture of the comparison: 7 departments, 4 former districts, 8 communes.
func TestUnits(t *testing.T) {
	kinds, ids := map[string]int{}, map[string]bool{}
	for _, u := range Units(1) {
		kinds[u.Kind]++
		ids[u.Settings.ID] = true
		if err := u.Settings.Validate(); err != nil {
			t.Errorf("%s: %v", u.Settings.ID, err)
		}
		visits, days := 0, 0
		for _, events := range Days(u.Settings, "2026-06-01", "2026-08-30", u.Options) {
			for _, e := range events {
				if e.Kind == queue.TicketTaken || e.Kind == queue.TicketServing && e.Verb == queue.WalkIn || e.Kind == queue.BookingArrived {
					visits++
				}
			}
			if len(events) > 2 {
				days++
			}
		}
		if mean := float64(visits) / float64(days); mean < 0.7 || mean > 2.2 {
			t.Errorf("%s: %.2f visits a day", u.Settings.ID, mean)
		}
	}
	if kinds["department"] != 7 || kinds["district"] != 4 || kinds["commune"] != 8 || len(ids) != 19 {
		t.Errorf("%v, %d ids", kinds, len(ids))
	}
}
