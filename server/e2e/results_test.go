package e2e

import (
	"fmt"
	"testing"
	"time"
)

// someResults are what a hall publishes of a month; figures without a sample are null.
func someResults(enough bool) map[string]any {
	r := map[string]any{"branch": "hoabinh", "from": "2026-10-23", "to": "2026-11-21", "off": false, "sample": true,
		"taken": 123456, "served": 119870, "wait": nil, "in_target": nil, "promise": nil, "asked": 119870, "rated": 3, "content": nil, "levels": nil,
		"published": "2026-11-22T08:00:00+07:00"}
	if enough {
		r["wait"], r["in_target"] = 754.0, map[string]int{"yes": 110000, "of": 119000}
		r["promise"] = map[string]int{"kept": 21820, "broken": 680, "unknown": 11240}
		r["rated"], r["content"], r["levels"] = 40000, map[string]int{"yes": 39020, "of": 40000}, []int{33000, 6020, 600, 380}
		r["dossiers"] = map[string]int{"received": 3532, "resolved": 3032, "pending": 500, "overdue": 0}
	}
	return r
}

// TestResultsOnTheBoard: the results can be read across the hall beside the calls, and
// the other forms say the two figures that matter in one sentence.
func TestResultsOnTheBoard(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	seen, f := h.telling(t, map[string]any{"GET /results": someResults(true)})
	wide := seen.open(t, "/board/?layout=results", boardSize)
	upright, hero := seen.open(t, "/board/?layout=results", uprightSize), seen.open(t, "/board/", boardSize)
	h.busy(9, 1, 3)
	wide.sees(".results li b", "97,6%")
	wide.until("the calls beside it", `document.querySelector('.now .num') && document.querySelector('tbody tr')`, patience)
	wide.readable("results", map[string]func(float64) float64{".results li b": func(float64) float64 { return clearly(8) }})
	wide.uncut("results")
	wide.clean("results")
	wide.shot("board")
	english := seen.open(t, "/board/?layout=results&lang=en", boardSize)
	english.sees(".results li b", "97.6%")
	english.uncut("results in English")
	english.shot("board-en")
	for _, s := range []*screen{hero, upright} {
		said := `document.querySelector('footer p').textContent.includes('97,6%')`
		// Each look moves the clock on: the sentences take turns.
		s.until("the sentence", fmt.Sprintf(`%s || (moveClock(6000), false)`, said), 4*patience)
		s.uncut("the sentence")
		s.shot("sentence")
	}
	f.set("GET /results", someResults(false))
	wide.moveClock(time.Hour)
	wide.sees(".results p", vi("u.res.few"))
	f.set("GET /results", map[string]any{"off": true})
	wide.moveClock(time.Hour)
	wide.sees(".results > p", vi("u.res.none"))
	wide.uncut("nothing is published")
}

// TestResultsPage: the same as a page, in both languages, on a wall, a phone and paper.
func TestResultsPage(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	seen, f := h.telling(t, map[string]any{"GET /results": someResults(true)})
	inBothLanguages(t, func(t *testing.T, lang string) {
		for name, as := range map[string]size{"wall": boardSize, "desk": deskSize, "phone": phoneSize} {
			s := seen.open(t, "/results/?lang="+lang, as)
			s.sees(".facts .num", map[string]string{"vi": "97,6", "en": "97.6"}[lang])
			s.uncut(name)
			s.clean(name)
			s.shot(lang + "-" + name)
			if wide := eval[float64](s, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
				t.Errorf("%s: %.0f px wider than the screen", name, wide)
			}
		}
	})
	f.set("GET /results", map[string]any{"off": true})
	s := seen.open(t, "/results/", deskSize)
	s.sees(".none", vi("u.res.none"))
}
