package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/staff"
)

const practice = "/api/v1/branches/hoabinh-tap"

// makeBranch plays the hall: the first day, then the first settings.
func (h *hall) makeBranch(ctx context.Context, set queue.Settings) error {
	c := queue.Command{Verb: queue.DayOpen, Branch: set.ID}
	if err := set.Prepare(&c, h.clock.Now()); err != nil {
		return err
	}
	if _, err := h.store.Do(ctx, c); err != nil {
		return err
	}
	set.Version = 1
	document, err := json.Marshal(set)
	if err != nil {
		return err
	}
	_, err = h.store.Do(ctx, queue.Command{Verb: queue.Settle, Branch: set.ID, Day: c.Day, Now: queue.MillisOf(h.clock.Now()), Document: string(document)})
	return err
}

// practise makes the hall for practice.
func (h *hall) practise() {
	h.t.Helper()
	expect(h.t, h.post(branchPath+"/training", "demo-admin", `{}`), 201, "")
}

// act is a verb at the first counter of the hall for practice.
func (h *hall) act(verb, body string) answer {
	h.t.Helper()
	a := h.post(practice+"/counters/"+h.counter(0)+"/"+verb, "demo-desk", body)
	if a.status != 200 {
		h.t.Fatalf("%s: %d %s", verb, a.status, a.raw)
	}
	return a
}

func (h *hall) takeToPractise() answer {
	h.t.Helper()
	a := h.post(practice+"/tickets", "demo-kiosk", fmt.Sprintf(`{"service":%q}`, h.service(0)))
	if a.status != 201 {
		h.t.Fatal(a.raw)
	}
	return a
}

// A hall for practice works like its hall, tells on the phone and on paper what it
// is, is emptied whatever stands in it, ends, and begins again.
func TestTraining(t *testing.T) {
	h := newHall(t, options{demo: true})
	if a := h.get(branchPath+"/training", "demo-admin"); a.body["made"] != false || a.text("branch") != "hoabinh-tap" {
		t.Fatal(a.raw)
	}
	expect(t, h.post(branchPath+"/training/reset", "demo-admin", `{}`), 404, "unknown_branch")
	h.practise()
	phone := h.get("/api/v1/tickets/"+h.takeToPractise().text("token"), "")
	if phone.body["training"] != true || phone.text("branch") != "hoabinh-tap" {
		t.Error(phone.raw)
	}
	job := h.get(practice+"/prints/"+phone.text("id"), h.key(staff.Agent, "hoabinh"))
	if job.body["training"] != true {
		t.Error(job.raw)
	}
	for range 4 {
		h.takeToPractise()
	}
	// One of each that is left in an evening: put aside, missed, served, waiting.
	h.act("open", `{}`)
	h.act("next", `{}`)
	h.act("park", `{"reason":"photo"}`)
	h.act("next", `{}`)
	h.clock.step(time.Minute)
	h.act("no-show", `{}`)
	h.act("next", `{}`)
	h.act("serve", `{}`)
	if a := h.get(branchPath+"/training", "demo-admin"); a.body["waiting"] != 5.0 || a.body["busy"] != 1.0 || a.body["on"] != true {
		t.Error(a.raw)
	}
	empty := h.post(branchPath+"/training/reset", "demo-admin", `{}`)
	if empty.status != 200 || empty.body["waiting"] != 0.0 || empty.body["busy"] != 0.0 {
		t.Error(empty.raw)
	}
	ended := h.send("DELETE", branchPath+"/training", "demo-admin", "")
	if ended.body["on"] != false || ended.body["made"] != true {
		t.Error(ended.raw)
	}
	expect(t, h.post(practice+"/tickets", "demo-kiosk", fmt.Sprintf(`{"service":%q}`, h.service(0))), 409, "service_closed")
	if again := h.post(branchPath+"/training", "demo-admin", `{}`); again.status != 200 || again.body["on"] != true {
		t.Error(again.raw)
	}
	h.takeToPractise()
	// It has none of its own, and what is done in it moves nothing in its hall.
	expect(t, h.post(practice+"/training", "demo-admin", `{}`), 404, "unknown_branch")
	if st := h.get(branchPath, "demo-desk"); strings.Contains(st.raw, `"waiting":1`) {
		t.Error(st.raw)
	}
}

