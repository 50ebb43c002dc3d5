package storetest

import (
	"context"
	"fmt"
	"strconv"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/store"
)

// Branch is the branch the suite works in unless it says otherwise.
const Branch = "sanh"

// Hall drives a store as a small hall: services A, B and C; counter 1 serves A,
// counter 2 serves A and B, counter 3 serves B and C. Its clock stands until stepped.
type Hall struct {
	T      testing.TB
	Store  *store.Store
	Branch string
	Time   time.Time
	Policy queue.Policy
	n      int
}

// Serves says which services each counter has, in its own order.
var Serves = map[string][]string{"1": {"A"}, "2": {"A", "B"}, "3": {"B", "C"}}

// Noon is where the suite's clock starts: a Monday.
var Noon = time.Date(2026, 11, 23, 12, 0, 0, 0, queue.Zone)

// NewHall opens a day in a fresh branch of a store.
func NewHall(t testing.TB, s *store.Store, branch string) *Hall {
	t.Helper()
	h := &Hall{T: t, Store: s, Branch: branch, Time: Noon,
		Policy: queue.Policy{Mode: queue.Interleave, N: 2, MaxWait: 60 * 60000, Merge: queue.ByArrival}}
	h.OpenDay()
	return h
}

// NewStore makes a store on an engine with fixed epochs.
func NewStore(t testing.TB, e store.Engine) *store.Store {
	t.Helper()
	s, err := store.New(e, store.Options{Epoch: func() string { return "e1" }})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Step moves the clock.
func (h *Hall) Step(d time.Duration) { h.Time = h.Time.Add(d) }

// Every queue of the hall.
func (h *Hall) allQueues() []queue.QueueRef {
	refs := []queue.QueueRef{{ID: "A"}, {ID: "B"}, {ID: "C"}}
	for _, id := range []string{"1", "2", "3"} {
		refs = append(refs, queue.QueueRef{ID: "@" + id})
	}
	return refs
}

func (h *Hall) counterQueues(id string) []queue.QueueRef {
	refs := []queue.QueueRef{{ID: "@" + id}}
	for _, s := range Serves[id] {
		refs = append(refs, queue.QueueRef{ID: s})
	}
	return refs
}

// Command completes a command as the hall's settings would.
func (h *Hall) Command(c queue.Command) queue.Command {
	h.n++
	c.Branch, c.Now, c.Day = h.Branch, queue.MillisOf(h.Time), queue.DayOf(h.Time)
	switch c.Verb {
	case queue.Take, queue.WalkIn, queue.Arrive:
		if c.Code == "" {
			c.Code = fmt.Sprintf("C%05d", h.n)
		}
		c.Token = "tk" + strconv.Itoa(h.n) + h.Branch
		c.Prefix = c.Service
		c.Policy = &h.Policy
		c.Queues = []queue.QueueRef{{ID: c.Service}}
	case queue.Call, queue.Next:
		c.Policy, c.Queues = &h.Policy, h.counterQueues(c.Counter)
		if c.Number != "" {
			c.Queues = h.allQueues()
		}
	case queue.Delay:
		c.Queues, c.Policy = h.allQueues(), &h.Policy
	case queue.End, queue.Undo, queue.Cancel, queue.SetPriority, queue.Transfer, queue.Close,
		queue.Reinstate, queue.DayClose:
		c.Queues = h.allQueues()
	}
	if (c.Verb == queue.End || c.Verb == queue.Next) && c.Outcome == "" {
		c.Outcome = "done"
	}
	if c.Verb == queue.DayClose {
		c.Counters = []string{"1", "2", "3"}
	}
	return c
}

// Try runs a command.
func (h *Hall) Try(c queue.Command) (queue.Result, error) {
	return h.Store.Do(context.Background(), h.Command(c))
}

// Do runs a command that must be accepted.
func (h *Hall) Do(c queue.Command) queue.Result {
	h.T.Helper()
	r, err := h.Try(c)
	if err != nil {
		h.T.Fatalf("%s at counter %q: %v", c.Verb, c.Counter, err)
	}
	return r
}

// Refuse runs a command that must be refused with a code.
func (h *Hall) Refuse(c queue.Command, code queue.Code) {
	h.T.Helper()
	if _, err := h.Try(c); queue.CodeOf(err) != code {
		h.T.Fatalf("%s at counter %q: got %v, want %s", c.Verb, c.Counter, err, code)
	}
}

// At runs a counter's verb that must be accepted.
func (h *Hall) At(counter string, verb queue.Verb) queue.Result {
	h.T.Helper()
	return h.Do(queue.Command{Verb: verb, Counter: counter})
}

// Take takes a ticket of a service, for a priority group or none.
func (h *Hall) Take(service, priority string) queue.Visit {
	h.T.Helper()
	return *h.Do(queue.Command{Verb: queue.Take, Service: service, Priority: priority}).Visit
}

// OpenDay opens the clock's day.
func (h *Hall) OpenDay() { h.T.Helper(); h.Do(queue.Command{Verb: queue.DayOpen}) }

// CloseDay closes the clock's day.
func (h *Hall) CloseDay() { h.T.Helper(); h.Do(queue.Command{Verb: queue.DayClose}) }

// Open opens counters.
func (h *Hall) Open(counters ...string) {
	h.T.Helper()
	for _, id := range counters {
		h.At(id, queue.Open)
	}
}

// Events reads the day's events so far.
func (h *Hall) Events(day queue.Day) []queue.Event {
	h.T.Helper()
	var all []queue.Event
	after := int64(0)
	for {
		some, err := h.Store.Events(context.Background(), h.Branch, day, after, 1000)
		if err != nil {
			h.T.Fatal(err)
		}
		if len(some) == 0 {
			return all
		}
		all = append(all, some...)
		after = some[len(some)-1].Seq
	}
}

// State rebuilds the day from its events and demands that they have no gap and
// agree with the records the scripts keep.
func (h *Hall) State() *queue.State {
	h.T.Helper()
	p, err := h.Store.Where(context.Background(), h.Branch)
	if err != nil {
		h.T.Fatal(err)
	}
	s := queue.NewState("e1")
	events := h.Events(p.Day)
	if len(events) > 0 {
		s.Start("e1", events[0].Seq-1)
	}
	for _, e := range events {
		if err := s.Apply(e); err != nil {
			h.T.Fatal(err)
		}
	}
	h.agree(s)
	return s
}

func (h *Hall) agree(s *queue.State) {
	h.T.Helper()
	busy := map[string]string{}
	for id, c := range s.Counters {
		if c.Visit == "" {
			continue
		}
		if other := busy[c.Visit]; other != "" {
			h.T.Fatalf("visit %s is at counters %s and %s", c.Visit, other, id)
		}
		busy[c.Visit] = id
		if v := s.Visits[c.Visit]; v == nil || (v.State != queue.Called && v.State != queue.Serving) || v.Counter != id {
			h.T.Fatalf("counter %s holds %+v", id, v)
		}
	}
	for id, v := range s.Visits {
		if (v.State == queue.Called || v.State == queue.Serving) && busy[id] != v.Counter {
			h.T.Fatalf("visit %s is %s at %q, which does not hold it", id, v.State, v.Counter)
		}
		kept, err := h.Store.FindVisit(context.Background(), h.Branch, s.Day, queue.ByNumber, v.Number)
		if err != nil {
			h.T.Fatal(err)
		}
		if kept != *v {
			h.T.Fatalf("events say %+v\nstore says %+v", *v, kept)
		}
	}
}
