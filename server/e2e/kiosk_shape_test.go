package e2e

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"motcua/server/queue"
)

// The screens of the kiosk are measured in millimetres of glass: how large a
// finger, a letter and the reach of a seated person are does not depend on pixels.

// glasses are the screens halls have: where the picture's lower edge is not
// given, it hangs 800 mm above the floor. The last one only the soak test looks at.
var glasses = []glass{
	{inches: 32, w: 1080, h: 1920},
	{inches: 21.5, w: 1080, h: 1920},
	{inches: 27, w: 1080, h: 1920},
	{inches: 43, w: 1080, h: 1920},
	{inches: 32, w: 1920, h: 1080},
	{inches: 24, w: 1920, h: 1080},
}

// styles are the ways one screen can be shown: languages and display options.
func styles(langs, modes []string) []string {
	var all []string
	for _, lang := range langs {
		for _, mode := range modes {
			all = append(all, lang+" "+mode)
		}
	}
	return all
}

// sample holds the styles that differ most, and on the glasses between the
// smallest and the usual one what is tightest there.
func sample(g glass) []string {
	switch {
	case g == glasses[0]:
		return []string{"vi normal", "vi text", "vi contrast", "vi reach", "vi read", "en normal", "en text"}
	case g.inches == 27 || g.inches == 43:
		return []string{"vi normal", "en text"}
	}
	return []string{"vi normal", "vi text", "vi reach", "en text"}
}

// TestKioskShape measures every screen of the kiosk on every glass in the ways
// that differ most; the soak test measures them in all.
func TestKioskShape(t *testing.T) {
	t.Parallel()
	shapes(t, glasses[:5], sample)
}

func TestKioskShapeSoak(t *testing.T) {
	every := styles([]string{"vi", "en"}, []string{
		"normal", "text", "contrast", "reach", "text+contrast", "text+reach", "contrast+reach", "text+contrast+reach", "read", "text+read"})
	shapes(t, glasses, func(glass) []string { return every })
}

func shapes(t *testing.T, glasses []glass, stylesOf func(glass) []string) {
	for _, g := range glasses {
		styles := stylesOf(g)
		t.Run(g.String(), func(t *testing.T) {
			t.Parallel()
			h := startHall(t)
			h.verb("1", "open", nil)
			for range 12 {
				h.take("ho-tich")
			}
			k := h.open(t, fmt.Sprintf("/kiosk/?diag=%v", g.inches), size{g.w, g.h, true})
			k.isOn("home")
			look := func(state string) {
				k.t.Helper()
				k.measure(g, state, styles)
				k.picture(state)
			}
			look("home")
			k.press(".tile.pri", "")
			k.isOn("groups")
			look("groups")
			k.press(".tile", "")
			k.isOn("priority")
			look("priority")
			k.idles(g, styles)
			k.press(".tile", "")
			k.isOn("confirm")
			look("confirm")
			k.press(".acts .btn.go", "")
			k.isOn("ticket")
			look("ticket")
			k.press(".acts .btn:not(.go)", "")
			k.until("the cancel question", found("h1", "A013"), patience)
			look("cancel question")
			k.press(".acts .btn:not(.go)", "")
			k.isOn("cancelled")
			look("cancelled")
			k.press(".acts .btn.go", "")
			k.isOn("home")
			k.press(".tile", "")
			k.isOn("confirm")
			eval[any](k, `window.fetch = async () => new Response('{}', {status: 500}); 0`)
			k.pardon("http_500")
			k.press(".acts .btn.go", "")
			k.isOn("error")
			look("error")
			k.press(".acts .btn", "")
			k.isOn("home")
			h.closeAll()
			k.isOn("closed")
			look("closed")
		})
	}
}

