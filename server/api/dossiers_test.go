package api_test

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/staff"
)

const (
	dossierPath = "/api/v1/dossiers/"
	pending     = "H15.50.05.13-261008-0001"
	late        = "H15.50.05.13-261008-0002"
	collected   = "000.00.16.H40-200915-0003"
)

// officeHours make the demo's hall a hall with days off.
func officeHours(set *queue.Settings) {
	set.Calendar = queue.Calendar{Halves: []queue.Half{{ID: "am", From: "07:30", To: "11:30", CutOff: "11:00"}, {ID: "pm", From: "13:00", To: "17:00", CutOff: "16:30"}}}
	for day := 1; day <= 5; day++ {
		set.Calendar.Week = append(set.Calendar.Week, queue.WeekDay{Day: day})
	}
}

func verifying(set *queue.Settings) {
	officeHours(set)
	set.Dossiers.Verify = true
}

// told tells the hall of three dossiers.
func (h *hall) told() {
	h.t.Helper()
	a := h.post("/api/v1/dossiers", "demo-admin", fmt.Sprintf(`{"items":[
		{"code":%q,"stage":"Đang giải quyết","received":"20/11/2026","due":"24/11/2026","digits":"0456","collect":"Quầy 1","procedure":"1.004873"},
		{"code":%q,"stage":"processing","received":"2026-11-10","due":"2026-11-18","digits":"1111"},
		{"code":%q,"stage":"ready","received":"2026-11-10","due":"2026-11-24","ready_at":"2026-11-23T08:00:00+07:00"}]}`, pending, late, collected))
	if a.status != 200 || a.body["accepted"] != 3.0 {
		h.t.Fatalf("%d %s", a.status, a.raw)
	}
}

func TestDossierDegree(t *testing.T) {
	h := newHall(t, options{demo: true})
	h.told()
	for range 10 { // who has the code is not counted
		a := h.get(dossierPath+strings.ToLower(pending), "demo-display")
		if a.status != 200 || a.text("code") != pending || a.text("degree") != "processing" || a.body["verify"] != false ||
			a.text("updated_at") != "2026-11-23T09:00:00+07:00" || len(a.body) != 4 {
			t.Fatalf("%d %s", a.status, a.raw)
		}
	}
	bodies := map[string]bool{}
	for i, wrong := range []string{"H15.50.05.13-261008-9999", "nonsense", "%20", "0456"} {
		a := h.get(dossierPath+wrong, "demo-display")
		expect(t, a, 404, "unknown_dossier")
		if a.body["left"] != float64(4-i) {
			t.Errorf("left %v after %d", a.body["left"], i+1)
		}
		delete(a.body, "instance")
		delete(a.body, "left")
		bodies[fmt.Sprint(a.body)] = true
	}
	if len(bodies) != 1 {
		t.Errorf("an unknown code and what is no code are told apart: %v", bodies)
	}
	if a := h.get(dossierPath+"x", "demo-display"); a.body["left"] != 0.0 {
		t.Errorf("the last try: %s", a.raw)
	}
	expect(t, h.get(dossierPath+pending, "demo-display"), 429, "too_many_requests") // right, but too late
	if a := h.get(dossierPath+pending, "demo-kiosk"); a.status != 200 {
		t.Errorf("another device: %d", a.status)
	}
	h.clock.step(10*time.Minute + time.Second)
	if a := h.get(dossierPath+pending, "demo-display"); a.status != 200 {
		t.Errorf("ten minutes later: %d", a.status)
	}
}

