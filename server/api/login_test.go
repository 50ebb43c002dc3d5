package api_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fasthttp/websocket"

	"motcua/server/api"
	"motcua/server/audit"
	"motcua/server/hub"
	"motcua/server/queue"
	"motcua/server/staff"
)

// However many addresses somebody has, wrong logins do not fill the audit log.
func TestWrongLoginsDoNotFillTheLog(t *testing.T) {
	h := newHall(t, options{neighbours: api.Neighbours{Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}})
	for i := range 650 {
		if a := h.loginAs("ai", "wrong", "", "X-Forwarded-For", fmt.Sprintf("10.1.%d.%d", i/250, i%250)); a.status != 401 && a.status != 429 {
			t.Fatalf("%d %s", a.status, a.raw)
		}
	}
	lines, _, err := h.audit.List(t.Context(), audit.Query{Limit: 1000})
	must(t, err)
	if len(lines) > 610 {
		t.Errorf("%d lines", len(lines))
	}
}

// Who locks somebody's account from elsewhere does not keep that person out of the
// browser where the login worked before.
func TestAStrangerLocksNobodyOut(t *testing.T) {
	h := newHall(t, options{})
	h.person(staff.Account{Login: "lan", Name: "Lan", Role: staff.Clerk, Branch: "hoabinh"})
	in := h.loginAs("lan", password, "")
	var known string
	for _, cookie := range in.header.Values("Set-Cookie") {
		if strings.HasPrefix(cookie, "motcua_known=") {
			known, _, _ = strings.Cut(cookie, ";")
			for _, want := range []string{"HttpOnly", "SameSite=Strict", "path=/login"} {
				if !strings.Contains(cookie, want) {
					t.Errorf("cookie %q without %s", cookie, want)
				}
			}
		}
	}
	for range 5 {
		h.loginAs("lan", "wrong", "")
	}
	if a := h.loginAs("lan", password, ""); a.status != 429 && a.status != 423 && a.status != 403 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	if a := h.loginAs("lan", password, "", "Cookie", known); a.status != 303 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	expect(t, h.get("/api/v1/me", "", "Cookie", known), 401, "unauthorized")
}

// Of many wrong logins at once no more are looked at than one after another.
func TestLoginsAtOnce(t *testing.T) {
	h := newHall(t, options{hashing: staff.Cost{Memory: 4096, Time: 2, Threads: 1}}) // they meet
	var looked atomic.Int32
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			if a := h.loginAs(fmt.Sprintf("ai-%d", i), "wrong", ""); a.status == 401 {
				looked.Add(1)
			} else if a.status != 429 {
				t.Errorf("%d %s", a.status, a.raw)
			}
		})
	}
	all.Wait()
	if n := looked.Load(); n != 10 {
		t.Errorf("%d were looked at", n)
	}
}

// A person logs in by name, is told from machines, and is nobody again after leaving.
func TestPersonLogsIn(t *testing.T) {
	h := newHall(t, options{})
	account, as := h.person(staff.Account{Login: "lan", Name: "Nguyễn Thị Lan", Role: staff.Clerk, Branch: "hoabinh", Services: h.services(0)})
	in := h.loginAs(" LAN ", password, "")
	cookie := in.header.Get("Set-Cookie")
	for _, want := range []string{"HttpOnly", "SameSite=Strict", "path=/"} {
		if !strings.Contains(cookie, want) {
			t.Errorf("cookie %q without %s", cookie, want)
		}
	}
	if to := in.header.Get("Location"); to != "/desk/" {
		t.Errorf("a clerk is led to %q", to)
	}
	me := h.get("/api/v1/me", "", as...)
	if me.text("name") != "Nguyễn Thị Lan" || me.text("role") != "clerk" || me.body["account"].(object)["id"] != account.ID ||
		me.body["services"].([]any)[0] != h.service(0) || me.body["seat"] != nil || me.body["due"] != nil {
		t.Errorf("%s", me.raw)
	}
	if a := h.get("/api/v1/me?role=person", "", as...); a.text("role") != "clerk" {
		t.Errorf("%s", a.raw)
	}
	other := h.enter("lan")
	if a := h.send("DELETE", "/api/v1/me/sessions", "", "", as...); a.status != 204 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	expect(t, h.get(branchPath, "", other...), 401, "unauthorized")
	out := h.send("POST", "/logout", "", "", as...)
	if dropped := out.header.Get("Set-Cookie"); out.status != 303 || !strings.Contains(dropped, "motcua_person=;") {
		t.Errorf("%d %q", out.status, dropped)
	}
	expect(t, h.get("/api/v1/me", "", as...), 401, "unauthorized")
}

