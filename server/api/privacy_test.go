package api_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"motcua/server/queue"
	"motcua/server/wire"
)

// Every event kind, with every field of every record filled with a mark that
// must not be seen: public views get none of them.
func TestPublicViewsHoldNoSecrets(t *testing.T) {
	full := func(kind queue.Kind) *queue.Event {
		return &queue.Event{Seq: 1, Kind: kind, At: "1795000000000", Day: "2026-11-23", By: "SECRET-by", Was: "SECRET-was", Reason: "SECRET-reason",
			Visit: &queue.Visit{ID: "261123-A001", Number: "A001", Service: "a", State: queue.Waiting, Priority: "SECRET-priority",
				Queue: "SECRET-queue", Order: "SECRET-order", Token: "SECRET-token", Code: "SECRET-code", Procedure: "SECRET-procedure",
				Lang: "SECRET-lang", Origin: "SECRET-origin", Forecast: "SECRET-forecast", Outcome: "SECRET-outcome", Reason: "SECRET-why"},
			Counter: &queue.Counter{ID: "1", State: queue.CounterOpen, Seat: queue.Sitting{Account: "SECRET-account", Name: "SECRET-clerk",
				Title: queue.Text{VI: "SECRET-title"}, Photo: "SECRET-photo"}},
			Booking: &queue.Booking{Code: "SECRET-booking"}, Bookings: []queue.Booking{{Code: "SECRET-bookings"}},
			Rating: &queue.Transaction{ID: "SECRET-tx", Level: 4, Source: "SECRET-source"}, Reasons: []string{"SECRET-reasons"}}
	}
	kinds := []queue.Kind{queue.TicketTaken, queue.TicketCalled, queue.TicketRecalled, queue.TicketServing, queue.TicketNoShow,
		queue.TicketReinstated, queue.TicketParked, queue.TicketResumed, queue.TicketTransferred, queue.TicketEnded,
		queue.TicketCancelled, queue.TicketExpired, queue.TicketUndone, queue.TicketDelayed, queue.TicketPriorityChanged,
		queue.TicketPrinted, queue.TicketPrintFailed, queue.BookingMade, queue.BookingArrived, queue.RatingInvited,
		queue.RatingGiven, queue.CounterOpened, queue.CounterPausedKind, queue.CounterClosedKind, queue.CounterSeated, queue.DayOpened,
		queue.DayClosed, queue.DeviceChanged, queue.NoticeChanged, queue.SettingsChanged, queue.CatalogueChanged, "new.kind"}
	views := []wire.View{wire.Board, wire.Kiosk, wire.Lookup, wire.Counter, wire.Rate, wire.Device, wire.Desk, wire.Floor}
	for _, kind := range kinds {
		for _, view := range views {
			raw, err := json.Marshal(wire.EventFor(view, full(kind)))
			must(t, err)
			text := string(raw)
			if view == wire.Device { // the name of the machine a ticket was taken at is for its printer
				text = strings.Replace(text, `,"machine":"SECRET-by"`, "", 1)
			}
			if !view.Staff() && strings.Contains(text, "SECRET") {
				t.Errorf("%s in %s: %s", kind, view, text)
			}
			for _, never := range []string{"SECRET-token", "SECRET-code", "SECRET-forecast", "SECRET-booking", "SECRET-tx", "SECRET-source", "SECRET-reasons", "SECRET-account", `"level"`} {
				if strings.Contains(text, never) {
					t.Errorf("%s in %s shows %s: %s", kind, view, never, text)
				}
			}
		}
	}
	for _, view := range views[:6] {
		if e := wire.EventFor(view, full(queue.TicketPriorityChanged)); e.Kind != wire.Other || e.Visit != nil {
			t.Errorf("%s sees a priority change: %+v", view, e)
		}
	}
}

// A day with everything in it, seen through each view's socket.
func TestSocketsHoldNoSecrets(t *testing.T) {
	h := newHall(t, options{demo: true})
	secrets := []string{`"priority":"`, `"by"`, `"person"`, "NCT-reason"}
	keys := map[string]string{"board": "demo-display", "kiosk": "demo-kiosk", "lookup": "demo-display", "counter": "demo-display", "rate": "demo-device", "device": "demo-device"}
	screens := map[string]*screen{}
	for view, key := range keys {
		screens[view] = h.connect("branch=hoabinh&view=" + view + "&key=" + key)
		screens[view].next("snapshot")
	}
	a := h.post(branchPath+"/tickets", "demo-kiosk", fmt.Sprintf(`{"service":%q,"priority":"NCT","person":%q}`, h.service(0), strings.Repeat("p", 43)))
	secrets = append(secrets, a.text("token"), a.text("code"), strings.Repeat("p", 43))
	h.do(0, "open", "{}")
	h.do(0, "priority", `{"number":"`+a.text("number")+`","priority":"NKT","reason":"NCT-reason"}`)
	h.do(0, "next", "{}")
	h.do(0, "serve", "{}")
	h.do(0, "end", "{}")
	h.post(branchPath+"/counters/"+h.counter(0)+"/ratings", "demo-device", `{"level":4,"source":"keypad"}`)
	h.do(0, "close", "{}")
	for view, s := range screens {
		for n := 0; n < 8; n++ {
			m := s.next("event")
			for _, secret := range secrets {
				if strings.Contains(m.raw, secret) {
					t.Errorf("%s shows %q: %s", view, secret, m.raw)
				}
			}
		}
		again := h.connect("branch=hoabinh&view=" + view + "&key=" + keys[view])
		snap := again.next("snapshot")
		for _, secret := range append(secrets, `"clerk"`, `"engine"`) {
			if secret != `"priority":"` && strings.Contains(snap.raw, secret) {
				t.Errorf("the snapshot of %s shows %q", view, secret)
			}
		}
	}
}

// Keys, tokens and codes are cut from the log.
func TestLogHoldsNoSecrets(t *testing.T) {
	h := newHall(t, options{demo: true})
	a := h.take()
	token, code := a.text("token"), a.text("code")
	h.get("/t/"+token, "")
	h.get("/api/v1/tickets/"+token+"/qr.svg", "")
	h.get("/api/v1/tickets?branch=hoabinh&code="+code, "demo-kiosk")
	h.get("/api/v1/dossiers/H29.55-DOSSIER", "demo-kiosk")
	h.get("/live?view=ticket&to%6ben="+token, "")
	h.get("/live?view=board&key=demo-display&%zz", "")
	h.connect("view=ticket&token=" + token)
	h.board()
	log := h.log.String()
	for _, secret := range []string{token, code, "demo-display&", "key=demo", "DOSSIER"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %q:\n%s", secret, log)
		}
	}
	if !strings.Contains(log, "/t/-") || !strings.Contains(log, "id=") {
		t.Errorf("no access log:\n%s", log)
	}
}
