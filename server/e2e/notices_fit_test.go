package e2e

import (
	"fmt"
	"testing"
)

// TestNoticesFitTheDesk: with calls for help, an emergency and a printer in
// trouble at once nothing covers the work, on the screens clerks have.
func TestNoticesFitTheDesk(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	var machines []string
	for i := 1; i <= 3; i++ {
		machines = append(machines, h.pairAgent(t, fmt.Sprintf("Máy lấy số %d", i)))
	}
	for range 8 {
		h.take("ho-tich")
	}
	h.verb("1", "open", nil)
	h.verb("1", "call", nil)
	h.verb("1", "serve", nil)
	look := func(name string, full bool, more ...size) {
		sizes := append([]size{{1366, 768, false}, {1024, 768, false}, {420, 768, false}}, more...)
		for _, as := range sizes {
			d := h.open(t, "/desk/?counter=1", as)
			d.sees(".cur .big", "A001")
			d.until("the alerts", `document.querySelector('.alerts li')`, patience)
			eval[any](d, `document.fonts.ready.then(() => 0)`)
			at := fmt.Sprintf("%s at %dx%d", name, as.w, as.h)
			if wide := eval[int64](d, `document.documentElement.scrollWidth`); wide > as.w {
				t.Errorf("%s: the page is %d px wide", at, wide)
			}
			for _, b := range d.touchables() {
				if b.W < 24 || b.H < 24 {
					t.Errorf("%s: %q is %.0f x %.0f px, want 24 at least", at, b.Says, b.W, b.H)
				}
			}
			d.shot(fmt.Sprintf("%s-%dx%d", name, as.w, as.h))
			if as.w <= 860 && full {
				continue // one column: it is scrolled
			}
			b := eval[box](d, `(() => { const b = document.querySelector('#big').getBoundingClientRect(); return {X: b.x, Y: b.y, W: b.width, H: b.height} })()`)
			if b.Y < 0 || b.Y+b.H > float64(as.h) {
				t.Errorf("%s: the big button is not on the screen: %+v", at, b)
			}
			if as.w > 860 && !full {
				d.until("every verb above the last row", `[...document.querySelectorAll('.verbs button')].every((b) => b.getBoundingClientRect().bottom <= document.querySelector('.foot').getBoundingClientRect().top + 1)`, patience)
			}
			d.aim("#big", "")
		}
	}
	h.announce(machines[0], map[string]any{"kind": "help"})
	look("one", false, size{1366, 640, false})
	h.announce(machines[1], map[string]any{"kind": "pace", "count": 3})
	h.announce(machines[2], map[string]any{"kind": "help"})
	h.report(machines[0], map[string]any{"device": map[string]any{"id": "printer", "kind": "printer", "state": "paper_out"}})
	look("three", false)
	h.announce("demo-admin", map[string]any{"kind": "emergency", "text": map[string]string{"vi": longVI, "en": longEN}})
	look("all", true)
}

// TestAxeNotices looks at what notices put on the pages, in both languages.
func TestAxeNotices(t *testing.T) {
	t.Parallel()
	inBothLanguages(t, func(t *testing.T, lang string) {
		h := startHall(t)
		key := h.pairAgent(t, "Máy 1")
		h.announce(key, map[string]any{"kind": "help"})
		h.announce(key, map[string]any{"kind": "pace", "count": 3})
		h.announce("demo-admin", map[string]any{"kind": "info", "text": map[string]string{"vi": "Chiều nay trung tâm nghỉ.", "en": "Closed this afternoon."}})
		h.announce("demo-admin", map[string]any{"kind": "emergency", "text": map[string]string{"vi": longVI, "en": longEN}})
		for path, as := range map[string]size{"/board/": boardSize, "/counter/1/": counterSize, "/rate/1/": rateSize} {
			s := h.open(t, path+"?lang="+lang, as)
			s.until("the emergency", emergencyText, patience)
			s.clean("emergency")
			s.uncut("emergency")
		}
		narrow := h.open(t, "/desk/?counter=1&lang="+lang, size{420, 768, false})
		narrow.until("the alerts", `document.querySelectorAll('.alerts li').length === 2`, patience)
		narrow.clean("alerts in a narrow window")
		if b := eval[box](narrow, `(() => { const b = document.querySelector('.top .clock').getBoundingClientRect(); return {X: b.x, W: b.width} })()`); b.X+b.W > 420 {
			t.Errorf("the clock ends at %.0f px of 420", b.X+b.W)
		}
		narrow.shot("narrow")
		d := h.desk(t, "1")
		inEnglish(d, lang, ".top .lang")
		d.until("the alerts", `document.querySelectorAll('.alerts li').length === 2`, patience)
		d.clean("alerts and an emergency")
		for _, as := range []size{adminSize, handSize} {
			a := h.open(t, "/admin/#/devices", as)
			a.until("the notices", `document.querySelectorAll('.notices tbody tr').length === 2`, patience)
			inEnglish(a, lang, ".lang")
			a.clean("notices")
			a.uncut("notices")
			a.shot(fmt.Sprintf("admin-%d", as.w))
			for _, kind := range []string{"maintenance", "info", "emergency"} {
				a.writes(kind, "Thử", "Try")
				a.clean("writing " + kind)
				a.shot(fmt.Sprintf("write-%s-%d", kind, as.w))
				if kind != "emergency" {
					a.press("dialog .acts button:not(.go)", "")
				}
			}
			a.press("dialog .go", "")
			a.until("the question", `!document.querySelector('.look').hidden`, patience)
			a.clean("looking once more")
			if wide := eval[int64](a, `document.documentElement.scrollWidth`); wide > as.w {
				t.Errorf("the page is %d px wide on %d", wide, as.w)
			}
		}
	})
}
