package api_test

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"motcua/server/api"
	"motcua/server/history"
	"motcua/server/queue"
	"motcua/server/report"
)

// openPast gives the hall a history, its figures and the files made of them.
func (h *hall) openPast(dir string, d *api.Deps) {
	t := h.t
	t.Helper()
	ctx := context.Background()
	path := filepath.Join(dir, history.File)
	var err error
	h.history, err = history.Open(ctx, history.Options{Path: path, Clock: d.Clock, Settings: h.push.Feed.Settings})
	must(t, err)
	t.Cleanup(func() { h.history.Close() })
	h.history.Use(h.store)
	reader, err := report.Open(ctx, path)
	must(t, err)
	t.Cleanup(func() { reader.Close() })
	figures := report.Bound{Reader: reader, Options: report.Options{Clock: d.Clock, Settings: func(branch string) *queue.Settings {
		set, _ := h.push.Feed.Settings(branch)
		return set
	}}}
	jobs, err := report.NewJobs(report.JobOptions{Folder: filepath.Join(dir, "tmp"), Clock: d.Clock.Now, NewID: randomID,
		Source: report.Source{Build: figures.BuildWith}})
	must(t, err)
	t.Cleanup(func() { jobs.Close() })
	d.Figures, d.History, d.Exports = figures, h.history, jobs
	d.Paper = func(report.Query, string) report.Paper {
		return report.Paper{Levels: []string{"Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng"}}
	}
}

func randomID() string {
	b := make([]byte, 8)
	rand.Read(b)
	return hex.EncodeToString(b)
}

// read brings the history up to now.
func (h *hall) read() {
	h.t.Helper()
	must(h.t, h.history.CatchUp(context.Background()))
}

const reports = "/api/v1/reports"

// pastHall has served two visitors, one of whom was not content, and somebody waits.
func pastHall(t testing.TB, change func(*options)) (*hall, string) {
	o := options{demo: true, past: true, settings: func(s *queue.Settings) { s.Counters[0].Clerk = "Nguyễn Thị Lan" }}
	if change != nil {
		change(&o)
	}
	h := newHall(t, o)
	h.do(0, "open", "{}")
	var token string
	for level := 1; level <= 4; level += 3 {
		token = h.take().text("token")
		h.clock.step(10 * time.Minute)
		for _, verb := range []string{"next", "serve", "end"} {
			h.do(0, verb, "{}")
			h.clock.step(2 * time.Minute)
		}
		expect(t, h.post("/api/v1/tickets/"+token+"/rating", "", fmt.Sprintf(`{"level":%d,"reasons":["attitude"]}`, level)), 201, "")
	}
	h.take()
	h.read()
	return h, token
}

// What a manager reads agrees with what was done, from the sum to the single event.
func TestReportToItsEvents(t *testing.T) {
	h, _ := pastHall(t, nil)
	r := h.get(reports+"?branch=hoabinh", "demo-admin")
	total := r.body["total"].(object)
	rating := total["rating"].(object)
	if total["taken"] != 3.0 || total["served"] != 2.0 || rating["rated"] != 2.0 || rating["small"] != true || r.text("made") != "2026-11-23T09:32:00.000+07:00" {
		t.Errorf("%.600s", r.raw)
	}
	visits := h.get(reports+"/visits?branch=hoabinh&figure=served&limit=1", "demo-admin")
	first := visits.body["visits"].([]any)[0].(object)
	if next := h.get(reports+"/visits?branch=hoabinh&figure=served&limit=1&cursor="+visits.text("next"), "demo-admin"); next.body["next"] != nil || len(next.body["visits"].([]any)) != 1 {
		t.Errorf("the second page: %s", next.raw)
	}
	trace := h.get(reports+"/visits/"+first["id"].(string)+"?branch=hoabinh", "demo-admin")
	var kinds []string
	for _, e := range trace.body["events"].([]any) {
		kinds = append(kinds, e.(object)["kind"].(string))
	}
	if got := strings.Join(kinds, " "); got != "ticket.taken ticket.called ticket.serving ticket.ended" {
		t.Error(got)
	}
	transaction := trace.body["transactions"].([]any)[0].(object)
	if transaction["clerk"] != "Nguyễn Thị Lan" || transaction["rated"] != nil || transaction["spent"] != 120.0 {
		t.Errorf("%v", transaction)
	}
	for _, path := range []string{"/branches", "/compare", "/definitions", "/officers?branch=hoabinh"} {
		if a := h.get(reports+path, "demo-admin"); a.status != 200 {
			t.Errorf("%s: %d %.300s", path, a.status, a.raw)
		}
	}
}

