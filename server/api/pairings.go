package api

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/queue"
	"motcua/server/staff"
)

// pairingMade answers a device that asks to belong to the hall.
type pairingMade struct {
	staff.Pairing
	Secret string `json:"secret"`
}

// pair notes a device that has no key yet. Anybody may ask; nobody gets anything
// before a person has approved the code that the device shows.
func (s *Server) pair(c *fiber.Ctx) error {
	var named queue.Command
	if err := s.name(c, &named, "address:"+address(c)); err != nil {
		return err
	}
	if wait := s.limits.count(newPairing, counted(c)); wait > 0 {
		return s.tooMany(newPairing, wait)
	}
	var name, kind, branch string
	if err := decode(c.Body(), fields{"name": &name, "kind": &kind, "branch": &branch}); err != nil {
		return err
	}
	var k checker
	k.text("name", &name, 80)
	k.that(name != "", "name")
	k.that(kind == "agent" || kind == "screen", "kind")
	k.word("branch", &branch, maxID)
	if k.err != nil {
		return k.err
	}
	if branch != "" { // a key for a branch that is not there would never work
		if _, err := s.known(branch); err != nil {
			return err
		}
	}
	made, again, err := s.makeOnce(named, func(ctx context.Context) (any, error) {
		p, secret, err := s.Staff.Pair(ctx, name, kind, branch, address(c))
		return pairingMade{p, secret}, err
	})
	if err != nil {
		return err
	}
	return c.Status(created(queue.Result{Again: again})).JSON(made)
}

func (s *Server) listPairings(c *fiber.Ctx) error {
	if _, err := s.allow(c, mayManage, ""); err != nil {
		return err
	}
	ctx, cancel := s.life()
	defer cancel()
	list, err := s.Staff.Pairings(ctx)
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"pairings": list})
}

// claimed answers a device that asks whether it has been approved.
type claimed struct {
	State    string     `json:"state"` // waiting or approved
	Key      string     `json:"key,omitempty"`
	Name     string     `json:"name,omitempty"`
	Role     staff.Role `json:"role,omitempty"`
	Branch   string     `json:"branch,omitempty"`
	Counters []string   `json:"counters,omitempty"`
	// Screen is what a browser on a wall becomes.
	Screen staff.Screen `json:"screen,omitzero"`
}

func (s *Server) claimPairing(c *fiber.Ctx) error {
	if wait := s.limits.over(wrongKey, counted(c)); wait > 0 {
		return s.tooMany(wrongKey, wait)
	}
	ctx, cancel := s.life()
	defer cancel()
	k, key, ok, err := s.Staff.Claim(ctx, param(c, "pairing"), bearer(c))
	if errors.Is(err, staff.ErrNoPairing) {
		return s.miss(c, wrongKey, codeUnknownPairing)
	}
	if err != nil {
		return err
	}
	if !ok {
		return c.JSON(claimed{State: "waiting"})
	}
	return c.JSON(claimed{State: "approved", Key: key, Name: k.Name, Role: k.Role, Branch: k.Branch, Counters: k.Counters, Screen: k.Screen})
}

// approvePairing grants a device what an admin says.
func (s *Server) approvePairing(c *fiber.Ctx) error {
	caller, err := s.allow(c, mayManage, "")
	if err != nil {
		return err
	}
	var named queue.Command
	if err := s.name(c, &named, caller.ID); err != nil {
		return err
	}
	var k staff.Key
	var screen json.RawMessage
	if err := decode(c.Body(), fields{"name": &k.Name, "role": &k.Role, "branch": &k.Branch, "counters": &k.Counters, "screen": &screen}); err != nil {
		return err
	}
	var check checker
	check.that(screen == nil || k.Role == "" && k.Counters == nil, "role") // they follow from what it shows
	check.text("name", &k.Name, 80)
	check.that(screen != nil || slices.Contains(staff.Roles, k.Role) && k.Role != staff.Admin, "role")
	check.word("branch", &k.Branch, maxID)
	check.that(len(k.Counters) <= 100, "counters")
	check.that(len(k.Counters) == 0 || k.Branch != "", "branch")
	if check.err != nil {
		return check.err
	}
	if !oversees(caller, k) {
		return refuse(codeForbidden, clip(k.Branch))
	}
	if screen != nil {
		if k, err = s.screenGrant(screen, k); err != nil {
			return err
		}
	}
	if err := s.fitsHall(k); err != nil {
		return err
	}
	p, _, err := s.makeOnce(named, func(ctx context.Context) (any, error) {
		if err := s.note(c, lineOf(c, caller, audit.PairingApprove, k.Branch, s.asksAs(ctx, param(c, "code"), k)), nil, grantOf(k)); err != nil {
			return nil, err
		}
		return s.Staff.Approve(ctx, param(c, "code"), k, caller.Name)
	})
	switch {
	case errors.Is(err, staff.ErrNoPairing):
		return refuse(codeUnknownPairing, "")
	case errors.Is(err, staff.ErrPaired):
		return refuse(codePaired, "")
	case errors.Is(err, staff.ErrNameTaken):
		return refuse(codeNameTaken, clip(k.Name))
	case err != nil:
		return err
	}
	return c.JSON(p)
}

// asksAs is the name of a device that waits for approval: the one it is given, or its own.
func (s *Server) asksAs(ctx context.Context, code string, k staff.Key) string {
	list, err := s.Staff.Pairings(ctx)
	if k.Name != "" || err != nil {
		return k.Name
	}
	for _, p := range list {
		if p.Code == staff.PairingCode(code) {
			return p.Name
		}
	}
	return ""
}

// dayKeyAnswer is the key of today's hashes.
type dayKeyAnswer struct {
	Day queue.Day `json:"day"`
	Key []byte    `json:"key"` // base64
}

// dayKey gives agents the key they hash identity numbers with. It is for their
// memory alone.
func (s *Server) dayKey(c *fiber.Ctx) error {
	branch, err := s.branchFor(c, mayReport)
	if err != nil {
		return err
	}
	if s.DayKeys == nil {
		return refuse(codeNotFound, "")
	}
	day := queue.DayOf(s.Clock.Now())
	key, err := s.DayKeys.Key(branch, day)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(dayKeyAnswer{day, key})
}
