package e2e

import (
	"fmt"
	"testing"
	"time"

	"motcua/server/queue"
)

// recordKeys notes the idempotency key of every number that is asked for.
const recordKeys = `(() => {
  window.takeKeys = [];
  const before = window.fetch;
  window.fetch = (path, init) => {
    if (String(path).endsWith('/tickets') && init?.method === 'POST') takeKeys.push(init.headers['Idempotency-Key']);
    return before(path, init);
  };
  return 0;
})()`

// TestKioskOffline: with the server away the kiosk says so, a number asked for in
// that moment ends in words and is asked for again with its own key, and the
// kiosk is right again soon after the server's return. Joined to the server
// itself, and behind an agent.
func TestKioskOffline(t *testing.T) {
	t.Parallel()
	for _, through := range []string{"itself", "an agent"} {
		t.Run(through, func(t *testing.T) {
			t.Parallel()
			h := startHall(t)
			page := h
			if through == "an agent" {
				page = startKioskPC(t, h, "Máy lấy số 1").hall
			}
			k, other := page.kiosk(t, ""), page.kiosk(t, "")
			for _, s := range []*screen{k, other} {
				s.pardon(cutOff + `|status of 503|K[05]-`)
			}
			eval[any](k, recordKeys)
			k.press(".tile", "Hộ tịch")
			k.isOn("confirm")
			at := k.aim(".acts button", vi("k.conf.yes"))
			k.pace()
			h.kill()
			gone := time.Now()
			k.pressAt(at)
			k.isOn("issuing")
			other.sees("#strip", vi("k.off.strip"))
			t.Logf("the kiosk said so after %v", time.Since(gone).Round(time.Millisecond))
			k.moveClock(10 * time.Second)
			k.isOn("error")
			k.sees("h1", vi("k.off.h"))
			k.sees(".words p", vi("k.off.sub"))
			k.shot("words")
			other.moveClock(10 * time.Second)
			other.isOn("paused")
			other.until("nothing to take a number with", `!document.querySelector('.tile, .acts .go')`, patience)

			h.start()
			h.ready()
			back := time.Now()
			h.take("ho-tich")
			other.until("the first screen with one waiting", `document.getElementById('stage').dataset.screen === 'home' && document.getElementById('strip').hidden && document.querySelector('.tile small').textContent.startsWith('1 ')`, 10*backWithin)
			k.until("the words that it works", found("h1", vi("k.back.h")), 10*backWithin)
			t.Logf("right %v after the server was back", time.Since(back).Round(time.Millisecond))
			k.shot("back")
			k.press(".acts button", vi("k.err.again"))
			if number, _ := k.issued(); number != "A002" {
				t.Errorf("the number is %s, want A002: one was taken meanwhile", number)
			}
			if next := h.take("ho-tich"); next.Number != "A003" {
				t.Errorf("the next number is %s, want A003: the lost wish took one of its own", next.Number)
			}
			if sent := eval[[]string](k, `takeKeys`); len(sent) < 2 || !same(sent) {
				t.Errorf("the number was asked for with the keys %v, want one key several times", sent)
			}
		})
	}
}

func same(list []string) bool {
	for _, x := range list {
		if x != list[0] {
			return false
		}
	}
	return true
}

// TestKioskStartsAlone: a kiosk that is switched on while the server is away says
// at once that it is paused: nobody waits before a screen that only says "opening".
func TestKioskStartsAlone(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	pc := startKioskPC(t, h, "Máy lấy số 1")
	first := pc.kiosk(t, "") // so that every file of the page is kept
	first.pardon(cutOff + `|status of 503`)
	pc.wait("the pages to be whole", slow, func() bool { return pc.status().Build != "" })
	h.kill()
	k := pc.open(t, "/kiosk/", kioskSize)
	k.pardon(cutOff + `|status of 503`)
	k.isOn("paused")
	k.sees("h1", vi("k.off.h"))
	if said := eval[float64](k, `performance.now()`); said > 60_000 {
		t.Errorf("it was said only after %.0f ms", said)
	}
	k.shot("paused")
	h.start()
	h.ready()
	back := time.Now()
	k.until("the first screen", `document.getElementById('stage').dataset.screen === 'home'`, 10*backWithin)
	t.Logf("right %v after the server was back", time.Since(back).Round(time.Millisecond))
}

// TestPaperAcrossARestart: the paper comes out while the server is away; the
// screen, which keeps the ticket, says so after its return.
func TestPaperAcrossARestart(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	pc := startKioskPC(t, h, "Máy lấy số 1")
	k := pc.kiosk(t, "")
	k.pardon(cutOff + `|status of 503`)
	number, _ := k.takeByTouch("Hộ tịch")
	k.wear("text") // half a minute to look
	pc.wait("the printer to begin", slow, func() bool { return len(pc.printer.Tickets()) > 0 || k.text("h1") == vi("k.done.h") })
	h.kill()
	k.sees("[data-number]", number)
	h.start()
	h.ready()
	k.until("the paper", found("h1", vi("k.done.h")), slow)
	k.sees("[data-number]", number)
	// Settings that change bring a whole new state: what came of the paper stays known.
	h.settings(func(s *queue.Settings) { s.Kiosk.Scan = true })
	k.until("the new settings", fmt.Sprintf(`%s && !%s`, found("h1", vi("k.done.h")), found("h1", vi("k.print.h"))), patience)
}
