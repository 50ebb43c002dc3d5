package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"motcua/server/queue"
	"motcua/server/staff"
)

// command is one request on its way to the store.
type command struct {
	queue.Command
	set *queue.Settings
	// number says that the command gives out a ticket: it gets a token and a code.
	number bool
	// code says that it gets a code alone (a booking's).
	code bool
	// skills are the only services it may call for; all when empty.
	skills []string
}

// name sets what makes the request the same when it comes again: who asks, with
// which key, for what.
func (s *Server) name(c *fiber.Ctx, cmd *queue.Command, caller string) error {
	key, err := idempotency(c)
	if err != nil {
		return err
	}
	cmd.Request = digest(caller + "\n" + key)
	cmd.Print = digest(c.Method() + " " + pathOf(c) + "\n" + string(c.Body()))
	return nil
}

// digest is the first 128 bits of SHA-256 as hex.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:16])
}

// do decides a command: one at a time for each request, complete, and again
// with a new code or on the new day when the store says so.
func (s *Server) do(cmd command) (queue.Result, error) {
	ctx, cancel := s.life()
	defer cancel()
	name := cmd.Branch + " " + cmd.Request
	if err := s.twins.enter(ctx, name); err != nil {
		return queue.Result{}, refuse(queue.StoreDown, "")
	}
	defer s.twins.leave(name)
	result, err := s.decide(ctx, cmd)
	if err == nil {
		s.Push.Feed.Wake(cmd.Branch, result.Seq)
		s.settled(ctx, cmd)
	}
	if err != nil && queue.CodeOf(err) == "" {
		s.Push.Feed.Wake(cmd.Branch, 0) // it may have happened all the same
		s.Log.Error("the store gave no answer", "verb", cmd.Verb, "branch", cmd.Branch, "error", err)
		err = refuse(queue.StoreDown, "")
	}
	return result, err
}

// settled waits until everybody who asks finds the settings just saved: whoever has the
// answer goes on with them. They are saved all the same when that takes too long.
func (s *Server) settled(ctx context.Context, cmd command) {
	if cmd.Verb != queue.Settle {
		return
	}
	if err := s.Push.Feed.WaitFor(ctx, cmd.Branch); err != nil {
		s.Log.Warn("settings are saved, and not yet shown", "branch", cmd.Branch, "error", err)
	}
}

// mostTries bounds the second tries of one request.
const mostTries = 5

func (s *Server) decide(ctx context.Context, cmd command) (result queue.Result, err error) {
	opened := false
	for range mostTries {
		if result, err = s.once(ctx, cmd); err == nil {
			return result, nil
		}
		switch queue.CodeOf(err) {
		case queue.CodeTaken:
		case queue.DayChanged:
			if opened {
				return result, closedDay(cmd.Verb)
			}
			opened = true
			if err := s.EnsureDay(ctx, cmd.Branch); err != nil {
				return result, err
			}
		default:
			return result, err
		}
	}
	return result, err
}

// closedDay is what a visitor or a clerk is told when the day is not open.
func closedDay(verb queue.Verb) error {
	if isCounterVerb(verb) {
		return refuse(queue.CounterNotOpen, "day")
	}
	return refuse(queue.ServiceClosed, "day")
}

func (s *Server) once(ctx context.Context, cmd command) (queue.Result, error) {
	if err := s.mint(&cmd); err != nil {
		return queue.Result{}, err
	}
	if err := cmd.set.Prepare(&cmd.Command, s.Clock.Now()); err != nil {
		return s.answered(ctx, cmd, err)
	}
	skilled := cmd.narrow()
	result, err := s.Store.Do(ctx, cmd.Command)
	if !skilled && queue.CodeOf(err) == queue.NoOneWaiting {
		err = refuse(codeNotSkilled, "")
	}
	return result, err
}

// mint gives the command its secrets.
func (s *Server) mint(cmd *command) (err error) {
	if cmd.number {
		if cmd.Token, err = newToken(s.Rand, cmd.set.Tag); err != nil {
			return err
		}
		cmd.Forecast = s.Push.Forecast.Stamp(cmd.Branch, cmd.Service, cmd.set)
	}
	if cmd.number || cmd.code {
		cmd.Code, err = newCode(s.Rand)
	}
	return err
}

// answered looks whether a request that the settings refuse now was accepted
// before: a service may have closed between the two. The store is asked with a
// command that it can only refuse, unless it knows the request.
func (s *Server) answered(ctx context.Context, cmd command, refusal error) (queue.Result, error) {
	now := s.Clock.Now()
	probe := queue.Command{Verb: queue.Cancel, Branch: cmd.Branch, Now: queue.MillisOf(now), Day: queue.DayOf(now),
		Request: cmd.Request, Print: cmd.Print}
	result, err := s.Store.Do(ctx, probe)
	switch {
	case err == nil && result.Again:
		return result, nil
	case queue.CodeOf(err) == queue.KeyReused:
		return result, err
	}
	return queue.Result{}, refusal
}

// isCounterVerb tells whether a verb may end a counter's address.
func isCounterVerb(verb queue.Verb) bool { return slices.Contains(queue.CounterVerbs, verb) }

// by is how events name the caller.
func by(caller staff.Caller) string { return caller.Name }

// created is the status of something made: 201, or 200 when it was made before.
func created(result queue.Result) int {
	if result.Again {
		return fiber.StatusOK
	}
	return fiber.StatusCreated
}

// upper gives a code as it is stored: people type it in any case.
func upper(code string) string { return strings.ToUpper(strings.TrimSpace(code)) }
