package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

var (
	adminSize = deskSize
	handSize  = size{390, 844, true}
)

// machine is a device that asks to belong to the hall.
type machine struct{ ID, Code, Secret string }

// asks notes a machine's wish, as it does when it starts without a key.
func (h *hall) asks(t *testing.T, name, kind string) machine {
	t.Helper()
	var m machine
	if status := h.ask("POST", "", "/api/v1/pairings", map[string]string{"name": name, "kind": kind, "branch": "hoabinh"}, &m); status != http.StatusCreated {
		t.Fatalf("asking for a code: status %d", status)
	}
	return m
}

// claim is what the machine asks every few seconds.
func (h *hall) claim(m machine) (state, key, role string, counters []string) {
	h.t.Helper()
	var answer struct {
		State, Key, Role string
		Counters         []string
	}
	if status := h.ask("GET", m.Secret, "/api/v1/pairings/"+m.ID, nil, &answer); status != http.StatusOK {
		h.t.Fatalf("claiming a key: status %d", status)
	}
	return answer.State, answer.Key, answer.Role, answer.Counters
}

// pairAgent gives an agent a key, without the page.
func (h *hall) pairAgent(t *testing.T, name string) string {
	t.Helper()
	m := h.asks(t, name, "agent")
	if status := h.ask("POST", "demo-admin", "/api/v1/pairings/"+m.Code+"/approve", map[string]string{"name": name, "role": "agent", "branch": "hoabinh"}, nil); status != http.StatusOK {
		t.Fatalf("approving an agent: status %d", status)
	}
	_, key, _, _ := h.claim(m)
	if key == "" {
		t.Fatal("an approved agent gets no key")
	}
	return key
}

func quoted(s string) string {
	raw, _ := json.Marshal(s) // strings always can be
	return string(raw)
}

// TestDevicesAdmin: a new machine's code is approved, the machine gets its key, its
// devices are shown live, and the key is taken away again.
func TestDevicesAdmin(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	a := h.open(t, "/admin/#/devices", adminSize)
	a.sees(".none", vi("a.waiting.none"))
	a.sees(".none", vi("a.devices.none"))
	m := h.asks(t, "kiosk-pc-3", "agent")
	a.sees(".pairing .code", m.Code)
	a.shot("waiting")
	eval[any](a, `(() => { const i = document.querySelector('.pairing input'); i.focus(); i.select(); return 0 })()`)
	a.do(typed("Máy lấy số 3"))
	a.press(".pairing fieldset label", "02")
	// What is being filled in survives what else the page hears.
	other := h.asks(t, "may-khac", "screen")
	a.sees(".pairing .code", other.Code)
	if got := eval[string](a, `document.querySelector('.pairing input').value`); got != "Máy lấy số 3" {
		t.Errorf("the name is %q after another machine came", got)
	}
	a.press(".go", vi("a.approve", "code", m.Code))
	a.sees(".said", vi("a.approved", "name", "Máy lấy số 3"))
	state, key, role, counters := h.claim(m)
	if state != "approved" || key == "" || role != "agent" || len(counters) != 1 || counters[0] != "2" {
		t.Fatalf("the machine gets %s, a key of %d letters, role %s, counters %v", state, len(key), role, counters)
	}
	if state, key, _, _ := h.claim(other); state != "waiting" || key != "" {
		t.Errorf("a machine that nobody approved is %s and has a key of %d letters", state, len(key))
	}

	printer := map[string]any{"id": "printer", "kind": "printer", "state": "ready", "profile": "epson-tm-t82", "verified": "guess"}
	h.report(key, map[string]any{"device": printer})
	a.sees("tr[data-device='Máy lấy số 3/printer'] .state", vi("c.dev.ready"))
	printer["state"] = "paper_out"
	h.report(key, map[string]any{"device": printer})
	a.sees("tr[data-device='Máy lấy số 3/printer'] .state.bad", vi("c.dev.paper_out"))
	a.shot("devices")

	// Taken away: the question names the machine, and the safe answer has the focus.
	a.press(".keys button[aria-label="+quoted(vi("a.revoke.yes", "name", "Máy lấy số 3"))+"]", "")
	a.sees("dialog p", vi("a.revoke.q", "name", "Máy lấy số 3"))
	if got := eval[string](a, `document.activeElement.textContent`); got != vi("a.revoke.no") {
		t.Errorf("the focus is on %q, want %q", got, vi("a.revoke.no"))
	}
	a.clean("question")
	a.shot("revoke")
	a.press("dialog .danger", vi("a.revoke.yes", "name", "Máy lấy số 3"))
	a.sees(".said", vi("a.revoked", "name", "Máy lấy số 3"))
	a.until("its devices to go", `!document.querySelector('[data-device]')`, patience)
	if status := h.ask("GET", key, "/api/v1/me", nil, nil); status != http.StatusUnauthorized {
		t.Errorf("a revoked key still gets %d", status)
	}
}

