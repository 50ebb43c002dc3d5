package api_test

import (
	"strings"
	"testing"

	"motcua/server/staff"
)

// A page elsewhere must not have somebody's browser do anything: what a cookie speaks
// for and changes something says that it comes from a page of ours.
func TestCookiesWorkFromOurPagesOnly(t *testing.T) {
	h := newHall(t, options{})
	key := h.key(staff.Admin, "")
	in := h.send("POST", "/login", "", "key="+key, "Content-Type", "application/x-www-form-urlencoded", "Origin", h.url)
	session, _, _ := strings.Cut(in.header.Get("Set-Cookie"), ";")
	body := `{"kind":"info","text":{"vi":"Nghỉ trưa"}}`
	cookie := []string{"Cookie", session}
	for name, c := range map[string]struct {
		headers []string
		status  int
	}{
		"nothing said":      {[]string{"Sec-Fetch-Site", ""}, 403},
		"another site":      {[]string{"Sec-Fetch-Site", "cross-site"}, 403},
		"a neighbour":       {[]string{"Sec-Fetch-Site", "same-site"}, 403},
		"typed by a person": {[]string{"Sec-Fetch-Site", "none"}, 403},
		"no origin":         {[]string{"Sec-Fetch-Site", "", "Origin", "null"}, 403},
		"another origin":    {[]string{"Sec-Fetch-Site", "same-origin", "Origin", "http://evil.test"}, 403},
		"our page":          {[]string{"Sec-Fetch-Site", "same-origin"}, 201},
		"our origin":        {[]string{"Sec-Fetch-Site", "", "Origin", h.url}, 201},
	} {
		a := h.post(branchPath+"/notices", "", body, append(cookie, c.headers...)...)
		if a.status != c.status || a.status == 403 && a.code() != "origin_refused" {
			t.Errorf("%s: %d %s", name, a.status, a.raw)
		}
	}
	expect(t, h.send("PUT", branchPath+"/settings", "", "{}", append(cookie, "Sec-Fetch-Site", "")...), 403, "origin_refused")
	expect(t, h.send("DELETE", "/api/v1/keys/x", "", "", append(cookie, "Sec-Fetch-Site", "")...), 403, "origin_refused")
	expect(t, h.send("POST", "/logout", "", "", append(cookie, "Sec-Fetch-Site", "")...), 403, "origin_refused")
	// Reading changes nothing, and a key is not sent by a browser on its own.
	if a := h.get(branchPath, "", append(cookie, "Sec-Fetch-Site", "")...); a.status != 200 {
		t.Errorf("reading: %d %s", a.status, a.raw)
	}
	if a := h.post(branchPath+"/notices", key, body, "Sec-Fetch-Site", ""); a.status != 201 {
		t.Errorf("with a key: %d %s", a.status, a.raw)
	}
}

// The demo lends its cookies to anybody on its machine: a program that opened a page may
// use them, a page elsewhere may not.
func TestLentCookies(t *testing.T) {
	h := newHall(t, options{demo: true})
	lent := []string{"Cookie", "motcua_admin=demo-admin"}
	body := `{"kind":"info","text":{"vi":"Nghỉ trưa"}}`
	if a := h.post(branchPath+"/notices", "", body, append(lent, "Sec-Fetch-Site", "")...); a.status != 201 {
		t.Errorf("a program: %d %s", a.status, a.raw)
	}
	expect(t, h.post(branchPath+"/notices", "", body, append(lent, "Sec-Fetch-Site", "cross-site")...), 403, "origin_refused")
	expect(t, h.post(branchPath+"/notices", "", body, append(lent, "Sec-Fetch-Site", "", "Origin", "http://evil.test")...), 403, "origin_refused")
}
