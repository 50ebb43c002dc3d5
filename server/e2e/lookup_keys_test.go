package e2e

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// deskLookup is the look-up for who works it from a keyboard alone.
var deskLookup = size{1920, 1080, false}

// walkJS presses the arrow in the page until what matches has the focus, and gives
// what of the stops on the way cannot be seen: no mark around it, or covered.
const walkJS = `((selector, most) => {
  const hidden = [];
  for (let i = 0; i < most; i++) {
    (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowDown', bubbles: true, cancelable: true}));
    const e = document.activeElement, o = getComputedStyle(e), b = e.getBoundingClientRect();
    const top = document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2), says = (e.ariaLabel || e.innerText).slice(0, 40);
    if (!e.matches(':focus-visible') || o.outlineStyle === 'none' || parseFloat(o.outlineWidth) < 4) hidden.push(says + ' without a mark');
    if (b.top < 0 || b.left < 0 || b.bottom > innerHeight || b.right > innerWidth || !(e.contains(top) || top?.contains(e))) hidden.push(says + ' covered');
    if (selector && e.matches(selector)) return {Hidden: hidden, There: true};
  }
  return {Hidden: hidden, There: !selector};
})(%q, %d)`

// walks takes so many steps, or as many as lead to what matches.
func (s *screen) walks(selector string, most int) {
	s.t.Helper()
	way := eval[struct {
		Hidden []string
		There  bool
	}](s, fmt.Sprintf(walkJS, selector, most))
	if !way.There {
		s.shot("failed")
		s.t.Fatalf("%s: no arrow leads to %s", s.name, selector)
	}
	for _, stop := range way.Hidden {
		s.shot("hidden")
		s.t.Errorf("%s: on the way to %s: %s", s.text("h1"), selector, stop)
	}
}

// walksTo goes on with the arrow until what matches has the focus; a list may come a
// moment after its screen.
func (s *screen) walksTo(selector string) {
	s.t.Helper()
	s.sees(selector, "")
	s.walks(selector, 80)
}

// stepsOn waits for a screen and goes round it.
func (s *screen) stepsOn(name string) {
	s.t.Helper()
	s.isOn(name)
	s.walks("", 12)
	s.shot(name)
}

// settles waits until a page just opened is drawn for good, whose languages, letters
// and rights come one after the other, and presses a real key: the browser knows
// from it whose the focus is.
func (s *screen) settles() {
	s.t.Helper()
	s.sees("[data-mode=help]", "")
	eval[any](s, `(async () => {
  let drawn = null;
  while (drawn !== document.querySelector('#stage main')) {
    drawn = document.querySelector('#stage main');
    await new Promise((done) => setTimeout(done, 500));
  }
})().then(() => 0)`)
	s.key(kb.ArrowDown)
}

// opens walks to a key and presses it.
func (s *screen) opens(selector, name string) {
	s.t.Helper()
	s.walksTo(selector)
	s.key(kb.Enter)
	s.stepsOn(name)
}

// leaves goes back by Escape.
func (s *screen) leaves(names ...string) {
	s.t.Helper()
	for _, name := range names {
		s.key(kb.Escape)
		s.isOn(name)
	}
}

// TestLookupKeysAlone: every screen is reached and left without touching the glass,
// and who walks there sees where they are.
func TestLookupKeysAlone(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(published)
	h.catalogueChange(t)
	h.wait("the change to be published", patience, func() bool {
		var news struct{ Items []any }
		h.ask(http.MethodGet, "demo-display", "/api/v1/catalogue/changes", nil, &news)
		return len(news.Items) > 0
	})
	s := h.lookup(t, "", deskLookup)
	s.settles()
	s.stepsOn("first")
	s.opens(".field", "list")
	s.leaves("first")
	s.opens("[data-event=sinh-con]", "list")
	s.opens(".row[data-code='"+birth+"']", "record")
	s.walksTo(".choice")
	s.key(kb.Enter)
	s.sees(".papers li", "Giấy chứng sinh")
	s.opens("[data-act=official]", "official")
	s.leaves("record")
	s.walksTo("[data-act=phone]")
	s.key(kb.Enter)
	s.until("the code", `document.querySelector('dialog.sheet[open] img.qr')?.naturalWidth > 0`, patience)
	if at := s.focus(); at.Width < 4 || at.Says != vi("l.close") {
		t.Errorf("over the code the focus is on %q, %.0f px", at.Says, at.Width)
	}
	s.key(kb.Escape)
	s.until("the code to go", `!document.querySelector('dialog[open]')`, patience)
	s.isOn("record")
	s.key(kb.Escape) // to the question of the case
	s.sees(".asking .choice", "")
	s.leaves("list", "first")

	s.opens("[data-act=hall]", "hall")
	s.until("all parts", `document.querySelector('[data-part=changes]') && document.querySelector('[data-part=counts]')`, patience)
	s.opens("[data-part=fees]", "feefields")
	s.walksTo("main .field")
	s.key(kb.Enter)
	s.isOn("fees")
	s.until("the fees", `document.querySelector('.item.fee')`, patience)
	s.stepsOn("fees")
	s.leaves("feefields", "hall")
	for _, part := range []string{"complaints", "conduct", "days", "tariff", "counts"} {
		s.opens("[data-part="+part+"]", part)
		s.leaves("hall")
	}
	s.walksTo("[data-part=changes]")
	s.key(kb.Enter)
	s.isOn("changes")
	s.sees(".item", "")
	s.stepsOn("changes")
	s.leaves("hall", "first")

	s.opens("[data-act=tell]", "topics")
	s.opens("[data-topic=time]", "write")
	s.key("cho lau")
	s.sees(".draft", "cho lau")
	s.walksTo("main .btn.go")
	s.key(kb.Enter)
	s.stepsOn("thanks")
	s.leaves("first")

	s.opens("[data-act=dossier]", "dossier")
	s.scan(fileAtWork)
	s.stepsOn("file")
	s.leaves("dossier", "first")
	s.finds("ket hon", "kết hôn")
	s.stepsOn("search")
	for _, way := range []string{"back", "home"} { // the keys below are reached too
		s.walksTo("[data-way=" + way + "]")
	}
	s.key(kb.Enter)
	s.isOn("first")

	tall := h.lookup(t, "", size{1080, 1920, false}) // there the fields have a screen of their own
	tall.settles()
	tall.opens("[data-act=byfield]", "fieldsview")
	tall.leaves("first")
}
