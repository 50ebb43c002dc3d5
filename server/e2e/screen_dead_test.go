package e2e

import (
	"fmt"
	"testing"
	"time"

	"motcua/server/queue"
)

// nightNow makes it night on the hall's boards for an hour before and after this one.
func (h *hall) nightNow() {
	h.t.Helper()
	at := func(d time.Duration) queue.HM { return queue.HM(time.Now().In(queue.Zone).Add(d).Format("15:04")) }
	h.settings(func(s *queue.Settings) {
		s.Board.Night = queue.NightSetting{From: at(-time.Hour), To: at(time.Hour)}
	})
}

// missed checks that a screen which is silent for half a minute is dead for every
// desk and the administrator, and that one which is black by night is not.
func (h *hall) missed(t *testing.T, dead string, dark *screen, alive string) {
	t.Helper()
	h.nightNow()
	dark.until("the board to be black", `document.querySelector('.night').checkVisibility()`, patience)
	desk, admin := h.desk(t, "1"), h.screensPage(t)
	is := func(name, state string) string {
		return fmt.Sprintf(`[...document.querySelectorAll('.screens tbody tr')].some((tr) => tr.textContent.includes(%q) && tr.querySelector('.state').textContent === %q)`, name, state)
	}
	admin.until("the silent screen to be dead", is(dead, vi("a.s.dead")), 70*time.Second)
	desk.sees(".strip", vi("c.dev.dead", "name", dead))
	admin.until("the black one to live", is(alive, vi("a.s.live")), patience)
	if words := desk.text(".strip"); words != vi("c.dev.dead", "name", dead) {
		t.Errorf("the desk says %q", words)
	}
	admin.clean("a dead screen")
	admin.shot("dead-admin")
	desk.shot("dead-desk")
	// The watchdog and the server look at frames, not at light.
	eval[any](dark, `new Promise((done) => requestAnimationFrame(() => done(0)))`)
}
