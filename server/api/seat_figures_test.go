package api_test

import (
	"fmt"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/staff"
)

// From a seat to a report: whoever sat at the counter is the officer whose figures
// count, also after a change in mid-day, and a mark that comes late is of who served.
// Without anybody there it is whom the settings name.
func TestFiguresFollowTheSeat(t *testing.T) {
	h := newHall(t, options{demo: true, past: true, settings: func(s *queue.Settings) {
		s.Counters[0].Clerk, s.Counters[1].Clerk = "Người trong cài đặt", ""
	}})
	_, lan := h.person(staff.Account{Login: "lan", Name: "Nguyễn Thị Lan", Role: staff.Clerk, Branch: "hoabinh"})
	_, hung := h.person(staff.Account{Login: "hung", Name: "Trần Văn Hùng", Role: staff.Clerk, Branch: "hoabinh"})
	sit := func(i int, method string, as []string) {
		t.Helper()
		body := "{}"
		if method == "DELETE" {
			body = ""
		}
		if a := h.send(method, h.seatPath(i), "", body, as...); a.status != 200 && a.status != 204 {
			t.Fatalf("%s a seat: %d %s", method, a.status, a.raw)
		}
	}
	serve := func(i int, as ...string) (token string) {
		t.Helper()
		token = h.take().text("token")
		key := "demo-desk"
		if as != nil {
			key = ""
		}
		for _, verb := range []string{"open", "next", "serve", "end"} {
			if a := h.send("POST", branchPath+"/counters/"+h.counter(i)+"/"+verb, key, "{}", as...); a.status != 200 && verb != "open" {
				t.Fatalf("%s: %d %s", verb, a.status, a.raw)
			}
			h.clock.step(time.Minute)
		}
		return token
	}
	sit(0, "PUT", lan)
	serve(0, lan...)
	late := serve(0, lan...)
	sit(0, "DELETE", lan)
	sit(0, "PUT", hung) // in mid-day, at the same counter
	expect(t, h.post("/api/v1/tickets/"+late+"/rating", "", `{"level":1}`), 201, "")
	serve(0, hung...)
	sit(1, "PUT", lan)
	serve(1, lan...)
	sit(0, "DELETE", hung)
	serve(0)
	h.read()

	want := map[string]string{
		"Nguyễn Thị Lan":      fmt.Sprintf("3 served, 1 of 3 said something, at [%s %s]", h.counter(0), h.counter(1)),
		"Trần Văn Hùng":       fmt.Sprintf("1 served, 0 of 1 said something, at [%s]", h.counter(0)),
		"Người trong cài đặt": fmt.Sprintf("1 served, 0 of 1 said something, at [%s]", h.counter(0)),
	}
	answer := h.get(reports+"/officers?branch=hoabinh", "demo-admin")
	for _, x := range answer.body["officers"].([]any) {
		o := x.(object)
		share := o["answer_rate"].(object)
		name := o["clerk"].(string)
		if got := fmt.Sprintf("%v served, %v of %v said something, at %v", o["served"], share["yes"], share["of"], o["counters"]); got != want[name] {
			t.Errorf("%s: %s, want %s", name, got, want[name])
		}
		delete(want, name)
	}
	if len(want) > 0 {
		t.Errorf("missing: %v in %.900s", want, answer.raw)
	}
}
