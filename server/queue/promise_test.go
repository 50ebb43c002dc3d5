package queue

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

const layout = "Mon 02/01 15:04"

type dueTest struct {
	received string
	promise  Promise
	want     string // in the layout above; empty when nothing is due
}

func testDue(t *testing.T, c Calendar, tests []dueTest) {
	t.Helper()
	for _, test := range tests {
		got := ""
		if due := c.Due(test.promise, at(t, test.received)); !due.IsZero() {
			got = due.In(Zone).Format(layout)
		}
		if got != test.want {
			t.Errorf("%s %v: due %q, want %q", test.received, test.promise, got, test.want)
		}
	}
}

var (
	oneHalf  = Promise{Unit: HalfDays, Amount: 1}
	oneHalfD = Promise{Unit: WorkingDays, Amount: 1.5}
	sameDay  = Promise{Unit: CalendarDays}
	inWeek   = Promise{Unit: ThisWeek}
)

// The examples of the worked half-day rule, word for word: Monday is 16/11,
// Friday 20/11.
func TestWorkedHalfDayRule(t *testing.T) {
	testDue(t, workedRule(), []dueTest{
		{"2026-11-16 10:20", oneHalf, "Mon 16/11 11:30"},
		{"2026-11-16 10:50", oneHalf, "Mon 16/11 17:00"},
		{"2026-11-16 15:20", oneHalf, "Tue 17/11 11:30"},
		{"2026-11-16 09:00", oneHalfD, "Tue 17/11 17:00"},
		{"2026-11-20 14:00", oneHalfD, "Tue 24/11 11:30"},
		{"2026-11-16 09:00", inWeek, "Fri 20/11 17:00"},
	})
}

// The edges that the rule leaves to be read from it.
func TestDueAtTheEdges(t *testing.T) {
	testDue(t, workedRule(), []dueTest{
		{"2026-11-16 10:30", oneHalf, "Mon 16/11 11:30"}, // the cut-off itself is in time
		{"2026-11-16 10:31", oneHalf, "Mon 16/11 17:00"},
		{"2026-11-16 06:00", oneHalf, "Mon 16/11 11:30"},
		{"2026-11-16 12:00", oneHalf, "Mon 16/11 17:00"},
		{"2026-11-16 15:00", oneHalf, "Mon 16/11 17:00"},
		{"2026-11-20 15:20", oneHalf, "Mon 23/11 11:30"}, // Friday afternoon
		{"2026-11-21 09:00", oneHalf, "Mon 23/11 11:30"}, // Saturday
		{"2026-11-16 09:00", Promise{HalfDays, 2}, "Mon 16/11 17:00"},
		{"2026-11-16 10:50", Promise{HalfDays, 2}, "Tue 17/11 11:30"},
		{"2026-11-20 14:00", Promise{HalfDays, 3}, "Mon 23/11 17:00"},

		{"2026-11-16 09:00", Promise{WorkingDays, 0.5}, "Mon 16/11 17:00"},
		{"2026-11-16 09:00", Promise{WorkingDays, 1}, "Tue 17/11 11:30"},
		{"2026-11-16 14:00", Promise{WorkingDays, 1}, "Tue 17/11 17:00"},
		{"2026-11-16 10:50", oneHalfD, "Tue 17/11 17:00"}, // a number of days does not ask for the cut-off
		{"2026-11-16 07:10", oneHalfD, "Tue 17/11 17:00"}, // numbers are given from 07:00
		{"2026-11-16 12:00", oneHalfD, "Tue 17/11 17:00"}, // at lunch the afternoon is the next half-day
		{"2026-11-16 13:30", oneHalfD, "Wed 18/11 11:30"},
		{"2026-11-21 09:00", oneHalfD, "Tue 24/11 11:30"},
		{"2026-11-19 09:00", Promise{WorkingDays, 10}, "Thu 03/12 11:30"},

		{"2026-11-16 09:00", sameDay, "Mon 16/11 17:00"},
		{"2026-11-16 15:20", sameDay, "Tue 17/11 17:00"},
		{"2026-11-20 15:20", sameDay, "Mon 23/11 17:00"},
		{"2026-11-16 09:00", Promise{CalendarDays, 3}, "Thu 19/11 17:00"},
		{"2026-11-19 15:20", Promise{CalendarDays, 1}, "Fri 20/11 17:00"},
		{"2026-11-19 09:00", Promise{CalendarDays, 2}, "Mon 23/11 17:00"}, // Saturday moves to Monday

		{"2026-11-20 14:00", inWeek, "Fri 20/11 17:00"},
		{"2026-11-20 15:20", inWeek, "Fri 27/11 17:00"}, // after the last cut-off of the week
		{"2026-11-22 09:00", inWeek, "Fri 27/11 17:00"}, // Sunday belongs to what comes next
		{"2026-11-16 09:00", Promise{}, ""},
	})
}

