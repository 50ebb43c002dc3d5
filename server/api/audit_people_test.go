package api_test

import (
	"maps"
	"strings"

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
