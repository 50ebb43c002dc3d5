package api_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"motcua/server/queue"
)

const boxPath = branchPath + "/suggestions"

// inbox gives the texts of a state, newest first.
func (h *hall) inbox(query string) []map[string]any {
	h.t.Helper()
	a := h.get(boxPath+query, "demo-admin")
	if a.status != 200 {
		h.t.Fatalf("the inbox: %d %s", a.status, a.raw)
	}
	var list []map[string]any
	for _, item := range a.body["items"].([]any) {
		list = append(list, item.(map[string]any))
	}
	return list
}

// A suggestion from a screen reaches the head of the hall without what could
// lead to who wrote it, and nobody else reads it.
func TestSuggestionFromScreen(t *testing.T) {
	h := newHall(t, options{demo: true})
	body := `{"text":"Ghế gãy ở cửa sổ.\nGọi tôi 0912 345 678 hoặc lan@vi-du.vn","topic":"facility","lang":"vi"}`
	a := h.post(boxPath, "demo-display", body, "Idempotency-Key", "k1")
	if a.status != 201 || a.raw != `{"at":"2026-11-23","half":"am"}` {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	if b := h.post(boxPath, "demo-display", body, "Idempotency-Key", "k1"); b.status != 200 || b.raw != a.raw {
		t.Errorf("again: %d %s", b.status, b.raw)
	}
	expect(t, h.post(boxPath, "demo-display", `{"text":"Khác"}`, "Idempotency-Key", "k1"), 422, "idempotency_key_reused")
	list := h.inbox("?state=new")
	if len(list) != 1 || list[0]["text"] != "Ghế gãy ở cửa sổ.\nGọi tôi [đã che số] hoặc [đã che email]" || list[0]["topic"] != "facility" {
		t.Fatalf("%v", list)
	}
	for _, key := range []string{"demo-desk", "demo-kiosk", "demo-display", "demo-device"} {
		expect(t, h.get(boxPath, key), 403, "forbidden")
		expect(t, h.post(boxPath+"/x/state", key, `{"state":"done"}`), 403, "forbidden")
	}
	for _, key := range []string{"demo-desk", "demo-device"} {
		expect(t, h.post(boxPath, key, body), 403, "forbidden")
		expect(t, h.post(branchPath+"/passes", key, `{"for":"suggestion"}`), 403, "forbidden")
	}
	state := boxPath + "/" + list[0]["id"].(string) + "/state"
	if a := h.post(state, "demo-admin", `{"state":"working","note":"đã báo\nbảo trì"}`); a.status != 200 || a.text("state") != "working" || a.text("note") != "đã báo bảo trì" {
		t.Errorf("%d %s", a.status, a.raw)
	}
	if a := h.post(state, "demo-admin", `{"state":"done"}`); a.status != 200 || a.text("note") != "đã báo bảo trì" {
		t.Errorf("%d %s", a.status, a.raw)
	}
	if a := h.get(boxPath+"/counts", "demo-desk"); a.body["done"] != 1.0 || a.body["new"] != 0.0 {
		t.Errorf("%s", a.raw)
	}
	if list := h.inbox("?state=new"); len(list) != 0 {
		t.Errorf("still new: %v", list)
	}
	for _, words := range []string{"Ghế", "0912", "vi-du", "bảo trì", "Gh\\u"} {
		if strings.Contains(h.log.String(), words) {
			t.Errorf("the log holds %q", words)
		}
	}
	h.holdsNot("0912", "345 678", "vi-du")
}

// holdsNot looks through every file the server has written.
func (h *hall) holdsNot(secrets ...string) {
	h.t.Helper()
	seen := false
	must(h.t, filepath.WalkDir(filepath.Dir(h.folder), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		seen = seen || strings.Contains(string(content), "cửa sổ")
		for _, secret := range secrets {
			if strings.Contains(string(content), secret) {
				h.t.Errorf("%s holds %q", filepath.Base(path), secret)
			}
		}
		return err
	}))
	if !seen {
		h.t.Error("this test does not see the text at all")
	}
}