// A script gets the same as a form, as JSON; a page asked for is gone on to, if it is ours.
func TestLoginForScripts(t *testing.T) {
	h := newHall(t, options{})
	h.person(staff.Account{Login: "hoa", Name: "Hoa", Role: staff.Head, Branch: "hoabinh"})
	json := []string{"Accept", "application/json", "Content-Type", "application/x-www-form-urlencoded"}
	form := "name=hoa&password=" + "Sen-h%E1%BB%93ng-n%E1%BB%9F-2026"
	for to, want := range map[string]string{"": "/admin/", "%2Fadmin%2F%23%2Freports": "/admin/#/reports", "//evil.test/": "/admin/",
		"https:%2F%2Fevil.test": "/admin/", "%2Fdesk%2F%5Cevil": "/admin/", "%2Fdesk%2F%3Fcounter=2": "/desk/?counter=2"} {
		if a := h.send("POST", "/login", "", form+"&to="+to, json...); a.status != 200 || a.text("to") != want {
			t.Errorf("to %q: %d %s", to, a.status, a.raw)
		}
	}
	expect(t, h.send("POST", "/login", "", "name=hoa&password=wrong-one", json...), 401, "wrong_login")
	page := h.get("/login?to=/admin/%23/people", "")
	if !strings.Contains(page.raw, `value="/admin/#/people"`) || strings.Contains(h.get("/login?to=//evil", "").raw, "evil") {
		t.Errorf("%s", page.raw)
	}
}

// Wrong passwords lock an account for everybody, tell nobody whether there is such a
// name, and stand in the audit log without what was typed.
func TestWrongPasswords(t *testing.T) {
	h := newHall(t, options{})
	h.person(staff.Account{Login: "lan", Name: "Lan", Role: staff.Clerk, Branch: "hoabinh"})
	tried := map[string][]int{}
	for range 6 {
		for _, name := range []string{"lan", "nobody"} {
			a := h.loginAs(name, "sai-rồi-123", "")
			tried[name] = append(tried[name], a.status)
			if strings.Contains(a.raw, "sai-rồi") || !strings.Contains(a.raw, `value="`+name+`"`) && a.status != 429 {
				t.Errorf("the form keeps the name and not the password: %s", a.raw)
			}
		}
		h.clock.step(11 * time.Second)
	}
	for name, got := range tried {
		// Ten of an address in ten minutes: the last pair is refused for that.
		if want := []int{401, 401, 401, 401, 429, 429}; len(got) != 6 || !equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	h.clock.step(11 * time.Minute)
	if a := h.loginAs("lan", password, ""); a.status != 303 {
		t.Errorf("after the lock: %d %s", a.status, a.raw)
	}
	var wrong, locked int
	for _, l := range h.lines(0) {
		switch l.Action {
		case audit.LoginWrong:
			wrong++
		case audit.LoginLocked:
			locked++
		}
		if strings.Contains(l.Object+l.Who, "nobody") || strings.Contains(l.Object+l.Who, "sai-rồi") {
			t.Errorf("%+v tells what was typed", l)
		}
	}
	if wrong != 8 || locked != 2 || strings.Contains(h.log.String(), "sai-r") {
		t.Errorf("%d wrong, %d locked", wrong, locked)
	}
}

func equal(a, b []int) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return len(a) == len(b)
}

