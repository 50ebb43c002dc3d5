package wire_test

import (
	"testing"

	"motcua/server/queue"
	"motcua/server/wire"
)

// A kiosk hears that somebody has booked, so that it can offer to arrive, and
// nothing of the booking; other public screens hear nothing.
func TestBookedForKiosks(t *testing.T) {
	s := queue.NewState("e1")
	s.Bookings["ABC123"] = &queue.Booking{Code: "ABC123", Service: "a", State: "booked"}
	set := &queue.Settings{}
	for view, want := range map[wire.View]bool{wire.Kiosk: true, wire.Board: false, wire.Lookup: false} {
		if got := wire.StateFor(view, s, set, wire.Figures{}, wire.Extras{}).Booked; got != want {
			t.Errorf("%s: booked %v, want %v", view, got, want)
		}
	}
	s.Bookings["ABC123"].State = "arrived"
	if wire.StateFor(wire.Kiosk, s, set, wire.Figures{}, wire.Extras{}).Booked {
		t.Error("everybody has come, and the kiosk still waits for somebody")
	}
	e := &queue.Event{Kind: queue.BookingMade, Booking: s.Bookings["ABC123"]}
	if got := wire.EventFor(wire.Kiosk, e); got != (wire.Event{Kind: string(queue.BookingMade), At: got.At}) {
		t.Errorf("a kiosk is told %+v", got)
	}
	if got := wire.EventFor(wire.Board, e); got.Kind != wire.Other {
		t.Errorf("a board is told %+v", got)
	}
}

// The holder's ticket tells what became of its paper.
func TestTicketTellsOfItsPaper(t *testing.T) {
	s := queue.NewState("e1")
	v := &queue.Visit{ID: "1", State: queue.Waiting}
	s.Prints = map[string]queue.Print{"1": {State: queue.PrintUnknown, Reason: "unknown"}}
	info := wire.TicketFor(s, &queue.Settings{}, "", v, 0, nil)
	if info.Print != queue.PrintUnknown || info.PrintReason != "unknown" {
		t.Errorf("the ticket says %q %q", info.Print, info.PrintReason)
	}
}
