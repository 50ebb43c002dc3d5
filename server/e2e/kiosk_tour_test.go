package e2e

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"motcua/server/queue"
)

// tour goes through the states of one hall, on one kiosk.
type tour struct {
	h       *hall
	pc      *scanPC // beside its scanner, where there is one
	k       *screen
	x       ticket // taken before
	booking string // made before
}

// tourJS makes the page show the hour that a state is to show.
//
//go:embed testdata/kiosk_tour.js
var tourJS string

// usualClock stands on a state that asks for no other.
const usualClock = "2026-11-23 08:42"

// tourKiosk leads through the states of the kiosk that are wanted, all where none
// is named, and calls look on each, at rest and in its usual style.
func tourKiosk(t *testing.T, as size, query string, wanted []string, look func(t *testing.T, k *screen, name string)) {
	for _, place := range kioskStates {
		states := leading(place.states, wanted)
		if len(states) == 0 {
			continue
		}
		t.Run(place.hall, func(t *testing.T) {
			t.Parallel()
			v := &tour{}
			place.start(v, t)
			from := v.h
			if v.pc != nil {
				from = v.pc.hall
			}
			v.open(from, t, as, query)
			for _, x := range states {
				v.reach(x)
				v.k.rest()
				look(t, v.k, x.name)
				v.k.wears("vi normal")
				eval[any](v.k, `holdClock(false); 0`)
				if x.after != nil {
					x.after(v)
				}
			}
		})
	}
}

// leading are the states that are wanted and those that lead to them.
func leading(states []kioskState, wanted []string) (list []kioskState) {
	for i, needed := len(states)-1, false; i >= 0; i-- {
		needed = needed || wanted == nil || slices.Contains(wanted, states[i].name)
		if needed {
			list = append(list, states[i])
		}
		needed = needed && states[i].on
	}
	slices.Reverse(list)
	return list
}

// open opens the kiosk's page, ready to show any hour.
func (v *tour) open(from *hall, t *testing.T, as size, query string) {
	v.k = from.open(t, "/kiosk/"+query, as)
	v.k.pardon(cutOff + `|status of (404|409|503)|K[0-9]-`)
	v.k.anyHour()
}

// anyHour makes the page able to show another hour than it is.
func (s *screen) anyHour() {
	s.t.Helper()
	call(s, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: tourJS})
}

// reach comes to a state.
func (v *tour) reach(x kioskState) {
	if !x.on {
		if x.name == "languages" {
			v.h.addLanguage("tyz", "Tày")
			v.h.addLanguage("nut", "Nùng")
		}
		v.k.at(x.clock)
		v.k.until("the kiosk to be there", `!['loading', undefined].includes(document.getElementById('stage').dataset.screen)`, patience)
	}
	x.way(v)
}

// at opens the page again, showing that hour, of that day where it names one.
func (s *screen) at(clock string) {
	s.t.Helper()
	if clock == "" {
		clock = usualClock
	} else if !strings.Contains(clock, " ") {
		clock = usualClock[:11] + clock
	}
	shown, err := time.ParseInLocation("2006-01-02 15:04", clock, hallZone)
	if err != nil {
		panic(err)
	}
	now := time.Now().Truncate(time.Minute)
	eval[any](s, fmt.Sprintf(`sessionStorage.removeItem('lookup'), sessionStorage.setItem('shown', '{"from": %d, "to": %d}'), 0`, now.UnixMilli(), shown.UnixMilli()))
	s.do(chromedp.Reload())
}

// rest waits for letters and holds the time: nothing goes away while it is looked at.
func (s *screen) rest() {
	s.t.Helper()
	eval[any](s, `(holdClock(true), document.fonts.ready.then(() => 0))`)
}

// wears shows the screen in a language and with display options: "en text+contrast".
func (s *screen) wears(style string) {
	s.t.Helper()
	if !eval[bool](s, `typeof kioskWear === 'function'`) {
		eval[any](s, measureJS+";0")
	}
	lang, options, _ := strings.Cut(style, " ")
	eval[any](s, fmt.Sprintf(`kioskWear(%q, %q)`, lang, options))
}

// answers makes every wish for a number end in an answer of the test.
func (v *tour) answers(promise string) {
	eval[int](v.k, `window.real ??= window.fetch, window.fetch = (u, i) => u.endsWith('/tickets') && i?.method === 'POST'
  ? `+promise+` : real(u, i), 0`)
}

// asks takes a number and gets that answer.
func (v *tour) asks(promise string) {
	v.answers(promise)
	v.k.press(".tile[data-id=ho-tich]", "")
	v.k.press(".acts .go", "")
}

// code waits for the QR code.
func (v *tour) code() {
	v.k.until("the code", `document.querySelector('img.qr').complete && document.querySelector('img.qr').naturalWidth > 0`, patience)
}

// hourOf writes the hall's hour so many minutes from now, within today.
type hourOf func(minutes int) queue.HM

// hourAround is at the day's edges what is left of it.
func hourAround(minutes int) queue.HM {
	now := time.Now().In(hallZone)
	then := now.Add(time.Duration(minutes) * time.Minute)
	switch {
	case then.Day() == now.Day():
		return queue.HM(then.Format("15:04"))
	case minutes < 0:
		return "00:00"
	}
	return "23:58"
}

// shut brings about a hall that gives no numbers.
func shut(heading string, change func(s *queue.Settings, at hourOf)) func(v *tour) {
	return func(v *tour) {
		v.h.settings(func(s *queue.Settings) {
			for i := range s.Services {
				s.Services[i].Closed = false
			}
			change(s, hourAround)
		})
		v.k.sees("h1", upTo(heading))
		v.k.isOn("closed")
	}
}

// full leaves one number for each of two services until the afternoon.
func (v *tour) full() {
	v.h.settings(func(s *queue.Settings) {
		s.Calendar = hours(half("am", "00:00", hourAround(20), ""), half("pm", hourAround(198), "23:59", ""))
		for i := range s.Services {
			s.Services[i].Closed = i > 1
			s.Services[i].Quota = map[string]int{"am": 1}
		}
	})
	v.k.isOn("home")
}

func (v *tour) tells(kind string, text map[string]string) {
	body := map[string]any{"kind": kind}
	if text != nil {
		body["text"] = text
	}
	v.h.announce("demo-admin", body)
}

// endTold ends all that the hall is told.
func endTold(v *tour) {
	for _, n := range v.h.told() {
		v.h.endNotice("demo-admin", n.ID)
	}
}

// lookup gives the hall its look-up screens.
func (v *tour) lookup() {
	eval[any](v.k, `sessionStorage.setItem('lookup', 'yes'), 0`)
	v.k.do(chromedp.Reload())
	v.k.isOn("home")
}

// trouble does something to the printer and waits for the words above the first screen.
func (v *tour) trouble(act, state, strip string) {
	v.h.act("printer", act, "")
	v.h.device("printer", state)
	v.k.sees("#strip", vi(strip))
}

// without takes a number that no paper comes of.
func (v *tour) without(heading string) {
	v.k.takeByTouch("Hộ tịch")
	v.k.sees("h1", vi(heading))
	v.code()
}

// types types a code where bookings are typed, and waits for the screen it leads to.
func (v *tour) types(code, screen string) {
	v.k.press(".scan button", vi("k.booked"))
	v.k.isOn("booked")
	v.k.do(typed(code))
	v.k.press(".acts .go", vi("k.booked.go"))
	v.k.isOn(screen)
}
