package queue

import (
	"math"
	"time"
)

// Due is when the result of a dossier received at a moment is due; the zero
// time when nothing is promised, or the calendar has no more working days.
//
// Two kinds of promises are counted differently (worked half-day rule):
//
//   - "Within" a time that has already begun: within the half-day (half-days),
//     the day (0 calendar days) or the week. Whatever comes after the cut-off of
//     a half-day belongs to the next one. So one half-day, received 10:20, is due
//     at 11:30; received 10:50 at 17:00; received 15:20 at 11:30 of the next
//     working day. More half-days count on from there.
//   - A number of days: working days are counted in half-days, two a day, from
//     the half-day after the one of receipt: 1.5 days from Monday 09:00 end on
//     Tuesday at 17:00. Calendar days count from the day after receipt, and a
//     last day without work moves to the next working day.
//
// Everything is due at the end of a half-day.
func (c Calendar) Due(p Promise, received time.Time) time.Time {
	received = received.In(Zone)
	switch p.Unit {
	case HalfDays:
		return c.halvesOn(c.halfOfReceipt(received), int(math.Ceil(p.Amount))-1)
	case WorkingDays:
		return c.halvesOn(c.halfAfterReceipt(received), c.halvesIn(p.Amount)-1)
	case CalendarDays:
		return c.dueByDate(int(math.Ceil(p.Amount)), received)
	case ThisWeek:
		return c.dueThisWeek(received)
	}
	return time.Time{}
}

// halvesIn is how many half-days make so many working days. A calendar that is
// always open has one endless half-day a day.
func (c Calendar) halvesIn(days float64) int {
	if c.Always {
		return int(math.Ceil(days))
	}
	return int(math.Ceil(days * 2))
}

// halfOfReceipt is the half-day a receipt belongs to, after its cut-off the next one.
func (c Calendar) halfOfReceipt(t time.Time) *DayHalf {
	return found(c.firstHalf(t, func(h DayHalf) bool { return !t.After(h.LastNumber()) }))
}

// halfAfterReceipt is the first half-day that had not begun to give numbers: who
// takes one before the doors open belongs to the half-day that follows.
func (c Calendar) halfAfterReceipt(t time.Time) *DayHalf {
	return found(c.firstHalf(t, func(h DayHalf) bool { return h.FirstNumber().After(t) }))
}

func found(h DayHalf, ok bool) *DayHalf {
	if !ok {
		return nil
	}
	return &h
}

// halvesOn is the end of the half-day that comes n after a first one.
func (c Calendar) halvesOn(first *DayHalf, n int) time.Time {
	if first == nil {
		return time.Time{}
	}
	begins := first.Starts()
	last, ok := c.firstHalf(begins, func(h DayHalf) bool {
		if h.Starts().Before(begins) {
			return false
		}
		n--
		return n < 0
	})
	if !ok {
		return time.Time{}
	}
	return last.Ends()
}

func (c Calendar) dueByDate(days int, received time.Time) time.Time {
	if days == 0 {
		h := c.halfOfReceipt(received)
		if h == nil {
			return time.Time{}
		}
		return c.endOfWork(h.Day)
	}
	day := DayOf(received).Add(days)
	if !c.IsWorkingDay(day) {
		day = c.NextWorkingDay(day)
	}
	return c.endOfWork(day)
}

// dueThisWeek is the end of the last half-day of the week (Monday to Sunday) of receipt.
func (c Calendar) dueThisWeek(received time.Time) time.Time {
	h := c.halfOfReceipt(received)
	if h == nil {
		return time.Time{}
	}
	day := h.Day
	for next := day; next.Weekday() != time.Sunday; {
		next = next.Add(1)
		if c.IsWorkingDay(next) {
			day = next
		}
	}
	return c.endOfWork(day)
}

// endOfWork is the end of the last half-day of a day; zero on a day off.
func (c Calendar) endOfWork(day Day) time.Time {
	halves := c.On(day)
	if len(halves) == 0 {
		return time.Time{}
	}
	return halves[len(halves)-1].Ends()
}
