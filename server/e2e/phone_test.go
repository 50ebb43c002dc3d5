package e2e

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

func newTestServer(t *testing.T, handler http.Handler) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

// ears counts what a phone does to be noticed.
const ears = `(() => {
  window.buzzes = []; window.notes = 0;
  navigator.vibrate = (pattern) => { buzzes.push(pattern); return true; };
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...args) { notes++; return start.apply(this, args); };
})()`

func (s *screen) title(want string) {
	s.t.Helper()
	s.until("the title "+want, fmt.Sprintf(`document.title === %q`, want), patience)
}

// TestPhoneFollowsTheTurn follows one number through everything that can happen
// to it, by the words, the tab's title and icon, the buzz, and what screen
// readers are told.
func TestPhoneFollowsTheTurn(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	for range 3 {
		h.take("ho-tich")
	}
	x := h.take("ho-tich")
	h.verb("1", "open", nil)
	phone := h.open(t, "/t/"+x.Token, phoneSize)
	eval[any](phone, ears+";0")
	phone.sees("h1", vi("p.wait.h"))
	phone.title(vi("p.title.ahead", "number", "A004", "n", "3"))
	phone.sees(".facts dd", x.Code)
	phone.press("[data-act=bell]", "")
	phone.sees("[data-act=bell][aria-pressed=true]", vi("p.bell.on"))
	if n := eval[int](phone, `notes`); n != 2 {
		t.Errorf("the bell plays %d notes when it is switched on, want 2", n)
	}

	h.verb("1", "call", nil)
	phone.sees("h1", upTo("p.soon"))
	phone.until("one short buzz", `buzzes.length === 1 && buzzes[0] === 200 && notes === 4`, patience)
	phone.until("it to be told politely", fmt.Sprintf(`document.getElementById('told').textContent.includes(%q) && !document.getElementById('say').textContent`, upTo("p.soon")), patience)
	for range 2 {
		h.verb("1", "serve", nil)
		h.verb("1", "next", nil)
	}
	h.verb("1", "serve", nil)
	if got := h.verb("1", "next", nil).Number; got != "A004" {
		t.Fatalf("called %s, want A004", got)
	}
	phone.sees("h1", vi("p.call", "counter", "01"))
	phone.title("● A004 → Quầy 01")
	phone.until("the icon of a call", `document.getElementById('favicon').getAttribute('href') === '/web/icon-call.svg'`, patience)
	phone.until("it to interrupt", fmt.Sprintf(`document.getElementById('say').textContent === %q && document.getElementById('say').ariaLive === 'assertive'`, vi("p.call", "counter", "01")), patience)
	phone.until("the long buzz and the bell", `JSON.stringify(buzzes.at(-1)) === '[400,200,400,200,400]' && notes === 10`, patience)
	h.verb("1", "recall", nil)
	phone.sees(".card.call", vi("p.call.again", "n", "2"))
	phone.until("the bell again", `notes === 16`, patience)

	h.verb("1", "no-show", nil)
	phone.sees("h1", vi("p.miss", "number", "A004"))
	phone.sees(".card", vi("p.miss.sub")) // the demo is always open: no hour to name
	phone.until("the usual icon", `document.getElementById('favicon').getAttribute('href') === '/web/icon.svg'`, patience)
	h.verb("1", "reinstate", map[string]string{"number": "A004"})
	phone.sees("h1", vi("p.again", "number", "A004", "area", "01"))
	h.verb("1", "next", nil)
	phone.sees("h1", vi("p.call", "counter", "01"))
	h.verb("1", "serve", nil)
	phone.sees("h1", vi("p.serving", "counter", "01"))
	h.verb("1", "park", map[string]string{"reason": "bổ sung"})
	phone.sees("h1", vi("p.parked", "number", "A004"))
	h.verb("1", "resume", map[string]string{"number": "A004"})
	phone.sees("h1", vi("p.call", "counter", "01"))
	h.verb("1", "serve", nil)
	h.verb("2", "open", nil)
	h.verb("1", "transfer", map[string]string{"counter": "2", "place": "arrival"})
	phone.sees("h1", vi("p.moved.area", "number", "A004", "area", "02"))
	h.verb("2", "call", nil)
	phone.title("● A004 → Quầy 02")
	h.verb("2", "serve", nil)
	h.verb("2", "end", nil)
	phone.sees("h1", "Đã xong lúc")
	phone.press(".level", "Rất hài lòng")
	phone.sees("h2", vi("r.thanks"))
	phone.do(chromedp.Reload())
	phone.sees("h2", vi("r.thanks"))
	if eval[bool](phone, `Boolean(document.querySelector('.level'))`) {
		t.Error("after a reload it may be rated again")
	}
}

