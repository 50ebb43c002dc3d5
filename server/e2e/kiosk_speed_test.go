package e2e

import (
	_ "embed"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// What the kiosk aims at. A test fails at ten times as much: it must not fail
// because the machine is busy.
const (
	firstAim  = 1000 * time.Millisecond // first usable buttons, processor six times slower
	pressAim  = 100 * time.Millisecond  // from the touch until something is seen of it
	ticketAim = 300 * time.Millisecond  // from the touch until the number is on the screen, p95
)

// weightBudget is the kiosk as its browser fetches it, without fonts: page, style
// sheets, modules, tables and pictures, in bytes as they come over the wire.
const weightBudget = 60_000

//go:embed testdata/kiosk_speed.js
var speedJS string

// yardstick prints one row for the table of measurements: ours, its limit in the
// same run, and the aim, all in milliseconds.
func yardstick(t *testing.T, what string, ours, beside time.Duration, besideWhat string, aim time.Duration) {
	t.Helper()
	ms := func(d time.Duration) string { return fmt.Sprintf("%.1f", float64(d.Microseconds())/1000) }
	t.Logf("yardstick | %s | %s | %s | %s | %s", what, ms(ours), ms(beside), besideWhat, ms(aim))
	if ours > 10*aim {
		t.Errorf("%s: %v, the aim is %v", what, ours, aim)
	}
}

// quantile of durations; q from 0 to 1.
func quantile(all []time.Duration, q float64) time.Duration {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}

func millis(ms float64) time.Duration { return time.Duration(ms * float64(time.Millisecond)) }

// measured opens an empty page in a browser context of its own, whose cache is
// cold, with the ears of kiosk_speed.js in every page that follows.
func (h *hall) measured(t *testing.T) *screen {
	t.Helper()
	s := h.open(t, "/readyz", kioskSize)
	call(s, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: speedJS})
	return s
}

// slow makes the browser's processor slower, as many times.
func (s *screen) slow(times float64) {
	s.t.Helper()
	call(s, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: times})
}

// firstButton navigates and gives the time until the first button that can be
// touched was on the screen.
func (s *screen) firstButton(url string) time.Duration {
	s.t.Helper()
	s.do(chromedp.Navigate(url))
	s.until("a button", `window.firstButton > 0`, 10*firstAim)
	return millis(eval[float64](s, `window.firstButton`))
}

