package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
)

const long = 70 << 10

func TestRefusals(t *testing.T) {
	h := newHall(t, options{demo: true, settings: func(s *queue.Settings) { s.Services[1].Closed = true }})
	token := h.take().text("token")
	tickets, counters := branchPath+"/tickets", branchPath+"/counters/"
	first := `{"service":"` + h.service(0) + `"}`
	for _, c := range []struct {
		method, path, key, body string
		status                  int
		code                    string
	}{
		// Who asks.
		{"POST", tickets, "", first, 401, "unauthorized"},
		{"POST", tickets, "wrong", first, 401, "unauthorized"},
		{"POST", tickets, "demo-display", first, 403, "forbidden"},
		{"POST", tickets, "demo-desk", first, 403, "forbidden"},
		{"GET", branchPath, "", "", 401, "unauthorized"},
		{"GET", branchPath, "demo-device", "", 403, "forbidden"},
		{"POST", counters + "1/open", "demo-kiosk", "{}", 403, "forbidden"},
		{"POST", counters + "1/ratings", "demo-kiosk", "{}", 403, "forbidden"},
		{"POST", counters + "1/ratings", "demo-desk", `{"level":1,"source":"keypad"}`, 403, "forbidden"},
		{"POST", counters + "1/ratings", "demo-device", `{"level":1,"source":"paper","number":"A001"}`, 403, "forbidden"},
		{"GET", branchPath + "/settings", "demo-desk", "", 403, "forbidden"},
		{"GET", "/api/v1/keys", "demo-desk", "", 403, "forbidden"},
		{"GET", "/api/v1/tickets?branch=hoabinh&code=ABCDEF", "", "", 401, "unauthorized"},
		{"GET", "/api/v1/procedures", "", "", 401, "unauthorized"},
		// What is asked for.
		{"GET", "/api/v1/branches/nowhere", "demo-kiosk", "", 404, "unknown_branch"},
		{"POST", "/api/v1/branches/nowhere/tickets", "demo-kiosk", first, 404, "unknown_branch"},
		{"POST", tickets, "demo-kiosk", `{"service":"none"}`, 404, "unknown_service"},
		{"POST", tickets, "demo-kiosk", `{"service":"` + h.service(0) + `","priority":"none"}`, 404, "unknown_priority"},
		{"POST", tickets, "demo-kiosk", `{"service":"` + h.service(1) + `"}`, 409, "service_closed"},
		{"POST", counters + "99/open", "demo-desk", "{}", 404, "unknown_counter"},
		{"POST", counters + "1/dance", "demo-desk", "{}", 404, "unknown_verb"},
		{"GET", "/api/v1/tickets/" + token + "x", "", "", 404, "unknown_ticket"},
		{"GET", "/api/v1/tickets/..%2f..", "", "", 404, "unknown_ticket"},
		{"POST", "/api/v1/tickets/nonsense/cancel", "", "{}", 404, "unknown_ticket"},
		{"GET", "/api/v1/tickets?branch=hoabinh&code=ZZZZZZ", "demo-kiosk", "", 404, "unknown_ticket"},
		{"GET", "/api/v1/tickets?branch=hoabinh&code=" + strings.Repeat("A", 500), "demo-kiosk", "", 404, "unknown_ticket"},
		{"GET", "/api/v1/tickets?code=ZZZZZZ", "demo-kiosk", "", 400, "bad_parameter"},
		{"GET", "/api/v1/nothing", "demo-admin", "", 404, "not_found"},
		{"GET", "/api/", "", "", 404, "not_found"},
		{"DELETE", branchPath, "demo-admin", "", 405, "method_not_allowed"},
		// The state of things.
		{"POST", counters + "1/call", "demo-desk", "{}", 409, "counter_closed"},
		{"POST", counters + "1/undo", "demo-desk", "{}", 409, "nothing_to_undo"},
		{"POST", counters + "1/ratings", "demo-device", `{"level":1,"source":"keypad"}`, 409, "nothing_to_rate"},
		{"POST", counters + "1/ratings", "demo-device", `{"level":1,"source":"phone"}`, 409, "nothing_to_rate"},
		// Bodies.
		{"POST", tickets, "demo-kiosk", `{`, 400, "bad_json"},
		{"POST", tickets, "demo-kiosk", `[]`, 400, "bad_json"},
		{"POST", tickets, "demo-kiosk", `null`, 400, "bad_json"},
		{"POST", tickets, "demo-kiosk", first + first, 400, "bad_json"},
		{"POST", tickets, "demo-kiosk", first + "x", 400, "bad_json"},
		{"POST", tickets, "demo-kiosk", `{"service":1}`, 400, "bad_json"},
		{"POST", tickets, "demo-kiosk", "{\"service\":\"\xff\"}", 400, "bad_json"},
		{"POST", tickets, "demo-kiosk", `{"service":"a","color":"red"}`, 400, "unknown_field"},
		{"POST", tickets, "demo-kiosk", `{"SERVICE":"a"}`, 400, "unknown_field"},
		{"POST", tickets, "demo-kiosk", `{"service":"a","service":"b"}`, 400, "unknown_field"},
		{"POST", tickets, "demo-kiosk", `{}`, 400, "bad_parameter"},
		{"POST", tickets, "demo-kiosk", ``, 400, "bad_parameter"},
		{"POST", tickets, "demo-kiosk", `{"service":"` + strings.Repeat("a", 1000) + `"}`, 400, "bad_parameter"},
		{"POST", tickets, "demo-kiosk", `{"service":"a","lang":"fr"}`, 400, "bad_parameter"},
		{"POST", tickets, "demo-kiosk", `{"service":"a","person":"079"}`, 400, "bad_parameter"},
		{"POST", tickets, "demo-kiosk", `{"service":"a","priority":"` + strings.Repeat("x", long) + `"}`, 413, "body_too_large"},
		{"POST", counters + "1/pause", "demo-desk", `{}`, 400, "bad_parameter"},
		{"POST", counters + "1/pause", "demo-desk", `{"reason":"` + strings.Repeat("ư", 301) + `"}`, 400, "bad_parameter"},
		{"POST", counters + "1/pause", "demo-desk", `{"reason":"a\u0000b"}`, 400, "bad_parameter"},
		{"POST", counters + "1/end", "demo-desk", `{"outcome":"lost"}`, 400, "bad_parameter"},
		{"POST", counters + "1/transfer", "demo-desk", `{}`, 400, "bad_parameter"},
		{"POST", counters + "1/open", "demo-desk", `{"reason":"x"}`, 400, "unknown_field"},
		{"POST", counters + "1/ratings", "demo-device", `{"level":9,"source":"keypad"}`, 400, "bad_parameter"},
		{"POST", counters + "1/ratings", "demo-device", `{"level":0,"source":"keypad"}`, 400, "bad_parameter"},
		{"POST", "/api/v1/tickets/" + token + "/delay", "", `{"people":0}`, 400, "bad_parameter"},
		{"POST", "/api/v1/tickets/" + token + "/delay", "", `{"people":1.5}`, 400, "bad_json"},
		{"POST", branchPath + "/bookings", "demo-kiosk", `{"service":"a","at":"tomorrow"}`, 400, "bad_parameter"},
		// Booking ahead and passes.
		{"POST", branchPath + "/bookings", "demo-desk", "{}", 403, "forbidden"},
		{"GET", branchPath + "/bookings/slots?service=" + h.service(0), "", "", 401, "unauthorized"},
		{"GET", branchPath + "/bookings/slots?service=" + h.service(0), "demo-device", "", 403, "forbidden"},
		{"GET", branchPath + "/bookings/slots", "demo-kiosk", "", 400, "bad_parameter"},
		{"GET", branchPath + "/bookings/slots?service=none", "demo-kiosk", "", 404, "unknown_service"},
		{"GET", "/api/v1/branches/nowhere/bookings/slots?service=a", "demo-kiosk", "", 404, "unknown_branch"},
		{"POST", branchPath + "/passes", "", "{}", 401, "unauthorized"},
		{"POST", branchPath + "/passes", "wrong", "{}", 401, "unauthorized"},
		{"POST", branchPath + "/passes", "demo-display", "{}", 403, "forbidden"},
		{"POST", branchPath + "/passes", "demo-device", "{}", 403, "forbidden"},
		{"POST", branchPath + "/passes", "demo-kiosk", `{"service":"a"}`, 400, "unknown_field"},
		{"POST", "/api/v1/branches/nowhere/passes", "demo-kiosk", "{}", 404, "unknown_branch"},
		{"GET", "/api/v1/passes/" + token, "", "", 404, "unknown_pass"},
		{"GET", "/api/v1/passes/..%2f..", "", "", 404, "unknown_pass"},
		{"GET", "/api/v1/passes/x/slots?service=" + h.service(0), "", "", 404, "unknown_pass"},
		{"GET", "/api/v1/passes/x/link.svg", "", "", 404, "unknown_pass"},
		{"GET", "/api/v1/passes/x/code.svg", "", "", 404, "unknown_pass"},
		{"POST", "/api/v1/passes/x/booking", "", "{}", 404, "unknown_pass"},
		{"POST", "/api/v1/passes/x/booking", "demo-admin", "{}", 404, "unknown_pass"},
		// The catalogue, empty so far.
		{"GET", "/api/v1/procedures?limit=0", "demo-kiosk", "", 400, "bad_parameter"},
		{"GET", "/api/v1/procedures?limit=51", "demo-kiosk", "", 400, "bad_parameter"},
		{"GET", "/api/v1/procedures?limit=", "demo-kiosk", "", 400, "bad_parameter"},
		{"GET", "/api/v1/procedures?q=" + strings.Repeat("a", 201), "demo-kiosk", "", 400, "bad_parameter"},
		{"GET", "/api/v1/procedures/1.001193", "demo-kiosk", "", 404, "unknown_procedure"},
		{"GET", "/api/v1/dossiers/H29.12", "demo-kiosk", "", 404, "unknown_dossier"},
		{"DELETE", "/api/v1/keys/none", "demo-admin", "", 404, "unknown_key"},
		{"POST", "/api/v1/keys", "demo-admin", `{"name":"x","role":"king"}`, 400, "bad_parameter"},
		{"PUT", branchPath + "/settings", "demo-admin", `{"version":1,"settings":{}}`, 422, "settings_invalid"},
	} {
		a := h.send(c.method, c.path, c.key, c.body)
		if a.status != c.status || a.code() != c.code {
			t.Errorf("%s %.80s as %q %.60s: %d %q, want %d %q", c.method, c.path, c.key, c.body, a.status, a.code(), c.status, c.code)
			continue
		}
		if kind := a.header.Get("Content-Type"); !strings.HasPrefix(kind, "application/problem+json") {
			t.Errorf("%s %.80s: %s", c.method, c.path, kind)
		}
		if a.text("title") == "" || a.body["status"] != float64(c.status) || a.text("type") == "" || a.text("instance") == "" {
			t.Errorf("not a problem: %s", a.raw)
		}
	}
	if strings.Contains(h.log.String(), token) {
		t.Error("the log holds a token")
	}
}

