package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"motcua/server/qr"
)

// kiosk opens the kiosk and waits for its first screen.
func (h *hall) kiosk(t *testing.T, query string) *screen {
	t.Helper()
	k := h.open(t, "/kiosk/"+query, kioskSize)
	k.isOn("home")
	return k
}

// isOn waits until the kiosk shows the screen of that name.
func (s *screen) isOn(name string) {
	s.t.Helper()
	s.until("the screen "+name, fmt.Sprintf(`document.getElementById('stage').dataset.screen === %q`, name), patience)
}

// takeByTouch touches a service, "Lấy số", and gives the number and the token.
func (s *screen) takeByTouch(service string) (number, token string) {
	s.t.Helper()
	s.press(".tile", service)
	s.isOn("confirm")
	s.press(".acts button", vi("k.conf.yes"))
	return s.issued()
}

// issued reads the ticket on the kiosk's screen.
func (s *screen) issued() (number, token string) {
	s.t.Helper()
	s.isOn("ticket")
	token = eval[string](s, `document.querySelector('img.qr').src.split('/tickets/')[1].split('/')[0]`)
	return s.text("[data-number]"), token
}

// desk opens a desk at a counter.
func (h *hall) desk(t *testing.T, counter string) *screen {
	t.Helper()
	d := h.open(t, "/desk/?counter="+counter, deskSize)
	d.until("the big button", `document.querySelector('#big[data-act]:not([aria-disabled=true])') || document.querySelector('#big[data-act=call]')`, patience)
	return d
}

// big presses the one big button, which must say what is wanted of it.
func (s *screen) big(words string) {
	s.t.Helper()
	s.press("#big", words)
}

// shows waits until the desk shows a number in the state the words say.
func (s *screen) shows(number, words string) {
	s.t.Helper()
	s.sees(".cur .big", number)
	s.sees(".cur .state", words)
}

// boardShows is true when the board's large field holds the number and counter.
func boardShows(number, counter string) string {
	return fmt.Sprintf(`document.querySelector('.now .n')?.textContent === %q && document.querySelector('.now .q b')?.textContent === %q`, number, counter)
}

// listed is true when the board's list holds the number and counter.
func listed(number, counter string) string {
	return fmt.Sprintf(`[...document.querySelectorAll('tbody tr')].some((r) => r.cells[0].textContent === %q && r.cells[1].textContent === %q)`, number, counter)
}

// TestTheWholeWay follows one visitor from the first touch over the paper to the
// rating, on all the screens that take part.
func TestTheWholeWay(t *testing.T) {
	h := startDevices(t)
	kiosk, desk := h.kiosk(t, ""), h.desk(t, "1")
	board, display := h.open(t, "/board/", boardSize), h.open(t, "/counter/1/", counterSize)
	tablet := h.open(t, "/rate/1/", rateSize)
	board.sees(".idle", vi("t.idle"))
	display.sees(".words", vi("c.closed"))
	desk.sees(".cur .state", vi("d.is.closed"))
	kiosk.shot("kiosk-home")
	board.shot("board-idle")
	tablet.shot("rate-idle")

	// The ticket.
	kiosk.takeByTouch("Hộ tịch")
	kiosk.press(".acts button", vi("k.done.ok"))
	kiosk.isOn("home")
	kiosk.press(".tile", "Hộ tịch")
	kiosk.isOn("confirm")
	kiosk.shot("kiosk-confirm")
	kiosk.press(".acts button", vi("k.conf.yes"))
	number, token := kiosk.issued()
	if number != "A002" {
		t.Errorf("the second ticket of the first service is %s, want A002", number)
	}
	kiosk.sees(".slip dd", vi("k.done.people", "n", "1"))
	kiosk.until("the QR code to load", `document.querySelector('img.qr').complete && document.querySelector('img.qr').naturalWidth > 0`, patience)
	if kind := eval[string](kiosk, `fetch(document.querySelector('img.qr').src).then((r) => r.headers.get('content-type'))`); !strings.HasPrefix(kind, "image/svg+xml") {
		t.Errorf("the QR code is %q", kind)
	}
	if drawn, want := eval[string](kiosk, `fetch(document.querySelector('img.qr').src).then((r) => r.text())`), h.url+"/t/"+token; !isCodeOf(t, drawn, want) {
		t.Errorf("the QR code does not lead to %s", want)
	}
	kiosk.shot("kiosk-ticket")
	if url := h.ticket(token).URL; url != h.url+"/t/"+token {
		t.Errorf("the ticket's address is %s", url)
	}
	if codes := h.paper(2).QR; !slices.Contains(codes, h.url+"/t/"+token) {
		t.Errorf("the paper leads to %v", codes)
	}

	// The phone.
	phone := h.open(t, "/t/"+token, phoneSize)
	phone.sees(".number", number)
	phone.sees("h1", upTo("p.soon"))
	phone.shot("phone-soon")

	// The desk opens and calls; the first visitor is quick.
	desk.shot("desk-closed")
	desk.big(vi("d.open"))
	desk.sees("#big", vi("d.next"))
	desk.shot("desk-open")
	at := desk.aim("#big", vi("d.next"))
	desk.pressAt(at)
	took := board.until("the call on the board", boardShows("A001", "01"), time.Second)
	t.Logf("from the press to the board: %v", took.Round(time.Millisecond))
	desk.shows("A001", vi("d.is.calling"))
	desk.big(vi("d.serve"))
	desk.shows("A001", vi("d.is.serving"))
	display.sees("footer", vi("c.serve"))

	// The next call: at once in the board's list, and large when the first one's
	// six seconds are over.
	at = desk.aim("#big", vi("d.donenext"))
	desk.pressAt(at)
	board.until("the call on the board", listed("A002", "01")+"||"+boardShows("A002", "01"), time.Second)
	board.moveClock(6 * time.Second)
	board.until("the call in the large field", boardShows("A002", "01"), time.Second)
	desk.shows("A002", vi("d.is.calling"))
	display.until("the number", `document.querySelector('.n').textContent === 'A002'`, time.Second)
	display.sees("footer", vi("c.call"))
	phone.sees("h1", vi("p.call", "counter", "01"))
	phone.until("the title to say so", fmt.Sprintf(`document.title === %q`, vi("p.title.call", "number", number, "counter", "01")), patience)
	for s, name := range map[*screen]string{desk: "desk-calling", board: "board-calling", display: "counter-calling", phone: "phone-called"} {
		s.shot(name)
	}

	// Served, ended, rated.
	desk.big(vi("d.serve"))
	desk.shows("A002", vi("d.is.serving"))
	phone.sees("h1", vi("p.serving", "counter", "01"))
	desk.shot("desk-serving")
	desk.big(vi("d.end"))
	desk.sees(".undo", vi("d.did.end", "number", "A002"))
	tablet.sees("h1", vi("r.q"))
	tablet.shot("rate-invited")
	phone.sees("h2", vi("r.q"))
	phone.shot("phone-done")
	tablet.press("[data-level='1']", "")
	tablet.sees("h1", vi("r.thanks"))
	tablet.shot("rate-thanks")
	phone.sees("h2", vi("r.thanks"))
	phone.until("no more rating", `!document.querySelector('.level')`, patience)
	var refusal struct{ Code string }
	if status := h.ask("POST", "", "/api/v1/tickets/"+token+"/rating", map[string]int{"level": 4}, &refusal); status != 409 || refusal.Code != "already_rated" {
		t.Errorf("a second rating: %d %s, want 409 already_rated", status, refusal.Code)
	}
	tablet.moveClock(5 * time.Second)
	tablet.until("the tablet to rest", `document.body.className === 'idle'`, patience)
}

