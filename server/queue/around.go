package queue

import (
	"slices"
	"time"
)

// DayFacts is what the settings make of one day, whether it has come or not.
type DayFacts struct {
	Day      Day
	Like     time.Weekday // the weekday whose hours it has
	MadeUp   bool         // it is worked in place of another day
	Name     Text         // of the holiday or of the day made up
	Holiday  bool         // a holiday, and not made up
	Season   int          // index of the season it falls in, -1 for the usual hours
	Halves   []DayHalf    // those worked; none on a day off
	Next     Day          // the next working day, empty when there is none within a year
	Services []ServiceFacts
	Spells   []Spell
}

// ServiceFacts is what the day makes of one service.
type ServiceFacts struct {
	ID       string
	Halves   []HalfFacts // those it opens in
	Promise  Promise
	Due      time.Time // of a dossier received as its first half-day begins; zero when nothing is promised
	Golden   bool
	NoSlip   bool
	Counters []string     // ids of the counters that serve it
	Reason   ClosedReason // why it opens in no half-day of the day, else empty
}

// HalfFacts is one half-day of a service with how many numbers it may give, 0 for no limit.
type HalfFacts struct {
	DayHalf
	Quota int
}

// Spell is a part of the day during which the hall gives or does not give numbers
// in one and the same way. Until is the first minute of the next one.
type Spell struct {
	From, Until HM
	Services    []Availability // in the order of the settings
}

// On tells what the settings make of a day.
func (s Settings) On(day Day) DayFacts {
	c := s.Calendar
	f := DayFacts{Day: day, Like: c.WeekdayOn(day), Season: -1, Halves: c.On(day), Next: c.NextWorkingDay(day)}
	f.Name, f.MadeUp, f.Holiday = c.nameOf(day)
	if !c.Always {
		f.Season = slices.IndexFunc(c.Seasons, func(x Season) bool { return x.Has(day) })
	}
	for _, service := range s.Services {
		f.Services = append(f.Services, s.serviceOn(service, day))
	}
	f.Spells = s.spells(day)
	return f
}

// nameOf tells what is special about a day of the calendar, whatever its weekday.
func (c Calendar) nameOf(day Day) (name Text, madeUp, holiday bool) {
	for _, m := range c.MakeUp {
		if m.Day == day {
			return m.Name, true, false
		}
	}
	name, holiday = c.HolidayOn(day)
	return name, false, holiday && !c.Always
}

func (s Settings) serviceOn(service ServiceSetting, day Day) ServiceFacts {
	f := ServiceFacts{ID: service.ID, Promise: s.PromiseOn(service, day), Counters: s.CountersOf(service.ID, day)}
	_, f.Golden = s.Calendar.GoldenOn(service.ID, day)
	_, f.NoSlip = s.Calendar.NoSlipOn(service.ID, day)
	if service.Closed {
		f.Reason = ReasonClosed
		return f
	}
	for _, h := range s.halvesOf(service, day) {
		f.Halves = append(f.Halves, HalfFacts{DayHalf: h, Quota: s.QuotaOn(service, day, h.ID)})
	}
	if len(f.Halves) == 0 {
		f.Reason = s.whyClosed(nil, day, day.Start())
		return f
	}
	f.Due = s.Calendar.Due(f.Promise, f.Halves[0].Starts())
	return f
}

// serviceDay is a service on one day: what is the same at every moment of it is found once.
type serviceDay struct {
	ServiceSetting
	halves []DayHalf
	later  time.Time // when it opens after this day; zero when it does not within a year
}

// spells cuts the day where a service begins or ceases to give numbers, and joins
// what a kiosk would say alike.
func (s Settings) spells(day Day) []Spell {
	var services []serviceDay
	for _, service := range s.Services {
		one := serviceDay{ServiceSetting: service}
		if !service.Closed {
			one.halves, one.later = s.halvesOf(service, day), s.NextOpening(service, day.Add(1).Start().Add(-1))
		}
		services = append(services, one)
	}
	var list []Spell
	for _, minute := range turns(services) {
		at := day.Start().Add(time.Duration(minute) * time.Minute)
		spell := Spell{From: HM(at.Format("15:04")), Until: EndOfDay}
		for _, service := range services {
			spell.Services = append(spell.Services, s.at(service, day, at))
		}
		if n := len(list); n > 0 {
			if alike(list[n-1].Services, spell.Services) {
				continue
			}
			list[n-1].Until = spell.From
		}
		list = append(list, spell)
	}
	return list
}

// at is ServiceAt, without looking through the calendar at every moment.
func (s Settings) at(service serviceDay, day Day, t time.Time) Availability {
	if service.Closed {
		return Availability{Reason: ReasonClosed}
	}
	a := s.availableIn(service.ServiceSetting, service.halves, day, t)
	if a.Open {
		return a
	}
	a.Opens = service.later
	for _, h := range service.halves {
		if first := h.FirstNumber(); first.After(t) {
			a.Opens = first
			break
		}
	}
	return a
}

// turns are the minutes of a day at which something may change, in order. The last
// moment for a number still gives one, so that the change is the minute after.
func turns(services []serviceDay) []int {
	minutes := []int{0}
	for _, service := range services {
		for _, h := range service.halves {
			first, _ := h.Take.or(h.From).Minutes()
			last, _ := h.CutOff.or(h.To).Minutes()
			end, _ := h.To.Minutes()
			minutes = append(minutes, first, last+1, end)
		}
	}
	slices.Sort(minutes)
	minutes = slices.Compact(minutes)
	return slices.DeleteFunc(minutes, func(m int) bool { return m >= 24*60 })
}

func alike(a, b []Availability) bool {
	return slices.EqualFunc(a, b, func(x, y Availability) bool { return x.Open == y.Open && x.Reason == y.Reason })
}

// MonthDay is one day as a month's table shows it.
type MonthDay struct {
	DayFacts
	Golden []string // ids of the services that have a golden day
	NoSlip []string
}

// MonthOf gives every day of a day's month. Services and spells are left out.
func (s Settings) MonthOf(day Day) []MonthDay {
	start := day.Start()
	at := DayOf(time.Date(start.Year(), start.Month(), 1, 0, 0, 0, 0, Zone))
	var list []MonthDay
	for ; at.Start().Month() == start.Month(); at = at.Add(1) {
		m := MonthDay{DayFacts: DayFacts{Day: at, Like: s.Calendar.WeekdayOn(at), Halves: s.Calendar.On(at)}}
		m.Name, m.MadeUp, m.Holiday = s.Calendar.nameOf(at)
		for _, service := range s.Services {
			if _, golden := s.Calendar.GoldenOn(service.ID, at); golden {
				m.Golden = append(m.Golden, service.ID)
			}
			if _, none := s.Calendar.NoSlipOn(service.ID, at); none {
				m.NoSlip = append(m.NoSlip, service.ID)
			}
		}
		list = append(list, m)
	}
	return list
}
