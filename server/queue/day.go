package queue

import "time"

// usualClose is when a day closes by itself when the hall says nothing else
// (product rules: 23:55).
const usualClose HM = "23:55"

// DayAction is a day's opening or closing that is due.
type DayAction struct {
	Verb Verb // DayOpen or DayClose
	Day  Day
	Due  time.Time // when it should have happened; earlier than now when it was missed
}

// DayPlan gives what is due now, in order: the last day opened and whether it
// still is (both from the store), the calendar, nothing else. A day opens at
// 00:00 and closes at CloseAt, in an always open calendar at the next 00:00; a
// closing that was missed comes first.
//
// Days only move forwards: while the clock shows a day before the last one
// opened, nothing is due, and a day that has closed stays closed.
func DayPlan(now time.Time, last Day, open bool, c Calendar) []DayAction {
	today := DayOf(now)
	if last > today {
		return nil
	}
	if last == today {
		if open && !now.Before(c.closing(today)) {
			return []DayAction{{Verb: DayClose, Day: today, Due: c.closing(today)}}
		}
		return nil
	}
	var plan []DayAction
	if open && last != "" {
		plan = append(plan, DayAction{Verb: DayClose, Day: last, Due: c.closing(last)})
	}
	// In the minutes between the closing and midnight a day would only open to close.
	if now.Before(c.closing(today)) {
		plan = append(plan, DayAction{Verb: DayOpen, Day: today, Due: today.Start()})
	}
	return plan
}

// NextDayAction is when DayPlan should be asked again, if nothing is due now.
func NextDayAction(now time.Time, last Day, open bool, c Calendar) time.Time {
	today := DayOf(now)
	if last > today {
		// The clock has jumped back: it may as well be set right at any moment.
		return now.Add(time.Minute)
	}
	if closing := c.closing(today); open && last == today && now.Before(closing) {
		return closing
	}
	return today.Add(1).Start()
}

// closing is when a day closes by itself.
func (c Calendar) closing(day Day) time.Time {
	if c.Always {
		return day.Add(1).Start()
	}
	return c.CloseAt.or(usualClose).On(day)
}
