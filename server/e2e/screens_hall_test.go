package e2e

import (
	"fmt"
	"testing"
	"time"

	"motcua/server/queue"
)

// Pictures of the screens that are no kiosk; the kiosk's are in screens_test.go.

// pictureThePhone keeps every state of a ticket's page.
func pictureThePhone(t *testing.T) {
	seen, f := startHall(t).frontOf(t)
	f.noLive = true
	f.ticket = someTicket(`{}`)
	phone := seen.open(t, "/t/hbXXXXXXXXXXXXXXXXXXXXXX", phoneSize)
	phone.pardon(`WebSocket connection`)
	phone.anyHour()
	for _, state := range phoneStates {
		f.set(func() { f.ticket = takenNow(state.change) })
		phone.at("")
		phone.until("the state", `document.querySelector('.card h1')`, patience)
		phone.keep("phone-"+state.name, 0.8)
		if state.name == "waiting" {
			phone.press("[data-act=pass]", "")
			phone.keep("phone-passing", 0.8)
		}
	}
}

// takenNow is a ticket of this hour, so that its times suit the hour that is shown.
func takenNow(change string) map[string]any {
	made, now := someTicket(change), time.Now()
	for field, minutes := range map[string]int{"issued_at": -12, "ended_at": -1, "until": 168} {
		if made[field] != nil {
			made[field] = now.Add(time.Duration(minutes) * time.Minute).Format(time.RFC3339)
		}
	}
	return made
}

// pictureBooking keeps the steps of a booking, by phone and at the desk.
func pictureBooking(t *testing.T) {
	h := startHall(t)
	phone := h.open(t, "/b/"+h.pass(), phoneSize)
	phone.bookFirst("Hộ tịch", vi, func(step string) { phone.keep("book-"+step, 0.8) })
	desk := h.desk(t, "1")
	desk.press(".side [data-verb=book]", "")
	desk.until("times to choose from", `document.querySelector('dialog input[name=at]')`, patience)
	desk.keep("desk-book", 0.6)
	desk.press("dialog button[type=submit]", "")
	desk.until("the QR code", `document.querySelector('dialog .booked img').naturalWidth > 0`, patience)
	desk.keep("desk-book-code", 0.6)
}

// pictureTheHall keeps what notices do to the other screens, before and after.
func pictureTheHall(t *testing.T) {
	h := startHall(t)
	for range 7 {
		h.take("ho-tich")
	}
	for _, service := range []string{"chung-thuc", "dat-dai"} {
		h.take(service)
	}
	for _, verb := range []string{"open", "call"} {
		h.verb("2", verb, nil)
		h.verb("1", verb, nil)
	}
	desk := h.desk(t, "1")
	shown := map[string]*screen{"board": h.open(t, "/board/", boardSize), "counter": h.open(t, "/counter/1/", counterSize), "rate": h.open(t, "/rate/1/", rateSize)}
	for _, s := range shown {
		s.anyHour()
		s.at("")
	}
	desk.sees(".cur .big", "A")
	shown["board"].until("a call", `document.querySelector('.now .n')?.textContent`, patience)
	shown["counter"].until("the call", `document.querySelector('.n').textContent`, patience)
	shown["rate"].sees(".words h1", "")
	desk.keep("desk", 0.6)
	scale := map[string]float64{"board": 0.4, "counter": 0.6, "rate": 0.5}
	for name, s := range shown {
		s.keep(name, scale[name])
	}

	for i, kind := range []string{"help", "pace"} {
		body := map[string]any{"kind": kind}
		if kind == "pace" {
			body["count"] = 3
		}
		h.announce(h.pairAgent(t, fmt.Sprintf("Máy lấy số %d", i+1)), body)
	}
	desk.until("the alerts", `document.querySelectorAll('.alerts li').length === 2`, patience)
	desk.keep("desk-help", 0.6)

	admin := h.open(t, "/admin/#/devices", adminSize)
	admin.writes("emergency", evacuation["vi"], evacuation["en"])
	admin.keep("admin-write", 0.6)
	admin.press("dialog .go", vi("a.n.look"))
	admin.sees("dialog .does", vi("a.n.does.emergency"))
	admin.keep("admin-sure", 0.6)
	admin.press("dialog .danger", vi("a.n.yes.emergency"))
	for name, s := range shown {
		s.until("the emergency", emergencyText, patience)
		s.keep(name+"-emergency", scale[name])
	}
	desk.sees("body", evacuation["vi"])
	desk.keep("desk-emergency", 0.6)
	admin.until("the notice", `document.querySelectorAll('.notices tbody tr').length === 1`, patience)
	admin.keep("admin-notices", 0.6)
}

// pictureTheForms keeps the other forms of the board, the counter's display and the
// rating tablet, and a screen that is not set up yet.
func pictureTheForms(t *testing.T) {
	h := startHall(t)
	h.settings(func(s *queue.Settings) {
		s.Counters[1].Clerk, s.Counters[1].Title, s.Counters[1].Shown = "Nguyễn Thị Phương Lan", queue.Text{VI: "Công chức Tư pháp – Hộ tịch"}, true
	})
	shown := map[string]*screen{"board-upright": h.open(t, "/board/", uprightSize), "counter-strip": h.open(t, "/counter/2/", size{1280, 400, false}),
		"counter-tablet": h.open(t, "/counter/2/", size{800, 1280, false})}
	for _, layout := range []string{"grid", "media"} {
		shown["board-"+layout] = h.open(t, "/board/?layout="+layout, boardSize)
	}
	tablet := h.open(t, "/rate/1/", rateSize)
	for _, s := range shown {
		s.anyHour()
		s.at("")
	}
	for i := range 8 {
		h.take([]string{"ho-tich", "dat-dai", "cu-tru"}[i%3])
		h.take("ho-tich")
	}
	for _, counter := range []string{"1", "3", "4", "5", "6", "2"} {
		h.verb(counter, "open", nil)
		h.verb(counter, "call", nil)
		if counter != "2" && counter != "6" {
			h.verb(counter, "serve", nil)
		}
	}
	scale := map[string]float64{"board-upright": 0.35, "board-grid": 0.4, "board-media": 0.4, "counter-strip": 0.5, "counter-tablet": 0.4}
	for name, s := range shown {
		s.until("the last call", `[...document.querySelectorAll('.n, .called-number, td.num:first-child')].filter((e) => e.textContent).length > 0`, patience)
		for range 3 {
			s.moveClock(10 * time.Second)
			eval[any](s, `new Promise((done) => setTimeout(() => done(0), 300))`)
		}
		s.keep(name, scale[name])
	}
	h.verb("1", "end", nil)
	tablet.until("the question", `document.querySelectorAll('.levels button').length > 0`, patience)
	tablet.keep("rate-ask", 0.5)
	tablet.press("[data-mode=text]", "")
	tablet.press("[data-mode=contrast]", "")
	tablet.keep("rate-large", 0.5)
	tablet.press("[data-mode=text]", "")
	tablet.press("[data-mode=contrast]", "")
	tablet.press(".levels button:last-child", "")
	tablet.until("the reasons", `document.body.className === 'why'`, patience)
	tablet.press(".reasons button", "")
	tablet.keep("rate-why", 0.5)
	fresh := h.open(t, "/screen/", boardSize)
	fresh.until("a code", `document.querySelector('.code').textContent.length === 7`, patience)
	fresh.keep("screen-code", 0.4)
}
