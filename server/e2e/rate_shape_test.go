package e2e

import (
	"fmt"
	"testing"

	"motcua/server/queue"
)

// TestRateShapes: the tablet's keys on the glasses there are and with every scale a
// hall may have: whole words, large keys, in sight at once.
func TestRateShapes(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(func(s *queue.Settings) { s.Rating.Window = 300 })
	forms := map[string]*screen{}
	for name, as := range map[string]size{"10": rateSize, "7": {1024, 600, true}, "upright": {800, 1280, true}} {
		forms[name] = h.open(t, "/rate/1/", as)
		forms[name].sees("h1", vi("r.idle"))
	}
	h.verb("1", "open", nil)
	scales := map[int][]string{2: {"Hài lòng", "Không hài lòng"}, 3: {"Hài lòng", "Bình thường", "Không hài lòng"},
		4: {"Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng"}, 5: {"Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng", "Rất không hài lòng"}}
	for _, n := range []int{2, 3, 5, 4} {
		h.settings(func(s *queue.Settings) {
			s.Rating.Levels = nil
			for i, name := range scales[n] {
				s.Rating.Levels = append(s.Rating.Levels, queue.RatingLevel{ID: fmt.Sprintf("l%d", i), Name: queue.Text{VI: name, EN: name}, Value: max(0, min(2, n/2-i))})
			}
		})
		h.take("ho-tich")
		for _, verb := range []string{"call", "serve", "end"} {
			h.verb("1", verb, nil)
		}
		for name, s := range forms {
			state := fmt.Sprintf("%s-%d", name, n)
			s.until("the keys", fmt.Sprintf(`document.querySelectorAll('.levels button').length === %d`, n), patience)
			s.uncut(state)
			s.shot(state)
			for _, b := range s.touchables() {
				if least := float64(s.size.h) * 0.18; b.H < least || b.W < float64(s.size.w)*0.14 {
					t.Errorf("%s: %q is %.0f x %.0f px, want %.0f high", state, b.Says, b.W, b.H, least)
				}
			}
		}
		if n == 4 {
			break // it is answered below
		}
		if status := h.ask("POST", "demo-device", branchPath+"/counters/1/ratings", map[string]any{"level": 1, "source": "tablet"}, nil); status != 201 {
			t.Fatalf("rating: status %d", status)
		}
	}
	up := forms["upright"]
	up.clean("asking")
	up.press("[data-level='4']", "")
	up.until("the reasons", `document.body.className === 'why'`, patience)
	up.uncut("why")
	up.clean("why")
	up.shot("upright-why")
	up.press(".reasons button", "Chờ lâu")
	up.press(".send", "")
	up.sees("h1", vi("r.thanks"))
	for name, s := range forms {
		s.until("it to ask no more", `document.body.className !== 'ask'`, patience)
		s.uncut("after on " + name)
	}
}
