package e2e

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"motcua/server/qr"
	"motcua/server/queue"
)

// settings changes the hall's settings as an administrator would.
func (h *hall) settings(change func(*queue.Settings)) {
	h.t.Helper()
	var now struct {
		Version  int
		Settings queue.Settings
	}
	if status := h.ask(http.MethodGet, "demo-admin", branchPath+"/settings", nil, &now); status != http.StatusOK {
		h.t.Fatalf("reading the settings: status %d", status)
	}
	change(&now.Settings)
	var refusal json.RawMessage
	body := map[string]any{"version": now.Version, "settings": now.Settings}
	if status := h.ask(http.MethodPut, "demo-admin", branchPath+"/settings", body, &refusal); status != http.StatusOK {
		h.t.Fatalf("saving the settings: %d %s", status, refusal)
	}
}

// serviceIn is the definition of a service in the settings.
func serviceIn(s *queue.Settings, id string) *queue.ServiceSetting {
	for i := range s.Services {
		if s.Services[i].ID == id {
			return &s.Services[i]
		}
	}
	panic("no service " + id)
}

// everyDay are all weekdays.
var everyDay = []int{0, 1, 2, 3, 4, 5, 6}

// TestKioskGroup: one tile stands for two services; the number is there at the
// third touch, and the way back leads over the same screens.
func TestKioskGroup(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(func(s *queue.Settings) {
		s.Groups = []queue.GroupSetting{{ID: "giay-to", Name: queue.Text{VI: "Giấy tờ cá nhân", EN: "Personal papers"}, Services: []string{"chung-thuc", "ho-tich"}}}
	})
	k := h.kiosk(t, "")
	if n := eval[int](k, `document.querySelectorAll('.tile').length`); n != 7 {
		t.Errorf("%d tiles, want 7: five services, the group and the priority number", n)
	}
	k.shot("home")
	k.press("[data-mode=lang]", "")
	k.press(".tile", "Personal papers")
	k.isOn("group")
	k.sees("h1", en("k.group.q", "group", "Personal papers"))
	k.shot("group")
	if first := eval[string](k, `document.querySelector('.tile').dataset.id`); first != "chung-thuc" {
		t.Errorf("the first tile of the group is %s", first)
	}
	k.press(".tile[data-id=ho-tich]", "")
	k.isOn("confirm")
	k.press(".acts button:not(.go)", "")
	k.isOn("group")
	k.press(".acts button", en("k.conf.no"))
	k.isOn("home")
	if lang := eval[string](k, `document.documentElement.lang`); lang != "en" {
		t.Errorf("on the way back the language became %s", lang)
	}
	touches := 0
	for _, what := range []string{".tile[data-id='+group:giay-to']", ".tile[data-id=ho-tich]", ".acts button.go"} {
		k.press(what, "")
		touches++
	}
	if number, _ := k.issued(); number != "A001" || touches != 3 {
		t.Errorf("%s after %d touches", number, touches)
	}
	k.press(".acts button.go", "")
	k.isOn("home")
	k.until("the language of the next visitor", `document.documentElement.lang === 'vi'`, patience)
}

// TestKioskGroupClosed: a group is closed when all its services are.
func TestKioskGroupClosed(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(func(s *queue.Settings) {
		s.Groups = []queue.GroupSetting{{ID: "giay-to", Name: queue.Text{VI: "Giấy tờ cá nhân"}, Services: []string{"chung-thuc", "ho-tich"}}}
		serviceIn(s, "ho-tich").Closed = true
	})
	h.take("chung-thuc")
	k := h.kiosk(t, "")
	k.sees(".tile[data-id='+group:giay-to'] small", vi("k.tile.count", "n", "1"))
	h.settings(func(s *queue.Settings) { serviceIn(s, "chung-thuc").Closed = true })
	k.until("the group to close", `document.querySelector(".tile[data-id='+group:giay-to']").disabled`, patience)
	k.sees(".tile[data-id='+group:giay-to'] small", vi("k.tile.closed"))
}

