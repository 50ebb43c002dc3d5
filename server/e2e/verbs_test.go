package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// hand is how a clerk works: with the mouse alone, or with the keys printed on
// the buttons, where there are such keys.
type hand struct {
	*screen
	keys bool
}

var printed = map[string]string{"park": kb.F2, "number": kb.F3, "transfer": kb.F4, "noshow": kb.F6, "end": kb.F7,
	"recall": kb.F8, "big": kb.F9, "invite": kb.F10, "pause": kb.Escape}

// does presses a control of the desk.
func (c *hand) does(control string) {
	c.t.Helper()
	selector := "[data-verb=" + control + "]"
	if control == "big" {
		selector = "#big"
	}
	c.aim(selector, "") // both hands wait until it may be pressed
	if key := printed[control]; c.keys && key != "" {
		c.key(key)
		return
	}
	c.press(selector, "")
}

// bigSays presses the big button once it says so.
func (c *hand) bigSays(words string) {
	c.t.Helper()
	c.aim("#big", words)
	c.does("big")
}

// answers waits for a question, chooses in it and sends it off.
func (c *hand) answers(question string, choose ...string) {
	c.t.Helper()
	c.sees("dialog h2", question)
	for _, words := range choose {
		c.press("dialog label", words)
	}
	if c.keys {
		c.key(kb.Enter)
	} else {
		c.press("dialog button[type=submit]", "")
	}
	c.until("the question to go", `!document.querySelector('dialog[open]')`, patience)
}

// TestDeskVerbs does everything a desk can do, once by mouse and once by keys.
func TestDeskVerbs(t *testing.T) {
	t.Parallel()
	for _, keys := range []bool{false, true} {
		t.Run(map[bool]string{false: "mouse", true: "keys"}[keys], func(t *testing.T) {
			h := startHall(t)
			first := h.take("ho-tich")
			second, third := h.take("ho-tich"), h.take("ho-tich")
			c := &hand{h.desk(t, "1"), keys}
			c.bigSays(vi("d.open"))
			absent(h, c, first)
			parked(h, c, first)
			moved(h, c, first, third)
			served(h, c)
			rested(h, c)
			if now := h.ticket(second.Token); now.State != "waiting" {
				t.Errorf("the second visitor, whom nobody called, is %s", now.State)
			}
		})
	}
}

// absent: called twice, not there, taken back in, called again.
func absent(h *hall, c *hand, first ticket) {
	c.t.Helper()
	c.bigSays(vi("d.next"))
	c.shows("A001", vi("d.is.calling"))
	c.does("recall")
	c.shows("A001", vi("d.is.recalled", "n", "2"))
	c.does("noshow")
	c.sees("dialog h2", vi("d.noshow.q", "number", "A001", "n", "2"))
	c.shot("desk-question")
	c.answers(vi("d.noshow.q", "number", "A001", "n", "2"))
	c.sees(".undo", vi("d.did.noshow", "number", "A001"))
	h.is(c, first, "no_show")
	c.press(".tabs button", upTo("d.tab.away"))
	c.shot("desk-away")
	c.press(".row .back", vi("d.reinstate"))
	c.sees(".done", vi("d.did.reinstate", "number", "A001"))
	c.press(".tabs button", vi("d.tab.mine"))
	c.bigSays(vi("d.next"))
	c.shows("A001", vi("d.is.calling"))
}

// parked: kept aside while serving, and called from there.
func parked(h *hall, c *hand, first ticket) {
	c.t.Helper()
	c.bigSays(vi("d.serve"))
	c.shows("A001", vi("d.is.serving"))
	c.does("park")
	c.sees(".undo", vi("d.did.park", "number", "A001"))
	h.is(c, first, "parked")
	c.does("resume")
	c.shows("A001", vi("d.is.calling"))
	c.bigSays(vi("d.serve"))
	c.shows("A001", vi("d.is.serving"))
}

// moved: transferred to a service, a number called out of turn, transferred to a
// counter.
func moved(h *hall, c *hand, first, third ticket) {
	c.t.Helper()
	c.does("transfer")
	c.sees("dialog h2", vi("d.transfer.q", "number", "A001"))
	eval[any](c.screen, `(() => { const s = document.querySelector('dialog select'); s.value = 'chung-thuc'; s.dispatchEvent(new Event('change', {bubbles: true})); return 0 })()`)
	c.shot("desk-transfer")
	c.answers(vi("d.transfer.q", "number", "A001"), vi("d.place.front"))
	c.sees(".undo", vi("d.did.transfer", "number", "A001"))
	h.is(c, first, "waiting")
	h.verb("4", "open", nil)
	if x := h.verb("4", "call", nil); x.Number != "A001" {
		c.t.Errorf("the counter of the other service calls %q, want the transferred A001", x.Number)
	}

	c.does("number")
	c.sees("dialog h2", vi("d.number.q"))
	c.do(typed("a3"))
	c.press("dialog button[type=submit]", "")
	c.sees(".fault", vi("d.reason.none"))
	c.shot("desk-number")
	c.answers(vi("d.number.q"), vi("d.number.weak"))
	c.shows("A003", vi("d.is.calling"))
	h.verb("2", "open", nil)
	c.does("transfer")
	c.answers(vi("d.transfer.q", "number", "A003"), vi("d.transfer.counter"), vi("d.place.front"))
	c.sees(".undo", vi("d.did.transfer", "number", "A003"))
	h.is(c, third, "waiting")
	if x := h.verb("2", "call", nil); x.Number != "A003" {
		c.t.Errorf("the counter it was sent to calls %q, want A003", x.Number)
	}
}

