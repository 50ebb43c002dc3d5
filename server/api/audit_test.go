package api_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"motcua/server/audit"
	"motcua/server/queue"
	"motcua/server/staff"
)

// quiet are the routes that leave no line of their own, each with why.
var quiet = map[string]string{
	"post /api/v1/branches/{branch}/tickets":                    "a citizen's, in the queue's own record",
	"post /api/v1/branches/{branch}/bookings":                   "a citizen's, in the queue's own record",
	"post /api/v1/branches/{branch}/bookings/{code}/arrive":     "a citizen's, in the queue's own record",
	"post /api/v1/branches/{branch}/passes":                     "a page for a citizen's phone",
	"post /api/v1/passes/{pass}/booking":                        "a citizen's, in the queue's own record",
	"post /api/v1/passes/{pass}/suggestion":                     "nothing of who wrote is kept",
	"post /api/v1/branches/{branch}/suggestions":                "nothing of who wrote is kept",
	"post /api/v1/branches/{branch}/counters/{counter}/ratings": "from paper the queue tells it; else a citizen's",
	"post /api/v1/branches/{branch}/counters/{counter}/{verb}":  "the queue tells the exceptions; the queue never waits",
	"post /api/v1/tickets/{token}/cancel":                       "a citizen's, in the queue's own record",
	"post /api/v1/tickets/{token}/delay":                        "a citizen's, in the queue's own record",
	"post /api/v1/tickets/{token}/rating":                       "a citizen's",
	"post /api/v1/tickets/{token}/form":                         "a citizen's",
	"post /api/v1/tickets/{token}/print":                        "a citizen's, in the queue's own record",
	"post /api/v1/dossiers":                                     "a program's, every few minutes; its list of imports tells",
	"post /api/v1/dossiers/{code}/verify":                       "a citizen's look-up, which leaves nothing",
	"post /api/v1/branches/{branch}/reports":                    "what an agent tells of its devices",
	"post /api/v1/branches/{branch}/prints/checklist":           "changes nothing",
	"post /api/v1/branches/{branch}/prints":                     "in the queue's own record",
	"post /api/v1/branches/{branch}/policy/example":             "changes nothing",
	"post /api/v1/branches/{branch}/calendar/preview":           "changes nothing",
	"post /api/v1/branches/{branch}/settings/preview":           "changes nothing",
	"post /api/v1/speech":                                       "changes nothing",
	"post /api/v1/pairings":                                     "a machine asks; the line is the approval's",
	"put /api/v1/screens/session":                               "a screen's own",
	"put /api/v1/screens/me":                                    "a screen's own",
	"post /api/v1/demo/devices/{device}/{action}":               "the demo's table",
	"put /api/v1/branches/{branch}/counters/{counter}/seat":     "in the queue's own record",
	"post /api/v1/me/factor":                                    "counts only once it is confirmed",
}

const png = "\x89PNG\r\n\x1a\n0000000000000000000000000000"

type change struct {
	at     int
	action audit.Action
	do     func(h *hall) answer
}

