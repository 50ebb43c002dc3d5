package e2e

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"

	"motcua/server/queue"
)

// simSize is a developer's window.
var simSize = size{1440, 1000, false}

// sim opens the page of the virtual devices.
func (h *hall) sim(t *testing.T, as size) *screen {
	t.Helper()
	s := h.open(t, "/sim/", as)
	s.until("the devices", `document.querySelector('.card.printer') && document.querySelectorAll('.unit').length > 2 && document.querySelector('.card.scanner')`, patience)
	return s
}

// TestDevicesOnTheirPage: the ticket's picture comes out of the printer, keys can be
// pressed, the roll taken out and the cable pulled, and the hall hears of it.
func TestDevicesOnTheirPage(t *testing.T) {
	t.Parallel()
	h := startDevices(t)
	h.device("keypads:11", "ready")
	s := h.sim(t, simSize)
	call(s, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "America/New_York"})
	s.sees(".card.printer .status", vi("sim.is.ready"))
	s.shot("rest")
	s.remember(".card.printer .status")
	x := h.take("ho-tich")
	s.said(vi("sim.is.printing"))
	s.until("the paper rising", `!document.querySelector('.sheet').hidden && document.querySelector('.sheet img').naturalHeight > 0`, slow)
	s.shot("printing")
	s.until("the whole ticket", fmt.Sprintf(`document.querySelector('.sheet img').alt === %q`, vi("sim.ticket", "n", "1")), slow)
	s.until("its picture", `document.querySelector('.sheet img').naturalHeight > 500`, patience)
	s.sees(".card.printer .status", vi("sim.is.ready"))
	s.shot("printed")
	s.press(".tear", vi("sim.tear"))
	s.until("the paper in the hand", `document.querySelector('.sheet').hidden`, patience)
	s.sees(".earlier li", vi("sim.ticket", "n", "1"))
	// It came at the hall's time, whatever zone the browser is set to.
	if came, err := time.ParseInLocation("15:04:05", s.text(".earlier li .num"), queue.Zone); err != nil {
		t.Error(err)
	} else if now := time.Now().In(queue.Zone); (now.Hour()*60+now.Minute()-came.Hour()*60-came.Minute()+24*60)%(24*60) > 15 {
		t.Errorf("the ticket came at %s, now it is %s in the hall", came.Format("15:04"), now.Format("15:04"))
	}

	// A key of the call pad of counter 1 opens the counter, another press calls.
	unit := fmt.Sprintf(`[...document.querySelectorAll('.unit.call')].find((u) => u.textContent.includes(%q))`, vi("sim.at", "counter", "1", "address", "11"))
	eval[any](s, unit+`.setAttribute('data-under-test', '')`)
	d := h.desk(t, "1")
	for _, words := range []string{vi("d.is.open"), vi("d.is.calling")} {
		s.press("[data-under-test] .key.next", vi("sim.do.next"))
		d.sees(".cur .state", words)
	}
	d.shows(x.Number, vi("d.is.calling"))

	// Hands in the machine.
	for _, hand := range []struct{ does, says, state, undo string }{
		{"sim.empty", "sim.is.out", "paper_out", "sim.reload"},
		{"sim.open", "sim.is.cover", "cover_open", "sim.close"},
		{"sim.pull", "sim.is.unplugged", "offline", "sim.plug"},
	} {
		s.press(".card.printer button", vi(hand.does))
		s.sees(".card.printer .status", vi(hand.says))
		h.device("printer", hand.state)
		s.shot(hand.state)
		s.press(".card.printer button", vi(hand.undo))
		h.device("printer", "ready")
	}

	// A scan of what was printed.
	s.press(".card.scanner button", vi("sim.scan.ticket"))
	s.sees(".card.scanner .note", vi("sim.scan.last", "n", "1"))
}

// TestAxeSim looks at the page of the virtual devices with a ticket in the slot, an
// open cover and a unit that is off.
func TestAxeSim(t *testing.T) {
	t.Parallel()
	h := startDevices(t)
	h.take("ho-tich")
	h.paper(1)
	h.act("printer", "cover", "")
	h.device("printer", "cover_open")
	h.act("keypads", "off", "2")
	inBothLanguages(t, func(t *testing.T, lang string) {
		for _, as := range []size{simSize, handSize} {
			s := h.sim(t, as)
			inEnglish(s, lang, "#lang")
			s.sees(".card.printer .status", sentence(lang, "sim.is.cover", nil))
			s.until("the ticket in the slot", `document.querySelector('.sheet img').naturalHeight > 0`, patience)
			s.clean("cover open")
			s.uncut("cover open")
			if wide := eval[int64](s, `document.documentElement.scrollWidth`); wide > as.w {
				t.Errorf("the page is %d px wide on %d", wide, as.w)
			}
			s.shot(fmt.Sprintf("cover-%d", as.w))
		}
	})
}
