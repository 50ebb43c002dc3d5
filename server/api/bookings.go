package api

import (
	"github.com/gofiber/fiber/v2"

	"motcua/server/queue"
	"motcua/server/wire"
)

// booked answers a booking.
type booked struct {
	Code     string    `json:"code"`
	Service  string    `json:"service"`
	At       wire.Time `json:"at"`
	Day      queue.Day `json:"day"`
	Half     string    `json:"half"`
	State    string    `json:"state"`
	Priority string    `json:"priority,omitempty"`
}

func bookedOf(b *queue.Booking) booked {
	return booked{Code: b.Code, Service: b.Service, At: wire.TimeOf(b.At.Time()), Day: b.Day, Half: b.Half,
		State: b.State, Priority: b.Priority}
}

func (s *Server) makeBooking(c *fiber.Ctx) error {
	p, err := s.at(c, mayTake)
	if err != nil {
		return err
	}
	branch, caller, set := p.branch, p.caller, p.set
	var named queue.Command
	if err := s.name(c, &named, caller.ID); err != nil {
		return err
	}
	cmd := command{set: set, code: true}
	if cmd.Command, err = bookInput(c.Body(), true); err != nil {
		return err
	}
	cmd.Request, cmd.Print, cmd.Branch, cmd.By = named.Request, named.Print, branch, by(caller)
	result, err := s.do(cmd)
	if err != nil {
		return err
	}
	return c.Status(created(result)).JSON(bookedOf(result.Booking))
}

// arrive turns a booking into a ticket.
func (s *Server) arrive(c *fiber.Ctx) error {
	p, err := s.at(c, mayTake)
	if err != nil {
		return err
	}
	branch, caller, set, code := p.branch, p.caller, p.set, upper(param(c, "code"))
	cmd := command{set: set, number: true}
	if cmd.Command, err = emptyInput(queue.Arrive, c.Body()); err != nil {
		return err
	}
	if err := s.name(c, &cmd.Command, caller.ID); err != nil {
		return err
	}
	booking, err := s.booking(branch, code)
	if err != nil {
		return err
	}
	cmd.Branch, cmd.By, cmd.Booking, cmd.Origin = branch, by(caller), code, "booking"
	cmd.Service, cmd.Priority = booking.Service, booking.Priority
	result, err := s.do(cmd)
	if err != nil {
		return err
	}
	return c.Status(created(result)).JSON(s.taken(branch, s.base(c), result))
}

// booking finds what was booked, as everything acknowledged so far left it.
func (s *Server) booking(branch, code string) (queue.Booking, error) {
	ctx, cancel := s.life()
	defer cancel()
	if err := s.Push.Feed.WaitFor(ctx, branch); err != nil {
		return queue.Booking{}, err
	}
	var found *queue.Booking
	s.Push.Feed.View(branch, func(st *queue.State, _ *queue.Settings) {
		if b := st.Bookings[code]; b != nil {
			copied := *b
			found = &copied
		}
	})
	if found == nil {
		return queue.Booking{}, refuse(queue.UnknownBooking, "")
	}
	return *found, nil
}
