package e2e

import (
	"context"
	"fmt"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"motcua/server/queue"
)

// lookupSize is the look-up's own screen.
var lookupSize = size{1920, 1080, true}

// lookup opens the look-up and waits for its first screen and what there is to find.
func (h *hall) lookup(t *testing.T, query string, as size) *screen {
	t.Helper()
	s := h.open(t, "/lookup/"+query, as)
	s.isOn("first")
	s.until("the catalogue", `document.querySelector('.events button')`, patience)
	return s
}

// lands waits until a page under the path stands with the screen of that name; the
// page may go away while it is asked.
func (s *screen) lands(path, name string) {
	s.t.Helper()
	there := fmt.Sprintf(`location.pathname === %q && document.getElementById('stage')?.dataset.screen === %q`, path, name)
	for start := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(s.ctx, patience)
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](there))
		cancel()
		if err == nil && ok {
			return
		}
		if time.Since(start) > 2*patience {
			s.shot("failed")
			s.t.Fatalf("%s: waited for the screen %s of %s: %v", s.name, name, path, err)
		}
	}
}

// imports brings more procedures in, beside the running server.
func (h *hall) imports(file string) {
	h.t.Helper()
	path, err := program()
	if err != nil {
		h.t.Fatal(err)
	}
	if out, err := exec.Command(path, "import", "procedures", file, "--data", h.data).CombinedOutput(); err != nil {
		h.t.Fatalf("importing %s: %v\n%s", file, err, out)
	}
}

// finds types with a real keyboard and waits for the first result.
func (s *screen) finds(words, first string) {
	s.t.Helper()
	s.key(words)
	s.isOn("search")
	s.until("the result "+first, fmt.Sprintf(`document.querySelector('.results .row')?.textContent.includes(%q)`, first), patience)
}

// TestLookupByTouch: a field, a procedure, the case, what to bring, the number: the
// visit carries the procedure, and the screen comes back to the look-up.
func TestLookupByTouch(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	s := h.lookup(t, "", lookupSize)
	s.shot("home")
	s.press(".field", "Hộ tịch")
	s.isOn("list")
	s.sees(".row", "khai sinh")
	s.shot("list")
	s.press(".row[data-code]", "")
	s.isOn("record")
	s.press("[data-way=back]", "")
	s.isOn("list")
	s.press("[data-way=home]", "")
	s.isOn("first")
	s.press("[data-event=sinh-con]", "")
	s.isOn("list")
	s.press(".row[data-code='1.001193']", "")
	s.isOn("record")
	s.sees("h1", "Đăng ký khai sinh")
	s.sees(".asking h2", vi("l.case.q"))
	s.shot("case")
	s.press(".choice", "bệnh viện")
	s.sees(".papers li", "Giấy chứng sinh")
	s.sees(".facts dd", "1.001193")
	s.shot("record")
	s.press("[data-act=official]", "")
	s.isOn("official")
	s.shot("official")
	s.press("[data-way=back]", "")
	s.isOn("record")
	s.sees(".papers li", "Giấy chứng sinh") // the case chosen is not asked again
	s.press("[data-act=take]", "")
	s.lands("/kiosk/", "confirm")
	s.press(".acts button", vi("k.conf.no"))
	s.lands("/lookup/", "record") // back to what was looked at
	s.press(".choice", "bệnh viện")
	s.press("[data-act=take]", "")
	s.lands("/kiosk/", "confirm")
	s.press(".acts button", vi("k.conf.yes"))
	number, token := s.issued()
	if procedure := h.procedureOf(token); procedure != "1.001193" {
		t.Errorf("%s was taken for %q", number, procedure)
	}
	s.press(".acts button", vi("k.done.ok"))
	s.lands("/lookup/", "first")
}

// procedureOf is the code a number was taken for.
func (h *hall) procedureOf(token string) string {
	h.t.Helper()
	var answer struct{ Procedure struct{ Code string } }
	if status := h.ask(http.MethodGet, "", "/api/v1/tickets/"+token, nil, &answer); status != http.StatusOK {
		h.t.Fatalf("reading the ticket: status %d", status)
	}
	return answer.Procedure.Code
}

// TestLookupByKeyboard: typed without accents, the first result, the number; no
// hand leaves the keys.
func TestLookupByKeyboard(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	s := h.lookup(t, "", lookupSize)
	s.finds("giay doc than", "xác nhận tình trạng hôn nhân")
	s.shot("search")
	s.key(kb.ArrowDown)
	if !eval[bool](s, `document.activeElement.matches('.results .row') && getComputedStyle(document.activeElement).outlineStyle !== 'none'`) {
		t.Error("the first result is not seen to have the focus")
	}
	s.key(kb.Enter)
	s.isOn("record")
	for range 12 { // the first case where it is asked, then the key that takes the number
		if eval[bool](s, `document.activeElement.dataset.act === 'take'`) {
			break
		}
		s.key(kb.ArrowDown)
		if eval[bool](s, `document.activeElement.matches('.choice')`) {
			s.key(kb.Enter)
		}
	}
	s.key(kb.Enter)
	s.lands("/kiosk/", "confirm")
	s.key("1")
	s.issued()
}

