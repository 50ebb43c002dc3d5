package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"motcua/server/queue"
)

// bookedCode is a code as kiosks read it.
const bookedCode = `/^[3467ACDEFGHJKMNPQRTWXY9]{6}$/`

// pass asks for permission to book, as a kiosk does.
func (h *hall) pass() string {
	h.t.Helper()
	var made struct{ Pass, URL, Until string }
	if status := h.ask("POST", "demo-kiosk", branchPath+"/passes", struct{}{}, &made); status != http.StatusCreated {
		h.t.Fatalf("no pass: status %d", status)
	}
	return made.Pass
}

// asks waits for a question of the booking page.
func (s *screen) asks(words string) {
	s.t.Helper()
	s.sees("main h1", words)
}

// bookFirst goes through the booking page by touch: the first half-day, its
// first time. It gives the code and what the page said of the time.
func (s *screen) bookFirst(service string, words func(string, ...string) string, each func(step string)) (code, when string) {
	s.t.Helper()
	s.asks(words("b.service"))
	each("service")
	s.press(".option", service)
	s.asks(words("b.when"))
	each("half")
	s.press(".halves .option", "")
	s.asks(words("b.time"))
	each("time")
	s.press(".times .option", "")
	s.asks(words("b.sure"))
	each("sure")
	when = s.text("main .what")
	s.press("button.go", words("b.yes"))
	s.asks(words("b.done"))
	s.until("the QR code", `document.querySelector('.booked img').complete && document.querySelector('.booked img').naturalWidth > 0`, patience)
	each("done")
	if got := s.text(".booked .when"); got != when {
		s.t.Errorf("asked for %q and booked %q", when, got)
	}
	return s.text(".booked .code"), when
}

// TestBookByPhone: a pass becomes a booking, which survives a reload and a
// restart of the server, and is exchanged for a ticket with the booked place.
func TestBookByPhone(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	first := h.take("ho-tich")
	pass := h.pass()
	phone := h.open(t, "/b/"+pass, phoneSize)
	code, when := phone.bookFirst("Hộ tịch", vi, func(string) {})
	if !eval[bool](phone, fmt.Sprintf(`%s.test(%q)`, bookedCode, code)) {
		t.Errorf("the code is %q", code)
	}
	if title := eval[string](phone, `document.title`); !strings.Contains(title, code) || !strings.Contains(title, when) {
		t.Errorf("the title is %q", title)
	}
	phone.do(chromedp.Reload())
	phone.sees(".booked .code", code)

	// The kiosk's scanner sends the code.
	var view struct {
		Booking struct{ Day, At string }
	}
	h.ask("GET", "", "/api/v1/passes/"+pass, nil, &view)
	var got ticket
	status := h.ask("POST", "demo-kiosk", branchPath+"/bookings/"+code+"/arrive", struct{}{}, &got)
	if view.Booking.Day == time.Now().In(time.FixedZone("", 7*3600)).Format(time.DateOnly) {
		later := h.take("ho-tich")
		if status != http.StatusCreated || got.Ahead != 1 {
			t.Fatalf("arriving: status %d, %+v", status, got)
		}
		// Whoever is early waits for the booked time: a number taken meanwhile comes first.
		h.verb("1", "open", nil)
		for _, want := range []string{first.Number, later.Number, got.Number} {
			if called := h.verb("1", "call", nil); called.Number != want {
				t.Errorf("%s is called, want %s", called.Number, want)
			}
			h.verb("1", "serve", nil)
			h.verb("1", "end", nil)
		}
		phone.do(chromedp.Reload())
		phone.asks(vi("b.arrived"))
		return
	}
	if status != http.StatusConflict { // booked for tomorrow: it is nearly midnight
		t.Errorf("arriving on the wrong day: status %d", status)
	}
}

// TestBookingSurvivesServer: the server forgets its passes with a restart, the
// phone keeps what it booked; a page that has booked nothing says what to do.
func TestBookingSurvivesServer(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	phone, idle := h.open(t, "/b/"+h.pass(), phoneSize), h.open(t, "/b/"+h.pass(), phoneSize)
	for _, s := range []*screen{phone, idle} {
		s.pardon("404") // the browser writes what it was answered
	}
	code, _ := phone.bookFirst("Chứng thực", vi, func(string) {})
	idle.asks(vi("b.service"))
	h.kill()
	h.start()
	h.ready()
	phone.do(chromedp.Reload())
	phone.sees(".booked .code", code)
	idle.press(".option", "Chứng thực")
	idle.asks(vi("b.end"))
	idle.shot("end")
	idle.clean("expired pass")
}

