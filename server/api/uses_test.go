package api_test

import (
	"testing"
	"time"
)

// keyOf is what the list of keys says of one.
func (h *hall) keyOf(name string) map[string]any {
	h.t.Helper()
	for _, k := range h.get("/api/v1/keys", "demo-admin").body["keys"].([]any) {
		if k := k.(map[string]any); k["name"] == name {
			return k
		}
	}
	h.t.Fatalf("no key %s", name)
	return nil
}

// The list of keys says when each was last used, from where and by which program; an
// agent of another version than the server's is marked.
func TestKeysAreSeen(t *testing.T) {
	h := newHall(t, options{demo: true})
	secret := map[string]string{}
	for name, role := range map[string]string{"Máy trạm": "agent", "Quầy 1": "desk"} {
		secret[name] = h.post("/api/v1/keys", "demo-admin", `{"name":"`+name+`","role":"`+role+`","branch":"hoabinh"}`).text("key")
		if k := h.keyOf(name); k["seen"] != nil || k["address"] != nil || k["made"] != "2026-11-23T09:00:00.000+07:00" {
			t.Errorf("before its first use: %v", k)
		}
	}
	h.clock.step(90 * time.Second)
	for _, x := range []struct {
		name, program, told string
		old                 bool
	}{
		{"Máy trạm", "motcua-agent/1.2.2", "motcua-agent/1.2.2", true},
		{"Máy trạm", "motcua-agent/1.2.3", "motcua-agent/1.2.3", false},
		{"Máy trạm", "Mozilla/5.0 (X11; Linux)", "motcua-agent/1.2.3", false}, // a browser behind it
		{"Quầy 1", "Mozilla/5.0 (X11; Linux)", "", false},
		{"Quầy 1", "<script>/1", "", false},
		{"Quầy 1", "curl/8.5.0 and more", "curl/8.5.0", false},
	} {
		h.send("GET", "/api/v1/me", secret[x.name], "", "User-Agent", x.program)
		k := h.keyOf(x.name)
		program, _ := k["program"].(string)
		old, _ := k["old"].(bool)
		if program != x.told || old != x.old || k["address"] != "127.0.0.1" || k["seen"] != "2026-11-23T09:01:30.000+07:00" {
			t.Errorf("%s by %q: %v", x.name, x.program, k)
		}
	}
	// A wrong key is nobody's use, and neither is the list itself.
	h.clock.step(time.Minute)
	h.send("GET", "/api/v1/me", "wrong", "")
	if k := h.keyOf("Quầy 1"); k["seen"] != "2026-11-23T09:01:30.000+07:00" {
		t.Errorf("%v", k)
	}
}

// A browser that logged in with a key, and a screen of the hall, are seen like a program.
func TestSessionsAndScreensAreSeen(t *testing.T) {
	h := newHall(t, options{demo: true})
	w := h.hang("Bang 1", `{"page":"board"}`)
	h.clock.step(time.Minute)
	w.beat(`,"build":"b-17"`)
	if k := h.keyOf("Bang 1"); k["seen"] != "2026-11-23T09:01:00.000+07:00" || k["program"] != "b-17" || k["address"] != "127.0.0.1" {
		t.Errorf("%v", k)
	}
	list := h.get("/api/v1/branches/hoabinh/screens", "demo-admin").body["screens"].([]any)
	if s := list[0].(map[string]any); s["address"] != "127.0.0.1" || s["seen"] != "2026-11-23T09:01:00.000+07:00" || s["build"] != "b-17" {
		t.Errorf("%v", s)
	}
}
