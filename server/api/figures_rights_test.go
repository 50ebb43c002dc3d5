package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"motcua/server/queue"
	"motcua/server/staff"
)

// key makes a key of a role, bound to a branch unless that is empty.
func (h *hall) key(role staff.Role, branch string, counters ...string) string {
	h.t.Helper()
	_, secret, err := h.staff.Make(context.Background(), staff.Key{Name: string(role) + " " + branch, Role: role, Branch: branch, Counters: counters})
	must(h.t, err)
	return secret
}

// asked are the requests of reports with who may make them: "admin", "reader",
// "desk" and so on, each with any key of that role for the branch.
var asked = []struct{ method, path, body, who string }{
	{"GET", reports + "?branch=hoabinh", "", "admin reader"},
	{"GET", reports, "", "admin reader"},
	{"GET", reports + "/branches", "", "admin reader"},
	{"GET", reports + "/compare?branch=hoabinh", "", "admin reader"},
	{"GET", reports + "/charts?branch=hoabinh", "", "admin reader"},
	{"GET", reports + "/file?branch=hoabinh&format=csv", "", "admin reader"},
	{"GET", reports + "/definitions", "", "admin reader"},
	{"GET", reports + "/officers?branch=hoabinh", "", "admin reader"},
	{"PUT", reports + "/officers/Nguy%E1%BB%85n%20Th%E1%BB%8B%20Lan/remark", `{"branch":"hoabinh","month":"2026-11","text":"x"}`, "admin"},
	{"PUT", reports + "/officers/Nguy%E1%BB%85n%20Th%E1%BB%8B%20Lan/remark", `{"branch":"hoabinh","month":"2026-11","text":"x","counter":"1"}`, "admin desk"},
	{"GET", reports + "/visits?branch=hoabinh&figure=taken", "", "admin reader"},
	{"GET", reports + "/visits/261123-A001?branch=hoabinh", "", "admin reader"},
	{"GET", reports + "/exports", "", "admin"},
	{"POST", reports + "/exports", `{"query":{"branches":["hoabinh"],"from":"2026-11-23","to":"2026-11-23"},"format":"csv"}`, "admin"},
	{"GET", reports + "/exports/x", "", "admin"},
	{"POST", reports + "/exports/x/cancel", "{}", "admin"},
	{"GET", reports + "/exports/x/file", "", "admin"},
	{"GET", branchPath + "/floor", "", "admin reader"},
	{"GET", branchPath + "/ratings", "", "admin reader"},
	{"GET", branchPath + "/results", "", "admin reader desk kiosk display agent"},
	{"GET", branchPath + "/counters/1/mine", "", "admin desk"},
	{"POST", branchPath + "/counters/1/form", `{"source":"paper","tx":"261123-A001.1","q1":2}`, "admin desk"},
	{"POST", branchPath + "/counters/1/form", `{"source":"tablet","tx":"261123-A001.1","q1":2}`, "admin device agent"},
}

// Who may ask is answered, everybody else refused: without a key 401, with one that
// is for something else or for another branch 403.
func TestRightsOfReports(t *testing.T) {
	h, _ := pastHall(t, nil)
	if h.counter(0) != "1" {
		t.Fatal("the first counter is not 1")
	}
	keys, elsewhere := map[staff.Role]string{}, map[staff.Role]string{}
	for _, role := range staff.Roles {
		keys[role], elsewhere[role] = h.key(role, "hoabinh"), h.key(role, "hall-2")
	}
	far := h.key(staff.Desk, "hoabinh", "2") // a desk of another counter
	for _, a := range asked {
		what := a.method + " " + a.path + " " + a.body
		expectStatus(t, h, what, a.method, a.path, "", a.body, 401)
		for _, role := range staff.Roles {
			want := 403
			if strings.Contains(" "+a.who+" ", " "+string(role)+" ") {
				want = 0
			}
			expectStatus(t, h, what+" as "+string(role), a.method, a.path, keys[role], a.body, want)
			if strings.Contains(a.path+a.body, "hoabinh") {
				expectStatus(t, h, what+" as "+string(role)+" of another branch", a.method, a.path, elsewhere[role], a.body, 403)
			}
		}
		if strings.Contains(a.path+a.body, "counter") {
			if a.method != "PUT" || strings.Contains(a.body, "counter") {
				expectStatus(t, h, what+" as another desk", a.method, a.path, far, a.body, 403)
			}
		}
	}
}