func TestLanguageOfProblems(t *testing.T) {
	h := newHall(t, options{demo: true})
	for accept, want := range map[string]string{"": "Không có", "en-GB,en;q=0.9": "There is no", "vi,en;q=0.5": "Không có"} {
		a := h.get("/api/v1/branches/nowhere", "demo-kiosk", "Accept-Language", accept)
		if !strings.HasPrefix(a.text("title"), want) {
			t.Errorf("%q: %s", accept, a.text("title"))
		}
	}
}

func TestIdempotency(t *testing.T) {
	h := newHall(t, options{demo: true})
	body := `{"service":"` + h.service(0) + `"}`
	path := branchPath + "/tickets"
	first := h.post(path, "demo-kiosk", body, "Idempotency-Key", "one")
	h.take()
	again := h.post(path, "demo-kiosk", body, "Idempotency-Key", "one")
	if first.status != 201 || again.status != 200 || first.raw != again.raw {
		t.Errorf("%d %s\n%d %s", first.status, first.raw, again.status, again.raw)
	}
	expect(t, h.post(path, "demo-kiosk", body+" ", "Idempotency-Key", "one"), 422, "idempotency_key_reused")
	expect(t, h.post(branchPath+"/bookings", "demo-kiosk", `{"service":"`+h.service(0)+`","at":"`+
		morning.Add(time.Hour).Format(time.RFC3339)+`"}`, "Idempotency-Key", "one"), 422, "idempotency_key_reused")
	if other := h.post(path, "demo-admin", body, "Idempotency-Key", "one"); other.status != 201 || other.raw == first.raw {
		t.Errorf("another caller's key: %d %s", other.status, other.raw)
	}
	for _, key := range []string{"", " "} {
		expect(t, h.post(path, "demo-kiosk", body, "Idempotency-Key", key), 400, "idempotency_key_missing")
	}
	for _, key := range []string{strings.Repeat("k", 129), "a b", "khóa"} {
		expect(t, h.post(path, "demo-kiosk", body, "Idempotency-Key", key), 400, "bad_parameter")
	}
	if a := h.post(path, "demo-kiosk", body, "Idempotency-Key", strings.Repeat("k", 128)); a.status != 201 {
		t.Errorf("a key of 128: %d", a.status)
	}
	// A refusal is not remembered.
	expect(t, h.verb(0, "next", "{}", "Idempotency-Key", "later"), 409, "counter_closed")
	h.do(0, "open", "{}")
	called := h.verb(0, "next", "{}", "Idempotency-Key", "later")
	again = h.verb(0, "next", "{}", "Idempotency-Key", "later")
	if called.status != 200 || again.raw != called.raw || again.status != 200 {
		t.Errorf("%d %s\n%d %s", called.status, called.raw, again.status, again.raw)
	}
}

