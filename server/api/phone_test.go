package api_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
)

func (h *hall) ticket(token string) answer {
	h.t.Helper()
	return h.get("/api/v1/tickets/"+token, "")
}

// Guessing a token is stopped; who holds a right one is not, from the same address.
func TestGuessingTokens(t *testing.T) {
	h := newHall(t, options{demo: true})
	token := h.take().text("token")
	if len(token) < 2+16 { // the tag, and 6 bits a letter
		t.Errorf("a token of %d letters", len(token))
	}
	var last answer
	n := 0
	for n < 400 && last.status != 429 {
		n++
		last = h.ticket(fmt.Sprintf("%s%020d", token[:2], n))
	}
	expect(t, last, 429, "too_many_requests")
	if n < 300 || last.header.Get("Retry-After") != "600" {
		t.Errorf("after %d wrong tokens: Retry-After %q", n, last.header.Get("Retry-After"))
	}
	if _, r, err := h.dial("view=ticket&token=" + token[:2] + strings.Repeat("x", 22)); err == nil || r.StatusCode != 429 || r.Header.Get("Retry-After") == "" {
		t.Errorf("a wrong token at the socket: %v", r)
	}
	if a := h.ticket(token); a.status != 200 {
		t.Errorf("the right token: %d", a.status)
	}
	h.connect("view=ticket&token=" + token).next("ticket")
	// One letter more or less, or another one, is another token.
	for _, wrong := range []string{token[:len(token)-1], token + "x", strings.ToUpper(token), token[:2] + "A" + token[3:]} {
		if a := h.ticket(wrong); wrong != token && a.status == 200 {
			t.Errorf("%s answers", wrong)
		}
	}
}

// The six characters: as people type them, and only so often wrong.
func TestShortCode(t *testing.T) {
	h := newHall(t, options{demo: true})
	mine := h.take()
	code := mine.text("code")
	find := func(key, code string) answer {
		return h.get("/api/v1/tickets?branch=hoabinh&code="+strings.ReplaceAll(code, " ", "%20"), key)
	}
	for _, typed := range []string{code, strings.ToLower(code), code[:3] + " " + code[3:], code[:3] + "-" + strings.ToLower(code[3:])} {
		if a := find("demo-display", typed); a.status != 200 || a.text("number") != mine.text("number") {
			t.Errorf("%q: %d %s", typed, a.status, a.raw)
		}
	}
	expect(t, h.get("/api/v1/tickets?branch=hoabinh&code="+code, ""), 401, "unauthorized")
	n := 0
	var last answer
	for n < 60 && last.status != 429 {
		n++
		last = find("demo-display", fmt.Sprintf("WRONG%d", n%10))
	}
	expect(t, last, 429, "too_many_requests")
	if n < 20 || last.header.Get("Retry-After") == "" {
		t.Errorf("after %d wrong codes: Retry-After %q", n, last.header.Get("Retry-After"))
	}
	// A code is short: were the right one let through, guessing could go on.
	expect(t, find("demo-display", code), 429, "too_many_requests")
	if a := find("demo-kiosk", code); a.status != 200 {
		t.Errorf("another device: %d", a.status)
	}
	h.clock.step(10*time.Minute + time.Second)
	if a := find("demo-display", code); a.status != 200 {
		t.Errorf("ten minutes later: %d", a.status)
	}
}

