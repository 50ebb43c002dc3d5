package e2e

import (
	"fmt"
	"slices"
	"testing"
	"time"

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
				if least := float64(s.size.h) * 0.18; slices.Contains(scales[n], b.Says) && (b.H < least || b.W < float64(s.size.w)*0.14) {
					t.Errorf("%s: %q is %.0f x %.0f px, want %.0f high", state, b.Says, b.W, b.H, least)
				}
			}
		}
		if n >= 4 {
			for name, s := range forms {
				s.press("[data-mode=text]", "")
				s.uncut(fmt.Sprintf("large on %s with %d", name, n))
				s.press("[data-mode=contrast]", "")
				s.press("[data-mode=lang]", "English")
				s.sees("h1", en("r.q"))
				s.uncut(fmt.Sprintf("large and English on %s with %d", name, n))
				s.shot(fmt.Sprintf("%s-%d-dressed", name, n))
				s.roomFor(fmt.Sprintf("large and English on %s with %d", name, n))
			}
			forms["10"].clean("asking, dressed")
		}
		if n == 4 {
			break // it is answered below
		}
		if status := h.ask("POST", "demo-device", branchPath+"/counters/1/ratings", map[string]any{"level": 1, "source": "tablet"}, nil); status != 201 {
			t.Fatalf("rating: status %d", status)
		}
		for _, s := range forms {
			s.until("it to be as the next visitor expects", `document.body.className === 'idle' && `+plainTablet, patience)
		}
	}
	for _, name := range []string{"7", "10", "upright"} {
		s := forms[name]
		s.press("[data-level='4']", "")
		s.until("the reasons", `document.body.className === 'why'`, patience)
		s.uncut("why, large and English, on " + name)
		s.press("[data-mode=lang]", en("k.acc.lang"))
		s.sees("h1", vi("r.why"))
		s.uncut("why, large, on " + name)
		s.roomFor("why, large, on " + name)
		s.clean("why, dressed, on " + name)
		s.shot(name + "-why-dressed")
		s.press("[data-mode=text]", "")
		s.press("[data-mode=contrast]", "")
		s.press(".reasons button", "Chờ lâu")
		s.press("[data-mode=lang]", "English")
		s.until("what was chosen to stay", `document.querySelectorAll('.reasons [aria-pressed=true]').length === 1`, patience)
		s.press("[data-mode=lang]", en("k.acc.lang"))
		s.uncut("why on " + name)
		s.shot(name + "-why")
	}
	up := forms["upright"]
	up.clean("why")
	up.press("[data-mode=contrast]", "")
	up.press(".send", "")
	up.sees("h1", vi("r.thanks"))
	for name, s := range forms {
		s.until("it to ask no more", `document.body.className !== 'ask'`, patience)
		s.uncut("after on " + name)
	}
	up.moveClock(5 * time.Second)
	up.sees("h1", vi("r.idle"))
	up.until("it to look as the next visitor expects", plainTablet, patience)
}

// plainTablet is an expression: is the tablet as the hall has it?
const plainTablet = `document.documentElement.lang === 'vi' && !document.documentElement.dataset.text && !document.documentElement.dataset.contrast`

// roomFor checks that what the page asks has room, and does not run into its last line.
func (s *screen) roomFor(state string) {
	s.t.Helper()
	if over := eval[float64](s, `(() => { const m = document.querySelector('main'); return Math.max(m.scrollHeight - m.clientHeight, m.scrollWidth - m.clientWidth); })()`); over > 1 {
		s.t.Errorf("%s: %.0f px too large", state, over)
	}
}
