package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// slow is for what a printer does at its own pace: a ticket takes it some seconds.
const slow = 40 * time.Second

// paper is a ticket that came out of the virtual printer.
type paper struct {
	N          int
	QR, Errors []string
}

// padKey is a key of a simulated unit and what it means.
type padKey struct {
	Key, Do string
	Level   int
}

type unit struct {
	Address       int
	Counter, Role string
	Queued        int
	Keys          []padKey
}

// simulated is a device on the demo's table.
type simulated struct {
	ID, Kind string
	Plugged  bool
	State    struct {
		Paper   string
		Rows    int
		Gap     int
		Count   int
		Tickets []paper
		Units   []unit
	}
}

// hallDevice is how the server says a device is.
type hallDevice struct {
	ID, State, Detail, Counter, Kind string
}

// startDevices starts a hall with its virtual devices and waits until they work.
func startDevices(t *testing.T) *hall {
	t.Helper()
	h := startHallWith(t)
	h.device("printer", "ready")
	return h
}

func (h *hall) table() []simulated {
	h.t.Helper()
	var answer struct{ Devices []simulated }
	if status := h.ask("GET", "demo-admin", "/api/v1/demo/devices", nil, &answer); status != http.StatusOK {
		h.t.Fatalf("the table of devices: status %d", status)
	}
	return answer.Devices
}

func (h *hall) simulated(id string) simulated {
	h.t.Helper()
	for _, d := range h.table() {
		if d.ID == id {
			return d
		}
	}
	h.t.Fatalf("no device %s on the table", id)
	return simulated{}
}

// act does something to a device on the table.
func (h *hall) act(device, action, arg string) {
	h.t.Helper()
	if status := h.ask("POST", "demo-admin", "/api/v1/demo/devices/"+device+"/"+action, map[string]string{"arg": arg}, nil); status/100 != 2 {
		h.t.Fatalf("%s %s %q: status %d", device, action, arg, status)
	}
}

// device waits until the server says that a device is so.
func (h *hall) device(id, state string) {
	h.t.Helper()
	var list []hallDevice
	h.wait(fmt.Sprintf("%s to be %s", id, state), slow, func() bool {
		list = h.devices()
		return slices.ContainsFunc(list, func(d hallDevice) bool { return d.ID == "Máy demo/"+id && d.State == state })
	})
}

func (h *hall) devices() []hallDevice {
	h.t.Helper()
	var answer struct{ Devices []hallDevice }
	if status := h.ask("GET", "demo-admin", branchPath+"/devices", nil, &answer); status != http.StatusOK {
		h.t.Fatalf("the devices: status %d", status)
	}
	return answer.Devices
}

// paper waits for ticket n out of the printer.
func (h *hall) paper(n int) paper {
	h.t.Helper()
	var came paper
	h.wait(fmt.Sprintf("paper %d", n), slow, func() bool {
		for _, x := range h.simulated("printer").State.Tickets {
			if x.N == n {
				came = x
				return true
			}
		}
		return false
	})
	if len(came.Errors) > 0 {
		h.t.Errorf("the printer did not understand: %v", came.Errors)
	}
	return came
}

// press presses the key of a keypad that means something at a counter.
func (h *hall) press(device, counter, do string, level int) {
	h.t.Helper()
	for _, u := range h.simulated(device).State.Units {
		for _, k := range u.Keys {
			if u.Counter == counter && k.Do == do && k.Level == level {
				h.act(device, "press", fmt.Sprintf("%d:%s", u.Address, k.Key))
				return
			}
		}
	}
	h.t.Fatalf("%s has no key for %s at counter %s", device, do, counter)
}

// remember notes from now on what the first element that matches says: some words
// stand for a few seconds only.
func (s *screen) remember(selector string) {
	s.t.Helper()
	eval[any](s, fmt.Sprintf(`(() => {
  window.remembered = [];
  new MutationObserver(() => {
    const says = document.querySelector(%q)?.textContent;
    if (says && says !== remembered.at(-1)) remembered.push(says);
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
  return 0;
})()`, selector))
}

// said waits until the words have stood there.
func (s *screen) said(words string) {
	s.t.Helper()
	s.until(fmt.Sprintf("%q to be said", words), fmt.Sprintf(`remembered.includes(%q)`, words), slow)
}

// TestDevicesTicket: a number taken by touch comes out on paper, and the screen
// says each of its states in words.
func TestDevicesTicket(t *testing.T) {
	t.Parallel()
	h := startDevices(t)
	k := h.kiosk(t, "")
	k.until("no strip", `document.getElementById('strip').hidden`, patience)
	k.remember(".told")
	_, token := k.takeByTouch("Hộ tịch")
	k.said(vi("k.print.h") + vi("k.print.sub"))
	k.shot("printing")
	k.until("the paper", found("h1", vi("k.done.h")), slow)
	k.sees(".told p", vi("k.done.sub"))
	k.shot("printed")
	x := h.paper(1)
	if !slices.Contains(x.QR, h.url+"/t/"+token) {
		t.Errorf("the paper's codes are %v, want the address of %s", x.QR, token)
	}
	// The number is too large for these eyes; the words are not.
	if words := h.read(1); !strings.Contains(words, "Hộ tịch, khai sinh, kết hôn") {
		t.Errorf("the paper does not name the service; it says:\n%s", words)
	}
	if got := eval[string](k, `document.querySelector('.told').getAttribute('role')`); got != "status" {
		t.Errorf("the state of the paper is told as %q, want status", got)
	}
}