// No view of the hall, no other ticket's socket and no code for others tells a
// token or a short code, at rest and while everything happens.
func TestNobodyElseSeesTheToken(t *testing.T) {
	h := newHall(t, options{demo: true})
	other := h.take()
	mine := h.take()
	secrets := []string{mine.text("token"), mine.text("code")}
	keys := map[string]string{"board": "demo-display", "kiosk": "demo-kiosk", "lookup": "demo-display", "counter": "demo-display",
		"rate": "demo-device", "device": "demo-device", "desk": "demo-desk", "floor": "demo-admin"}
	views := map[string]*screen{"another phone": h.connect("view=ticket&token=" + other.text("token"))}
	for view, key := range keys {
		views[view] = h.connect("branch=hoabinh&view=" + view + "&key=" + key)
	}
	h.do(0, "open", "{}")
	h.do(0, "next", "{}")
	h.do(0, "serve", "{}")
	h.do(0, "next", "{}")
	h.do(0, "serve", "{}")
	h.clock.step(5 * time.Second) // a phone hears of what is not urgent every three
	h.do(0, "end", "{}")
	h.post("/api/v1/tickets/"+mine.text("token")+"/rating", "", `{"level":1}`)
	last := h.take()
	h.post("/api/v1/tickets/"+last.text("token")+"/cancel", "", "{}")
	for view, s := range views {
		for n := 0; ; n++ {
			m, err := s.read()
			if err != nil {
				t.Fatalf("%s after %d messages: %v", view, n, err)
			}
			for _, secret := range secrets {
				if strings.Contains(m.raw, secret) {
					t.Errorf("%s tells %q: %s", view, secret, m.raw)
				}
			}
			if m.Event.Kind == "ticket.cancelled" || view == "another phone" && m.Ticket.State == "ended" {
				break
			}
		}
	}
	for path, key := range map[string]string{branchPath: "demo-desk", branchPath + "/devices": "demo-admin", "/api/v1/tickets/" + other.text("token"): "",
		"/api/v1/tickets/" + other.text("token") + "/qr.svg": "", branchPath + "/prints": "demo-device"} {
		raw := h.get(path, key).raw
		for _, secret := range secrets {
			if strings.Contains(raw, secret) {
				t.Errorf("%s tells %q", path, secret)
			}
		}
	}
}

// What the page needs beside the state: until when a missed number can be called
// again, who is behind, promise, late sentence, notes, and the emergency.
func TestWhatThePhoneIsTold(t *testing.T) {
	h := newHall(t, options{demo: true, settings: func(s *queue.Settings) {
		s.Calendar = queue.ProductionSettings("x").Calendar
		s.Services[0].Promise = queue.Promise{Amount: 1, Unit: queue.HalfDays}
		s.Services[0].Late = queue.LateNote{From: "15:00", Text: queue.Text{VI: "Muộn rồi."}}
		s.Paper.Notes = []queue.Text{{VI: "Số có giá trị trong ngày."}}
	}})
	h.do(0, "open", "{}")
	mine := h.take()
	token := mine.text("token")
	for range 6 {
		h.take()
	}
	a := h.ticket(token)
	if a.body["behind"] != 5.0 || a.body["until"] != nil || a.body["late"] != nil {
		t.Errorf("waiting: %s", a.raw)
	}
	if !strings.Contains(a.raw, "Trả kết quả trong buổi") || !strings.Contains(a.raw, "Số có giá trị trong ngày.") {
		t.Errorf("waiting: %s", a.raw)
	}
	phone := h.connect("view=ticket&token=" + token)
	phone.next("ticket")
	h.do(0, "next", "{}")
	phone.next("ticket")
	h.do(0, "no-show", "{}")
	a = h.ticket(token)
	if a.text("state") != "no_show" || a.text("until") != "2026-11-23T11:30:00.000+07:00" {
		t.Errorf("missed: %s", a.raw)
	}
	// At noon the afternoon still comes; after work there is no hour to name.
	h.clock.step(3 * time.Hour)
	if a := h.ticket(token); a.text("until") != "2026-11-23T17:00:00.000+07:00" {
		t.Errorf("missed, at noon: %s", a.raw)
	}
	h.do(0, "reinstate", `{"number":"`+mine.text("number")+`"}`)
	if a := h.ticket(token); a.text("state") != "waiting" || a.body["again"] != true || a.body["moved"] != nil || a.body["until"] != nil {
		t.Errorf("reinstated: %s", a.raw)
	}
	h.do(0, "next", "{}")
	h.do(0, "serve", "{}")
	h.do(1, "open", "{}")
	h.do(0, "transfer", `{"counter":"`+h.counter(1)+`","place":"arrival"}`)
	if a := h.ticket(token); a.body["moved"] != true || a.body["again"] != nil || !strings.Contains(a.raw, `"area":["02"]`) {
		t.Errorf("transferred: %s", a.raw)
	}
	for _, late := range []bool{false, true} { // at 14:30, and at 15:00
		h.clock.step(150 * time.Minute)
		if late {
			h.clock.step(-2 * time.Hour)
		}
		if a := h.ticket(h.take().text("token")); strings.Contains(a.raw, "Muộn rồi.") != late {
			t.Errorf("late %v: %s", late, a.raw)
		}
	}
}

