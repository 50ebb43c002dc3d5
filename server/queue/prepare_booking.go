package queue

import "time"

// prepareBooking wants a moment still to come, inside an open half-day of the
// service, not more than the branch's days ahead.
func (s Settings) prepareBooking(c *Command, now time.Time) error {
	if _, ok := s.Service(c.Service); !ok {
		return Refuse(UnknownService, c.Service)
	}
	if err := s.knowsPriority(c.Priority); err != nil {
		return err
	}
	at := c.At.Time()
	available, err := s.bookable(c.Service, at, now)
	if err != nil {
		return err
	}
	c.AtDay, c.Half, c.Quota = DayOf(at), available.Half, available.Quota
	return nil
}

// bookable tells whether a moment can be booked now, and the half-day it counts in.
func (s Settings) bookable(service string, at, now time.Time) (Availability, error) {
	end := DayOf(now).Add(s.Booking.DaysAhead + 1).Start()
	if at.UnixMilli() < now.UnixMilli() || !at.Before(end) {
		return Availability{}, Refuse(BadParameter, "at")
	}
	available := s.ServiceAt(service, at)
	if !available.Open {
		return available, Refuse(ServiceClosed, string(available.Reason))
	}
	// Numbers may be given before the doors open, but nobody is served then.
	if !s.OpenAt(at) {
		return available, Refuse(ServiceClosed, string(ReasonBeforeOpening))
	}
	return available, nil
}

// prepareArrival fills in the prefix when the caller knows the booking's
// service. The hour is not asked: who booked is let in, late or not, and Late
// only decides the place.
func (s Settings) prepareArrival(c *Command) error {
	c.Late = int64(s.Booking.LateMinutes) * minute
	if c.Service == "" { // an unknown booking: the store refuses it
		return nil
	}
	service, ok := s.Service(c.Service)
	if !ok {
		return Refuse(UnknownService, c.Service)
	}
	s.joins(c, service)
	return nil
}
