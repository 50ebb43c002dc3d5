package e2e

import (
	"testing"

	"motcua/server/queue"
)

// TestCounterDisplay: the display over a counter in its three forms, in each state;
// whoever sits there is named where the hall shows it, and nowhere else.
func TestCounterDisplay(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.upload(t, "lan.png", picture(t))
	h.settings(func(s *queue.Settings) {
		s.Counters[0].Clerk, s.Counters[0].Title = "Nguyễn Thị Phương Lan", queue.Text{VI: "Công chức Tư pháp – Hộ tịch", EN: "Civil status officer"}
		s.Counters[0].Photo, s.Counters[0].Shown = "lan.png", true
		s.Counters[1].Clerk = "Trần Văn Kín"
	})
	forms := map[string]*screen{
		"7": h.open(t, "/counter/1/", counterSize), "strip": h.open(t, "/counter/1/", size{1280, 400, false}),
		"upright": h.open(t, "/counter/1/", size{800, 1280, false}),
	}
	all := func(state, selector, text string) {
		t.Helper()
		for name, s := range forms {
			s.sees(selector, text)
			s.uncut(state + " on " + name)
			s.shot(name + "-" + state)
		}
	}
	for _, s := range forms {
		s.sees(".who b", "Nguyễn Thị Phương Lan")
		s.until("the photo", `document.querySelector('.photo').checkVisibility()`, patience)
	}
	all("closed", ".words", vi("c.closed"))
	h.verb("1", "open", nil)
	all("idle", ".words", vi("c.idle"))
	for range 3 {
		h.take("ho-tich")
	}
	h.verb("1", "call", nil)
	all("call", ".n", "A001")
	all("next", "footer", vi("c.next", "number", "A002"))
	for name, s := range forms {
		if got, least := s.font(".n"), 270.0; name != "upright" && got < least {
			t.Errorf("%s: the number is %.0f px, want %.0f", name, got, least)
		}
		s.clean("calling on " + name)
	}
	h.verb("1", "recall", nil)
	all("recall", "footer", vi("c.recall", "n", "2"))
	h.verb("1", "serve", nil)
	all("serving", "footer", vi("c.serve"))
	h.verb("1", "end", nil)
	all("rate", ".words", vi("c.rate"))
	if status := h.ask("POST", "demo-device", branchPath+"/counters/1/ratings", map[string]any{"level": 1, "source": "tablet"}, nil); status != 201 {
		t.Fatalf("rating: status %d", status)
	}
	all("free", ".words", vi("c.idle"))
	h.verb("1", "pause", map[string]string{"reason": "meeting"})
	all("paused", ".why", vi("c.why.meeting"))
	forms["7"].clean("paused")
	// A reason that a clerk has typed, and a name that the hall does not show, stay inside.
	h.verb("2", "open", nil)
	h.verb("2", "pause", map[string]string{"reason": "đi khám bệnh"})
	other := h.open(t, "/counter/2/", counterSize)
	other.sees(".words", vi("c.paused"))
	if eval[bool](other, `document.body.innerText.includes('Kín') || document.body.innerText.includes('khám')`) {
		t.Error("the display tells what is the hall's own business")
	}
	other.shot("paused-unnamed")
}