func TestVerifyDossier(t *testing.T) {
	h := newHall(t, options{demo: true, settings: verifying})
	h.told()
	verify := func(key, code, digits string) answer {
		t.Helper()
		return h.post(dossierPath+code+"/verify", key, fmt.Sprintf(`{"digits":%q}`, digits))
	}
	if a := h.get(dossierPath+pending, "demo-kiosk"); a.body["verify"] != true {
		t.Errorf("not offered: %s", a.raw)
	}
	if a := h.get(dossierPath+collected, "demo-kiosk"); a.body["verify"] != false {
		t.Errorf("offered though nothing fits: %s", a.raw)
	}
	a := verify("demo-kiosk", pending, "0456")
	collect, _ := a.body["collect"].(map[string]any)
	if a.status != 200 || a.text("due") != "2026-11-24T17:00:00+07:00" || a.body["late"] != false || collect["counter"] != h.counter(0) || a.body["note"] != nil {
		t.Errorf("%d %s", a.status, a.raw)
	}
	a = verify("demo-kiosk", late, "1111")
	note, _ := a.body["note"].(map[string]any)
	if a.body["late"] != true || !strings.Contains(fmt.Sprint(note["vi"]), "xin lỗi") {
		t.Errorf("%d %s", a.status, a.raw)
	}
	// Wrong digits, an unknown code and one without digits are told alike, and share the tries with the look-up.
	bodies := map[string]bool{}
	for i, code := range []string{pending, "H15.50.05.13-261008-9999", collected, "x"} {
		a := verify("demo-kiosk", code, "9999")
		expect(t, a, 404, "unknown_dossier")
		if a.body["left"] != float64(4-i) {
			t.Errorf("left %v", a.body["left"])
		}
		delete(a.body, "instance")
		delete(a.body, "left")
		bodies[fmt.Sprint(a.body)] = true
	}
	if len(bodies) != 1 {
		t.Errorf("%v", bodies)
	}
	expect(t, h.get(dossierPath+"y", "demo-kiosk"), 404, "unknown_dossier")
	expect(t, verify("demo-kiosk", pending, "0456"), 429, "too_many_requests")
	for _, bad := range []string{"", "12", "12345", "12a4"} {
		expect(t, verify("demo-display", pending, bad), 400, "bad_parameter")
	}
	expect(t, h.post(dossierPath+pending+"/verify", "demo-display", `{"digits":"0456"}`, "Idempotency-Key", ""), 400, "idempotency_key_missing")
}

// Many tries sent at once are counted like one after the other.
func TestTriesAtOnce(t *testing.T) {
	h := newHall(t, options{demo: true, settings: verifying})
	h.told()
	done := h.server.Turn("digits of " + pending) // all come in before the first is counted
	var all sync.WaitGroup
	var heard atomic.Int64
	for i := range 30 {
		all.Go(func() {
			if a := h.post(dossierPath+pending+"/verify", "demo-kiosk", fmt.Sprintf(`{"digits":"%04d"}`, 1000+i)); a.status == 404 {
				heard.Add(1)
			} else if a.status != 429 {
				t.Errorf("%d %s", a.status, a.raw)
			}
		})
	}
	time.Sleep(300 * time.Millisecond) // fewer come in on a slow machine: then this sees less
	done()
	all.Wait()
	if n := heard.Load(); n != 5 {
		t.Errorf("%d tries were told how many are left", n)
	}
	// Those beyond the five were not even looked at, so the dossier is not shut.
	if a := h.post(dossierPath+pending+"/verify", "demo-display", `{"digits":"0456"}`); a.status != 200 {
		t.Errorf("%d %s", a.status, a.raw)
	}
}

// However many devices help: after twenty wrong digits a dossier stays shut for a day.
func TestDigitsCannotBeTriedOut(t *testing.T) {
	h := newHall(t, options{demo: true, settings: verifying})
	h.told()
	keys := []string{"demo-kiosk", "demo-display", "demo-desk", "demo-admin"}
	for i := range 20 {
		h.post(dossierPath+pending+"/verify", keys[i/5], `{"digits":"9999"}`)
	}
	h.clock.step(11 * time.Minute)
	expect(t, h.post(dossierPath+pending+"/verify", "demo-kiosk", `{"digits":"0456"}`), 404, "unknown_dossier")
	h.clock.step(24 * time.Hour)
	if a := h.post(dossierPath+pending+"/verify", "demo-kiosk", `{"digits":"0456"}`); a.status != 200 {
		t.Errorf("a day later: %d %s", a.status, a.raw)
	}
}