// Raters are secret: no answer joins a visit with what its rating said.
func TestRatersAreSecret(t *testing.T) {
	h, _ := pastHall(t, nil)
	for _, figure := range []string{"low", "content", "level", "points", "reasons", "rated"} {
		expect(t, h.get(reports+"/visits?branch=hoabinh&figure="+figure, "demo-admin"), 400, "bad_parameter")
	}
	visits := h.get(reports+"/visits?branch=hoabinh&figure=served", "demo-admin").body["visits"].([]any)
	for _, v := range visits {
		trace := h.get(reports+"/visits/"+v.(object)["id"].(string)+"?branch=hoabinh", "demo-admin")
		for _, word := range []string{"level", "attitude", "points", "rated", "rating"} {
			if strings.Contains(trace.raw, word) {
				t.Errorf("a trace says %s: %s", word, trace.raw)
			}
		}
	}
	today := h.get(branchPath+"/ratings", "demo-admin")
	floor := h.get(branchPath+"/floor", "demo-admin")
	if today.body["given"] != 2.0 || len(today.body["low"].([]any)) != 1 || len(floor.body["alerts"].([]any)) == 0 {
		t.Errorf("%s\n%s", today.raw, floor.raw)
	}
	for _, v := range visits {
		if number := v.(object)["number"].(string); strings.Contains(today.raw, number) || strings.Contains(fmt.Sprint(floor.body["alerts"]), number) {
			t.Errorf("a mark has the number %s", number)
		}
	}
	yesterday := today.body["low"].([]any)[0].(object)
	h.clock.step(24 * time.Hour)
	h.take() // opens the next day
	h.read()
	if yesterday["half"] != "morning" || yesterday["at"] != nil || yesterday["counter"] != nil || yesterday["services"] == nil {
		t.Errorf("a low mark says when and where: %v", yesterday)
	}
	past := h.get(branchPath+"/ratings?day=2026-11-23", "demo-admin")
	if past.status != 200 {
		t.Fatalf("%s", past.raw)
	}
	if past.body["given"] != 2.0 || fmt.Sprint(past.body["low"].([]any)[0]) != fmt.Sprint(yesterday) {
		t.Errorf("from the history %s, from the day itself %v", past.raw, yesterday)
	}
}

// What cannot be asked is refused with a reason, before anything is read.
func TestReportRefusals(t *testing.T) {
	h, _ := pastHall(t, nil)
	for path, want := range map[string]string{
		"?from=2026-11-24&to=2026-11-23": "400 bad_parameter", "?from=1990-01-01": "400 bad_parameter", "?from=yesterday": "400 bad_parameter",
		"?branch=nowhere": "404 unknown_branch", "?branch=,": "400 bad_parameter", "/officers": "400 bad_parameter", "/visits": "400 bad_parameter",
		"/visits?figure=luck": "400 bad_parameter", "/visits?figure=taken&hour=24": "400 bad_parameter", "/visits?figure=taken&limit=201": "400 bad_parameter", "/visits?figure=taken&limit=all": "400 bad_parameter", "?from=1926-11-23&to=1926-11-23": "400 bad_parameter",
		"/file": "400 bad_parameter", "/file?format=doc": "400 bad_parameter", "/file?format=pdf&lang=fr": "400 bad_parameter", "/charts?lang=x": "400 bad_parameter",
		"/visits/x?branch=hoabinh": "404 unknown_visit", "/visits/x": "400 bad_parameter", "/exports/none": "404 unknown_export",
	} {
		a := h.get(reports+path, "demo-admin")
		if got := fmt.Sprint(a.status, " ", a.code()); got != want {
			t.Errorf("%s: %s, want %s: %.200s", path, got, want, a.raw)
		}
	}
	bare := newHall(t, options{demo: true}) // without a history
	for _, path := range []string{reports, reports + "/definitions", branchPath + "/results", reports + "/exports"} {
		expect(t, bare.get(path, "demo-admin"), 404, "not_found")
	}
}