// bare is a page with one button and nothing to fetch: what the browser takes by itself.
func bare(t *testing.T) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!doctype html><title>x</title><button class="tile">x</button>`)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// TestKioskSpeed measures the kiosk as a hand and an eye do; run with -v it prints
// the rows of the table.
func TestKioskSpeed(t *testing.T) {
	h := startHall(t)
	t.Run("first buttons", func(t *testing.T) {
		var ours, beside []time.Duration
		empty := bare(t)
		for range 5 {
			s := h.measured(t)
			s.slow(6)
			beside = append(beside, s.firstButton(empty))
			s.slow(1)
			s = h.measured(t)
			s.slow(6)
			ours = append(ours, s.firstButton(h.url+"/kiosk/"))
			t.Logf("%v: %s", ours[len(ours)-1], eval[string](s, `startOf()`))
			s.slow(1)
		}
		yardstick(t, "first buttons, processor 6 times slower", quantile(ours, 0.5), quantile(beside, 0.5), "a page with one button", firstAim)
	})
	s := h.measured(t)
	s.do(chromedp.Navigate(h.url + "/kiosk/"))
	s.isOn("home")
	t.Run("press", func(t *testing.T) {
		at := s.aim(".tile", "Hộ tịch")
		var seen, bare []time.Duration
		for range 20 {
			eval[any](s, `nextVisitor(); 0`)
			s.hold(at)
			s.until("the press to be seen", `window.pressed.seen > 0`, 10*pressAim+patience)
			seen = append(seen, millis(eval[float64](s, `window.pressed.seen`)))
			bare = append(bare, millis(eval[float64](s, `window.pressed.frame`)))
			s.letGoElsewhere()
		}
		s.isOn("home")
		yardstick(t, "touch to pressed tile, p95", quantile(seen, 0.95), quantile(bare, 0.95), "the next frame after any touch", pressAim)
	})
	t.Run("ticket", func(t *testing.T) {
		var ours, beside []time.Duration
		for range 100 {
			start := time.Now()
			h.take("dat-dai")
			beside = append(beside, time.Since(start))
			eval[any](s, `visit.toConfirm('chung-thuc').then(() => 0)`)
			at := s.aim(".acts button.go", "")
			eval[any](s, `nextVisitor(); 0`)
			s.do(chromedp.TapXY(at.X, at.Y))
			s.until("the number", `window.ticketSeen > 0`, 10*ticketAim+patience)
			ours = append(ours, millis(eval[float64](s, `window.ticketSeen`)))
			eval[any](s, `visit.home().then(() => 0)`)
		}
		yardstick(t, "touch to the number on the screen, p50 of 100", quantile(ours, 0.5), quantile(beside, 0.5), "the same take over bare HTTP", ticketAim)
		yardstick(t, "touch to the number on the screen, p95 of 100", quantile(ours, 0.95), quantile(beside, 0.95), "the same take over bare HTTP", ticketAim)
	})
}

// hold puts a finger on the screen and leaves it there.
func (s *screen) hold(at point) {
	s.t.Helper()
	s.touch(input.DispatchTouchEventTypeTouchStart, &input.TouchPoint{X: at.X, Y: at.Y})
}

// letGoElsewhere takes it away without choosing anything.
func (s *screen) letGoElsewhere() {
	s.t.Helper()
	s.touch(input.DispatchTouchEventTypeTouchCancel)
	s.until("nothing to be pressed", `!document.querySelector('.down')`, patience)
}

func (s *screen) touch(kind input.DispatchTouchEventType, points ...*input.TouchPoint) {
	s.t.Helper()
	if points == nil {
		points = []*input.TouchPoint{}
	}
	call(s, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: points})
}

// part is some of what a page has fetched.
type part struct {
	Bytes, Files int
	List         string
}

type fetched struct{ Page, Later, Fonts part }

// fetched waits until nothing more comes and gives what the browser says has come.
func (s *screen) fetched() fetched {
	s.t.Helper()
	s.until("everything to be fetched", `fetched().quiet`, 4*patience)
	return eval[fetched](s, `fetched()`)
}

// TestKioskWeight counts what the browser itself says it has fetched.
func TestKioskWeight(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	s := h.measured(t)
	s.do(chromedp.Navigate(h.url + "/kiosk/"))
	s.isOn("home")
	got := s.fetched()
	t.Logf("the kiosk: %d bytes in %d files; once it stands %d in %d; fonts %d in %d", got.Page.Bytes, got.Page.Files,
		got.Later.Bytes, got.Later.Files, got.Fonts.Bytes, got.Fonts.Files)
	if got.Page.Bytes > weightBudget {
		t.Errorf("the kiosk fetches %d bytes without fonts, at most %d:\n%s\nand once it stands: %s", got.Page.Bytes, weightBudget, got.Page.List, got.Later.List)
	}
	if got.Page.Files < 40 || got.Later.Files < 2 || got.Page.Bytes < weightBudget/2 {
		t.Errorf("only %d bytes in %d files, and %d later", got.Page.Bytes, got.Page.Files, got.Later.Files)
	}
}

// TestPhoneWeight counts the same of a ticket's page, with its fonts: it comes over
// the hall's Wi-Fi or a citizen's data plan.
func TestPhoneWeight(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	s := h.measured(t)
	s.do(chromedp.Navigate(h.url + "/t/" + h.take("ho-tich").Token))
	got := s.fetched()
	total := got.Page.Bytes + got.Later.Bytes + got.Fonts.Bytes
	t.Logf("the phone: %d bytes in %d files, %d of them fonts", total, got.Page.Files+got.Later.Files+got.Fonts.Files, got.Fonts.Bytes)
	if total > weightBudget || got.Page.Files < 10 || got.Fonts.Files == 0 {
		t.Errorf("the phone fetches %d bytes, at most %d:\n%s, %s, %s", total, weightBudget, got.Page.List, got.Later.List, got.Fonts.List)
	}
}
