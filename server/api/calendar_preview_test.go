package api_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"motcua/server/queue"
)

func TestCalendarPreview(t *testing.T) {
	h := newHall(t, options{demo: true})
	const path = branchPath + "/calendar/preview"
	draft := func(edit func(*queue.Settings)) string {
		s := queue.ProductionSettings("hoabinh")
		s.Tag, s.Place = "hb", queue.Text{VI: "Phường Hòa Bình"}
		edit(&s)
		document, err := json.Marshal(s)
		must(t, err)
		return fmt.Sprintf(`{"day":"2026-11-24","settings":%s}`, document)
	}
	// The demo is open at any hour; a draft that nobody has saved is not.
	for body, want := range map[string][]string{
		`{"day":"2026-11-24"}`:          {`"halves":[{"id":"day"`, `"until":"24:00"`},
		draft(func(*queue.Settings) {}): {`"take":"07:00","from":"07:30","cut_off":"10:30","to":"11:30"`, `"reason":"lunch","opens":"2026-11-24T13:15:00.000+07:00"`, `"day":"2026-11-30"`},
		draft(func(s *queue.Settings) {
			s.Calendar.Holidays = append(s.Calendar.Holidays, queue.Holiday{From: "2026-11-24", Name: queue.Text{VI: "Ngày Văn hóa"}})
		}): {`"holiday":true,"name":{"vi":"Ngày Văn hóa","en":"Ngày Văn hóa"},"halves":[],"next":"2026-11-25"`, `"opens":"2026-11-25T07:00:00.000+07:00","holiday":{`},
	} {
		a := h.post(path, "demo-admin", body)
		for _, part := range want {
			if a.status != 200 || !strings.Contains(a.raw, part) {
				t.Errorf("%d %.2000s\nhas no %s", a.status, a.raw, part)
			}
		}
	}
	expect(t, h.post(path, "demo-admin", `{"day":"24/11/2026"}`), 400, "bad_parameter")
	expect(t, h.post(path, "demo-admin", draft(func(s *queue.Settings) { s.Calendar.Halves[0].To = "25:00" })), 422, "settings_invalid")
	expect(t, h.post(path, "demo-desk", `{"day":"2026-11-24"}`), 403, "forbidden")
	if a := h.get(branchPath, "demo-kiosk"); !strings.Contains(a.raw, `"open":true`) {
		t.Error("a look at a draft has changed the hall")
	}
}

func TestPublicHolidays(t *testing.T) {
	h := newHall(t, options{demo: true})
	const path = branchPath + "/calendar/holidays"
	a := h.get(path+"?year=2027", "demo-admin")
	if a.status != 200 || !strings.Contains(a.raw, `"from":"2027-02-05","to":"2027-02-09","name":{"vi":"Tết Nguyên đán"`) {
		t.Errorf("%d %s", a.status, a.raw)
	}
	expect(t, h.get(path+"?year=2040", "demo-admin"), 400, "bad_parameter")
	expect(t, h.get(path, "demo-kiosk"), 403, "forbidden")
}
