package hub

import (
	"strings"
	"testing"

	"motcua/server/queue"
)

// TestTroubleIsTold: screens hear at once that the store takes no commands, and
// at once that it does again; so does a screen that comes meanwhile.
func TestTroubleIsTold(t *testing.T) {
	s := newStage(t)
	trouble := queue.Code("")
	s.hub.o.Trouble = func() queue.Code { return trouble }
	c := s.attach(nil)
	got(c)
	says := func(c *Client, kind string, want bool) {
		t.Helper()
		texts, _ := got(c)
		for _, text := range texts {
			if strings.Contains(text, `"type":"`+kind+`"`) {
				if strings.Contains(text, `"trouble":"store_full"`) != want {
					t.Errorf("%s, want trouble %v", text, want)
				}
				return
			}
		}
		t.Errorf("no %s in %q", kind, texts)
	}
	trouble = queue.StoreFull
	s.hub.Step(s.now)
	says(c, "tick", true)
	s.hub.Step(s.now)
	if texts, _ := got(c); len(texts) != 0 {
		t.Errorf("told again although nothing changed: %q", texts)
	}
	says(s.attach(nil), "snapshot", true)
	trouble = ""
	s.hub.Step(s.now)
	says(c, "tick", false)
	says(s.attach(nil), "snapshot", false)
}
