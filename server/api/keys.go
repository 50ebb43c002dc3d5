package api

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/queue"
	"motcua/server/staff"
)

// madeKey shows a new key's secret, this once.
type madeKey struct {
	staff.Key
	Secret string `json:"key"`
}

func (s *Server) listKeys(c *fiber.Ctx) error {
	caller, err := s.allow(c, mayManage, "")
	if err != nil {
		return err
	}
	list := slices.DeleteFunc(s.Staff.Keys(), func(k staff.Key) bool { return !oversees(caller, k) })
	out := make([]keyInfo, len(list))
	for i, k := range list {
		out[i] = s.infoOf(k)
	}
	return c.JSON(fiber.Map{"keys": out})
}

// oversees tells whether an admin may manage a key: one of a single branch has
// no say over others.
func oversees(caller staff.Caller, k staff.Key) bool {
	return caller.Branch == "" || caller.Branch == k.Branch
}

// makeKey makes a key for a device or a person.
func (s *Server) makeKey(c *fiber.Ctx) error {
	caller, err := s.allow(c, mayManage, "")
	if err != nil {
		return err
	}
	var named queue.Command
	if err := s.name(c, &named, caller.ID); err != nil {
		return err
	}
	k, err := keyInput(c.Body())
	if err != nil {
		return err
	}
	if !oversees(caller, k) {
		return refuse(codeForbidden, clip(k.Branch))
	}
	if err := s.fitsHall(k); err != nil {
		return err
	}
	made, again, err := s.makeOnce(named, func(ctx context.Context) (any, error) {
		if err := s.note(c, lineOf(c, caller, audit.KeyMake, k.Branch, k.Name), nil, grantOf(k)); err != nil {
			return nil, err
		}
		key, secret, err := s.Staff.Make(ctx, k)
		return madeKey{key, secret}, err
	})
	if err != nil {
		return err
	}
	return c.Status(created(queue.Result{Again: again})).JSON(made)
}

// makeOnce makes something, or gives what this request made before. Secrets are
// kept nowhere but in memory, so only until this process ends; a repeat after that
// makes another one, which the list shows.
func (s *Server) makeOnce(named queue.Command, make func(context.Context) (any, error)) (any, bool, error) {
	ctx, cancel := s.life()
	defer cancel()
	// Only its twins wait for it: what takes long must not hold up everybody else.
	turn := "made " + named.Request
	if err := s.twins.enter(ctx, turn); err != nil {
		return nil, false, refuse(queue.StoreDown, "")
	}
	defer s.twins.leave(turn)
	if old, ok := s.made.find(named.Request); ok {
		if old.print != named.Print {
			return nil, false, refuse(queue.KeyReused, "")
		}
		return old.answer, true, nil
	}
	answer, err := make(ctx)
	if err != nil {
		return nil, false, err
	}
	s.made.add(named.Request, madeAnswer{named.Print, answer})
	return answer, false, nil
}

const mostMade = 1000

type madeAnswers struct {
	mu      sync.Mutex
	answers map[string]madeAnswer
}

func (m *madeAnswers) find(request string) (madeAnswer, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	a, ok := m.answers[request]
	return a, ok
}

func (m *madeAnswers) add(request string, a madeAnswer) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.answers) >= mostMade {
		clear(m.answers)
	}
	m.answers[request] = a
}

type madeAnswer struct {
	print  string
	answer any
}

func keyInput(body []byte) (staff.Key, error) {
	var k staff.Key
	if err := decode(body, fields{"name": &k.Name, "role": &k.Role, "branch": &k.Branch, "counters": &k.Counters}); err != nil {
		return k, err
	}
	var check checker
	check.text("name", &k.Name, 80)
	check.that(k.Name != "", "name")
	check.that(slices.Contains(staff.Roles, k.Role), "role")
	check.word("branch", &k.Branch, maxID)
	check.that(len(k.Counters) <= 100, "counters")
	check.that(len(k.Counters) == 0 || k.Branch != "", "branch")
	for i := range k.Counters {
		check.word("counters", &k.Counters[i], maxID)
	}
	return k, check.err
}

// fitsHall refuses a key for a branch or a counter that does not exist.
func (s *Server) fitsHall(k staff.Key) error {
	return s.branchHas(k.Branch, k.Counters, queue.UnknownCounter, func(set *queue.Settings, id string) bool {
		_, ok := set.Counter(id)
		return ok
	})
}

// branchHas refuses a branch that does not exist, and with code what it does not have.
func (s *Server) branchHas(branch string, ids []string, code queue.Code, has func(*queue.Settings, string) bool) error {
	if branch == "" {
		return nil
	}
	set, err := s.known(branch)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if !has(set, id) {
			return refuse(code, clip(id))
		}
	}
	return nil
}

// granted is what a key allows, for the audit log.
type granted struct {
	Role     staff.Role   `json:"role"`
	Branch   string       `json:"branch,omitempty"`
	Counters []string     `json:"counters,omitempty"`
	Screen   staff.Screen `json:"screen,omitzero"`
}

func grantOf(k staff.Key) granted { return granted{k.Role, k.Branch, k.Counters, k.Screen} }

func (s *Server) revokeKey(c *fiber.Ctx) error {
	caller, err := s.allow(c, mayManage, "")
	if err != nil {
		return err
	}
	id := param(c, "key")
	list := s.Staff.Keys()
	i := slices.IndexFunc(list, func(k staff.Key) bool { return k.ID == id && oversees(caller, k) })
	if i < 0 {
		return refuse(codeUnknownKey, "")
	}
	if s.Staff.LastAdmin(id) {
		return refuse(codeLastAdmin, "")
	}
	if err := s.note(c, lineOf(c, caller, audit.KeyRevoke, list[i].Branch, list[i].Name), grantOf(list[i]), nil); err != nil {
		return err
	}
	ctx, cancel := s.life()
	defer cancel()
	if err := s.Staff.Revoke(ctx, id); err != nil {
		if errors.Is(err, staff.ErrNotFound) {
			return refuse(codeUnknownKey, "")
		}
		return err
	}
	s.forgetDevices(list[i], caller.Name)
	return c.SendStatus(fiber.StatusNoContent)
}
