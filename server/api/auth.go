package api

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"motcua/server/queue"
	"motcua/server/staff"
)

// cookiePrefix starts the name of a session's cookie. There is one for each
// role, so that one browser can have a kiosk and a desk open at once.
const cookiePrefix = "motcua_"

// personCookie holds the session of somebody who logged in with a name and a
// password, whatever the role.
const personCookie staff.Role = "person"

// cookieNames are what may follow the prefix: first the person before the browser, then
// its own role as a screen of the hall.
var cookieNames = append([]staff.Role{personCookie, "screen"}, staff.Roles...)

// callers finds everybody this request may speak for, as speakers does; a person who
// must do something first, as choosing an own password, may do nothing else.
func (s *Server) callers(c *fiber.Ctx, key string) ([]staff.Caller, error) {
	list, err := s.speakers(c, key)
	for _, caller := range list {
		if code := s.dueFirst(caller); code != "" {
			return nil, refuse(code, "")
		}
	}
	return list, err
}

// speakers are whoever holds the request's key, or without one the sessions of its
// browser. A wrong key is an error.
func (s *Server) speakers(c *fiber.Ctx, key string) ([]staff.Caller, error) {
	if key == "" {
		key = bearer(c)
	}
	if key != "" {
		caller, ok := s.Staff.ByKey(key)
		if !ok {
			return nil, s.miss(c, wrongKey, codeUnauthorized)
		}
		if !s.certified(c, caller) {
			return nil, refuse(codeCertificate, "")
		}
		s.used(c, caller.Key)
		return []staff.Caller{caller}, nil
	}
	var list []staff.Caller
	for _, role := range cookieNames {
		secret := strings.Clone(c.Cookies(cookiePrefix + string(role)))
		if secret == "" || len(secret) > 100 {
			continue
		}
		if caller, ok := s.session(c, role, secret); ok {
			list = append(list, caller)
		}
	}
	if len(list) > 0 && !s.ownRequest(c) {
		return nil, refuse(codeOriginRefused, "")
	}
	for _, caller := range list {
		s.used(c, caller.Key)
	}
	return list, nil
}

// unattended is the header of a request that a page makes by itself: nobody has touched
// it for a while. Else a page that draws itself anew would keep a session open that
// everybody has left.
const unattended = "Motcua-Unattended"

// session finds whose session a cookie holds. In the demo the cookie is the
// fixed key of its role: it outlives a restart, and so do idempotency keys.
func (s *Server) session(c *fiber.Ctx, role staff.Role, secret string) (staff.Caller, bool) {
	if s.Demo && secret == demoKey(role) {
		return s.Staff.ByKey(secret)
	}
	if c.Get(unattended) != "" {
		return s.Staff.LookSession(secret)
	}
	return s.Staff.BySession(secret)
}

func demoKey(role staff.Role) string { return "demo-" + string(role) }

func bearer(c *fiber.Ctx) string {
	scheme, key, _ := strings.Cut(c.Get(fiber.HeaderAuthorization), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.Clone(strings.TrimSpace(key))
}

// allow finds a caller with the right at the branch: 401 without any, 403 when
// none of them has it. branch may be empty.
func (s *Server) allow(c *fiber.Ctx, what right, branch string) (staff.Caller, error) {
	return s.allowWhere(c, what, branch, func(staff.Caller) error { return nil })
}

// allowWhere is allow for a caller of whom something more must hold. When it holds for
// nobody, the first one's refusal is given.
func (s *Server) allowWhere(c *fiber.Ctx, what right, branch string, holds func(staff.Caller) error) (staff.Caller, error) {
	list, err := s.callers(c, "")
	if err != nil {
		return staff.Caller{}, err
	}
	if len(list) == 0 {
		return staff.Caller{}, s.keyless(c)
	}
	var refusal error
	for _, caller := range list {
		if !mayAt(caller.Role, what, branch) || branch != "" && !caller.MayBranch(branch) {
			continue
		}
		err := holds(caller)
		if err == nil {
			return caller, nil
		}
		if refusal == nil {
			refusal = err
		}
	}
	if refusal == nil {
		refusal = refuse(codeForbidden, string(what))
	}
	return staff.Caller{}, refusal
}

// keyless counts a request that came without any key.
func (s *Server) keyless(c *fiber.Ctx) error { return s.miss(c, noKey, codeUnauthorized) }

// allowCounter is allow for one counter of the branch.
func (s *Server) allowCounter(c *fiber.Ctx, what right, branch, counter string) (staff.Caller, error) {
	return s.allowWhere(c, what, branch, func(caller staff.Caller) error { return s.atCounter(caller, branch, counter) })
}

// atCounter refuses whoever may not work at a counter of the branch: a key that is
// bound to others, and a clerk who does not sit there.
func (s *Server) atCounter(caller staff.Caller, branch, counter string) error {
	if !caller.MayCounter(counter) {
		return refuse(codeForbidden, counter)
	}
	if caller.Role != staff.Clerk {
		return nil
	}
	if seat, ok := s.Staff.SeatOf(caller.Account); !ok || seat.Branch != branch || seat.Counter != counter {
		return refuse(codeNotYourCounter, seat.Counter)
	}
	return nil
}

// branchFor gives the branch of the request's path to a caller with the right there.
func (s *Server) branchFor(c *fiber.Ctx, what right) (string, error) {
	p, err := s.at(c, what)
	return p.branch, err
}

// place is where a request acts: the branch of its address, with who asks.
type place struct {
	branch string
	caller staff.Caller
	set    *queue.Settings
}

// at finds the place of a request whose caller has one of these rights there; the
// first that is held counts.
func (s *Server) at(c *fiber.Ctx, rights ...right) (place, error) {
	p := place{branch: param(c, "branch")}
	var err error
	for _, what := range rights {
		if p.caller, err = s.allow(c, what, p.branch); queue.CodeOf(err) != codeForbidden {
			break
		}
	}
	if err != nil {
		return place{}, err
	}
	p.set, err = s.known(p.branch)
	return p, err
}

// known gives the branch's settings, 404 when there are none.
func (s *Server) known(branch string) (*queue.Settings, error) {
	set, ok := s.Push.Feed.Settings(branch)
	if !ok {
		return nil, refuse(queue.UnknownBranch, clip(branch))
	}
	return set, nil
}