// changing are the routes that leave a line: its action, and a request that does so.
// They are made in the order of their numbers.
var changing = map[string]change{
	"put /api/v1/branches/{branch}/settings": {1, audit.SettingsSave, func(h *hall) answer { return h.saveName("Tên mới") }},
	"post /api/v1/keys": {2, audit.KeyMake, func(h *hall) answer {
		return h.post("/api/v1/keys", "demo-admin", `{"name":"Khóa thử","role":"desk","branch":"hoabinh"}`)
	}},
	"delete /api/v1/keys/{key}": {3, audit.KeyRevoke, func(h *hall) answer {
		return h.send("DELETE", "/api/v1/keys/"+h.keyNamed("Khóa thử"), "demo-admin", "")
	}},
	"post /api/v1/pairings/{code}/approve": {4, audit.PairingApprove, func(h *hall) answer {
		h.hang("Màn sảnh", `{"page":"board"}`)
		return answer{}
	}},
	"put /api/v1/screens/{screen}": {5, audit.ScreenSave, func(h *hall) answer {
		return h.send("PUT", "/api/v1/screens/"+h.keyNamed("Màn sảnh"), "demo-admin", `{"name":"Màn sảnh","page":"board","sound":true}`)
	}},
	"post /api/v1/screens/{screen}/{order}": {6, audit.ScreenOrder, func(h *hall) answer {
		return h.post("/api/v1/screens/"+h.keyNamed("Màn sảnh")+"/blink", "demo-admin", `{}`)
	}},
	"post /api/v1/branches/{branch}/notices": {7, audit.NoticeMake, func(h *hall) answer {
		return h.post(branchPath+"/notices", "demo-admin", `{"kind":"info","text":{"vi":"Nghỉ trưa"}}`)
	}},
	"post /api/v1/branches/{branch}/notices/{notice}/end": {8, audit.NoticeEnd, func(h *hall) answer {
		list := h.get(branchPath+"/notices", "demo-admin").body["items"].([]any)
		return h.post(branchPath+"/notices/"+list[0].(object)["id"].(string)+"/end", "demo-admin", `{}`)
	}},
	"put /api/v1/media/{name}": {9, audit.MediaPut, func(h *hall) answer {
		return h.send("PUT", "/api/v1/media/anh.png", "demo-admin", png)
	}},
	"delete /api/v1/media/{name}": {10, audit.MediaRemove, func(h *hall) answer {
		return h.send("DELETE", "/api/v1/media/anh.png", "demo-admin", "")
	}},
	"post /api/v1/branches/{branch}/suggestions/{suggestion}/state": {11, audit.SuggestionState, func(h *hall) answer {
		h.post(branchPath+"/suggestions", "demo-kiosk", `{"text":"Ghế gãy","topic":"","lang":"vi"}`)
		list := h.get(branchPath+"/suggestions", "demo-admin").body["items"].([]any)
		return h.post(branchPath+"/suggestions/"+list[0].(object)["id"].(string)+"/state", "demo-admin", `{"state":"done"}`)
	}},
	"put /api/v1/procedures/{code}/own": {12, audit.ProcedureSave, func(h *hall) answer {
		return h.send("PUT", "/api/v1/procedures/"+h.firstProcedure()+"/own", "demo-admin", `{"on_the_spot":true}`)
	}},
	"post /api/v1/catalogue/imports": {13, audit.Import, func(h *hall) answer {
		return h.post("/api/v1/catalogue/imports?file=them.jsonl", "demo-admin", h.oneMore())
	}},
	"post /api/v1/catalogue/imports/undo": {14, audit.ImportUndo, func(h *hall) answer {
		return h.post("/api/v1/catalogue/imports/undo", "demo-admin", `{}`)
	}},
	"post /api/v1/dossiers/imports": {15, audit.DossierImport, func(h *hall) answer {
		return h.post("/api/v1/dossiers/imports?file=ho-so.csv&branch=hoabinh", "demo-admin", "x")
	}},
	"put /api/v1/reports/officers/{clerk}/remark": {16, audit.RemarkSave, func(h *hall) answer {
		return h.send("PUT", reports+"/officers/Nguy%E1%BB%85n%20Th%E1%BB%8B%20Lan/remark", "demo-admin", `{"branch":"hoabinh","month":"2026-11","text":"x"}`)
	}},
	"post /api/v1/reports/exports": {17, audit.ExportMake, func(h *hall) answer {
		return h.post(reports+"/exports", "demo-admin", `{"query":{"branches":["hoabinh"],"from":"2026-11-23","to":"2026-11-23"},"format":"csv"}`)
	}},
	"post /api/v1/reports/exports/{export}/cancel": {18, audit.ExportCancel, func(h *hall) answer {
		list := h.get(reports+"/exports", "demo-admin").body["exports"].([]any)
		return h.post(reports+"/exports/"+list[0].(object)["id"].(string)+"/cancel", "demo-admin", "{}")
	}},
	"get /api/v1/reports/file": {19, audit.ExportFile, func(h *hall) answer {
		return h.get(reports+"/file?branch=hoabinh&format=csv", "demo-admin")
	}},
	"get /api/v1/audit/export.csv": {20, audit.AuditExport, func(h *hall) answer {
		return h.get("/api/v1/audit/export.csv", "demo-admin")
	}},
	"post /api/v1/branches/{branch}/counters/{counter}/form": {21, audit.PaperForm, func(h *hall) answer {
		h.do(0, "open", "{}")
		number := h.take().text("number")
		for _, verb := range []string{"next", "serve", "end", "next", "serve", "end"} { // one waits from before
			h.do(0, verb, "{}")
		}
		h.clock.step(time.Minute)
		rated := h.post(branchPath+"/counters/"+h.counter(0)+"/ratings", "demo-desk", `{"level":2,"source":"paper","number":"`+number+`"}`)
		return h.post(branchPath+"/counters/"+h.counter(0)+"/form", "demo-desk", `{"source":"paper","tx":"`+rated.text("id")+`","q1":2}`)
	}},
	"post /api/v1/branches/{branch}/settings/undo": {23, audit.SettingsUndo, func(h *hall) answer {
		h.saveName("Tên khác")
		return h.undo(2, 0)
	}},
	"post /api/v1/branches/{branch}/training":       {24, audit.TrainingBegin, func(h *hall) answer { return h.post(branchPath+"/training", "demo-admin", `{}`) }},
	"post /api/v1/branches/{branch}/training/reset": {25, audit.TrainingReset, func(h *hall) answer { return h.post(branchPath+"/training/reset", "demo-admin", `{}`) }},
	"delete /api/v1/branches/{branch}/training":     {26, audit.TrainingEnd, func(h *hall) answer { return h.send("DELETE", branchPath+"/training", "demo-admin", "") }},
	"get /api/v1/branches/{branch}/settings/file": {24, audit.SettingsExport, func(h *hall) answer {
		return h.get(settingsPath+"/file", "demo-admin")
	}},
	"post /api/v1/branches/{branch}/settings/file": {25, audit.SettingsImport, func(h *hall) answer {
		return h.post(settingsPath+"/file", "demo-admin", h.get(settingsPath+"/file", "demo-admin").raw)
	}},
	"get /api/v1/reports/exports/{export}/file": {22, audit.ExportFile, func(h *hall) answer {
		made := h.post(reports+"/exports", "demo-admin", `{"query":{"branches":["hoabinh"],"from":"2026-11-23","to":"2026-11-23"},"format":"csv"}`)
		path := reports + "/exports/" + made.text("id")
		for range 1000 {
			if a := h.get(path, "demo-admin"); a.text("state") == "done" || a.text("state") == "ready" {
				break
			}
		}
		return h.get(path+"/file", "demo-admin")
	}},
}

