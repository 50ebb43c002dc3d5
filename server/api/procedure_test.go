package api_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"motcua/server/catalogue"
	"motcua/server/queue"
)

const (
	birth      = "1.001193" // of the sample
	procedures = "/api/v1/procedures/"
	lists      = branchPath + "/prints/checklist"
)

// own enters what the hall knows of a procedure.
func (h *hall) own(o catalogue.Own) {
	h.t.Helper()
	must(h.t, h.book.SetOwn(context.Background(), o))
	h.newEdition()
}

// The page of a procedure is for everybody, and says so when one is no more.
func TestPageOfAProcedure(t *testing.T) {
	h := newHall(t, options{shelf: true})
	record := h.get("/p/"+birth+"/record.json", "")
	if record.status != 200 || record.text("name") != "Đăng ký khai sinh" || record.body["sample"] != true || record.text("branch") != "hoabinh" {
		t.Fatalf("%d %.300s", record.status, record.raw)
	}
	if a := h.get("/p/"+birth+"/record.json", "", "If-None-Match", record.header.Get("ETag")); a.status != 304 {
		t.Errorf("the same again: %d", a.status)
	}
	if a := h.get("/p/"+birth, ""); a.status != 200 || !strings.Contains(a.raw, `content="hoabinh"`) {
		t.Errorf("the page: %d %.100s", a.status, a.raw)
	}
	if a := h.get("/p/9.999999", ""); a.status != 404 || !strings.Contains(a.raw, "procedure") {
		t.Errorf("the page of an unknown one: %d %.100s", a.status, a.raw)
	}
	expect(t, h.get("/p/9.999999/record.json", ""), 404, "unknown_procedure")
	expect(t, h.get("/p/"+birth+"/record.json?branch=nowhere", ""), 404, "unknown_branch")

	only := `{"code":"1.000894","name":"Đăng ký kết hôn","field":"Hộ tịch"}` + "\n"
	_, err := h.book.Import(context.Background(), strings.NewReader(only), catalogue.ImportOptions{File: "x.jsonl", Complete: true, Now: h.clock.Now()})
	must(t, err)
	h.newEdition()
	gone := h.get("/p/"+birth+"/record.json", "")
	if gone.status != 200 || gone.body["withdrawn"] != true || gone.text("name") != "Đăng ký khai sinh" || gone.body["documents"] != nil {
		t.Errorf("withdrawn: %d %.300s", gone.status, gone.raw)
	}
}

// Who tries all codes is stopped; who holds a right one is not, from the same address.
func TestGuessingProcedures(t *testing.T) {
	h := newHall(t, options{shelf: true})
	var last answer
	n := 0
	for n < 400 && last.status != 429 {
		n++
		last = h.get(fmt.Sprintf("/p/8.%06d/record.json", n), "")
	}
	if n < 300 || last.status != 429 {
		t.Errorf("after %d: %d", n, last.status)
	}
	if a := h.get("/p/"+birth+"/record.json", ""); a.status != 200 {
		t.Errorf("a right one: %d", a.status)
	}
}

func TestCodesOfAProcedure(t *testing.T) {
	h := newHall(t, options{demo: true, shelf: true})
	for _, path := range []string{"/link.svg", "/link.svg?case=2&branch=hoabinh"} {
		if a := h.get(procedures+birth+path, "demo-kiosk"); a.status != 200 || !strings.HasPrefix(a.raw, "<svg") {
			t.Errorf("%s: %d %.60s", path, a.status, a.raw)
		}
	}
	expect(t, h.get(procedures+"9.999999/link.svg", "demo-kiosk"), 404, "unknown_procedure")
	expect(t, h.get(procedures+birth+"/link.svg?case=x", "demo-kiosk"), 400, "bad_parameter")
	expect(t, h.get(procedures+birth+"/link.svg", ""), 401, "unauthorized")
	expect(t, h.get(procedures+birth+"/forms/1.svg", "demo-kiosk"), 404, "not_found")
	h.own(catalogue.Own{Code: birth, Forms: map[string]string{"Tờ khai đăng ký khai sinh": "https://dichvucong.gov.vn/mau/1"}})
	if a := h.get(procedures+birth+"/forms/1.svg?case=2", "demo-display"); a.status != 200 || !strings.HasPrefix(a.raw, "<svg") {
		t.Errorf("a form: %d %.60s", a.status, a.raw)
	}
	expect(t, h.get(procedures+birth+"/forms/2.svg", "demo-kiosk"), 404, "not_found")
	expect(t, h.get(procedures+birth+"/forms/1.svg?case=9", "demo-kiosk"), 404, "not_found")
}

