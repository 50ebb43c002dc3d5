package e2e

import (
	"fmt"
	"testing"
)

// box is an element's place on the screen in pixels, and what it says.
type box struct {
	X, Y, W, H float64
	Says       string
	Font       float64
}

// touchables are the places a finger may go.
func (s *screen) touchables() []box {
	s.t.Helper()
	return eval[[]box](s, `[...document.querySelectorAll('button, a[href], input, label, select')]
  .filter((e) => e.checkVisibility({visibilityProperty: true}))
  .map((e) => { const b = e.getBoundingClientRect(); return {X: b.x, Y: b.y, W: b.width, H: b.height, Says: e.innerText.replaceAll('\n', ' ')} })`)
}

// letters are the visible texts with the size of their font and their boxes.
func (s *screen) letters() []box {
	s.t.Helper()
	return eval[[]box](s, `(() => {
  const all = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    const e = n.parentElement;
    if (!n.data.trim() || !e.checkVisibility({visibilityProperty: true, opacityProperty: true}) || e.closest('.sr, script, style')) continue;
    const range = document.createRange();
    range.selectNodeContents(n);
    const b = range.getBoundingClientRect();
    all.push({X: b.x, Y: b.y, W: b.width, H: b.height, Says: n.data.trim(), Font: parseFloat(getComputedStyle(e).fontSize)});
  }
  return all;
})()`)
}

// uncut checks that no text is cut off by the box it stands in. A font's own box
// is a little higher than its ink, and that of the number font, which has no
// marks, much higher.
func (s *screen) uncut(state string) {
	s.t.Helper()
	for _, cut := range s.cuts() {
		s.t.Errorf("%s: cut off: %s", state, cut)
	}
}

func (s *screen) cuts() []string {
	s.t.Helper()
	return eval[[]string](s, `document.fonts.ready.then(() => [...document.querySelectorAll('body *')]
  .filter((e) => e.checkVisibility({visibilityProperty: true}) && !e.closest('.sr, svg') && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .flatMap((e) => {
    const range = document.createRange();
    range.selectNodeContents(e);
    const b = range.getBoundingClientRect(), size = parseFloat(getComputedStyle(e).fontSize);
    const slack = e.closest('.num') ? size * 0.25 : size * 0.06 + 1;
    for (let p = e; p && p !== document.documentElement; p = p.parentElement) {
      const o = getComputedStyle(p), clips = (v) => v === 'hidden' || v === 'clip';
      const c = p.getBoundingClientRect();
      if (clips(o.overflowX) && (b.left < c.left - 1 || b.right > c.right + 1)) return [e.innerText + ' is wider than its ' + p.tagName + '.' + p.className];
      if (clips(o.overflowY) && (b.top < c.top - slack || b.bottom > c.bottom + slack)) return [e.innerText + ' is higher than its ' + p.tagName + '.' + p.className];
    }
    return [];
  }))`)
}

// font gives the size of an element's letters.
func (s *screen) font(selector string) float64 {
	s.t.Helper()
	return eval[float64](s, fmt.Sprintf(`parseFloat(getComputedStyle(document.querySelector(%q)).fontSize)`, selector))
}

// TestReadFromAfar measures what is read across the hall.
func TestReadFromAfar(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	for counter := 1; counter <= 4; counter++ {
		id := fmt.Sprint(counter)
		h.verb(id, "open", nil)
		h.take("ho-tich")
		h.verb(id, "call", nil)
	}
	h.take("ho-tich")
	board, display := h.open(t, "/board/", boardSize), h.open(t, "/counter/1/", counterSize)
	board.until("a call", `document.querySelector('.now .n')`, patience)
	display.until("a call", `document.querySelector('.n').textContent`, patience)
	for what, least := range map[string]float64{".now .n": 400, ".now .q b": 170, "td": 112, "th": 38, ".now h2": 38, "footer p": 42} {
		if got := board.font(what); got < least {
			t.Errorf("board: %s is %.0f px, want %.0f", what, got, least)
		}
	}
	if got := display.font(".n"); got < 270 {
		t.Errorf("counter: the number is %.0f px, want 270", got)
	}
	english := h.open(t, "/board/?lang=en", boardSize)
	english.until("a call", `document.querySelector('.now .n')`, patience)
	english.uncut("board in English")
	board.uncut("board")
	board.shot("board-full")
	display.uncut("counter")
	wide := h.open(t, "/counter/1/", size{1280, 400, false})
	wide.until("a call", `document.querySelector('.n').textContent`, patience)
	wide.uncut("wide counter")
	wide.shot("counter-wide")
}

