package api_test

import (
	"maps"
	"strings"
	"testing"

	"motcua/server/audit"
	"motcua/server/staff"
)

func init() { maps.Copy(changing, changingPeople) }

// changingPeople are the routes about people that leave a line.
var changingPeople = map[string]change{
	"post /api/v1/accounts": {40, audit.AccountMake, func(h *hall) answer {
		return h.post(accountsPath, "demo-admin", `{"login":"thu","name":"Thử","role":"clerk","branch":"hoabinh"}`)
	}},
	"put /api/v1/accounts/{account}": {41, audit.AccountSave, func(h *hall) answer {
		return h.send("PUT", h.accountPath("thu"), "demo-admin", `{"name":"Thử lại"}`)
	}},
	"post /api/v1/accounts/{account}/password": {42, audit.AccountPassword, func(h *hall) answer {
		return h.post(h.accountPath("thu")+"/password", "demo-admin", "{}")
	}},
	"post /api/v1/accounts/{account}/unlock": {43, audit.AccountUnlock, func(h *hall) answer {
		return h.post(h.accountPath("thu")+"/unlock", "demo-admin", "{}")
	}},
	"post /api/v1/accounts/{account}/logout": {44, audit.AccountLogout, func(h *hall) answer {
		return h.post(h.accountPath("thu")+"/logout", "demo-admin", "{}")
	}},
	"delete /api/v1/accounts/{account}/factor": {45, audit.FactorEnd, func(h *hall) answer {
		return h.send("DELETE", h.accountPath("thu")+"/factor", "demo-admin", "")
	}},
	"put /api/v1/me/factor": {46, audit.FactorSet, func(h *hall) answer {
		_, as := h.person(staff.Account{Login: "minh", Name: "Minh", Role: staff.Clerk, Branch: "hoabinh"})
		seed := h.post("/api/v1/me/factor", "", "{}", as...).text("uri")
		return h.send("PUT", "/api/v1/me/factor", "", `{"code":"`+codeOf(h.t, seed, h.clock.Now())+`"}`, as...)
	}},
	"delete /api/v1/me/factor": {47, audit.FactorEnd, func(h *hall) answer {
		_, as := h.person(staff.Account{Login: "mai", Name: "Mai", Role: staff.Clerk, Branch: "hoabinh"})
		return h.send("DELETE", "/api/v1/me/factor", "", "", as...)
	}},
	"put /api/v1/me/password": {48, audit.PasswordChange, func(h *hall) answer {
		return h.send("PUT", "/api/v1/me/password", "", `{"old":"`+password+`","new":"`+strings.ToUpper(password)+`"}`, h.enter("mai")...)
	}},
	"delete /api/v1/me/sessions": {50, audit.AccountLogout, func(h *hall) answer {
		_, as := h.person(staff.Account{Login: "moi", Name: "Mới", Role: staff.Clerk, Branch: "hoabinh"})
		return h.send("DELETE", "/api/v1/me/sessions", "", "", as...)
	}},
	"delete /api/v1/branches/{branch}/counters/{counter}/seat": {49, audit.SeatFree, func(h *hall) answer {
		h.send("PUT", h.seatPath(1), "", "{}", h.personAs(staff.Head, "hoabinh", "")...)
		return h.send("DELETE", h.seatPath(1), "demo-admin", "")
	}},
}

func (h *hall) accountPath(login string) string {
	h.t.Helper()
	for _, a := range h.staff.Accounts() {
		if a.Login == login {
			return accountsPath + "/" + a.ID
		}
	}
	h.t.Fatalf("nobody is called %s", login)
	return ""
}

// Two people of one name are told apart: by the session, and in the queue's events by
// who sits at the counter. The filter finds them by name and by login.
func TestAuditTellsNamesakesApart(t *testing.T) {
	h := newHall(t, options{demo: true})
	const name = "Nguyễn Thị Lan"
	_, cookie := h.person(staff.Account{Login: "lannt", Name: name, Role: staff.Clerk, Branch: "hoabinh"})
	h.person(staff.Account{Login: "lan", Name: name, Role: staff.Clerk, Branch: "hoabinh"})
	before, err := h.audit.Head(t.Context())
	must(t, err)
	if a := h.send("PUT", h.seatPath(0), "", "{}", cookie...); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	h.take()
	second := h.take().text("number")
	at := branchPath + "/counters/" + h.counter(0)
	if a := h.send("POST", at+"/open", "", "{}", cookie...); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	if a := h.send("POST", at+"/call", "", `{"number":"`+second+`","reason":"Người già yếu"}`, cookie...); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	must(t, h.audit.ReadQueue(t.Context(), h.store, "hoabinh"))
	if l := h.lines(before.N); len(l) != 1 || l[0].Who != "Nguyễn Thị Lan (lannt)" {
		t.Errorf("%+v", l)
	}
	for who, want := range map[string]int{name: 2, "lannt": 1, "Nguyễn Thị Lan (lannt)": 1, "Thị Lan": 0, "lann": 0} {
		list, _, err := h.audit.List(t.Context(), audit.Query{Who: who, Action: audit.Login, Limit: 10})
		must(t, err)
		calls, _, err := h.audit.List(t.Context(), audit.Query{Who: who, Action: audit.CallOutOfTurn, Limit: 10})
		must(t, err)
		if len(list) != want || len(calls) != min(want, 1) {
			t.Errorf("%q: %d logins, %d calls", who, len(list), len(calls))
		}
	}
}