func TestVerifyIsOffByDefault(t *testing.T) {
	h := newHall(t, options{demo: true})
	h.told()
	expect(t, h.post(dossierPath+pending+"/verify", "demo-kiosk", `{"digits":"0456"}`), 403, "forbidden")
}

func TestPushDossiers(t *testing.T) {
	h := newHall(t, options{demo: true})
	feed, secret, err := h.staff.Make(t.Context(), staff.Key{Name: "Một cửa điện tử", Role: staff.Feed})
	must(t, err)
	body := fmt.Sprintf(`{"items":[{"code":%q,"stage":"received","full_name":"NGUYENSECRET"},{"code":"NGUYENWRONG","stage":"received"},{"code":%q,"stage":"bay"},7]}`, pending, late)
	one := h.post("/api/v1/dossiers", secret, body, "Idempotency-Key", "k1")
	refused, _ := one.body["refused"].([]any)
	if one.status != 200 || one.body["accepted"] != 1.0 || len(refused) != 3 || fmt.Sprint(one.body["ignored"]) != "[full_name]" || strings.Contains(one.raw, "NGUYEN") {
		t.Fatalf("%d %s", one.status, one.raw)
	}
	second, _ := refused[1].(map[string]any)
	if second["line"] != 3.0 || second["code"] != late || second["field"] != "stage" {
		t.Errorf("%v", second)
	}
	if again := h.post("/api/v1/dossiers", secret, body, "Idempotency-Key", "k1"); again.raw != one.raw {
		t.Errorf("the same request, another answer: %s", again.raw)
	}
	if other := h.post("/api/v1/dossiers", secret, body); other.body["unchanged"] != 1.0 {
		t.Errorf("the same items: %s", other.raw)
	}
	expect(t, h.post("/api/v1/dossiers", secret, `{"items":[7]}`, "Idempotency-Key", "k1"), 422, "idempotency_key_reused")
	expect(t, h.post("/api/v1/dossiers", secret, `{"items":[]}`), 400, "bad_parameter")
	for _, key := range []string{"demo-kiosk", "demo-desk", "demo-display", "demo-device"} {
		expect(t, h.post("/api/v1/dossiers", key, body), 403, "forbidden")
		expect(t, h.get("/api/v1/dossiers/imports", key), 403, "forbidden")
	}
	// The software tells; it does not ask.
	expect(t, h.get(dossierPath+pending, secret), 403, "forbidden")
	expect(t, h.get(branchPath+"/dossiers/counts", secret), 403, "forbidden")
	must(t, h.staff.Revoke(t.Context(), feed.ID))
	expect(t, h.post("/api/v1/dossiers", secret, body), 401, "unauthorized")
}

