package e2e

import (
	"net/http"
	"testing"
)

// The page makes the key of a counter's PC: bound to the counters that are ticked,
// shown once, and listed with the moment, the address and the program of its last use.
func TestKeysOnThePage(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	a := h.open(t, "/admin/#/devices", adminSize)
	a.until("the form of keys", `document.querySelector('.make-key select')`, slow)
	eval[bool](a, `(() => { const s = document.querySelector('.make-key select'); s.value = 'desk'; s.dispatchEvent(new Event('change')); return true })()`)
	a.sees(".make-key .none", vi("a.keys.do.desk"))
	a.press(".make-key fieldset label", "02")
	a.fill(".make-key form input", "Máy quầy 02")
	a.press(".make-key .go", vi("a.keys.give"))
	a.sees(".make-key .made", vi("a.keys.once", "name", "Máy quầy 02"))
	a.clean("the key is shown")
	a.shot("made")
	key := eval[string](a, `document.querySelector('.make-key .made input').value`)
	a.until("a key that nobody has used", `document.querySelector('.keys .used')?.textContent.includes(`+quoted(vi("a.keys.never"))+`)`, patience)
	var me struct {
		Role     string
		Counters []string
	}
	if status := h.ask("GET", key, "/api/v1/me", nil, &me); status != http.StatusOK || me.Role != "desk" || len(me.Counters) != 1 || me.Counters[0] != "2" {
		t.Errorf("the key is good for %d %+v", status, me)
	}
	a.sees(".keys .used", "Go-http-client/1.1")
	a.sees(".keys .used", vi("a.keys.from", "address", "127.0.0.1"))
	eval[bool](a, `(() => { const s = document.querySelector('.make-key select'); s.value = 'admin'; s.dispatchEvent(new Event('change')); document.querySelectorAll('.make-key select')[1].value = ''; return true })()`)
	a.fill(".make-key form input", "Dự phòng")
	a.press(".make-key .go", vi("a.keys.give"))
	a.sees(".keys td small", vi("a.keys.reach.all"))
	if status := h.ask("GET", eval[string](a, `document.querySelector('.make-key .made input').value`), "/api/v1/me", nil, &me); status != http.StatusOK || me.Role != "admin" {
		t.Errorf("the spare key is good for %d %+v", status, me)
	}
	a.narrow(handSize)
	eval[any](a, `(document.querySelector('.keys').scrollIntoView(), 0)`)
	a.shot("phone")
}
