package api_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"motcua/server/queue"
)

// office gives the hall ordinary hours, and the first service 3 numbers in the afternoon.
func office(s *queue.Settings) {
	s.Calendar = queue.ProductionSettings(s.ID).Calendar
	s.Services[0].Quota = map[string]int{"pm": 3}
	s.Booking = queue.BookingSetting{LateMinutes: 15, DaysAhead: 2}
}

// scannable is what the scanners' driver takes for the code of a ticket or a booking.
var scannable = regexp.MustCompile(`^[3467ACDEFGHJKMNPQRTWXY9]{6}$`)

// pass asks for one as a kiosk does.
func (h *hall) pass() string {
	h.t.Helper()
	a := h.post(branchPath+"/passes", "demo-kiosk", "{}")
	if a.status != 201 {
		h.t.Fatalf("no pass: %d %s", a.status, a.raw)
	}
	return "/api/v1/passes/" + a.text("pass")
}

// half finds a half-day in an answer with slots.
func half(a answer, day, id string) map[string]any {
	days, _ := a.body["days"].([]any)
	for _, d := range days {
		d := d.(map[string]any)
		for _, x := range d["halves"].([]any) {
			if x := x.(map[string]any); d["day"] == day && x["id"] == id {
				return x
			}
		}
	}
	return nil
}

