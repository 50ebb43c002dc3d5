package api_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"motcua/server/audit"
	"motcua/server/queue"
	"motcua/server/staff"
)

const accountsPath = "/api/v1/accounts"

func TestAccounts(t *testing.T) {
	h := newHall(t, options{demo: true})
	body := fmt.Sprintf(`{"login":"lan","name":"Lan","role":"clerk","branch":"hoabinh","services":[%q],"title":{"vi":"Chuyên viên"}}`, h.service(0))
	made := h.post(accountsPath, "demo-admin", body, "Idempotency-Key", "k1")
	if made.status != 201 || made.text("password") == "" {
		t.Fatalf("%d %s", made.status, made.raw)
	}
	if again := h.post(accountsPath, "demo-admin", body, "Idempotency-Key", "k1"); again.status != 200 || again.raw != made.raw {
		t.Errorf("the same request again: %d %s", again.status, again.raw)
	}
	expect(t, h.post(accountsPath, "demo-admin", body), 409, "login_taken")
	list := h.get(accountsPath, "demo-admin")
	if len(list.body["accounts"].([]any)) != 1 || strings.Contains(list.raw, made.text("password")) {
		t.Errorf("%s", list.raw)
	}
	for body, want := range map[string]string{
		`{"login":"Lan","name":"x","role":"clerk","branch":"hoabinh"}`:                        "bad_parameter",
		`{"login":"hoa","role":"clerk","branch":"hoabinh"}`:                                   "bad_parameter",
		`{"login":"hoa","name":"Hoa","role":"desk","branch":"hoabinh"}`:                       "bad_parameter",
		`{"login":"hoa","name":"Hoa","role":"clerk"}`:                                         "bad_parameter",
		`{"login":"hoa","name":"Hoa","role":"clerk","branch":"nowhere"}`:                      "unknown_branch",
		`{"login":"hoa","name":"Hoa","role":"clerk","branch":"hoabinh","services":["none"]}`:  "unknown_service",
		`{"login":"hoa","name":"Hoa","role":"clerk","branch":"hoabinh","password":"matkhau"}`: "weak_password",
		`{"login":"hoa","name":"Hoa","role":"clerk","branch":"hoabinh","secret":"x"}`:         "unknown_field",
	} {
		if a := h.post(accountsPath, "demo-admin", body); a.code() != want {
			t.Errorf("%s: %d %s, want %s", body, a.status, a.code(), want)
		}
	}
	one := accountsPath + "/" + made.text("id")
	if a := h.send("PUT", one, "demo-admin", `{"name":"Lan Anh"}`); a.text("name") != "Lan Anh" || a.text("role") != "clerk" {
		t.Errorf("what is not named stays: %d %s", a.status, a.raw)
	}
	if a := h.send("PUT", one, "demo-admin", `{"role":"guide"}`); a.body["services"] != nil {
		t.Errorf("who calls nobody has no list of services: %s", a.raw)
	}
	expect(t, h.send("PUT", accountsPath+"/a-none", "demo-admin", "{}"), 404, "unknown_account")
}

