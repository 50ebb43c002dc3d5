package e2e

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"motcua/server/queue"
)

// review presses the button that shows what would change, and saves it.
func (s *screen) review() {
	s.t.Helper()
	s.press(".save .go", vi("q.look"))
	s.press("dialog.review .go", vi("a.h.save"))
	s.sees(".state-word.good", vi("a.h.saved"))
}

// saved is the settings as they stand.
func (h *hall) saved() queue.Settings {
	h.t.Helper()
	var now struct{ Settings queue.Settings }
	if status := h.ask(http.MethodGet, "demo-admin", branchPath+"/settings", nil, &now); status != http.StatusOK {
		h.t.Fatalf("reading the settings: status %d", status)
	}
	return now.Settings
}

// TestQueuesPage: what is wrong is said where it is; what would change is said before
// it is saved, and can be taken back; nobody who waits loses the queue.
func TestQueuesPage(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.take("ho-tich")
	h.settings(func(s *queue.Settings) {
		s.Board.Zones = []queue.ZoneSetting{{ID: "khu-1", Name: queue.Text{VI: "Khu A"}}, {ID: "khu-2", Name: queue.Text{VI: "Khu B"}, Counters: []string{"1"}}}
	})
	a := h.open(t, "/admin/#/queues", adminSize)
	const first, prefix = ".rows > li:first-child ", "[data-place='services[0].prefix'] "
	a.sees(first+".row-name", "Hộ tịch")
	a.clean("queues")
	a.shot("queues")
	a.press(first+"summary", "")
	a.press(prefix+"input", "")
	a.key(kb.End)
	a.do(typed("1"))
	a.press(".save .go", vi("q.look"))
	a.sees(prefix+".fault", "in hoa")
	a.sees(".wrong button", vi("q.prefix"))
	a.until("the focus at the field", `document.activeElement.closest('label')?.dataset.place === 'services[0].prefix'`, patience)
	a.clean("refused")
	a.uncut("refused")
	a.shot("refused")
	a.key(kb.Backspace)
	a.press("[data-place='services[0].wait_target'] input", "")
	a.key(kb.Backspace)
	a.key(kb.Backspace)
	a.do(typed("25"))
	a.press(first+".row-acts .down", "")
	a.until("the focus at the arrow that was pressed", `document.activeElement.matches('.rows > li:nth-child(2) .down')`, patience)
	a.press(".save .go", vi("q.look"))
	a.sees("dialog.review .changes li", "25")
	a.clean("what would change")
	a.shot("review")
	a.press("dialog.review .go", vi("a.h.save"))
	a.sees(".state-word.good", vi("a.h.saved"))
	if s := h.saved().Services; s[1].ID != "ho-tich" || s[1].WaitTarget != 25 {
		t.Errorf("kept %+v", s[:2])
	}
	a.press(".save button", vi("q.undo"))
	a.sees(".state-word.good", vi("q.undone"))
	if s := h.saved().Services; s[0].ID != "ho-tich" || s[0].WaitTarget != 30 {
		t.Errorf("taken back to %+v", s[:2])
	}

	// Somebody holds a number: the queue stays, and may stop giving more.
	a.press(first+"summary", "")
	a.press(first+".row-acts .drop", "")
	a.sees("dialog p", vi("q.service.held", "name", "Hộ tịch", "n", "1"))
	a.press("dialog .danger", vi("q.service.stop"))
	a.sees(first+"summary", vi("q.service.closed"))

	// The counters list what was made a moment ago.
	a.press(".more", vi("q.service.add"))
	a.until("the new queue's letter", `document.activeElement.value === 'G'`, patience)
	a.key(kb.Tab)
	a.key(kb.Tab)
	a.do(typed("Thuế"))
	a.press("[role=tab]", vi("q.counters"))
	a.press("[role=tabpanel]:not([hidden]) "+first+"summary", "")
	a.clean("counters")
	a.shot("counters")
	eval[any](a, `(() => { const box = document.querySelector('[role=tabpanel]:not([hidden]) select[aria-label]'); box.value = [...box.options].at(-1).value; box.dispatchEvent(new Event('change', {bubbles: true})); })()`)
	a.sees("[role=tabpanel]:not([hidden]) .order", "Thuế")
	// Another order, other weights, another zone.
	a.press("[data-id=hang-8] .up", "")
	a.press(".way", vi("q.merge.weighted"))
	a.press("[data-id=hang-8] input", "")
	a.key(kb.Backspace)
	a.do(typed("3"))
	eval[any](a, `(() => { const box = document.querySelector("[data-place^='board.zones'] select"); box.value = 'khu-1'; box.dispatchEvent(new Event('input', {bubbles: true})); })()`)
	a.shot("weights")
	a.review()
	now := h.saved()
	if c := now.Counters[0]; fmt.Sprintf("%v %v %s", c.Services, c.Weights, c.Merge) != "[ho-tich hang-8 ket-qua] [1 3 1] weighted" {
		t.Errorf("kept %+v", c)
	}
	if z := now.Board.Zones; fmt.Sprint(z[0].Counters, z[1].Counters) != "[1] []" {
		t.Errorf("kept %+v", z)
	}
	if s, ok := now.Service("hang-8"); !ok || s.Name.VI != "Thuế" || s.Prefix != "G" || !serviceIn(&now, "ho-tich").Closed {
		t.Errorf("kept %+v", now.Services)
	}
	a.press("[role=tab]", vi("q.groups"))
	a.clean("tiles")
	a.shot("groups")
	a.key(kb.ArrowRight) // round to the first
	a.sees("[role=tab][aria-selected=true]", vi("q.services"))

	// What is wrong on a tab that is not open opens it.
	a.press("[role=tab]", vi("q.counters"))
	a.press("[role=tabpanel]:not([hidden]) .more", vi("q.counter.add"))
	a.until("the new counter's label", `document.activeElement.value === '11'`, patience)
	a.key(kb.Backspace)
	a.key(kb.Backspace)
	a.press("[role=tab]", vi("q.services"))
	a.press(".save .go", vi("q.look"))
	a.sees("[role=tab][aria-selected=true]", vi("q.counters"))
	a.until("the focus at the label", `document.activeElement.closest('label')?.dataset.place === 'counters[10].label'`, patience)
}

