package api_test

import (
	"net/url"
	"strings"

	"motcua/server/queue"
	"motcua/server/staff"
)

const password = "Sen-hồng-nở-2026"

// person makes an account and logs it in: the headers that make a request its own.
func (h *hall) person(a staff.Account) (staff.Account, []string) {
	h.t.Helper()
	a, err := h.staff.AddAccount(h.t.Context(), a, password, queue.PeopleSetting{})
	must(h.t, err)
	return a, h.enter(a.Login)
}

func (h *hall) enter(login string) []string {
	h.t.Helper()
	in := h.loginAs(login, password, "")
	cookie, _, _ := strings.Cut(in.header.Get("Set-Cookie"), ";")
	if in.status != 303 || !strings.HasPrefix(cookie, "motcua_person=") {
		h.t.Fatalf("login of %s: %d %q %s", login, in.status, cookie, in.raw)
	}
	return []string{"Cookie", cookie}
}

// loginAs sends the form; more are further headers.
func (h *hall) loginAs(login, password, code string, more ...string) answer {
	h.t.Helper()
	form := url.Values{"name": {login}, "password": {password}, "code": {code}}
	return h.send("POST", "/login", "", form.Encode(), append([]string{"Content-Type", "application/x-www-form-urlencoded"}, more...)...)
}

// personAs is somebody in a role, seated at a counter when one is given.
func (h *hall) personAs(role staff.Role, branch, counter string) []string {
	h.t.Helper()
	login := strings.ToLower(string(role) + "-" + branch + "-" + counter)
	a, as := h.person(staff.Account{Login: login, Name: login, Role: role, Branch: branch})
	if counter != "" && role == staff.Clerk {
		_, _, err := h.staff.Sit(h.t.Context(), a.ID, branch, counter, false)
		must(h.t, err)
	}
	return as
}

func (h *hall) services(i ...int) []string {
	var ids []string
	for _, n := range i {
		ids = append(ids, h.service(n))
	}
	return ids
}
