package api_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/staff"
	"motcua/server/wire"
)

const noticesPath = branchPath + "/notices"

const fire = `{"kind":"emergency","text":{"vi":"Cháy tại tầng 2, xin ra bằng cửa chính.","en":"Fire on floor 2."}}`

// announce makes a notice that must be new, a second after the last one.
func (h *hall) announce(key, body string) answer {
	h.t.Helper()
	h.clock.step(time.Second)
	a := h.post(noticesPath, key, body)
	if a.status != 201 {
		h.t.Fatalf("%s: %d %s", body, a.status, a.raw)
	}
	return a
}

// kinds lists the notices a key is told of.
func (h *hall) kinds(key string) string {
	h.t.Helper()
	a := h.get(noticesPath, key)
	var list struct{ Items []queue.Notice }
	if err := json.Unmarshal([]byte(a.raw), &list); err != nil || a.status != 200 {
		h.t.Fatalf("%d %s", a.status, a.raw)
	}
	var kinds []string
	for _, n := range list.Items {
		kinds = append(kinds, string(n.Kind))
	}
	return strings.Join(kinds, " ")
}

// A notice is told once, and ended once, however often the request comes.
func TestNoticeRepeated(t *testing.T) {
	h := newHall(t, options{demo: true})
	first := h.post(noticesPath, "demo-admin", fire, "Idempotency-Key", "one")
	if first.status != 201 || first.text("by") == "" || first.text("id") == "" || first.text("at") != string(queue.MillisOf(morning)) {
		t.Fatalf("%d %s", first.status, first.raw)
	}
	again := h.post(noticesPath, "demo-admin", fire, "Idempotency-Key", "one")
	if again.status != 200 || again.raw != first.raw {
		t.Errorf("%d %s", again.status, again.raw)
	}
	expect(t, h.post(noticesPath, "demo-admin", `{"kind":"maintenance"}`, "Idempotency-Key", "one"), 422, "idempotency_key_reused")
	path := noticesPath + "/" + first.text("id") + "/end"
	ended := h.post(path, "demo-admin", "{}", "Idempotency-Key", "two")
	if ended.status != 200 || ended.text("ended") == "" || ended.text("ended_by") == "" || ended.text("id") != first.text("id") {
		t.Errorf("%d %s", ended.status, ended.raw)
	}
	if a := h.post(path, "demo-admin", "{}", "Idempotency-Key", "two"); a.status != 200 || a.raw != ended.raw {
		t.Errorf("%d %s", a.status, a.raw)
	}
	expect(t, h.post(path, "demo-admin", "{}"), 404, "unknown_notice")
	// What began long ago is answered as it was, and tells nothing anew.
	if a := h.post(noticesPath, "demo-admin", fire, "Idempotency-Key", "one"); a.status != 200 || a.raw != first.raw {
		t.Errorf("%d %s", a.status, a.raw)
	}
	if got := h.kinds("demo-admin"); got != "" {
		t.Errorf("%s stands", got)
	}
	if !strings.Contains(h.log.String(), "kind=emergency") {
		t.Error("the log does not tell of it")
	}
}

// While an emergency stands no number is given out, at once; those given before
// are still answered, and clerks go on.
func TestEmergencyStopsNumbers(t *testing.T) {
	h := newHall(t, options{demo: true})
	body := fmt.Sprintf(`{"service":%q}`, h.service(0))
	tickets := branchPath + "/tickets"
	before := h.post(tickets, "demo-kiosk", body, "Idempotency-Key", "before")
	booking := h.post(branchPath+"/bookings", "demo-kiosk", fmt.Sprintf(`{"service":%q,"at":%q}`, h.service(0), morning.Add(time.Hour).Format(time.RFC3339)))
	h.do(0, "open", "{}")
	phone := h.connect("view=ticket&token=" + before.text("token"))
	if m := phone.next("ticket"); strings.Contains(m.raw, "tầng 2") {
		t.Errorf("%s", m.raw)
	}
	id := h.announce("demo-admin", fire).text("id")
	for _, c := range []struct{ path, body string }{{tickets, body}, {branchPath + "/bookings/" + booking.text("code") + "/arrive", "{}"}} {
		a := h.post(c.path, "demo-kiosk", c.body)
		if a.status != 409 || a.code() != "service_closed" || a.text("detail") != "emergency" || !strings.Contains(a.text("title"), "khẩn cấp") {
			t.Errorf("%s: %d %s", c.path, a.status, a.raw)
		}
	}
	if a := h.post(tickets, "demo-kiosk", body, "Accept-Language", "en"); !strings.Contains(a.text("title"), "emergency") {
		t.Errorf("%s", a.raw)
	}
	if a := h.post(tickets, "demo-kiosk", body, "Idempotency-Key", "before"); a.status != 200 || a.raw != before.raw {
		t.Errorf("%d %s", a.status, a.raw)
	}
	for _, f := range h.push.Figures("hoabinh") {
		if f.Open || f.Reason != "emergency" || f.Opens != "" {
			t.Errorf("%+v", f)
		}
	}
	for _, service := range h.get(branchPath, "demo-kiosk").body["services"].([]any) {
		if service.(object)["open"] != false {
			t.Errorf("%v", service)
		}
	}
	h.clock.step(5 * time.Second) // a phone hears of it at most so often
	h.do(0, "call", "{}")
	if m := phone.next("ticket"); !strings.Contains(m.raw, "tầng 2") {
		t.Errorf("the phone is not told: %s", m.raw)
	}
	h.do(1, "open", "{}")
	h.do(1, "walk-in", fmt.Sprintf(`{"service":%q}`, h.service(0)))
	h.post(noticesPath+"/"+id+"/end", "demo-admin", "{}")
	if a := h.take(); a.text("number") != "A003" {
		t.Errorf("%s", a.raw)
	}
	if f := h.push.Figures("hoabinh")[0]; !f.Open || f.Reason != "" {
		t.Errorf("%+v", f)
	}
}

