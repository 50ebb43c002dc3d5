package api_test

import "testing"

// A page elsewhere must not have somebody's browser do anything: what a cookie speaks
// for and changes something says that it comes from a page of ours.
func TestCookiesWorkFromOurPagesOnly(t *testing.T) {
	h := newHall(t, options{demo: true})
	body := `{"kind":"info","text":{"vi":"Nghỉ trưa"}}`
	cookie := []string{"Cookie", "motcua_admin=demo-admin"}
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
	if a := h.post(branchPath+"/notices", "demo-admin", body, "Sec-Fetch-Site", ""); a.status != 201 {
		t.Errorf("with a key: %d %s", a.status, a.raw)
	}
}