func TestSuggestionRefused(t *testing.T) {
	h := newHall(t, options{demo: true})
	for _, c := range []struct{ method, path, key, body, code string }{
		{"POST", boxPath, "", `{"text":"x"}`, "unauthorized"},
		{"POST", boxPath, "demo-kiosk", `{"text":""}`, "bad_parameter"},
		{"POST", boxPath, "demo-kiosk", `{"text":" \n\t"}`, "bad_parameter"},
		{"POST", boxPath, "demo-kiosk", `{"text":"` + strings.Repeat("ạ", 1001) + `"}`, "bad_parameter"},
		{"POST", boxPath, "demo-kiosk", `{"text":"x","topic":"weather"}`, "bad_parameter"},
		{"POST", boxPath, "demo-kiosk", `{"text":"x","lang":"Tiếng"}`, "bad_parameter"},
		{"POST", boxPath, "demo-kiosk", `{"text":"x","name":"Lan"}`, "unknown_field"},
		{"POST", boxPath, "demo-kiosk", `{"text":1}`, "bad_json"},
		{"POST", "/api/v1/branches/nowhere/suggestions", "demo-kiosk", `{"text":"x"}`, "unknown_branch"},
		{"POST", boxPath + "/none/state", "demo-admin", `{"state":"done"}`, "unknown_suggestion"},
		{"POST", boxPath + "/none/state", "demo-admin", `{"state":"lost"}`, "bad_parameter"},
		{"POST", boxPath + "/none/state", "demo-admin", `{"state":"done","note":"` + strings.Repeat("ạ", 501) + `"}`, "bad_parameter"},
		{"GET", boxPath + "?state=lost", "demo-admin", "", "bad_parameter"},
		{"GET", boxPath + "?limit=0", "demo-admin", "", "bad_parameter"},
		{"GET", boxPath + "/counts", "demo-display", "", "forbidden"},
		{"POST", branchPath + "/passes", "demo-display", `{"for":"money"}`, "bad_parameter"},
		{"POST", "/api/v1/passes/x/suggestion", "", `{"text":"x"}`, "unknown_pass"},
	} {
		if a := h.send(c.method, c.path, c.key, c.body); a.code() != c.code {
			t.Errorf("%s %s %.60s: %d %s, want %s", c.method, c.path, c.body, a.status, a.raw, c.code)
		}
	}
	longest := strings.Repeat("ạ", 1000)
	if a := h.post(boxPath, "demo-kiosk", `{"text":"`+longest+`"}`); a.status != 201 {
		t.Errorf("1000 characters: %d %s", a.status, a.raw)
	}
	if a := h.post(boxPath, "demo-kiosk", `{"text":"`+strings.Repeat("a\u0323", 1000)+`"}`); a.status != 201 {
		t.Errorf("1000 characters in NFD: %d %s", a.status, a.raw)
	}
	if list := h.inbox(""); len(list) != 2 || list[0]["text"] != longest || list[1]["text"] != longest {
		t.Errorf("%d suggestions", len(list))
	}
}

func TestClosedBox(t *testing.T) {
	h := newHall(t, options{demo: true, settings: func(s *queue.Settings) { s.Box.Open = false; s.Hall.Portal = "" }})
	expect(t, h.post(boxPath, "demo-kiosk", `{"text":"x"}`), 409, "box_closed")
	expect(t, h.post(branchPath+"/passes", "demo-kiosk", `{"for":"suggestion"}`), 409, "box_closed")
	expect(t, h.get(branchPath+"/portal.svg", "demo-display"), 404, "not_found")
}

// A screen has a key, and is not limited: whoever stands there next may write,
// too. The same request again is none more.
func TestSuggestionsOfOneDevice(t *testing.T) {
	h := newHall(t, options{demo: true})
	for i := range 12 {
		for range 2 {
			if a := h.post(boxPath, "demo-kiosk", fmt.Sprintf(`{"text":"góp ý %d"}`, i), "Idempotency-Key", fmt.Sprint("n", i)); a.status > 201 {
				t.Fatalf("%d: %d %s", i, a.status, a.raw)
			}
		}
	}
	if list := h.inbox(""); len(list) != 12 {
		t.Errorf("%d suggestions", len(list))
	}
}

