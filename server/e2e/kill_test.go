package e2e

import (
	"fmt"
	"testing"
	"time"
)

// While the server is away the browser itself writes that it cannot connect.
const cutOff = `ERR_CONNECTION|ERR_EMPTY_RESPONSE|WebSocket connection to|Failed to load resource: net`

// backWithin is how soon every screen must be right after the server's return.
const backWithin = 2 * time.Second

// screens are all of a hall's screens around counter 1.
type screens struct{ kiosk, board, desk, display, phone *screen }

func (h *hall) screens(t *testing.T, token string) screens {
	all := screens{kiosk: h.kiosk(t, ""), board: h.open(t, "/board/", boardSize), desk: h.desk(t, "1"),
		display: h.open(t, "/counter/1/", counterSize), phone: h.open(t, "/t/"+token, phoneSize)}
	for _, s := range []*screen{all.kiosk, all.board, all.desk, all.display, all.phone} {
		s.pardon(cutOff)
	}
	all.kiosk.pardon(`K0-`) // the kiosk's own note of a request that did not get through
	return all
}

// TestKilledMidCall kills the server while a visitor is called. The screens say
// so, and once the server is back they are right by themselves.
func TestKilledMidCall(t *testing.T) {
	h := startHall(t)
	x := h.take("ho-tich")
	h.take("ho-tich")
	s := h.screens(t, x.Token)
	s.desk.big(vi("d.open"))
	s.desk.big(vi("d.next"))
	s.desk.shows("A001", vi("d.is.calling"))
	s.board.until("the call", boardShows("A001", "01"), patience)
	s.display.sees(".n", "A001")
	s.phone.sees("h1", vi("p.call", "counter", "01"))

	h.kill()
	s.cutShort(t)
	s.cutLong(t)

	h.start()
	h.ready()
	back := time.Now()
	// Something happens at once: a screen that shows it is not showing the past.
	h.verb("1", "serve", nil)
	h.take("ho-tich")
	s.mustBeRight(t, back)
}

// cutShort: what the screens say in the first seconds.
func (s screens) cutShort(t *testing.T) {
	s.kiosk.sees("#strip", vi("k.off.strip"))
	s.kiosk.isOn("home")
	s.kiosk.shot("kiosk-strip")
	s.desk.sees(".strip", vi("d.off"))
	s.desk.sees(".cur .big", "A001")
	s.desk.sees("#big[aria-disabled=true]", "")
	s.desk.shot("desk-offline")
	s.board.until("the sign", `document.querySelector('.sign').checkVisibility()`, patience)
	s.board.until("the number to stay", boardShows("A001", "01"), patience)
	s.display.sees(".sign", vi("c.cut"))
	s.display.sees(".n", "A001")
}

// cutLong: after ten seconds the kiosk sends people to the help desk, and the
// phone tells its holder to listen.
func (s screens) cutLong(t *testing.T) {
	s.kiosk.moveClock(10 * time.Second)
	s.kiosk.isOn("paused")
	s.kiosk.sees("h1", vi("k.off.h"))
	s.kiosk.sees(".words p", vi("k.off.sub"))
	s.kiosk.until("no strip beside it", `document.getElementById('strip').hidden`, patience)
	s.kiosk.shot("kiosk-paused")
	s.phone.moveClock(5 * time.Second)
	s.phone.sees("#strip", vi("p.off"))
	s.phone.shot("phone-offline")
}

// mustBeRight checks all screens against one end of time, counted from back.
func (s screens) mustBeRight(t *testing.T, back time.Time) {
	t.Helper()
	left := func() time.Duration { return time.Until(back.Add(backWithin)) }
	s.desk.until("the desk to serve", fmt.Sprintf(`document.querySelector('.cur .big').textContent === 'A001' && document.querySelector('.cur .state').textContent === %q && document.querySelector('.strip').hidden`, vi("d.is.serving")), left())
	s.board.until("the board", boardShows("A001", "01")+` && document.querySelector('.sign').hidden`, left())
	s.display.until("the counter's display", fmt.Sprintf(`document.querySelector('.n').textContent === 'A001' && document.querySelector('footer p').textContent === %q && document.querySelector('.sign').hidden`, vi("c.serve")), left())
	s.phone.until("the phone", fmt.Sprintf(`document.querySelector('h1').textContent === %q && document.getElementById('strip').hidden`, vi("p.serving", "counter", "01")), left())
	s.kiosk.until("the kiosk", `document.getElementById('stage').dataset.screen === 'home' && document.getElementById('strip').hidden && document.querySelector('.tile small').textContent.startsWith('2 ')`, left())
	t.Logf("all screens right %v after the server was back", time.Since(back).Round(time.Millisecond))
}