// The answer stays the same when the settings refuse the request by now.
func TestRepeatAfterClosing(t *testing.T) {
	h := newHall(t, options{demo: true})
	body := `{"service":"` + h.service(0) + `"}`
	first := h.post(branchPath+"/tickets", "demo-kiosk", body, "Idempotency-Key", "one")
	h.change(func(s *queue.Settings) { s.Services[0].Closed = true; s.Policy.Mode = queue.Strict })
	again := h.post(branchPath+"/tickets", "demo-kiosk", body, "Idempotency-Key", "one")
	if again.status != 200 || again.raw != first.raw {
		t.Errorf("%d %s\n%d %s", first.status, first.raw, again.status, again.raw)
	}
	expect(t, h.post(branchPath+"/tickets", "demo-kiosk", body, "Idempotency-Key", "two"), 409, "service_closed")
	expect(t, h.post(branchPath+"/tickets", "demo-kiosk", body+" ", "Idempotency-Key", "one"), 422, "idempotency_key_reused")
}

// Fifty at once with one key get one ticket.
func TestTwins(t *testing.T) {
	h := newHall(t, options{demo: true})
	body := `{"service":"` + h.service(0) + `"}`
	answers := make(chan answer, 50)
	for range cap(answers) {
		go func() {
			a, err := h.try("POST", branchPath+"/tickets", "demo-kiosk", body, "Idempotency-Key", "same")
			if err != nil {
				t.Error(err)
			}
			answers <- a
		}()
	}
	created, bodies := 0, map[string]bool{}
	for range cap(answers) {
		a := <-answers
		if a.status == 201 {
			created++
		} else if a.status != 200 {
			t.Errorf("%d %s", a.status, a.raw)
		}
		bodies[a.raw] = true
	}
	if created != 1 || len(bodies) != 1 {
		t.Errorf("%d created, %d bodies", created, len(bodies))
	}
}