// A machine that asks for help again while nobody has come gets what stands.
func TestOneCallForHelp(t *testing.T) {
	h := newHall(t, options{demo: true})
	first := h.announce("demo-kiosk", `{"kind":"help"}`)
	again := h.post(noticesPath, "demo-kiosk", `{"kind":"help"}`, "Idempotency-Key", "again")
	if again.status != 200 || again.raw != first.raw {
		t.Errorf("%d %s", again.status, again.raw)
	}
	other := h.announce(h.kioskKey("Máy 2"), `{"kind":"help"}`)
	if other.text("id") == first.text("id") || other.text("by") != "Máy 2" {
		t.Errorf("%s", other.raw)
	}
	h.announce("demo-kiosk", `{"kind":"pace","count":4}`)
	if got := h.kinds("demo-desk"); got != "help help pace" {
		t.Errorf("%s", got)
	}
	if a := h.post(noticesPath+"/"+first.text("id")+"/end", "demo-desk", "{}"); a.status != 200 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	// The same request still means the notice it was answered with.
	if a := h.post(noticesPath, "demo-kiosk", `{"kind":"help"}`, "Idempotency-Key", "again"); a.status != 200 || a.raw != first.raw {
		t.Errorf("%d %s", a.status, a.raw)
	}
	if a := h.announce("demo-kiosk", `{"kind":"help"}`); a.text("id") == first.text("id") {
		t.Errorf("a new call is the old one: %s", a.raw)
	}
}

func (h *hall) kioskKey(name string) string {
	h.t.Helper()
	key, err := h.staff.Lend(staff.Key{Name: name, Role: staff.Kiosk, Branch: "hoabinh"})
	must(h.t, err)
	return key
}

