package storetest

import (
	"testing"
	"time"

	"motcua/server/queue"
)

func reinstate(t *testing.T, h *Hall) {
	line(h, "nnPn")
	h.Open("1", "2")
	h.At("1", queue.Call) // A003, priority first
	h.At("1", queue.MarkNoShow)
	h.At("1", queue.Call) // A001
	h.At("1", queue.Serve)
	r := h.Do(queue.Command{Verb: queue.Reinstate, Counter: "1", Number: "A003"})
	if r.Visit.State != queue.Waiting || r.Visit.Number != "A003" {
		t.Errorf("%+v", r.Visit)
	}
	if got := h.At("2", queue.Next).Visit.Number; got != "A002" {
		t.Errorf("another counter called %s", got)
	}
	if got := h.At("1", queue.Next).Visit.Number; got != "A003" {
		t.Errorf("next after the present one is %s, want A003", got)
	}
	// Its place by arrival is still its own, should it be sent on.
	h.Take("B", "")
	h.Do(queue.Command{Verb: queue.Transfer, Counter: "1", Service: "B", Place: "arrival"})
	h.State()
	h.Open("3")
	expect(t, calls(h, "3"), "A003 B001")
}

func park(t *testing.T, h *Hall) {
	line(h, "nnn")
	h.Open("1", "2")
	h.Refuse(queue.Command{Verb: queue.Resume, Counter: "1"}, queue.NoOneWaiting)
	for range 2 {
		h.At("1", queue.Call)
		h.At("1", queue.Serve)
		h.Step(time.Minute)
		h.Do(queue.Command{Verb: queue.Park, Counter: "1", Reason: "bổ sung giấy tờ"})
	}
	h.Refuse(queue.Command{Verb: queue.Resume, Counter: "2"}, queue.NoOneWaiting)
	r := h.At("1", queue.Resume)
	if r.Visit.Number != "A001" || r.Visit.State != queue.Called {
		t.Errorf("resumed %+v, want the one parked longest", r.Visit)
	}
	if got := h.Do(queue.Command{Verb: queue.Resume, Counter: "2", Number: "A002"}).Visit; got.Counter != "2" {
		t.Errorf("%+v", got)
	}
	h.At("1", queue.Serve)
	if v := h.At("1", queue.End).Visit; v.Tx != 2 {
		t.Errorf("second serving has number %d", v.Tx)
	}
	h.State()
}

func transfer(t *testing.T, h *Hall) {
	a := h.Take("A", "")
	h.Step(time.Minute)
	h.Take("B", "")
	h.Step(time.Minute)
	h.Take("B", "")
	h.Open("1", "2", "3")
	h.At("1", queue.Call)
	h.At("1", queue.Serve)
	r := h.Do(queue.Command{Verb: queue.Transfer, Counter: "1", Service: "B", Place: "arrival"})
	if r.Visit.ID != a.ID || r.Visit.Number != "A001" || r.Visit.Service != "B" || r.Visit.State != queue.Waiting {
		t.Fatalf("%+v", r.Visit)
	}
	if got := h.At("3", queue.Call).Visit.Number; got != "A001" {
		t.Errorf("by arrival it is first, but %s was called", got)
	}
	h.Do(queue.Command{Verb: queue.Transfer, Counter: "3", Service: "B", Place: "back"})
	if got := h.At("3", queue.Call).Visit.Number; got != "B001" {
		t.Errorf("behind everybody, but %s was called instead of B001", got)
	}
	h.Do(queue.Command{Verb: queue.Transfer, Counter: "3", ToCounter: "1", Place: "arrival"})
	h.Refuse(queue.Command{Verb: queue.Call, Counter: "1", Number: "X"}, queue.UnknownTicket)
	if got := h.At("1", queue.Call).Visit; got.Number != "B001" || got.Service != "B" {
		t.Errorf("sent to counter 1: %+v", got)
	}
	h.Do(queue.Command{Verb: queue.Transfer, Counter: "1", Service: "B", Place: "front"})
	h.Take("B", "NCT")
	expect(t, calls(h, "2"), "B001 B003 B002 A001")
	h.State()
}

func closeSendsBack(t *testing.T, h *Hall) {
	h.Open("1", "2")
	for range 3 {
		h.Take("A", "")
		h.Step(time.Minute)
	}
	for range 3 {
		h.At("1", queue.Call)
		h.Do(queue.Command{Verb: queue.Transfer, Counter: "1", ToCounter: "2", Place: "arrival"})
	}
	h.Take("A", "")
	if got := h.State().Line("@2").Len(); got != 3 {
		t.Fatalf("%d in the counter's own queue", got)
	}
	h.At("2", queue.Close)
	s := h.State()
	if s.Line("@2").Len() != 0 || s.Line("A").Len() != 4 {
		t.Fatalf("left behind: %d, back in the service: %d", s.Line("@2").Len(), s.Line("A").Len())
	}
	expect(t, calls(h, "1"), "A001 A002 A003 A004")
}

func cancelAndDelay(t *testing.T, h *Hall) {
	var v []queue.Visit
	for range 6 {
		v = append(v, h.Take("A", ""))
		h.Step(time.Minute)
	}
	h.Do(queue.Command{Verb: queue.Cancel, Visit: v[1].ID})
	h.Refuse(queue.Command{Verb: queue.Cancel, Visit: v[1].ID}, queue.NotWaiting)
	h.Refuse(queue.Command{Verb: queue.Cancel, Visit: "nobody"}, queue.UnknownTicket)
	r := h.Do(queue.Command{Verb: queue.Delay, Visit: v[0].ID, People: 2}) // behind A004
	if r.Rank != 2 || r.Others != 0 {
		t.Errorf("after letting two pass it has %d before it", r.Rank)
	}
	h.Do(queue.Command{Verb: queue.Delay, Visit: v[2].ID, People: 2}) // behind A001
	h.Do(queue.Command{Verb: queue.Delay, Visit: v[5].ID, People: 3}) // nobody behind it
	h.State()
	h.Open("1")
	expect(t, calls(h, "1"), "A004 A001 A003 A005 A006")
}

func priority(t *testing.T, h *Hall) {
	line(h, "nnP")
	h.Open("1")
	h.Do(queue.Command{Verb: queue.SetPriority, Counter: "1", Number: "A003", Reason: "không thuộc diện"})
	h.Do(queue.Command{Verb: queue.SetPriority, Counter: "1", Number: "A002", Priority: "NKT", Reason: "có giấy"})
	events := h.Events(queue.DayOf(h.Time))
	if e := events[len(events)-2]; e.Was != "NCT" || e.Reason == "" || e.Visit.Priority != "" {
		t.Errorf("event %+v", e)
	}
	h.State()
	expect(t, calls(h, "1"), "A002 A001 A003")
}
