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
	account, _ := s.Staff.Account(caller.Account)
	var seat staff.Seat
	var before *staff.Seat
	err = s.people(func(ctx context.Context) (err error) {
		seat, before, err = s.Staff.Sit(ctx, caller.Account, branch, counter, move)
		return err
	})
	if err != nil {
		return s.seatRefusal(err)
	}
	if err := s.moveInQueue(account, before, seat); err != nil {
		return errors.Join(err, s.sitBack(caller.Account, before))
	}
	answer := seatAnswer{Seat: s.seatInfo(seat)}
	if before != nil {
		info := s.seatInfo(*before)
		answer.Before = &info
	}
	return c.JSON(answer)
}

// moveInQueue tells the day who sits where. It refuses who would leave a visitor alone,
// and a counter whose visitor somebody else serves.
func (s *Server) moveInQueue(account staff.Account, before *staff.Seat, seat staff.Seat) error {
	if before != nil {
		if err := s.tellSeat(before.Branch, before.Counter, staff.Account{}, account.Name); err != nil {
			return err
		}
	}
	return s.tellSeat(seat.Branch, seat.Counter, account, account.Name)
}

// sitBack undoes what the queue refused.
func (s *Server) sitBack(account string, before *staff.Seat) error {
	return s.people(func(ctx context.Context) (err error) {
		if before == nil {
			_, err = s.Staff.Stand(ctx, account)
			return err
		}
		if _, _, err = s.Staff.Sit(ctx, account, before.Branch, before.Counter, true); err != nil {
			return err
		}
		owner, _ := s.Staff.Account(account)
		return s.tellSeat(before.Branch, before.Counter, owner, owner.Name)
	})
}

func hasAccount(caller staff.Caller) error {
	if caller.Account == "" {
		return refuse(codeNoAccount, "")
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
	if seat.Account != caller.Account {
		account, _ := s.Staff.Account(seat.Account)
		if err := s.note(c, lineOf(c, caller, audit.SeatFree, branch, account.Login), map[string]string{"counter": counter}, nil); err != nil {
			return err
		}
	}
	if err := s.tellSeat(branch, counter, staff.Account{}, by(caller)); err != nil {
		return err
	}
	if err := s.people(func(ctx context.Context) error {
		_, err := s.Staff.Stand(ctx, seat.Account)
		return err
	}); err != nil {
		return err
	}
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

// tellSeat tells the day who sits at a counter now; nobody for an empty account. On a
// day that is not open nobody need know: the seat is told when the counter opens.
func (s *Server) tellSeat(branch, counter string, account staff.Account, who string) error {
	set, err := s.known(branch)
	if err != nil {
		return nil // a branch that is no more
	}
	if _, ok := set.Counter(counter); !ok {
		return nil
	}
	cmd := command{set: set}
	cmd.Verb, cmd.Branch, cmd.Counter, cmd.By = queue.Seat, branch, counter, who
	if account.ID != "" {
		cmd.Seat = &queue.Sitting{Account: account.ID, Name: account.Name, Title: account.Title, Photo: account.Photo}
	}
	_, err = s.do(cmd)
	if code := queue.CodeOf(err); code == queue.ServiceClosed || code == queue.DayChanged {
		return nil
	}
	return err
}

// seatForOpening makes the day know a clerk who sat down before it began.
func (s *Server) seatForOpening(caller staff.Caller, branch, counter string) error {
	account, ok := s.Staff.Account(caller.Account)
	if !ok {
		return nil
	}
	if seat, sits := s.Staff.SeatOf(account.ID); !sits || seat.Branch != branch || seat.Counter != counter {
		return nil
	}
	return s.tellSeat(branch, counter, account, account.Name)
}
