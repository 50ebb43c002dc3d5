package api

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/queue"
	"motcua/server/wire"
)

// branchAnswer is a branch as any device reads it.
type branchAnswer struct {
	ID         string              `json:"id"`
	Name       string              `json:"name"` // in Vietnamese
	Now        wire.Time           `json:"now"`
	Open       bool                `json:"open"`
	Services   []serviceAnswer     `json:"services"`
	Counters   []counterAnswer     `json:"counters"`
	Priorities []wire.PriorityInfo `json:"priorities"`
}

type serviceAnswer struct {
	ID       string         `json:"id"`
	Prefix   string         `json:"prefix"`
	Name     queue.Text     `json:"name"`
	Open     bool           `json:"open"`
	Waiting  int            `json:"waiting"`
	Estimate *wire.Interval `json:"estimate"`
}

type counterAnswer struct {
	ID     string             `json:"id"`
	Label  string             `json:"label"`
	State  queue.CounterState `json:"state"`
	Number *string            `json:"number"`
}

func (s *Server) getBranch(c *fiber.Ctx) error {
	p, err := s.at(c, mayRead, maySeeFigures)
	if err != nil {
		return err
	}
	branch := p.branch
	ctx, cancel := s.life()
	defer cancel()
	if err := s.Push.Feed.WaitFor(ctx, branch); err != nil {
		return err
	}
	figures := s.Push.Figures(branch)
	var answer branchAnswer
	s.Push.Feed.View(branch, func(st *queue.State, set *queue.Settings) {
		answer = s.branchAnswer(st, set, figures)
	})
	return c.JSON(answer)
}

func (s *Server) branchAnswer(st *queue.State, set *queue.Settings, figures []wire.ServiceFigure) branchAnswer {
	now := s.Clock.Now()
	a := branchAnswer{ID: set.ID, Name: set.Name.VI, Now: wire.TimeOf(now), Open: st.Open && set.OpenAt(now),
		Services: []serviceAnswer{}, Counters: []counterAnswer{}, Priorities: []wire.PriorityInfo{}}
	byID := map[string]wire.ServiceFigure{}
	for _, f := range figures {
		byID[f.ID] = f
	}
	for i := range set.Services {
		v := &set.Services[i]
		f := byID[v.ID]
		a.Services = append(a.Services, serviceAnswer{ID: v.ID, Prefix: v.Prefix, Name: both(v.Name), Open: f.Open,
			Waiting: f.Waiting, Estimate: f.Estimate})
	}
	for i := range set.Counters {
		v := &set.Counters[i]
		k := st.CounterOf(v.ID)
		answer := counterAnswer{ID: v.ID, Label: v.Label, State: k.State}
		if k.Number != "" {
			answer.Number = &k.Number
		}
		a.Counters = append(a.Counters, answer)
	}
	for _, p := range set.Priorities {
		a.Priorities = append(a.Priorities, wire.PriorityInfo{ID: p.ID, Name: both(p.Name)})
	}
	return a
}

// both fills the English name in, so that programs need not know the fallback.
func both(t queue.Text) queue.Text { return queue.Text{VI: t.VI, EN: t.In("en")} }

// settingsAnswer is the settings document with the version it is.
type settingsAnswer struct {
	Version  int             `json:"version"`
	Settings json.RawMessage `json:"settings,omitempty"`
}

func (s *Server) getSettings(c *fiber.Ctx) error {
	branch, err := s.branchFor(c, mayManage)
	if err != nil {
		return err
	}
	ctx, cancel := s.life()
	defer cancel()
	document, version, err := s.Store.Settings(ctx, branch)
	if err != nil {
		return refuse(queue.StoreDown, "")
	}
	return c.JSON(settingsAnswer{Version: version, Settings: document})
}

// settingsInput reads a document of settings, with the version it was made from.
func settingsInput(c *fiber.Ctx) (fresh queue.Settings, version int, err error) {
	var document json.RawMessage
	if err = decode(c.Body(), fields{"version": &version, "settings": &document}); err == nil {
		fresh, err = queue.ParseSettings(document)
	}
	return fresh, version, err
}

// putSettings saves a new version, made from the version it names. Version 0 of
// an unknown branch makes that branch.
func (s *Server) putSettings(c *fiber.Ctx) error {
	branch := param(c, "branch")
	caller, err := s.allow(c, mayManage, branch)
	if err != nil {
		return err
	}
	fresh, version, err := settingsInput(c)
	if err != nil {
		return err
	}
	old, err := s.known(branch)
	if err != nil && version == 0 && fresh.ID == branch {
		return s.newBranch(c, fresh)
	}
	if err != nil {
		return err
	}
	saved, err := s.saveSettings(c, saving{action: audit.SettingsSave, object: itoa(version + 1)}, place{branch, caller, old}, fresh, version)
	if err != nil {
		return err
	}
	return c.JSON(settingsAnswer{Version: saved})
}

// settle makes the command of a checked document.
func (s *Server) settle(branch string, old *queue.Settings, fresh queue.Settings, version int) (command, error) {
	var none command
	if fresh.ID != branch {
		return none, refuse(queue.SettingsInvalid, "id")
	}
	if err := fresh.Validate(); err != nil {
		return none, asInvalid(err)
	}
	ctx, cancel := s.life()
	defer cancel()
	if err := s.Push.Feed.WaitFor(ctx, branch); err != nil {
		return none, err
	}
	if version != old.Version {
		if now, ok := s.Push.Feed.Settings(branch); !ok || version != now.Version {
			return none, refuse(queue.SettingsChange, itoa(old.Version))
		}
	}
	waiting, busy := s.inUse(branch)
	if err := queue.Fits(*old, fresh, waiting, busy); err != nil {
		return none, err
	}
	fresh.Version = version + 1
	document, err := json.Marshal(fresh)
	if err != nil {
		return none, err
	}
	cmd := command{set: old}
	cmd.Command = queue.Command{Verb: queue.Settle, Branch: branch, Version: version, Document: string(bytes.TrimSpace(document))}
	gone(&cmd.Command, old, fresh)
	return cmd, nil
}

func asInvalid(err error) error {
	var refusal *queue.Error
	if errors.As(err, &refusal) {
		return err
	}
	return refuse(queue.SettingsInvalid, err.Error())
}

// gone names the queues and counters that the new settings leave out; the store
// refuses when one of them is in use at that very moment.
func gone(cmd *queue.Command, old *queue.Settings, fresh queue.Settings) {
	for _, service := range old.Services {
		if _, stays := fresh.Service(service.ID); !stays {
			cmd.Queues = append(cmd.Queues, queue.QueueRef{ID: service.ID})
		}
	}
	for _, counter := range old.Counters {
		if _, stays := fresh.Counter(counter.ID); !stays {
			cmd.Queues = append(cmd.Queues, queue.QueueRef{ID: queue.OwnQueue(counter.ID)})
			cmd.Counters = append(cmd.Counters, counter.ID)
		}
	}
}

// inUse counts the live visits of each service and of each counter's own queue,
// and lists the counters with a visit.
func (s *Server) inUse(branch string) (waiting map[string]int, busy []string) {
	waiting = map[string]int{}
	s.Push.Feed.View(branch, func(st *queue.State, _ *queue.Settings) {
		for _, v := range st.Visits {
			if !v.State.Live() {
				continue
			}
			waiting[v.Service]++
			if v.State == queue.Waiting && v.Queue != v.Service {
				waiting[v.Queue]++
			}
		}
		for id, k := range st.Counters {
			if k.Visit != "" {
				busy = append(busy, id)
			}
		}
	})
	return waiting, busy
}
