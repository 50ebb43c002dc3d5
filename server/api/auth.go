package api

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"motcua/server/queue"
	"motcua/server/staff"
	"motcua/server/wire"
)

// right is something a role may do.
type right string

const (
	mayRead   right = "read" // branch, tickets, procedures, dossiers
	mayTake   right = "take" // take, cancel, book, arrive
	mayServe  right = "serve"
	mayPaper  right = "paper ratings"
	mayPress  right = "keypad and tablet ratings"
	mayReport right = "report" // what an agent tells of its devices, and what its printers need
	mayFeed   right = "feed"   // tell where dossiers stand
	mayManage right = "manage" // settings, keys, pairings, media
	mayTell   right = "tell"   // put a suggestion into the box, or let somebody do so by phone
	mayHear   right = "hear"   // read the box

	maySeeFigures right = "figures" // reports, the live floor, and the history behind them
	mayExport     right = "exports" // have files made of them
	mayAudit      right = "audit"   // read who changed what
)

// rights says what each role may do; an admin may do everything.
var rights = map[staff.Role][]right{
	staff.Kiosk:   {mayRead, mayTake, mayTell},
	staff.Desk:    {mayRead, mayServe, mayPaper},
	staff.Display: {mayRead, mayTell},
	staff.Device:  {mayPress},
	staff.Feed:    {mayFeed},
	// It has no right that changes anything: every route of its right is a GET.
	staff.Reader: {maySeeFigures, mayAudit},
	// A kiosk's page takes its tickets through its agent's proxy. What its keypads
	// do at a counter goes through reports, which look at the counters of its key.
	staff.Agent: {mayRead, mayTake, mayTell, mayPress, mayReport},
}

// seen says which views of /live each role may have. The ticket view is nobody's
// by role: the token is its key.
var seen = map[staff.Role][]wire.View{
	staff.Kiosk:   {wire.Kiosk, wire.Lookup},
	staff.Desk:    {wire.Desk, wire.Floor, wire.Board, wire.Counter, wire.Lookup},
	staff.Display: {wire.Board, wire.Lookup, wire.Counter},
	staff.Device:  {wire.Rate, wire.Device},
	staff.Reader:  {wire.Floor},
	staff.Agent:   {wire.Device, wire.Kiosk, wire.Lookup, wire.Board, wire.Counter, wire.Rate},
}

func may(role staff.Role, what right) bool {
	return role == staff.Admin || slices.Contains(rights[role], what)
}

func maySee(role staff.Role, view wire.View) bool {
	return role == staff.Admin || slices.Contains(seen[role], view)
}

// cookiePrefix starts the name of a session's cookie. There is one for each
// role, so that one browser can have a kiosk and a desk open at once.
const cookiePrefix = "motcua_"

// cookieNames are what may follow the prefix: first that of the browser's own role
// as a screen of the hall.
var cookieNames = append([]staff.Role{"screen"}, staff.Roles...)

// callers finds everybody this request may speak for: whoever holds its key, or
// without one the sessions of its browser. A wrong key is an error.
func (s *Server) callers(c *fiber.Ctx, key string) ([]staff.Caller, error) {
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
		return []staff.Caller{caller}, nil
	}
	var list []staff.Caller
	for _, role := range cookieNames {
		secret := strings.Clone(c.Cookies(cookiePrefix + string(role)))
		if secret == "" || len(secret) > 100 {
			continue
		}
		if caller, ok := s.session(role, secret); ok {
			list = append(list, caller)
		}
	}
	if len(list) > 0 && !s.ownOrigin(c) {
		return nil, refuse(codeOriginRefused, "")
	}
	return list, nil
}

// session finds whose session a cookie holds. In the demo the cookie is the
// fixed key of its role: it outlives a restart, and so do idempotency keys.
func (s *Server) session(role staff.Role, secret string) (staff.Caller, bool) {
	if s.Demo && secret == demoKey(role) {
		return s.Staff.ByKey(secret)
	}
	return s.Staff.BySession(secret)
}

func demoKey(role staff.Role) string { return "demo-" + string(role) }

// ownOrigin tells whether a request with a cookie comes from a page of ours; a
// request without Origin is no cross-site POST.
func (s *Server) ownOrigin(c *fiber.Ctx) bool {
	origin := c.Get(fiber.HeaderOrigin)
	return origin == "" || s.originGood(origin, string(c.Request().Host()))
}

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
	list, err := s.callers(c, "")
	if err != nil {
		return staff.Caller{}, err
	}
	if len(list) == 0 {
		return staff.Caller{}, s.keyless(c)
	}
	for _, caller := range list {
		if may(caller.Role, what) && (branch == "" || caller.MayBranch(branch)) {
			return caller, nil
		}
	}
	return staff.Caller{}, refuse(codeForbidden, string(what))
}

// keyless counts a request that came without any key.
func (s *Server) keyless(c *fiber.Ctx) error { return s.miss(c, noKey, codeUnauthorized) }

// allowCounter is allow for one counter of the branch.
func (s *Server) allowCounter(c *fiber.Ctx, what right, branch, counter string) (staff.Caller, error) {
	caller, err := s.allow(c, what, branch)
	if err == nil && !caller.MayCounter(counter) {
		err = refuse(codeForbidden, counter)
	}
	return caller, err
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
