package report_test

import (
	"math"
	"time"
)

// The hall of the recount, written down once more: its hours, its days off and what
// each service promises.

var zone = time.FixedZone("", 7*3600)

// daysOff of 2026 that fall into the sample.
var daysOff = map[string]bool{"2026-01-01": true, "2026-04-30": true, "2026-05-01": true, "2026-09-01": true, "2026-09-02": true}

// halfDay is a worked half-day: its end, the last moment for "within" it, the first
// moment it gives numbers.
type halfDay struct{ first, cut, end time.Time }

// halves are all worked half-days from a day on, for four weeks.
func halves(from time.Time) []halfDay {
	var list []halfDay
	for n := range 28 {
		day := time.Date(from.Year(), from.Month(), from.Day()+n, 0, 0, 0, 0, zone)
		if w := day.Weekday(); w == time.Saturday || w == time.Sunday || daysOff[day.Format(time.DateOnly)] {
			continue
		}
		at := func(hour, minute int) time.Time {
			return day.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
		}
		list = append(list, halfDay{at(7, 0), at(10, 30), at(11, 30)}, halfDay{at(13, 15), at(15, 0), at(17, 0)})
	}
	return list
}

// promise is what a service promises on a weekday: so many half-days that count the
// present one, so many that begin after it, the same day, the same week, or nothing.
func promise(service string, weekday time.Weekday) (unit string, n float64) {
	switch service {
	case "ho-tich", "chung-thuc":
		return "half_days", 1
	case "dat-dai":
		if weekday == time.Tuesday || weekday == time.Thursday { // golden days
			return "same_day", 0
		}
		return "this_week", 0
	case "kinh-doanh", "cu-tru":
		return "working_days", 3
	case "bao-tro":
		return "working_days", 1.5
	}
	return "", 0
}

// due is when the promise given at a moment falls due; false when there is none.
func due(service string, at int64) (time.Time, string, bool) {
	received := time.UnixMilli(at).In(zone)
	unit, n := promise(service, received.Weekday())
	list := halves(received)
	within := 0 // the half-day that receipt belongs to
	for list[within].cut.Before(received) {
		within++
	}
	switch unit {
	case "half_days":
		return list[within+int(n)-1].end, unit, true
	case "working_days":
		after := 0
		for !list[after].first.After(received) {
			after++
		}
		return list[after+int(math.Ceil(n*2))-1].end, unit, true
	case "same_day", "this_week":
		last := within
		for last+1 < len(list) && together(unit, list[within].end, list[last+1].end) {
			last++
		}
		return list[last].end, unit, true
	}
	return time.Time{}, "", false
}

// together tells whether two moments fall on one day, or in one week from Monday to Sunday.
func together(unit string, a, b time.Time) bool {
	if unit == "same_day" {
		return a.YearDay() == b.YearDay()
	}
	ya, wa := a.ISOWeek()
	yb, wb := b.ISOWeek()
	return ya == yb && wa == wb
}