func TestRightsOfNotices(t *testing.T) {
	h := newHall(t, options{demo: true})
	service := h.service(0)
	help := h.announce("demo-kiosk", `{"kind":"help"}`).text("id")
	info := h.announce("demo-admin", `{"kind":"info","text":{"vi":"Chiều nay nghỉ sớm."}}`).text("id")
	stranger := h.kioskKey("Máy 2")
	for _, c := range []struct {
		path, key, body string
		status          int
		code            string
	}{
		{"", "", fire, 401, "unauthorized"},
		{"", "demo-kiosk", fire, 403, "forbidden"},
		{"", "demo-desk", fire, 403, "forbidden"},
		{"", "demo-kiosk", `{"kind":"maintenance"}`, 403, "forbidden"},
		{"", "demo-kiosk", `{"kind":"info","text":{"vi":"a"}}`, 403, "forbidden"},
		{"", "demo-display", `{"kind":"help"}`, 403, "forbidden"},
		{"", "demo-device", `{"kind":"help"}`, 403, "forbidden"},
		{"/" + help + "/end", "demo-display", `{}`, 403, "forbidden"},
		{"/" + help + "/end", "demo-device", `{}`, 403, "forbidden"},
		{"/" + help + "/end", stranger, `{}`, 403, "forbidden"},
		{"/" + info + "/end", "demo-desk", `{}`, 403, "forbidden"},
		{"/" + info + "/end", "demo-kiosk", `{}`, 403, "forbidden"},
		{"/none/end", "demo-admin", `{}`, 404, "unknown_notice"},
		{"/%2e%2e/end", "demo-admin", `{}`, 404, "unknown_notice"},
		{"/" + help + "/end", "demo-admin", `{"why":"x"}`, 400, "unknown_field"},
		// Bodies.
		{"", "demo-admin", `{}`, 400, "bad_parameter"},
		{"", "demo-admin", `{"kind":"party"}`, 400, "bad_parameter"},
		{"", "demo-admin", `{"kind":1}`, 400, "bad_json"},
		{"", "demo-admin", `[]`, 400, "bad_json"},
		{"", "demo-admin", `{"kind":"emergency"}`, 400, "bad_parameter"},
		{"", "demo-admin", `{"kind":"emergency","text":{"en":"Fire"}}`, 400, "bad_parameter"},
		{"", "demo-admin", `{"kind":"emergency","text":{"vi":"   "}}`, 400, "bad_parameter"},
		{"", "demo-admin", `{"kind":"emergency","text":"Cháy"}`, 400, "bad_json"},
		{"", "demo-admin", `{"kind":"emergency","text":[]}`, 400, "bad_json"},
		{"", "demo-admin", `{"kind":"emergency","text":{"vi":"a","fr":"b"}}`, 400, "unknown_field"},
		{"", "demo-admin", `{"kind":"emergency","text":{"vi":"a\u0007"}}`, 400, "bad_parameter"},
		{"", "demo-admin", `{"kind":"emergency","text":{"vi":"` + strings.Repeat("ạ", 301) + `"}}`, 400, "bad_parameter"},
		{"", "demo-admin", `{"kind":"emergency","text":{"vi":"` + strings.Repeat("a", long) + `"}}`, 413, "body_too_large"},
		{"", "demo-admin", `{"kind":"emergency","text":{"vi":"a"},"machines":["m"]}`, 400, "bad_parameter"},
		{"", "demo-admin", `{"kind":"maintenance","machines":[""]}`, 400, "bad_parameter"},
		{"", "demo-admin", `{"kind":"maintenance","machines":[` + strings.Repeat(`"m",`, 50) + `"m"]}`, 400, "bad_parameter"},
		{"", "demo-kiosk", `{"kind":"help","text":{"vi":"a"}}`, 400, "bad_parameter"},
		{"", "demo-kiosk", `{"kind":"help","count":2}`, 400, "bad_parameter"},
		{"", "demo-kiosk", `{"kind":"pace","count":-1}`, 400, "bad_parameter"},
		{"", "demo-kiosk", `{"kind":"pace","count":1e9}`, 400, "bad_json"},
		{"", "demo-kiosk", `{"kind":"pace","count":2000}`, 400, "bad_parameter"},
		{"", "demo-kiosk", `{"kind":"person","service":"none"}`, 404, "unknown_service"},
		{"", "demo-kiosk", `{"kind":"help","id":"x"}`, 400, "unknown_field"},
		{"", "demo-kiosk", `{"kind":"help","by":"x"}`, 400, "unknown_field"},
	} {
		a := h.post(noticesPath+c.path, c.key, c.body)
		if a.status != c.status || a.code() != c.code {
			t.Errorf("%s as %q %.60s: %d %q, want %d %q", c.path, c.key, c.body, a.status, a.code(), c.status, c.code)
		}
	}
	expect(t, h.post("/api/v1/branches/nowhere/notices", "demo-kiosk", `{"kind":"help"}`), 404, "unknown_branch")
	expect(t, h.post(noticesPath, "demo-kiosk", `{"kind":"help"}`, "Idempotency-Key", ""), 400, "idempotency_key_missing")
	expect(t, h.get(noticesPath, "demo-device"), 403, "forbidden")
	h.announce("demo-kiosk", fmt.Sprintf(`{"kind":"person","service":%q}`, service))
	// Decomposed letters come back composed.
	a := h.announce("demo-admin", `{"kind":"info","text":{"vi":" Nghi\u0309 tru\u031ba "}}`)
	if !strings.Contains(a.raw, `"vi":"Nghỉ trưa"`) {
		t.Errorf("%s", a.raw)
	}
	// The kiosk that asked, and nobody else of its kind, may take it back.
	if a := h.post(noticesPath+"/"+help+"/end", "demo-kiosk", "{}"); a.status != 200 {
		t.Errorf("%d %s", a.status, a.raw)
	}
}

