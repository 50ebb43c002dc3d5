package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// size is a screen's pixels, and whether it is touched.
type size struct {
	w, h  int64
	touch bool
}

var (
	kioskSize   = size{1080, 1920, true}
	deskSize    = size{1366, 768, false}
	boardSize   = size{1920, 1080, false}
	counterSize = size{800, 480, false}
	rateSize    = size{1280, 800, true}
	phoneSize   = size{390, 844, true}
)

// screen is one page in a browser context of its own, as on a device of its own.
type screen struct {
	t    *testing.T
	name string
	ctx  context.Context
	size size

	touched time.Time

	mu       sync.Mutex
	problems []string
	pardoned []*regexp.Regexp
}

// prepare runs before the page's own modules: a clock that a test can move on and
// hold, and an ear for what the content security policy refuses.
const prepare = `(() => {
  let ahead = 0, held = null;
  const now = performance.now.bind(performance), date = Date.now;
  const late = () => (held === null ? 0 : now() - held);
  performance.now = () => now() + ahead - late();
  Date.now = () => date() + ahead - Math.round(late());
  window.moveClock = (ms) => { ahead += ms; };
  window.holdClock = (hold) => {
    ahead -= late();
    held = hold ? now() : null;
  };
  window.refusedByPolicy = [];
  document.addEventListener('securitypolicyviolation', (e) => refusedByPolicy.push(e.violatedDirective + ' ' + e.blockedURI));
})()`

// open opens a page of the hall. When the test ends it must not have written an
// error or a warning to the console, thrown, or broken the policy.
func (h *hall) open(t *testing.T, path string, as size) *screen {
	t.Helper()
	return h.openIn(t, "vi", path, as)
}

// openIn opens it in a browser that prefers a language.
func (h *hall) openIn(t *testing.T, lang, path string, as size) *screen {
	t.Helper()
	return openOn(t, browser(t), lang, h.url, path, as)
}

// openOn opens a page of any server in any browser.
func openOn(t *testing.T, browser context.Context, lang, server, path string, as size) *screen {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	s := &screen{t: t, name: path, ctx: ctx, size: as}
	t.Cleanup(func() {
		s.complain()
		cancel()
	})
	var options []chromedp.EmulateViewportOption
	if as.touch {
		options = append(options, chromedp.EmulateTouch)
	}
	messages := chromedp.Console(ctx)
	go s.listen(messages)
	s.do(chromedp.EmulateViewport(as.w, as.h, options...))
	call(s, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{
		UserAgent: eval[string](s, `navigator.userAgent`), AcceptLanguage: lang})
	call(s, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	// Nothing moves: what is measured, checked and pictured is the resting state.
	call(s, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}})
	call(s, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: prepare})
	s.do(chromedp.Navigate(server + path))
	return s
}

func (s *screen) listen(messages func(func(chromedp.ConsoleMessage, error) bool)) {
	for m, err := range messages {
		if err != nil {
			return
		}
		switch m.Type {
		case chromedp.ConsoleError, chromedp.ConsoleException, chromedp.ConsoleWarning, "assert":
			s.mu.Lock()
			s.problems = append(s.problems, fmt.Sprintf("%s (%s)", m, m.URL))
			s.mu.Unlock()
		}
	}
}

// pardon lets messages of the console pass that the test itself brings about.
func (s *screen) pardon(pattern string) {
	s.pardoned = append(s.pardoned, regexp.MustCompile(pattern))
}

// complain fails the test for what the page should not have written.
func (s *screen) complain() {
	if s.ctx.Err() != nil {
		return
	}
	for _, broken := range eval[[]string](s, `window.refusedByPolicy ?? []`) {
		s.t.Errorf("%s: the content security policy refused %s", s.name, broken)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.problems {
		if !s.isPardoned(p) {
			s.t.Errorf("%s wrote to the console: %s", s.name, p)
		}
	}
}

func (s *screen) isPardoned(message string) bool {
	for _, p := range s.pardoned {
		if p.MatchString(message) {
			return true
		}
	}
	return false
}

func (s *screen) do(actions ...chromedp.Action[chromedp.Void]) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		s.t.Fatalf("%s: %v", s.name, err)
	}
}

// eval gives the value of an expression in the page; a promise is awaited.
func eval[T any](s *screen, js string) T {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.ctx, 30*time.Second)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
	if err != nil {
		s.t.Fatalf("%s: %s: %v", s.name, js, err)
	}
	return v
}

