package e2e

import (
	"fmt"
	"testing"

	"motcua/server/queue"
)

// TestKioskRoom: with everything there is to say, nothing is cut off: on the
// first screen and in the question, on small and large glass, with each display option.
func TestKioskRoom(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(func(s *queue.Settings) {
		s.Calendar.Golden = []queue.Special{{Weekdays: everyDay, Services: []string{"dat-dai", "chung-thuc"}, Promise: &queue.Promise{Unit: queue.CalendarDays}}}
		s.Calendar.NoSlip = []queue.Special{{Weekdays: everyDay, Services: []string{"ho-tich"}}}
		civil := serviceIn(s, "ho-tich")
		civil.Online = "https://dichvucong.gov.vn/p/home"
		civil.Late = queue.LateNote{From: "00:00", Text: queue.Text{
			VI: "Hồ sơ nộp sau 15 giờ được trả kết quả vào ngày làm việc tiếp theo.", EN: "What is filed after 15:00 is returned on the next working day."}}
	})
	h.announce("demo-admin", map[string]any{"kind": "info", "text": map[string]string{
		"vi": "Quầy 05 chuyển sang phòng bên cạnh cho đến hết tuần này.", "en": "Counter 05 is in the room next door until the end of this week."}})
	for _, diagonal := range []string{"21.5", "32"} {
		for _, mode := range []string{"", "text", "reach"} {
			t.Run(fmt.Sprintf("%s-%s", diagonal, mode), func(t *testing.T) {
				k := h.kiosk(t, "?diag="+diagonal)
				k.wear(mode)
				k.sees(".bulletin li", "Quầy 05")
				k.fits(".head", ".body")
				k.shot("home")
				k.press("[data-id=ho-tich]", "")
				k.isOn("confirm")
				k.until("the code", `document.querySelector('.online img').complete`, patience)
				k.fits(".head", ".body")
				k.shot("confirm")
			})
		}
	}
}

// fits fails the test for every part of the screen whose contents stand out of it.
func (s *screen) fits(parts ...string) {
	s.t.Helper()
	for _, part := range parts {
		out := eval[[]string](s, fmt.Sprintf(`(() => {
  const box = document.querySelector(%q).getBoundingClientRect();
  return [...document.querySelectorAll(%q)].filter((e) => e.checkVisibility() && !e.closest('.drum'))
    .filter((e) => { const b = e.getBoundingClientRect(); return b.height > 0 && (b.top < box.top - 1 || b.bottom > box.bottom + 1); })
    .map((e) => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 40));
})()`, part, part+" *"))
		for _, what := range out {
			s.t.Errorf("%s: stands out of %s: %s", s.name, part, what)
		}
	}
}