// A route that changes something and is in neither list is a route without audit.
func TestEveryRouteIsAuditedOrSaysWhyNot(t *testing.T) {
	h := newHall(t, options{demo: true})
	h.get("/healthz", "") // it listens, and so can end
	served := map[string]bool{}
	for _, r := range h.server.Routes() {
		served[r] = true
		_, noted := changing[r]
		if why := quiet[r]; !strings.HasPrefix(r, "get ") && noted == (why != "") {
			t.Errorf("%s must be in one of the lists: noted %v, quiet %q", r, noted, why)
		}
	}
	for r := range maps.Keys(changing) {
		if !served[r] {
			t.Errorf("%s is served no more", r)
		}
	}
	for r := range quiet {
		if !served[r] {
			t.Errorf("%s is served no more", r)
		}
	}
}

func TestEveryChangeLeavesALine(t *testing.T) {
	h, _ := pastHall(t, func(o *options) { o.shelf = true })
	for _, r := range slices.SortedFunc(maps.Keys(changing), func(a, b string) int { return changing[a].at - changing[b].at }) {
		c := changing[r]
		before, err := h.audit.Head(context.Background())
		must(t, err)
		a := c.do(h)
		lines := h.lines(before.N)
		if i := slices.IndexFunc(lines, func(l audit.Line) bool { return l.Action == c.action }); i < 0 {
			t.Errorf("%s (%d %.200s) left %v, want a line of %s", r, a.status, a.raw, lines, c.action)
		} else if l := lines[i]; l.Who == "" || l.Role == "" || l.From != "127.0.0.1" {
			t.Errorf("%s: %+v", r, l)
		}
	}
	if _, err := h.audit.Verify(context.Background()); err != nil {
		t.Error(err)
	}
}