// TestDevicesAdminByKeys approves and revokes without a mouse.
func TestDevicesAdminByKeys(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	a := h.open(t, "/admin/#/devices", adminSize)
	a.sees(".none", vi("a.waiting.none"))
	m := h.asks(t, "Màn hình 1", "screen")
	a.sees(".pairing .code", m.Code)
	a.walk(vi("a.approve", "code", m.Code))
	a.key(kb.Enter)
	a.sees(".said", vi("a.approved", "name", "Màn hình 1"))
	if state, _, role, _ := h.claim(m); state != "approved" || role != "display" {
		t.Errorf("the screen is %s as %q, want approved as display", state, role)
	}
	a.sees(".keys th", "Màn hình 1")
	a.walk(vi("a.revoke.yes", "name", "Màn hình 1"))
	// The list is asked for again and again; the focus must stay on its button.
	h.asks(t, "Màn hình 2", "screen")
	a.sees(".pairing input", "")
	a.key(kb.Enter)
	a.sees("dialog p", vi("a.revoke.q", "name", "Màn hình 1"))
	a.key(kb.Escape)
	a.until("the question to go", `!document.querySelector('dialog')`, patience)
	a.key(kb.Enter)
	a.sees("dialog p", vi("a.revoke.q", "name", "Màn hình 1"))
	a.walk(vi("a.revoke.yes", "name", "Màn hình 1"))
	a.key(kb.Enter)
	a.sees(".said", vi("a.revoked", "name", "Màn hình 1"))
}

// walk presses Tab until what has the focus is called so.
func (s *screen) walk(words string) {
	s.t.Helper()
	for range 60 {
		if eval[string](s, `(document.activeElement.ariaLabel ?? document.activeElement.textContent)`) == words {
			return
		}
		s.key(kb.Tab)
	}
	s.t.Fatalf("%s: Tab does not lead to %q", s.name, words)
}

// TestAxeAdmin looks at the page of devices, wide and on a phone.
func TestAxeAdmin(t *testing.T) {
	t.Parallel()
	inBothLanguages(t, func(t *testing.T, lang string) {
		h := startHallWith(t)
		h.device("printer", "ready")
		h.act("keypads", "unplug", "")
		h.device("keypads:1", "offline")
		h.asks(t, "kiosk-pc-3", "agent")
		h.pairAgent(t, "Máy lấy số 2")
		for _, as := range []size{adminSize, handSize} {
			a := h.open(t, "/admin/#/devices", as)
			a.until("the devices and a machine that waits", `document.querySelector('[data-device]') && document.querySelector('.pairing') && document.querySelector('.keys tbody tr')`, patience)
			inEnglish(a, lang, ".lang")
			a.clean("devices")
			a.uncut("devices")
			if wide := eval[int64](a, `document.documentElement.scrollWidth`); wide > as.w {
				t.Errorf("the page is %d px wide on %d", wide, as.w)
			}
			a.shot(fmt.Sprintf("devices-%d", as.w))
		}
	})
}
