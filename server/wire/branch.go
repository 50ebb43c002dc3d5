package wire

import (
	"slices"

	"motcua/server/queue"
)

// BranchFor gives what screens need of the settings. Clerks' names and the
// engine are for staff only, pace for staff and kiosks.
func BranchFor(view View, set *queue.Settings, day queue.Day, x Extras) BranchInfo {
	info := BranchInfo{ID: set.ID, Name: set.Name, Place: set.Place, Address: set.Address, WiFi: set.Paper.WiFi,
		Version: set.Version, Rating: set.Rating, Always: set.Calendar.Always, Trusted: x.Trusted,
		Kiosk: set.Kiosk, Booking: set.Booking.DaysAhead, Lookup: x.Lookup != nil && x.Lookup(),
		Box: set.Box.Open, Verify: set.Dossiers.Verify, Logo: set.Brand.Path(), Training: set.Training,
		Halves: []queue.Half{}, Services: []ServiceInfo{}, Counters: []CounterName{}, Priorities: []PriorityInfo{}}
	if day != "" {
		info.Halves = append(info.Halves, set.Calendar.HalvesOn(day)...)
	}
	for i := range set.Services {
		info.Services = append(info.Services, serviceInfo(set, &set.Services[i], day))
	}
	for _, g := range set.Groups {
		info.Groups = append(info.Groups, GroupInfo{ID: g.ID, Name: g.Name, Services: slices.Clone(g.Services)})
	}
	for i := range set.Counters {
		info.Counters = append(info.Counters, counterName(view, &set.Counters[i]))
	}
	for _, p := range set.Priorities {
		info.Priorities = append(info.Priorities, PriorityInfo{ID: p.ID, Name: p.Name})
	}
	if view.Staff() {
		info.Engine = x.Engine
	}
	if view.Staff() || view == Board || view == Counter {
		info.Board = set.Board
	}
	if view.Staff() || view == Lookup || view == Board {
		info.Hall = set.Hall
	}
	if view.Staff() || view == Kiosk {
		info.Pace = set.Pace
	}
	return info
}

// serviceInfo tells of a service on a day; before the first day nothing is
// promised and no day is special.
func serviceInfo(set *queue.Settings, s *queue.ServiceSetting, day queue.Day) ServiceInfo {
	info := ServiceInfo{ID: s.ID, Prefix: s.Prefix, Name: s.Name, Short: shortOf(s), WaitTarget: s.WaitTarget,
		Typical: s.Typical, Kind: s.Kind, NoConfirm: s.NoConfirm, Late: s.Late, Online: s.Online}
	if day == "" {
		return info
	}
	info.Promise = PromiseText(set.PromiseOn(*s, day))
	c := set.Calendar
	if weekdays := weekdaysOf(c.Golden, s.ID); len(weekdays) > 0 {
		_, today := c.GoldenOn(s.ID, day)
		info.Golden = &SpecialInfo{Today: today, Next: c.NextGolden(s.ID, day), Weekdays: weekdays}
	}
	if weekdays := weekdaysOf(c.NoSlip, s.ID); len(weekdays) > 0 {
		_, today := c.NoSlipOn(s.ID, day)
		info.NoSlip = &SpecialInfo{Today: today, Next: c.NextNoSlip(s.ID, day), Weekdays: weekdays}
	}
	return info
}

// weekdaysOf lists the weekdays on which a service is special, Sunday first.
func weekdaysOf(list []queue.Special, service string) []int {
	var days []int
	for _, s := range list {
		if slices.Contains(s.Services, service) {
			days = append(days, s.Weekdays...)
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

func shortOf(s *queue.ServiceSetting) queue.Text {
	if s.Short.VI == "" {
		return s.Name
	}
	return s.Short
}

// sits puts who sits there now in place of whom the settings name.
func (n *CounterName) sits(view View, c *queue.CounterSetting, seat queue.Sitting) {
	if seat.Account == "" {
		return
	}
	if view.Staff() {
		n.Clerk = seat.Name
	}
	if view == Counter && c.Shown {
		n.Clerk, n.Title, n.Photo = seat.Name, seat.Title, seat.Photo
	}
}

func counterName(view View, c *queue.CounterSetting) CounterName {
	name := CounterName{ID: c.ID, Label: c.Label, Name: c.Name, Services: slices.Clone(c.Services)}
	if view.Staff() {
		name.Clerk = c.Clerk
	}
	if view == Counter && c.Shown { // the hall allows it
		name.Clerk, name.Title, name.Photo = c.Clerk, c.Title, c.Photo
	}
	return name
}