// TestKioskNoConfirm: a service that asks nothing gives its number at the first
// touch, and it can be given back; unless there is something to be told before.
func TestKioskNoConfirm(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(func(s *queue.Settings) {
		asks := serviceIn(s, "ho-tich")
		asks.NoConfirm, asks.Late = true, queue.LateNote{} // the demo's own note holds from 15:00 on
	})
	k := h.kiosk(t, "")
	k.press(".tile", "Hộ tịch")
	number, token := k.issued()
	k.press(".acts button", vi("k.done.undo"))
	k.press(".acts button", vi("k.undo.yes"))
	k.isOn("cancelled")
	if state := h.ticket(token).State; state != "cancelled" {
		t.Errorf("%s is %s", number, state)
	}
	k.press(".acts button", vi("k.done.ok"))
	k.isOn("home")
	late := "Nộp sau 15 giờ trả kết quả vào ngày làm việc tiếp theo."
	h.settings(func(s *queue.Settings) {
		serviceIn(s, "ho-tich").Late = queue.LateNote{From: "00:00", Text: queue.Text{VI: late}}
	})
	k.knows(h, "late")
	k.press(".tile", "Hộ tịch")
	k.isOn("confirm")
	k.sees(".notes li", late)
	k.shot("late")
}

// knows waits until the kiosk has the settings saved before: another name of the
// hall, saved after them, stands on it.
func (s *screen) knows(h *hall, mark string) {
	s.t.Helper()
	name := "Trung tâm " + mark
	h.settings(func(set *queue.Settings) { set.Name.VI = name })
	s.sees("b", name)
}

// TestKioskSpecialDays: golden and no-slip days are told above the tiles, on the
// tiles and in the question; a later golden day is suggested.
func TestKioskSpecialDays(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	tomorrow := queue.DayOf(time.Now()).Add(1)
	h.settings(func(s *queue.Settings) {
		s.Calendar.Golden = []queue.Special{
			{Weekdays: everyDay, Services: []string{"dat-dai"}, Promise: &queue.Promise{Unit: queue.CalendarDays}},
			{Weekdays: []int{int(tomorrow.Weekday())}, Services: []string{"chung-thuc"}},
		}
		s.Calendar.NoSlip = []queue.Special{{Weekdays: everyDay, Services: []string{"ho-tich"}}}
		serviceIn(s, "dat-dai").Online = "https://dichvucong.gov.vn/p/home"
	})
	k := h.kiosk(t, "")
	k.sees(".bulletin li", strings.Split(vi("k.golden"), "{")[0])
	k.sees(".bulletin li", "Trả kết quả trong ngày")
	k.sees(".bulletin li", upTo("k.noslip"))
	k.sees(".tile[data-id=dat-dai] .badge", vi("k.golden.badge"))
	k.sees(".tile[data-id=ho-tich] .badge", vi("k.noslip.badge"))
	k.shot("home")

	k.press(".tile[data-id=dat-dai]", "")
	k.isOn("confirm")
	k.sees(".card p", "Trả kết quả trong ngày")
	k.sees(".online figcaption", vi("k.online"))
	k.until("the code", `document.querySelector('.online img').complete && document.querySelector('.online img').naturalWidth > 0`, patience)
	want, err := qr.SVG("https://dichvucong.gov.vn/p/home")
	if err != nil {
		t.Fatal(err)
	}
	if drawn := eval[string](k, `fetch(document.querySelector('.online img').src).then((r) => r.text())`); drawn != string(want) {
		t.Error("the code does not lead to the online form")
	}
	k.shot("confirm")
	k.press(".acts button:not(.go)", "")
	k.isOn("home")
	k.press(".tile[data-id=chung-thuc]", "")
	k.isOn("confirm")
	k.sees(".notes li", tomorrow.Start().Format("02/01"))
	k.sees(".notes li", upTo("k.golden.next"))
	k.shot("next")
}