// TestDevicesPaperOutMidTicket: the roll ends in the middle of a ticket. The
// screen says so while the visitor looks, and the paper comes after the new roll.
func TestDevicesPaperOutMidTicket(t *testing.T) {
	t.Parallel()
	h := startDevices(t)
	k := h.kiosk(t, "")
	h.act("printer", "paper_out", "300")
	k.remember("h1")
	number, _ := k.takeByTouch("Hộ tịch")
	k.said(vi("k.print.h"))
	k.until("the words that the paper is out", found("h1", vi("k.out.h")), slow)
	k.sees(".told p", vi("k.out.sub"))
	k.until("the code", `document.querySelector('img.qr').complete && document.querySelector('img.qr').naturalWidth > 0`, patience)
	k.shot("out")
	// A number without paper stays twice as long.
	k.moveClock(20 * time.Second)
	k.sees("[data-number]", number)
	h.act("printer", "reload", "")
	k.until("the paper", found("h1", vi("k.done.h")), slow)
	h.paper(1)
	k.shot("reloaded")
}

// TestDevicesPrinterTroubles: what the kiosk's first screen and its ticket say of
// a printer without paper, with an open cover, without its cable.
func TestDevicesPrinterTroubles(t *testing.T) {
	t.Parallel()
	h := startDevices(t)
	k := h.kiosk(t, "")
	for _, x := range []struct{ act, state, strip, heading, undo string }{
		{"paper_out", "paper_out", "k.out.strip", "k.out.h", "reload"},
		{"cover", "cover_open", "k.fault.strip", "k.fault.h", "close"},
		{"unplug", "offline", "k.fault.strip", "k.fault.h", "plug"},
	} {
		h.act("printer", x.act, "")
		h.device("printer", x.state)
		k.sees("#strip", vi(x.strip))
		k.nothingCovered("home, " + x.act)
		k.shot(x.act + "-home")
		number, _ := k.takeByTouch("Hộ tịch")
		k.sees("h1", vi(x.heading))
		k.sees("[data-number]", number)
		k.until("no strip", `document.getElementById('strip').hidden`, patience)
		k.shot(x.act + "-ticket")
		// Nobody waits for this paper.
		k.press(".acts button", vi("k.done.undo"))
		k.press(".acts button", vi("k.undo.yes"))
		k.isOn("cancelled")
		k.moveClock(5 * time.Second)
		k.isOn("home")
		h.act("printer", x.undo, "")
		h.device("printer", "ready")
		k.until("no strip", `document.getElementById('strip').hidden`, patience)
	}
}

// nothingCovered checks that the strip lies over no words and nothing to touch.
func (s *screen) nothingCovered(state string) {
	s.t.Helper()
	bottom := eval[float64](s, `document.getElementById('strip').getBoundingClientRect().bottom`)
	for _, x := range append(s.letters(), s.touchables()...) {
		if x.Y < bottom-1 && x.Says != s.text("#strip") {
			s.t.Errorf("%s: the strip reaches down to %.0f and covers %q at %.0f", state, bottom, x.Says, x.Y)
		}
	}
}

// TestDevicesWordsFit measures the screens that speak of the printer on small and
// large glass, in both languages, with large letters and high contrast.
func TestDevicesWordsFit(t *testing.T) {
	t.Parallel()
	h := startDevices(t)
	h.act("printer", "paper_out", "")
	h.device("printer", "paper_out")
	for _, x := range []struct {
		inches float64
		styles []string
	}{
		{32, []string{"vi normal", "vi contrast", "en text"}},
		{43, []string{"vi text", "en normal"}},
		{21.5, []string{"en normal", "vi text", "vi reach"}},
	} {
		t.Run(fmt.Sprintf("%v inches", x.inches), func(t *testing.T) {
			k := h.kiosk(t, "?diag="+url.QueryEscape(fmt.Sprint(x.inches)))
			k.sees("#strip", vi("k.out.strip"))
			g, last := glass{inches: x.inches, w: kioskSize.w, h: kioskSize.h}, x.styles[len(x.styles)-1] // which stays
			look := func(state string) {
				k.measure(g, state, x.styles)
				if last[:2] == "en" {
					k.allEnglish(state)
				}
				if state != "ticket" {
					k.nothingCovered(state)
				}
				k.shot(state)
			}
			look("home")
			k.key("1")
			k.isOn("confirm")
			look("confirm")
			k.press(".acts button.go", "")
			k.isOn("ticket")
			k.sees("h1", sentence(last[:2], "k.out.h", nil))
			look("ticket")
		})
	}
}
