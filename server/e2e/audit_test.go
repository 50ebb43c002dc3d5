package e2e

import (
	"testing"
)

// TestAuditPage: what somebody changed stands in the log with before and after, can
// be found again, and is read on a phone, too.
func TestAuditPage(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	var made struct{ ID string }
	h.ask("POST", "demo-admin", "/api/v1/keys", map[string]any{"name": "Bàn số 2", "role": "desk", "branch": "hoabinh", "counters": []string{"2"}}, &made)
	h.ask("DELETE", "demo-admin", "/api/v1/media/khong-co.png", nil, nil) // refused at the last step
	a := h.open(t, "/admin/#/audit", adminSize)
	a.until("both lines", `document.querySelectorAll('.audit tbody tr').length === 3`, slow)
	a.until("the key's role", `document.querySelector('.audit [data-line="1"]').innerText.includes('Bàn số 2') && [...document.querySelectorAll('.audit [data-line="1"] ins')].some((x) => x.textContent === '["2"]')`, slow)
	a.sees(`.audit [data-line="3"] .refused`, vi("a.au.refused"))
	a.clean("lines")
	a.shot("lines")
	eval[any](a, `(() => { const s = document.querySelector('.audit select'); s.value = 'key.make'; s.dispatchEvent(new Event('change', { bubbles: true })); return 0 })()`)
	a.until("one line", `document.querySelectorAll('.audit tbody tr').length === 1 && document.querySelector('.audit form a').href.endsWith('action=key.make')`, slow)
	eval[any](a, `(() => { const s = document.querySelector('.audit select'); s.value = 'import'; s.dispatchEvent(new Event('change', { bubbles: true })); return 0 })()`)
	a.sees(".audit .none[role=status]", vi("a.au.none"))
	a.clean("no line")

	phone := h.open(t, "/admin/#/audit", phoneSize)
	phone.until("the lines", `document.querySelectorAll('.audit tbody tr').length === 3`, slow)
	inEnglish(phone, "en", ".lang")
	phone.until("English", `document.querySelector('.audit .refused')?.textContent.startsWith('Not done')`, slow)
	if wide := eval[float64](phone, `document.documentElement.scrollWidth`); wide > float64(phoneSize.w) {
		t.Errorf("the page is %v wide on a phone", wide)
	}
	phone.clean("on a phone")
	phone.shot("phone")
}
