package e2e

import (
	"net/http"
	"testing"
	"time"

	"motcua/server/queue"
)

// standing counts the notices of a kind.
func (h *hall) standing(kind string) (ids []string) {
	h.t.Helper()
	for _, n := range h.told() {
		if n.Kind == kind {
			ids = append(ids, n.ID)
		}
	}
	return ids
}

// endNotice ends a notice as whoever holds the key.
func (h *hall) endNotice(key, id string) {
	h.t.Helper()
	if status := h.ask("POST", key, branchPath+"/notices/"+id+"/end", struct{}{}, nil); status != http.StatusOK {
		h.t.Fatalf("ending a notice: status %d", status)
	}
}

// TestKioskHelp: the guide is called once however often the key is pressed, and
// the kiosk says when somebody comes.
func TestKioskHelp(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "")
	k.press("[data-mode=help]", "")
	k.sees(".toast", vi("k.help.sent"))
	k.shot("sent")
	k.press(".tile[data-id=ho-tich]", "")
	k.isOn("confirm")
	k.press("[data-mode=help]", "")
	k.sees(".toast", vi("k.help.sent"))
	calls := h.standing("help")
	if len(calls) != 1 {
		t.Fatalf("%d calls stand, want 1", len(calls))
	}
	k.moveClock(31 * time.Second)
	k.until("the sentence to go", `!document.querySelector('.toast').checkVisibility()`, patience)
	h.endNotice("demo-desk", calls[0])
	k.sees(".toast", vi("k.help.coming"))
	k.shot("coming")
	k.moveClock(11 * time.Second)
	k.until("the sentence to go", `!document.querySelector('.toast').checkVisibility()`, patience)
	k.press("[data-mode=help]", "")
	k.sees(".toast", vi("k.help.sent"))
	if n := len(h.standing("help")); n != 1 {
		t.Errorf("a new call after the first was answered: %d stand", n)
	}
}

// TestKioskPace: many numbers one after the other are told politely and to the
// guide, once; what was cancelled does not count, and nothing is refused.
func TestKioskPace(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(func(s *queue.Settings) { s.Pace.Kiosk, s.Pace.Seconds = 2, 60 })
	k := h.kiosk(t, "")
	k.takeByTouch("Chứng thực")
	k.press(".acts button", vi("k.done.undo"))
	k.press(".acts button", vi("k.undo.yes"))
	k.isOn("cancelled")
	k.press(".acts button", vi("k.done.ok"))
	k.isOn("home")
	k.takeByTouch("Chứng thực")
	if eval[bool](k, `document.getElementById('strip').checkVisibility()`) || len(h.standing("pace")) > 0 {
		t.Error("a number given back counts")
	}
	k.press(".acts button", vi("k.done.ok"))
	k.isOn("home")
	k.takeByTouch("Hộ tịch")
	k.sees(".slip .note", vi("k.again"))
	k.shot("ticket")
	k.wear("reach")
	k.sees("#strip", vi("k.again"))
	k.shot("low")
	k.press(".acts button", vi("k.done.ok"))
	k.isOn("home")
	k.press(".tile[data-id=dat-dai]", "")
	k.isOn("confirm")
	k.sees(".notes li", vi("k.again"))
	k.shot("confirm")
	k.press(".acts button", vi("k.conf.yes"))
	if number, _ := k.issued(); number != "C001" {
		t.Errorf("the third number is %s", number)
	}
	h.wait("the guide to be told", patience, func() bool { return len(h.standing("pace")) == 1 })
	k.press(".acts button", vi("k.done.ok"))
	k.isOn("home")
	k.moveClock(61 * time.Second)
	k.press(".tile[data-id=dat-dai]", "")
	k.isOn("confirm")
	k.until("nothing said of it a minute later", `!document.querySelector('.notes').textContent.includes('`+vi("k.again")+`')`, patience)
}

// TestKioskPerson: a person whose card had its number already is told so, and so is the guide.
func TestKioskPerson(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "")
	k.pardon("K4-")
	eval[int](k, `window.real = window.fetch, window.fetch = (u, i) => u.endsWith('/tickets')
  ? Promise.resolve(new Response('{"code":"too_many_tickets"}', {status: 409})) : real(u, i), 0`)
	k.press(".tile[data-id=ho-tich]", "")
	k.press(".acts button", vi("k.conf.yes"))
	k.isOn("error")
	k.sees("h1", vi("k.again.h"))
	k.sees(".words p", vi("e.too_many_tickets"))
	h.wait("the guide to be told", patience, func() bool { return len(h.standing("person")) == 1 })
	k.shot("person")
}

// TestKioskStanding: what the hall is told stands on the kiosk until it is ended.
func TestKioskStanding(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "")
	info := h.announce("demo-admin", map[string]any{"kind": "info", "text": map[string]string{"vi": "Quầy 05 chuyển sang phòng bên.", "en": "Counter 05 is next door."}})
	k.sees(".bulletin li", "Quầy 05 chuyển sang phòng bên.")
	k.shot("info")
	h.endNotice("demo-admin", info.ID)
	k.until("no sentence", `!document.querySelector('.bulletin').checkVisibility()`, patience)

	var me struct{ Name string }
	h.ask("GET", "demo-kiosk", "/api/v1/me", nil, &me)
	other := h.announce("demo-admin", map[string]any{"kind": "maintenance", "machines": []string{"another kiosk"}})
	own := h.announce("demo-admin", map[string]any{"kind": "maintenance", "machines": []string{me.Name}})
	k.isOn("maintenance")
	k.sees("h1", vi("k.maint.h"))
	k.sees(".words p", vi("k.maint.sub"))
	k.shot("maintenance")
	h.endNotice("demo-admin", own.ID)
	k.isOn("home")
	h.endNotice("demo-admin", other.ID)
}

// TestKioskEmergency covers whatever somebody was doing, but for a number that is
// out: its holder sees it to the end, below the words.
func TestKioskEmergency(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	words := "Mời mọi người ra khỏi sảnh theo lối cửa chính. Không dùng thang máy."
	tell := func() string {
		return h.announce("demo-admin", map[string]any{"kind": "emergency", "text": map[string]string{"vi": words, "en": "Please leave the hall by the main door. Do not use the lift."}}).ID
	}
	k, holder := h.kiosk(t, ""), h.kiosk(t, "")
	k.press(".tile[data-id=ho-tich]", "")
	k.isOn("confirm")
	number, _ := holder.takeByTouch("Chứng thực")
	id := tell()
	k.isOn("emergency")
	k.sees("h1", words)
	k.shot("emergency")
	if n := eval[int](k, `document.querySelectorAll('main button').length`); n != 0 {
		t.Errorf("%d keys beside the emergency", n)
	}
	holder.sees("#strip", words)
	holder.sees("[data-number]", number)
	holder.shot("ticket")
	holder.press(".acts button", vi("k.done.ok"))
	holder.isOn("emergency")
	h.endNotice("demo-admin", id)
	k.isOn("home")
	holder.isOn("home")
}
