package api_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/staff"
)

// forms gives the answers to the four questions that the history has.
func (h *hall) forms() object {
	h.t.Helper()
	h.read()
	a := h.get(reports+"?branch=hoabinh", "demo-admin")
	return a.body["total"].(object)["rating"].(object)["forms"].(object)
}

// A form belongs to a rating that counted, comes from where the rating came, and counts once.
func TestForms(t *testing.T) {
	h, token := pastHall(t, nil)
	phone := "/api/v1/tickets/" + token + "/form"
	for _, bad := range []string{`{}`, `{"q1":3}`, `{"q1":-1}`, `{"q1":null}`} {
		expect(t, h.post(phone, "", bad), 400, "bad_parameter")
	}
	expect(t, h.post(phone, "", `{"q1":2,"source":"paper"}`), 400, "unknown_field")
	first := h.post(phone, "", `{"q1":2,"q7":1}`, "Idempotency-Key", "once")
	again := h.post(phone, "", `{"q1":2,"q7":1}`, "Idempotency-Key", "once")
	if first.status != 201 || again.status != 200 || first.raw != again.raw {
		t.Errorf("%d %s, again %d %s", first.status, first.raw, again.status, again.raw)
	}
	expect(t, h.post(phone, "", `{"q1":0}`), 409, "already_rated")
	waiting := h.take().text("token")
	expect(t, h.post("/api/v1/tickets/"+waiting+"/form", "", `{"q1":2}`), 409, "nothing_to_rate")
	expect(t, h.post("/api/v1/tickets/"+strings.Repeat("x", 24)+"/form", "", `{"q1":2}`), 404, "unknown_ticket")

	rated := h.served(0, `{"level":2,"source":"tablet"}`, "demo-device")
	at := branchPath + "/counters/" + h.counter(0) + "/form"
	for _, wrong := range []string{`{"source":"tablet","tx":"261123-A999.1","q3":2}`, `{"source":"tablet","tx":"` + first.text("id") + `","q3":2}`} {
		expect(t, h.post(at, "demo-device", wrong), 409, "nothing_to_rate") // no rating of a tablet here
	}
	expect(t, h.post(branchPath+"/counters/"+h.counter(1)+"/form", "demo-device", `{"source":"tablet","tx":"`+rated+`","q3":2}`), 409, "nothing_to_rate")
	expect(t, h.post(at, "demo-device", `{"source":"phone","tx":"`+rated+`","q3":2}`), 400, "bad_parameter")
	expect(t, h.post(at, "demo-device", `{"source":"tablet","tx":"`+rated+`","q3":2,"q4":1}`), 201, "")
	f := h.forms()
	if f["n"] != 2.0 || f["q1"].(object)["points"] != 0.0 || f["q3"].(object)["n"] != 0.0 {
		t.Errorf("two forms tell what they said: %v", f)
	}
	for range 4 { // five answers to each question
		rated = h.served(0, `{"level":2,"source":"tablet"}`, "demo-device")
		expect(t, h.post(at, "demo-device", `{"source":"tablet","tx":"`+rated+`","q1":2,"q3":2,"q4":1,"q7":1}`), 201, "")
	}
	f = h.forms()
	if f["n"] != 6.0 || f["q1"].(object)["points"] != 10.0 || f["q7"].(object)["points"] != 5.0 || f["q3"].(object)["n"] != 5.0 || f["q4"].(object)["mean"] != 1.0 {
		t.Errorf("%v", f)
	}
}

// served serves the next visitor at a counter and rates it; it gives the transaction.
func (h *hall) served(counter int, rating, key string) string {
	h.t.Helper()
	h.take()
	for _, verb := range []string{"next", "serve", "end"} {
		h.do(counter, verb, "{}")
	}
	a := h.post(branchPath+"/counters/"+h.counter(counter)+"/ratings", key, rating)
	if a.status != 201 {
		h.t.Fatalf("%d %s", a.status, a.raw)
	}
	return a.text("id")
}

