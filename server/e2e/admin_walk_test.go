package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// adminSizes are the screens the administration is used on.
var adminSizes = []size{deskSize, {1024, 768, false}, {390, 844, false}}

// adminParts are the parts in the list of the page.
var adminParts = []string{"today", "queues", "priority", "procedures", "dossiers", "calendar", "screens", "devices", "people",
	"reports", "ratings", "box", "audit", "hall", "settings", "start", "training"}

// goTo opens a part and waits until it stands still: its lists have come.
func (s *screen) goTo(part string) {
	s.t.Helper()
	eval[any](s, fmt.Sprintf(`location.hash = '#/%s'; scrollTo(0, 0); 0`, part))
	s.until(part, fmt.Sprintf(`document.querySelector('nav a[aria-current]')?.hash === '#/%s' && document.querySelector('main > *') && document.fonts.status === 'loaded'`, part), slow)
	eval[any](s, `new Promise((done) => {
  const most = setTimeout(end, 1500);
  let still = setTimeout(end, 150);
  const seen = new MutationObserver(() => { clearTimeout(still); still = setTimeout(end, 150); });
  seen.observe(document.body, {subtree: true, childList: true, characterData: true});
  function end() { clearTimeout(most); clearTimeout(still); seen.disconnect(); done(0); }
})`)
}

// overflowing is the page's own scrolling aside, and every control whose words do not
// fit into it.
const overflowing = `(() => {
  const wide = document.documentElement.scrollWidth - innerWidth;
  const cut = [...document.querySelectorAll('button, a, select, summary, th, label')]
    .filter((e) => e.checkVisibility({visibilityProperty: true}) && !e.closest('.sr') && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0)
    .map((e) => 'the words of ' + e.tagName + ' "' + e.innerText.slice(0, 60) + '" need ' + e.scrollWidth + ' px and have ' + e.clientWidth);
  const out = [...document.querySelectorAll('main *, header *, dialog[open] *')].filter((e) => e.checkVisibility({visibilityProperty: true}) && !e.closest('.sr, svg') &&
      e.getBoundingClientRect().right > innerWidth + 1 && ![...ancestors(e)].some((p) => /auto|scroll|hidden|clip/.test(getComputedStyle(p).overflowX)))
    .slice(0, 3).map((e) => e.tagName + '.' + e.className + ' ends at ' + Math.round(e.getBoundingClientRect().right) + ': ' + e.innerText?.slice(0, 60));
  function* ancestors(e) { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) yield p; }
  const asked = document.querySelector('dialog[open]'), beside = asked ? asked.scrollWidth - asked.clientWidth : 0;
  if (beside > 0) out.push('the question scrolls aside by ' + beside + ' px');
  return [...(wide > 0 ? ['the page scrolls aside by ' + wide + ' px'] : []), ...cut, ...out];
})()`

// unreachable are the controls that Tab does not come to, or that do not show it. The
// key was pressed before, so that the browser shows the focus as after a key.
const unreachable = `(() => {
  const seen = (e) => e.checkVisibility({visibilityProperty: true}) && !e.disabled && !e.closest('[inert]');
  const name = (e) => e.tagName + ' "' + (e.ariaLabel ?? e.innerText ?? '').slice(0, 60) + '" .' + e.className;
  const ring = (c) => [c.outlineStyle === 'none' ? '' : c.outlineStyle + c.outlineWidth, c.boxShadow].join();
  const look = (e) => [ring(getComputedStyle(e)), ring(getComputedStyle(e, '::before')), ring(getComputedStyle(e.parentElement))].join();
  const bad = [];
  // While a question is open, the page behind it takes no focus.
  const asked = document.querySelector('dialog[open]') ?? document;
  for (const e of asked.querySelectorAll('button, a[href], input, select, textarea, summary, [role=button], [contenteditable]')) {
    if (!seen(e)) continue;
    // One of a group of choices stands for all: arrows lead to the others.
    if (e.tabIndex < 0 && !e.closest('[role=tablist], [role=radiogroup], [role=toolbar], [role=listbox], [role=menu]') && !e.hasAttribute('aria-hidden')) bad.push(name(e) + ' is out of Tab\'s way');
    document.activeElement.blur();
    const rest = look(e);
    e.focus({preventScroll: true});
    if (document.activeElement !== e) { if (e.type !== 'radio' && e.tabIndex >= 0) bad.push(name(e) + ' takes no focus'); continue; }
    if (e.matches(':focus-visible') && look(e) === rest) bad.push(name(e) + ' does not show its focus');
  }
  document.activeElement.blur();
  scrollTo(0, 0);
  return bad;
})()`

