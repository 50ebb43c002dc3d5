package api_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"motcua/server/queue"
)

const settingsPath = branchPath + "/settings"

// settings gives the document in force with its version.
func (h *hall) settings() (queue.Settings, int) {
	h.t.Helper()
	var now struct {
		Version  int            `json:"version"`
		Settings queue.Settings `json:"settings"`
	}
	must(h.t, json.Unmarshal([]byte(h.get(settingsPath, "demo-admin").raw), &now))
	return now.Settings, now.Version
}

// preview asks what a changed document would do.
func (h *hall) preview(edit func(*queue.Settings), off int) answer {
	h.t.Helper()
	set, version := h.settings()
	edit(&set)
	document, err := json.Marshal(set)
	must(h.t, err)
	return h.post(settingsPath+"/preview", "demo-admin", fmt.Sprintf(`{"version":%d,"settings":%s}`, version+off, document))
}

func (h *hall) undo(to, off int) answer {
	_, version := h.settings()
	return h.post(settingsPath+"/undo", "demo-admin", fmt.Sprintf(`{"version":%d,"to":%d}`, version+off, to))
}

func TestVersionsAreKept(t *testing.T) {
	h := newHall(t, options{demo: true})
	h.change(func(s *queue.Settings) { s.Name.VI = "Tên hai" })
	h.change(func(s *queue.Settings) { s.Paper.WiFi, s.Paper.WiFiKey = "Sảnh", "bi-mat-cua-sanh" })
	a := h.get(settingsPath+"/versions", "demo-admin")
	list := a.list("items")
	if len(list) != 2 || a.body["version"] != 3.0 || list[0]["version"] != 3.0 || list[1]["version"] != 2.0 {
		t.Fatal(a.raw)
	}
	if strings.Contains(a.raw, "bi-mat-cua-sanh") {
		t.Error("a list of versions tells a password")
	}
	who, _ := list[1]["who"].(string)
	if who == "" || list[1]["at"] == "" {
		t.Error(a.raw)
	}
	// The version before any was kept is what the first one is compared with once it is known.
	if h.get(settingsPath+"/versions/1", "demo-admin").code() != "unknown_version" {
		t.Error("a version that nobody kept is told")
	}
	change := list[0]["changes"].([]any)[0].(object)
	if name := change["name"].(object)["vi"]; name != "Phiếu in, tên Wi-Fi" || change["after"] != "Sảnh" {
		t.Error(change)
	}
	whole := h.get(settingsPath+"/versions/2", "demo-admin")
	if whole.body["settings"].(object)["name"].(object)["vi"] != "Tên hai" {
		t.Error(whole.raw)
	}
	page := h.get(settingsPath+"/versions?limit=1", "demo-admin")
	if len(page.list("items")) != 1 || page.body["more"] != true {
		t.Error(page.raw)
	}
	if page = h.get(settingsPath+"/versions?before=3&limit=1", "demo-admin"); page.list("items")[0]["version"] != 2.0 || page.body["more"] != false {
		t.Error(page.raw)
	}
	expect(t, h.get(settingsPath+"/versions", "demo-desk"), 403, "forbidden")
	expect(t, h.get(settingsPath+"/versions/x", "demo-admin"), 404, "unknown_version")
	expect(t, h.get(settingsPath+"/versions?limit=0", "demo-admin"), 400, "bad_parameter")
}

func TestUndo(t *testing.T) {
	h := newHall(t, options{demo: true})
	before, _ := h.settings()
	h.change(func(s *queue.Settings) { s.Policy.N = 7 })
	h.change(func(s *queue.Settings) { s.Name.VI = "Tên ba" })
	expect(t, h.undo(99, 0), 404, "unknown_version")
	expect(t, h.undo(2, -1), 409, "settings_conflict")
	if a := h.undo(2, 0); a.status != 200 || a.body["version"] != 4.0 {
		t.Fatal(a.raw)
	}
	now, version := h.settings()
	if version != 4 || now.Name.VI != before.Name.VI || now.Policy.N != 7 {
		t.Errorf("version %d: %s, %d", version, now.Name.VI, now.Policy.N)
	}
	// Undoing is a version, too: what it took back can be had again.
	if a := h.undo(3, 0); a.status != 200 {
		t.Fatal(a.raw)
	}
	if now, _ = h.settings(); now.Name.VI != "Tên ba" {
		t.Error(now.Name.VI)
	}
	lines := h.get("/api/v1/audit?action=settings.undo", "demo-admin").list("items")
	if len(lines) != 2 || lines[0]["object"] != "5 = 3" {
		t.Error(lines)
	}
}