// A press that does not count is told to whoever heads the hall, with why, and with no rater.
func TestRefusedPresses(t *testing.T) {
	h, token := pastHall(t, nil)
	ratings := branchPath + "/counters/" + h.counter(0) + "/ratings"
	h.served(0, `{"level":1,"source":"tablet"}`, "demo-device")
	expect(t, h.post(ratings, "demo-device", `{"level":4,"source":"tablet"}`), 409, "already_rated")
	expect(t, h.post("/api/v1/tickets/"+token+"/rating", "", `{"level":1}`), 409, "already_rated")
	h.take()
	for _, verb := range []string{"next", "serve", "end"} {
		h.do(0, verb, "{}")
	}
	h.clock.step(time.Hour)
	expect(t, h.post(ratings, "demo-device", `{"level":3,"source":"keypad"}`), 409, "nothing_to_rate")
	expect(t, h.post(ratings, h.key(staff.Device, "hoabinh", h.counter(1)), `{"level":2,"source":"keypad"}`), 403, "forbidden")
	expect(t, h.post(ratings, h.key(staff.Device, "elsewhere"), `{"level":2,"source":"keypad"}`), 403, "forbidden") // of no concern here
	expect(t, h.post(ratings, "demo-device", `{"level":9,"source":"keypad"}`), 400, "bad_parameter")
	var got []string
	list := h.get(branchPath+"/ratings", "demo-admin")
	for _, p := range list.list("refused") {
		got = append(got, fmt.Sprint(p["why"], " ", p["source"], " ", p["level"], " ", p["counter"]))
	}
	one := h.counter(0)
	want := []string{"foreign keypad 2 " + one, "late keypad 3 " + one, "already_rated phone 1 " + one, "already_rated tablet 4 " + one}
	if strings.Join(got, "; ") != strings.Join(want, "; ") {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if strings.Contains(list.raw, "A00") {
		t.Errorf("a number: %s", list.raw)
	}
}

// The clerk sees an aggregate from the fewest ratings on, and what others gave never.
func TestOwnFigures(t *testing.T) {
	h, _ := pastHall(t, nil)
	mine := branchPath + "/counters/" + h.counter(0) + "/mine"
	desk := h.key(staff.Desk, "hoabinh", h.counter(0))
	few := h.get(mine, desk)
	if few.body["enough"] != false || few.body["rated"] != 0.0 || few.text("clerk") != "Nguyễn Thị Lan" || few.body["served"] != 2.0 {
		t.Errorf("%s", few.raw)
	}
	for range 4 {
		h.served(0, `{"level":1,"source":"tablet"}`, "demo-device")
	}
	h.read()
	if five := h.get(mine, desk); five.body["enough"] != true || five.body["rated"] != 5.0 || five.text("month") != "2026-11" {
		t.Errorf("%s", five.raw)
	}
	if other := h.get(mine+"?month=2026-10", desk); other.body["served"] != 0.0 || other.body["enough"] != false {
		t.Errorf("%s", other.raw)
	}
	expect(t, h.get(mine+"?month=2026-13", desk), 400, "bad_parameter")
	expect(t, h.get(branchPath+"/counters/99/mine", "demo-desk"), 404, "unknown_counter")
}

// The demo has all of it as it is: the own figures, the officers' list and a remark.
func TestDemoOfficers(t *testing.T) {
	h := newHall(t, options{demo: true, past: true})
	h.do(3, "open", "{}")
	for range 5 {
		h.served(3, `{"level":1,"source":"tablet"}`, "demo-device")
	}
	h.read()
	name, counter := queue.DemoSettings().Counters[3].Clerk, h.counter(3)
	mine := h.get(branchPath+"/counters/"+counter+"/mine", "demo-desk")
	if mine.text("clerk") != name || mine.body["enough"] != true || mine.body["rated"] != 5.0 {
		t.Errorf("%s", mine.raw)
	}
	expect(t, h.send("PUT", reports+"/officers/"+url.PathEscape(name)+"/remark", "demo-desk",
		`{"branch":"hoabinh","month":"2026-11","text":"Tôi trực một mình.","counter":"`+counter+`"}`), 200, "")
	list := h.get(reports+"/officers?branch=hoabinh", "demo-admin").list("officers")
	if len(list) != 1 || list[0]["clerk"] != name || len(list[0]["remarks"].([]any)) != 1 {
		t.Errorf("%v", list)
	}
}

// An officer's remark stands beside the own figures, and is nobody else's to write.
func TestRemark(t *testing.T) {
	h, _ := pastHall(t, nil)
	at := reports + "/officers/Nguy%E1%BB%85n%20Th%E1%BB%8B%20Lan/remark"
	body := func(text, counter string) string {
		return fmt.Sprintf(`{"branch":"hoabinh","month":"2026-11","text":%q,"counter":%q}`, text, counter)
	}
	remarks := func() []any {
		list := h.get(reports+"/officers?branch=hoabinh", "demo-admin").list("officers")
		return list[0]["remarks"].([]any)
	}
	desk := h.key(staff.Desk, "hoabinh", h.counter(0))
	a := h.send("PUT", at, desk, body(" Quầy thiếu người hai tuần. ", h.counter(0)))
	if a.status != 200 || a.text("text") != "Quầy thiếu người hai tuần." || a.text("by") != "desk hoabinh" {
		t.Errorf("%d %s", a.status, a.raw)
	}
	if list := remarks(); len(list) != 1 || list[0].(object)["text"] != "Quầy thiếu người hai tuần." {
		t.Errorf("%v", list)
	}
	if mine := h.get(branchPath+"/counters/"+h.counter(0)+"/mine", desk); mine.text("remark") != "Quầy thiếu người hai tuần." {
		t.Errorf("%s", mine.raw)
	}
	expect(t, h.send("PUT", reports+"/officers/Ai%20kh%C3%A1c/remark", desk, body("x", h.counter(0))), 403, "forbidden")
	expect(t, h.send("PUT", reports+"/officers/Ai%20kh%C3%A1c/remark", "demo-admin", body("x", "")), 404, "not_found") // no such clerk
	expect(t, h.send("PUT", at, desk, body("x", h.counter(1))), 403, "forbidden")
	for _, bad := range []string{`{"branch":"hoabinh","month":"11/2026","text":"x"}`, `{"branch":"hoabinh","month":"2026-11","text":"` + strings.Repeat("x", 501) + `"}`} {
		expect(t, h.send("PUT", at, "demo-admin", bad), 400, "bad_parameter")
	}
	expect(t, h.send("PUT", at, "demo-admin", body("", "")), 200, "")
	if list := remarks(); len(list) != 0 {
		t.Errorf("%v", list)
	}
}

// The public board withholds what rests on few and the day's own marks, and asks the
// history once a minute.
func TestResults(t *testing.T) {
	h, _ := pastHall(t, nil)
	at := branchPath + "/results"
	few := h.get(at, "demo-display")
	if few.body["taken"] != 3.0 || few.body["content"] != nil || few.body["wait"] != nil || len(few.body["levels"].([]any)) != 0 {
		t.Errorf("%s", few.raw)
	}
	for range 4 {
		h.served(0, `{"level":1,"source":"tablet"}`, "demo-device")
	}
	h.read()
	if a := h.get(at, "demo-display"); a.raw != few.raw {
		t.Errorf("within a minute it was reckoned anew: %s", a.raw)
	}
	h.clock.step(time.Minute)
	if a := h.get(at, "demo-kiosk"); a.body["taken"] != 7.0 || a.body["wait"] == nil || a.body["content"] != nil || a.body["rated"] != 0.0 {
		t.Errorf("%s", a.raw)
	}
	h.change(func(s *queue.Settings) { s.Report.Published.Off = true })
	if a := h.get(at, "demo-display"); a.body["off"] != true || a.body["taken"] != 0.0 {
		t.Errorf("%s", a.raw)
	}
}

// The floor counts what each counter did today, and forgets what was taken back.
func TestFloorCounts(t *testing.T) {
	h, _ := pastHall(t, nil)
	counter := func() object { return h.get(branchPath+"/floor", "demo-admin").list("counters")[0] }
	c := counter()
	// It stood open for ten minutes before each call, and for two after each end.
	if c["served"] != 2.0 || c["idle"] != 24.0*60 || c["clerk"] != "Nguyễn Thị Lan" || c["state"] != "open" {
		t.Errorf("%v", c)
	}
	h.do(0, "next", "{}")
	h.do(0, "serve", "{}")
	if c = counter(); c["served"] != 2.0 || c["number"] == "" {
		t.Errorf("while it serves: %v", c)
	}
	h.do(0, "end", "{}")
	if c = counter(); c["served"] != 3.0 {
		t.Errorf("after it: %v", c)
	}
	h.do(0, "undo", "{}")
	if c = counter(); c["served"] != 2.0 || c["state"] != "serving" {
		t.Errorf("taken back: %v", c)
	}
	services := h.get(branchPath+"/floor", "demo-admin").list("services")
	if services[0]["waiting"] != 0.0 || services[0]["longest"] != nil {
		t.Errorf("%v", services[0])
	}
}

// Who reads may follow the floor live, and nothing that shows more.
func TestReaderFollowsTheFloor(t *testing.T) {
	h, _ := pastHall(t, nil)
	reader := h.key(staff.Reader, "hoabinh")
	if a := h.get(branchPath, reader); a.status != 200 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	h.connect("branch=hoabinh&view=floor&key=" + reader).next("snapshot")
	for _, view := range []string{"desk", "board", "kiosk", "rate", "device"} {
		if _, res, err := h.dial("branch=hoabinh&view=" + view + "&key=" + reader); err == nil || res == nil || res.StatusCode != 403 {
			t.Errorf("a reader sees the view %s", view)
		}
	}
	if _, res, err := h.dial("branch=hoabinh&view=floor&key=" + h.key(staff.Reader, "elsewhere")); err == nil || res == nil || res.StatusCode != 403 {
		t.Error("a reader of another branch sees this floor")
	}
	for _, path := range []string{branchPath + "/settings", "/api/v1/keys", branchPath + "/dossiers", branchPath + "/suggestions",
		"/api/v1/tickets?branch=hoabinh&code=ABCDEF"} {
		expect(t, h.get(path, reader), 403, "forbidden")
	}
}

// Paper that is entered on the next day belongs to the day of its visit, and its low
// mark is told on the day it was entered.
func TestPaperOfYesterday(t *testing.T) {
	h, _ := pastHall(t, nil)
	h.take()
	for _, verb := range []string{"next", "serve", "end"} {
		h.do(0, verb, "{}")
	}
	h.clock.step(24 * time.Hour)
	h.take() // opens the next day
	h.read()
	at := branchPath + "/counters/" + h.counter(0)
	paper := h.post(at+"/ratings", "demo-admin", `{"level":4,"source":"paper","number":"A003","day":"2026-11-23"}`)
	expect(t, paper, 201, "")
	expect(t, h.post(at+"/form", "demo-admin", `{"source":"paper","tx":"`+paper.text("id")+`","q1":1}`), 201, "")
	h.read()
	for day, want := range map[string][3]float64{"2026-11-23": {4, 3, 1}, "2026-11-24": {1, 0, 0}} {
		total := h.get(reports+"?branch=hoabinh&from="+day+"&to="+day, "demo-admin").body["total"].(object)
		rating := total["rating"].(object)
		if got := [3]float64{total["taken"].(float64), rating["rated"].(float64), rating["forms"].(object)["n"].(float64)}; got != want {
			t.Errorf("%s: taken, rated, forms %v, not %v", day, got, want)
		}
	}
	if low := h.get(branchPath+"/ratings?day=2026-11-24", "demo-admin").list("low"); len(low) != 1 || low[0]["source"] != "paper" {
		t.Errorf("%v", low)
	}
}