// lines gives what was written after a line, the oldest first.
func (h *hall) lines(after int64) []audit.Line {
	h.t.Helper()
	list, _, err := h.audit.List(context.Background(), audit.Query{Limit: 1000})
	must(h.t, err)
	list = slices.DeleteFunc(list, func(l audit.Line) bool { return l.N <= after })
	slices.Reverse(list)
	return list
}

func (h *hall) saveName(name string) answer {
	h.t.Helper()
	now := h.get(branchPath+"/settings", "demo-admin")
	set := now.body["settings"].(object)
	set["name"].(object)["vi"] = name
	raw, err := json.Marshal(set)
	must(h.t, err)
	return h.send("PUT", branchPath+"/settings", "demo-admin", fmt.Sprintf(`{"version":%v,"settings":%s}`, now.body["version"], raw))
}

func (h *hall) keyNamed(name string) string {
	h.t.Helper()
	for _, k := range h.staff.Keys() {
		if k.Name == name {
			return k.ID
		}
	}
	h.t.Fatalf("no key is called %s", name)
	return ""
}

func TestAuditTellsBeforeAndAfter(t *testing.T) {
	h := newHall(t, options{demo: true})
	if a := h.saveName("Phòng số 1, gọi 001099012345"); a.status != 200 {
		t.Fatal(a.raw)
	}
	a := h.get("/api/v1/audit?action=settings.save", "demo-admin")
	first := a.body["items"].([]any)[0].(object)
	changes := first["changes"].([]any)
	if len(changes) != 1 || changes[0].(object)["path"] != "name.vi" || changes[0].(object)["after"] != "Phòng số 1, gọi ••••••••••••" || changes[0].(object)["before"] == "" {
		t.Errorf("%v", changes)
	}
	// What is refused at the last step has a second line.
	h.send("DELETE", "/api/v1/media/none.png", "demo-admin", "")
	a = h.get("/api/v1/audit?action=media.remove", "demo-admin")
	if items := a.body["items"].([]any); len(items) != 2 || items[0].(object)["outcome"] != "not_found" {
		t.Errorf("%s", a.raw)
	}
}

func TestAuditIsReadInPages(t *testing.T) {
	h := newHall(t, options{demo: true})
	for i := range 5 {
		h.saveName(fmt.Sprint("Tên ", i))
	}
	a := h.get("/api/v1/audit?limit=2&from=2026-11-23&to=2026-11-23", "demo-admin")
	items := a.body["items"].([]any)
	if len(items) != 2 || a.body["more"] != true {
		t.Fatal(a.raw)
	}
	a = h.get(fmt.Sprintf("/api/v1/audit?limit=3&before=%v", items[1].(object)["n"]), "demo-admin")
	if got := a.body["items"].([]any); len(got) != 3 || a.body["more"] != false || got[0].(object)["n"] != items[1].(object)["n"].(float64)-1 {
		t.Error(a.raw)
	}
	for _, path := range []string{"?action=x", "?from=1", "?before=0", "?limit=0", "?limit=201"} {
		expect(t, h.get("/api/v1/audit"+path, "demo-admin"), 400, "bad_parameter")
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(h.get("/api/v1/audit/export.csv", "demo-admin").raw, "\ufeff"))).ReadAll()
	must(t, err)
	if len(rows) != 6 || rows[1][0] != "5" {
		t.Errorf("%q", rows)
	}
}

func TestAuditIsForAdminsAndReaders(t *testing.T) {
	h := newHall(t, options{demo: true})
	for _, role := range staff.Roles {
		want := 403
		if role == staff.Admin || role == staff.Reader {
			want = 200
		}
		for _, path := range []string{"/api/v1/audit", "/api/v1/audit/export.csv"} {
			if a := h.get(path, h.key(role, "hoabinh")); a.status != want {
				t.Errorf("%s as %s: %d, want %d", path, role, a.status, want)
			}
		}
	}
	expect(t, h.get("/api/v1/audit?branch=hall-2", h.key(staff.Reader, "hoabinh")), 403, "forbidden")
	expect(t, h.get("/api/v1/audit", ""), 401, "unauthorized")
}

