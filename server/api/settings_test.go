package api_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"motcua/server/queue"
)

// change saves settings through the API.
func (h *hall) change(edit func(*queue.Settings)) answer {
	h.t.Helper()
	a := h.save(edit, 0)
	if a.status != 200 {
		h.t.Fatalf("settings: %d %s", a.status, a.raw)
	}
	return a
}

// save sends settings made from the present ones, as made from version+off.
func (h *hall) save(edit func(*queue.Settings), off int) answer {
	h.t.Helper()
	got := h.get(branchPath+"/settings", "demo-admin")
	var now struct {
		Version  int            `json:"version"`
		Settings queue.Settings `json:"settings"`
	}
	must(h.t, json.Unmarshal([]byte(got.raw), &now))
	edit(&now.Settings)
	document, err := json.Marshal(now.Settings)
	must(h.t, err)
	return h.send("PUT", branchPath+"/settings", "demo-admin", fmt.Sprintf(`{"version":%d,"settings":%s}`, now.Version+off, document))
}

func TestSettings(t *testing.T) {
	h := newHall(t, options{demo: true})
	s := h.board()
	s.next("snapshot")
	h.change(func(s *queue.Settings) { s.Name.VI = "Trung tâm khác" })
	if e := s.next("event"); e.Event.Kind != "settings.changed" {
		t.Fatalf("%s", e.raw)
	}
	if a := h.get(branchPath, "demo-kiosk"); a.body["name"] != "Trung tâm khác" {
		t.Errorf("%s", a.raw)
	}
	expect(t, h.save(func(*queue.Settings) {}, -1), 409, "settings_conflict")
	expect(t, h.save(func(s *queue.Settings) { s.Services[0].Prefix = "" }, 0), 422, "settings_invalid")
	expect(t, h.save(func(s *queue.Settings) { s.Tag = "zz" }, 0), 422, "settings_invalid")
	h.take()
	gone := h.service(0)
	expect(t, h.save(func(s *queue.Settings) {
		s.Services = s.Services[1:]
		s.Calendar.Golden, s.Calendar.NoSlip = nil, nil
		for i := range s.Counters {
			var rest []string
			for _, id := range s.Counters[i].Services {
				if id != gone {
					rest = append(rest, id)
				}
			}
			s.Counters[i].Services, s.Counters[i].Weights = rest, nil
		}
	}, 0), 409, "settings_in_use")
}

func TestKeys(t *testing.T) {
	h := newHall(t, options{demo: true})
	made := h.post("/api/v1/keys", "demo-admin", fmt.Sprintf(`{"name":"quầy 1","role":"desk","branch":"hoabinh","counters":[%q]}`, h.counter(0)))
	key := made.text("key")
	if made.status != 201 || key == "" {
		t.Fatalf("%d %s", made.status, made.raw)
	}
	open := func(i int) answer {
		return h.post(branchPath+"/counters/"+h.counter(i)+"/open", key, "{}")
	}
	if a := open(0); a.status != 200 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	expect(t, open(1), 403, "forbidden")
	expect(t, h.get("/api/v1/branches/elsewhere", key), 403, "forbidden")
	if a := h.send("DELETE", "/api/v1/keys/"+made.text("id"), "demo-admin", ""); a.status != 204 {
		t.Errorf("%d %s", a.status, a.raw)
	}
	expect(t, open(0), 401, "unauthorized")
}
