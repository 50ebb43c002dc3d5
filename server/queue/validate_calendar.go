package queue

import (
	"fmt"
	"slices"
	"time"
)

func (cal Calendar) check(c *checker, s Settings) {
	if !cal.Always {
		c.count("calendar.halves", len(cal.Halves), 1, 6)
		c.count("calendar.week", len(cal.Week), 1, 7)
	}
	checkHalves(c, "calendar.halves", cal.Halves)
	cal.checkSeasons(c)
	cal.checkWeek(c)
	cal.checkHolidays(c)
	cal.checkMakeUp(c)
	cal.checkSpecials(c, "calendar.golden", cal.Golden, s)
	cal.checkSpecials(c, "calendar.no_slip", cal.NoSlip, s)
	cal.checkClosing(c)
}

// halfIDs are the half-days that the rest of the document may name.
func (cal Calendar) halfIDs() []string {
	var ids []string
	for _, h := range cal.Halves {
		ids = append(ids, h.ID)
	}
	if cal.Always {
		ids = append(ids, AllDay)
	}
	return ids
}

// checkHalves wants half-days in order, none beginning (to give numbers) before
// the last one ended.
func checkHalves(c *checker, place string, halves []Half) {
	var ids []string
	before := HM("00:00")
	for i, h := range halves {
		at := fmt.Sprintf("%s[%d]", place, i)
		c.id(at+".id", h.ID)
		c.check(!slices.Contains(ids, h.ID), at+".id", "is used twice")
		ids = append(ids, h.ID)
		c.name(at+".name", h.Name)
		good := c.hm(at+".from", h.From) && c.hm(at+".to", h.To) &&
			c.hm(at+".cut_off", h.CutOff.or(h.To)) && c.hm(at+".take", h.Take.or(h.From))
		if !good {
			continue
		}
		first, last := h.Take.or(h.From), h.CutOff.or(h.To)
		c.check(h.From < h.To, at+".to", "must be after from")
		c.check(first <= last && h.From <= last && last <= h.To, at+".cut_off", "must be within the half-day, not before take")
		c.check(min(first, h.From) >= before, at, "begins before the one before it ends")
		before = max(before, h.To)
	}
}

func (cal Calendar) checkSeasons(c *checker) {
	c.count("calendar.seasons", len(cal.Seasons), 0, 12)
	usual := Calendar{Halves: cal.Halves}.halfIDs()
	for i, season := range cal.Seasons {
		at := fmt.Sprintf("calendar.seasons[%d]", i)
		c.check(isDate(season.From), at+".from", "must be a date mm-dd")
		c.check(isDate(season.To), at+".to", "must be a date mm-dd")
		checkHalves(c, at+".halves", season.Halves)
		c.check(slices.Equal(Calendar{Halves: season.Halves}.halfIDs(), usual), at+".halves", "must be the usual half-days, by id and in order")
		for j, other := range cal.Seasons[:i] {
			if overlap(season, other) {
				c.add(at, fmt.Sprintf("shares days with seasons[%d]", j))
			}
		}
	}
}

// overlap compares two seasons day by day, over a leap year.
func overlap(a, b Season) bool {
	day := Day("2028-01-01")
	for range 366 {
		if a.Has(day) && b.Has(day) {
			return true
		}
		day = day.Add(1)
	}
	return false
}

func (cal Calendar) checkWeek(c *checker) {
	var days []int
	for i, w := range cal.Week {
		at := fmt.Sprintf("calendar.week[%d]", i)
		days = append(days, w.Day)
		c.among(at+".halves", w.Halves, cal.halfIDs(), "half-day")
	}
	c.weekdays("calendar.week", days)
}

func (cal Calendar) checkHolidays(c *checker) {
	c.count("calendar.holidays", len(cal.Holidays), 0, 300)
	for i, h := range cal.Holidays {
		at := fmt.Sprintf("calendar.holidays[%d]", i)
		c.name(at+".name", h.Name)
		if !c.day(at+".from", h.From) || h.To == "" || !c.day(at+".to", h.To) {
			continue
		}
		c.check(h.From <= h.To, at+".to", "must not be before from")
		c.check(h.To <= h.From.Add(60), at+".to", "is more than 60 days after from")
	}
}

func (cal Calendar) checkMakeUp(c *checker) {
	c.count("calendar.make_up", len(cal.MakeUp), 0, 300)
	for i, m := range cal.MakeUp {
		at := fmt.Sprintf("calendar.make_up[%d]", i)
		c.day(at+".day", m.Day)
		c.unique(at+".day", "made-up day", string(m.Day))
		c.optionalName(at+".name", m.Name)
		_, worked := cal.week(time.Weekday(m.Like))
		c.check(worked, at+".like", "must be a working weekday")
	}
}

func (cal Calendar) checkSpecials(c *checker, place string, list []Special, s Settings) {
	c.count(place, len(list), 0, 30)
	for i, special := range list {
		at := fmt.Sprintf("%s[%d]", place, i)
		c.count(at+".weekdays", len(special.Weekdays), 1, 7)
		c.weekdays(at+".weekdays", special.Weekdays)
		c.count(at+".services", len(special.Services), 1, 64)
		c.among(at+".services", special.Services, s.serviceIDs(), "service")
		c.among(at+".counters", special.Counters, s.counterIDs(), "counter")
		c.quota(at+".quota", special.Quota, cal.halfIDs())
		if special.Promise != nil {
			c.promise(at+".promise", *special.Promise)
		}
	}
}

// checkClosing wants the day to close after the last half-day of every season.
func (cal Calendar) checkClosing(c *checker) {
	closing := cal.CloseAt.or(usualClose)
	if !c.hm("calendar.close_at", closing) {
		return
	}
	c.check(closing < EndOfDay, "calendar.close_at", "must be before 24:00")
	hours := [][]Half{cal.Halves}
	for _, season := range cal.Seasons {
		hours = append(hours, season.Halves)
	}
	for _, halves := range hours {
		if n := len(halves); n > 0 && !cal.Always && halves[n-1].To > closing {
			c.add("calendar.close_at", "is before the last half-day ends")
			return
		}
	}
}
