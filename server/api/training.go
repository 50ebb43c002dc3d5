package api

import (
	"context"
	"errors"
	"slices"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/queue"
	"motcua/server/staff"
)

// trainingAnswer tells how a hall's branch for practice is.
type trainingAnswer struct {
	Branch  string `json:"branch"`  // its id
	On      bool   `json:"on"`      // numbers can be taken
	Made    bool   `json:"made"`    // it is there, whether or not it is on
	Waiting int    `json:"waiting"` // visits that have not ended
	Busy    int    `json:"busy"`    // counters that are not closed
}

// setupRoutes are those of setting a hall up, and of practising in it.
func (s *Server) setupRoutes() []route {
	const branch = "/api/v1/branches/:branch"
	const training = branch + "/training"
	return []route{
		{fiber.MethodGet, branch + "/ready", s.ready},
		{fiber.MethodGet, training, s.getTraining},
		{fiber.MethodPost, training, s.beginTraining},
		{fiber.MethodPost, training + "/reset", s.resetTraining},
		{fiber.MethodDelete, training, s.endTraining},
	}
}

// trainer gives the place of a request about a hall's branch for practice, which has
// none of its own.
func (s *Server) trainer(c *fiber.Ctx) (place, error) {
	p, err := s.at(c, mayTrain)
	if err == nil && queue.IsTraining(p.branch) {
		err = refuse(queue.UnknownBranch, clip(p.branch))
	}
	return p, err
}

func (s *Server) getTraining(c *fiber.Ctx) error {
	p, err := s.trainer(c)
	if err != nil {
		return err
	}
	return s.tellTraining(c, fiber.StatusOK, queue.TrainingID(p.branch))
}

func (s *Server) tellTraining(c *fiber.Ctx, status int, branch string) error {
	a := trainingAnswer{Branch: branch}
	ctx, cancel := s.life()
	defer cancel()
	if _, ok := s.Push.Feed.Settings(branch); ok {
		if err := s.Push.Feed.WaitFor(ctx, branch); err != nil {
			return err
		}
	}
	s.Push.Feed.View(branch, func(st *queue.State, set *queue.Settings) {
		a.Made = true
		a.On = slices.ContainsFunc(set.Services, func(v queue.ServiceSetting) bool { return !v.Closed })
		a.Waiting = len(leftovers(st))
		for _, k := range st.Counters {
			if k.State != queue.CounterClosed {
				a.Busy++
			}
		}
	})
	return c.Status(status).JSON(a)
}

// beginTraining makes the branch for practice, or brings it in line with its hall
// and empties it.
func (s *Server) beginTraining(c *fiber.Ctx) error {
	p, err := s.trainer(c)
	if err != nil {
		return err
	}
	if err := decode(c.Body(), fields{}); err != nil {
		return err
	}
	fresh := p.set.ForTraining(s.tagTaken)
	ctx, cancel := s.life()
	defer cancel()
	if _, made := s.Push.Feed.Settings(fresh.ID); made {
		if err := s.note(c, lineOf(c, p.caller, audit.TrainingBegin, p.branch, fresh.ID), nil, nil); err != nil {
			return err
		}
		if err := s.empty(ctx, fresh.ID, p.caller); err != nil {
			return err
		}
		if err := s.resettle(fresh, p.caller); err != nil {
			return err
		}
		return s.tellTraining(c, fiber.StatusOK, fresh.ID)
	}
	if s.MakeBranch == nil {
		return refuse(codeForbidden, fresh.ID)
	}
	if err := fresh.Validate(); err != nil {
		return asInvalid(err)
	}
	if err := s.note(c, lineOf(c, p.caller, audit.TrainingBegin, p.branch, fresh.ID), nil, nil); err != nil {
		return err
	}
	if err := s.makeBranch(ctx, fresh); err != nil {
		return err
	}
	return s.tellTraining(c, fiber.StatusCreated, fresh.ID)
}

// resettle puts settings in place of those the branch has, under its own tag.
func (s *Server) resettle(fresh queue.Settings, caller staff.Caller) error {
	old, err := s.known(fresh.ID)
	if err != nil {
		return err
	}
	fresh.Tag = old.Tag
	cmd, err := s.settle(fresh.ID, old, fresh, old.Version)
	if err != nil {
		return err
	}
	cmd.By = by(caller)
	_, err = s.do(cmd)
	return err
}

