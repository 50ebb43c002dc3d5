package queue

import "time"

// slotStep is how far apart the moments are that can be booked: people say
// half past eight, not eight thirty-seven.
const slotStep = 30 * time.Minute

// SlotDay is a day on which a service can be booked.
type SlotDay struct {
	Day    Day
	Halves []SlotHalf
}

// SlotHalf is a half-day of it, with what is left.
type SlotHalf struct {
	ID       string
	Name     Text
	From, To HM
	At       []time.Time // moments to book, in order; none when the quota is used up
	Quota    int         // numbers the half-day has, 0 for no limit
	Left     int         // of them; means nothing without a quota
}

// partsOfDay are how a calendar that is always open is shown: its one half-day
// would be a list of 48 moments.
var partsOfDay = []Half{
	{ID: "night", Name: Text{VI: "Đêm", EN: "Night"}, From: "00:00", To: "06:00"},
	{ID: "am", Name: Text{VI: "Buổi sáng", EN: "Morning"}, From: "06:00", To: "12:00"},
	{ID: "pm", Name: Text{VI: "Buổi chiều", EN: "Afternoon"}, From: "12:00", To: "18:00"},
	{ID: "evening", Name: Text{VI: "Buổi tối", EN: "Evening"}, From: "18:00", To: EndOfDay},
}

// Slots lists what can be booked of a service now: every day it opens on, from
// today to the branch's days ahead, every half-day of it, and in that every half
// hour from its beginning until before its last number. Each moment is one that a
// booking made now is accepted for. given tells how many numbers of a half-day
// are taken or booked already. The list is empty for an unknown service.
func (s Settings) Slots(id string, now time.Time, given func(day Day, half string) int) []SlotDay {
	service, ok := s.Service(id)
	if !ok {
		return nil
	}
	var days []SlotDay
	for ahead := range s.Booking.DaysAhead + 1 {
		day := DayOf(now).Add(ahead)
		var halves []SlotHalf
		for _, h := range s.shownHalves(service, day) {
			if slot, any := s.slotsIn(service, h, now, given); any {
				halves = append(halves, slot)
			}
		}
		if len(halves) > 0 {
			days = append(days, SlotDay{Day: day, Halves: halves})
		}
	}
	return days
}

// shownHalves are the service's half-days as people are asked for them.
func (s Settings) shownHalves(service ServiceSetting, day Day) []DayHalf {
	if !s.Calendar.Always {
		return s.halvesOf(service, day)
	}
	parts := make([]DayHalf, len(partsOfDay))
	for i, part := range partsOfDay {
		parts[i] = DayHalf{Half: part, Day: day}
	}
	return parts
}

// slotsIn is false when no moment of the half-day can be booked, full or not.
func (s Settings) slotsIn(service ServiceSetting, h DayHalf, now time.Time, given func(Day, string) int) (SlotHalf, bool) {
	slot := SlotHalf{ID: h.ID, Name: h.Name, From: h.From, To: h.To}
	counted := h.ID // the half-day a booking counts in
	if s.Calendar.Always {
		counted = AllDay
	}
	for at := h.Starts(); at.Before(h.LastNumber()); at = at.Add(slotStep) {
		// Where two half-days touch, the moment belongs to the first of them.
		if a, err := s.bookable(service.ID, at, now); err == nil && a.Half == counted {
			slot.At = append(slot.At, at)
			slot.Quota = a.Quota
		}
	}
	if len(slot.At) == 0 {
		return slot, false
	}
	if slot.Quota > 0 {
		slot.Left = max(0, slot.Quota-given(h.Day, counted))
		if slot.Left == 0 {
			slot.At = nil
		}
	}
	return slot, true
}
