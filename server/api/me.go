package api

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/qr"
	"motcua/server/queue"
	"motcua/server/staff"
)

// whoami answers GET /api/v1/me.
type whoami struct {
	Name     string     `json:"name"`
	Role     staff.Role `json:"role"`
	Branch   string     `json:"branch,omitempty"`
	Counters []string   `json:"counters,omitempty"`
	Rights   []right    `json:"rights"`
	// Of a person.
	Account  *myAccount `json:"account,omitempty"`
	Seat     *seatInfo  `json:"seat,omitempty"`
	Services []string   `json:"services,omitempty"` // what may be called; everything when empty
	// Due is what must be done before anything else: password_due, factor_due.
	Due queue.Code `json:"due,omitempty"`
}

// myAccount is what a person sees of the own account.
type myAccount struct {
	ID     string     `json:"id"`
	Login  string     `json:"login"`
	Title  queue.Text `json:"title"`
	Photo  string     `json:"photo"`
	Renew  bool       `json:"renew"`  // the password must be changed first
	Factor bool       `json:"factor"` // the second step is on
	Length int        `json:"length"` // least characters of a new password
}

// me tells a program or a page whose right it has; of a browser with several
// sessions, the one with the role asked for ("person" for whoever has logged in by name).
func (s *Server) me(c *fiber.Ctx) error {
	list, err := s.speakers(c, "")
	if err != nil {
		return err
	}
	role, err := queryOf(c, "role", maxID)
	if err != nil {
		return err
	}
	for _, caller := range list {
		if role == "" || string(caller.Role) == role || caller.Role == staff.Agent || caller.Account != "" && role == string(personCookie) {
			s.firstUse(caller)
			return c.JSON(s.whoami(caller))
		}
	}
	return s.keyless(c)
}

func (s *Server) whoami(caller staff.Caller) whoami {
	w := whoami{Name: caller.Name, Role: caller.Role, Branch: caller.Branch, Counters: caller.Counters, Rights: rightsOf(caller.Role),
		Services: caller.Services, Due: s.dueFirst(caller)}
	account, ok := s.Staff.Account(caller.Account)
	if !ok {
		return w
	}
	w.Account = &myAccount{account.ID, account.Login, account.Title, account.Photo, account.Renew, account.Factor,
		s.peopleRules(account.Branch).LeastLength(account.Role == staff.Admin)}
	if seat, ok := s.Staff.SeatOf(account.ID); ok {
		info := s.seatInfo(seat)
		w.Seat = &info
	}
	return w
}

// peopleRules are a branch's rules for passwords and sessions. For who belongs to all
// branches the strictest of them hold.
func (s *Server) peopleRules(branch string) queue.PeopleSetting {
	if branch == "" {
		var all []queue.PeopleSetting
		for _, one := range s.Push.Feed.Branches() {
			if set, ok := s.Push.Feed.Settings(one); ok {
				all = append(all, set.People)
			}
		}
		return queue.StrictestPeople(all)
	}
	if set, ok := s.Push.Feed.Settings(branch); ok {
		return set.People
	}
	return queue.PeopleSetting{}
}

// dueFirst is what a person must do before anything else; empty for nothing.
func (s *Server) dueFirst(caller staff.Caller) queue.Code {
	if caller.Account == "" {
		return ""
	}
	account, ok := s.Staff.Account(caller.Account)
	switch {
	case !ok:
		return ""
	case account.Renew:
		return codePasswordDue
	case account.Role == staff.Admin && !account.Factor && s.peopleRules(account.Branch).Factor:
		return codeFactorDue
	}
	return ""
}

// person finds who has logged in by name: 401 for nobody, 403 for a key.
func (s *Server) person(c *fiber.Ctx) (staff.Caller, staff.Account, error) {
	list, err := s.speakers(c, "")
	if err != nil {
		return staff.Caller{}, staff.Account{}, err
	}
	for _, caller := range list {
		if account, ok := s.Staff.Account(caller.Account); ok {
			return caller, account, nil
		}
	}
	if len(list) == 0 {
		return staff.Caller{}, staff.Account{}, s.keyless(c)
	}
	return staff.Caller{}, staff.Account{}, refuse(codeNoAccount, "")
}

// mostPassword bounds what is hashed; people type far less.
const mostPassword = 200

func (s *Server) changePassword(c *fiber.Ctx) error {
	caller, account, err := s.person(c)
	if err != nil {
		return err
	}
	var old, fresh string
	if err := decode(c.Body(), fields{"old": &old, "new": &fresh}); err != nil {
		return err
	}
	var k checker
	k.text("old", &old, mostPassword)
	k.text("new", &fresh, mostPassword)
	if k.err != nil {
		return k.err
	}
	ctx, cancel := s.life()
	defer cancel()
	turn := "secret " + account.ID // one at a time: hashing is dear, and others log in meanwhile
	if err := s.twins.enter(ctx, turn); err != nil {
		return limited{refuse(codeTooMany, ""), 5}
	}
	defer s.twins.leave(turn)
	if wait := s.limits.over(wrongSecret, account.ID); wait > 0 {
		return s.tooMany(wrongSecret, wait)
	}
	if err := s.note(c, lineOf(c, caller, audit.PasswordChange, account.Branch, account.Login), nil, nil); err != nil {
		return err
	}
	err = s.Staff.ChangePassword(ctx, account.ID, old, fresh, s.peopleRules(account.Branch))
	if errors.Is(err, staff.ErrWrongLogin) {
		return s.missBy(wrongSecret, account.ID, codeWrongPassword)
	}
	if err == nil { // whoever had the old one is out
		err = s.Staff.EndOtherSessions(ctx, account.ID, caller.ID)
	}
	if err != nil {
		return s.lockedOut(peopleRefusal(err), err)
	}
	return c.SendStatus(fiber.StatusNoContent)
}