// TestDeskFits: the desk beside the case software, on the screens clerks have.
func TestDeskFits(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.take("ho-tich", "PNMT")
	for range 8 {
		h.take("ho-tich")
	}
	h.verb("1", "open", nil)
	h.verb("1", "call", nil)
	h.verb("1", "serve", nil)
	for _, as := range []size{{1366, 768, false}, {1366, 640, false}, {1024, 768, false}, {420, 768, false}} {
		t.Run(fmt.Sprintf("%dx%d", as.w, as.h), func(t *testing.T) {
			d := h.open(t, "/desk/?counter=1", as)
			d.sees(".cur .big", "A001")
			eval[any](d, `document.fonts.ready.then(() => 0)`)
			if wide := eval[int64](d, `document.documentElement.scrollWidth`); wide > as.w {
				t.Errorf("the page is %d px wide on %d", wide, as.w)
			}
			for _, b := range d.touchables() {
				if b.W < 24 || b.H < 24 {
					t.Errorf("%q is %.0f x %.0f px, want 24 at least", b.Says, b.W, b.H)
				}
			}
			big := eval[box](d, `(() => { const b = document.querySelector('#big').getBoundingClientRect(); return {X: b.x, Y: b.y, W: b.width, H: b.height} })()`)
			if big.Y < 0 || big.Y+big.H > float64(as.h) {
				t.Errorf("the big button is not on the screen: %+v", big)
			}
			d.shot("desk")
			d.press("[data-verb=end]", "")
			d.until("the offer to undo, on the screen", `(() => { const b = document.querySelector('.undo button').getBoundingClientRect(); return b.height > 0 && b.bottom <= innerHeight })()`, patience)
			d.shot("undo")
			if as.w > 860 {
				d.until("every verb above it", `[...document.querySelectorAll('.verbs button')].every((b) => b.getBoundingClientRect().bottom <= document.querySelector('.undo').getBoundingClientRect().top)`, patience)
			}
			d.press(".undo button", "")
			d.sees(".cur .state", vi("d.is.serving"))
		})
	}
}

// TestFonts: the letters people see are ours, in every page, with Vietnamese.
func TestFonts(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	x := h.take("ho-tich")
	for _, page := range []struct {
		path string
		as   size
		want []string
	}{
		{"/kiosk/", kioskSize, []string{"700 40px 'Be Vietnam Pro'", "400 40px 'Be Vietnam Pro'", "700 40px 'Barlow Semi Condensed'"}},
		{"/board/", boardSize, []string{"600 40px 'Be Vietnam Pro'", "600 40px 'Barlow Semi Condensed'"}},
		{"/desk/?counter=1", deskSize, []string{"600 40px 'Be Vietnam Pro'", "700 40px 'Barlow Semi Condensed'"}},
		{"/counter/1/", counterSize, []string{"700 40px 'Be Vietnam Pro'"}},
		{"/rate/1/", rateSize, []string{"700 40px 'Be Vietnam Pro'"}},
		{"/t/" + x.Token, phoneSize, []string{"600 40px 'Be Vietnam Pro'", "600 40px 'Barlow Semi Condensed'"}},
	} {
		s := h.open(t, page.path, page.as)
		for _, font := range page.want {
			letter := "Ự"
			if font[len(font)-9:] == "ondensed'" {
				letter = "0"
			}
			// check alone is true for a font nobody knows: a face must be there and loaded.
			s.until(font, fmt.Sprintf(`document.fonts.check(%[1]q, %[2]q) && [...document.fonts].some((f) => f.status === 'loaded' && %[1]q.includes(f.family.replaceAll('"', '')) && %[1]q.startsWith(f.weight))`, font, letter), patience)
		}
	}
}