// busyHall is a hall with all it can have on one day: procedures to look up, several
// services behind one tile, a golden day and a day without slips, a promise, a late note, an
// online form, something to tell, and long names.
const busyHall = `(() => {
  const parse = JSON.parse;
  JSON.parse = (...args) => {
    const m = parse(...args);
    if (m?.type !== 'snapshot') return m;
    const { branch } = m.state, [a, b, c, d] = branch.services;
    branch.lookup = true;
    branch.groups = [{id: 'g', name: {vi: 'Đất đai, xây dựng, kinh doanh', en: 'Land, construction, business'}, services: [c.id, d.id]}];
    branch.pace = {per_service: 0, per_day: 0, kiosk: 5, seconds: 60};
    a.golden = {today: true, weekdays: [1]};
    b.no_slip = {today: true, weekdays: [1]};
    a.promise = b.promise = {vi: 'Trả kết quả trong buổi', en: 'Result within this half-day'};
    a.late = {from: '00:00', text: {vi: 'Hồ sơ nộp sau 15 giờ được hẹn trả vào sáng ngày làm việc tiếp theo.', en: 'Filed after 15:00, the result is given on the next working morning.'}};
    a.name = {vi: 'Lao động, thương binh và xã hội, người có công', en: 'Labour, invalids, social affairs and meritorious service'};
    m.state.notices = [...(m.state.notices ?? []), {id: 'n1', kind: 'info', at: String(Date.now()), text: {vi: 'Sáng nay quầy 05 tạm nghỉ, mời ông/bà sang quầy 06.', en: 'Counter 05 is closed this morning, please go to counter 06.'}}];
    return m;
  };
})()`

// TestKioskShapeOfABusyHall measures the screens of such a hall on three glasses.
func TestKioskShapeOfABusyHall(t *testing.T) {
	t.Parallel()
	for _, g := range []glass{glasses[0], glasses[1], glasses[4]} {
		t.Run(g.String(), func(t *testing.T) {
			t.Parallel()
			h := startHall(t)
			h.settings(func(s *queue.Settings) { s.Services[0].Online = "https://dichvucong.gov.vn/p/home" })
			k := h.open(t, fmt.Sprintf("/kiosk/?diag=%v", g.inches), size{g.w, g.h, true})
			call(k, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: busyHall})
			k.do(chromedp.Reload())
			k.isOn("home")
			k.until("something told", `document.querySelector('.bulletin li')`, patience)
			look := func(state string) {
				k.t.Helper()
				k.measure(g, state, sample(g))
				k.picture(state)
			}
			look("home")
			eval[any](k, `kioskWear('vi', 'normal')`)
			k.press("[data-mode=help]", "")
			k.until("the answer to the call", `!document.querySelector('.toast').hidden`, patience)
			look("home and a toast")
			eval[any](k, `kioskWear('vi', 'normal')`)
			if g.inches > 28 {
				k.press(".tile.many", "")
			} else {
				k.press(".pages button:not(:disabled)", "")
				k.press(".tile.many", "")
			}
			k.isOn("group")
			look("group")
			k.press(".acts .btn", "")
			k.isOn("home")
			k.press(".tile", "")
			k.isOn("confirm")
			look("confirm")
			h.announce("demo-admin", map[string]any{"kind": "emergency", "text": map[string]string{
				"vi": "Có cháy ở tầng 2. Mời ông/bà rời trung tâm theo cửa chính, đi bộ, không dùng thang máy."}})
			k.isOn("emergency")
			look("emergency")
		})
	}
}

// TestKioskKnowsItsGlass: the settings of the hall say how large and how high its
// kiosks are, a machine's own address may say otherwise.
func TestKioskKnowsItsGlass(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(func(s *queue.Settings) { s.Kiosk = queue.KioskSetting{Diagonal: 43, Base: 700} })
	for query, want := range map[string]struct {
		inches, base, unit float64
	}{"": {43, 700, 0.8}, "?diag=27&base=900": {27, 900, 32.0 / 27}} {
		k := h.kiosk(t, query)
		line := max(0, math.Ceil(1920-(1220-want.base)/(want.inches*25.4/math.Hypot(1080, 1920))))
		k.until("the size of its glass", fmt.Sprintf(`Math.abs(getComputedStyle(document.documentElement).getPropertyValue('--k') - %v) < 0.001`, want.unit), patience)
		k.until("the height of its glass", fmt.Sprintf(`getComputedStyle(document.documentElement).getPropertyValue('--line') === '%vpx'`, line), patience)
		if y := eval[float64](k, `document.querySelector('.tile').getBoundingClientRect().y`); y < line-1 {
			t.Errorf("%q: the tiles begin at %.0f, out of reach above %.0f", query, y, line)
		}
	}
}