func TestLimits(t *testing.T) {
	h := newHall(t, options{demo: true})
	for range 5 {
		expect(t, h.get("/api/v1/dossiers/H29.1", "demo-display"), 404, "unknown_dossier")
	}
	late := h.get("/api/v1/dossiers/H29.1", "demo-display")
	expect(t, late, 429, "too_many_requests")
	if late.header.Get("Retry-After") != "600" {
		t.Errorf("Retry-After %q", late.header.Get("Retry-After"))
	}
	expect(t, h.get("/api/v1/dossiers/H29.1", "demo-kiosk"), 404, "unknown_dossier") // another device
	h.clock.step(10*time.Minute + time.Second)
	expect(t, h.get("/api/v1/dossiers/H29.1", "demo-display"), 404, "unknown_dossier")

	last := answer{}
	for i := range 100 {
		if last = h.get(branchPath, fmt.Sprint("guess-", i)); last.status == 429 {
			break
		}
	}
	expect(t, last, 429, "too_many_requests")
	if a := h.get(branchPath, "demo-kiosk"); a.status != 200 {
		t.Errorf("a valid key is refused with the wrong ones: %d", a.status)
	}
}

// The day is opened when a command finds it is not.
func TestDayOpensOnDemand(t *testing.T) {
	h := newHall(t, options{demo: true})
	before := h.take()
	old := h.connect("view=ticket&token=" + before.text("token"))
	old.next("ticket")
	board := h.board()
	snap := board.next("snapshot")
	h.clock.step(24 * time.Hour)
	after := h.take()
	if after.text("number") != before.text("number") || after.text("id") == before.text("id") || h.ensure.Load() != 1 {
		t.Errorf("%s\n%s", before.raw, after.raw)
	}
	var kinds []string
	for seq := snap.Seq + 1; len(kinds) == 0 || kinds[len(kinds)-1] != "ticket.taken"; seq++ {
		e := board.next("event")
		if e.Seq != seq {
			t.Fatalf("seq %d, want %d", e.Seq, seq)
		}
		kinds = append(kinds, e.Event.Kind)
	}
	if fmt.Sprint(kinds) != "[ticket.expired day.closed day.opened ticket.taken]" {
		t.Error(kinds)
	}
	// The old ticket answers until the next day's close.
	if a := h.get("/api/v1/tickets/"+before.text("token"), ""); a.status != 200 || a.text("state") != "expired" {
		t.Errorf("%d %s", a.status, a.raw)
	}
	if m := old.next("ticket"); m.Ticket.State != "expired" {
		t.Errorf("%s", m.raw)
	}
	expect(t, h.post("/api/v1/tickets/"+before.text("token")+"/cancel", "", "{}"), 409, "not_waiting")
}
