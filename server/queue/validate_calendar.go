package queue

import (
	"fmt"
	"slices"
	"time"
)

func (c Calendar) check(k *checker, s Settings) {
	if !c.Always {
		k.count("calendar.halves", len(c.Halves), 1, 6)
		k.count("calendar.week", len(c.Week), 1, 7)
	}
	checkHalves(k, "calendar.halves", c.Halves)
	c.checkSeasons(k)
	c.checkWeek(k)
	c.checkHolidays(k)
	c.checkMakeUp(k)
	c.checkSpecials(k, "calendar.golden", c.Golden, s)
	c.checkSpecials(k, "calendar.no_slip", c.NoSlip, s)
	c.checkClosing(k)
}

// halfIDs are the half-days that the rest of the document may name.
func (c Calendar) halfIDs() []string {
	var ids []string
	for _, h := range c.Halves {
		ids = append(ids, h.ID)
	}
	if c.Always {
		ids = append(ids, AllDay)
	}
	return ids
}

// checkHalves wants half-days in order, none beginning (to give numbers) before
// the last one ended.
func checkHalves(k *checker, place string, halves []Half) {
	var ids []string
	before := HM("00:00")
	for i, h := range halves {
		at := fmt.Sprintf("%s[%d]", place, i)
		k.id(at+".id", h.ID)
		k.check(!slices.Contains(ids, h.ID), at+".id", "is used twice")
		ids = append(ids, h.ID)
		k.name(at+".name", h.Name)
		good := k.hm(at+".from", h.From) && k.hm(at+".to", h.To) &&
			k.hm(at+".cut_off", h.CutOff.or(h.To)) && k.hm(at+".take", h.Take.or(h.From))
		if !good {
			continue
		}
		first, last := h.Take.or(h.From), h.CutOff.or(h.To)
		k.check(h.From < h.To, at+".to", "must be after from")
		k.check(first <= last && h.From <= last && last <= h.To, at+".cut_off", "must be within the half-day, not before take")
		k.check(min(first, h.From) >= before, at, "begins before the one before it ends")
		before = max(before, h.To)
	}
}

func (c Calendar) checkSeasons(k *checker) {
	k.count("calendar.seasons", len(c.Seasons), 0, 12)
	usual := Calendar{Halves: c.Halves}.halfIDs()
	for i, season := range c.Seasons {
		at := fmt.Sprintf("calendar.seasons[%d]", i)
		k.check(isDate(season.From), at+".from", "must be a date mm-dd")
		k.check(isDate(season.To), at+".to", "must be a date mm-dd")
		checkHalves(k, at+".halves", season.Halves)
		k.check(slices.Equal(Calendar{Halves: season.Halves}.halfIDs(), usual), at+".halves", "must be the usual half-days, by id and in order")
		for j, other := range c.Seasons[:i] {
			if overlap(season, other) {
				k.add(at, "shares days with seasons[%d]", j)
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

func (c Calendar) checkWeek(k *checker) {
	var days []int
	for i, w := range c.Week {
		at := fmt.Sprintf("calendar.week[%d]", i)
		days = append(days, w.Day)
		k.among(at+".halves", w.Halves, c.halfIDs(), "half-day")
	}
	k.weekdays("calendar.week", days)
}

func (c Calendar) checkHolidays(k *checker) {
	k.count("calendar.holidays", len(c.Holidays), 0, 300)
	for i, h := range c.Holidays {
		at := fmt.Sprintf("calendar.holidays[%d]", i)
		k.name(at+".name", h.Name)
		if !k.day(at+".from", h.From) || h.To == "" || !k.day(at+".to", h.To) {
			continue
		}
		k.check(h.From <= h.To, at+".to", "must not be before from")
		k.check(h.To <= h.From.Add(60), at+".to", "is more than 60 days after from")
	}
}

func (c Calendar) checkMakeUp(k *checker) {
	k.count("calendar.make_up", len(c.MakeUp), 0, 300)
	for i, m := range c.MakeUp {
		at := fmt.Sprintf("calendar.make_up[%d]", i)
		k.day(at+".day", m.Day)
		k.unique(at+".day", "made-up day", string(m.Day))
		k.optionalName(at+".name", m.Name)
		_, worked := c.week(time.Weekday(m.Like))
		k.check(worked, at+".like", "must be a working weekday")
	}
}

func (c Calendar) checkSpecials(k *checker, place string, list []Special, s Settings) {
	k.count(place, len(list), 0, 30)
	for i, special := range list {
		at := fmt.Sprintf("%s[%d]", place, i)
		k.count(at+".weekdays", len(special.Weekdays), 1, 7)
		k.weekdays(at+".weekdays", special.Weekdays)
		k.count(at+".services", len(special.Services), 1, 64)
		k.among(at+".services", special.Services, s.serviceIDs(), "service")
		k.among(at+".counters", special.Counters, s.counterIDs(), "counter")
		k.quota(at+".quota", special.Quota, c.halfIDs())
		if special.Promise != nil {
			k.promise(at+".promise", *special.Promise)
		}
	}
}

// checkClosing wants the day to close after the last half-day of every season.
func (c Calendar) checkClosing(k *checker) {
	closing := c.CloseAt.or(usualClose)
	if !k.hm("calendar.close_at", closing) {
		return
	}
	k.check(closing < EndOfDay, "calendar.close_at", "must be before 24:00")
	hours := [][]Half{c.Halves}
	for _, season := range c.Seasons {
		hours = append(hours, season.Halves)
	}
	for _, halves := range hours {
		if n := len(halves); n > 0 && !c.Always && halves[n-1].To > closing {
			k.add("calendar.close_at", "is before the last half-day ends")
			return
		}
	}
}
