package e2e

import (
	"fmt"
	"net/http"
	"testing"
)

// TestToday: the floor shows who waits and what the counters do, follows what
// happens without being asked, and tells of a low mark without telling whose.
func TestToday(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	for range 3 {
		h.take("ho-tich")
	}
	a := h.open(t, "/admin/", adminSize)
	waiting := func(n int) string {
		return fmt.Sprintf(`document.querySelector('.today [data-service=ho-tich] td')?.textContent === '%d'`, n)
	}
	a.until("who waits", waiting(3), slow)
	a.sees(".alerting .calm", vi("rp.td.calm"))
	a.clean("calm")

	h.verb("1", "open", nil)
	h.verb("1", "call", nil)
	a.until("the call", waiting(2)+` && document.querySelector('.today .counter.calling[data-counter="1"] .num')?.textContent === 'A001'`, slow)
	h.verb("1", "serve", nil)
	h.verb("1", "end", nil)
	if status := h.ask("POST", "demo-device", branchPath+"/counters/1/ratings", map[string]any{"level": 4, "source": "tablet"}, nil); status != http.StatusCreated {
		t.Fatalf("a mark: %d", status)
	}
	a.until("the low mark", `document.querySelector('.today [data-alert=low]')?.textContent.includes('Quầy')`, slow)
	if eval[bool](a, `document.querySelector('.today [data-alert=low]').textContent.includes('A001')`) {
		t.Error("the alert tells whose mark it is")
	}
	a.sees(`.today [data-counter="1"] .more`, vi("rp.td.counter.more", "served", "1", "idle", "0"))
	h.verb("1", "pause", map[string]string{"reason": "break"})
	a.until("the pause", `document.querySelector('.today .counter.paused .more')?.textContent === '`+vi("rp.pz.break")+`'`, slow)
	a.clean("with an alert")

	guide := h.logIn(t, "huongdan", "demo", "/admin/")
	guide.sees(".to-hall a", vi("rp.td.take"))
	h.announce("demo-kiosk", map[string]any{"kind": "help"})
	guide.sees(`.today [data-alert=help]`, "khách cần hỗ trợ")
	guide.clean("a call for help")
	guide.shot("help")
	guide.press(`.today [data-alert=help] button`, vi("rp.td.help.come"))
	guide.until("it is answered", `!document.querySelector('.today [data-alert=help]')`, slow)

	a.shot("alert")

	phone := h.open(t, "/admin/#/today", phoneSize)
	phone.until("who waits", waiting(2), slow)
	inEnglish(phone, "en", ".lang")
	phone.until("English", waiting(2)+` && document.querySelector('.today h2').textContent === 'Needs somebody'`, slow)
	if wide := eval[float64](phone, `document.documentElement.scrollWidth`); wide > float64(phoneSize.w) {
		t.Errorf("the page is %v wide on a phone", wide)
	}
	phone.clean("on a phone")
	phone.shot("phone")
}