// TestTouchIsAnsweredAtOnce: what a finger presses is seen to be pressed, on every
// kind of target, before anything else happens. Seen within 100 ms; a busy machine is
// given ten times that.
func TestTouchIsAnsweredAtOnce(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "")
	eval[any](k, `(() => {
  window.answered = null;
  addEventListener('pointerdown', (e) => {
    const began = performance.now(), target = e.target.closest('button'), before = window.resting;
    answered = -1;
    const look = () => {
      if (getComputedStyle(target).backgroundColor !== before) answered = performance.now() - began;
      else if (performance.now() - began < 5000) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, true);
  return 0;
})()`)
	held := func(selector string) {
		t.Helper()
		at := k.aim(selector, "")
		k.pace()
		eval[any](k, fmt.Sprintf(`window.resting = getComputedStyle(%s).backgroundColor`, found(selector, "")))
		call(k, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: "touchStart", TouchPoints: []*input.TouchPoint{{X: at.X, Y: at.Y}}})
		k.until("an answer to the finger", `answered > 0`, patience)
		if took := eval[float64](k, `answered`); took > 1000 {
			t.Errorf("%s was seen to be pressed after %.0f ms, want 100", selector, took)
		}
		call(k, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: "touchEnd", TouchPoints: []*input.TouchPoint{}})
		k.touched = time.Now()
	}
	held("[data-mode=text]")
	k.until("the pages", `!document.querySelector('.pages').hidden`, patience)
	held(".pages button:not(:disabled)")
	held(".tile")
	k.isOn("confirm")
	held(".acts .btn:not(.go)")
	k.isOn("home")
}

// TestASecondTouchIsATremor: within 0.4 s of a touch another one does nothing.
func TestASecondTouchIsATremor(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "")
	for _, lang := range []string{"en", "vi"} { // there and back, so that both are loaded
		k.wear("lang")
		k.until("the language "+lang, fmt.Sprintf(`document.documentElement.lang === %q`, lang), patience)
	}
	time.Sleep(500 * time.Millisecond)
	twice := eval[struct {
		Apart float64
		Lang  string
	}](k, `(() => {
  const press = () => { const e = new MouseEvent('click', {bubbles: true, cancelable: true}); document.querySelector('[data-mode=lang]').dispatchEvent(e); return e.timeStamp };
  return {Apart: -press() + press(), Lang: document.documentElement.lang};
})()`)
	if twice.Apart < 400 && twice.Lang != "en" {
		t.Errorf("two touches %.0f ms apart count as two: the language is %s", twice.Apart, twice.Lang)
	}
	k.touched = time.Now()
	k.wear("lang")
	k.until("the next touch to count", `document.documentElement.lang === 'vi'`, patience)
}

// idles measures the question whether anybody is there, which who uses a display
// option is asked later than others, and ends the session.
func (s *screen) idles(g glass, all []string) {
	s.t.Helper()
	styles := map[bool][]string{}
	for _, style := range all {
		plain := strings.HasSuffix(style, "normal")
		styles[plain] = append(styles[plain], style)
	}
	eval[any](s, `kioskWear('vi', 'normal')`)
	s.moveClock(46 * time.Second)
	s.until("the idle question", `document.querySelector('dialog.idle[open]')`, patience)
	s.measure(g, "idle question", styles[true])
	s.shot("idle")
	s.press("dialog .btn.go", "")
	eval[any](s, `kioskWear('vi', 'text')`)
	s.moveClock(151 * time.Second) // 60 of them were asked for
	s.until("the idle question", `document.querySelector('dialog.idle[open]')`, patience)
	s.measure(g, "idle question", styles[false])
	s.press("dialog .btn:not(.go)", "")
	s.isOn("home")
}

// closeAll closes every service, as an administrator would.
func (h *hall) closeAll() {
	h.t.Helper()
	h.settings(func(s *queue.Settings) {
		for i := range s.Services {
			s.Services[i].Closed = true
		}
	})
}
