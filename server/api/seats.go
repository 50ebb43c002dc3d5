package api

import (
	"context"
	"errors"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/queue"
	"motcua/server/staff"
	"motcua/server/wire"
)

// seatInfo is who sits where, for people of the hall.
type seatInfo struct {
	Account string     `json:"account"`
	Name    string     `json:"name"`
	Title   queue.Text `json:"title"`
	Photo   string     `json:"photo"`
	Branch  string     `json:"branch"`
	Counter string     `json:"counter"`
	Label   string     `json:"label"` // of the counter
	Since   wire.Time  `json:"since"`
}

func (s *Server) seatInfo(seat staff.Seat) seatInfo {
	account, _ := s.Staff.Account(seat.Account)
	info := seatInfo{Account: seat.Account, Name: account.Name, Title: account.Title, Photo: account.Photo,
		Branch: seat.Branch, Counter: seat.Counter, Since: wire.TimeOf(seat.Since)}
	if set, ok := s.Push.Feed.Settings(seat.Branch); ok {
		if counter, ok := set.Counter(seat.Counter); ok {
			info.Label = counter.Label
		}
	}
	return info
}

// seated is a refusal that says who sits where.
type seated struct {
	error
	seat seatInfo
}

func (r seated) Unwrap() error { return r.error }

// listSeats tells who sits where, to people of the hall; screens have what the hall shows.
func (s *Server) listSeats(c *fiber.Ctx) error {
	p, err := s.at(c, mayServe, mayFloor, maySeeFigures)
	if err != nil {
		return err
	}
	list := []seatInfo{}
	for _, seat := range s.Staff.Seats(p.branch) {
		list = append(list, s.seatInfo(seat))
	}
	return c.JSON(fiber.Map{"seats": list})
}

// seatAnswer is where somebody sits now, and where before.
type seatAnswer struct {
	Seat   seatInfo  `json:"seat"`
	Before *seatInfo `json:"before"`
}

// takeSeat sits the person down at a counter. Who sits elsewhere is asked first: the
// request is refused with where, and comes again with move.
func (s *Server) takeSeat(c *fiber.Ctx) error {
	branch, counter := param(c, "branch"), param(c, "counter")
	caller, err := s.allowWhere(c, mayServe, branch, hasAccount)
	if err != nil {
		return err
	}
	if err := s.knownCounter(branch, counter); err != nil {
		return err
	}
	var move bool
	if err := decode(c.Body(), fields{"move": &move}); err != nil {
		return err
	}
	if old, ok := s.Staff.SeatOf(caller.Account); ok && move && (old.Branch != branch || old.Counter != counter) {
		if err := s.mayRise(old); err != nil {
			return err
		}
	}
	var seat staff.Seat
	var before *staff.Seat
	err = s.people(func(ctx context.Context) (err error) {
		seat, before, err = s.Staff.Sit(ctx, caller.Account, branch, counter, move)
		return err
	})
	if err != nil {
		return s.seatRefusal(err)
	}
	answer := seatAnswer{Seat: s.seatInfo(seat)}
	if before != nil && (before.Branch != branch || before.Counter != counter) {
		info := s.seatInfo(*before)
		answer.Before = &info
		s.tellSeat(before.Branch, before.Counter, staff.Account{}, by(caller))
	}
	account, _ := s.Staff.Account(caller.Account)
	s.tellSeat(branch, counter, account, by(caller))
	return c.JSON(answer)
}

func hasAccount(caller staff.Caller) error {
	if caller.Account == "" {
		return refuse(codeNoAccount, "")
	}
	return nil
}

// mayRise refuses who would leave a visitor alone.
func (s *Server) mayRise(seat staff.Seat) error {
	busy := false
	s.Push.Feed.View(seat.Branch, func(st *queue.State, _ *queue.Settings) {
		busy = st.CounterOf(seat.Counter).Visit != ""
	})
	if busy {
		return refuse(queue.CounterBusy, seat.Counter)
	}
	return nil
}

// seatRefusal says who sits where.
func (s *Server) seatRefusal(err error) error {
	var elsewhere *staff.SeatElsewhereError
	var taken *staff.SeatTakenError
	switch {
	case errors.As(err, &elsewhere):
		return seated{refuse(codeSeatElsewhere, elsewhere.Seat.Counter), s.seatInfo(elsewhere.Seat)}
	case errors.As(err, &taken):
		return seated{refuse(codeSeatTaken, taken.Seat.Counter), s.seatInfo(taken.Seat)}
	}
	return err
}

// leaveSeat frees a counter: the own one, or somebody else's by who may.
func (s *Server) leaveSeat(c *fiber.Ctx) error {
	branch, counter := param(c, "branch"), param(c, "counter")
	var seat staff.Seat
	caller, err := s.allowWhere(c, mayServe, branch, func(caller staff.Caller) error {
		var sits bool
		if seat, sits = s.seatAt(branch, counter); sits && seat.Account == caller.Account || may(caller.Role, mayFree) {
			return nil
		}
		if caller.Account == "" {
			return refuse(codeNoAccount, "")
		}
		return refuse(codeNotYourCounter, "")
	})
	if err != nil {
		return err
	}
	if err := s.knownCounter(branch, counter); err != nil {
		return err
	}
	if seat.Account == "" { // free already
		return c.SendStatus(fiber.StatusNoContent)
	}
	if err := s.mayRise(seat); err != nil {
		return err
	}
	if seat.Account != caller.Account {
		account, _ := s.Staff.Account(seat.Account)
		if err := s.note(c, lineOf(c, caller, audit.SeatFree, branch, account.Login), map[string]string{"counter": counter}, nil); err != nil {
			return err
		}
	}
	if err := s.people(func(ctx context.Context) error {
		_, err := s.Staff.Stand(ctx, seat.Account)
		return err
	}); err != nil {
		return err
	}
	s.tellSeat(branch, counter, staff.Account{}, by(caller))
	return c.SendStatus(fiber.StatusNoContent)
}

func (s *Server) seatAt(branch, counter string) (staff.Seat, bool) {
	for _, seat := range s.Staff.Seats(branch) {
		if seat.Counter == counter {
			return seat, true
		}
	}
	return staff.Seat{}, false
}

// clerkOf is whose account sits at a counter.
func (s *Server) clerkOf(branch, counter string) (staff.Account, bool) {
	seat, ok := s.seatAt(branch, counter)
	if !ok {
		return staff.Account{}, false
	}
	return s.Staff.Account(seat.Account)
}

// tellSeat tells the hall who sits at a counter now; nobody for an empty account.
func (s *Server) tellSeat(branch, counter string, account staff.Account, who string) {
	s.Log.Info("seat", "branch", branch, "counter", counter, "account", account.ID, "by", who)
}