// An administrator of one branch has no say over anybody else.
func TestAdminOfOneBranch(t *testing.T) {
	h := newHall(t, options{demo: true})
	_, mine := h.person(staff.Account{Login: "a.mot", Name: "Một", Role: staff.Admin, Branch: "hoabinh"})
	all, _ := h.person(staff.Account{Login: "a.tat-ca", Name: "Tất cả", Role: staff.Admin})
	there, _ := h.person(staff.Account{Login: "a.khac", Name: "Khác", Role: staff.Clerk, Branch: "khac"})
	if a := h.get(accountsPath, "", mine...); strings.Contains(a.raw, "a.tat-ca") || strings.Contains(a.raw, "a.khac") || !strings.Contains(a.raw, "a.mot") {
		t.Errorf("%s", a.raw)
	}
	for _, id := range []string{all.ID, there.ID} {
		for _, path := range []string{"/password", "/unlock", "/logout"} {
			expect(t, h.post(accountsPath+"/"+id+path, "", "{}", mine...), 404, "unknown_account")
		}
		expect(t, h.send("PUT", accountsPath+"/"+id, "", `{"off":true}`, mine...), 404, "unknown_account")
		expect(t, h.send("DELETE", accountsPath+"/"+id+"/factor", "", "", mine...), 404, "unknown_account")
	}
	expect(t, h.post(accountsPath, "", `{"login":"b.all","name":"B","role":"admin"}`, mine...), 403, "forbidden")
	expect(t, h.post(accountsPath, "", `{"login":"b.khac","name":"B","role":"clerk","branch":"khac"}`, mine...), 403, "forbidden")
	own := h.staff.Accounts()[1] // a.mot
	expect(t, h.send("PUT", accountsPath+"/"+own.ID, "", `{"branch":""}`, mine...), 403, "forbidden")
}

// The last administrator of all can neither be put off nor made anything else.
func TestLastAdministratorStays(t *testing.T) {
	h := newHall(t, options{})
	a, as := h.person(staff.Account{Login: "quan.tri", Name: "Quản trị", Role: staff.Admin})
	for _, body := range []string{`{"off":true}`, `{"role":"reader"}`, `{"branch":"hoabinh"}`} {
		expect(t, h.send("PUT", accountsPath+"/"+a.ID, "", body, as...), 409, "last_admin")
	}
	h.person(staff.Account{Login: "quan.tri.2", Name: "Quản trị 2", Role: staff.Admin})
	if got := h.send("PUT", accountsPath+"/"+a.ID, "", `{"off":true}`, as...); got.status != 200 {
		t.Errorf("%d %s", got.status, got.raw)
	}
	expect(t, h.get(accountsPath, "", as...), 401, "unauthorized")
}

// seatPath is a counter's.
func (h *hall) seatPath(i int) string { return branchPath + "/counters/" + h.counter(i) + "/seat" }

