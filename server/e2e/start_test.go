package e2e

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// step waits for a step of the assistant and looks at it.
func (s *screen) step(title string) {
	s.t.Helper()
	s.sees(".start-step h2", title)
	s.until("the words of the step", `document.fonts.status === 'loaded'`, slow)
	s.clean(title)
	s.shot(title)
}

// fill types a text into a field in place of what stands there.
func (s *screen) fill(selector, text string) {
	s.t.Helper()
	s.until(selector, `document.querySelector(`+quoted(selector)+`)`, patience)
	eval[bool](s, `(() => { const e = document.querySelector(`+quoted(selector)+`); e.focus(); e.select?.(); return true })()`)
	s.do(typed(text))
}

// openAlways lets a hall work at any hour: tests run at night, too.
func (h *hall) openAlways(t *testing.T, key string) {
	t.Helper()
	const path = "/api/v1/branches/sanh/settings"
	var now struct {
		Version  int
		Settings map[string]any
	}
	if status := h.ask("GET", key, path, nil, &now); status != 200 {
		t.Fatalf("settings: %d", status)
	}
	now.Settings["calendar"].(map[string]any)["always"] = true
	if status := h.ask("PUT", key, path, map[string]any{"version": now.Version, "settings": now.Settings}, nil); status != 200 {
		t.Fatalf("saving settings: %d", status)
	}
}

// From an empty server to a number that was taken, called and served, by the
// assistant alone; it takes up where it was left.
func TestAssistant(t *testing.T) {
	t.Parallel()
	h, key := serveHall(t)
	began := time.Now()
	a := h.login(t, key, deskSize)
	a.pardon("401|404")
	a.step("Trung tâm")
	a.press(".start-step .go", "") // without a place it may be saved, too
	a.step("Dịch vụ")
	a.press(".start-steps button", "Trung tâm")
	a.fill("[data-place='place.vi'] input", "Xã Tân Lập")
	a.press(".start-step .go", "")
	a.sees(".start-step h2", "Dịch vụ")
	a.press("[data-service='buu-chinh'] input[type=checkbox]", "")
	a.press(".start-step .go", "")
	a.step("Quầy")
	a.fill(".start-step .grid input[type=number]", "6\t")
	a.until("six counters", `document.querySelectorAll('[data-counter]').length === 6`, patience)
	a.press("[data-counter='6'] td:nth-child(2) input", "")
	a.press(".start-step .go", "")
	a.step("Giờ làm việc")
	a.press(".start-step .skip", "")
	a.step("Con người")
	a.do(chromedp.Reload())
	a.step("Con người") // here it was left
	a.fill(".start-step form input", "Nguyễn Thị Lan")
	a.until("a login made of the name", `document.querySelectorAll('.start-step form input')[1].value === 'lannt'`, patience)
	a.press(".start-step form .plain", "")
	a.press("dialog.once .go", "")
	a.sees(".start-step .people", "lannt")
	a.press(".start-step .acts .go", "")
	a.step("Máy và màn hình")
	a.press(".start-step .acts .go", "")
	a.step("Thủ tục")
	h.openAlways(t, key)
	a.press(".start-step .acts .go", "")
	a.step("Thử một số")
	a.press(".try .go", "")
	a.until("a number", `/^A\d{3}$/.test(document.querySelector('.try output').textContent)`, slow)
	a.press(".try button", "Gọi vào quầy")
	a.sees(".start-step [role=status]", "Đã gọi số A001")
	a.press(".try button", "Kết thúc")
	a.sees(".start-step [role=status]", "Đã phục vụ xong")
	t.Logf("from the first key to a number that was served: %v", time.Since(began).Round(time.Second))
	a.press(".start-step .acts .go", "")
	a.until("the readiness list", `document.querySelectorAll('.ready-list li').length > 10`, slow)
	a.until("what was done is there", `['hall', 'services', 'counters', 'store'].every((id) => document.querySelector('[data-point=' + id + ']').dataset.state === 'ok')`, patience)
	a.clean("readiness")
	a.shot("ready")
	a.press("header .lang", "English")
	a.sees(".start-steps", "Try a number")
	a.until("in English", `document.querySelector('.ready-list')?.innerText.includes('Counters: 6')`, slow)
	a.clean("readiness in English")
	a.shot("ready-en")

	phone := h.login(t, key, phoneSize)
	phone.pardon("401|404")
	phone.until("the page", `document.querySelector("nav .open")`, slow)
	eval[bool](phone, `(location.hash = "#/start", true)`)
	phone.until("the assistant", `document.querySelector('.start-step h2')`, slow)
	phone.until("what was set up on another machine", `document.querySelectorAll('.start-steps [data-done]').length >= 5`, patience)
	phone.clean("assistant on a phone")
	phone.shot("phone")
	if wide := eval[bool](phone, `document.documentElement.scrollWidth > innerWidth`); wide {
		t.Error("the assistant is wider than a phone")
	}
}