// TestQueueRemoved: it goes from everything that names it, and not from under somebody
// who took a number meanwhile.
func TestQueueRemoved(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	a := h.open(t, "/admin/#/queues", adminSize)
	const land = ".rows > li:nth-child(3) "
	a.press(land+"summary", "Đất đai")
	a.press(land+".row-acts .drop", "")
	a.press("dialog .danger", vi("q.service.drop.yes"))
	a.until("the queue to go", `document.querySelectorAll('[role=tabpanel]:not([hidden]) .rows > li').length === 6`, patience)
	x := h.take("dat-dai")
	a.press(".save .go", vi("q.look"))
	a.sees(".save .fault", "Đất đai")
	a.clean("in use")
	a.shot("in-use")
	if status := h.ask(http.MethodPost, "", "/api/v1/tickets/"+x.Token+"/cancel", nil, nil); status != http.StatusOK {
		t.Fatalf("cancelling: status %d", status)
	}
	a.press(".save .go", vi("q.look"))
	a.sees("dialog.review li", vi("q.review.gone"))
	a.shot("removed")
	a.press("dialog.review .go", vi("a.h.save"))
	a.sees(".state-word.good", vi("a.h.saved"))
	now := h.saved()
	if _, there := now.Service("dat-dai"); there || len(now.Services) != 6 {
		t.Errorf("kept %+v", now.Services)
	}

	// What two people change in different parts goes together; in the same one, the
	// second is told.
	target := "[data-place='services[0].wait_target'] input"
	a.press(".rows > li:first-child summary", "")
	a.press(target, "")
	a.key(kb.End)
	a.do(typed("1"))
	h.settings(func(s *queue.Settings) { s.Booking.DaysAhead = 3 })
	a.press(".save .go", vi("q.look"))
	a.sees(".said", vi("q.over"))
	a.sees("dialog.review li", "301")
	if n := eval[int](a, `document.querySelectorAll('dialog.review li').length`); n != 1 {
		t.Errorf("%d changes are shown, want the one made here", n)
	}
	a.press("dialog.review .go", vi("a.h.save"))
	a.sees(".state-word.good", vi("a.h.saved"))
	if s := h.saved(); s.Booking.DaysAhead != 3 || s.Services[0].WaitTarget != 301 {
		t.Errorf("kept %d and %d", s.Booking.DaysAhead, s.Services[0].WaitTarget)
	}
	a.press(".rows > li:first-child summary", "")
	a.press(target, "")
	a.key(kb.Backspace)
	h.settings(func(s *queue.Settings) { s.Services[1].WaitTarget = 3 })
	a.press(".save .go", vi("q.look"))
	a.sees(".save .fault", vi("e.settings_conflict"))
	a.press(".save button", vi("a.h.again"))
	a.until("the form anew", `document.querySelector('.save .go').disabled`, patience)
}

