package queue

import "slices"

// GoldenOn gives the golden day of a service on a working day ("Hai ngày vàng
// trong tuần").
func (c Calendar) GoldenOn(service string, day Day) (Special, bool) {
	return c.special(c.Golden, service, day)
}

// NoSlipOn gives the no-slip day of a service on a working day ("Ngày không
// phiếu hẹn": the result comes back in the same half-day).
func (c Calendar) NoSlipOn(service string, day Day) (Special, bool) {
	return c.special(c.NoSlip, service, day)
}

// NextGolden is the first golden day of a service after a day; empty when it has none.
func (c Calendar) NextGolden(service string, after Day) Day {
	return c.nextSpecial(c.Golden, service, after)
}

// NextNoSlip is the same for no-slip days.
func (c Calendar) NextNoSlip(service string, after Day) Day {
	return c.nextSpecial(c.NoSlip, service, after)
}

func (c Calendar) nextSpecial(list []Special, service string, after Day) Day {
	if !slices.ContainsFunc(list, func(s Special) bool { return slices.Contains(s.Services, service) }) {
		return ""
	}
	day := after
	for range horizon {
		day = day.Add(1)
		if _, special := c.special(list, service, day); special {
			return day
		}
	}
	return ""
}

func (c Calendar) special(list []Special, service string, day Day) (Special, bool) {
	weekday := int(c.WeekdayOn(day))
	for _, s := range list {
		if slices.Contains(s.Weekdays, weekday) && slices.Contains(s.Services, service) && c.IsWorkingDay(day) {
			return s, true
		}
	}
	return Special{}, false
}

// specials are the special days of a service on a day, the stricter promise first.
func (c Calendar) specials(service string, day Day) []Special {
	var found []Special
	if s, ok := c.NoSlipOn(service, day); ok {
		if s.Promise == nil {
			s.Promise = &Promise{Unit: HalfDays, Amount: 1}
		}
		found = append(found, s)
	}
	if s, ok := c.GoldenOn(service, day); ok {
		found = append(found, s)
	}
	return found
}

// PromiseOn is what a service promises on a day: that of a no-slip day, else of
// a golden day, else its own.
func (s Settings) PromiseOn(service ServiceSetting, day Day) Promise {
	for _, special := range s.Calendar.specials(service.ID, day) {
		if special.Promise != nil {
			return *special.Promise
		}
	}
	return service.Promise
}

// QuotaOn is how many numbers a service may give in a half-day, 0 for no limit.
// The quota of a special day takes the place of its own.
func (s Settings) QuotaOn(service ServiceSetting, day Day, half string) int {
	for _, special := range s.Calendar.specials(service.ID, day) {
		if n, ok := special.Quota[half]; ok {
			return n
		}
	}
	return service.Quota[half]
}

// ServicesOf lists what a counter serves on a day: its own services in its own
// order, then those that a special day adds.
func (s Settings) ServicesOf(counter CounterSetting, day Day) []string {
	list := slices.Clone(counter.Services)
	for _, service := range s.Services {
		if slices.Contains(list, service.ID) {
			continue
		}
		for _, special := range s.Calendar.specials(service.ID, day) {
			if slices.Contains(special.Counters, counter.ID) {
				list = append(list, service.ID)
				break
			}
		}
	}
	return list
}

// CountersOf lists the counters that serve a service on a day, in the branch's order.
func (s Settings) CountersOf(service string, day Day) []string {
	var list []string
	for _, counter := range s.Counters {
		if slices.Contains(s.ServicesOf(counter, day), service) {
			list = append(list, counter.ID)
		}
	}
	return list
}
