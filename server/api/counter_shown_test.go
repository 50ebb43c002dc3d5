package api_test

import (
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
)

// The demo's counters have clerks, whose names are on no screen for visitors.
func TestDemoClerksAreNotShown(t *testing.T) {
	h := newHall(t, options{demo: true, past: true})
	h.do(0, "open", "{}")
	h.take()
	h.do(0, "call", "{}")
	h.read()
	said := map[string]string{}
	for view, key := range map[string]string{"counter": "demo-display", "board": "demo-display", "kiosk": "demo-kiosk", "rate": "demo-device", "lookup": "demo-display", "device": "demo-device"} {
		said[view] = h.connect("branch=hoabinh&view=" + view + "&key=" + key).next("snapshot").raw
	}
	for _, key := range []string{"demo-display", "demo-kiosk"} {
		said["branch with "+key] = h.get(branchPath, key).raw
		said["results with "+key] = h.get(branchPath+"/results", key).raw
	}
	desk := h.connect("branch=hoabinh&view=desk&key=demo-desk").next("snapshot").raw
	for _, c := range queue.DemoSettings().Counters {
		if c.Clerk == "" || c.Shown || !strings.Contains(desk, c.Clerk) {
			t.Errorf("counter %s has the clerk %q, shown %v", c.Label, c.Clerk, c.Shown)
		}
		for who, raw := range said {
			if strings.Contains(raw, c.Clerk) {
				t.Errorf("%s is told of %s", who, c.Clerk)
			}
		}
	}
}

// Who sits at a counter is told to its display when the hall allows it, to staff,
// and to nobody else; and the number that comes next while that is sure.
func TestCounterShown(t *testing.T) {
	h := newHall(t, options{demo: true, settings: func(s *queue.Settings) {
		s.Counters[0].Clerk, s.Counters[0].Title, s.Counters[0].Photo, s.Counters[0].Shown = "Lan", queue.Text{VI: "Công chức", EN: "Officer"}, "lan.png", true
		s.Counters[1].Clerk, s.Counters[1].Photo = "Kín", "kin.png"
	}})
	snapshot := func(view, key string) string {
		t.Helper()
		return h.connect("branch=hoabinh&view=" + view + "&key=" + key).next("snapshot").raw
	}
	if raw := snapshot("counter", "demo-display"); !strings.Contains(raw, `"clerk":"Lan"`) || !strings.Contains(raw, `"photo":"lan.png"`) || !strings.Contains(raw, "Công chức") || strings.Contains(raw, "Kín") || strings.Contains(raw, "kin.png") {
		t.Errorf("the counter's display gets %s", raw)
	}
	for view, key := range map[string]string{"board": "demo-display", "kiosk": "demo-kiosk", "rate": "demo-device", "lookup": "demo-display"} {
		if raw := snapshot(view, key); strings.Contains(raw, `"Lan"`) || strings.Contains(raw, "lan.png") {
			t.Errorf("%s is told who sits there: %s", view, raw)
		}
	}
	h.take()
	second := h.take()
	h.do(0, "open", "{}")
	h.do(0, "call", "{}")
	// A snapshot may be a moment old; what is derived is asked for until it has heard.
	next := func(waiting int) string {
		t.Helper()
		for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
			if f := h.push.Figures("hoabinh")[0]; f.Waiting == waiting {
				return f.Next
			}
		}
		t.Fatalf("never saw %d waiting", waiting)
		return ""
	}
	if got := next(1); got != second.text("number") {
		t.Errorf("next is %q, want %s", got, second.text("number"))
	}
	// With priority waiting beside the others nobody but the store knows.
	if a := h.post(branchPath+"/tickets", "demo-kiosk", `{"service":"`+h.service(0)+`","priority":"NCT"}`); a.status != 201 {
		t.Fatal(a.raw)
	}
	if got := next(2); got != "" {
		t.Errorf("a guess is told as if it were sure: %q", got)
	}
}