// until waits for an expression to become true and gives how long that took, to a
// twentieth. Each look costs the browser a layout, which others wait for.
func (s *screen) until(what, js string, within time.Duration) time.Duration {
	s.t.Helper()
	start := time.Now()
	// What is not on the page yet may be asked for all the same.
	for !eval[bool](s, `(() => { try { return Boolean(`+js+`) } catch { return false } })()`) {
		if time.Since(start) > within {
			s.shot("failed")
			s.t.Fatalf("%s: waited %v for %s; it says:\n%s", s.name, within, what, eval[string](s, `document.body.innerText`))
		}
		time.Sleep(min(max(time.Since(start)/20, 10*time.Millisecond), 50*time.Millisecond))
	}
	return time.Since(start)
}

// patience is for what should come at once: the machine may be busy.
const patience = 10 * time.Second

// sees waits until an element that matches is visible and holds the text.
func (s *screen) sees(selector, text string) {
	s.t.Helper()
	s.until(fmt.Sprintf("%q in %s", text, selector), found(selector, text), patience)
}

// found is an expression: the first visible element that matches and holds the text.
func found(selector, text string) string {
	return fmt.Sprintf(`[...document.querySelectorAll(%s)].find((e) => e.checkVisibility({visibilityProperty: true}) && e.textContent.includes(%s))`,
		strconv.Quote(selector), strconv.Quote(text))
}

func (s *screen) text(selector string) string {
	s.t.Helper()
	return eval[string](s, fmt.Sprintf(`document.querySelector(%s)?.textContent ?? ''`, strconv.Quote(selector)))
}

type point struct{ X, Y float64 }

// aim waits until the element is there, can be pressed and nothing lies over it,
// and gives its middle.
func (s *screen) aim(selector, text string) point {
	s.t.Helper()
	hit := fmt.Sprintf(`(() => {
  const e = %s;
  if (!e || e.disabled || e.ariaDisabled === 'true') return null;
  e.scrollIntoView({block: 'nearest'});
  const b = e.getBoundingClientRect(), x = b.x + b.width / 2, y = b.y + b.height / 2;
  const top = document.elementFromPoint(x, y);
  return top && (e === top || e.contains(top) || top.contains(e)) ? {x, y} : null;
})()`, found(selector, text))
	s.until(fmt.Sprintf("%s %q to press", selector, text), hit, patience)
	return eval[point](s, hit)
}

// press touches or clicks the first element that matches and holds the text.
func (s *screen) press(selector, text string) {
	s.t.Helper()
	s.pace() // first: what is aimed at may move meanwhile
	s.pressAt(s.aim(selector, text))
}

func (s *screen) pressAt(at point) {
	s.t.Helper()
	if s.size.touch {
		s.do(chromedp.TapXY(at.X, at.Y))
		s.touched = time.Now()
	} else {
		s.do(chromedp.MouseClickXY(at.X, at.Y))
	}
}

// pace keeps touches as far apart as a person's: the touch screens take a second
// one within 0.4 s for a tremor. A desk disables its button for as long, and aim
// waits for that.
func (s *screen) pace() {
	if !s.size.touch {
		return
	}
	time.Sleep(time.Until(s.touched.Add(500 * time.Millisecond)))
}

// key types keys, as the constants of chromedp's kb name them.
func (s *screen) key(keys string) {
	s.t.Helper()
	s.pace()
	s.do(chromedp.KeyEvent(keys))
	s.touched = time.Now()
}

// moveClock makes the page believe that time has passed.
func (s *screen) moveClock(by time.Duration) {
	s.t.Helper()
	eval[any](s, fmt.Sprintf(`moveClock(%d); 0`, by.Milliseconds()))
}

// shot saves a picture when somebody asked for pictures.
func (s *screen) shot(name string) {
	s.t.Helper()
	dir := os.Getenv("MOTCUA_SHOTS")
	if dir == "" {
		return
	}
	eval[any](s, `document.fonts.ready.then(() => 0)`)
	png, err := chromedp.Run(s.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		s.t.Fatalf("%s: picture %s: %v", s.name, name, err)
	}
	s.store(name+".png", png)
}

// store saves what a test has made when somebody asked for pictures.
func (s *screen) store(name string, content []byte) {
	s.t.Helper()
	dir := os.Getenv("MOTCUA_SHOTS")
	if dir == "" {
		return
	}
	file := strings.ReplaceAll(s.t.Name(), "/", "-") + "-" + name
	if err := os.WriteFile(filepath.Join(dir, file), content, 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// call sends the browser a command for which there is no ready action.
func call[P, R any](s *screen, command cdp.Command[P, R], params P) {
	s.t.Helper()
	if _, err := chromedp.Call(s.ctx, command, params); err != nil {
		s.t.Fatalf("%s: %v", s.name, err)
	}
}

// typed types text into whatever has the focus.
func typed(text string) chromedp.Action[chromedp.Void] { return chromedp.KeyEvent(text) }
