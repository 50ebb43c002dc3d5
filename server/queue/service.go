package queue

import (
	"slices"
	"time"
)

// ClosedReason says why no number can be had.
type ClosedReason string

// The reasons for which a service is closed.
const (
	ReasonClosed        ClosedReason = "closed"         // the hall has closed it, or does not have it
	ReasonHoliday       ClosedReason = "holiday"        // a holiday
	ReasonWeekend       ClosedReason = "weekend"        // not a working weekday
	ReasonNotToday      ClosedReason = "not_today"      // the hall works, this service does not
	ReasonBeforeOpening ClosedReason = "before_opening" // its first half-day is still to come
	ReasonLunch         ClosedReason = "lunch"          // between two half-days
	ReasonCutOff        ClosedReason = "cut_off"        // no more numbers in this half-day, or today
	ReasonEmergency     ClosedReason = "emergency"      // an emergency stands, whatever the hour
)

// Availability says whether a service gives numbers at a moment.
type Availability struct {
	Open   bool
	Reason ClosedReason // why not; empty when open

	Half    string    // the half-day a number counts in, when open
	Quota   int       // numbers to give in it, 0 for no limit
	Promise Promise   // what the day promises
	CutOff  time.Time // last moment for a number in it; zero when there is none
	Opens   time.Time // when closed: the next moment a number can be had; zero when there is none
}

// ServiceAt tells whether a service gives numbers at a moment, and why not.
func (s Settings) ServiceAt(id string, t time.Time) Availability {
	service, ok := s.Service(id)
	if !ok || service.Closed {
		return Availability{Reason: ReasonClosed}
	}
	day := DayOf(t)
	a := s.availableIn(service, s.halvesOf(service, day), day, t)
	if !a.Open {
		a.Opens = s.NextOpening(service, t)
	}
	return a
}

// availableIn tells it of a service's half-days on the day, but for when it opens again.
func (s Settings) availableIn(service ServiceSetting, halves []DayHalf, day Day, t time.Time) Availability {
	for _, h := range halves {
		if h.givesNumbersAt(t) {
			return s.open(service, h)
		}
	}
	return Availability{Reason: s.whyClosed(halves, day, t), Promise: s.PromiseOn(service, day)}
}

func (s Settings) open(service ServiceSetting, h DayHalf) Availability {
	a := Availability{
		Open:    true,
		Half:    h.ID,
		Quota:   s.QuotaOn(service, h.Day, h.ID),
		Promise: s.PromiseOn(service, h.Day),
	}
	if !s.Calendar.Always {
		a.CutOff = h.LastNumber()
	}
	return a
}

// whyClosed finds the reason from the service's half-days of that day, none of
// which gives numbers at t.
func (s Settings) whyClosed(halves []DayHalf, day Day, t time.Time) ClosedReason {
	if !s.Calendar.IsWorkingDay(day) {
		if _, holiday := s.Calendar.HolidayOn(day); holiday {
			return ReasonHoliday
		}
		return ReasonWeekend
	}
	if len(halves) == 0 {
		return ReasonNotToday
	}
	if t.Before(halves[0].FirstNumber()) {
		return ReasonBeforeOpening
	}
	last := halves[len(halves)-1]
	late := slices.ContainsFunc(halves, func(h DayHalf) bool { return t.After(h.LastNumber()) && t.Before(h.Ends()) })
	if late || t.After(last.LastNumber()) {
		return ReasonCutOff
	}
	return ReasonLunch
}

// NextOpening is the first moment after t at which a half-day of the service
// begins to give numbers; zero when none does within a year.
func (s Settings) NextOpening(service ServiceSetting, t time.Time) time.Time {
	if service.Closed {
		return time.Time{}
	}
	day := DayOf(t)
	for range horizon {
		for _, h := range s.halvesOf(service, day) {
			if first := h.FirstNumber(); first.After(t) {
				return first
			}
		}
		day = day.Add(1)
	}
	return time.Time{}
}

// halvesOf gives the half-days in which a service opens on a day, with its own
// cut-offs.
func (s Settings) halvesOf(service ServiceSetting, day Day) []DayHalf {
	halves := s.Calendar.On(day)
	if s.Calendar.Always {
		return halves
	}
	if len(service.Weekdays) > 0 && !slices.Contains(service.Weekdays, int(s.Calendar.WeekdayOn(day))) {
		return nil
	}
	var own []DayHalf
	for _, h := range halves {
		if len(service.Halves) > 0 && !slices.Contains(service.Halves, h.ID) {
			continue
		}
		if cut, ok := service.CutOff[h.ID]; ok {
			// A season may end the half-day before the cut-off of the usual hours.
			h.CutOff = min(cut, h.To)
		}
		own = append(own, h)
	}
	return own
}

// OpenAt tells whether the hall works at a moment.
func (s Settings) OpenAt(t time.Time) bool {
	_, open := s.Calendar.HalfAt(t)
	return open
}

// ServedUntil is the end of the service's half-day that a moment falls in or
// before, on the same day: until then whoever missed a call can be called again.
// Zero when the hall is always open, and when the day's work is over.
func (s Settings) ServedUntil(id string, t time.Time) time.Time {
	service, ok := s.Service(id)
	if !ok || s.Calendar.Always {
		return time.Time{}
	}
	for _, h := range s.halvesOf(service, DayOf(t)) {
		if end := h.Ends(); t.Before(end) {
			return end
		}
	}
	return time.Time{}
}