// Phones have no key; one address may send thirty in ten minutes.
func TestSuggestionsOfOneAddress(t *testing.T) {
	h := newHall(t, options{demo: true})
	tell := func() answer {
		made := h.post(branchPath+"/passes", "demo-display", `{"for":"suggestion"}`)
		return h.post("/api/v1/passes/"+made.text("pass")+"/suggestion", "", `{"text":"góp ý"}`)
	}
	for i := range 30 {
		if a := tell(); a.status != 201 {
			t.Fatalf("%d: %d %s", i, a.status, a.raw)
		}
	}
	a := tell()
	expect(t, a, 429, "too_many_requests")
	if a.header.Get("Retry-After") != "600" {
		t.Errorf("Retry-After %q", a.header.Get("Retry-After"))
	}
	h.clock.step(10 * time.Minute)
	if a := tell(); a.status != 201 {
		t.Errorf("ten minutes later: %d %s", a.status, a.raw)
	}
}

// By phone: one suggestion a pass, for a quarter of an hour, and no booking with it.
func TestSuggestionByPass(t *testing.T) {
	h := newHall(t, options{demo: true})
	made := h.post(branchPath+"/passes", "demo-display", `{"for":"suggestion"}`)
	if made.status != 201 || made.text("url") != "http://hall.test/g/"+made.text("pass") {
		t.Fatalf("%d %s", made.status, made.raw)
	}
	pass := "/api/v1/passes/" + made.text("pass")
	view := h.get(pass, "")
	if view.text("for") != "suggestion" || view.body["open"] != true || view.text("portal") == "" || len(view.body["services"].([]any)) != 0 {
		t.Errorf("%s", view.raw)
	}
	expect(t, h.get(pass+"/slots?service="+h.service(0), ""), 404, "unknown_pass")
	expect(t, h.post(pass+"/booking", "", "{}"), 404, "unknown_pass")
	booking := h.pass()
	expect(t, h.post(booking+"/suggestion", "", `{"text":"x"}`), 404, "unknown_pass")
	expect(t, h.post(pass+"/suggestion", "", `{"text":"x","lang":"en"}`), 400, "unknown_field")
	if page := h.get("/g/"+made.text("pass"), ""); page.status != 200 || !strings.Contains(page.raw, `content="hoabinh">tell`) {
		t.Errorf("%d %s", page.status, page.raw)
	}
	var same, wrong sync.WaitGroup
	var mu sync.Mutex
	codes := map[int]int{}
	count := func(a answer) {
		mu.Lock()
		defer mu.Unlock()
		codes[a.status]++
	}
	for range 4 { // a phone that asks again, impatient
		same.Go(func() { count(h.post(pass+"/suggestion", "", `{"text":"Cảm ơn"}`, "Idempotency-Key", "k1")) })
	}
	same.Wait()
	for range 3 {
		wrong.Go(func() { count(h.post(pass+"/suggestion", "", `{"text":"Nữa"}`)) })
	}
	wrong.Wait()
	if codes[201] != 1 || codes[200] != 3 || codes[409] != 3 {
		t.Errorf("%v", codes)
	}
	if list := h.inbox(""); len(list) != 1 || list[0]["lang"] != "vi" {
		t.Errorf("%v", list)
	}
	if view := h.get(pass, ""); view.body["told"] != true {
		t.Errorf("%s", view.raw)
	}
	h.clock.step(15 * time.Minute)
	expect(t, h.get(pass, ""), 404, "unknown_pass")
	expect(t, h.post(pass+"/suggestion", "", `{"text":"x"}`), 404, "unknown_pass")
	if strings.Contains(h.log.String(), made.text("pass")) {
		t.Error("the log holds the pass")
	}
}

func TestPortalCode(t *testing.T) {
	h := newHall(t, options{demo: true})
	if a := h.get(branchPath+"/portal.svg", "demo-display"); a.status != 200 || !strings.Contains(a.raw, "<svg") {
		t.Errorf("%d %.100s", a.status, a.raw)
	}
	expect(t, h.get(branchPath+"/portal.svg", ""), 401, "unauthorized")
}