// TestLookupFindsNothing: the sentence says what to try, and the fields are one
// touch away. Telex is for who wants it; Escape leads back.
func TestLookupFindsNothing(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	s := h.lookup(t, "", lookupSize)
	s.press(".ask", "")
	s.isOn("search")
	s.shot("empty")
	for _, x := range "zqzqzq" {
		s.press(".key", string(x))
	}
	s.sees(".none", vi("l.none", "x", "zqzqzq"))
	s.shot("none")
	s.press(".key.clear", "")
	s.press(".key.telex", "")
	s.key("ddaats ddai")
	s.until("the words with accents", `document.querySelector('.typed').textContent === 'đất đai'`, patience)
	s.until("results", `document.querySelector('.results .row')`, patience)
	s.key(kb.Escape)
	s.isOn("first")
}

// TestLookupIsLive: who waits, a service that closes, and words of the hall come to
// the record that is being read, which stays where it is.
func TestLookupIsLive(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	s := h.open(t, "/lookup/#procedure=1.000656", lookupSize)
	s.isOn("record")
	s.sees(".take", vi("k.tile.now"))
	first := s.text("h1")
	for range 3 {
		h.take("ho-tich")
	}
	s.sees(".take small", "3 người")
	h.announce("demo-admin", map[string]any{"kind": "info", "text": map[string]string{"vi": "Quầy 05 tạm nghỉ"}})
	h.settings(func(s *queue.Settings) { serviceIn(s, "ho-tich").Closed = true })
	s.until("no number to be had", `!document.querySelector('[data-act=take]')`, patience)
	s.shot("closed")
	h.settings(func(s *queue.Settings) { serviceIn(s, "ho-tich").Closed = false })
	s.until("numbers again", `document.querySelector('[data-act=take]')`, patience)
	if now := s.text("h1"); now != first || s.text("#stage.with-nav main.record .papers") == "" {
		t.Errorf("what was being read has gone: %q", now)
	}
	s.press("[data-way=home]", "")
	s.sees(".bulletin li", "Quầy 05")

	// A new catalogue comes while somebody looks at the list.
	s.press(".field", "Hộ tịch")
	s.isOn("list")
	s.sees(".row", "Cấp bản sao")
	h.imports("testdata/lookup.jsonl")
	s.sees(".row", "Đăng ký việc mới")
	s.isOn("list")
}

// TestLookupFromTheKiosk: inside the kiosk the look-up leads back to it, with the
// number's question or without, and the address keeps which machine it is.
func TestLookupFromTheKiosk(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "?diag=32")
	k.until("the way to the look-up", found("button", vi("k.find")), patience)
	k.press("button", vi("k.find"))
	k.lands("/lookup/", "first")
	k.shot("first")
	if search := eval[string](k, `location.search`); !strings.Contains(search, "from=kiosk") || !strings.Contains(search, "diag=32") {
		t.Errorf("the look-up was opened with %s", search)
	}
	k.press(".ask", "")
	k.finds("khai sinh", "khai sinh")
	k.shot("search")
	k.press(".results .row", "")
	k.isOn("record")
	k.press("[data-way=home]", "")
	k.lands("/kiosk/", "home")
	k.press("button", vi("k.find"))
	k.lands("/lookup/", "first")
	k.moveClock(46 * time.Second)
	k.until("the question whether anybody is there", `document.querySelector('dialog.idle[open]')`, patience)
	k.moveClock(31 * time.Second)
	k.lands("/kiosk/", "home")
}

// TestLookupForgets: who leaves is asked, and the next visitor finds nothing of them.
func TestLookupForgets(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	s := h.lookup(t, "", lookupSize)
	s.wear("text")
	s.finds("khai sinh", "khai sinh")
	s.moveClock(91 * time.Second)
	s.until("the question whether anybody is there", `document.querySelector('dialog.idle[open]')`, patience)
	s.press("dialog .btn.go", "")
	s.isOn("search")
	s.moveClock(151 * time.Second)
	s.until("the question again", `document.querySelector('dialog.idle[open]')`, patience)
	s.moveClock(61 * time.Second)
	s.isOn("first")
	if eval[bool](s, `document.documentElement.dataset.text === 'large'`) {
		t.Error("the next visitor finds large letters")
	}
}

// TestLookupWithoutItsServer: a strip at once, a card after ten seconds in place of
// what can only be asked of the server; a record being read stays, without its key.
func TestLookupWithoutItsServer(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	s, reading := h.lookup(t, "", lookupSize), h.open(t, "/lookup/#procedure=1.000656", lookupSize)
	for _, x := range []*screen{s, reading} {
		x.pardon("WebSocket|Failed to load|ERR_CONNECTION")
	}
	reading.sees(".take", vi("l.take"))
	h.kill()
	for _, x := range []*screen{s, reading} {
		x.until("the strip", `!document.getElementById('strip').hidden`, patience)
		x.moveClock(11 * time.Second)
	}
	s.isOn("paused")
	s.shot("paused")
	reading.until("no number to be had", `!document.querySelector('[data-act=take]')`, patience)
	reading.isOn("record")
	h.start()
	h.ready()
	s.until("the first screen again", `document.getElementById('stage').dataset.screen === 'first' && document.getElementById('strip').hidden`, 4*patience)
	reading.until("its key again", `document.querySelector('[data-act=take]')`, 4*patience)
}