// Whose password somebody else knows changes it first, and everybody with the old one is out.
func TestGivenPasswordIsChangedFirst(t *testing.T) {
	h := newHall(t, options{demo: true})
	made := h.post("/api/v1/accounts", "demo-admin", `{"login":"lan","name":"Lan","role":"clerk","branch":"hoabinh"}`)
	given := made.text("password")
	if made.status != 201 || len(given) < 14 || made.body["renew"] != true {
		t.Fatalf("%d %s", made.status, made.raw)
	}
	cookie := func(in answer) []string {
		c, _, _ := strings.Cut(in.header.Get("Set-Cookie"), ";")
		return []string{"Cookie", c}
	}
	other, as := cookie(h.loginAs("lan", given, "")), cookie(h.loginAs("lan", given, ""))
	if me := h.get("/api/v1/me", "", as...); me.text("due") != "password_due" {
		t.Errorf("%s", me.raw)
	}
	expect(t, h.get(branchPath, "", as...), 403, "password_due")
	expect(t, h.send("PUT", branchPath+"/counters/1/seat", "", "{}", as...), 403, "password_due")
	expect(t, h.send("PUT", "/api/v1/me/password", "", `{"old":"not it","new":"Sen-hồng-2026"}`, as...), 403, "wrong_password")
	expect(t, h.send("PUT", "/api/v1/me/password", "", `{"old":"`+given+`","new":"ngắn"}`, as...), 422, "weak_password")
	if a := h.send("PUT", "/api/v1/me/password", "", `{"old":"`+given+`","new":"ngắn"}`, as...); a.text("title") != "Mật khẩu cần ít nhất 8 ký tự." {
		t.Errorf("%s", a.raw)
	}
	if a := h.send("PUT", "/api/v1/me/password", "", `{"old":"`+given+`","new":"`+password+`"}`, as...); a.status != 204 {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	if a := h.get(branchPath, "", as...); a.status != 200 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	expect(t, h.get(branchPath, "", other...), 401, "unauthorized")
	expect(t, h.send("PUT", "/api/v1/me/password", "demo-admin", `{"old":"x","new":"y"}`), 403, "not_a_person")
}

// A hall that asks its administrators for a second step asks first for that.
func TestSecondStepIsAsked(t *testing.T) {
	h := newHall(t, options{settings: func(s *queue.Settings) { s.People.Factor = true }})
	_, as := h.person(staff.Account{Login: "quan.tri", Name: "Quản trị", Role: staff.Admin})
	if me := h.get("/api/v1/me", "", as...); me.text("due") != "factor_due" {
		t.Errorf("%s", me.raw)
	}
	expect(t, h.get("/api/v1/keys", "", as...), 403, "factor_due")
	begun := h.post("/api/v1/me/factor", "", "{}", as...)
	if !strings.HasPrefix(begun.text("uri"), "otpauth://totp/") || !strings.HasPrefix(begun.text("svg"), "<svg") {
		t.Fatalf("%d %s", begun.status, begun.raw)
	}
	expect(t, h.send("PUT", "/api/v1/me/factor", "", `{"code":"000000"}`, as...), 403, "factor_wrong")
	done := h.send("PUT", "/api/v1/me/factor", "", `{"code":"`+codeOf(t, begun.text("uri"), h.clock.Now())+`"}`, as...)
	recovery, _ := done.body["recovery"].([]any)
	if done.status != 200 || len(recovery) != 8 {
		t.Fatalf("%d %s", done.status, done.raw)
	}
	if a := h.get("/api/v1/keys", "", as...); a.status != 200 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	expect(t, h.send("DELETE", "/api/v1/me/factor", "", "", as...), 403, "factor_due")
	asked := h.loginAs("quan.tri", password, "")
	if asked.status != 401 || !strings.Contains(asked.raw, `name="code"`) || asked.header.Get("Set-Cookie") != "" {
		t.Errorf("%d %s", asked.status, asked.raw)
	}
	// The password comes back empty, so it is typed first.
	if first := strings.Index(asked.raw, " autofocus"); first < strings.Index(asked.raw, `id="password"`) || first > strings.Index(asked.raw, `id="code"`) {
		t.Errorf("what is typed first is not the password: %s", asked.raw)
	}
	h.clock.step(time.Minute)
	if a := h.loginAs("quan.tri", password, codeOf(t, begun.text("uri"), h.clock.Now())); a.status != 303 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	if a := h.loginAs("quan.tri", password, recovery[0].(string)); a.status != 303 {
		t.Errorf("with a recovery code: %d %s", a.status, a.raw)
	}
	if a := h.loginAs("quan.tri", password, recovery[0].(string)); a.status != 403 {
		t.Errorf("with the same again: %d %s", a.status, a.raw)
	}
	// Who finds the page open does not put another phone in its place, nor take it off.
	h.clock.step(11 * time.Minute)
	expect(t, h.post("/api/v1/me/factor", "", "{}", as...), 403, "login_again")
	expect(t, h.send("DELETE", "/api/v1/me/factor", "", "", as...), 403, "login_again")
}

// codeOf is what a phone shows for a seed (RFC 6238).
func codeOf(t testing.TB, uri string, now time.Time) string {
	t.Helper()
	u, err := url.Parse(uri)
	must(t, err)
	seed, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(u.Query().Get("secret"))
	must(t, err)
	mac := hmac.New(sha1.New, seed)
	must(t, binary.Write(mac, binary.BigEndian, now.Unix()/30))
	sum := mac.Sum(nil)
	at := sum[len(sum)-1] & 0xf
	return fmt.Sprintf("%06d", (binary.BigEndian.Uint32(sum[at:])&0x7fffffff)%1_000_000)
}

// The demo lends a page of the staff to nobody who has logged in by name.
func TestDemoLendsPeopleNothing(t *testing.T) {
	h := newHall(t, options{demo: true})
	_, as := h.person(staff.Account{Login: "lan", Name: "Lan", Role: staff.Clerk, Branch: "hoabinh"})
	for _, page := range []string{"/desk/", "/admin/"} {
		if a := h.get(page, "", as...); a.status != 200 || a.header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %d %q", page, a.status, a.header.Get("Set-Cookie"))
		}
	}
	// Nor does a session that has ended turn into the demo's: the login page says so, and
	// then the browser is nobody's again.
	over := []string{"Cookie", "motcua_person=over"}
	if a := h.get("/admin/", "", over...); a.header.Get("Set-Cookie") != "" {
		t.Errorf("an ended session became %q", a.header.Get("Set-Cookie"))
	}
	if a := h.get("/login?to=/admin/", "", append([]string{"Accept-Language", "en"}, over...)...); !strings.Contains(a.raw, "The session has ended") || !strings.HasPrefix(a.header.Get("Set-Cookie"), "motcua_person=;") {
		t.Errorf("%q %s", a.header.Get("Set-Cookie"), a.raw)
	}
	if a := h.get("/login", "", as...); strings.Contains(a.raw, "đã kết thúc") || a.header.Get("Set-Cookie") != "" {
		t.Errorf("whoever is logged in: %q", a.header.Get("Set-Cookie"))
	}
	if a := h.get("/admin/", ""); !strings.HasPrefix(a.header.Get("Set-Cookie"), "motcua_admin=") {
		t.Errorf("nobody's browser: %q", a.header.Get("Set-Cookie"))
	}
	// A screen's browser at which somebody logs in speaks for that person.
	wall := h.hang("Màn sảnh", `{"page":"board"}`)
	if me := h.get("/api/v1/me", "", "Cookie", as[1]+"; "+wall.cookie); me.text("role") != "clerk" {
		t.Errorf("%s", me.raw)
	}
	if a := h.get("/kiosk/", "", as...); !strings.HasPrefix(a.header.Get("Set-Cookie"), "motcua_kiosk=") {
		t.Errorf("a kiosk's page is nobody's: %q", a.header.Get("Set-Cookie"))
	}
	// The browser that was the demo's administrator is a clerk after the login.
	in := h.loginAs("lan", password, "", "Cookie", "motcua_admin=demo-admin")
	if !strings.Contains(strings.Join(in.header.Values("Set-Cookie"), "\n"), "motcua_admin=;") {
		t.Errorf("%q", in.header.Values("Set-Cookie"))
	}
}

