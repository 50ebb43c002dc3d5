package e2e

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// screensPage opens the part of the administrator's page where screens are set up.
func (h *hall) screensPage(t *testing.T) *screen {
	t.Helper()
	a := h.open(t, "/admin/#/screens", adminSize)
	a.sees("h2", vi("a.s.waiting"))
	return a
}

// TestScreenLife: a fresh browser shows a code, becomes what the administrator says,
// shows its name, gets another role, comes back after a power cut, and asks for a
// code again when it is removed.
func TestScreenLife(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	s := h.open(t, "/screen/", boardSize)
	s.pardon(`40[13] \(Unauthorized\)|Forbidden|status of 401`)
	s.until("a code", `/^[A-Z0-9]{3}-[A-Z0-9]{3}$/.test(document.querySelector('.code').textContent)`, patience)
	code := s.text(".code")
	s.clean("pairing")
	s.shot("pairing")
	a := h.screensPage(t)
	a.sees(".pairing .code", code)
	a.clean("a screen waits")
	a.shot("waiting")
	eval[any](a, `(() => { const i = document.querySelector('.pairing input'); i.focus(); i.select(); return 0 })()`)
	a.do(typed("Bảng sảnh"))
	a.press(".pairing .go", "")
	at := func(path string) {
		t.Helper()
		s.until("the page "+path, `location.pathname === "`+path+`" && document.querySelector('header, main')`, 3*patience)
	}
	at("/board/")
	if key := eval[string](s, `JSON.parse(localStorage.getItem('motcua.screen')).key`); len(key) < 40 || eval[bool](s, `document.cookie !== '' || location.search.includes('key')`) {
		t.Errorf("a key of %d letters; the address is %s", len(key), eval[string](s, `location.href`))
	}
	a.sees(".screens tr", "1920 × 1080")
	a.sees(".screens .state", vi("a.s.live"))
	// A dead one has words for the desks.
	if got := eval[string](a, `import('/web/devices.js').then((m) => m.deadScreens({devices: new Map([['x', {kind: 'screen', state: 'offline', agent: 'Bảng sảnh'}]])}).join())`); got != vi("c.dev.dead", "name", "Bảng sảnh") {
		t.Errorf("a dead screen is called %q", got)
	}
	a.press("[data-do=blink]", "")
	s.sees(".screen-name", "Bảng sảnh")
	s.shot("blink")
	a.clean("a screen lives")
	a.shot("live")
	// Another role from afar.
	a.press("[data-do=change]", "")
	eval[any](a, `(() => { const p = document.querySelector('.screen-role select'); p.value = 'counter'; p.dispatchEvent(new Event('change')); return 0 })()`)
	a.clean("changing")
	a.shot("change")
	a.press(".screen-role .go", "")
	at("/counter/1/")
	// A power cut: the browser starts where it always does. The server was off as well.
	h.kill()
	h.start()
	h.ready()
	s.pardon(`ERR_CONNECTION_REFUSED|WebSocket|ERR_INVALID_HTTP|ERR_EMPTY|Failed to fetch|ERR_CONNECTION_RESET|ERR_INCOMPLETE`)
	a.pardon(`ERR_CONNECTION_REFUSED|WebSocket|ERR_EMPTY|ERR_CONNECTION_RESET|ERR_INCOMPLETE`)
	s.do(chromedp.Navigate(h.url + "/screen/"))
	at("/counter/1/")
	a.until("it to live", found(".screens .state", vi("a.s.live")), 3*patience)
	// A page that draws no more frames is loaded anew.
	eval[any](s, `(() => { window.before = 1; window.requestAnimationFrame = () => 0; return 0 })()`)
	for range 16 {
		s.moveClock(2500 * time.Millisecond) // more at once would be a machine that slept
		if eval[bool](s, `window.before !== 1`) {
			break
		}
		time.Sleep(time.Second)
	}
	s.until("the page to be loaded anew", `window.before !== 1 && document.querySelector('header')`, patience)
	// Removed, it is nothing and asks again.
	a.press("[data-do=remove]", "")
	a.press("dialog .danger", "")
	s.until("another code", `location.pathname === '/screen/' && document.querySelector('.code').textContent.length === 7`, 3*patience)
	if eval[bool](s, `localStorage.getItem('motcua.screen') !== null`) {
		t.Error("a screen that was removed keeps its key")
	}
}
