package api

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/queue"
	"motcua/server/staff"
)

// wantsJSON tells whether a page asked with a script instead of sending its form.
func wantsJSON(c *fiber.Ctx) bool {
	return strings.HasPrefix(c.Get(fiber.HeaderAccept), fiber.MIMEApplicationJSON)
}

// loginPerson logs somebody in by name and password, and by a code where that is on.
func (s *Server) loginPerson(ctx context.Context, c *fiber.Ctx) error {
	name := strings.ToLower(strings.TrimSpace(strings.Clone(c.FormValue("name"))))
	password, code := strings.Clone(c.FormValue("password")), strings.ReplaceAll(strings.Clone(c.FormValue("code")), " ", "")
	var k checker
	k.text("password", &password, mostPassword)
	k.word("name", &name, maxQuery)
	k.word("code", &code, maxID)
	if k.err != nil {
		return s.loginRefused(c, name, k.err)
	}
	marks := knownAt(c)
	secret, account, err := s.Staff.LoginAt(ctx, marks, name, password, code, s.peopleRules)
	if err != nil {
		return s.loginRefused(c, name, s.loginMissed(c, name, err))
	}
	caller, _ := s.Staff.BySession(secret)
	s.tellAudit(lineOf(c, caller, audit.Login, account.Branch, account.Login), nil, nil)
	if err := s.endOthers(c); err != nil {
		return err
	}
	s.setCookie(c, personCookie, secret, time.Duration(s.peopleRules(account.Branch).SessionHours())*time.Hour)
	setKnown(c, marks, s.Staff.Mark(account.ID))
	to := cleanTarget(strings.Clone(c.FormValue("to")))
	if to == "" {
		to = s.homeOf(caller)
	}
	if wantsJSON(c) {
		return c.JSON(fiber.Map{"to": to, "due": s.dueFirst(caller)})
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}

// knownCookie names the cookie with the marks of those who have logged in at a browser.
// It opens nothing; only the login reads it (staff.LoginAt).
const (
	knownCookie = "motcua_known"
	knownLife   = 180 * 24 * time.Hour
	mostKnown   = 8 // a counter's PC has several clerks
)

func knownAt(c *fiber.Ctx) []string {
	list := strings.Split(strings.Clone(c.Cookies(knownCookie)), ".")
	return list[:min(len(list), mostKnown)]
}

// setMarks remembers who has logged in last, and those before.
func setKnown(c *fiber.Ctx, before []string, mark string) {
	list := append([]string{mark}, slices.DeleteFunc(before, func(m string) bool { return m == mark || m == "" })...)
	c.Cookie(&fiber.Cookie{Name: knownCookie, Value: strings.Join(list[:min(len(list), mostKnown)], "."), Path: "/login",
		HTTPOnly: true, SameSite: fiber.CookieSameSiteStrictMode, Secure: c.Secure(), MaxAge: int(knownLife.Seconds())})
}

// endOthers ends what the browser was before: nobody else's session goes on behind a
// person's back, and one browser speaks for one person.
func (s *Server) endOthers(c *fiber.Ctx) error {
	ctx, cancel := s.life()
	defer cancel()
	for _, role := range append([]staff.Role{personCookie}, lentToPeople...) {
		secret := strings.Clone(c.Cookies(cookiePrefix + string(role)))
		if secret == "" {
			continue
		}
		if err := s.Staff.Logout(ctx, secret); err != nil {
			return err
		}
		dropCookie(c, role)
	}
	return nil
}

// loginMissed counts and notes a wrong login, and gives its refusal. Which part was
// wrong it does not tell, nor whether there is such a name; the audit log names an
// account that exists, and never what else was typed: it may be a password.
func (s *Server) loginMissed(c *fiber.Ctx, name string, err error) error {
	var locked *staff.LockedError
	refusal := peopleRefusal(err)
	line := lineOf(c, staff.Caller{Name: "?"}, audit.LoginWrong, "", "")
	for _, account := range s.Staff.Accounts() {
		if account.Login == name {
			line.Object, line.Branch = account.Login, account.Branch
		}
	}
	switch {
	case errors.As(err, &locked):
		line.Action = audit.LoginLocked
		s.Metrics.Limited("account")
		refusal = s.lockedOut(refusal, err)
	case errors.Is(err, staff.ErrFactorNeeded):
		return refusal // the password was right
	case errors.Is(err, staff.ErrWrongLogin), errors.Is(err, staff.ErrFactorWrong):
	default:
		return refusal
	}
	s.limits.count(wrongLogin, counted(c))
	s.tellWrong(line)
	return refusal
}

// tellWrong notes a wrong login, unless there are very many; those are in the metrics alone.
func (s *Server) tellWrong(line audit.Line) {
	if s.limits.count(wrongLines, "") > 0 {
		s.Metrics.Limited(wrongLines.name)
		return
	}
	s.tellAudit(line, nil, nil)
}

// lockedOut adds to the refusal of a locked account when it opens again.
func (s *Server) lockedOut(refusal, why error) error {
	var locked *staff.LockedError
	if !errors.As(why, &locked) {
		return refusal
	}
	return limited{refusal, max(1, int(locked.Until.Sub(s.Clock.Now())/time.Second)+1)}
}

// loginRefused answers in the form, or to a script with a problem.
func (s *Server) loginRefused(c *fiber.Ctx, name string, err error) error {
	code, detail := s.codeOf(err)
	if wantsJSON(c) || statuses[code] >= 500 {
		return err
	}
	var wait limited
	if errors.As(err, &wait) {
		c.Set(fiber.HeaderRetryAfter, itoa(wait.after))
	}
	return s.loginForm(c, statuses[code], loginTrouble{words: sentence(code, detail, language(c)), name: name,
		code: code == codeFactorNeeded || code == codeFactorWrong})
}

// cleanTarget is a page of ours to go on to after the login; empty for anything else.
func cleanTarget(to string) string {
	if len(to) > maxQuery || strings.ContainsAny(to, "\\\r\n") {
		return ""
	}
	for _, page := range []string{"/desk/", "/admin/", "/kiosk/", "/board/"} {
		if strings.HasPrefix(to, page) {
			return to
		}
	}
	return ""
}

// rise frees the counter of a person who logs out.
func (s *Server) rise(caller staff.Caller) {
	seat, ok := s.Staff.SeatOf(caller.Account)
	if !ok {
		return
	}
	ctx, cancel := s.life()
	defer cancel()
	if _, err := s.Staff.Stand(ctx, caller.Account); err != nil {
		s.Log.Error("a counter was not freed at the logout", "branch", seat.Branch, "counter", seat.Counter, "error", err)
		return
	}
	s.leftBehind(seat, s.tellSeat(seat.Branch, seat.Counter, staff.Account{}, by(caller)))
}

// leftBehind notes a counter whose day still names who has gone: the visitor there is
// served to the end, and the next who sits down is told anew.
func (s *Server) leftBehind(seat staff.Seat, err error) {
	if err != nil {
		s.Log.Warn("a counter keeps its clerk for now", "branch", seat.Branch, "counter", seat.Counter, "error", err)
	}
}

// peopleRefusal sorts the errors of the book of people; nil stays nil.
func peopleRefusal(err error) error {
	var locked *staff.LockedError
	var weak *staff.PasswordError
	var wrong *staff.AccountError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &locked):
		return refuse(codeLocked, "")
	case errors.As(err, &weak):
		return refuse(codeWeakPassword, weakness(weak))
	case errors.As(err, &wrong):
		return refuse(queue.BadParameter, wrong.Field)
	case errors.Is(err, staff.ErrWrongLogin):
		return refuse(codeWrongLogin, "")
	case errors.Is(err, staff.ErrFactorNeeded):
		return refuse(codeFactorNeeded, "")
	case errors.Is(err, staff.ErrFactorWrong):
		return refuse(codeFactorWrong, "")
	case errors.Is(err, staff.ErrNoFactorBegun):
		return refuse(codeNoFactor, "")
	case errors.Is(err, staff.ErrLoginTaken):
		return refuse(codeLoginTaken, "")
	case errors.Is(err, staff.ErrLastAdmin):
		return refuse(codeLastAdmin, "")
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled): // many log in at this moment
		return limited{refuse(codeTooMany, ""), 5}
	case errors.Is(err, staff.ErrOtherBranch):
		return refuse(codeForbidden, "branch")
	case errors.Is(err, staff.ErrNoAccount):
		return refuse(codeUnknownAccount, "")
	}
	return err
}

// weakness names what is wrong with a password, and for a short one how long it must be.
func weakness(weak *staff.PasswordError) string {
	if weak.Why == staff.TooShort {
		return string(weak.Why) + " " + itoa(weak.Least)
	}
	return string(weak.Why)
}
