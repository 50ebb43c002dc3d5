package api_test

import (
	"encoding/json"
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
	if !h.fresh(admin) {
		t.Error("a hall that nobody has touched is not fresh")
	}

	now := h.get(branchPath+"/settings", admin)
	set := now.body["settings"].(object)
	set["place"] = object{"vi": "Xã Tân Lập"}
	set["calendar"].(object)["holidays"] = []object{{"from": "2027-02-05", "to": "2027-02-11", "name": object{"vi": "Tết Nguyên đán"}}}
	body, err := json.Marshal(object{"version": now.body["version"], "settings": set})
	must(t, err)
	expect(t, h.send("PUT", branchPath+"/settings", admin, string(body)), 200, "")
	for _, id := range []string{"hall", "services", "counters", "hours", "holidays"} {
		want(id, "ok")
	}
	want("admins", "missing")
	h.person(staff.Account{Login: "lan", Name: "Lan", Role: staff.Admin})
	want("admins", "look")
	h.person(staff.Account{Login: "mai", Name: "Mai", Role: staff.Admin, Branch: "hoabinh"})
	h.person(staff.Account{Login: "xa", Name: "Xa", Role: staff.Clerk, Branch: "hall-2"}) // of another hall
	want("admins", "ok")
	want("clerks", "missing")
	h.key(staff.Desk, "hoabinh")
	want("clerks", "look")
	h.person(staff.Account{Login: "hoa", Name: "Hoa", Role: staff.Clerk, Branch: "hoabinh"})
	want("clerks", "ok")
	h.key(staff.Kiosk, "hoabinh")
	h.key(staff.Display, "hall-2")
	want("kiosk", "ok")
	want("boards", "missing")
	h.key(staff.Display, "hoabinh")
	want("boards", "ok")
	if h.fresh(admin) {
		t.Error("a hall with people in it is fresh")
	}
	h.clock.step(8 * 24 * time.Hour)
	want("backup", "look")
}

func (h *hall) fresh(key string) bool {
	h.t.Helper()
	return h.get(branchPath+"/ready", key).body["fresh"] == true
}