// A change that cannot be written down is not made; the queue and logins go on.
func TestWithoutAuditNothingIsChanged(t *testing.T) {
	h := newHall(t, options{demo: true})
	must(t, h.audit.Close())
	expect(t, h.saveName("Tên mới"), 503, "audit_unavailable")
	expect(t, h.post("/api/v1/keys", "demo-admin", `{"name":"x","role":"desk"}`), 503, "audit_unavailable")
	if slices.ContainsFunc(h.staff.Keys(), func(k staff.Key) bool { return k.Name == "x" }) {
		t.Error("the key was made all the same")
	}
	expect(t, h.get("/api/v1/audit", "demo-admin"), 503, "audit_unavailable")
	h.do(0, "open", "{}")
	h.take()
	h.do(0, "next", "{}")
	expect(t, h.post(branchPath+"/notices", "demo-admin", `{"kind":"info","text":{"vi":"Nghỉ trưa"}}`), 201, "")
	if a := h.login("demo-desk"); a.status != 303 {
		t.Errorf("login: %d", a.status)
	}
}

func (h *hall) login(key string) answer {
	h.t.Helper()
	return h.send("POST", "/login", "", "key="+key, "Content-Type", "application/x-www-form-urlencoded")
}

// Logins are in the log, wrong ones too, and no secret is anywhere in its file.
func TestAuditHoldsLoginsAndNoSecret(t *testing.T) {
	h := newHall(t, options{demo: true})
	made := h.post("/api/v1/keys", "demo-admin", `{"name":"Bàn 1","role":"desk"}`)
	secret := made.text("key")
	in := h.login(secret)
	h.login("a-wrong-key-of-somebody")
	cookie, _, _ := strings.Cut(in.header.Get("Set-Cookie"), ";")
	h.send("POST", "/logout", "", "", "Cookie", cookie)
	var actions []audit.Action
	for _, l := range h.lines(0) {
		actions = append(actions, l.Action)
	}
	if !slices.Equal(actions, []audit.Action{audit.KeyMake, audit.Login, audit.LoginWrong, audit.Logout}) {
		t.Errorf("%v", actions)
	}
	raw := h.get("/api/v1/audit/export.csv", "demo-admin").raw
	_, session, _ := strings.Cut(cookie, "=")
	for _, s := range []string{secret, "a-wrong-key-of-somebody", session} {
		if s == "" || strings.Contains(raw, s) || strings.Contains(h.log.String(), s) {
			t.Errorf("%q is in the log", s)
		}
	}
}

// What the queue tells of exceptions is written once, with who and why.
func TestAuditReadsTheQueue(t *testing.T) {
	h := newHall(t, options{demo: true})
	h.do(0, "open", "{}")
	h.take()
	second := h.take().text("number")
	h.do(0, "call", `{"number":"`+second+`","reason":"Người già yếu"}`)
	for range 2 {
		must(t, h.audit.ReadQueue(context.Background(), h.store, "hoabinh"))
	}
	lines := h.lines(0)
	if len(lines) != 1 || lines[0].Action != audit.CallOutOfTurn || lines[0].Object != second || lines[0].Who == "" ||
		!slices.Contains(lines[0].Changes, audit.Change{Path: "reason", After: "Người già yếu"}) ||
		!strings.Contains(fmt.Sprint(lines[0].Changes), string(queue.DayOf(morning))) {
		t.Errorf("%+v", lines)
	}
}

func (h *hall) firstProcedure() string {
	h.t.Helper()
	list := h.get("/api/v1/procedures?limit=1", "demo-admin").body["items"].([]any)
	return list[0].(object)["code"].(string)
}

// oneMore is a file of one procedure of the sample, under another name.
func (h *hall) oneMore() string {
	h.t.Helper()
	raw, err := os.ReadFile("../catalogue/sample.jsonl")
	must(h.t, err)
	line, _, _ := strings.Cut(string(raw), "\n")
	return line + "\n"
}
