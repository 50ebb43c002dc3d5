package e2e

import (
	"fmt"
	"testing"
)

// A hall for practice is begun, filled with pretend citizens, marked on every page
// of it and on none of the hall's, and emptied.
func TestTrainingPages(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	a := h.open(t, "/admin/#/training", deskSize)
	a.press(".begin", "")
	a.until("the practice", `document.querySelector('.crowd')`, slow)
	a.fill(".crowd input[type=number]", "7")
	a.press(".crowd .take", "")
	a.sees(".crowd [role=status]", "7 người vừa lấy số")
	a.sees(".facts", "7 lượt chưa xong")
	a.clean("training")
	a.shot("admin")

	a.press("header .lang", "English")
	a.sees(".train-part h2", "Training is on")
	a.clean("training in English")
	a.shot("admin-en")
	a.press("header .lang", "Tiếng Việt")
	a.sees(".train-part h2", "Đang mở")

	marked := func(name, path string, as size, wait string) *screen {
		s := h.open(t, path, as)
		s.until(name, wait, slow)
		s.until("the mark on "+name, `document.querySelector('.training-mark')?.checkVisibility() && document.fonts.status === 'loaded' && getComputedStyle(document.querySelector('.training-mark')).position === 'fixed'`, slow)
		s.sees(".training-mark", "ĐÀO TẠO")
		s.clean(name + " in training")
		s.shot(name)
		return s
	}
	const at = "?branch=hoabinh-tap"
	marked("kiosk", "/kiosk/"+at, kioskSize, `document.querySelector('.tile, .tiles button')`)
	desk := marked("desk", "/desk/"+at, deskSize, `document.querySelector('.choose button')`)
	marked("board", "/board/"+at, boardSize, `document.body.innerText.includes('Quầy')`)
	marked("counter", "/counter/1/"+at, counterSize, `document.body.innerText.includes('01')`)
	marked("rate", "/rate/1/"+at, rateSize, `document.querySelector('main')`)
	marked("lookup", "/lookup/"+at, boardSize, `document.body.innerText.length > 50`)
	marked("today", "/admin/"+at+"#/today", phoneSize, `document.querySelector('.today')`)
	desk.press(".choose button", "01")
	desk.until("the desk", `!document.querySelector('.choose')`, slow)
	desk.shot("desk-open")

	var x ticket
	if status := h.ask("POST", "demo-kiosk", "/api/v1/branches/hoabinh-tap/tickets", map[string]string{"service": "ho-tich"}, &x); status != 201 {
		t.Fatalf("taking a ticket: %d", status)
	}
	marked("phone", "/t/"+x.Token, phoneSize, fmt.Sprintf(`document.body.innerText.includes(%q)`, x.Number))

	// What a phone opens from a screen of the practice, and its results, in high contrast too.
	var made struct{ Pass string }
	if status := h.ask("POST", "demo-kiosk", "/api/v1/branches/hoabinh-tap/passes", map[string]string{"for": "booking"}, &made); status != 201 {
		t.Fatalf("a pass to book: %d", status)
	}
	marked("phone-booking", "/b/"+made.Pass, phoneSize, `document.querySelector('main button')`)
	marked("results", "/results/"+at, deskSize, `document.querySelector('main h1')`)
	high := h.open(t, "/kiosk/"+at, kioskSize)
	high.until("the kiosk", `document.querySelector('.training-mark')?.checkVisibility() && document.fonts.status === 'loaded'`, slow)
	eval[bool](high, `(document.documentElement.dataset.contrast = 'high') !== ''`)
	high.clean("kiosk in training, high contrast")
	high.shot("kiosk-contrast")

	// Somebody is served there, and the pretend citizen presses a key.
	for _, step := range []struct {
		verb string
		body map[string]string
	}{{"open", nil}, {"call", map[string]string{"number": x.Number, "reason": "tap"}}, {"serve", nil}, {"end", nil}} {
		if step.body == nil {
			step.body = map[string]string{}
		}
		if status := h.ask("POST", "demo-desk", "/api/v1/branches/hoabinh-tap/counters/1/"+step.verb, step.body, nil); status != 200 {
			t.Fatalf("%s: %d", step.verb, status)
		}
	}
	a.press(".crowd .press", "")
	a.sees(".crowd [role=status]", "Đã đánh giá tại 1 quầy")

	real := h.open(t, "/board/", boardSize)
	real.until("the board", `document.body.innerText.includes('Quầy')`, slow)
	if eval[bool](real, `Boolean(document.querySelector('.training-mark'))`) {
		t.Error("the hall's own board is marked")
	}

	a.press(".reset", "")
	a.press("dialog .danger", "")
	a.sees(".facts", "0 lượt chưa xong")
	a.press(".end", "")
	a.press("dialog .danger", "")
	a.until("it has ended", `document.querySelector('.begin')`, slow)
}