// expectStatus wants a status; 0 wants any that is neither 401 nor 403.
func expectStatus(t *testing.T, h *hall, what, method, path, key, body string, want int) {
	t.Helper()
	a := h.send(method, path, key, body)
	if want == 0 && (a.status == 401 || a.status == 403 || a.status >= 500) || want != 0 && a.status != want {
		t.Errorf("%s: %d %s, want %d", what, a.status, a.code(), want)
	}
}

// The role that reads has no way to change anything: every route that is no GET
// refuses it, whatever its body.
func TestReaderOnlyReads(t *testing.T) {
	h := newHall(t, options{demo: true, past: true})
	reader := h.key(staff.Reader, "")
	// These are everybody's: the secret in the address or the body is their key.
	open := []string{"/api/v1/tickets/", "/api/v1/passes/", "/api/v1/pairings", "/api/v1/screens/session", "/api/v1/screens/me"}
	for _, route := range h.server.Routes() {
		method, path, _ := strings.Cut(route, " ")
		if method == "get" || strings.Contains(path, "/demo/") {
			continue
		}
		everybodys := false
		for _, prefix := range open {
			everybodys = everybodys || strings.HasPrefix(path, prefix)
		}
		if everybodys && !strings.Contains(path, "approve") {
			continue
		}
		path = strings.NewReplacer("{branch}", "hoabinh", "{counter}", "1", "{verb}", "next").Replace(path)
		if a := h.send(strings.ToUpper(method), path, reader, "{}"); a.status != 403 {
			t.Errorf("%s: %d %s", route, a.status, a.code())
		}
	}
}

// A key of one branch gets its own figures and never another's, asked by name, among
// others, or by naming none.
func TestFiguresStayInTheirBranch(t *testing.T) {
	h, _ := pastHall(t, nil)
	other := queue.DemoSettings()
	other.ID, other.Tag, other.Version, other.Name.VI = "hall-2", "zz", 1, "Trung tâm thứ hai"
	document, err := json.Marshal(other)
	must(t, err)
	_, err = h.store.Do(t.Context(), queue.Command{Verb: queue.Settle, Branch: other.ID, Now: queue.MillisOf(h.clock.Now()), Document: string(document)})
	must(t, err)
	openDay(t, h.store, other, h.clock.Now())
	must(t, h.push.Feed.Add(t.Context(), other.ID))
	h.read()
	mine := h.key(staff.Reader, "hall-2")
	for _, path := range []string{reports, reports + "/compare", reports + "/branches", reports + "/visits?figure=taken", reports + "/officers?branch=hall-2"} {
		a := h.get(path, mine)
		if a.status != 200 || strings.Contains(a.raw, "hoabinh") || strings.Contains(a.raw, "Nguyễn Thị Lan") {
			t.Errorf("%s: %d %.400s", path, a.status, a.raw)
		}
	}
	for _, path := range []string{"?branch=hoabinh", "?branch=hall-2,hoabinh", "/officers?branch=hoabinh", "/visits/261123-A001?branch=hoabinh"} {
		expect(t, h.get(reports+path, mine), 403, "forbidden")
	}
	if a := h.get(reports+"?branch=hall-2", mine); a.body["total"].(object)["taken"] != 0.0 {
		t.Errorf("%.300s", a.raw)
	}
	if a := h.get(reports, h.key(staff.Reader, "")); a.body["total"].(object)["taken"] != 3.0 {
		t.Errorf("%.300s", a.raw)
	}
	expect(t, h.post(reports+"/exports", h.key(staff.Admin, "hall-2"), fmt.Sprintf(`{"query":{"branches":[%q],"from":"2026-11-23","to":"2026-11-23"},"format":"csv"}`, "hoabinh")), 403, "forbidden")
}
