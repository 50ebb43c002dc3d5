package api

import (
	"slices"

	"motcua/server/queue"
	"motcua/server/staff"
)

// skilled lets a clerk call only for services the clerk is assigned to: a call without
// a number is narrowed to them (narrow), a chosen one is looked at here. Who has been
// sent to this very counter was sent to this clerk, and may be called whatever it is.
func (s *Server) skilled(cmd *command, caller staff.Caller) error {
	if cmd.Verb == queue.Transfer && cmd.ToCounter != "" {
		return s.skilledAt(cmd)
	}
	if caller.Role != staff.Clerk || len(caller.Services) == 0 {
		return nil
	}
	cmd.skills = caller.Services
	named := cmd.Verb == queue.Call || cmd.Verb == queue.Reinstate || cmd.Verb == queue.Resume
	switch {
	case named && cmd.Number != "":
		return s.skilledFor(cmd, caller.Services)
	case cmd.Verb == queue.WalkIn && !slices.Contains(caller.Services, cmd.Service):
		return refuse(codeNotSkilled, clip(cmd.Service))
	}
	return nil
}

// skilledFor looks at the visit that is called, or brought back, by its number. Whom this
// very counter has called already it may bring back.
func (s *Server) skilledFor(cmd *command, services []string) error {
	if err := s.seen(cmd.Branch); err != nil {
		return err
	}
	var service string
	s.Push.Feed.View(cmd.Branch, func(st *queue.State, _ *queue.Settings) {
		v := st.Find(queue.ByNumber, cmd.Number)
		if v == nil || v.Queue == queue.OwnQueue(cmd.Counter) {
			return
		}
		if aside := v.State == queue.NoShow || v.State == queue.Parked; !aside || v.Counter != cmd.Counter {
			service = v.Service
		}
	})
	if service != "" && !slices.Contains(services, service) {
		return refuse(codeNotSkilled, service)
	}
	return nil
}

// skilledAt looks whether the clerk at the counter a visit is sent to may serve it.
func (s *Server) skilledAt(cmd *command) error {
	there, ok := s.clerkOf(cmd.Branch, cmd.ToCounter)
	if !ok || there.Role != staff.Clerk || len(there.Services) == 0 {
		return nil
	}
	if err := s.seen(cmd.Branch); err != nil {
		return err
	}
	var service string
	s.Push.Feed.View(cmd.Branch, func(st *queue.State, _ *queue.Settings) {
		if v := st.Visits[st.CounterOf(cmd.Counter).Visit]; v != nil {
			service = v.Service
		}
	})
	if service != "" && !slices.Contains(there.Services, service) {
		return refuse(codeNotSkilled, service)
	}
	return nil
}

// seen waits until the feed has everything that was acknowledged before.
func (s *Server) seen(branch string) error {
	ctx, cancel := s.life()
	defer cancel()
	return s.Push.Feed.WaitFor(ctx, branch)
}

// narrow takes the queues of other services from a command that calls whoever is next;
// the counter's own stays. It tells whether a service is left.
func (cmd *command) narrow() bool {
	if len(cmd.skills) == 0 || cmd.Verb != queue.Next && (cmd.Verb != queue.Call || cmd.Number != "") {
		return true
	}
	own := queue.OwnQueue(cmd.Counter)
	left := false
	cmd.Queues = slices.DeleteFunc(cmd.Queues, func(q queue.QueueRef) bool {
		stays := slices.Contains(cmd.skills, q.ID)
		left = left || stays
		return !stays && q.ID != own
	})
	return left
}
