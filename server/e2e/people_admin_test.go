package e2e

import (
	"strconv"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// logIn goes through the login page, and ends where it leads.
func (h *hall) logIn(t *testing.T, login, password, to string) *screen {
	t.Helper()
	s := h.open(t, "/login?to="+to, deskSize)
	s.press("#name", "")
	s.do(typed(login))
	s.press("#password", "")
	s.do(typed(password))
	s.press("form.login button", "Vào")
	return s
}

// TestPeople: an administrator adds a clerk, whose one-time password is shown once; the
// clerk changes it at the first login, sits down, moves when asked, is told who sits at
// a counter that is taken, and is asked to close it before leaving.
func TestPeople(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	a := h.open(t, "/admin/#/people", adminSize)
	a.press("button.go", vi("pe.add"))
	a.press(".person input", "")
	a.do(typed("Nguyễn Thị Lan"))
	a.until("a login made of the name", `document.querySelectorAll('.person input')[1].value === 'lannt'`, slow)
	a.clean("the form")
	a.shot("form")
	a.press(".person .go", vi("pe.make"))
	a.until("the password", `/^\S{8,}$/.test(document.querySelector('.once .secret')?.textContent ?? '')`, slow)
	secret := a.text(".once .secret")
	a.clean("the password")
	a.shot("once")
	a.press(".once .go", vi("pe.once.done"))
	a.sees(`.people [data-login=lannt] .warn`, vi("pe.renew"))
	a.clean("the list")
	a.shot("list")

	d := h.logIn(t, "lannt", secret, "/desk/")
	d.until("the password must be changed", `document.querySelector('dialog.own form p')?.textContent === `+strconv.Quote(vi("ac.renew")), slow)
	d.pardon(`422`)
	d.clean("a password due")
	d.shot("renew")
	for i, text := range []string{secret, "ngắn", "ngắn"} {
		eval[any](d, `(document.querySelectorAll('dialog.own input')[`+strconv.Itoa(i)+`].focus(), 0)`)
		d.do(typed(text))
	}
	d.key(kb.Enter)
	d.sees("dialog.own .fault", vi("ac.weak.short", "n", "8"))
	for i := range 2 {
		eval[any](d, `(document.querySelectorAll('dialog.own input')[`+strconv.Itoa(i+1)+`].select(), 0)`)
		d.do(typed("Sông Đà 2026 chảy"))
	}
	eval[any](d, `(document.querySelectorAll('dialog.own input')[1].select(), 0)`)
	d.do(typed("Sông Đà 2026 chảy"))
	d.key(kb.Enter)
	d.sees("button.account", "Nguyễn Thị Lan")
	d.press("[data-counter='2']", "")
	d.sees("h1", vi("d.counter", "label", "02"))
	d.shot("desk")
	a.sees("[data-login=lannt]", "Quầy 02")

	other := h.logIn(t, "hung", "demo", "/desk/")
	other.pardon(`409`)
	other.sees("[data-counter='2']", "Nguyễn Thị Lan") // before it is chosen
	other.press("[data-counter='2']", "")
	other.sees(".choose .fault", "Nguyễn Thị Lan")
	other.clean("a counter that is taken")
	other.shot("taken")

	closed := d.text("#big")
	d.press("#big", "")
	d.until("the counter is open", `document.querySelector('#big').textContent !== `+strconv.Quote(closed), slow)
	head := h.logIn(t, "truong", "demo", "/admin/")
	head.press(`.seated [aria-label*="Nguyễn Thị Lan"]`, "")
	head.sees("dialog", "Giải phóng quầy 02?")
	head.clean("freeing a counter")
	head.shot("free")
	head.press("dialog .danger", "")
	head.until("nobody sits there", `!document.querySelector('.seated [aria-label*="Nguyễn Thị Lan"]')`, slow)
	d.sees(".choose .fault", vi("d.seat.lost")) // she sits down again
	d.press("[data-counter='2']", "")
	d.press("#big", "")
	d.until("the counter is open", `document.querySelector('#big').textContent !== `+strconv.Quote(closed), slow)
	d.press(".top button", vi("d.change"))
	d.pardon(`409`)
	d.press("[data-counter='3']", "")
	d.sees("dialog.ask", vi("d.seat.move", "from", "02", "to", "03"))
	d.sees("dialog.ask", vi("d.seat.move.shut", "from", "02"))
	d.clean("a move")
	d.press("dialog.ask button[type=submit]", "")
	d.sees("h1", vi("d.counter", "label", "03"))
	d.until("the desk of a closed counter", `document.querySelector('#big').textContent === `+strconv.Quote(closed), slow)
	if left := eval[string](a, `fetch('`+branchPath+`').then(async (r) => (await r.json()).counters.find((c) => c.id === '2').state)`); left != "closed" {
		t.Errorf("counter 02 has no clerk any more and is %s", left)
	}
	d.press("#big", "")
	d.until("the counter is open", `document.querySelector('#big').textContent !== `+strconv.Quote(closed), slow)
	d.pardon(`WebSocket`) // the session ends before the page does
	d.press("button.account", "")
	d.press("dialog.own .go", vi("ac.out"))
	d.press("dialog.ask button[type=submit]", vi("d.seat.close.yes"))
	d.until("the login page", `location.pathname === '/login'`, slow)
}

// TestLoginPage: wrong passwords are told in a sentence that does not say which part was
// wrong; the page works on a phone.
func TestLoginPage(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	s := h.open(t, "/login", phoneSize)
	s.pardon(`401`)
	s.clean("login")
	s.press("#name", "")
	s.do(typed("khong-co"))
	s.press("#password", "")
	s.do(typed("sai"))
	s.press("form.login button", "Vào")
	s.until("the refusal", `document.querySelector('[role=alert]') && document.querySelector('#name').value === 'khong-co' && document.querySelector('#password').value === ''`, slow)
	s.clean("refused")
	s.shot("refused")
	if wide := eval[float64](s, `document.documentElement.scrollWidth`); wide > float64(phoneSize.w) {
		t.Errorf("the page is %v wide on a phone", wide)
	}
}

// A session that ends takes nothing along that is half filled in: the dialog says so,
// and goes on when the same person has logged in beside it. Without one, the page leads
// to the login.
func TestSessionEndsUnderDialog(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	d := h.logIn(t, "hung", "demo", "/desk/")
	d.pardon(`401|HTTP Authentication failed`)
	d.press("[data-counter='2']", "")
	d.sees("h1", vi("d.counter", "label", "02"))
	d.press("button.account", "")
	d.press("dialog.own button", vi("ac.password"))
	eval[any](d, `(document.querySelectorAll('dialog.own input')[1].focus(), 0)`)
	d.do(typed("Sông Đà 2026 chảy"))
	var list struct {
		Accounts []struct{ ID, Login string }
	}
	if status := h.ask("GET", "demo-admin", "/api/v1/accounts", nil, &list); status != 200 {
		t.Fatal(status)
	}
	out := func() {
		for _, a := range list.Accounts {
			if a.Login == "hung" && h.ask("POST", "demo-admin", "/api/v1/accounts/"+a.ID+"/logout", map[string]string{}, nil) != 204 {
				t.Error("the session was not ended")
			}
		}
	}
	out()
	d.until("what became of the session", found("dialog.own .session-ended", vi("ac.ended")), slow)
	d.clean("a session that has ended")
	d.shot("ended")
	eval[bool](d, `fetch('/login', { method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams({ name: 'hung', password: 'demo' }) }).then((r) => r.ok)`)
	d.until("the dialog goes on", `!document.querySelector('.session-ended') && document.querySelectorAll('dialog.own input')[1].value === 'Sông Đà 2026 chảy'`, slow)
	eval[any](d, `(document.querySelector('dialog.own').close(), 0)`)
	out()
	d.until("the login page", `location.pathname === '/login' && document.querySelector('main [role=status]')`, slow)
}