// An idle administrator is logged out, and the socket goes with the session.
func TestSessionsAndSocketsEnd(t *testing.T) {
	h := newHall(t, options{})
	account, as := h.person(staff.Account{Login: "quan.tri", Name: "Quản trị", Role: staff.Admin})
	h.clock.step(29 * time.Minute)
	if a := h.get("/api/v1/keys", "", as...); a.status != 200 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	for range 2 { // a page that draws itself anew before an empty chair
		h.clock.step(16 * time.Minute)
		h.get(branchPath+"/floor", "", append([]string{"Motcua-Unattended", "1"}, as...)...)
	}
	expect(t, h.get("/api/v1/keys", "", as...), 401, "unauthorized")

	as = h.enter(account.Login)
	s, _, err := h.dial("branch=hoabinh&view=floor", append([]string{"Origin", h.url}, as...)...)
	must(t, err)
	must(t, h.staff.EndSessions(t.Context(), account.ID))
	h.hungUp(s)

	key, secret, err := h.staff.Make(t.Context(), staff.Key{Name: "Máy 1", Role: staff.Agent, Branch: "hoabinh"})
	must(t, err)
	s, _, err = h.dial("branch=hoabinh&view=device&key=" + secret)
	must(t, err)
	must(t, h.staff.Revoke(t.Context(), key.ID))
	h.hungUp(s)
}

// hungUp waits until a socket is told that whoever opened it may not listen any more.
func (h *hall) hungUp(s *screen) {
	h.t.Helper()
	h.clock.step(time.Minute) // so that a ping is due
	s.conn.SetReadDeadline(time.Now().Add(time.Minute))
	var err error
	for err == nil {
		_, _, err = s.conn.ReadMessage()
	}
	if !websocket.IsCloseError(err, hub.CloseSession) {
		h.t.Errorf("the socket of who may not listen any more: %v", err)
	}
}