// TestBookingFillsUp: somebody else takes the last number of a day while one
// makes up one's mind.
func TestBookingFillsUp(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(func(s *queue.Settings) { s.Services[2].Quota = map[string]int{"day": 1} })
	phone := h.open(t, "/b/"+h.pass(), phoneSize)
	phone.pardon("409")
	phone.asks(vi("b.service"))
	phone.press(".option", "Đất đai")
	phone.sees(".halves .option", vi("b.left", "n", "1"))
	phone.press(".halves .option", vi("b.left", "n", "1"))
	phone.press(".times .option", "")
	phone.asks(vi("b.sure"))
	tomorrow := time.Now().Add(24 * time.Hour)
	for _, at := range []time.Time{time.Now().Add(time.Minute), tomorrow} { // whichever day the phone has chosen
		h.ask("POST", "demo-kiosk", branchPath+"/bookings", map[string]any{"service": "dat-dai", "at": at.Format(time.RFC3339)}, nil)
	}
	phone.press("button.go", vi("b.yes"))
	phone.sees(".note", vi("b.taken"))
	phone.asks(vi("b.when"))
	phone.sees(".option:disabled", vi("b.full"))
	phone.clean("a full half-day")
	phone.shot("full")
	phone.press(".option:enabled", "")
	phone.press(".times .option", "")
	phone.press("button.go", vi("b.yes"))
	phone.asks(vi("b.done"))
}

// TestBookingGoesBack: the phone's own back key leads one question back, and the
// focus with it.
func TestBookingGoesBack(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	phone := h.open(t, "/b/"+h.pass(), phoneSize)
	phone.asks(vi("b.service"))
	phone.press(".option", "Đất đai")
	phone.asks(vi("b.when"))
	phone.press(".halves .option", "")
	phone.asks(vi("b.time"))
	eval[any](phone, `history.back(); 0`)
	phone.asks(vi("b.when"))
	phone.press("button.wide", vi("b.back"))
	phone.asks(vi("b.service"))
	if focus := eval[string](phone, `document.activeElement.tagName`); focus != "H1" {
		t.Errorf("the focus is on %s", focus)
	}
}

// TestAxeBooking looks at every step, in both languages and with large letters.
func TestAxeBooking(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	inBothLanguages(t, func(t *testing.T, lang string) {
		words := vi
		if lang == "en" {
			words = en
		}
		for _, large := range []bool{false, true} {
			name := map[bool]string{false: "normal", true: "large"}[large]
			phone := h.open(t, "/b/"+h.pass(), phoneSize)
			phone.asks(vi("b.service"))
			inEnglish(phone, lang, ".hall button")
			if large {
				eval[any](phone, `document.documentElement.style.setProperty('font-size', '200%'); 0`)
			}
			phone.bookFirst(map[string]string{"vi": "Hộ tịch", "en": "Civil"}[lang], words, func(step string) {
				phone.clean(step)
				phone.shot(name + "-" + step)
				if wide := eval[int](phone, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
					t.Errorf("%s, %s: %d pixels stand over the edge", name, step, wide)
				}
			})
		}
	})
}

// TestBookAtTheDesk: the guide books for a visitor, who photographs the code.
func TestBookAtTheDesk(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	inBothLanguages(t, func(t *testing.T, lang string) {
		desk := h.desk(t, "1")
		inEnglish(desk, lang, ".top .lang")
		desk.press(".side [data-verb=book]", "")
		desk.until("times to choose from", `document.querySelector('dialog input[name=at]')`, patience)
		desk.clean("asking for a booking")
		desk.shot("ask")
		desk.press("dialog button[type=submit]", "")
		desk.until("the code", fmt.Sprintf(`%s.test(document.querySelector('dialog .booked b')?.textContent)`, bookedCode), patience)
		desk.until("the QR code", `document.querySelector('dialog .booked img').naturalWidth > 0`, patience)
		code := desk.text("dialog .booked b")
		if tell := desk.text("dialog .tell"); !strings.Contains(tell, code) {
			t.Errorf("the guide is told %q", tell)
		}
		if side := eval[float64](desk, `document.querySelector('dialog .booked img').getBoundingClientRect().width`); side < 200 {
			t.Errorf("the code is %v pixels wide", side)
		}
		desk.clean("the code of a booking")
		desk.shot("code")
		desk.press("dialog button[type=submit]", "")
		desk.until("the desk again", `!document.querySelector('dialog[open]')`, patience)
		if status := h.ask("POST", "demo-kiosk", branchPath+"/bookings/"+code+"/arrive", struct{}{}, nil); status != http.StatusCreated && status != http.StatusConflict {
			t.Errorf("arriving: status %d", status)
		}
	})
}
