package e2e

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
)

// The look-up's two shapes, and two dossiers of the demo.
var (
	lookWide = size{1920, 1080, true}
	lookTall = size{1080, 1920, true}
)

const (
	fileAtWork = "H15.50.05.13-261008-0975"
	fileLate   = "H15.50.05.13-261014-1020" // overdue, with a new day
)

// inSight looks at a screen with and without high contrast, and takes its picture.
// The colours of a screen are the same in both shapes.
func (s *screen) inSight(name string) {
	s.t.Helper()
	s.clean(name)
	s.shot(name)
	if s.size == lookTall {
		return
	}
	s.wear("contrast")
	s.clean(name + ", high contrast")
	s.shot(name + "-contrast")
	s.wear("contrast")
}

// holds tells whether a text stands anywhere in the page or its address.
func (s *screen) holds(text string) bool {
	s.t.Helper()
	return eval[bool](s, fmt.Sprintf(`(document.documentElement.outerHTML + document.title + location.href + JSON.stringify(history.state) +
  JSON.stringify(Object.entries(localStorage)) + JSON.stringify(Object.entries(sessionStorage))).includes(%s)`, strconv.Quote(text)))
}

// TestLookupDossierTyped: the code by touch and without its signs, the degree, then
// more for the last digits; half a minute later nothing of it is left.
func TestLookupDossierTyped(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(func(s *queue.Settings) { s.Dossiers.Verify = true })
	s := h.lookup(t, "", lookWide)
	s.pardon(`404`) // wrong figures
	s.press("[data-act=dossier]", "")
	s.isOn("dossier")
	s.inSight("dossier-ask")
	for _, sign := range "H155" {
		s.press(fmt.Sprintf("[data-sign=%q]", sign), "")
	}
	s.key("00513261")
	s.key("0141020")
	s.press(".btn.go", vi("l.file.go"))
	s.isOn("file")
	s.sees("h1", fileLate)
	s.sees(".degree", vi("l.file.processing"))
	s.sees(".steps .now[aria-current=step]", vi("l.file.processing"))
	s.sees(".steps .past", vi("l.file.received"))
	s.sees(".stale", upTo("l.file.stale"))
	if n := eval[int](s, `document.querySelectorAll('.steps li').length`); n != 5 {
		t.Errorf("%d steps, want 5", n)
	}
	if s.holds(vi("l.file.overdue")) {
		t.Error("whoever knows the code alone is told that it is overdue")
	}
	s.inSight("dossier-degree")

	s.press(".btn", vi("l.file.more"))
	s.isOn("verify")
	s.inSight("dossier-verify")
	s.digits("9999")
	s.sees(".hint.wrong", vi("l.file.wrong", "n", "4"))
	s.digits("1234")
	s.isOn("file")
	s.sees(".fact.sorry", vi("l.file.overdue"))
	s.sees(".fact", upTo("l.file.again"))
	s.inSight("dossier-late")

	s.moveClock(20 * time.Second)
	s.until("the count-down", `parseInt(document.querySelector('.wipe b').textContent) <= 11`, patience)
	s.press(".btn", vi("k.idle.more"))
	s.until("the clock to start again", `parseInt(document.querySelector('.wipe b').textContent) > 25`, patience)
	s.moveClock(31 * time.Second)
	s.isOn("first")
	if s.holds(fileLate) || s.holds("1020") {
		t.Error("the code is still in the page")
	}
}

// digits touches the last figures of an identity number, and "show".
func (s *screen) digits(four string) {
	s.t.Helper()
	for _, d := range four {
		s.press(fmt.Sprintf("[data-sign=%q]", d), "")
	}
	s.press(".btn.go", vi("l.file.show"))
}