// A ticket knows what it was taken for, and what the hall says of that.
func TestTicketForAProcedure(t *testing.T) {
	h := newHall(t, options{demo: true, shelf: true})
	h.own(catalogue.Own{Code: birth, OnlineURL: "https://dichvucong.gov.vn/khai-sinh",
		Promise: queue.Promise{Unit: queue.CalendarDays}, Late: queue.LateNote{From: "10:00", Text: queue.Text{VI: "Sau 10 giờ trả ngày mai.", EN: "Tomorrow."}}})
	take := func(more string) answer {
		return h.post(branchPath+"/tickets", "demo-kiosk", `{"service":"`+h.service(0)+`"`+more+`}`)
	}
	usual := h.ticket(take("").text("token"))
	if usual.body["procedure"] != nil || strings.Contains(usual.raw, "10 giờ") {
		t.Errorf("a ticket for nothing in particular: %s", usual.raw)
	}
	early := take(`,"procedure":"` + birth + `"`)
	if a := h.ticket(early.text("token")); strings.Contains(a.raw, "Sau 10 giờ") {
		t.Errorf("before the hour: %s", a.raw)
	}
	h.clock.step(90 * time.Minute)
	taken := take(`,"procedure":"` + birth + `"`)
	mine := h.ticket(taken.text("token"))
	about, _ := mine.body["procedure"].(map[string]any)
	if about["code"] != birth || about["name"] != "Đăng ký khai sinh" || about["online_url"] != "https://dichvucong.gov.vn/khai-sinh" {
		t.Errorf("%v", about)
	}
	if !strings.Contains(mine.raw, "Sau 10 giờ") || !strings.Contains(mine.raw, "Trả kết quả trong ngày") {
		t.Errorf("%s", mine.raw)
	}
	paper := h.get(branchPath+"/prints/"+taken.text("id"), h.agentKey("Máy 1"))
	if !strings.Contains(paper.raw, "Sau 10 giờ") || !strings.Contains(paper.raw, birth) {
		t.Errorf("the paper: %s", paper.raw)
	}
}

const listPrinter = `{"at":%q,"device":{"id":"printer","kind":"printer","state":%q,"prints":["demo-kiosk"],"profile":"generic-80","verified":"guess"}}`

// What to bring, on paper: asked for, fetched by the agent, told of. Nothing of it
// is a ticket's.
func TestChecklistOnPaper(t *testing.T) {
	h := newHall(t, options{demo: true, shelf: true})
	agent := h.agentKey("Máy 1")
	body := `{"procedure":"` + birth + `","case":0,"lang":"vi"}`
	expect(t, h.post(lists, "demo-kiosk", body), 409, "no_printer")
	tell := func(state string) {
		if a := h.post(branchPath+"/reports", agent, fmt.Sprintf(listPrinter, h.at(), state)); a.status != 200 {
			t.Fatal(a.raw)
		}
	}
	tell("paper_out")
	expect(t, h.post(lists, "demo-kiosk", body), 409, "printer_not_ready")
	tell("ready")
	expect(t, h.post(lists, "demo-display", body), 403, "forbidden")
	expect(t, h.post(lists, "demo-kiosk", `{"procedure":"9.999999"}`), 404, "unknown_procedure")
	expect(t, h.post(lists, "demo-kiosk", `{"procedure":"`+birth+`","case":7}`), 400, "bad_parameter")

	device := h.connect("branch=hoabinh&view=device&key=" + agent)
	board := h.connect("branch=hoabinh&view=board&key=demo-display")
	device.next("snapshot")
	board.next("snapshot")
	asked := h.post(lists, "demo-kiosk", body, "Idempotency-Key", "one")
	again := h.post(lists, "demo-kiosk", body, "Idempotency-Key", "one")
	job := asked.text("job")
	if asked.status != 202 || again.raw != asked.raw || asked.text("printer") != "Máy 1/printer" || asked.text("state") != "queued" {
		t.Fatalf("%d %s, then %s", asked.status, asked.raw, again.raw)
	}
	expect(t, h.post(lists, "demo-kiosk", `{"procedure":"`+birth+`","lang":"en"}`, "Idempotency-Key", "one"), 422, "idempotency_key_reused")
	// That the agent has come may be told first; the list is told, or the time to hear of it ends.
	for e := device.until("device.changed"); !strings.Contains(fmt.Sprint(e), "list:"+job); {
		e = device.until("device.changed")
	}
	paper := h.get(branchPath+"/prints/"+job, agent)
	list, _ := paper.body["checklist"].(map[string]any)
	if paper.status != 200 || paper.text("job") != job || paper.text("url") != "http://hall.test/p/"+birth || list["name"] != "Đăng ký khai sinh" ||
		list["sample"] != true || len(list["papers"].([]any)) != 3 || len(list["counters"].([]any)) == 0 {
		t.Fatalf("%d %s", paper.status, paper.raw)
	}
	done := `{"at":%q,"print":{"job":%q,"visit":%q,"device":"printer","state":%q,"reason":""}}`
	seq := h.get("/readyz", "").raw
	for _, state := range []string{"sent", "printed", "unknown"} {
		if a := h.post(branchPath+"/reports", agent, fmt.Sprintf(done, h.at(), job, job, state)); a.status != 200 {
			t.Fatal(a.raw)
		}
	}
	if now := h.get(lists+"/"+job, "demo-kiosk"); now.text("state") != "printed" {
		t.Errorf("after the printer's word: %s (%s)", now.raw, seq)
	}
	expect(t, h.get(lists+"/list-x", "demo-kiosk"), 404, "not_found")
	second := h.post(lists, "demo-kiosk", body) // of the next person
	if second.status != 202 || second.text("job") == job {
		t.Fatalf("%d %s", second.status, second.raw)
	}
	var impatient sync.WaitGroup
	for range 8 { // while it is on its way, pressing again asks for no other
		impatient.Go(func() {
			if a := h.post(lists, "demo-kiosk", body); a.status != 202 || a.raw != second.raw {
				t.Errorf("%d %s", a.status, a.raw)
			}
		})
	}
	impatient.Wait()
	if other := h.post(lists, "demo-kiosk", `{"procedure":"`+birth+`","lang":"en"}`); other.text("job") == second.text("job") {
		t.Errorf("another language: %s", other.raw)
	}
	state := h.get(branchPath+"/devices", "demo-kiosk")
	if !strings.Contains(state.raw, `"state":"ready"`) {
		t.Errorf("the wish changed the device: %s", state.raw)
	}
}