func TestSeats(t *testing.T) {
	h := newHall(t, options{demo: true, settings: func(s *queue.Settings) { s.Counters[0].Shown = true }})
	_, lan := h.person(staff.Account{Login: "lan", Name: "Nguyễn Thị Lan", Role: staff.Clerk, Branch: "hoabinh", Title: queue.Text{VI: "Chuyên viên"}})
	_, hung := h.person(staff.Account{Login: "hung", Name: "Bùi Hùng", Role: staff.Clerk, Branch: "hoabinh"})
	_, head := h.person(staff.Account{Login: "truong", Name: "Trưởng", Role: staff.Head, Branch: "hoabinh"})
	open := func(i int, as []string) answer {
		return h.post(branchPath+"/counters/"+h.counter(i)+"/open", "", "{}", as...)
	}

	expect(t, open(0, lan), 403, "not_your_counter")
	if a := h.send("PUT", h.seatPath(0), "", "{}", lan...); a.status != 200 || a.body["before"] != nil {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	if a := open(0, lan); a.status != 200 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	expect(t, open(1, lan), 403, "not_your_counter")
	taken := h.send("PUT", h.seatPath(0), "", "{}", hung...)
	if expect(t, taken, 409, "seat_taken"); taken.body["seat"].(object)["name"] != "Nguyễn Thị Lan" {
		t.Errorf("%s", taken.raw)
	}
	elsewhere := h.send("PUT", h.seatPath(1), "", "{}", lan...)
	if expect(t, elsewhere, 409, "seat_elsewhere"); elsewhere.body["seat"].(object)["counter"] != h.counter(0) {
		t.Errorf("%s", elsewhere.raw)
	}
	expect(t, h.send("DELETE", h.seatPath(0), "", "", hung...), 403, "not_your_counter")
	expect(t, h.send("PUT", h.seatPath(1), "demo-desk", "{}"), 403, "not_a_person")

	// Nobody leaves a visitor alone, by any way.
	h.take()
	if a := h.post(branchPath+"/counters/"+h.counter(0)+"/next", "", "{}", lan...); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	expect(t, h.send("PUT", h.seatPath(1), "", `{"move":true}`, lan...), 409, "counter_busy")
	expect(t, h.send("DELETE", h.seatPath(0), "", "", lan...), 409, "counter_busy")
	expect(t, h.send("DELETE", h.seatPath(0), "", "", head...), 409, "counter_busy")
	if me := h.get("/api/v1/me", "", lan...); me.body["seat"].(object)["counter"] != h.counter(0) {
		t.Errorf("who was refused still sits: %s", me.raw)
	}
	h.do(0, "serve", "{}")
	h.do(0, "end", "{}")
	moved := h.send("PUT", h.seatPath(1), "", `{"move":true}`, lan...)
	if moved.status != 200 || moved.body["before"].(object)["counter"] != h.counter(0) {
		t.Errorf("%d %s", moved.status, moved.raw)
	}
	if a := h.send("PUT", h.seatPath(0), "", "{}", hung...); a.status != 200 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	if a := h.get(branchPath+"/seats", "", head...); len(a.body["seats"].([]any)) != 2 {
		t.Errorf("%s", a.raw)
	}
	expect(t, h.get(branchPath+"/seats", "demo-kiosk"), 403, "forbidden")

	// The head takes somebody off a counter, which the log tells; logging out frees one.
	before, err := h.audit.Head(t.Context())
	must(t, err)
	if a := h.send("DELETE", h.seatPath(0), "", "", head...); a.status != 204 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	if l := h.lines(before.N); len(l) != 1 || l[0].Action != audit.SeatFree || l[0].Object != "hung" || l[0].Who != "Trưởng (truong)" {
		t.Errorf("%+v", l)
	}
	h.send("POST", "/logout", "", "", lan...)
	if a := h.get(branchPath+"/seats", "", head...); len(a.body["seats"].([]any)) != 0 {
		t.Errorf("%s", a.raw)
	}
}

// Who sits there is what the day tells of: on the counter's display, and of who served.
func TestSeatStandsAtTheCounter(t *testing.T) {
	h := newHall(t, options{demo: true, settings: func(s *queue.Settings) { s.Counters[0].Shown = true }})
	a, lan := h.person(staff.Account{Login: "lan", Name: "Nguyễn Thị Lan", Role: staff.Clerk, Branch: "hoabinh"})
	if a := h.send("PUT", h.seatPath(0), "", "{}", lan...); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	sits := func() (got queue.Sitting) {
		must(t, h.push.Feed.WaitFor(t.Context(), "hoabinh"))
		h.push.Feed.View("hoabinh", func(st *queue.State, _ *queue.Settings) { got = st.CounterOf(h.counter(0)).Seat })
		return got
	}
	if got := sits(); got.Account != a.ID || got.Name != "Nguyễn Thị Lan" {
		t.Errorf("%+v", got)
	}
	if a := h.send("PUT", accountsPath+"/"+a.ID, "demo-admin", `{"name":"Nguyễn Lan"}`); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	if got := sits(); got.Name != "Nguyễn Lan" {
		t.Errorf("after a new name: %+v", got)
	}
	if a := h.send("PUT", accountsPath+"/"+a.ID, "demo-admin", `{"off":true}`); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	if got := sits(); got.Account != "" {
		t.Errorf("who is put off sits nowhere: %+v", got)
	}
}

// A clerk calls for the services the account lists, and for who was sent to this counter.
func TestSkills(t *testing.T) {
	h := newHall(t, options{demo: true, settings: func(s *queue.Settings) {
		s.Counters[0].Services = []string{s.Services[0].ID, s.Services[1].ID}
	}})
	_, lan := h.person(staff.Account{Login: "lan", Name: "Lan", Role: staff.Clerk, Branch: "hoabinh", Services: h.services(1)})
	_, hung := h.person(staff.Account{Login: "hung", Name: "Hùng", Role: staff.Clerk, Branch: "hoabinh", Services: h.services(2)})
	at := func(i int, verb, body string, as []string) answer {
		return h.post(branchPath+"/counters/"+h.counter(i)+"/"+verb, "", body, as...)
	}
	for i, as := range [][]string{lan, hung} {
		if a := h.send("PUT", h.seatPath(i), "", "{}", as...); a.status != 200 {
			t.Fatalf("%d %s", a.status, a.raw)
		}
		at(i, "open", "{}", as)
	}
	first := h.take().text("number") // of service 0
	expect(t, at(0, "next", "{}", lan), 409, "no_one_waiting")
	expect(t, at(0, "call", `{"number":"`+first+`","reason":"x"}`, lan), 403, "not_skilled")
	expect(t, at(0, "walk-in", fmt.Sprintf(`{"service":%q}`, h.service(0)), lan), 403, "not_skilled")
	if a := at(0, "walk-in", fmt.Sprintf(`{"service":%q}`, h.service(1)), lan); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	// Sent on to a clerk who may not serve it: no; to another service: yes.
	expect(t, at(0, "transfer", fmt.Sprintf(`{"counter":%q}`, h.counter(1)), lan), 403, "not_skilled")
	if a := at(0, "transfer", fmt.Sprintf(`{"service":%q}`, h.service(0)), lan); a.status != 200 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	// Nor by a desk's key, whose own skills nobody knows.
	h.do(2, "open", "{}")
	if a := h.do(2, "call", `{"number":"`+first+`","reason":"x"}`); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	h.do(2, "serve", "{}")
	expect(t, h.post(branchPath+"/counters/"+h.counter(2)+"/transfer", "demo-desk", fmt.Sprintf(`{"counter":%q}`, h.counter(0))), 403, "not_skilled")
	// Nor brought back by whoever may not call for it, after somebody else has.
	h.do(2, "park", "{}")
	expect(t, at(0, "resume", `{"number":"`+first+`"}`, lan), 403, "not_skilled")
	h.do(2, "resume", "{}")
	h.do(2, "park", "{}")
	h.do(2, "next", "{}") // the walk-in, sent on to service 0
	missed := h.do(2, "no-show", "{}").body["ticket"].(object)["number"].(string)
	expect(t, at(0, "reinstate", `{"number":"`+missed+`"}`, lan), 403, "not_skilled")
	own := at(0, "walk-in", fmt.Sprintf(`{"service":%q}`, h.service(1)), lan).body["ticket"].(object)["number"].(string)
	at(0, "park", "{}", lan)
	if a := at(0, "resume", `{"number":"`+own+`"}`, lan); a.status != 200 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	// None of the services of this counter is the clerk's: that is why nobody comes.
	expect(t, at(1, "next", "{}", hung), 403, "not_skilled")
}

// Two administrators change one account at the same moment: who is put off stays off.
func TestAccountsChangedAtOnce(t *testing.T) {
	h := newHall(t, options{})
	_, as := h.person(staff.Account{Login: "quan.tri", Name: "Quản trị", Role: staff.Admin})
	for i := range 8 {
		a, err := h.staff.AddAccount(t.Context(), staff.Account{Login: fmt.Sprintf("lan%d", i), Name: "Lan", Role: staff.Clerk, Branch: "hoabinh"}, password, queue.PeopleSetting{})
		must(t, err)
		var both sync.WaitGroup
		for _, body := range []string{`{"off":true}`, `{"name":"Lan Mới"}`} {
			both.Go(func() {
				if a := h.send("PUT", "/api/v1/accounts/"+a.ID, "", body, as...); a.status != 200 {
					t.Errorf("%d %s", a.status, a.raw)
				}
			})
		}
		both.Wait()
		if now, _ := h.staff.Account(a.ID); !now.Off || now.Name != "Lan Mới" {
			t.Fatalf("%+v", now)
		}
	}
}
