package storetest

import (
	"testing"

	"motcua/server/queue"
)

// into brings a fresh visit of service A into a state at counter 1.
func into(h *Hall, state queue.VisitState) queue.Visit {
	h.T.Helper()
	if state == queue.Expired {
		h.T.Fatal("expired visits come from closing the day")
	}
	v := h.Take("A", "")
	steps := map[queue.VisitState][]queue.Verb{
		queue.Waiting: {}, queue.Called: {queue.Call}, queue.Serving: {queue.Call, queue.Serve},
		queue.Parked: {queue.Call, queue.Park}, queue.NoShow: {queue.Call, queue.MarkNoShow},
		queue.Ended: {queue.Call, queue.Serve, queue.End},
	}
	if state == queue.Cancelled {
		return *h.Do(queue.Command{Verb: queue.Cancel, Visit: v.ID}).Visit
	}
	for _, verb := range steps[state] {
		v = *h.At("1", verb).Visit
	}
	return v
}

// everyVerb tries every verb that acts on a visit in every state it can be in
// and demands what queue.Transitions says, no more and no less.
func everyVerb(t *testing.T, h *Hall) {
	states := []queue.VisitState{queue.Waiting, queue.Called, queue.Serving, queue.Parked, queue.NoShow, queue.Ended, queue.Cancelled}
	verbs := []queue.Verb{queue.Cancel, queue.Delay, queue.Recall, queue.Serve, queue.MarkNoShow, queue.Reinstate,
		queue.Park, queue.Resume, queue.Transfer, queue.End, queue.SetPriority, queue.Call}
	for _, verb := range verbs {
		for _, state := range states {
			t.Run(string(verb)+"/"+string(state), func(t *testing.T) {
				h := NewHall(t, h.Store, h.Branch+"-"+string(verb)+"-"+string(state))
				h.Open("1", "2")
				tryVerb(t, h, verb, into(h, state))
			})
		}
	}
}

func tryVerb(t *testing.T, h *Hall, verb queue.Verb, v queue.Visit) {
	c := queue.Command{Verb: verb, Counter: "1"}
	switch verb {
	case queue.Cancel, queue.Delay:
		c = queue.Command{Verb: verb, Visit: v.ID, People: 1}
	case queue.Call, queue.Resume:
		c.Counter, c.Number = "2", v.Number // counter 1 may be busy with it
	case queue.Reinstate, queue.SetPriority:
		c.Number = v.Number
	case queue.Transfer:
		c.Service, c.Place = "B", "arrival"
	}
	before := len(h.Events(queue.DayOf(h.Time)))
	r, err := h.Try(c)
	want, allowed := queue.Transitions[verb][v.State]
	if allowed {
		if err != nil || r.Visit.State != want {
			t.Fatalf("got %v %v, want %s", r.Visit, err, want)
		}
		if n := len(h.Events(queue.DayOf(h.Time))); n != before+1 {
			t.Errorf("%d events for one change", n-before)
		}
		h.State()
		return
	}
	code := queue.WrongState
	if verb == queue.Cancel || verb == queue.Delay {
		code = queue.NotWaiting
	}
	if queue.CodeOf(err) != code {
		t.Fatalf("got %v, want %s", err, code)
	}
	if n := len(h.Events(queue.DayOf(h.Time))); n != before {
		t.Errorf("a refusal wrote %d events", n-before)
	}
}

func counterStates(t *testing.T, h *Hall) {
	h.Take("A", "")
	h.Take("A", "")
	for _, verb := range []queue.Verb{queue.Call, queue.Next, queue.Recall, queue.Serve, queue.End, queue.Park, queue.Pause} {
		h.Refuse(queue.Command{Verb: verb, Counter: "1", Reason: "x"}, queue.CounterNotOpen)
	}
	h.Open("1")
	h.Open("1") // nothing to do is not an error and no event
	h.Refuse(queue.Command{Verb: queue.Serve, Counter: "1"}, queue.WrongState)
	h.Refuse(queue.Command{Verb: queue.End, Counter: "1"}, queue.WrongState)
	h.Do(queue.Command{Verb: queue.Pause, Counter: "1", Reason: "họp"})
	h.Refuse(queue.Command{Verb: queue.Call, Counter: "1"}, queue.CounterNotOpen)
	h.Open("1")
	h.At("1", queue.Call)
	for _, verb := range []queue.Verb{queue.Call, queue.Pause, queue.Close, queue.Open, queue.Resume} {
		h.Refuse(queue.Command{Verb: verb, Counter: "1"}, queue.CounterBusy)
	}
	h.Refuse(queue.Command{Verb: queue.Next, Counter: "1"}, queue.WrongState)
	h.At("1", queue.Serve)
	r := h.At("1", queue.Next)
	if r.Visit.Number != "A002" || r.Counter.State != queue.CounterCalling {
		t.Errorf("next gave %+v %+v", r.Visit, r.Counter)
	}
	h.At("1", queue.Serve)
	h.Refuse(queue.Command{Verb: queue.Next, Counter: "1"}, queue.NoOneWaiting)
	if c := h.State().CounterOf("1"); c.State != queue.CounterServing || c.Number != "A002" {
		t.Errorf("a refused next changed the counter: %+v", c)
	}
	r = h.At("1", queue.End)
	if r.Visit.Outcome != "done" || r.Counter.State != queue.CounterOpen {
		t.Errorf("end gave %+v %+v", r.Visit, r.Counter)
	}
	w := h.Do(queue.Command{Verb: queue.WalkIn, Counter: "1", Service: "A", Priority: "NCT"})
	if w.Visit.Number != "A003" || w.Visit.State != queue.Serving {
		t.Errorf("walk-in %+v", w.Visit)
	}
	h.State()
}
