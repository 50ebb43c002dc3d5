package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// wallScreen is one screen on a wall, without a browser.
type wallScreen struct {
	*hall
	id, key, cookie, instance string
	seen                      float64
}

// hang sets a screen up as a person does: it shows a code, an admin says what it is.
func (h *hall) hang(name, role string) *wallScreen {
	h.t.Helper()
	p := h.post("/api/v1/pairings", "", fmt.Sprintf(`{"name":%q,"kind":"screen","branch":"hoabinh"}`, name))
	a := h.post("/api/v1/pairings/"+p.text("code")+"/approve", "demo-admin", fmt.Sprintf(`{"branch":"hoabinh","screen":%s}`, role))
	if a.status != 200 {
		h.t.Fatalf("approving %s: %d %s", role, a.status, a.raw)
	}
	claim := h.get("/api/v1/pairings/"+p.text("id"), p.text("secret"))
	w := &wallScreen{hall: h, key: claim.text("key"), instance: name + "-1"}
	w.begin()
	for _, k := range h.staff.Keys() {
		if k.Name == name {
			w.id = k.ID
		}
	}
	return w
}

// begin is what a screen does when it gets power.
func (w *wallScreen) begin() answer {
	w.t.Helper()
	a := w.send("PUT", "/api/v1/screens/session", w.key, "{}")
	if a.status == 200 {
		w.cookie, _, _ = strings.Cut(a.header.Get("Set-Cookie"), ";")
	}
	return a
}

func (w *wallScreen) beat(more string) answer {
	w.t.Helper()
	a := w.send("PUT", "/api/v1/screens/me", "", fmt.Sprintf(`{"instance":%q,"width":1920,"height":1080,"page":"board","seen":%.0f%s}`, strings.ReplaceAll(w.instance, " ", "-"), w.seen, more), "Cookie", w.cookie)
	if v, ok := a.body["version"].(float64); ok {
		w.seen = v
	}
	return a
}

func (w *wallScreen) speaks(more string) bool {
	w.t.Helper()
	a := w.beat(`,"audio":"on"` + more)
	if a.status != 200 {
		w.t.Fatalf("a beat: %d %s", a.status, a.raw)
	}
	return a.body["speaks"] == true
}

func (h *hall) screenInfo(id string) map[string]any {
	h.t.Helper()
	for _, x := range h.get(branchPath+"/screens", "demo-admin").list("screens") {
		if x["id"] == id {
			return x
		}
	}
	return nil
}