// TestQueuesOnPhone: the same on a phone, in English; and what a queue covers is found
// in the catalogue.
func TestQueuesOnPhone(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	p := h.open(t, "/admin/#/queues", phoneSize)
	p.sees(".rows summary", "Hộ tịch")
	inEnglish(p, "en", ".lang")
	p.press(".rows > li:nth-child(2) summary", "Certification")
	p.press("[data-place='services[1].fields'] input", "")
	p.do(typed("dat dai"))
	p.press(".hits button", "Đất đai")
	p.sees(".chips li", "Đất đai")
	p.press("[data-place='services[1].procedures'] input", "")
	p.do(typed("khai sinh"))
	p.press(".hits button", "Đăng ký khai sinh")
	p.sees("[data-place='services[1].procedures'] .chips li", "Đăng ký khai sinh")
	p.clean("a queue on a phone")
	p.shot("phone")
	if wide := eval[float64](p, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
		t.Errorf("%.0f px wider than the phone", wide)
	}
	p.press(".save .go", en("q.look"))
	p.sees("dialog.review li", "Đất đai")
	p.clean("what would change")
	p.shot("phone-review")
}

// TestPriorityPage: the example follows the rule that is chosen.
func TestPriorityPage(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	a := h.open(t, "/admin/#/priority", adminSize)
	a.sees(".example tbody tr:nth-child(2)", vi("q.why.other"))
	a.clean("priority")
	a.uncut("priority")
	eval[any](a, `(document.querySelector('.rule').scrollIntoView(), 0)`)
	a.shot("interleave")
	a.press(".way", vi("q.mode.strict"))
	a.sees(".example tbody tr", vi("q.why.waited", "n", "60"))
	a.shot("strict")
	a.review()
	if p := h.saved().Policy; p.Mode != queue.Strict || p.MaxWait != 60 {
		t.Errorf("kept %+v", p)
	}

	// What is not saved yet is there after a reload.
	a.press("[data-place='policy.max_wait'] input", "")
	a.key(kb.End)
	a.key(kb.Backspace)
	a.until("the draft to be kept", `Object.keys(sessionStorage).some((key) => key.startsWith('motcua.draft priority'))`, patience)
	eval[any](a, `(location.reload(), 0)`)
	a.sees(".state-word", vi("a.h.dirty"))
	a.until("the draft", `document.querySelector("[data-place='policy.max_wait'] input").value === '6'`, patience)
	a.press(".save button", vi("q.drop"))
	a.press("dialog .danger", vi("q.drop.yes"))
	a.until("the settings in force", `document.querySelector("[data-place='policy.max_wait'] input").value === '60'`, patience)

	phone := h.open(t, "/admin/#/priority", phoneSize)
	phone.sees(".example tbody tr", vi("q.why.waited", "n", "60"))
	phone.clean("on a phone")
	eval[any](phone, `(document.querySelector('.example').scrollIntoView(), 0)`)
	phone.shot("phone")
	if wide := eval[float64](phone, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
		t.Errorf("%.0f px wider than the phone", wide)
	}
}
