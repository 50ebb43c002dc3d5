package storetest

import (
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
)

// calls presses next and serve at a counter until nobody waits and gives the
// numbers in the order they were called.
func calls(h *Hall, counter string) string {
	h.T.Helper()
	var order []string
	for {
		r, err := h.Try(queue.Command{Verb: queue.Next, Counter: counter})
		if queue.CodeOf(err) == queue.NoOneWaiting {
			return strings.Join(order, " ")
		}
		if err != nil {
			h.T.Fatal(err)
		}
		order = append(order, r.Visit.Number)
		h.At(counter, queue.Serve)
	}
}

// line takes tickets of A a minute apart; a capital P is one with priority.
func line(h *Hall, kinds string) {
	h.T.Helper()
	for _, k := range kinds {
		if k == 'P' {
			h.Take("A", "NCT")
		} else {
			h.Take("A", "")
		}
		h.Step(time.Minute)
	}
}

func expect(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("called %s\nwant   %s", got, want)
	}
}

func interleave(t *testing.T, h *Hall) {
	line(h, "nnnnnPPP")
	h.Open("1")
	expect(t, calls(h, "1"), "A006 A001 A002 A007 A003 A004 A008 A005")
	// While one kind is absent the count stays as it is: one other is still due.
	h.At("1", queue.End)
	line(h, "nn")
	h.At("1", queue.Next)
	h.At("1", queue.Serve)
	line(h, "P")
	expect(t, calls(h, "1"), "A010 A011")
}

func strict(t *testing.T, h *Hall) {
	h.Policy.Mode = queue.Strict
	line(h, "nnPP")
	h.Open("1")
	expect(t, calls(h, "1"), "A003 A004 A001 A002")
	// Who waited longer than the limit counts as priority, by arrival.
	h.At("1", queue.End)
	line(h, "n")
	h.Step(61 * time.Minute)
	line(h, "nP")
	expect(t, calls(h, "1"), "A005 A007 A006")
}

func headStart(t *testing.T, h *Hall) {
	h.Policy.Mode, h.Policy.HeadStart = queue.HeadStart, 10*60000
	line(h, "n")
	h.Step(7 * time.Minute)
	line(h, "nP") // A003 came 9 minutes after A001: with 10 minutes' head start it is before
	h.Step(5 * time.Minute)
	line(h, "P") // A004 came 15 minutes after A001 and 7 after A002
	h.Open("1")
	expect(t, calls(h, "1"), "A003 A001 A004 A002")
}

func merge(t *testing.T, h *Hall) {
	both := func() {
		h.Take("B", "")
		h.Step(time.Minute)
		h.Take("A", "")
		h.Step(time.Minute)
		h.Take("B", "")
		h.Step(time.Minute)
		h.Take("A", "")
		h.Step(time.Minute)
	}
	both()
	h.Open("2")
	expect(t, calls(h, "2"), "B001 A001 B002 A002")
	h.At("2", queue.End)
	h.Policy.Merge = queue.ByList // counter 2 lists A before B
	both()
	expect(t, calls(h, "2"), "A003 A004 B003 B004")
	h.At("2", queue.End)
	h.Take("B", "")
	h.Step(61 * time.Minute) // too long: comes before the list
	h.Take("A", "")
	expect(t, calls(h, "2"), "B005 A005")
	h.At("2", queue.End)
	h.Policy.Merge = queue.ByWeight
	both()
	h.Step(10 * time.Minute)
	c := h.Command(queue.Command{Verb: queue.Next, Counter: "2"})
	c.Queues = []queue.QueueRef{{ID: "@2", Weight: 1}, {ID: "A", Weight: 3}, {ID: "B", Weight: 1}}
	r, err := h.Store.Do(t.Context(), c)
	if err != nil || r.Visit.Number != "A006" {
		t.Errorf("weighted: %v %v", r.Visit, err)
	}
}

func chosenNumber(t *testing.T, h *Hall) {
	line(h, "nnn")
	h.Open("1", "3")
	r := h.Do(queue.Command{Verb: queue.Call, Counter: "3", Number: "A002", Reason: "đi cùng trẻ nhỏ"})
	if r.Visit.Number != "A002" || r.Visit.Counter != "3" {
		t.Errorf("%+v", r.Visit)
	}
	events := h.Events(queue.DayOf(h.Time))
	if e := events[len(events)-1]; !e.OutOfTurn || e.Reason != "đi cùng trẻ nhỏ" {
		t.Errorf("event %+v", e)
	}
	h.Refuse(queue.Command{Verb: queue.Call, Counter: "1", Number: "A002"}, queue.WrongState)
	h.Refuse(queue.Command{Verb: queue.Call, Counter: "1", Number: "A999"}, queue.UnknownTicket)
	expect(t, calls(h, "1"), "A001 A003")
}

func ahead(t *testing.T, h *Hall) {
	for _, mode := range []queue.Mode{queue.Interleave, queue.Strict, queue.HeadStart} {
		h := NewHall(t, h.Store, h.Branch+"-"+string(mode))
		h.Policy.Mode, h.Policy.HeadStart = mode, 3*60000
		for i, kind := range "nPnnPnPPnnn" {
			prio := ""
			if kind == 'P' {
				prio = "NCT"
			}
			r := h.Do(queue.Command{Verb: queue.Take, Service: "A", Priority: prio})
			got := queue.AheadOf(h.Policy, prio != "", r.Rank, r.Others, r.Fronts)
			s := h.State()
			if live := s.Line("A").Ahead(s.Visits[r.Visit.ID], h.Policy); live != got {
				t.Errorf("%s: ticket %d: %d ahead when taken, %d live", mode, i+1, got, live)
			}
			h.Step(time.Minute)
		}
		h.Open("1")
		for s := h.State(); ; s = h.State() {
			want := map[string]int{}
			for _, v := range s.Visits {
				if v.State == queue.Waiting {
					want[v.Number] = s.Line("A").Ahead(v, h.Policy)
				}
			}
			r, err := h.Try(queue.Command{Verb: queue.Next, Counter: "1"})
			if err != nil {
				break
			}
			// The promise of a fresh queue under interleave: with the count at its
			// start the one with nobody ahead is called.
			if mode != queue.Interleave && want[r.Visit.Number] != 0 {
				t.Errorf("%s: called %s with %d ahead", mode, r.Visit.Number, want[r.Visit.Number])
			}
			h.At("1", queue.Serve)
		}
	}
}
