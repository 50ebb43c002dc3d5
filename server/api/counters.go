package api

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"motcua/server/queue"
	"motcua/server/staff"
	"motcua/server/wire"
)

// decided answers a counter's command.
type decided struct {
	Counter wire.CounterInfo `json:"counter"`
	Ticket  *wire.VisitInfo  `json:"ticket"`
}

func (s *Server) counterVerb(c *fiber.Ctx) error {
	branch, counter, verb := param(c, "branch"), param(c, "counter"), queue.Verb(param(c, "verb"))
	caller, err := s.allowCounter(c, mayServe, branch, counter)
	if err != nil {
		return err
	}
	set, err := s.known(branch)
	if err != nil {
		return err
	}
	if !isCounterVerb(verb) {
		return refuse(queue.UnknownVerb, clip(string(verb)))
	}
	if _, ok := set.Counter(counter); !ok {
		return refuse(queue.UnknownCounter, clip(counter))
	}
	var named queue.Command
	if err := s.name(c, &named, caller.ID); err != nil {
		return err
	}
	cmd := command{set: set, number: verb == queue.WalkIn}
	if cmd.Command, err = verbInput(verb, c.Body()); err != nil {
		return err
	}
	cmd.Request, cmd.Print = named.Request, named.Print
	cmd.Branch, cmd.Counter, cmd.By = branch, counter, by(caller)
	if verb == queue.Open {
		if err := s.seatForOpening(caller, branch, counter); err != nil {
			return err
		}
	}
	if err := s.skilled(&cmd, caller); err != nil {
		return err
	}
	result, err := s.do(cmd)
	if err != nil {
		return err
	}
	return c.JSON(decision(counter, result))
}

func decision(counter string, result queue.Result) decided {
	out := decided{Counter: wire.CounterInfo{ID: counter}}
	if result.Counter != nil {
		out.Counter = wire.CounterFor(result.Counter)
	}
	if result.Visit != nil {
		v := wire.VisitFor(wire.Desk, result.Visit)
		out.Ticket = &v
	}
	return out
}

// rateCounter takes what a keypad, a tablet, a phone at the counter or a form
// of paper says.
func (s *Server) rateCounter(c *fiber.Ctx) error {
	branch, counter := param(c, "branch"), param(c, "counter")
	list, err := s.callers(c, "")
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return s.keyless(c)
	}
	caller, ok := s.raterOf(list, branch, counter, "")
	if !ok {
		return s.foreign(c, list, branch, counter)
	}
	set, err := s.known(branch)
	if err != nil {
		return err
	}
	if _, ok := set.Counter(counter); !ok {
		return refuse(queue.UnknownCounter, clip(counter))
	}
	cmd := command{set: set}
	if cmd.Command, err = ratingInput(c.Body(), false); err != nil {
		return err
	}
	if caller, ok = s.raterOf(list, branch, counter, cmd.Source); !ok {
		return refuse(codeForbidden, "ratings from "+clip(cmd.Source))
	}
	if err := s.name(c, &cmd.Command, caller.ID); err != nil {
		return err
	}
	cmd.Branch, cmd.Counter, cmd.By = branch, counter, by(caller)
	result, err := s.rate(cmd)
	if err != nil {
		return err
	}
	return c.Status(created(result)).JSON(ratedOf(result.Rating))
}

// rate decides a rating, and notes a press that does not count.
func (s *Server) rate(cmd command) (queue.Result, error) {
	err := s.atPhone(&cmd.Command)
	var result queue.Result
	if err == nil {
		result, err = s.do(cmd)
	}
	s.tellRefused(cmd.Branch, cmd.Counter, cmd.Source, cmd.Level, err)
	return result, err
}

// foreign refuses a rating of whoever may not give one here; a press of another
// counter's device is noted.
func (s *Server) foreign(c *fiber.Ctx, list []staff.Caller, branch, counter string) error {
	refusal := refuse(codeForbidden, "ratings")
	elsewhere := slices.ContainsFunc(list, func(k staff.Caller) bool {
		return k.MayBranch(branch) && (mayAt(k.Role, mayPress, branch) || may(k.Role, mayPaper))
	})
	if cmd, err := ratingInput(c.Body(), false); err == nil && elsewhere && s.knownCounter(branch, counter) == nil {
		s.tellRefused(branch, counter, cmd.Source, cmd.Level, refusal)
	}
	return refusal
}

// raterOf finds who may give a rating from this source; an empty source asks
// for anybody who may give one at all.
func (s *Server) raterOf(list []staff.Caller, branch, counter, source string) (staff.Caller, bool) {
	for _, caller := range list {
		if !caller.MayBranch(branch) || s.atCounter(caller, branch, counter) != nil {
			continue
		}
		paper, press := may(caller.Role, mayPaper), mayAt(caller.Role, mayPress, branch)
		switch {
		case source == "" && (paper || press), source == "paper" && paper, source != "paper" && source != "" && press:
			return caller, true
		}
	}
	return staff.Caller{}, false
}

// atPhone finds the visit of a phone that rates at the counter: the one whose
// transaction ended there last.
func (s *Server) atPhone(cmd *queue.Command) error {
	if cmd.Source != "phone" {
		return nil
	}
	ctx, cancel := s.life()
	defer cancel()
	if err := s.Push.Feed.WaitFor(ctx, cmd.Branch); err != nil {
		return err
	}
	var tx string
	s.Push.Feed.View(cmd.Branch, func(st *queue.State, _ *queue.Settings) { tx = st.CounterOf(cmd.Counter).LastTx })
	for i := len(tx) - 1; i > 0; i-- {
		if tx[i] == '.' {
			cmd.Visit = tx[:i]
			return nil
		}
	}
	return refuse(queue.NothingToRate, "")
}
