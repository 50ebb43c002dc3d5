package main

import (
	"fmt"
	"image"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

// keysTried is what opens something in a browser, a compositor or the kernel.
const keysTried = `ctrl+n ctrl+shift+n ctrl+t ctrl+w ctrl+shift+w ctrl+l alt+d F6 ctrl+o ctrl+p ctrl+s ctrl+u ctrl+j ctrl+h
	ctrl+shift+o ctrl+d ctrl+shift+Delete F1 F3 F5 F7 F10 F11 F12 ctrl+shift+i ctrl+shift+j ctrl+f ctrl+g ctrl+shift+t ctrl+Tab
	ctrl+plus alt+F4 ctrl+shift+q alt+Tab super alt+f alt+Left alt+Home shift+Escape ctrl+alt+F1 ctrl+alt+F2 ctrl+alt+F3
	ctrl+alt+Delete ctrl+alt+BackSpace Menu Escape alt+Escape shift+F10 ctrl+shift+m alt+space XF86HomePage XF86Search XF86Back XF86Explorer`

// refusedTried are addresses that a page of ours never leads to. The browser shows that
// it goes nowhere; the page is back when the screen is started anew.
var refusedTried = []string{"other host", "popup"}

// buttonsTried are those of the page below them.
var buttonsTried = []string{"download", "print", "file link", "source", "settings", "data",
	"text", "serial", "notifications", "microphone", "place", "picker"}

// escapes is what a visitor tries, in words of xdotool; a few seconds later the
// screen must show the page and nothing else.
func escapes() map[string][]string {
	list := map[string][]string{}
	for _, keys := range strings.Fields(keysTried) {
		list["key "+keys] = []string{"key", numbers(keys)}
	}
	for i, name := range buttonsTried {
		y := fmt.Sprint(48*(i+len(refusedTried)) + 20)
		list["press "+name] = []string{"mousemove", "300", y, "click", "1"}
		list["long press "+name] = []string{"mousemove", "300", y, "mousedown", "1", "sleep", "1", "mouseup", "1"}
		list["press twice "+name] = []string{"mousemove", "300", y, "click", "--repeat", "3", "--delay", "60", "1"}
	}
	list["swipe from the left"] = []string{"mousemove", "0", "400", "mousedown", "1", "mousemove", "500", "400", "mousemove", "900", "400", "mouseup", "1"}
	list["swipe from the top"] = []string{"mousemove", "800", "0", "mousedown", "1", "mousemove", "800", "300", "mousemove", "800", "700", "mouseup", "1"}
	list["swipe from below"] = []string{"mousemove", "800", "767", "mousedown", "1", "mousemove", "800", "300", "mousemove", "800", "10", "mouseup", "1"}
	list["pull a link out"] = []string{"mousemove", "300", "20", "mousedown", "1", "mousemove", "500", "300", "mousemove", "900", "100", "mouseup", "1"}
	return list
}

// numbers spells keys as their numbers, for the keyboard knows them by no name.
func numbers(keys string) string {
	var list []string
	for name := range strings.SplitSeq(keys, "+") {
		n, ok := keyNumbers[name]
		for row, first := range map[string]int{"qwertyuiop": 24, "asdfghjkl": 38, "zxcvbnm": 52} {
			if i := strings.Index(row, name); len(name) == 1 && i >= 0 {
				n, ok = first+i, true
			}
		}
		if !ok {
			panic("no number of " + name)
		}
		list = append(list, fmt.Sprintf("%02d", n)) // "9" would be the digit
	}
	return strings.Join(list, "+")
}

// keyNumbers is where a keyboard has its keys (keycodes/evdev of the X keyboard data).
var keyNumbers = map[string]int{"ctrl": 37, "alt": 64, "shift": 50, "super": 133, "Escape": 9, "Tab": 23, "BackSpace": 22, "plus": 21, "space": 65,
	"Delete": 119, "Left": 113, "Home": 110, "Menu": 135, "F1": 67, "F2": 68, "F3": 69, "F4": 70, "F5": 71, "F6": 72, "F7": 73, "F10": 76, "F11": 95,
	"F12": 96, "XF86HomePage": 180, "XF86Search": 225, "XF86Back": 166, "XF86Explorer": 152}

// TestSoakEscape starts the package's screen on a screen in memory and tries to get
// out of it by keys, pointer and addresses. Not tried: fingers, which this screen has
// not, a mouse's other buttons, and the console's own keys, which reach no program here.
func TestSoakEscape(t *testing.T) {
	g := newGlass(t)
	g.settled()
	g.do("mousemove", "1000", "760", "click", "1") // where the pointer is after every try
	page := g.settled()
	g.keep(page, "page")
	tries := escapes()
	for _, name := range slices.Sorted(maps.Keys(tries)) {
		g.do(tries[name]...)
		time.Sleep(500 * time.Millisecond) // a window needs a moment to come up
		if now := g.shot(); !equal(now, page) {
			g.keep(now, strings.ReplaceAll(name, " ", "-"))
			t.Logf("%s changes the screen", name)
		}
		g.do("mousemove", "1000", "760", "click", "1")
		if !g.shows(page) {
			g.keep(g.shot(), "left-"+strings.ReplaceAll(name, " ", "-"))
			t.Errorf("%s leaves something on the screen", name)
			g.again(page)
		}
	}
	for i, name := range refusedTried {
		g.do("mousemove", "300", fmt.Sprint(48*i+20), "click", "1")
		time.Sleep(2 * time.Second)
		g.keep(g.shot(), "refused-"+strings.ReplaceAll(name, " ", "-"))
		g.again(page)
	}
	if n := g.away.Load(); n > 0 {
		t.Errorf("the browser went to another host %d times", n)
	}
	t.Logf("%d ways tried; the browser was ended %d times", len(tries), strings.Count(g.said(), "ended with"))
}

func equal(a, b *image.RGBA) bool { return string(a.Pix) == string(b.Pix) }

// settled waits for the page, and until it stands still.
func (g *glass) settled() *image.RGBA {
	g.t.Helper()
	last, before := g.shot(), g.beats.Load()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(time.Second) {
		now := g.shot()
		if g.beats.Load() > before+3 && equal(now, last) {
			return now
		}
		last = now
	}
	g.keep(last, "never")
	g.t.Fatal("the page never came up")
	return nil
}