// TestPhoneLetsPeoplePass: as many as stand behind, never more; then it cancels.
func TestPhoneLetsPeoplePass(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	x := h.take("ho-tich")
	phone := h.open(t, "/t/"+x.Token, phoneSize)
	phone.sees(".number", "A001")
	if eval[bool](phone, `Boolean(document.querySelector('[data-act=pass]'))`) {
		t.Error("nobody is behind, and yet people may be let pass")
	}
	for range 3 {
		h.take("ho-tich")
	}
	phone.do(chromedp.Reload()) // it would be told within 3 s
	phone.press("[data-act=pass]", vi("p.delay.open"))
	if got := eval[string](phone, `[...document.querySelectorAll('[data-choice]')].map((b) => b.dataset.choice).join()`); got != "1,3" {
		t.Errorf("with three behind one may let pass %s, want 1,3", got)
	}
	phone.shot("pass")
	phone.press("dialog .go", vi("p.delay.no"))
	phone.press("[data-act=pass]", "")
	phone.press("[data-choice='1']", vi("p.delay", "n", "1"))
	phone.sees(".note", vi("p.delay.done"))
	phone.title(vi("p.title.ahead", "number", "A001", "n", "1"))
	if ahead := h.ticket(x.Token).Ahead; ahead != 1 {
		t.Errorf("%d ahead after one was let pass", ahead)
	}
	phone.press("[data-act=quit]", vi("p.quit"))
	phone.sees("dialog h2", vi("p.quit.q", "number", "A001"))
	if !eval[bool](phone, `document.activeElement.classList.contains('go')`) {
		t.Error("the question begins on the button that takes the number away")
	}
	phone.press("dialog .go", vi("p.keep"))
	phone.press("[data-act=quit]", "")
	phone.press("dialog [data-choice]", vi("p.quit"))
	phone.sees("h1", vi("p.cancelled", "number", "A001"))
	if state := h.ticket(x.Token).State; state != "cancelled" {
		t.Errorf("the visit is %s", state)
	}
}

// TestPhoneWithoutSocket: where websockets do not get through, it asks.
func TestPhoneWithoutSocket(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	x := h.take("ho-tich")
	seen, f := h.frontOf(t)
	f.noLive = true
	phone := seen.open(t, "/t/"+x.Token, phoneSize)
	phone.pardon(`WebSocket connection|Failed to load resource`)
	phone.sees("h1", upTo("p.soon"))
	h.verb("1", "open", nil)
	h.verb("1", "call", nil)
	before := f.reads()
	phone.moveClock(15 * time.Second)
	phone.sees("h1", vi("p.call", "counter", "01"))
	phone.until("no complaint while asking works", `document.getElementById('strip').hidden`, patience)
	if f.reads() == before {
		t.Error("the phone was told without asking")
	}
	h.verb("1", "serve", nil)
	phone.moveClock(15 * time.Second)
	phone.sees("h1", vi("p.serving", "counter", "01"))

	f.set(func() { f.away = true })
	phone.moveClock(25 * time.Second)
	phone.sees("#strip", vi("p.off"))
	phone.sees("h1", vi("p.serving", "counter", "01")) // what was known stays
	phone.shot("off")
	h.verb("1", "end", nil)
	f.set(func() { f.away = false })
	phone.moveClock(15 * time.Second)
	phone.sees("h1", "Đã xong lúc")
	phone.until("no complaint any more", `document.getElementById('strip').hidden`, patience)
	f.set(func() { f.noLive = false })
	phone.press(".level", "Rất hài lòng")
	phone.sees("h2", vi("r.thanks"))
}