// tagTaken tells whether a branch starts its tokens with a tag.
func (s *Server) tagTaken(tag string) bool {
	return slices.ContainsFunc(s.Push.Feed.Branches(), func(name string) bool {
		set, ok := s.Push.Feed.Settings(name)
		return ok && set.Tag == tag
	})
}

func (s *Server) resetTraining(c *fiber.Ctx) error {
	return s.overTraining(c, audit.TrainingReset, func(*queue.Settings) {})
}

// endTraining empties the branch for practice; it takes no more numbers until it is
// begun again.
func (s *Server) endTraining(c *fiber.Ctx) error {
	return s.overTraining(c, audit.TrainingEnd, func(set *queue.Settings) {
		set.Services = slices.Clone(set.Services)
		for i := range set.Services {
			set.Services[i].Closed = true
		}
	})
}

func (s *Server) overTraining(c *fiber.Ctx, action audit.Action, change func(*queue.Settings)) error {
	p, err := s.trainer(c)
	if err != nil {
		return err
	}
	id := queue.TrainingID(p.branch)
	set, err := s.known(id)
	if err != nil {
		return err
	}
	if err := s.note(c, lineOf(c, p.caller, action, p.branch, id), nil, nil); err != nil {
		return err
	}
	ctx, cancel := s.life()
	defer cancel()
	if err := s.empty(ctx, id, p.caller); err != nil {
		return err
	}
	fresh := *set
	if change(&fresh); action == audit.TrainingEnd {
		if err := s.resettle(fresh, p.caller); err != nil {
			return err
		}
	}
	return s.tellTraining(c, fiber.StatusOK, id)
}

// emptyRounds bounds how often what is left is looked at: a visit that was put
// aside at a closed counter takes five steps to its end, and those who practise may
// go on meanwhile.
const emptyRounds = 12

// empty brings every visit of a branch to its end and closes its counters, through
// the same commands as people's.
func (s *Server) empty(ctx context.Context, branch string, caller staff.Caller) error {
	for range emptyRounds {
		if err := s.Push.Feed.WaitFor(ctx, branch); err != nil {
			return err
		}
		var steps []queue.Command
		var set *queue.Settings
		s.Push.Feed.View(branch, func(st *queue.State, now *queue.Settings) { steps, set = emptying(st), now })
		if len(steps) == 0 {
			return nil
		}
		for _, step := range steps {
			step.Branch, step.By = branch, by(caller)
			var refusal *queue.Error
			// What somebody has done meanwhile the next round looks at again.
			if _, err := s.do(command{Command: step, set: set}); err != nil && !errors.As(err, &refusal) {
				return err
			}
		}
	}
	return nil
}

// leftovers are the visits that have not ended.
func leftovers(st *queue.State) []*queue.Visit {
	var list []*queue.Visit
	for _, v := range st.Visits {
		if v.State.Live() && v.State != queue.Booked {
			list = append(list, v)
		}
	}
	return list
}

// emptying gives the next step of everything that is not empty yet: counters are
// closed when no visit needs them.
func emptying(st *queue.State) []queue.Command {
	var steps []queue.Command
	for _, v := range leftovers(st) {
		at := st.CounterOf(v.Counter)
		switch v.State {
		case queue.Waiting:
			steps = append(steps, queue.Command{Verb: queue.Cancel, Visit: v.ID})
		case queue.Called:
			steps = append(steps, queue.Command{Verb: queue.MarkNoShow, Counter: v.Counter})
		case queue.Serving:
			steps = append(steps, queue.Command{Verb: queue.End, Counter: v.Counter})
		case queue.NoShow, queue.Parked:
			verb := queue.Reinstate
			if v.State == queue.Parked {
				verb = queue.Resume
			}
			if at.State == queue.CounterClosed {
				verb = queue.Open
			}
			step := queue.Command{Verb: verb, Counter: v.Counter}
			if verb != queue.Open {
				step.Number = v.Number
			}
			steps = append(steps, step)
		}
	}
	if len(steps) > 0 {
		return steps
	}
	for id, k := range st.Counters {
		if k.State != queue.CounterClosed {
			steps = append(steps, queue.Command{Verb: queue.Close, Counter: id})
		}
	}
	return steps
}