// Who may only read gets a file in one answer, and the charts.
func TestReportFile(t *testing.T) {
	h, _ := pastHall(t, nil)
	reader := h.key("reader", "hoabinh")
	for format, begins := range map[string]string{"csv": "\ufeff", "pdf": "%PDF-", "xlsx": "PK"} {
		a := h.get(reports+"/file?branch=hoabinh&format="+format, reader)
		if a.status != 200 || !strings.HasPrefix(a.raw, begins) || !strings.Contains(a.header.Get("Content-Disposition"), "bao-cao-hoabinh-2026-11-23."+format) {
			t.Errorf("%s: %d %v %.60q", format, a.status, a.header, a.raw)
		}
	}
	charts := h.get(reports+"/charts?branch=hoabinh&lang=en", reader)
	if list := charts.list("charts"); charts.status != 200 || len(list) == 0 || !strings.HasPrefix(list[0]["svg"].(string), "<svg") || len(list[0]["rows"].([]any)) == 0 {
		t.Errorf("%d %.300s", charts.status, charts.raw)
	}
}

// A file is asked for once, made in the background, and is its owner's.
func TestExports(t *testing.T) {
	h, _ := pastHall(t, nil)
	body := `{"query":{"branches":["hoabinh"],"from":"2026-11-23","to":"2026-11-23"},"format":"csv","lang":"vi"}`
	made := h.post(reports+"/exports", "demo-admin", body, "Idempotency-Key", "one")
	again := h.post(reports+"/exports", "demo-admin", body, "Idempotency-Key", "one")
	if made.status != 202 || made.text("id") == "" || again.text("id") != made.text("id") {
		t.Fatalf("%s\n%s", made.raw, again.raw)
	}
	at := reports + "/exports/" + made.text("id")
	for deadline := time.Now().Add(time.Minute); ; {
		if state := h.get(at, "demo-admin").text("state"); state == "done" || time.Now().After(deadline) {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	file := h.get(at+"/file", "demo-admin")
	if file.status != 200 || !strings.HasPrefix(file.raw, "\ufeff") || !strings.Contains(file.header.Get("Content-Disposition"), ".csv") {
		t.Errorf("%d %v %.100q", file.status, file.header, file.raw)
	}
	other := h.key("admin", "")
	expect(t, h.get(at, other), 404, "unknown_export")
	expect(t, h.get(at+"/file", other), 404, "unknown_export")
	if list := h.get(reports+"/exports", other).body["exports"].([]any); len(list) != 0 {
		t.Errorf("%v", list)
	}
	if a := h.post(at+"/cancel", "demo-admin", "{}"); a.text("state") != "cancelled" {
		t.Errorf("%s", a.raw)
	}
	expect(t, h.get(at+"/file", "demo-admin"), 409, "export_not_ready")
	for _, bad := range []string{`{"query":{"from":"2026-11-23","to":"2026-11-23"},"format":"doc"}`, `{"query":{"from":"x","to":"y"},"format":"pdf"}`,
		`{"query":{"from":"2026-11-23","to":"2026-11-23"},"format":"pdf","lang":"fr"}`} {
		expect(t, h.post(reports+"/exports", "demo-admin", bad), 400, "bad_parameter")
	}
}

// The charts of a report are pictures with their figures beside them.
func TestReportCharts(t *testing.T) {
	h, _ := pastHall(t, nil)
	h.read()
	a := h.get(reports+"/charts?branch=hoabinh", "demo-admin")
	if strings.Contains(a.raw, `"id":"levels"`) {
		t.Errorf("a chart of two ratings: %.300s", a.raw)
	}
	for range 3 { // then there are five
		h.served(0, `{"level":1,"source":"tablet"}`, "demo-device")
	}
	h.read()
	a = h.get(reports+"/charts?branch=hoabinh", "demo-admin")
	expect(t, a, 200, "")
	for _, want := range []string{`"id":"hours"`, `"heads":["Giờ","Lấy số"]`, `\u003csvg`, `"id":"levels"`, "Rất hài lòng"} {
		if !strings.Contains(a.raw, want) {
			t.Errorf("the charts lack %s: %.300s", want, a.raw)
		}
	}
	expect(t, h.get(reports+"/charts?branch=elsewhere", "demo-admin"), 404, "unknown_branch")
}