// Holidays, made-up days, seasons, Saturday mornings and Tết.
func TestDueOverDaysOff(t *testing.T) {
	testDue(t, fullCalendar(), []dueTest{
		{"2026-09-01 15:30", oneHalf, "Thu 03/09 11:30"},
		{"2026-09-01 09:00", oneHalfD, "Thu 03/09 17:00"},
		{"2026-10-15 14:00", Promise{WorkingDays, 0.5}, "Fri 16/10 12:00"}, // winter hours from the 16th
		{"2026-10-15 11:00", oneHalf, "Thu 15/10 17:00"},
		{"2026-10-16 11:00", oneHalf, "Fri 16/10 12:00"},  // a later cut-off
		{"2026-11-20 14:00", oneHalfD, "Mon 23/11 16:30"}, // Saturday morning is one half-day
		{"2026-11-20 15:20", oneHalf, "Sat 21/11 12:00"},
		{"2026-11-20 09:00", inWeek, "Sat 21/11 12:00"},
		{"2026-11-21 11:30", inWeek, "Sat 28/11 12:00"},
		{"2027-02-03 15:30", oneHalf, "Thu 11/02 12:00"},
		{"2027-02-03 14:00", oneHalfD, "Fri 12/02 12:00"},
		{"2027-02-03 14:00", Promise{CalendarDays, 3}, "Thu 11/02 16:30"},
		{"2027-02-03 15:30", inWeek, "Sun 14/02 16:30"}, // into the week of the Sunday made up
		{"2027-02-13 11:30", oneHalf, "Sun 14/02 12:00"},
		{"2027-02-13 11:30", sameDay, "Sun 14/02 16:30"},
	})
}

func TestDueAlwaysOpen(t *testing.T) {
	testDue(t, Calendar{Always: true}, []dueTest{
		{"2026-11-21 23:00", oneHalf, "Sun 22/11 00:00"},
		{"2026-11-21 23:00", sameDay, "Sun 22/11 00:00"},
		{"2026-11-21 23:00", Promise{WorkingDays, 1}, "Mon 23/11 00:00"},
		{"2026-11-21 23:00", oneHalfD, "Tue 24/11 00:00"},
		{"2026-11-18 23:00", inWeek, "Mon 23/11 00:00"},
	})
}

func TestNothingIsDueWithoutWork(t *testing.T) {
	for _, p := range []Promise{oneHalf, oneHalfD, sameDay, inWeek, {CalendarDays, 2}} {
		if due := (Calendar{}).Due(p, at(t, "2026-11-16 09:00")); !due.IsZero() {
			t.Errorf("%v: due %s", p, due)
		}
	}
}

// Whatever the calendar: what is due is due after receipt, at the end of a
// half-day, never later for an earlier receipt, never earlier for a longer promise.
func TestDueProperties(t *testing.T) {
	calendars := []Calendar{workedRule(), fullCalendar(), {Always: true}}
	units := map[Unit]float64{HalfDays: 1, WorkingDays: 0.5, CalendarDays: 1}
	start := at(t, "2026-01-01 00:00")
	rapid.Check(t, func(r *rapid.T) {
		c := rapid.SampledFrom(calendars).Draw(r, "calendar")
		unit := rapid.SampledFrom([]Unit{HalfDays, WorkingDays, CalendarDays, ThisWeek}).Draw(r, "unit")
		amount := units[unit] * float64(rapid.IntRange(1, 30).Draw(r, "steps"))
		early := start.Add(time.Duration(rapid.IntRange(0, 500*24*60).Draw(r, "minute")) * time.Minute)
		late := early.Add(time.Duration(rapid.IntRange(0, 10*24*60).Draw(r, "later")) * time.Minute)

		due := c.Due(Promise{unit, amount}, early)
		if !due.After(early) {
			r.Fatalf("received %s, due %s", early, due)
		}
		if !endsHalf(c, due) {
			r.Fatalf("due %s is not the end of a half-day", due)
		}
		if later := c.Due(Promise{unit, amount}, late); later.Before(due) {
			r.Fatalf("received %s due %s, but %s due %s", early, due, late, later)
		}
		if longer := c.Due(Promise{unit, amount + units[unit]}, early); longer.Before(due) {
			r.Fatalf("%v %s due %s, one more due %s", amount, unit, due, longer)
		}
	})
}

func endsHalf(c Calendar, t time.Time) bool {
	for _, h := range c.On(DayOf(t.Add(-time.Minute))) {
		if h.Ends().Equal(t) {
			return true
		}
	}
	return false
}
