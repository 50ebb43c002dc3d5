package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"motcua/server/api"
	"motcua/server/staff"
)

// agentKey makes a key for an agent at some counters.
func (h *hall) agentKey(name string, counters ...string) string {
	h.t.Helper()
	key, err := h.staff.Lend(staff.Key{Name: name, Role: staff.Agent, Branch: "hoabinh", Counters: counters})
	must(h.t, err)
	return key
}

func (h *hall) at() string { return h.clock.Now().Format(time.RFC3339Nano) }

func (h *hall) press(key, id, counter, do string, level int, at string) answer {
	return h.post(branchPath+"/reports", key,
		fmt.Sprintf(`{"at":%q,"press":{"device":"keypads:1","counter":%q,"do":%q,"level":%d,"boot":1,"seq":1}}`, at, counter, do, level),
		"Idempotency-Key", id)
}

const ready = `{"at":%q,"device":{"id":"printer","kind":"printer","state":%q,"profile":"generic-80","verified":"guess"}}`

func (h *hall) tellPrinter(key, state string) answer {
	return h.post(branchPath+"/reports", key, fmt.Sprintf(ready, h.at(), state))
}

// A press walks the same road as a click, and counts once however often it comes.
func TestPressesCountOnce(t *testing.T) {
	h := newHall(t, options{demo: true})
	key := h.agentKey("Máy 1", h.counter(0))
	for range 3 { // opens, then calls, then serves: the big button
		h.take()
	}
	desk := h.connect("branch=hoabinh&view=desk&key=demo-desk")
	desk.next("snapshot")
	for i, want := range []string{"counter.opened", "ticket.called", "ticket.serving", "ticket.called"} {
		a := h.press(key, fmt.Sprint("p", i), h.counter(0), "next", 0, h.at())
		if a.status != 200 {
			t.Fatalf("press %d: %d %s", i, a.status, a.raw)
		}
		again := h.press(key, fmt.Sprint("p", i), h.counter(0), "next", 0, h.at())
		if again.raw != a.raw {
			t.Errorf("press %d counted twice: %s then %s", i, a.raw, again.raw)
		}
		desk.until(want)
	}
	if a := h.press(key, "other", h.counter(1), "next", 0, h.at()); a.status != 403 {
		t.Errorf("a press at a counter that is not the agent's: %d", a.status)
	}
	if a := h.press("demo-device", "x", h.counter(0), "next", 0, h.at()); a.status != 403 {
		t.Errorf("a rating tablet may not call: %d", a.status)
	}
}

// What was pressed while the line was away is judged by its own moment.
func TestLatePresses(t *testing.T) {
	h := newHall(t, options{demo: true})
	key := h.agentKey("Máy 1")
	h.take()
	h.do(0, "open", "{}")
	h.do(0, "next", "{}")
	h.do(0, "serve", "{}")
	before := h.at()
	h.clock.step(time.Minute)
	h.do(0, "end", "{}")
	h.clock.step(5 * time.Second)
	pressed := h.at()
	h.clock.step(time.Hour)
	if a := h.press(key, "early", h.counter(0), "rate", 1, before); a.status != 409 || a.text("code") != "nothing_to_rate" {
		t.Errorf("a press before the end: %s", a.raw)
	}
	if a := h.press(key, "late", h.counter(0), "rate", 1, h.at()); a.status != 409 {
		t.Errorf("a press an hour later: %s", a.raw)
	}
	if a := h.press(key, "kept", h.counter(0), "rate", 2, pressed); a.status != 200 {
		t.Errorf("a press in time that was on its way for an hour: %s", a.raw)
	}
	if a := h.press(key, "kept", h.counter(0), "rate", 2, pressed); a.status != 200 {
		t.Errorf("the same again: %s", a.raw)
	}
	if a := h.press(key, "kept", h.counter(0), "rate", 2, h.at()); a.status != 200 {
		t.Errorf("the same press, read again a little later: %s", a.raw)
	}
	if a := h.press(key, "kept", h.counter(0), "rate", 1, pressed); a.status != 422 {
		t.Errorf("another press under the same name: %s", a.raw)
	}
	if a := h.press(key, "call", h.counter(0), "next", 0, pressed); a.status != 409 || a.text("code") != "too_late" {
		t.Errorf("a call of an hour ago: %s", a.raw)
	}
}

