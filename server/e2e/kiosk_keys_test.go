package e2e

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
)

// atFirst checks that the first choice has the focus, that it can be seen, and
// that it carries its number.
func (s *screen) atFirst(words string) {
	s.t.Helper()
	s.until("the focus on "+words, fmt.Sprintf(`document.activeElement.dataset.key === '1' && document.activeElement.textContent.includes(%q)`, words), patience)
	if at := s.focus(); at.Width < 6 {
		s.t.Errorf("the mark of the focus on %q is %.0f px wide, want 6", at.Says, at.Width)
	}
}

// TestTicketByKeysAlone takes numbers with nothing but keys, and leaves every
// screen on the way by them. What the keys choose is written beside it.
func TestTicketByKeysAlone(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "")
	if eval[bool](k, `Boolean(document.querySelector('[data-key]'))`) {
		t.Error("numbers stand beside the choices before anybody used a key")
	}
	k.key(kb.ArrowDown)
	k.atFirst("Hộ tịch")
	k.shot("first")
	k.clean("with the numbers of the keys")

	// 0, Backspace and Escape go back.
	for _, back := range []string{"0", kb.Backspace, kb.Escape} {
		k.key("3")
		k.isOn("confirm")
		k.atFirst(vi("k.conf.yes"))
		k.key(back)
		k.isOn("home")
		k.atFirst("Hộ tịch")
	}
	// On the question 1 takes and 2 goes back.
	k.key("3")
	k.isOn("confirm")
	k.key("2")
	k.isOn("home")
	k.key("3")
	k.isOn("confirm")
	k.key("1")
	k.isOn("ticket")
	if number := k.text("[data-number]"); number != "C001" {
		t.Errorf("the number is %s, want C001", number)
	}
	k.atFirst(vi("k.done.ok"))
	k.shot("ticket")
	k.key("2")
	k.sees("h1", vi("k.undo.q", "number", "C001"))
	k.key("0")
	k.sees(".acts button", vi("k.done.ok"))
	k.key("1")
	k.isOn("home")

	// The priority groups, and # for what has the focus.
	k.key("8")
	k.isOn("groups")
	k.atFirst("Người từ 75 tuổi")
	k.key("#")
	k.isOn("priority")
	k.key("0")
	k.isOn("groups")
	k.key("0")
	k.isOn("home")
}

// TestHeldKey: a key that is held down says its wish once.
func TestHeldKey(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "")
	k.key("1")
	k.isOn("confirm")
	k.pace()
	eval[any](k, `for (let i = 0; i < 5; i++) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: '1', code: 'Digit1', bubbles: true, cancelable: true, repeat: true})); 0`)
	k.key("0")
	k.isOn("home")
}

// TestNumberPadKiosk works the kiosk with a USB number pad, lock on or off: the
// place of its keys counts.
func TestNumberPadKiosk(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "")
	pad := func(code string) {
		k.pace()
		k.pad(code)
		k.touched = time.Now()
	}
	pad("Numpad2")
	k.isOn("confirm")
	pad("Numpad0")
	k.isOn("home")
	pad("Numpad2")
	k.isOn("confirm")
	pad("Numpad1")
	k.isOn("ticket")
}

// TestTicketByKeysAndVoice takes a number by keys with reading on, started by the
// repeat key, in both languages.
func TestTicketByKeysAndVoice(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "")
	eval[any](k, ear)
	k.key("*")
	k.hears("the first screen")
	pressed := func(mode, want string) {
		t.Helper()
		k.until(mode+" "+want, fmt.Sprintf(`document.querySelector('[data-mode=%s]').ariaPressed === %q`, mode, want), patience)
	}
	pressed("read", "true")
	k.key(kb.ArrowDown)
	k.key(kb.ArrowDown)
	k.until("the second tile to be read", `(async () => (await import('/web/speech.js')).speaking())()`, patience)
	k.key("v")
	k.key(kb.Enter)
	k.isOn("confirm")
	k.hears("the question")
	k.key("l")
	k.sees(".acts button", en("k.conf.yes"))
	k.hears("the question in English")
	k.key("1")
	k.isOn("ticket")
	k.hears("the number")
	k.key("r")
	k.hears("the number again")

	// The ticket does not go away while it is read.
	k.moveClock(2 * time.Minute)
	time.Sleep(1200 * time.Millisecond) // the page looks at its clock each second
	if eval[bool](k, `(async () => (await import('/web/speech.js')).speaking() && document.getElementById('stage').dataset.screen !== 'ticket')()`) {
		t.Error("the ticket went away while it was read")
	}
	k.key("1")
	k.isOn("home")
	pressed("read", "false")
	if lang := eval[string](k, `document.documentElement.lang`); lang != "vi" {
		t.Errorf("the next visitor is spoken to in %s", lang)
	}
}

// TestIdleByKeys answers the question whether anybody is there, and gives those
// who listen twice the time.
func TestIdleByKeys(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "")
	question := `document.querySelector('dialog.idle[open]')`
	asked := func(after time.Duration) {
		t.Helper()
		k.moveClock(after)
		k.until("the question", question, patience)
	}
	k.key("1")
	k.isOn("confirm")
	asked(46 * time.Second)
	k.key("1")
	k.until("more time", `!`+question, patience)
	k.isOn("confirm")
	asked(46*time.Second + 60*time.Second)
	k.key("2")
	k.isOn("home")

	k.key("r")
	k.key("1")
	k.isOn("confirm")
	silent := `(async () => { const r = await import('/kiosk/reader.js'); return !r.speaking() })()`
	k.until("the voice to finish", silent, 60*time.Second)
	k.moveClock(80 * time.Second)
	time.Sleep(600 * time.Millisecond) // twice the page's own beat
	if eval[bool](k, `Boolean(`+question+`)`) {
		t.Error("who listens is asked as early as others")
	}
	asked(11 * time.Second)
	k.until("the question to be read", silent, 60*time.Second)
	k.moveClock(61 * time.Second)
	k.isOn("home")
}

// TestPagesByKeys turns the pages of tiles with + and -, Page Down and Page Up.
func TestPagesByKeys(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "")
	k.press("[data-mode=text]", "") // fewer tiles on a page
	k.until("two pages", `document.querySelector('.pages').checkVisibility()`, patience)
	first := k.text(".tile strong")
	for _, c := range []struct{ key, other string }{{"+", "-"}, {kb.PageDown, kb.PageUp}} {
		k.key(c.key)
		k.until("the next page", fmt.Sprintf(`document.querySelector('.tile strong').textContent !== %q`, first), patience)
		if at := k.focus(); at.Width < 6 {
			t.Errorf("the focus cannot be seen on the next page: %+v", at)
		}
		k.key(c.other)
		k.until("the page before", fmt.Sprintf(`document.querySelector('.tile strong').textContent === %q`, first), patience)
	}
}