// An emergency reaches phones at once, over the socket and for those that ask.
func TestEmergencyOnPhones(t *testing.T) {
	h := newHall(t, options{demo: true})
	token := h.take().text("token")
	phone := h.connect("view=ticket&token=" + token)
	phone.next("ticket")
	h.clock.step(5 * time.Second)
	a := h.post(branchPath+"/notices", "demo-admin", `{"kind":"emergency","text":{"vi":"Mời rời sảnh."}}`)
	if a.status != 201 {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	for {
		if m := phone.next("ticket"); strings.Contains(m.raw, "Mời rời sảnh.") {
			break
		}
	}
	if a := h.ticket(token); !strings.Contains(a.raw, "Mời rời sảnh.") {
		t.Errorf("%s", a.raw)
	}
	if a := h.post(branchPath+"/notices/"+a.text("id")+"/end", "demo-admin", `{}`); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	if a := h.ticket(token); strings.Contains(a.raw, "notice") {
		t.Errorf("%s", a.raw)
	}
}

// A ticket ends with its day, for the phone that watches and for the one that
// asks, and is unknown when the next day has closed.
func TestTicketEndsWithTheDay(t *testing.T) {
	h := newHall(t, options{demo: true})
	token := h.take().text("token")
	phone := h.connect("view=ticket&token=" + token)
	phone.next("ticket")
	h.clock.step(24 * time.Hour)
	h.take() // opens the next day
	if m := phone.next("ticket"); m.Ticket.State != "expired" {
		t.Errorf("%s", m.raw)
	}
	if a := h.ticket(token); a.status != 200 || a.text("state") != "expired" {
		t.Errorf("%d %s", a.status, a.raw)
	}
	expect(t, h.post("/api/v1/tickets/"+token+"/delay", "", `{"people":1}`), 409, "not_waiting")
	h.clock.step(24 * time.Hour)
	h.take()
	expect(t, h.ticket(token), 404, "unknown_ticket")
}

// Without a base address tickets lead where the request came to; a request to the
// machine itself gets no code, since no phone would reach it.
func TestAddressOfTickets(t *testing.T) {
	h := newHall(t, options{demo: true})
	v := h.take()
	token, path := v.text("token"), "/api/v1/tickets/"+v.text("token")+"/qr.svg"
	key := h.agentKey("Máy 1")
	job := func(host string) (url string) {
		a := h.get(branchPath+"/prints/"+v.text("id"), key, "Host", host)
		var made struct{ URL, Code string }
		must(t, json.Unmarshal([]byte(a.raw), &made))
		if a.status != 200 || made.Code != v.text("code") {
			t.Errorf("%s: %d %s", host, a.status, a.raw)
		}
		return made.URL
	}
	if url := job("sanh.lan:8080"); url != "http://hall.test/t/"+token {
		t.Errorf("with a base address: %s", url)
	}
	h.server.BaseURL = ""
	for host, want := range map[string]string{"sanh.lan:8080": "http://sanh.lan:8080/t/" + token, "192.168.1.10": "http://192.168.1.10/t/" + token,
		"127.0.0.1:8080": "", "localhost": "", "[::1]:8080": "", "0.0.0.0:80": ""} {
		if url := job(host); url != want {
			t.Errorf("printed for %s: %q, want %q", host, url, want)
		}
		status := map[bool]int{true: 200, false: 404}[want != ""]
		if a := h.get(path, "", "Host", host); a.status != status {
			t.Errorf("QR code for %s: %d, want %d", host, a.status, status)
		}
	}
}