// A printer's state and what became of tickets reach the screens that need them.
func TestDevicesAndPrints(t *testing.T) {
	h := newHall(t, options{demo: true})
	key := h.agentKey("Máy 1")
	kiosk, desk, board := h.connect("branch=hoabinh&view=kiosk&key=demo-kiosk"), h.connect("branch=hoabinh&view=desk&key=demo-desk"), h.connect("branch=hoabinh&view=board&key=demo-display")
	for _, s := range []*screen{kiosk, desk, board} {
		s.next("snapshot")
	}
	if a := h.tellPrinter(key, "paper_out"); a.status != 200 {
		t.Fatal(a.raw)
	}
	for name, s := range map[string]*screen{"kiosk": kiosk, "desk": desk} {
		if raw := s.next("event").raw; !strings.Contains(raw, "Máy 1/printer") || !strings.Contains(raw, "paper_out") {
			t.Errorf("%s sees %s", name, raw)
		}
	}
	if raw := board.next("event").raw; !strings.Contains(raw, "other") || strings.Contains(raw, "Máy") {
		t.Errorf("a board sees %s", raw)
	}
	if a := h.tellPrinter(key, "paper_out"); a.body["seq"] != 0.0 {
		t.Errorf("the same state is news: %s", a.raw)
	}
	ticket := h.take()
	job := h.get(branchPath+"/prints/"+ticket.text("id"), key)
	if job.status != 200 || job.text("number") != ticket.text("number") || !strings.HasSuffix(job.text("url"), ticket.text("token")) {
		t.Errorf("%s", job.raw)
	}
	if a := h.get(branchPath+"/prints", key); a.status != 200 || strings.Contains(a.raw, ticket.text("token")) || !strings.Contains(a.raw, `"lang":"en"`) {
		t.Errorf("sample jobs: %s", a.raw)
	}
	if a := h.get(branchPath+"/prints/"+ticket.text("id"), "demo-display"); a.status != 403 {
		t.Errorf("a display may see a ticket's secrets: %d", a.status)
	}
	result := fmt.Sprintf(`{"at":%q,"print":{"job":%q,"visit":%q,"device":"printer","state":"unknown"}}`, h.at(), ticket.text("id"), ticket.text("id"))
	if a := h.post(branchPath+"/reports", key, result); a.status != 200 {
		t.Errorf("%s", a.raw)
	}
	if raw := desk.until("ticket.print_failed").raw; !strings.Contains(raw, "unknown") {
		t.Errorf("the desk sees %s", raw)
	}
	again := h.connect("branch=hoabinh&view=desk&key=demo-desk")
	if raw := again.next("snapshot").raw; !strings.Contains(raw, `"print":"unknown"`) || !strings.Contains(raw, "Máy 1/printer") {
		t.Errorf("a new desk sees %s", raw)
	}
	body := fmt.Sprintf(`{"number":%q}`, ticket.text("number"))
	if a := h.post(branchPath+"/prints", "demo-desk", body); a.status != 409 || a.text("code") != "no_printer" {
		t.Errorf("printed on a printer without paper: %s", a.raw)
	}
	h.tellPrinter(key, "ready")
	a := h.post(branchPath+"/prints", "demo-desk", body, "Idempotency-Key", "again")
	b := h.post(branchPath+"/prints", "demo-desk", body, "Idempotency-Key", "again")
	if a.status != 202 || a.text("job") != ticket.text("id")+".1" || b.raw != a.raw {
		t.Errorf("%d %s then %s", a.status, a.raw, b.raw)
	}
	c := h.post(branchPath+"/prints", "demo-desk", body)
	if c.text("job") != ticket.text("id")+".2" {
		t.Errorf("%s", c.raw)
	}
	// The visitor had no copy left: two were made already.
	if d := h.post("/api/v1/tickets/"+ticket.text("token")+"/print", "demo-kiosk", "{}"); d.status != 409 || d.text("code") != "too_many_copies" {
		t.Errorf("%s", d.raw)
	}
}

