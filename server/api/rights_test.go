package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"motcua/server/staff"
)

// What the whole hall sees is the head's; a guide calls for help and answers such calls.
func TestNoticesOfPeople(t *testing.T) {
	h := newHall(t, options{demo: true})
	guide, head, clerk := h.personAs(staff.Guide, "hoabinh", ""), h.personAs(staff.Head, "hoabinh", ""), h.personAs(staff.Clerk, "hoabinh", h.counter(0))
	const info = `{"kind":"info","text":{"vi":"Nghỉ trưa"}}`
	for name, as := range map[string][]string{"guide": guide, "clerk": clerk} {
		if a := h.post(noticesPath, "", info, as...); a.status != 403 {
			t.Errorf("%s tells the hall: %d", name, a.status)
		}
	}
	told := h.post(noticesPath, "", `{"kind":"emergency","text":{"vi":"Mời rời khỏi sảnh"}}`, head...)
	if told.status != 201 {
		t.Fatalf("%d %s", told.status, told.raw)
	}
	expect(t, h.post(noticesPath+"/"+told.text("id")+"/end", "", "{}", guide...), 403, "forbidden")
	if a := h.post(noticesPath+"/"+told.text("id")+"/end", "", "{}", head...); a.status != 200 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	call := h.post(noticesPath, "demo-kiosk", `{"kind":"help"}`)
	if a := h.get(noticesPath, "", guide...); !strings.Contains(a.raw, call.text("id")) {
		t.Errorf("a guide sees no call for help: %s", a.raw)
	}
	if a := h.post(noticesPath+"/"+call.text("id")+"/end", "", "{}", guide...); a.status != 200 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	if a := h.post(noticesPath, "", `{"kind":"help"}`, guide...); a.status != 201 {
		t.Errorf("%d %s", a.status, a.raw)
	}
}

// The floor tells a guide of everything but what was rated.
func TestGuideSeesNoRatings(t *testing.T) {
	h := newHall(t, options{demo: true})
	h.do(0, "open", "{}")
	h.take()
	for _, verb := range []string{"next", "serve", "end"} {
		h.do(0, verb, "{}")
	}
	h.clock.step(5 * time.Second)
	if a := h.post(branchPath+"/counters/"+h.counter(0)+"/ratings", "demo-device", `{"level":4,"source":"keypad"}`); a.status != 201 {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	for role, sees := range map[staff.Role]bool{staff.Guide: false, staff.Head: true, staff.Reader: true} {
		a := h.get(branchPath+"/floor", "", h.personAs(role, "hoabinh", "")...)
		if a.status != 200 || strings.Contains(a.raw, `"kind":"low"`) != sees {
			t.Errorf("%s: %d, sees low marks: %v, want %v", role, a.status, !sees, sees)
		}
	}
}

// Who guesses names is stopped by address, whatever names they are.
func TestLoginsAreCountedByAddress(t *testing.T) {
	h := newHall(t, options{})
	h.person(staff.Account{Login: "lan", Name: "Lan", Role: staff.Clerk, Branch: "hoabinh"})
	for i := range 10 {
		if a := h.loginAs(fmt.Sprint("nobody-", i), password, ""); a.status != 401 {
			t.Fatalf("%d: %d", i, a.status)
		}
	}
	a := h.loginAs("lan", password, "")
	if expect(t, a, 429, "too_many_requests"); a.header.Get("Retry-After") == "" {
		t.Error("and does not say for how long")
	}
	h.clock.step(10*time.Minute + time.Second)
	if a := h.loginAs("lan", password, ""); a.status != 303 {
		t.Errorf("%d %s", a.status, a.raw)
	}
}

// An officer remarks on the own figures, and on nobody else's.
func TestRemarksOfOfficers(t *testing.T) {
	h, _ := pastHall(t, func(o *options) {})
	remark := func(clerk string, as []string) answer {
		return h.send("PUT", "/api/v1/reports/officers/"+strings.ReplaceAll(clerk, " ", "%20")+"/remark", "", `{"branch":"hoabinh","month":"2026-11","text":"x"}`, as...)
	}
	set, _ := h.push.Feed.Settings("hoabinh")
	mine, other := set.Counters[0].Clerk, set.Counters[1].Clerk
	_, as := h.person(staff.Account{Login: "lan", Name: mine, Role: staff.Clerk, Branch: "hoabinh"})
	if a := remark(mine, as); a.status != 200 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	expect(t, remark(other, as), 403, "forbidden")
	if a := remark(other, h.personAs(staff.Head, "hoabinh", "")); a.status != 200 {
		t.Errorf("%d %s", a.status, a.raw)
	}
}
