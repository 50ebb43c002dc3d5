package storetest

import (
	"testing"
	"time"

	"motcua/server/queue"
)

// undo takes each undoable verb back and demands the very state from before.
func undo(t *testing.T, h *Hall) {
	verbs := []queue.Verb{queue.Call, queue.MarkNoShow, queue.End, queue.Park, queue.Transfer, queue.WalkIn}
	start := map[queue.Verb][]queue.Verb{queue.MarkNoShow: {queue.Call}, queue.End: {queue.Call, queue.Serve},
		queue.Park: {queue.Call, queue.Serve}, queue.Transfer: {queue.Call, queue.Serve}}
	for _, verb := range verbs {
		t.Run(string(verb), func(t *testing.T) {
			h := NewHall(t, h.Store, h.Branch+"-"+string(verb))
			line(h, "nPn")
			h.Open("1")
			for _, v := range start[verb] {
				h.At("1", v)
			}
			before := h.State()
			c := queue.Command{Verb: verb, Counter: "1", Service: "B", Place: "front"}
			if verb == queue.Call {
				c.Service = ""
			}
			h.Do(c)
			h.Step(4 * time.Second)
			h.At("1", queue.Undo)
			sameExceptWalkIn(t, before, h.State())
			h.Refuse(queue.Command{Verb: queue.Undo, Counter: "1"}, queue.NothingToUndo)
		})
	}
}

func sameExceptWalkIn(t *testing.T, before, after *queue.State) {
	t.Helper()
	for id, v := range before.Visits {
		got := *after.Visits[id]
		got.Revision = v.Revision // how often it changed is history, not place
		if got != *v {
			t.Errorf("undo left %+v\nwas       %+v", got, *v)
		}
	}
	for id, v := range after.Visits {
		if before.Visits[id] == nil && v.State != queue.Cancelled {
			t.Errorf("the walk-in %s is %s", v.Number, v.State)
		}
	}
	if b, a := before.CounterOf("1"), after.CounterOf("1"); a != b {
		t.Errorf("undo left counter %+v\nwas              %+v", a, b)
	}
	if b, a := before.Line("A").Len(), after.Line("A").Len(); a != b {
		t.Errorf("%d wait, before %d", a, b)
	}
}

// undoNext takes both halves back: the place, the interleave count, the transaction.
func undoNext(t *testing.T, h *Hall) {
	line(h, "nnnPP")
	h.Open("1")
	h.At("1", queue.Next)
	h.At("1", queue.Serve)
	before := h.State()
	h.At("1", queue.Next)
	h.At("1", queue.Undo)
	after := h.State()
	sameExceptWalkIn(t, before, after)
	if v := after.CounterOf("1"); v.State != queue.CounterServing || v.Number != "A004" {
		t.Errorf("counter is %+v", v)
	}
	expect(t, calls(h, "1"), "A001 A002 A005 A003")
	// The transaction of the undone end is gone: its end now makes the first one.
	h.Do(queue.Command{Verb: queue.Rate, Number: "A004", Source: "phone", Level: 1})
	h.Refuse(queue.Command{Verb: queue.Rate, Number: "A004", Source: "phone", Level: 1}, queue.AlreadyRated)
}

func undoRefused(t *testing.T, h *Hall) {
	line(h, "nnnn")
	h.Open("1", "2")
	h.Refuse(queue.Command{Verb: queue.Undo, Counter: "1"}, queue.NothingToUndo)
	h.At("1", queue.Call)
	h.Step(5001 * time.Millisecond)
	h.Refuse(queue.Command{Verb: queue.Undo, Counter: "1"}, queue.NothingToUndo)
	// The visit has moved on: parked at 1, resumed at 2.
	h.At("1", queue.Park)
	h.Do(queue.Command{Verb: queue.Resume, Counter: "2", Number: "A001"})
	h.Refuse(queue.Command{Verb: queue.Undo, Counter: "1"}, queue.NothingToUndo)
	// Another command of the counter came after it.
	h.At("1", queue.Call)
	h.At("1", queue.Serve)
	h.Refuse(queue.Command{Verb: queue.Undo, Counter: "1"}, queue.NothingToUndo)
	// A rating came.
	h.At("1", queue.End)
	h.Do(queue.Command{Verb: queue.Rate, Counter: "1", Source: "keypad", Level: 1, Window: 30000})
	h.Refuse(queue.Command{Verb: queue.Undo, Counter: "1"}, queue.NothingToUndo)
	// Only the counter's own command.
	h.At("1", queue.Call)
	h.Refuse(queue.Command{Verb: queue.Undo, Counter: "2"}, queue.NothingToUndo)
	h.State()
}
