package e2e

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// phoneBudget is all that the page may load, as it goes over the air.
const phoneBudget = 60 << 10

// TestPhoneIsLight adds up what a first visit loads, up to the call.
func TestPhoneIsLight(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	x := h.take("ho-tich")
	phone := h.open(t, "/t/"+x.Token, phoneSize)
	phone.sees("h1", upTo("p.soon"))
	eval[any](phone, `document.fonts.ready.then(() => 0)`)
	h.verb("1", "open", nil)
	h.verb("1", "call", nil)
	phone.sees("h1", vi("p.call", "counter", "01"))
	h.verb("1", "serve", nil)
	h.verb("1", "end", nil)
	phone.sees(".level", "")
	type entry struct {
		Name string
		Size int
	}
	all := eval[[]entry](phone, `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .filter((e) => !e.name.includes('/api/')).map((e) => ({Name: e.name, Size: e.transferSize}))`)
	loaded := map[string]bool{}
	sum := 0
	for _, e := range all {
		path, _, _ := strings.Cut(strings.TrimPrefix(e.Name, h.url), "#")
		loaded[path] = true
		sum += e.Size
		if e.Size == 0 {
			t.Errorf("%s weighs nothing: it was not loaded now", e.Name)
		}
	}
	// Tab icons and the faces' icons load beside the page's own list.
	for _, path := range []string{"/web/icon.svg", "/web/icon-call.svg", "/web/icons.svg"} {
		if !loaded[path] {
			sum += h.weight(path)
		}
	}
	for _, want := range []string{"/phone/phone.js", "/phone/phone.css", "/phone/latin-600.woff2", "/phone/vietnamese-600.woff2", "/phone/number-600.woff2", "/web/i18n/phone.vi.json"} {
		if !loaded[want] {
			t.Errorf("%s is not among what was loaded", want)
		}
	}
	t.Logf("%d files, %d bytes of %d", len(all), sum, phoneBudget)
	if sum > phoneBudget {
		for _, e := range all {
			t.Logf("%6d %s", e.Size, e.Name)
		}
		t.Errorf("the phone's page weighs %d bytes, at most %d", sum, phoneBudget)
	}
}

// weight is a file as it is sent to a browser.
func (h *hall) weight(path string) int {
	h.t.Helper()
	r, err := http.NewRequest(http.MethodGet, h.url+path, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "gzip")
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		h.t.Fatal(err)
	}
	defer answer.Body.Close()
	return int(answer.ContentLength) + 300 // and its headers
}

// TestPhoneAllStates shows every state in both languages: no violation, nothing
// cut off, every target large enough.
func TestPhoneAllStates(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	inBothLanguages(t, func(t *testing.T, lang string) {
		seen, f := h.frontOf(t)
		f.noLive = true
		f.ticket = someTicket(`{}`)
		phone := seen.open(t, "/t/hbXXXXXXXXXXXXXXXXXXXXXX", phoneSize)
		phone.pardon(`WebSocket connection`)
		phone.sees(".number", "A012")
		inEnglish(phone, lang, "[data-act=lang]")
		for _, state := range phoneStates {
			f.set(func() { f.ticket = someTicket(state.change) })
			phone.do(chromedp.Reload())
			phone.until("the state", `document.querySelector('.card h1')`, patience)
			if got := eval[string](phone, `document.documentElement.lang`); got != lang {
				t.Errorf("%s is in %q", state.name, got)
			}
			phone.clean(state.name)
			phone.fitsPhone(state.name)
			phone.shot(state.name)
			if state.name == "waiting" {
				phone.press("[data-act=pass]", "")
				phone.clean("how many to let pass")
				phone.shot("passing")
			}
		}
	})
}

// fitsPhone: nothing wider than the screen, nothing cut off, targets of 44 px.
func (s *screen) fitsPhone(state string) {
	s.t.Helper()
	s.uncut(state)
	width := eval[int64](s, `document.documentElement.scrollWidth`)
	if width > s.size.w {
		s.t.Errorf("%s: the page is %d px wide on %d", state, width, s.size.w)
	}
	for _, b := range s.touchables() {
		if b.W < 43.5 || b.H < 43.5 {
			s.t.Errorf("%s: %q is %.0f x %.0f px, want 44", state, b.Says, b.W, b.H)
		}
	}
	for _, x := range s.letters() {
		if x.X < -0.5 || x.X+x.W > float64(s.size.w)+0.5 {
			s.t.Errorf("%s: %q leaves the screen: %+v", state, x.Says, x)
		}
	}
}

// TestPhoneSmallAndLarge: the narrowest phone, and letters twice as large as
// usual, break nothing.
func TestPhoneSmallAndLarge(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	for _, as := range []struct {
		name string
		size size
		font int64 // what people have set as the size of letters, 16 px being usual
	}{{"320", size{320, 568, true}, 16}, {"320 double", size{320, 568, true}, 32}, {"390 double", phoneSize, 32}, {"landscape", size{844, 390, true}, 16}} {
		t.Run(as.name, func(t *testing.T) {
			seen, f := h.frontOf(t)
			f.noLive = true
			f.ticket = someTicket(`{}`)
			phone := seen.open(t, "/t/hbXXXXXXXXXXXXXXXXXXXXXX", as.size)
			phone.pardon(`WebSocket connection`)
			call(phone, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: as.font}})
			for _, state := range phoneStates {
				f.set(func() { f.ticket = someTicket(state.change) })
				phone.do(chromedp.Reload())
				phone.until("the state", `document.querySelector('.card h1')`, patience)
				if as.font == 32 && phone.font(".card h1") < 43 {
					t.Fatalf("the letters do not follow: %v px", phone.font(".card h1"))
				}
				phone.fitsPhone(state.name)
				if high := eval[float64](phone, `getComputedStyle(document.getElementById('acts')).position === 'sticky' ? document.getElementById('acts').getBoundingClientRect().height : 0`); high > float64(as.size.h)/2 {
					t.Errorf("%s: the buttons take %.0f of %d px", state.name, high, as.size.h)
				}
				phone.shot(state.name)
			}
			// Called while looking at something further down: the counter comes into sight.
			f.set(func() { f.ticket = someTicket(`{}`) })
			phone.do(chromedp.Reload())
			phone.sees("h1", vi("p.wait.h"))
			eval[any](phone, `scrollTo(0, 1e6); 0`)
			f.set(func() { f.ticket = someTicket(`{"state":"called","counter":"3","counter_label":"03","calls":1}`) })
			phone.moveClock(15 * time.Second)
			phone.until("the counter to be in sight", `(() => { const b = document.querySelector('.card.call h1').getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight })()`, patience)
			phone.shot("call-in-sight")
		})
	}
}

// TestPhoneKeepsStill: the call pulses, and not for those who asked for no movement.
func TestPhoneKeepsStill(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	seen, f := h.frontOf(t)
	f.noLive, f.ticket = true, someTicket(`{"state":"called","counter":"3","counter_label":"03","calls":1}`)
	phone := seen.open(t, "/t/hbXXXXXXXXXXXXXXXXXXXXXX", phoneSize)
	phone.pardon(`WebSocket connection`)
	phone.sees(".card.call", "")
	pulse := func() string {
		return eval[string](phone, `(() => { const s = getComputedStyle(document.querySelector('.card.call')); return s.animationDuration + ' ' + s.animationIterationCount })()`)
	}
	if got := pulse(); got != "0.001s 1" {
		t.Errorf("with reduced motion the call pulses %s", got)
	}
	call(phone, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
	if got := pulse(); got != "0.8s 3" {
		t.Errorf("the call pulses %s", got)
	}
}