// A screen that an admin has approved keeps its role over power cuts, works with its
// session alone, becomes something else from afar, and is nothing when its key ends.
func TestScreenLife(t *testing.T) {
	h := newHall(t, options{demo: true})
	w := h.hang("Bang 1", `{"page":"board","sound":true,"layout":"grid"}`)
	a := w.beat("")
	role, _ := a.body["role"].(map[string]any)
	if a.status != 200 || role["page"] != "board" || role["layout"] != "grid" || role["sound"] != true || a.body["build"] == "" {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	if a := h.get(branchPath, "", "Cookie", w.cookie); a.status != 200 {
		t.Errorf("a screen's session reads nothing: %d", a.status)
	}
	before := w.cookie
	h.clock.step(300 * 24 * time.Hour) // an ordinary session is over by the evening
	if a := w.beat(""); a.status != 200 {
		t.Errorf("after ten months: %d", a.status)
	}
	if a := w.begin(); a.status != 200 || w.cookie == before {
		t.Errorf("after a power cut: %d", a.status)
	}
	if a := h.send("PUT", "/api/v1/screens/me", "", `{"instance":"x"}`, "Cookie", before); a.status != 401 {
		t.Errorf("an earlier session goes on: %d", a.status)
	}
	x := h.send("PUT", "/api/v1/screens/"+w.id, "demo-admin", fmt.Sprintf(`{"name":"Quay 1","page":"counter","counter":%q}`, h.counter(0)))
	if x.status != 200 || x.text("page") != "counter" {
		t.Fatalf("another role: %d %s", x.status, x.raw)
	}
	role, _ = w.beat("").body["role"].(map[string]any)
	if role["name"] != "Quay 1" || role["page"] != "counter" || role["counter"] != h.counter(0) || role["sound"] == true {
		t.Errorf("its role is %v", role)
	}
	for _, bad := range []string{`{"page":"admin"}`, `{"page":"counter"}`, `{"page":"lookup","sound":true}`, `{"page":"board","zone":"nowhere"}`, `{"page":"rate","counter":"99"}`, `{"page":"board","role":"admin"}`} {
		if a := h.send("PUT", "/api/v1/screens/"+w.id, "demo-admin", bad); a.status != 400 && a.status != 404 {
			t.Errorf("%s: %d", bad, a.status)
		}
	}
	if a := h.send("PUT", "/api/v1/screens/"+w.id, "demo-desk", `{"page":"board"}`); a.status != 403 {
		t.Errorf("a desk changes a screen: %d", a.status)
	}
	if a := h.send("PUT", "/api/v1/screens/me", "demo-display", `{"instance":"x"}`); a.status != 401 {
		t.Errorf("a key that is no screen's sends a beat: %d", a.status)
	}
	if a := h.send("DELETE", "/api/v1/keys/"+w.id, "demo-admin", ""); a.status != 204 {
		t.Fatal(a.raw)
	}
	if a, b := w.beat(""), w.begin(); a.status != 401 || b.status != 401 {
		t.Errorf("a screen that was removed: %d, %d", a.status, b.status)
	}
}

// Orders reach a screen that waits at once, and it is told once who took its place.
func TestScreenOrders(t *testing.T) {
	h := newHall(t, options{demo: true})
	w := h.hang("Bang 1", `{"page":"board"}`)
	w.beat("")
	for _, order := range []string{"blink", "reload"} {
		answers := make(chan answer, 1)
		go func() {
			a, _ := h.try("PUT", "/api/v1/screens/me", "", fmt.Sprintf(`{"instance":"Bang-1-1","seen":%.0f,"wait":10}`, w.seen), "Cookie", w.cookie)
			answers <- a
		}()
		// Whether it waits already or comes a little later, it hears of it.
		start := time.Now()
		if a := h.post("/api/v1/screens/"+w.id+"/"+order, "demo-admin", "{}"); a.status != 204 {
			t.Fatalf("%s: %d %s", order, a.status, a.raw)
		}
		a := <-answers
		if order == "blink" && a.body["blink"] != 15000.0 || order == "reload" && a.body["reload"] != true {
			t.Errorf("%s: %s", order, a.raw)
		}
		if took := time.Since(start); took > 8*time.Second {
			t.Errorf("%s came after %v: it was not told, but asked", order, took)
		}
		w.seen = a.body["version"].(float64)
	}
	if a := h.post("/api/v1/screens/"+w.id+"/jump", "demo-admin", "{}"); a.status != 404 {
		t.Errorf("%d", a.status)
	}
	old := w.instance
	w.instance = "Bang-1-2" // it was loaded anew
	if a := w.beat(""); a.body["reload"] != false {
		t.Errorf("loaded anew, it is to load anew: %s", a.raw)
	}
	w.instance = old
	if a := w.beat(`,"bye":true`); a.body["replaced"] != true {
		t.Errorf("the page before is not told: %s", a.raw)
	}
	if x := h.screenInfo(w.id); x["state"] != "live" || x["width"] != 1920.0 {
		t.Errorf("%v", x)
	}
}

// Thirty seconds without a beat: dead for the admin, the desks and the metrics; and
// alive again with the next one.
func TestScreenDies(t *testing.T) {
	h := newHall(t, options{demo: true})
	w := h.hang("Bang 1", `{"page":"board"}`)
	state := func() string { return h.screenInfo(w.id)["state"].(string) }
	if state() != "starting" {
		t.Errorf("before its first beat: %s", state())
	}
	w.beat("")
	desk := h.connect("branch=hoabinh&view=desk&key=demo-desk")
	desk.next("snapshot")
	h.server.MissScreens()
	if raw := desk.until("device.changed").raw; !strings.Contains(raw, `"screen"`) || !strings.Contains(raw, `"ready"`) {
		t.Errorf("the desk sees %s", raw)
	}
	h.clock.step(29 * time.Second)
	h.server.MissScreens()
	if state() != "live" {
		t.Errorf("after 29 s: %s", state())
	}
	h.clock.step(time.Second)
	h.server.MissScreens()
	if raw := desk.until("device.changed").raw; !strings.Contains(raw, `"offline"`) || !strings.Contains(raw, "Bang 1") {
		t.Errorf("the desk sees %s", raw)
	}
	if m := h.get("/metrics", "").raw; state() != "dead" || !strings.Contains(m, `motcua_screens{branch="hoabinh",page="board",state="dead"} 1`) {
		t.Errorf("after 30 s: %s", state())
	}
	w.beat("")
	h.server.MissScreens()
	if raw := desk.until("device.changed").raw; !strings.Contains(raw, `"ready"`) {
		t.Errorf("the desk sees %s", raw)
	}
	h.send("DELETE", "/api/v1/keys/"+w.id, "demo-admin", "")
	if raw := desk.until("device.changed").raw; !strings.Contains(raw, `"removed"`) {
		t.Errorf("the desk sees %s", raw)
	}
	// A screen is no agent: nothing else is missed when it is away.
	h.server.MissAgents()
	h.clock.step(time.Hour)
	h.server.MissAgents()
	if a := h.get(branchPath+"/devices", "demo-admin"); strings.Contains(a.raw, "Bang 1") {
		t.Errorf("%s", a.raw)
	}
}

// One screen speaks in each zone; another one does within 30 s of its death, at once
// after its goodbye, and knows what was spoken.
func TestSpeaker(t *testing.T) {
	h := newHall(t, options{demo: true})
	var all []*wallScreen
	for i := range 4 {
		all = append(all, h.hang(fmt.Sprint("Bang ", i+1), `{"page":"board","sound":true}`))
	}
	silent := h.hang("Bang 0", `{"page":"board"}`)
	if silent.speaks("") {
		t.Error("a screen without a loudspeaker speaks")
	}
	if a := all[0].beat(`,"audio":"refused"`); a.body["speaks"] == true {
		t.Error("a screen whose browser refuses sound speaks")
	}
	speakers := func(extra ...string) (who []int) {
		t.Helper()
		for i, w := range all {
			if w != nil && w.speaks(strings.Join(extra, "")) {
				who = append(who, i)
			}
		}
		return who
	}
	speakers()
	if who := speakers(); !slices.Equal(who, []int{0}) && !slices.Equal(who, []int{1}) {
		t.Fatalf("%v speak", who)
	}
	first := speakers()[0]
	if a := all[first].beat(`,"audio":"on","spoken":["v1 1 1","v2 3 1"]`); a.body["speaks"] != true {
		t.Error("whoever speaks stops when it tells what it spoke")
	}
	// It dies: its beats stop, the others' go on every five seconds.
	dead := all[first]
	all[first] = nil
	var next []int
	for waited := 0; len(next) == 0; waited += 5 {
		if waited >= 30 {
			t.Fatal("after 30 s nobody speaks")
		}
		h.clock.step(5 * time.Second)
		next = speakers()
	}
	if len(next) != 1 {
		t.Fatalf("%v speak", next)
	}
	heir := all[next[0]]
	if a := heir.beat(`,"audio":"on"`); fmt.Sprint(a.body["spoken"]) != "[v1 1 1 v2 3 1]" {
		t.Errorf("the new one knows of %v", a.body["spoken"])
	}
	if dead.speaks("") {
		t.Error("back from the dead it speaks beside the other")
	}
	// Goodbye: at once, without the clock.
	heir.beat(`,"bye":true`)
	all[next[0]] = nil
	all[first] = dead
	if who := speakers(); len(who) != 1 {
		t.Errorf("after a goodbye %v speak", who)
	}
	// A role without sound, a screen that is removed.
	who := speakers()[0]
	if a := h.send("PUT", "/api/v1/screens/"+all[who].id, "demo-admin", `{"page":"board"}`); a.status != 200 {
		t.Fatal(a.raw)
	}
	if all[who].speaks("") {
		t.Error("its sound was taken away, and it speaks")
	}
	all[who] = nil
	if who := speakers(); len(who) != 1 {
		t.Errorf("%v speak", who)
	}
	m := h.get("/metrics", "").raw
	if !strings.Contains(m, `motcua_zone_spoken{branch="hoabinh",zone=""} 1`) {
		t.Error("no number tells that somebody speaks")
	}
	h.clock.step(time.Minute)
	h.server.MissScreens()
	if m := h.get("/metrics", "").raw; !strings.Contains(m, `motcua_zone_spoken{branch="hoabinh",zone=""} 0`) {
		t.Error("all are silent, and no number tells it")
	}
}