// TestLookupDossierScanned: of everything on a receipt the page takes the code and
// drops the rest unseen, whether a scanner types it or the kiosk hands it over.
func TestLookupDossierScanned(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	const person, name = "001090123456", "NGUYEN VAN BINH"
	payload := fileAtWork + "|1.004873|" + person + "|" + name + "|Giay tiep nhan|He thong|08/10/2026"
	watch := `(() => { window.seen = ''; new MutationObserver(() => { window.seen += document.documentElement.outerHTML; })
  .observe(document, {subtree: true, childList: true, attributes: true, characterData: true}); })(); 0`
	for _, screen := range []string{"first", "dossier"} {
		s := h.lookup(t, "", lookTall)
		if screen == "dossier" {
			s.press("[data-act=dossier]", "")
			s.isOn("dossier")
		}
		eval[any](s, watch)
		s.scan(payload)
		s.isOn("file")
		s.sees("h1", fileAtWork)
		for _, secret := range []string{person, "0010", "NGUYEN", "1.004873", "Giay"} {
			if s.holds(secret) || eval[bool](s, fmt.Sprintf(`seen.includes(%q)`, secret)) {
				t.Errorf("from %s: %q of the scan stood in the page", screen, secret)
			}
		}
		if screen == "dossier" {
			s.inSight("dossier-scanned-tall")
		}
	}

	// A card is no receipt: nothing of it is shown, and the page says so.
	s := h.lookup(t, "", lookTall)
	s.press("[data-act=dossier]", "")
	s.isOn("dossier")
	eval[any](s, watch)
	s.scan(person + "||" + name + "|01011990|Nam|Ha Noi|15042021")
	s.sees(".hint.wrong", vi("l.file.noscan"))
	if eval[bool](s, `seen.includes('0010') || seen.includes('NGUYEN')`) {
		t.Error("a card stood in the page")
	}

	// Out of the kiosk: the address forgets it.
	k := h.open(t, "/lookup/?from=kiosk#dossier="+fileAtWork+"%7C"+person, lookTall)
	k.isOn("file")
	k.sees("h1", fileAtWork)
	if at := eval[string](k, `location.href`); strings.Contains(at, "#") || k.holds(person) {
		t.Errorf("the address is still %s", at)
	}
}

// scan types a text as a scanner does that is a keyboard to the machine: all at
// once, and Enter after it.
func (s *screen) scan(text string) {
	s.t.Helper()
	eval[any](s, fmt.Sprintf(`(() => {
  const press = (key) => (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
  for (const key of %s) press(key);
  press('Enter');
})(); 0`, strconv.Quote(text)))
}

// TestLookupDossierWrong: after five wrong codes the screen says how long to wait;
// all of it by keyboard.
func TestLookupDossierWrong(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	s := h.lookup(t, "", lookWide)
	s.pardon(`404|429`)
	s.press("[data-act=dossier]", "")
	s.isOn("dossier")
	for typed, want := range map[string]string{
		"000.00.16.h40-200915-0001":     "000.00.16.H40-200915-0001",
		"0000016H402009150001":          "000.00.16.H40-200915-0001",
		"000 00 16 H40 200915 0001":     "000.00.16.H40-200915-0001",
		"H15.50.05.13-261008-0975":      "H15.50.05.13-261008-0975",
		"H15-50-05-13.261008.0975":      "H15.50.05.13-261008-0975",
		"H155005132610080975":           "H15.50.05.13-261008-0975",
		"H4OO1600260915100045":          "H40.016.00-260915-100045",
		"H400160026091510004512":        "H40.016.00-260915-10004512",
		"H15.50.05.13-261008":           "",
		"H15500513269908":               "",
		"001090123456":                  "",
		"X15.50.05.13-261008-0975":      "",
		"H15.50.05.13-261008-097512345": "",
	} {
		got := eval[string](s, fmt.Sprintf(`import('/lookup/code.js').then((x) => x.codesOf(%q, '2026-11-22').join(' '))`, typed))
		if got != want {
			t.Errorf("typed %s: %q, want %q", typed, got, want)
		}
	}
	s.key("H15")
	s.key("\r")
	s.sees(".hint.wrong", vi("l.file.short"))
	for range 3 {
		s.key("\b")
	}
	for i := range 6 {
		code := fmt.Sprintf("H15.50.05.13-261008-77%02d", i)
		s.scan(code)
		if i < 4 {
			s.sees(".hint.wrong", vi("l.file.wrong", "n", strconv.Itoa(4-i)))
		}
	}
	s.sees(".hint.wrong", "phút")
	s.inSight("dossier-wait")
	if status := h.ask("GET", "demo-display", "/api/v1/dossiers/"+fileAtWork, nil, nil); status != http.StatusOK {
		t.Errorf("another device is held back too: %d", status)
	}
}