// isCodeOf tells whether a picture is the QR code of an address.
func isCodeOf(t *testing.T, picture, address string) bool {
	t.Helper()
	svg, err := qr.SVG(address)
	if err != nil {
		t.Fatal(err)
	}
	return picture == string(svg)
}

// TestPhoneRates: the phone rates where no tablet did, and may say why.
func TestPhoneRates(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	x := h.take("ho-tich")
	phone := h.open(t, "/t/"+x.Token, phoneSize)
	phone.sees(".number", "A001")
	h.verb("1", "open", nil)
	h.verb("1", "call", nil)
	h.verb("1", "serve", nil)
	h.verb("1", "end", nil)
	tablet := h.open(t, "/rate/1/", rateSize)
	tablet.sees("h1", vi("r.q"))
	phone.press(".level", "Không hài lòng")
	phone.sees("h2", vi("r.why"))
	phone.press(".reasons label", "Chờ lâu")
	phone.press("button", vi("r.send"))
	phone.sees("h2", vi("r.thanks"))
	tablet.until("the tablet to ask no more", `document.body.className === 'idle'`, patience)
}

// TestUndo takes a call back at the desk within its five seconds.
func TestUndo(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	x := h.take("ho-tich")
	h.verb("1", "open", nil)
	desk, board := h.desk(t, "1"), h.open(t, "/board/", boardSize)
	desk.big(vi("d.next"))
	desk.sees(".undo", vi("d.did.call", "number", "A001"))
	board.until("the call", boardShows("A001", "01"), patience)
	desk.press(".undo button", vi("d.undo"))
	desk.sees(".done", vi("d.did.undo"))
	desk.sees(".cur .state", vi("d.is.open"))
	board.sees(".idle", vi("t.idle"))
	if now := h.ticket(x.Token); now.State != "waiting" || now.Ahead != 0 {
		t.Errorf("after the undo the visit is %s with %d ahead", now.State, now.Ahead)
	}
	// The offer goes by itself.
	desk.big(vi("d.next"))
	desk.sees(".undo", vi("d.did.call", "number", "A001"))
	desk.until("the offer to go", `!document.querySelector('.undo').checkVisibility()`, 6*time.Second)
}

// TestPressedByMistake cancels a number on the kiosk that gave it.
func TestPressedByMistake(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	kiosk := h.kiosk(t, "")
	number, token := kiosk.takeByTouch("Chứng thực")
	kiosk.press(".acts button", vi("k.done.undo"))
	kiosk.sees("h1", vi("k.undo.q", "number", number))
	kiosk.shot("kiosk-cancel")
	kiosk.press(".acts button", vi("k.undo.no"))
	kiosk.press(".acts button", vi("k.done.undo"))
	kiosk.press(".acts button", vi("k.undo.yes"))
	kiosk.isOn("cancelled")
	kiosk.sees("h1", vi("k.undo.done", "number", number))
	if state := h.ticket(token).State; state != "cancelled" {
		t.Errorf("the visit is %s, want cancelled", state)
	}
	kiosk.moveClock(4 * time.Second)
	kiosk.isOn("home")
}