// findsFaults puts faults on the page, to see that they are found, and takes them away.
func (s *screen) findsFaults() {
	s.t.Helper()
	s.key(kb.Tab)
	eval[any](s, `(() => {
  const wide = document.createElement('p'), small = document.createElement('button'), hidden = document.createElement('button');
  wide.style.width = '3000px'; wide.textContent = 'wide';
  small.style.cssText = 'width: 20px; padding: 0; white-space: nowrap; outline: none; box-shadow: none; overflow: hidden'; small.textContent = 'no focus';
  hidden.tabIndex = -1; hidden.textContent = 'no tab';
  const box = document.createElement('div');
  box.id = 'planted';
  box.append(wide, small, hidden);
  document.querySelector('main').append(box);
})()`)
	found := strings.Join(append(eval[[]string](s, overflowing), eval[[]string](s, unreachable)...), "\n")
	for _, part := range []string{"the page scrolls aside", "P. ends at", "the words of BUTTON \"no focus\"", "\"no focus\" . does not show", "\"no tab\" . is out of"} {
		if !strings.Contains(found, part) {
			s.t.Errorf("planted faults: %q is not among\n%s", part, found)
		}
	}
	eval[any](s, `(document.querySelector('#planted').remove(), 0)`)
}

// TestAdminParts walks every part on a desk's screen in Vietnamese and on a phone in
// English: nothing stands beside the page, no words are cut, Tab leads everywhere and is
// seen, and no part writes to the console.
func TestAdminParts(t *testing.T) {
	t.Parallel()
	walkAdmin(t, func(lang string, as size) bool { return (lang == "vi") == (as.w == deskSize.w) && as.w != 1024 })
}

// TestAdminPartsSoak walks them on every size of screen in both languages.
func TestAdminPartsSoak(t *testing.T) {
	t.Parallel()
	walkAdmin(t, func(string, size) bool { return true })
}

func walkAdmin(t *testing.T, wanted func(lang string, as size) bool) {
	h := startHall(t)
	for range 3 {
		h.take("ho-tich")
	}
	h.verb("1", "open", nil)
	h.verb("1", "call", nil)
	h.asks(t, "may-tinh-o-quay-huong-dan", "screen")
	printer := map[string]any{"id": "printer", "kind": "printer", "state": "paper_low", "profile": "epson-tm-t82", "verified": "guess"}
	h.report(h.pairAgent(t, "Máy lấy số bên cửa chính"), map[string]any{"device": printer})
	inBothLanguages(t, func(t *testing.T, lang string) {
		a := h.open(t, "/admin/#/today", deskSize)
		a.until("the list of parts", `document.querySelectorAll('nav a').length > 5`, slow)
		inEnglish(a, lang, ".lang")
		var listed []string
		for _, hash := range eval[[]string](a, `[...document.querySelectorAll('nav a')].map((a) => a.hash)`) {
			listed = append(listed, strings.TrimPrefix(hash, "#/"))
		}
		if got, want := strings.Join(listed, " "), strings.Join(adminParts, " "); got != want {
			t.Errorf("the parts are\n%s, want\n%s", got, want)
		}
		a.goTo("today") // anew, in its language
		a.findsFaults()
		for _, as := range adminSizes {
			if !wanted(lang, as) {
				continue
			}
			a.narrow(as)
			a.key(kb.Tab)
			for _, part := range adminParts {
				a.goTo(part)
				at := fmt.Sprintf("%s-%d-%s", part, as.w, lang)
				for _, fault := range eval[[]string](a, overflowing) {
					t.Errorf("%s: %s", at, fault)
				}
				if as.w == deskSize.w || as.w == 390 {
					for _, fault := range eval[[]string](a, unreachable) {
						t.Errorf("%s: %s", at, fault)
					}
				}
				// The rules of accessibility do not depend on the width alone.
				if as.w == deskSize.w && lang == "vi" || as.w == 390 && lang == "en" {
					a.clean(at)
				}
				a.shot(at)
				// What opens in its place must fit as well.
				if eval[bool](a, `(() => { const all = document.querySelectorAll('main details:not([open])'); all.forEach((d) => { d.open = true; }); return all.length > 0 })()`) {
					a.goTo(part)
					for _, fault := range eval[[]string](a, overflowing) {
						t.Errorf("%s, all opened: %s", at, fault)
					}
					a.shot(at + "-opened")
				}
			}
		}
		for _, q := range adminQuestions {
			if !wanted(lang, adminSizes[2]) {
				break
			}
			a.goTo(q.part)
			eval[bool](a, `([...document.querySelectorAll('main button')].find(`+q.by+`).click(), true)`)
			a.until("the question of "+q.part, `document.querySelector('dialog[open]')`, patience)
			at := q.part + ", its question in " + lang
			for _, fault := range append(eval[[]string](a, overflowing), eval[[]string](a, unreachable)...) {
				t.Errorf("%s: %s", at, fault)
			}
			if lang == "en" {
				a.clean(at)
			}
			a.shot("question-" + q.part + "-" + lang)
			eval[bool](a, `(document.querySelector('dialog[open]').close(), true)`)
		}
	})
}

// adminQuestions are looked at on the smallest screen, and what opens them.
var adminQuestions = []struct{ part, by string }{
	{"people", `(b) => b.matches('.go')`}, {"people", `(b) => b.matches('td button:last-of-type')`},
	{"calendar", `(b) => /^(Gợi ý|Suggest)/.test(b.textContent)`},
	{"devices", `(b) => b.matches('.write button')`}, {"devices", `(b) => b.matches('.keys button')`},
	{"dossiers", `(b) => b.matches('td button')`},
}

// narrow gives the page another screen.
func (s *screen) narrow(as size) {
	s.t.Helper()
	s.size = as
	s.do(chromedp.EmulateViewport(as.w, as.h))
}
