package api_test

import (
	"strings"
	"testing"
	"time"
)

// The whole way: a number is taken, called, served, ended and rated.
func TestWholeWay(t *testing.T) {
	h := newHall(t, options{demo: true})
	first := h.take()
	token := first.text("token")
	if first.text("number") == "" || first.text("state") != "waiting" || len(token) != 24 || len(first.text("code")) != 6 ||
		first.text("url") != "http://hall.test/t/"+token || first.body["ahead"] != 0.0 {
		t.Fatalf("%s", first.raw)
	}
	if a := h.take(); a.body["ahead"] != 1.0 {
		t.Errorf("ahead of the second: %s", a.raw)
	}
	h.do(0, "open", "{}")
	called := h.do(0, "call", "{}")
	ticket := called.body["ticket"].(map[string]any)
	if ticket["id"] != first.body["id"] || ticket["state"] != "called" {
		t.Fatalf("%s", called.raw)
	}
	got := h.get("/api/v1/tickets/"+token, "")
	if got.status != 200 || got.text("state") != "called" || got.text("counter") != h.counter(0) || got.body["calls"] != 1.0 {
		t.Fatalf("%d %s", got.status, got.raw)
	}
	h.do(0, "serve", "{}")
	if a := h.do(0, "end", `{"outcome":"received"}`); a.body["ticket"].(map[string]any)["state"] != "ended" {
		t.Fatalf("%s", a.raw)
	}
	rated := h.post("/api/v1/tickets/"+token+"/rating", "", `{"level":1}`)
	if rated.status != 201 || rated.text("source") != "phone" {
		t.Fatalf("%d %s", rated.status, rated.raw)
	}
	expect(t, h.post(branchPath+"/counters/"+h.counter(0)+"/ratings", "demo-device", `{"level":1,"source":"keypad"}`), 409, "already_rated")
}

// What was acknowledged is in the very next read.
func TestReadsWhatWasWritten(t *testing.T) {
	h := newHall(t, options{demo: true})
	h.do(0, "open", "{}")
	for range 50 {
		token := h.take().text("token")
		if a := h.get("/api/v1/tickets/"+token, ""); a.status != 200 || a.text("state") != "waiting" {
			t.Fatalf("%d %s", a.status, a.raw)
		}
		h.do(0, "next", "{}")
		if a := h.get("/api/v1/tickets/"+token, ""); a.text("state") != "called" {
			t.Fatalf("after the call: %s", a.raw)
		}
		h.do(0, "serve", "{}")
	}
}

func TestBookAndArrive(t *testing.T) {
	h := newHall(t, options{demo: true})
	at := morning.Add(time.Hour).Format(time.RFC3339)
	made := h.post(branchPath+"/bookings", "demo-kiosk", `{"service":"`+h.service(0)+`","at":"`+at+`"}`)
	if made.status != 201 || made.text("state") != "booked" || len(made.text("code")) != 6 {
		t.Fatalf("%d %s", made.status, made.raw)
	}
	path := branchPath + "/bookings/" + strings.ToLower(made.text("code")) + "/arrive"
	here := h.post(path, "demo-kiosk", "{}")
	if here.status != 201 || here.text("state") != "waiting" || here.text("token") == "" {
		t.Fatalf("%d %s\n%s", here.status, here.raw, h.log)
	}
	expect(t, h.post(path, "demo-kiosk", "{}"), 409, "booking_over")
	expect(t, h.post(branchPath+"/bookings/ZZZZZZ/arrive", "demo-kiosk", "{}"), 404, "unknown_booking")
}

func TestCancelAndDelay(t *testing.T) {
	h := newHall(t, options{demo: true})
	first := h.take()
	h.take()
	a := h.post("/api/v1/tickets/"+first.text("token")+"/delay", "", `{"people":1}`)
	if a.status != 200 || a.text("state") != "waiting" {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	if a := h.get("/api/v1/tickets/"+first.text("token"), ""); a.body["ahead"] != 1.0 {
		t.Errorf("after the delay: %s", a.raw)
	}
	for _, status := range []string{"cancelled"} {
		a := h.post("/api/v1/tickets/"+first.text("token")+"/cancel", "", "{}")
		if a.status != 200 || a.text("state") != status {
			t.Fatalf("%d %s", a.status, a.raw)
		}
	}
	expect(t, h.post("/api/v1/tickets/"+first.text("token")+"/cancel", "", "{}"), 409, "not_waiting")
	expect(t, h.post("/api/v1/tickets/"+first.text("token")+"/delay", "", `{"people":1}`), 409, "not_waiting")
	expect(t, h.post("/api/v1/tickets/"+first.text("token")+"/rating", "", `{"level":1}`), 409, "nothing_to_rate")
}

// Every verb of a counter is reached, and answers with the counter and the ticket.
func TestEveryVerb(t *testing.T) {
	h := newHall(t, options{demo: true})
	one, two := h.take(), h.take()
	number := func(a answer) string { return a.text("number") }
	h.do(0, "open", "{}")
	h.do(0, "call", `{"number":"`+strings.ToLower(number(two))+`","reason":"người cao tuổi"}`)
	h.do(0, "recall", "{}")
	h.do(0, "no-show", "{}")
	h.do(0, "reinstate", `{"number":"`+number(two)+`"}`)
	h.do(0, "next", "{}")
	h.do(0, "undo", "{}")
	h.do(0, "call", "{}")
	h.do(0, "serve", "{}")
	h.do(0, "park", `{"reason":"điền tờ khai"}`)
	h.do(0, "resume", "{}")
	h.do(0, "serve", "{}")
	h.do(0, "priority", `{"number":"`+number(one)+`","priority":"NCT","reason":"quên chọn"}`)
	h.do(0, "priority", `{"number":"`+number(one)+`","priority":null,"reason":"chọn nhầm"}`)
	h.do(1, "open", "{}")
	h.do(0, "transfer", `{"counter":"`+h.counter(1)+`","place":"front"}`)
	h.do(0, "walk-in", `{"service":"`+h.service(0)+`"}`)
	h.do(0, "end", "{}")
	h.do(0, "invite-rating", "{}")
	h.do(0, "pause", `{"reason":"nghỉ"}`)
	if a := h.do(0, "close", "{}"); a.body["counter"].(map[string]any)["state"] != "closed" || a.body["ticket"] != nil {
		t.Errorf("%s", a.raw)
	}
}