// An agent that stays away is missed, its devices with it.
func TestAgentsAreMissed(t *testing.T) {
	h := newHall(t, options{demo: true})
	key := h.agentKey("Máy 1")
	socket := h.connect("branch=hoabinh&view=device&key=" + key)
	socket.next("snapshot")
	h.tellPrinter(key, "ready")
	h.server.MissAgents()
	state := func() string { return fmt.Sprint(h.get(branchPath+"/devices", "demo-desk").body["devices"]) }
	h.clock.step(time.Minute)
	h.server.MissAgents()
	if !strings.Contains(state(), "state:ready") {
		t.Errorf("an agent with a socket is missed: %s", state())
	}
	socket.conn.Close()
	deadline := time.Now().Add(10 * time.Second)
	for !strings.Contains(state(), "state:offline") && time.Now().Before(deadline) {
		h.clock.step(time.Minute) // the server may not have seen the close yet
		h.server.MissAgents()
		time.Sleep(5 * time.Millisecond)
	}
	if !strings.Contains(state(), "state:offline") {
		t.Errorf("an agent that went away: %s", state())
	}
}

func TestPairingOverHTTP(t *testing.T) {
	h := newHall(t, options{demo: true})
	p := h.post("/api/v1/pairings", "", `{"name":"Máy 1","kind":"agent","branch":"hoabinh"}`)
	if p.status != 201 || p.text("code") == "" {
		t.Fatal(p.raw)
	}
	if a := h.post("/api/v1/pairings", "", `{"name":"Máy 2","kind":"agent","branch":"hoabihn"}`); a.status != 404 || a.text("code") != "unknown_branch" {
		t.Errorf("a pairing for a branch that is not there: %s", a.raw)
	}
	claim := func() answer { return h.get("/api/v1/pairings/"+p.text("id"), p.text("secret")) }
	if a := claim(); a.text("state") != "waiting" {
		t.Error(a.raw)
	}
	if a := h.get("/api/v1/pairings", "demo-desk"); a.status != 403 {
		t.Errorf("a clerk sees pairings: %d", a.status)
	}
	if a := h.get("/api/v1/pairings", "demo-admin"); !strings.Contains(a.raw, p.text("code")) || strings.Contains(a.raw, p.text("secret")) {
		t.Error(a.raw)
	}
	approve := "/api/v1/pairings/" + strings.ToLower(p.text("code")) + "/approve"
	for body, want := range map[string]int{`{"role":"admin"}`: 400, `{"role":"agent","branch":"nowhere"}`: 404, `{"role":"agent","branch":"hoabinh","counters":["99"]}`: 404} {
		if a := h.post(approve, "demo-admin", body); a.status != want {
			t.Errorf("%s: %d", body, a.status)
		}
	}
	if a := h.post(approve, "demo-admin", `{"role":"agent","branch":"hoabinh","counters":["1"]}`); a.status != 200 {
		t.Fatal(a.raw)
	}
	got := claim()
	if got.text("state") != "approved" || got.text("key") == "" {
		t.Fatal(got.raw)
	}
	if me := h.get("/api/v1/me", got.text("key")); me.text("name") != "Máy 1" || me.text("role") != "agent" {
		t.Error(me.raw)
	}
	if a := claim(); a.status != 404 {
		t.Errorf("the key is handed out after its first use: %s", a.raw)
	}
	if a := h.get(branchPath+"/day-key", got.text("key")); a.status != 404 { // this hall has none
		t.Error(a.raw)
	}
}

// FuzzReport: no report makes the reader fail in a way of its own.
func FuzzReport(f *testing.F) {
	f.Add([]byte(`{"at":"2026-11-23T09:00:00+07:00","press":{"device":"k:1","counter":"1","do":"rate","level":1}}`))
	f.Add([]byte(`{"at":"2026-11-23T09:00:00+07:00","print":{"job":"a","visit":"a","device":"p","state":"printed"}}`))
	f.Add([]byte(fmt.Sprintf(ready, "2026-11-23T09:00:00+07:00", "ready")))
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := api.ReportInput(body)
		if err == nil && r.Press == nil && r.Print == nil && r.Device == nil {
			t.Errorf("%q is a report of nothing", body)
		}
	})
}