// Every moment that a screen is shown can be booked, until the quota is used up.
func TestSlotsCanBeBooked(t *testing.T) {
	h := newHall(t, options{demo: true, settings: office})
	slots := func() answer { return h.get(branchPath+"/bookings/slots?service="+h.service(0), "demo-kiosk") }
	a := slots()
	if a.status != 200 || len(a.body["days"].([]any)) != 3 {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	am, pm := half(a, "2026-11-23", "am"), half(a, "2026-11-23", "pm")
	if am["left"] != nil || pm["left"] != 3.0 || am["at"].([]any)[0] != "2026-11-23T09:00:00.000+07:00" {
		t.Errorf("%v %v", am, pm)
	}
	for _, at := range am["at"].([]any) {
		if b := h.post(branchPath+"/bookings", "demo-kiosk", fmt.Sprintf(`{"service":%q,"at":%q}`, h.service(0), at)); b.status != 201 || b.text("half") != "am" {
			t.Errorf("%s was offered: %d %s", at, b.status, b.raw)
		}
	}
	// Booked for tomorrow afternoon: counted there and nowhere else.
	at := half(a, "2026-11-24", "pm")["at"].([]any)[0]
	book := fmt.Sprintf(`{"service":%q,"at":%q}`, h.service(0), at)
	for left := 2; left >= 0; left-- {
		h.post(branchPath+"/bookings", "demo-kiosk", book)
		a = slots()
		if got := half(a, "2026-11-24", "pm")["left"]; got != float64(left) || half(a, "2026-11-23", "pm")["left"] != 3.0 {
			t.Errorf("%v left, want %d: %s", got, left, a.raw)
		}
	}
	if n := len(half(a, "2026-11-24", "pm")["at"].([]any)); n != 0 {
		t.Errorf("%d moments of a full half-day are offered", n)
	}
	expect(t, h.post(branchPath+"/bookings", "demo-kiosk", book), 409, "quota_full")
	// Numbers taken in the half-day itself count as well.
	h.clock.step(5 * time.Hour)
	h.take()
	if got := half(slots(), "2026-11-23", "pm")["left"]; got != 2.0 {
		t.Errorf("%v left after a number was taken, want 2", got)
	}
}

func TestPassBooksOnce(t *testing.T) {
	h := newHall(t, options{demo: true, settings: office})
	a := h.post(branchPath+"/passes", "demo-desk", "{}", "Idempotency-Key", "gesture")
	set, _ := h.push.Feed.Settings("hoabinh")
	secret := a.text("pass")
	if a.status != 201 || !strings.HasPrefix(secret, set.Tag) || len(secret) != len(set.Tag)+22 ||
		a.text("url") != "http://hall.test/b/"+secret || a.text("until") != "2026-11-23T09:15:00.000+07:00" {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	if b := h.post(branchPath+"/passes", "demo-desk", "{}", "Idempotency-Key", "gesture"); b.status != 200 || b.raw != a.raw {
		t.Errorf("again: %d %s", b.status, b.raw)
	}
	pass := "/api/v1/passes/" + secret
	view := h.get(pass, "")
	if view.status != 200 || view.text("branch") != "hoabinh" || view.body["late"] != 15.0 || len(view.body["services"].([]any)) != len(set.Services) {
		t.Errorf("%d %s", view.status, view.raw)
	}
	expect(t, h.get(pass+"/code.svg", ""), 404, "unknown_booking")
	if link := h.get(pass+"/link.svg", ""); link.status != 200 || !strings.Contains(link.raw, "<svg") {
		t.Errorf("%d %.100s", link.status, link.raw)
	}
	slots := h.get(pass+"/slots?service="+h.service(0), "")
	at := half(slots, "2026-11-23", "am")["at"].([]any)[1]
	body := fmt.Sprintf(`{"service":%q,"at":%q}`, h.service(0), at)
	// A refusal uses nothing up; a priority is not for the phone to claim.
	expect(t, h.post(pass+"/booking", "", fmt.Sprintf(`{"service":%q,"at":"2026-11-23T12:00:00+07:00"}`, h.service(0))), 409, "service_closed")
	expect(t, h.post(pass+"/booking", "", fmt.Sprintf(`{"service":%q,"at":%q,"priority":"NCT"}`, h.service(0), at)), 400, "unknown_field")
	expect(t, h.post(pass+"/booking", "", body, "Idempotency-Key", ""), 400, "idempotency_key_missing")
	made := h.post(pass+"/booking", "", body, "Idempotency-Key", "k1")
	if made.status != 201 || made.text("at") != at || !scannable.MatchString(made.text("code")) {
		t.Fatalf("%d %s", made.status, made.raw)
	}
	if again := h.post(pass+"/booking", "", body, "Idempotency-Key", "k1"); again.status != 200 || again.raw != made.raw {
		t.Errorf("the same request again: %d %s", again.status, again.raw)
	}
	expect(t, h.post(pass+"/booking", "", strings.Replace(body, "09:30", "10:00", 1), "Idempotency-Key", "k1"), 422, "idempotency_key_reused")
	expect(t, h.post(pass+"/booking", "", body), 409, "pass_used")
	if code := h.get(pass+"/code.svg", ""); code.status != 200 || !strings.Contains(code.raw, "<svg") {
		t.Errorf("%d %.100s", code.status, code.raw)
	}
	// The page may be opened again all day, and tells what became of it.
	h.clock.step(20 * time.Minute)
	state := func() string {
		b, _ := h.get(pass, "").body["booking"].(map[string]any)
		s, _ := b["state"].(string)
		return s
	}
	if got := state(); got != "booked" {
		t.Errorf("the pass shows %q", got)
	}
	arrived := h.post(branchPath+"/bookings/"+made.text("code")+"/arrive", "demo-kiosk", "{}")
	if arrived.status != 201 || arrived.text("number") != "A001" {
		t.Errorf("%d %s", arrived.status, arrived.raw)
	}
	if got := state(); got != "arrived" {
		t.Errorf("the pass shows %q", got)
	}
	h.clock.step(24 * time.Hour)
	expect(t, h.get(pass, ""), 404, "unknown_pass")
}

// A pass lives a quarter of an hour, and so many are kept and no more.
func TestPassesEnd(t *testing.T) {
	h := newHall(t, options{demo: true})
	old := h.pass()
	h.clock.step(15*time.Minute - time.Second)
	if a := h.get(old, ""); a.status != 200 {
		t.Errorf("before its time is over: %d %s", a.status, a.raw)
	}
	first := h.pass()
	h.clock.step(time.Second)
	expect(t, h.get(old, ""), 404, "unknown_pass")
	expect(t, h.post(old+"/booking", "", "{}"), 404, "unknown_pass")
	for range 999 {
		h.pass()
	}
	if a := h.get(first, ""); a.status != 200 {
		t.Errorf("one of a thousand: %d %s", a.status, a.raw)
	}
	last := h.pass()
	expect(t, h.get(first, ""), 404, "unknown_pass")
	if a := h.get(last, ""); a.status != 200 {
		t.Errorf("the newest: %d %s", a.status, a.raw)
	}
}

// Guessing passes is stopped, as guessing tokens is.
func TestGuessedPassesAreCounted(t *testing.T) {
	h := newHall(t, options{demo: true})
	good := h.pass()
	for i := range 301 {
		a := h.get(fmt.Sprintf("/api/v1/passes/hb%022d", i), "")
		if want := 404; i < 300 && a.status != want {
			t.Fatalf("guess %d: %d %s", i, a.status, a.raw)
		} else if i == 300 {
			expect(t, a, 429, "too_many_requests")
		}
	}
	if a := h.get(good, ""); a.status != 200 {
		t.Errorf("who holds a pass is not held up: %d %s", a.status, a.raw)
	}
}

// Many at once with one pass: one booking.
func TestPassRaces(t *testing.T) {
	h := newHall(t, options{demo: true})
	pass := h.pass()
	var busy sync.WaitGroup
	answers := make([]answer, 16)
	for i := range answers {
		busy.Go(func() {
			body := fmt.Sprintf(`{"service":%q,"at":"2026-11-23T1%d:00:00+07:00"}`, h.service(i%2), i%8)
			answers[i], _ = h.try(http.MethodPost, pass+"/booking", "", body)
		})
	}
	busy.Wait()
	made := 0
	for _, a := range answers {
		switch {
		case a.status == 201:
			made++
		case a.code() != "pass_used":
			t.Errorf("%d %s", a.status, a.raw)
		}
	}
	bookings := 0
	h.push.Feed.View("hoabinh", func(s *queue.State, _ *queue.Settings) { bookings = len(s.Bookings) })
	if made != 1 || bookings != 1 {
		t.Errorf("%d answers and %d bookings", made, bookings)
	}
}

// Early, late and on the wrong day.
func TestBookedVisitors(t *testing.T) {
	h := newHall(t, options{demo: true, settings: office})
	book := func(at string) string {
		a := h.post(branchPath+"/bookings", "demo-kiosk", fmt.Sprintf(`{"service":%q,"at":%q}`, h.service(0), at))
		if a.status != 201 {
			t.Fatalf("%s: %d %s", at, a.status, a.raw)
		}
		return branchPath + "/bookings/" + a.text("code") + "/arrive"
	}
	early, tomorrow, never := book("2026-11-23T10:00:00+07:00"), book("2026-11-24T08:00:00+07:00"), book("2026-11-23T14:00:00+07:00")
	expect(t, h.post(tomorrow, "demo-kiosk", "{}"), 409, "booking_over")
	if a := h.post(early, "demo-kiosk", "{}"); a.status != 201 {
		t.Errorf("an hour early: %d %s", a.status, a.raw)
	}
	expect(t, h.post(early, "demo-kiosk", "{}"), 409, "booking_over")
	pass := h.pass()
	h.post(pass+"/booking", "", fmt.Sprintf(`{"service":%q,"at":"2026-11-23T14:30:00+07:00"}`, h.service(0)))
	h.clock.step(23 * time.Hour) // Tuesday at eight: the days before close, the new one opens
	if a := h.post(tomorrow, "demo-kiosk", "{}"); a.status != 201 {
		t.Errorf("on its day: %d %s", a.status, a.raw)
	}
	if a := h.post(never, "demo-kiosk", "{}"); a.code() != "booking_over" && a.code() != "unknown_booking" {
		t.Errorf("the day after: %d %s", a.status, a.raw)
	}
	expect(t, h.get(pass, ""), 404, "unknown_pass")
}

// Passes and codes stay out of the log, and every page of a pass is the same.
func TestPassLeavesNoTrace(t *testing.T) {
	h := newHall(t, options{demo: true})
	pass := h.pass()
	secret := strings.TrimPrefix(pass, "/api/v1/passes/")
	body := fmt.Sprintf(`{"service":%q,"at":"2026-11-23T10:00:00+07:00"}`, h.service(0))
	made := h.post(pass+"/booking", "", body)
	for _, path := range []string{pass, pass + "/slots?service=ho-tich", pass + "/link.svg", pass + "/code.svg", "/b/" + secret, "/b/" + secret + "/"} {
		h.get(path, "")
	}
	if a := h.get("/b/"+secret, ""); a.status != 200 || !strings.Contains(a.raw, `content="hoabinh"`) {
		t.Errorf("%d %s", a.status, a.raw)
	}
	if a := h.get("/b/nobody", ""); a.status != 200 || !strings.Contains(a.raw, `content=""`) {
		t.Errorf("%d %s", a.status, a.raw)
	}
	log := h.log.String()
	if strings.Contains(log, secret) || strings.Contains(log, made.text("code")) || !strings.Contains(log, "/passes/-/slots") {
		t.Errorf("the log:\n%s", log)
	}
	if !regexp.MustCompile(`^[A-Za-z0-9_-]{24}$`).MatchString(secret) {
		t.Errorf("%q", secret)
	}
}
