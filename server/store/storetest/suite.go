package storetest

import (
	"fmt"
	"sync/atomic"
	"testing"

	"motcua/server/queue"
	"motcua/server/store"
)

// Suite runs everything on one engine; each test works in a branch of its own.
func Suite(t *testing.T, engine store.Engine) {
	s := NewStore(t, engine)
	var n atomic.Int32
	hall := func(t *testing.T) *Hall { return NewHall(t, s, fmt.Sprintf("sanh%d", n.Add(1))) }
	for name, test := range map[string]func(*testing.T, *Hall){
		"Numbers": numbers, "Idempotency": idempotency, "EveryVerbInEveryState": everyVerb,
		"CounterStates": counterStates, "Seats": seats, "Interleave": interleave, "Strict": strict, "HeadStart": headStart,
		"WorkedExample": workedExample,
		"Merge":         merge, "ChosenNumber": chosenNumber, "NoShowAndReinstate": reinstate, "Park": park,
		"Transfer": transfer, "CloseSendsBack": closeSendsBack, "Undo": undo, "UndoNext": undoNext,
		"UndoRefused": undoRefused, "CancelAndDelay": cancelAndDelay, "Priority": priority, "Ratings": ratings,
		"RatingWindow": ratingWindow, "Days": days, "ClockJumpsBack": clockJumpsBack, "Bookings": bookings,
		"Settings": settings, "Quota": quota, "Ahead": ahead, "Notes": notes, "Bound": bound,
		"Notices": notices, "Emergency": emergency, "NoticesOverDays": noticesOverDays,
		"Linearizable":   func(t *testing.T, h *Hall) { Linearizable(t, h, 12, 8, 60) },
		"Codes":          codes,
		"RandomCommands": func(t *testing.T, h *Hall) { randomCommands(t, h, 300) },
	} {
		t.Run(name, func(t *testing.T) { test(t, hall(t)) })
	}
}

func numbers(t *testing.T, h *Hall) {
	for i := 1; i <= 1001; i++ {
		if v := h.Take("A", ""); v.Number != fmt.Sprintf("A%03d", i) {
			t.Fatalf("ticket %d is %s", i, v.Number)
		}
	}
	if v := h.Take("B", ""); v.Number != "B001" {
		t.Errorf("first of another series is %s", v.Number)
	}
	if n := len(h.State().Visits); n != 1002 {
		t.Errorf("%d visits", n)
	}
}

func idempotency(t *testing.T, h *Hall) {
	c := queue.Command{Verb: queue.Take, Service: "A", Request: "r1", Print: "p1"}
	first := h.Do(c)
	again := h.Do(c)
	if !again.Again || again.Visit.Number != first.Visit.Number || again.Visit.Token != first.Visit.Token {
		t.Errorf("repeated request got %+v after %+v", again.Visit, first.Visit)
	}
	c.Print = "p2"
	h.Refuse(c, queue.KeyReused)
	// A refusal is not remembered.
	n := queue.Command{Verb: queue.Next, Counter: "3", Request: "r2", Print: "p"}
	h.Open("3")
	h.Refuse(n, queue.NoOneWaiting)
	h.Take("B", "")
	h.Do(n)
	if n := len(h.State().Visits); n != 2 {
		t.Errorf("%d visits, want 2", n)
	}
	// It is kept over the day's close.
	h.CloseDay()
	h.Step(24 * 60 * 60 * 1e9)
	h.OpenDay()
	c.Print = "p1"
	if r := h.Do(c); !r.Again {
		t.Error("the next day forgot the request")
	}
}

func codes(t *testing.T, h *Hall) {
	h.Do(queue.Command{Verb: queue.Take, Service: "A", Code: "SAME00"})
	h.Refuse(queue.Command{Verb: queue.Take, Service: "A", Code: "SAME00"}, queue.CodeTaken)
	if v := h.Take("A", ""); v.Number != "A002" {
		t.Errorf("a refused take used a number: %s follows A001", v.Number)
	}
}

func notes(t *testing.T, h *Hall) {
	v := h.Take("A", "")
	h.Do(queue.Command{Verb: queue.Note, Kind: queue.TicketPrinted, Visit: v.ID, Note: "printer 1"})
	h.Do(queue.Command{Verb: queue.Note, Kind: queue.DeviceChanged, Note: "printer 1"})
	events := h.Events(queue.DayOf(h.Time))
	last := events[len(events)-1]
	if last.Kind != queue.DeviceChanged || last.Note != "printer 1" {
		t.Errorf("last event %+v", last)
	}
	if p := events[len(events)-2]; p.Kind != queue.TicketPrinted || p.Visit.Number != "A001" {
		t.Errorf("print event %+v", p)
	}
}