func TestImportDossierFile(t *testing.T) {
	h := newHall(t, options{demo: true})
	file := "Mã hồ sơ,Họ tên,Trạng thái\n" + pending + ",Nguyễn Văn A,Tiếp nhận\n" + late + ",Trần Thị B,Bay\n"
	send := func(query string) answer {
		t.Helper()
		a := h.post("/api/v1/dossiers/imports?"+query, "demo-admin", file)
		if strings.Contains(a.raw, "Nguyễn") {
			t.Errorf("a name came back: %s", a.raw)
		}
		return a
	}
	expect(t, send(""), 400, "bad_parameter")
	expect(t, send("file=a.csv&branch=xa"), 404, "unknown_branch")
	if a := send("file=a.csv&dry=1"); a.status != 200 || a.body["accepted"] != 1.0 || a.body["bad"] != 1.0 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	expect(t, h.get(dossierPath+pending, "demo-kiosk"), 404, "unknown_dossier") // dry
	if a := send("file=th%C3%A1ng%2011.csv"); a.text("file") != "tháng 11.csv" || a.body["accepted"] != 1.0 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	path := "/api/v1/dossiers/imports?file=a.csv"
	expect(t, h.post(path, "demo-admin", file, "Idempotency-Key", ""), 400, "idempotency_key_missing")
	one := h.post(path+"&dry=1", "demo-admin", file, "Idempotency-Key", "one")
	if again := h.post(path+"&dry=1", "demo-admin", file, "Idempotency-Key", "one"); again.status != 200 || again.raw != one.raw {
		t.Errorf("the same request: %d %s", again.status, again.raw)
	}
	expect(t, h.post(path+"&dry=1", "demo-admin", file+"x", "Idempotency-Key", "one"), 422, "idempotency_key_reused")
	expect(t, h.post(path, "demo-admin", file, "Idempotency-Key", "one"), 422, "idempotency_key_reused")
	if a := send("file=a.csv"); a.body["again"] != true || a.body["accepted"] != 0.0 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	list := h.get("/api/v1/dossiers/imports", "demo-admin")
	if items, _ := list.body["items"].([]any); len(items) != 2 || !strings.Contains(list.raw, "Dòng 3, cột C") {
		t.Errorf("%s", list.raw)
	}
	if a := h.get("/api/v1/dossiers/imports/template.xlsx", "demo-admin"); a.status != 200 || !strings.HasPrefix(a.raw, "PK") {
		t.Errorf("%d %.20q", a.status, a.raw)
	}
}

// The path and the file's name say whose dossier it is: neither is logged.
func TestDossiersAreNotLogged(t *testing.T) {
	h := newHall(t, options{demo: true, settings: verifying})
	h.told()
	h.get(dossierPath+pending, "demo-kiosk")
	h.post(dossierPath+pending+"/verify", "demo-kiosk", `{"digits":"0456"}`)
	h.post("/api/v1/dossiers/imports?file=Nguy%E1%BB%85nVanA.csv", "demo-admin", "Mã hồ sơ,Trạng thái\n"+late+",Tiếp nhận\n")
	log := h.log.String()
	for _, secret := range []string{"261008", "0456", "VanA"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %q:\n%s", secret, log)
		}
	}
	if !strings.Contains(log, "/dossiers/-/verify") {
		t.Error("the log does not say what was asked")
	}
}

func TestDossierLists(t *testing.T) {
	h := newHall(t, options{demo: true, settings: officeHours})
	h.told()
	a := h.get(branchPath+"/dossiers?list=overdue", "demo-desk")
	items, _ := a.body["items"].([]any)
	if a.status != 200 || len(items) != 1 || !strings.Contains(a.raw, late) || !strings.Contains(a.raw, `"days":3`) || !strings.Contains(a.raw, "xin lỗi") {
		t.Errorf("%d %s", a.status, a.raw)
	}
	a = h.get(branchPath+"/dossiers?list=soon", "demo-desk")
	if items, _ := a.body["items"].([]any); len(items) != 1 || !strings.Contains(a.raw, pending) {
		t.Errorf("%d %s", a.status, a.raw)
	}
	expect(t, h.get(branchPath+"/dossiers?list=all", "demo-desk"), 400, "bad_parameter")
	expect(t, h.get(branchPath+"/dossiers?list=soon", "demo-kiosk"), 403, "forbidden")
	for query, received := range map[string]float64{"": 0, "?period=today": 0, "?period=month": 3} {
		a := h.get(branchPath+"/dossiers/counts"+query, "demo-display")
		if a.status != 200 || a.body["received"] != received || a.body["resolved"] != 1.0 || a.body["pending"] != 2.0 || a.body["overdue"] != 1.0 ||
			a.text("updated_at") == "" {
			t.Errorf("%s: %d %s", query, a.status, a.raw)
		}
	}
	expect(t, h.get(branchPath+"/dossiers/counts?period=year", "demo-display"), 400, "bad_parameter")
}