// An old version that somebody who waits would pay for is refused as any other change.
func TestUndoAsksTheHall(t *testing.T) {
	h := newHall(t, options{demo: true})
	h.change(func(s *queue.Settings) { s.Policy.N = 3 })
	h.addWanted()
	expect(t, h.undo(2, 0), 409, "settings_in_use")
}

func TestPreview(t *testing.T) {
	h := newHall(t, options{demo: true})
	_, version := h.settings()
	a := h.preview(func(s *queue.Settings) { s.Services[0].WaitTarget, s.Services[0].Prefix = 999, "é" }, 0)
	problems := a.list("problems")
	if a.status != 200 || len(problems) != 2 || a.body["refusal"] != nil {
		t.Fatal(a.raw)
	}
	if p := problems[1]; p["place"] != "services[0].wait_target" || p["code"] != "range" || p["what"].(object)["vi"] != "Xin ghi một số từ 0 đến 480." ||
		!strings.Contains(p["name"].(object)["vi"].(string), "mục tiêu chờ") {
		t.Error(p)
	}
	a = h.preview(func(s *queue.Settings) { s.Name.VI = "Tên mới" }, 0)
	if list := a.list("changes"); len(a.list("problems")) != 0 || a.body["refusal"] != nil || len(list) != 1 || list[0]["path"] != "name.vi" || list[0]["after"] != "Tên mới" {
		t.Error(a.raw)
	}
	a = h.preview(func(s *queue.Settings) {}, -1)
	if r, _ := a.body["refusal"].(object); r == nil || r["code"] != "settings_conflict" {
		t.Error(a.raw)
	}
	h.take()
	a = h.preview(func(s *queue.Settings) {
		for i := range s.Counters {
			s.Counters[i].Services, s.Counters[i].Weights, s.Counters[i].Merge = []string{s.Services[1].ID}, nil, ""
		}
		for i := range s.Services {
			s.Services[i].Closed = i != 1
		}
	}, 0)
	r, _ := a.body["refusal"].(object)
	if r == nil || r["code"] != "settings_in_use" || len(r["problems"].([]any)) != 1 {
		t.Fatal(a.raw)
	}
	if p := r["problems"].([]any)[0].(object); p["code"] != "service_unserved" || !strings.HasPrefix(p["name"].(object)["vi"].(string), "Hàng chờ “") {
		t.Error(p)
	}
	if _, now := h.settings(); now != version {
		t.Error("a preview has saved something")
	}
	expect(t, h.post(settingsPath+"/preview", "demo-admin", `{"version":1,"settings":{"nonsense":1}}`), 422, "settings_invalid")
	expect(t, h.post(settingsPath+"/preview", "demo-desk", `{}`), 403, "forbidden")
}

// addWanted adds a queue to the settings, for which somebody waits at once.
func (h *hall) addWanted() {
	h.t.Helper()
	h.change(func(s *queue.Settings) {
		fresh := s.Services[0]
		fresh.ID, fresh.Prefix, fresh.Name = "moi", "Y", queue.Text{VI: "Hàng mới"}
		s.Services = append(s.Services, fresh)
		s.Counters[0].Services, s.Counters[0].Weights, s.Counters[0].Merge = append(s.Counters[0].Services, "moi"), nil, ""
	})
	if a := h.post(branchPath+"/tickets", "demo-kiosk", `{"service":"moi"}`); a.status != 201 {
		h.t.Fatal(a.raw)
	}
}