// TestKilledUnderThePress kills the server in the moment the clerk presses. The
// desk asks again with the same key, so that after the restart exactly one
// visitor has been called, once, and no screen says anything else.
func TestKilledUnderThePress(t *testing.T) {
	h := startHall(t)
	x := h.take("ho-tich")
	second := h.take("ho-tich")
	h.verb("1", "open", nil)
	s := h.screens(t, x.Token)
	for round, wait := range []time.Duration{0, 3 * time.Millisecond} {
		words := []string{vi("d.next"), vi("d.donenext")}[round]
		at := s.desk.aim("#big", words)
		s.desk.pressAt(at)
		time.Sleep(wait) // a kill before, and one after, the command was on the disk
		h.kill()
		h.start()
		h.ready()
		number := []string{"A001", "A002"}[round]
		s.desk.until("the call", fmt.Sprintf(`document.querySelector('.cur .big').textContent === %q && document.querySelector('.cur .state').textContent === %q`, number, vi("d.is.calling")), 10*time.Second)
		s.board.until("the call on the board", listed(number, "01")+"||"+boardShows(number, "01"), patience)
		s.display.sees(".n", number)
		if state, called := h.counter("1"); state != "calling" || called != number {
			t.Errorf("counter 1 is %s with %s, want calling %s", state, called, number)
		}
		if now := h.ticket([]ticket{x, second}[round].Token); now.State != "called" || now.Calls != 1 {
			t.Errorf("%s is %s, called %d times; want called once", number, now.State, now.Calls)
		}
		h.verb("1", "serve", nil)
		s.desk.sees(".cur .state", vi("d.is.serving"))
	}
}

// TestKilledWhileTaking kills the server in the moment a number is taken: the
// kiosk asks again by itself and gives one number, the next one.
func TestKilledWhileTaking(t *testing.T) {
	h := startHall(t)
	h.take("ho-tich")
	kiosk := h.kiosk(t, "")
	kiosk.pardon(cutOff)
	kiosk.press(".tile", "Hộ tịch")
	kiosk.isOn("confirm")
	at := kiosk.aim(".acts button", vi("k.conf.yes"))
	kiosk.pace()
	kiosk.pressAt(at)
	h.kill()
	h.start()
	h.ready()
	kiosk.until("the ticket", `document.getElementById('stage').dataset.screen === 'ticket'`, 10*time.Second)
	if number := kiosk.text("[data-number]"); number != "A002" {
		t.Errorf("the kiosk gives %s, want A002", number)
	}
	if next := h.take("ho-tich"); next.Number != "A003" {
		t.Errorf("the next number is %s, want A003", next.Number)
	}
}

// TestLongSilence: what screens that nobody touches say after a minute and after
// ten without the server, and that they come back from that too.
func TestLongSilence(t *testing.T) {
	h := startHall(t)
	h.take("ho-tich")
	h.verb("1", "open", nil)
	h.verb("1", "call", nil)
	board, display := h.open(t, "/board/", boardSize), h.open(t, "/counter/1/", counterSize)
	for _, s := range []*screen{board, display} {
		s.pardon(cutOff)
	}
	board.until("the call", boardShows("A001", "01"), patience)
	display.sees(".n", "A001")
	h.kill()
	board.until("the sign", `!document.querySelector('.sign').hidden`, patience)
	display.sees(".sign", vi("c.cut"))
	board.moveClock(time.Minute)
	display.moveClock(time.Minute)
	board.sees("footer", upTo("t.offline"))
	display.sees(".words", vi("c.stale"))
	display.until("no number", `document.querySelector('.n').textContent === ''`, patience)
	board.shot("board-old")
	display.shot("counter-stale")
	board.moveClock(9 * time.Minute)
	board.sees(".card", vi("t.stale"))
	board.until("no number", `!document.querySelector('.now .n').checkVisibility({visibilityProperty: true})`, patience)
	board.shot("board-stale")
	h.start()
	h.ready()
	board.until("the call again", `document.querySelector('.card').hidden && `+boardShows("A001", "01"), 8*time.Second)
	display.until("the call again", `document.querySelector('.n').textContent === 'A001'`, 8*time.Second)
}