// endMySessions logs the person out everywhere but here.
func (s *Server) endMySessions(c *fiber.Ctx) error {
	caller, account, err := s.person(c)
	if err != nil {
		return err
	}
	if err := s.note(c, lineOf(c, caller, audit.AccountLogout, account.Branch, account.Login), nil, nil); err != nil {
		return err
	}
	if err := s.people(func(ctx context.Context) error { return s.Staff.EndOtherSessions(ctx, account.ID, caller.ID) }); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

// factorBegun is the seed of a second step: as an address, and as a code to scan.
type factorBegun struct {
	URI string `json:"uri"`
	SVG string `json:"svg"`
}

// beginFactor makes a new seed, which counts once a code of it has been typed.
func (s *Server) beginFactor(c *fiber.Ctx) error {
	_, account, err := s.freshOwner(c)
	if err != nil {
		return err
	}
	if _, err := idempotency(c); err != nil { // a seed not confirmed is worth nothing
		return err
	}
	if err := decode(c.Body(), fields{}); err != nil {
		return err
	}
	ctx, cancel := s.life()
	defer cancel()
	uri, err := s.Staff.BeginFactor(ctx, account.ID)
	if err != nil {
		return peopleRefusal(err)
	}
	svg, err := qr.SVG(uri)
	if err != nil {
		return err
	}
	return c.JSON(factorBegun{uri, string(svg)})
}

// factorOwner finds the person; one whose password somebody else knows changes that first.
func (s *Server) factorOwner(c *fiber.Ctx) (staff.Caller, staff.Account, error) {
	caller, account, err := s.person(c)
	if err == nil && account.Renew {
		err = refuse(codePasswordDue, "")
	}
	return caller, account, err
}

// freshly is how long after the login a second step may be taken off or replaced: whoever
// finds somebody's page open has no password.
const freshly = 10 * time.Minute

// freshOwner is factorOwner, and only who has just logged in: whoever finds the page open
// must not take the second step off, nor put the own phone there.
func (s *Server) freshOwner(c *fiber.Ctx) (staff.Caller, staff.Account, error) {
	caller, account, err := s.factorOwner(c)
	if err != nil {
		return caller, account, err
	}
	just := slices.ContainsFunc(s.Staff.Sessions(account.ID), func(v staff.OpenSession) bool {
		return v.ID == caller.ID && s.Clock.Now().Sub(v.Begun) <= freshly
	})
	if !just {
		err = refuse(codeLoginAgain, "")
	}
	return caller, account, err
}

// confirmFactor turns the second step on, and shows the recovery codes this once.
func (s *Server) confirmFactor(c *fiber.Ctx) error {
	caller, account, err := s.factorOwner(c)
	if err != nil {
		return err
	}
	var code string
	if err := decode(c.Body(), fields{"code": &code}); err != nil {
		return err
	}
	code = strings.ReplaceAll(code, " ", "")
	var k checker
	k.word("code", &code, maxID)
	if k.err != nil {
		return k.err
	}
	if wait := s.limits.over(wrongSecret, account.ID); wait > 0 {
		return s.tooMany(wrongSecret, wait)
	}
	var recovery []string
	err = s.people(func(ctx context.Context) (err error) {
		recovery, err = s.Staff.ConfirmFactor(ctx, account.ID, code)
		return err
	})
	if queue.CodeOf(err) == codeFactorWrong {
		return s.missBy(wrongSecret, account.ID, codeFactorWrong)
	}
	if err != nil {
		return err
	}
	s.tellAudit(lineOf(c, caller, audit.FactorSet, account.Branch, account.Login), nil, nil)
	return c.JSON(fiber.Map{"recovery": listed(recovery)})
}

func (s *Server) endFactor(c *fiber.Ctx) error {
	caller, account, err := s.freshOwner(c)
	if err != nil {
		return err
	}
	if account.Role == staff.Admin && s.peopleRules(account.Branch).Factor {
		return refuse(codeFactorDue, "")
	}
	return s.withoutFactor(c, caller, account)
}

// withoutFactor takes an account's second step away.
func (s *Server) withoutFactor(c *fiber.Ctx, caller staff.Caller, account staff.Account) error {
	if err := s.note(c, lineOf(c, caller, audit.FactorEnd, account.Branch, account.Login), nil, nil); err != nil {
		return err
	}
	if err := s.people(func(ctx context.Context) error { return s.Staff.EndFactor(ctx, account.ID) }); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

// people does something in the book of people, and sorts its errors.
func (s *Server) people(do func(ctx context.Context) error) error {
	ctx, cancel := s.life()
	defer cancel()
	return peopleRefusal(do(ctx))
}
