package api_test

import (
	"strings"
	"testing"

	"motcua/server/staff"
)

func TestPages(t *testing.T) {
	h := newHall(t, options{demo: true})
	for path, role := range map[string]string{"/kiosk/": "kiosk", "/board/": "display", "/lookup/": "kiosk", "/desk/": "desk",
		"/admin/": "admin", "/counter/" + h.counter(0) + "/": "display", "/rate/" + h.counter(0) + "/": "device"} {
		a := h.get(path, "")
		cookie := a.header.Get("Set-Cookie")
		if a.status != 200 || !strings.HasPrefix(cookie, "motcua_"+role+"=") {
			t.Errorf("%s: %d %q", path, a.status, cookie)
		}
		for _, want := range []string{"HttpOnly", "SameSite=Lax", "path=/"} {
			if !strings.Contains(cookie, want) {
				t.Errorf("%s: cookie %q without %s", path, cookie, want)
			}
		}
		if !strings.Contains(a.raw, `lang="vi"`) || !strings.Contains(a.raw, `content="hoabinh"`) {
			t.Errorf("%s: %s", path, a.raw)
		}
		if csp := a.header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'self'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: %s", path, csp)
		}
		if again := h.get(path, "", "If-None-Match", a.header.Get("ETag")); again.status != 304 || again.raw != "" {
			t.Errorf("%s: %d with its own ETag", path, again.status)
		}
	}
	if a := h.get("/counter/"+h.counter(0)+"/", ""); !strings.Contains(a.raw, `name="counter" content="`+h.counter(0)+`"`) {
		t.Errorf("%s", a.raw)
	}
	for path, status := range map[string]int{"/": 200, "/kiosk": 308, "/counter/" + h.counter(0): 308, "/kiosk/kiosk.js": 200,
		"/web/dom.js": 200, "/phone/phone.js": 200, "/t/whatever": 200, "/rate/99/": 404, "/kiosk/none.js": 404, "/kiosk/index.html": 404,
		"/web/../api/server.go": 404, "/web/%2e%2e/x": 404, "/kiosk/?branch=nowhere": 404, "/login": 200, "/nothing": 404,
		"/healthz": 200, "/readyz": 200, "/metrics": 200, "/api/openapi.json": 200} {
		if a := h.get(path, ""); a.status != status {
			t.Errorf("%s: %d, want %d", path, a.status, status)
		}
	}
	if a := h.get("/metrics", ""); !strings.Contains(a.raw, "motcua_http_request_seconds") || !strings.Contains(a.raw, "motcua_waiting") {
		t.Error("metrics are missing")
	}
}

// A page's session may do what its role may; the API itself wants a key or a cookie.
func TestDemoSession(t *testing.T) {
	h := newHall(t, options{demo: true})
	body := `{"service":"` + h.service(0) + `"}`
	cookie := h.get("/kiosk/", "").header.Get("Set-Cookie")
	if a := h.post(branchPath+"/tickets", "", body, "Cookie", cookie); a.status != 201 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	expect(t, h.post(branchPath+"/counters/1/open", "", "{}", "Cookie", cookie), 403, "forbidden")
	expect(t, h.post(branchPath+"/tickets", "", body, "Cookie", cookie, "Origin", "http://evil.test"), 403, "origin_refused")
	expect(t, h.post(branchPath+"/tickets", "", body, "Cookie", "motcua_kiosk=guess"), 401, "unauthorized")
}

// Outside the demo no demo key is good, and a person logs in with a key.
func TestServeKnowsNoDemoKeys(t *testing.T) {
	h := newHall(t, options{})
	for _, key := range []string{"demo-admin", "demo-kiosk"} {
		expect(t, h.get(branchPath, key), 401, "unauthorized")
		expect(t, h.get(branchPath, "", "Cookie", "motcua_"+key[5:]+"="+key), 401, "unauthorized")
	}
	if a := h.get("/desk/", ""); a.status == 200 && a.header.Get("Set-Cookie") != "" {
		t.Errorf("a page opened a session: %v", a.header)
	}
	first, err := h.staff.First(t.Context())
	must(t, err)
	if again, err := h.staff.First(t.Context()); err != nil || again != "" || first == "" {
		t.Errorf("the first key %q is printed twice: %q %v", first, again, err)
	}
	if a := h.post("/login", "", "key=wrong", "Content-Type", "application/x-www-form-urlencoded"); a.status != 401 {
		t.Errorf("%d", a.status)
	}
	in := h.post("/login", "", "key="+first, "Content-Type", "application/x-www-form-urlencoded")
	cookie := in.header.Get("Set-Cookie")
	if in.status != 303 || cookie == "" || strings.Contains(cookie, first) {
		t.Fatalf("%d %q", in.status, cookie)
	}
	if to := in.header.Get("Location"); to != "/admin/" {
		t.Errorf("an administrator is led to %q", to)
	}
	if a := h.get(branchPath, "", "Cookie", cookie); a.status != 200 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	h.post("/logout", "", "", "Cookie", cookie)
	expect(t, h.get(branchPath, "", "Cookie", cookie), 401, "unauthorized")
}

// Every key leads to the page it is for; a program's key, which has none, to a sentence.
func TestLoginLeadsHome(t *testing.T) {
	h := newHall(t, options{})
	for role, want := range map[staff.Role]string{staff.Admin: "/admin/", staff.Desk: "/desk/", staff.Kiosk: "/kiosk/",
		staff.Display: "/board/", staff.Device: "/rate/" + h.counter(0) + "/", staff.Reader: "/admin/#/reports"} {
		_, key, err := h.staff.Make(t.Context(), staff.Key{Name: string(role), Role: role, Branch: "hoabinh"})
		must(t, err)
		a := h.post("/login", "", "key="+key, "Content-Type", "application/x-www-form-urlencoded")
		if to := a.header.Get("Location"); a.status != 303 || to != want {
			t.Errorf("a key of %s leads to %q (%d), want %q", role, to, a.status, want)
		}
	}
	for key, word := range map[string]string{h.agentKey("Máy 1"): "motcua-agent", h.key(staff.Feed, "hoabinh"): "một cửa điện tử"} {
		a := h.post("/login", "", "key="+key, "Content-Type", "application/x-www-form-urlencoded", "Accept-Language", "vi")
		if a.status != 403 || !strings.Contains(a.raw, word) || a.header.Get("Set-Cookie") != "" {
			t.Errorf("a program's key: %d %q\n%s", a.status, a.header.Get("Set-Cookie"), a.raw)
		}
	}
}

// A hall without an authority of its own has no page about it.
func TestNoAuthorityToTrust(t *testing.T) {
	h := newHall(t, options{})
	for _, path := range []string{"/trust", "/ca.crt"} {
		if a := h.get(path, ""); a.status != 404 {
			t.Errorf("%s: %d", path, a.status)
		}
	}
	if strings.Contains(h.get("/login", "").raw, "/trust") {
		t.Error("the login page leads there")
	}
}