// What kiosks tell staff reaches no board and no phone, in no way.
func TestHallSeesNoStaffNotices(t *testing.T) {
	h := newHall(t, options{demo: true})
	token := h.take().text("token")
	h.get(branchPath, "demo-admin") // answered when the hall has heard of the ticket
	views := map[string]string{"board": "demo-display", "lookup": "demo-display", "counter": "demo-display", "rate": "demo-device",
		"device": "demo-device", "kiosk": "demo-kiosk", "desk": "demo-desk", "floor": "demo-desk"}
	screens := map[string]*screen{}
	for view, key := range views {
		screens[view] = h.connect("branch=hoabinh&view=" + view + "&key=" + key)
		screens[view].next("snapshot")
	}
	phone := h.connect("view=ticket&token=" + token)
	phone.next("ticket")
	var ids []string
	for _, body := range []string{`{"kind":"help"}`, `{"kind":"pace","count":5}`, fmt.Sprintf(`{"kind":"person","service":%q}`, h.service(1))} {
		ids = append(ids, h.announce("demo-kiosk", body).text("id"))
	}
	h.post(noticesPath+"/"+ids[0]+"/end", "demo-desk", "{}")
	h.announce("demo-admin", `{"kind":"maintenance","machines":["Máy 2"]}`)
	hides := func(where, raw string) {
		for _, id := range ids {
			if strings.Contains(raw, id) {
				t.Errorf("%s: %s", where, raw)
			}
		}
		if strings.Contains(raw, `"by"`) {
			t.Errorf("%s tells who: %s", where, raw)
		}
	}
	for view, s := range screens {
		inside := view == "kiosk" || view == "desk" || view == "floor"
		for n := range 5 {
			m := s.next("event")
			switch {
			case inside || n == 4:
				if m.Event.Kind != "notice.changed" || !strings.Contains(m.raw, `"notice":{"id":"`) {
					t.Errorf("%s: %s", view, m.raw)
				}
			case m.Event.Kind != wire.Other:
				t.Errorf("%s: %s", view, m.raw)
			}
			if !inside {
				hides(view, m.raw)
			}
		}
		again := h.connect("branch=hoabinh&view=" + view + "&key=" + views[view]).next("snapshot")
		if n := strings.Count(again.raw, `"kind":"pace"`) + strings.Count(again.raw, `"kind":"person"`) + strings.Count(again.raw, `"kind":"maintenance"`); n != 1 && !inside || n != 3 && inside {
			t.Errorf("%s has %d notices: %s", view, n, again.raw)
		}
		if !inside {
			hides(view, again.raw)
		}
	}
	h.clock.step(5 * time.Second)
	h.do(0, "open", "{}")
	h.do(0, "call", "{}")
	hides("phone", phone.next("ticket").raw)
	hides("phone", h.get("/api/v1/tickets/"+token, "").raw)
	hides("display", h.get(noticesPath, "demo-display").raw)
	if got := h.kinds("demo-display") + "|" + h.kinds("demo-kiosk"); got != "maintenance|pace person maintenance" {
		t.Error(got)
	}
}

// A fault outlives midnight, what was asked of the guide does not; and the one
// event more of each is in its place.
func TestNoticesOverMidnight(t *testing.T) {
	h := newHall(t, options{demo: true})
	h.announce("demo-kiosk", `{"kind":"help"}`)
	id := h.announce("demo-admin", fire).text("id")
	desk := h.connect("branch=hoabinh&view=desk&key=demo-desk")
	desk.next("snapshot")
	h.clock.step(24 * time.Hour)
	expect(t, h.post(branchPath+"/tickets", "demo-kiosk", fmt.Sprintf(`{"service":%q}`, h.service(0))), 409, "service_closed")
	must(h.t, h.ensureDay(t.Context(), "hoabinh"))
	h.push.Feed.Wake("hoabinh", 0)
	for _, want := range []string{"notice.changed", "day.closed", "day.opened"} {
		if m := desk.next("event"); m.Event.Kind != want {
			t.Errorf("%s, want %s", m.raw, want)
		}
	}
	if got := h.kinds("demo-desk"); got != "emergency" {
		t.Errorf("%s stands", got)
	}
	expect(t, h.post(branchPath+"/tickets", "demo-kiosk", fmt.Sprintf(`{"service":%q}`, h.service(0))), 409, "service_closed")
	if a := h.post(noticesPath+"/"+id+"/end", "demo-admin", "{}"); a.status != 200 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	h.take()
}

func TestHolidayIsNamed(t *testing.T) {
	h := newHall(t, options{demo: true, settings: func(s *queue.Settings) {
		s.Calendar = queue.ProductionSettings("hoabinh").Calendar
		s.Calendar.Holidays = []queue.Holiday{{From: "2026-11-23", Name: queue.Text{VI: "Ngày hội", EN: "Festival"}}}
	}})
	if a := h.get(branchPath, "demo-kiosk"); a.body["open"] != false {
		t.Errorf("%s", a.raw)
	}
	for _, f := range h.push.Figures("hoabinh") {
		if f.Reason != "holiday" || f.Holiday.VI != "Ngày hội" {
			t.Errorf("%+v", f)
		}
	}
	h.clock.step(24 * time.Hour)
	for _, f := range h.push.Figures("hoabinh") {
		if f.Holiday != (queue.Text{}) {
			t.Errorf("%+v", f)
		}
	}
}
