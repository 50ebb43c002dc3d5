package storetest

import (
	"testing"

	"motcua/server/queue"
)

func sit(counter string, who *queue.Sitting) queue.Command {
	return queue.Command{Verb: queue.Seat, Counter: counter, Seat: who, By: "Lan"}
}

// Who sits at a counter stands in every change of it, until somebody else sits down
// or the day ends.
func seats(t *testing.T, h *Hall) {
	lan := queue.Sitting{Account: "a-1", Name: "Nguyễn Kim Lan", Title: queue.Text{VI: "Công chức", EN: "Officer"}, Photo: "lan.png"}
	hung := queue.Sitting{Account: "a-2", Name: "Bùi Minh Hùng"}
	if k := h.Do(sit("1", &lan)).Counter; k.Seat != lan || k.State != queue.CounterClosed {
		t.Fatalf("%+v", k)
	}
	seq := h.State().Seq
	if k := h.Do(sit("1", &lan)).Counter; k.Seat != lan || h.State().Seq != seq {
		t.Errorf("sitting down twice is a change: %+v", k)
	}
	h.Open("1")
	h.Take("A", "")
	h.At("1", queue.Call)
	if r := h.At("1", queue.Serve); r.Counter.Seat != lan {
		t.Errorf("served by %+v", r.Counter.Seat)
	}
	h.Refuse(sit("1", &hung), queue.CounterBusy)
	h.Refuse(sit("1", nil), queue.CounterBusy)
	married := lan
	married.Name = "Nguyễn Kim Lân"
	if k := h.Do(sit("1", &married)).Counter; k.Seat != married || k.State != queue.CounterServing || k.Since != queue.MillisOf(h.Time) {
		t.Errorf("the same person under another name: %+v", k)
	}
	h.At("1", queue.End)
	h.Step(1000)
	k := h.Do(sit("1", &hung)).Counter
	if k.Seat != hung || k.State != queue.CounterOpen || k.Since != queue.MillisOf(h.Time) {
		t.Errorf("%+v", k)
	}
	h.Refuse(queue.Command{Verb: queue.Undo, Counter: "1"}, queue.NothingToUndo)
	if k := h.Do(sit("1", nil)).Counter; k.Seat != (queue.Sitting{}) {
		t.Errorf("%+v", k)
	}
	if k := h.State().CounterOf("1"); k.Seat != (queue.Sitting{}) || k.LastTx == "" {
		t.Errorf("%+v", k)
	}
	h.Do(sit("1", &lan))  // open
	h.Do(sit("2", &hung)) // closed all day
	h.CloseDay()
	for _, id := range []string{"1", "2"} {
		if k := h.State().CounterOf(id); k.Seat != (queue.Sitting{}) || k.State != queue.CounterClosed {
			t.Errorf("after the day: %+v", k)
		}
	}
}
