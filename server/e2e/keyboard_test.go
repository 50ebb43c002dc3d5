package e2e

import (
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp/kb"
)

// ring is the width of the mark around what has the focus, and what that is.
type ring struct {
	Width float64
	Says  string
}

// focus reads the mark of the focus as it is drawn.
func (s *screen) focus() ring {
	s.t.Helper()
	return eval[ring](s, `(() => {
  const e = document.activeElement, o = getComputedStyle(e);
  const seen = e !== document.body && e.matches(':focus-visible') && o.outlineStyle !== 'none';
  return {Width: seen ? parseFloat(o.outlineWidth) : 0, Says: e.innerText};
})()`)
}

// marked checks that the focus can be seen and is where it should be.
func (s *screen) marked(words string) {
	s.t.Helper()
	at := s.focus()
	if at.Width < 6 {
		s.t.Errorf("the mark of the focus on %q is %.0f px wide, want 6", at.Says, at.Width)
	}
	if at.Says != words {
		s.t.Errorf("the focus is on %q, want %q", at.Says, words)
	}
}

// TestTicketByKeyboard takes a number without touching the glass: by digit and
// Enter, and by walking with the arrows.
func TestTicketByKeyboard(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "")
	k.key("2")
	k.isOn("confirm")
	k.marked(vi("k.conf.yes")) // what goes on has the focus at once
	k.key(kb.ArrowUp)
	k.marked(vi("k.conf.no"))
	k.key(kb.Tab)
	k.marked(vi("k.conf.yes"))
	k.shot("focus")
	k.key(kb.Enter)
	k.isOn("ticket")
	if number := k.text("[data-number]"); number != "B001" {
		t.Errorf("the number is %s, want B001", number)
	}
	k.marked(vi("k.done.ok"))
	k.key(kb.ArrowUp)
	k.marked(vi("k.done.undo"))
	k.key(kb.Tab)
	k.marked(vi("k.done.ok"))
	k.key(kb.Enter)
	k.isOn("home")

	// Arrows walk, Escape goes back.
	k.marked(eval[string](k, `document.querySelector('.tile').innerText`))
	k.key(kb.ArrowUp)
	k.marked(vi("k.help"))
	k.key(kb.ArrowDown)
	k.marked(eval[string](k, `document.querySelector('.tile').innerText`))
	k.key("8")
	k.isOn("groups")
	k.key("1")
	k.isOn("priority")
	k.key(kb.Escape)
	k.isOn("groups")
	k.key(kb.Escape)
	k.isOn("home")

	// The question whether anybody is there has the focus on "I need more time".
	k.key("1")
	k.isOn("confirm")
	k.moveClock(46 * time.Second)
	k.until("the question", `document.querySelector('dialog.idle[open]')`, patience)
	k.marked(vi("k.idle.more"))
	k.key(kb.Enter)
	k.until("the question to go", `!document.querySelector('dialog.idle[open]')`, patience)
	k.isOn("confirm")
	k.moveClock(46*time.Second + 60*time.Second)
	k.until("the question again", `document.querySelector('dialog.idle[open]')`, patience)
	k.moveClock(31 * time.Second)
	k.isOn("home")
}

// pad presses a key of the number pad, known by its place on the keyboard.
func (s *screen) pad(code string) {
	s.t.Helper()
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeRawKeyDown, input.DispatchKeyEventTypeKeyUp} {
		call(s, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Code: code})
	}
}

// TestNumberPad works a counter with a cheap USB number pad alone.
func TestNumberPad(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.take("ho-tich")
	d := h.desk(t, "1")
	big := func(words string) {
		t.Helper()
		d.aim("#big", words)
		d.pad("NumpadEnter")
	}
	big(vi("d.open"))
	big(vi("d.next"))
	d.shows("A001", vi("d.is.calling"))
	d.pad("NumpadAdd")
	d.shows("A001", vi("d.is.recalled", "n", "2"))
	d.aim("[data-verb=recall]", "")
	d.pad("NumpadAdd")
	d.shows("A001", vi("d.is.recalled", "n", "3"))
	d.pad("NumpadSubtract")
	d.sees(".undo", vi("d.did.noshow", "number", "A001"))
	d.pad("NumpadDivide")
	d.shows("A001", vi("d.is.recalled", "n", "3"))
	big(vi("d.serve"))
	d.shows("A001", vi("d.is.serving"))
	d.pad("NumpadMultiply")
	d.sees(".undo", vi("d.did.park", "number", "A001"))
}