// TestPhoneTicketEnds: when the day is over the page says so and asks no more;
// a token that nobody knows gets the same words and no number.
func TestPhoneTicketEnds(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	seen, f := h.frontOf(t)
	f.noLive, f.ticket = true, someTicket(`{}`)
	phone := seen.open(t, "/t/hbXXXXXXXXXXXXXXXXXXXXXX", phoneSize)
	phone.pardon(`WebSocket connection`)
	phone.sees("h1", vi("p.wait.h"))
	f.set(func() { f.ticket = someTicket(`{"state":"expired"}`) })
	phone.moveClock(15 * time.Second)
	phone.sees("h1", vi("p.end"))
	phone.sees(".number", "A012")
	if eval[bool](phone, `document.getElementById('acts').checkVisibility()`) {
		t.Error("an expired ticket still has buttons")
	}
	before := f.reads()
	phone.moveClock(time.Minute)
	time.Sleep(1500 * time.Millisecond) // its own timer has come round
	if f.reads() != before {
		t.Error("it goes on asking for a ticket that has expired")
	}
	wrong := h.open(t, "/t/hbAAAAAAAAAAAAAAAAAAAAAA", phoneSize)
	wrong.pardon(`Failed to load resource`)
	wrong.sees("h1", vi("p.end"))
	if got := wrong.text(".number"); got != "" {
		t.Errorf("a token nobody knows shows %s", got)
	}
}

// TestPhoneOnPlainNetwork opens the page by a host name over plain http, as
// phones in the hall do: not a secure context, so much of the platform is missing.
func TestPhoneOnPlainNetwork(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	first, x := h.take("ho-tich"), h.take("ho-tich")
	own, err := startChromeWith(chromedp.Flag("host-resolver-rules", "MAP sanh.lan 127.0.0.1"))
	if err != nil {
		missing(t, err.Error())
	}
	_, port, err := net.SplitHostPort(h.addr)
	if err != nil {
		t.Fatal(err)
	}
	phone := openOn(t, own, "vi", "http://sanh.lan:"+port, "/t/"+x.Token, phoneSize)
	phone.pardon(`WebSocket connection|Failed to load resource|ERR_CONNECTION`)
	phone.sees(".number", "A002")
	if eval[bool](phone, `window.isSecureContext || 'serviceWorker' in navigator || typeof crypto.randomUUID === 'function'`) {
		t.Fatal("this is a secure context: the test proves nothing")
	}
	if host := eval[string](phone, `location.hostname`); host != "sanh.lan" {
		t.Fatalf("the page is at %s", host)
	}
	phone.press("[data-act=bell]", "")
	phone.sees("[data-act=bell][aria-pressed=true]", "")
	h.verb("1", "open", nil)
	h.verb("1", "call", nil)
	phone.title(vi("p.title.ahead", "number", "A002", "n", "0")) // sooner than it would ask: the socket is there
	h.kill()
	// From the moment the page notices, which is its own.
	phone.until("the words that the line is lost", "(moveClock(1000), "+found("#strip", vi("p.off"))+")", patience)
	h.start()
	h.ready()
	phone.until("the line to be back", `document.getElementById('strip').hidden`, 2*patience)
	h.verb("1", "serve", nil)
	h.verb("1", "next", nil)
	phone.title("● A002 → Quầy 01")
	h.verb("1", "serve", nil)
	h.verb("1", "end", nil)
	phone.press(".level", "Hài lòng")
	phone.sees("h2", vi("r.thanks"))
	if state := h.ticket(first.Token).State; state != "ended" {
		t.Errorf("the first visit is %s", state)
	}
}

// TestPhoneSpeaksTheTicketsLanguage: whoever took the number in English reads on
// in English, until choosing otherwise.
func TestPhoneSpeaksTheTicketsLanguage(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	var x ticket
	if status := h.ask("POST", "demo-kiosk", branchPath+"/tickets", map[string]string{"service": "ho-tich", "lang": "en"}, &x); status != http.StatusCreated {
		t.Fatalf("taking a ticket: %d", status)
	}
	phone := h.open(t, "/t/"+x.Token, phoneSize)
	phone.title(en("p.title.ahead", "number", "A001", "n", "0"))
	phone.until("English", `document.documentElement.lang === 'en'`, patience)
	phone.press("[data-act=lang]", "")
	phone.title(vi("p.title.ahead", "number", "A001", "n", "0"))
	if !eval[bool](phone, `document.activeElement.dataset.act === 'lang'`) {
		t.Error("the button that was pressed has lost the focus")
	}
	phone.do(chromedp.Reload())
	phone.title(vi("p.title.ahead", "number", "A001", "n", "0"))
}
