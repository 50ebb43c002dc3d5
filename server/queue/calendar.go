package queue

import (
	"slices"
	"time"
)

// AllDay is the id of the one half-day of a calendar that is always open.
const AllDay = "day"

// horizon is how many days ahead the calendar is searched. It only ends the
// search in a calendar that never works again; a year holds every weekday and
// every season.
const horizon = 400

var endless = []Half{{ID: AllDay, Name: Text{VI: "Cả ngày", EN: "All day"}, From: "00:00", To: EndOfDay, CutOff: EndOfDay}}

// HalvesOn gives the half-days worked on a day, in order; none on a day off. A
// day made up counts as worked even when it is also a holiday. The list belongs
// to the calendar: callers only read it.
func (c Calendar) HalvesOn(day Day) []Half {
	if c.Always {
		return endless
	}
	if !c.madeUp(day) {
		if _, off := c.HolidayOn(day); off {
			return nil
		}
	}
	worked, ok := c.week(c.WeekdayOn(day))
	if !ok {
		return nil
	}
	hours := c.hoursOn(day)
	if len(worked.Halves) == 0 {
		return hours
	}
	return pick(hours, worked.Halves)
}

// On gives the same half-days with their day.
func (c Calendar) On(day Day) []DayHalf {
	halves := c.HalvesOn(day)
	dated := make([]DayHalf, len(halves))
	for i, h := range halves {
		dated[i] = DayHalf{Half: h, Day: day}
	}
	return dated
}

// WeekdayOn is the weekday a day is worked like: its own, or another when it is made up.
func (c Calendar) WeekdayOn(day Day) time.Weekday {
	for _, m := range c.MakeUp {
		if m.Day == day {
			return time.Weekday(m.Like)
		}
	}
	return day.Weekday()
}

// HolidayOn gives the name of the holiday on a day.
func (c Calendar) HolidayOn(day Day) (Text, bool) {
	for _, h := range c.Holidays {
		if h.Has(day) {
			return h.Name, true
		}
	}
	return Text{}, false
}

// Has tells whether the holiday covers a day. Days compare as text.
func (h Holiday) Has(day Day) bool {
	if h.To == "" {
		return day == h.From
	}
	return h.From <= day && day <= h.To
}

// IsWorkingDay tells whether any half-day is worked.
func (c Calendar) IsWorkingDay(day Day) bool { return len(c.HalvesOn(day)) > 0 }

// NextWorkingDay is the first working day after a day; empty when the calendar
// has none within a year.
func (c Calendar) NextWorkingDay(day Day) Day {
	for range horizon {
		day = day.Add(1)
		if c.IsWorkingDay(day) {
			return day
		}
	}
	return ""
}

// HalfAt gives the half-day being worked at a moment.
func (c Calendar) HalfAt(t time.Time) (DayHalf, bool) {
	for _, h := range c.On(DayOf(t)) {
		if !t.Before(h.Starts()) && t.Before(h.Ends()) {
			return h, true
		}
	}
	return DayHalf{}, false
}

// firstHalf is the first half-day, from the day of t on, that fits.
func (c Calendar) firstHalf(t time.Time, fits func(DayHalf) bool) (DayHalf, bool) {
	day := DayOf(t)
	for range horizon {
		for _, h := range c.On(day) {
			if fits(h) {
				return h, true
			}
		}
		day = day.Add(1)
	}
	return DayHalf{}, false
}

func (c Calendar) madeUp(day Day) bool {
	return slices.ContainsFunc(c.MakeUp, func(m MakeUp) bool { return m.Day == day })
}

func (c Calendar) week(weekday time.Weekday) (WeekDay, bool) {
	for _, w := range c.Week {
		if w.Day == int(weekday) {
			return w, true
		}
	}
	return WeekDay{}, false
}

// hoursOn gives the hours of the season a day falls in.
func (c Calendar) hoursOn(day Day) []Half {
	for _, s := range c.Seasons {
		if s.Has(day) {
			return s.Halves
		}
	}
	return c.Halves
}

// Has tells whether a day falls in the season. A season that ends before it
// begins passes over New Year.
func (s Season) Has(day Day) bool {
	if len(day) != len("2026-11-21") {
		return false
	}
	date := string(day[len("2026-"):])
	if s.From <= s.To {
		return s.From <= date && date <= s.To
	}
	return date >= s.From || date <= s.To
}

// pick gives the half-days with these ids, in their own order.
func pick(halves []Half, ids []string) []Half {
	var chosen []Half
	for _, h := range halves {
		if slices.Contains(ids, h.ID) {
			chosen = append(chosen, h)
		}
	}
	return chosen
}