// served: a walk-in, given priority, ended, taken back, ended, asked for a rating.
func served(h *hall, c *hand) {
	c.t.Helper()
	c.does("walkin")
	c.answers(vi("d.walkin"))
	c.shows("A004", vi("d.is.serving"))
	c.does("priority")
	c.answers(vi("d.pri.q", "number", "A004"), "Người khuyết tật", vi("d.pri.seen"))
	c.sees(".cur dd.pri", "Người khuyết tật")
	c.sees(".done", vi("d.did.priority", "number", "A004"))
	c.press(".outcome label", vi("d.out.received"))
	c.does("end")
	c.sees(".undo", vi("d.did.end", "number", "A004"))
	c.press(".undo button", vi("d.undo"))
	c.shows("A004", vi("d.is.serving"))
	c.does("end")
	c.sees(".undo", vi("d.did.end", "number", "A004"))
	c.does("invite")
	c.sees(".done", vi("d.did.invite"))
	if state, _ := h.counter("1"); state != "open" {
		c.t.Errorf("the counter is %s, want open", state)
	}
}

// rested: paused with a reason, opened again, closed.
func rested(h *hall, c *hand) {
	c.t.Helper()
	c.does("pause")
	c.sees("dialog h2", vi("d.pause.q"))
	c.shot("desk-pause")
	c.press("dialog .picks button", vi("d.pause.meeting"))
	c.sees(".cur .state", vi("d.is.paused"))
	c.sees(".cur .big", vi("d.pause.meeting"))
	c.bigSays(vi("d.reopen"))
	c.sees(".cur .state", vi("d.is.open"))
	c.does("close")
	c.answers(vi("d.close.q", "label", "01"))
	c.sees(".cur .state", vi("d.is.closed"))
	if state, _ := h.counter("1"); state != "closed" {
		c.t.Errorf("the counter is %s, want closed", state)
	}
}

// is checks what has become of a visit.
func (h *hall) is(c *hand, x ticket, state string) {
	c.t.Helper()
	if now := h.ticket(x.Token); now.State != state {
		c.t.Errorf("%s is %s, want %s", x.Number, now.State, state)
	}
}

// TestListRow: a visit picked from the waiting list can be given priority, or be
// called out of turn.
func TestListRow(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.take("ho-tich")
	x := h.take("ho-tich")
	h.verb("1", "open", nil)
	c := &hand{h.desk(t, "1"), false}
	c.press("button.row", x.Number)
	c.press("dialog .picks button", vi("d.pri.change"))
	c.answers(vi("d.pri.q", "number", x.Number), "Người từ 75 tuổi", vi("d.pri.seen"))
	c.sees(".row.pri .what", vi("d.pri.is", "group", "Người từ 75 tuổi"))
	c.press("button.row.pri", x.Number)
	c.press("dialog .picks button", vi("d.number.this"))
	c.answers(vi("d.number.q"), vi("d.number.back"))
	c.shows(x.Number, vi("d.is.calling"))
}

// TestTwoDesksPressAtOnce: whatever the moment, two presses get two visitors.
func TestTwoDesksPressAtOnce(t *testing.T) {
	const rounds = 10
	h := startHall(t)
	for range 2 * rounds {
		h.take("ho-tich")
	}
	desks := []*screen{h.desk(t, "1"), h.desk(t, "2")}
	for _, d := range desks {
		d.big(vi("d.open"))
	}
	seen := map[string]bool{}
	words := vi("d.next")
	for round := range rounds {
		at := []point{desks[0].aim("#big", words), desks[1].aim("#big", words)}
		both := make(chan struct{})
		go func() {
			defer close(both)
			desks[1].pressAt(at[1])
		}()
		desks[0].pressAt(at[0])
		<-both
		before := list(seen)
		for i, d := range desks {
			d.until("a new number", fmt.Sprintf(`/^A0/.test(document.querySelector('.cur .big').textContent) && !%s.includes(document.querySelector('.cur .big').textContent)`, before), patience)
			number := d.text(".cur .big")
			if seen[number] {
				t.Fatalf("round %d: %s was called twice", round, number)
			}
			seen[number] = true
			if _, called := h.counter(fmt.Sprint(i + 1)); called != number {
				t.Errorf("round %d: desk %d shows %s, its counter has %s", round, i+1, number, called)
			}
		}
		for i, d := range desks {
			h.verb(fmt.Sprint(i+1), "serve", nil)
			d.sees(".cur .state", vi("d.is.serving"))
		}
		words = vi("d.donenext")
	}
	for n := 1; n <= 2*rounds; n++ {
		if number := fmt.Sprintf("A%03d", n); !seen[number] {
			t.Errorf("%s was never called", number)
		}
	}
}

// list writes what was seen as an array of the page's language.
func list(seen map[string]bool) string {
	s := "["
	for number := range seen {
		s += `"` + number + `",`
	}
	return s + "]"
}