// What is practised is in no figure, but where it is asked for by name.
func TestTrainingCountsNowhere(t *testing.T) {
	h, _ := pastHall(t, nil)
	h.practise()
	h.takeToPractise()
	h.read()
	taken := func(query string) any {
		return h.get(reports+query, "demo-admin").body["total"].(object)["taken"]
	}
	if n := taken(""); n != 3.0 {
		t.Errorf("all branches: %v, want the three of the hall", n)
	}
	if n := taken("?branch=hoabinh-tap"); n != 1.0 {
		t.Errorf("by name: %v", n)
	}
	for _, path := range []string{"/branches", "/compare", "/officers?branch=hoabinh"} {
		if a := h.get(reports+path, "demo-admin"); a.status != 200 || strings.Contains(a.raw, "-tap") {
			t.Errorf("%s: %d %s", path, a.status, a.raw)
		}
	}
	if a := h.get("/metrics", "demo-admin"); !strings.Contains(a.raw, `branch="hoabinh"`) || strings.Contains(a.raw, "-tap") {
		t.Error("the metrics know the hall for practice, or not even the hall")
	}
}

// Whoever works in a hall practises in its own hall for practice, and in no other.
func TestWhoMayPractise(t *testing.T) {
	h := newHall(t, options{demo: true})
	h.practise()
	body := fmt.Sprintf(`{"service":%q}`, h.service(0))
	if a := h.post(practice+"/tickets", h.key(staff.Kiosk, "hoabinh"), body); a.status != 201 {
		t.Error(a.raw)
	}
	expect(t, h.post(practice+"/tickets", h.key(staff.Kiosk, "hall-2"), body), 403, "forbidden")
	expect(t, h.post(branchPath+"/tickets", h.key(staff.Kiosk, "hoabinh-tap"), body), 403, "forbidden")
	expect(t, h.post(branchPath+"/training", h.key(staff.Desk, "hoabinh"), `{}`), 403, "forbidden")
	expect(t, h.post(branchPath+"/training", h.key(staff.Admin, "hoabinh"), `{}`), 200, "")
}

// A clerk practises at a counter of the hall for practice, sitting there as in the hall.
func TestClerkPractises(t *testing.T) {
	h := newHall(t, options{demo: true})
	h.practise()
	_, cookie := h.person(staff.Account{Login: "hoa", Name: "Hoa", Role: staff.Clerk, Branch: "hoabinh"})
	next := practice + "/counters/" + h.counter(0) + "/open"
	expect(t, h.post(next, "", `{}`, cookie...), 403, "not_your_counter")
	expect(t, h.send("PUT", practice+"/counters/"+h.counter(0)+"/seat", "", `{}`, cookie...), 200, "")
	expect(t, h.post(next, "", `{}`, cookie...), 200, "")
}

// The head of hall practises without an administrator, and plays the citizens there
// and nowhere else; a phone sees what it is.
func TestHeadTrains(t *testing.T) {
	h := newHall(t, options{demo: true})
	_, head := h.person(staff.Account{Login: "truong", Name: "Trưởng", Role: staff.Head, Branch: "hoabinh"})
	_, clerk := h.person(staff.Account{Login: "lan", Name: "Lan", Role: staff.Clerk, Branch: "hoabinh"})
	take := fmt.Sprintf(`{"service":%q}`, h.service(0))
	expect(t, h.send("POST", branchPath+"/training", "", "{}", clerk...), 403, "forbidden")
	expect(t, h.send("POST", branchPath+"/training", "", "{}", head...), 201, "")
	if a := h.send("POST", practice+"/tickets", "", take, head...); a.status != 201 {
		t.Error(a.raw)
	}
	expect(t, h.send("POST", branchPath+"/tickets", "", take, head...), 403, "forbidden")
	expect(t, h.send("POST", practice+"/tickets", "", take, clerk...), 403, "forbidden")
	rating := `{"level":1,"source":"keypad"}`
	expect(t, h.send("POST", practice+"/counters/"+h.counter(0)+"/ratings", "", rating, head...), 409, "nothing_to_rate")
	expect(t, h.send("POST", branchPath+"/counters/"+h.counter(0)+"/ratings", "", rating, head...), 403, "forbidden")
	made := h.post(practice+"/passes", "demo-kiosk", `{"for":"booking"}`)
	if a := h.get("/api/v1/passes/"+made.text("pass"), ""); a.body["training"] != true {
		t.Error(a.raw)
	}
	expect(t, h.send("POST", branchPath+"/training/reset", "", "{}", head...), 200, "")
	expect(t, h.send("DELETE", branchPath+"/training", "", "", head...), 200, "")
}
