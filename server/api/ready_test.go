package api_test

import (
	"testing"
	"time"

	"motcua/server/api"
	"motcua/server/queue"
	"motcua/server/staff"
)

// points reads the readiness list: how each point is, by its id.
func (h *hall) points(key string) map[string]string {
	h.t.Helper()
	a := h.get(branchPath+"/ready", key)
	expect(h.t, a, 200, "")
	list := map[string]string{}
	for _, item := range a.body["items"].([]any) {
		item := item.(object)
		text := item["text"].(object)
		if text["vi"] == "" || text["en"] == "" || item["page"] == "" {
			h.t.Errorf("%v says too little", item)
		}
		list[item["id"].(string)] = item["state"].(string)
	}
	return list
}

// Each point turns when what it asks for is there.
func TestReadiness(t *testing.T) {
	synced := true
	host := api.HostState{}
	h := newHall(t, options{host: func() api.HostState { return host }, settings: func(s *queue.Settings) {
		fresh := queue.ProductionSettings("hoabinh")
		fresh.Tag = s.Tag
		*s = fresh
	}})
	admin := h.key(staff.Admin, "")
	want := func(id, state string) {
		t.Helper()
		if got := h.points(admin)[id]; got != state {
			t.Errorf("%s is %q, want %q", id, got, state)
		}
	}
	for id, state := range map[string]string{"hall": "missing", "services": "look", "counters": "look", "hours": "look", "holidays": "look",
		"kiosk": "missing", "printer": "missing", "boards": "missing", "tried": "look", "backup": "missing", "tls": "look", "clock": "look", "store": "ok"} {
		want(id, state)
	}
	host.Backup, host.Clock = h.clock.Now(), &synced
	want("backup", "ok")
	want("clock", "ok")
	h.clock.step(8 * 24 * time.Hour)
	want("backup", "look")
}
