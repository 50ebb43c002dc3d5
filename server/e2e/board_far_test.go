package e2e

import (
	_ "embed"
	"fmt"
	"math"
	"testing"

	"motcua/server/queue"
)

//go:embed testdata/board_letters.js
var boardLettersJS string

//go:embed testdata/board_longest.js
var boardLongestJS string

// lettering is a text on the board; high is a digit's or capital's height, px.
type lettering struct {
	Says, In   string
	Font, High float64
}

// televisions are the panels of halls, inches; all show 1920 x 1080.
var televisions = []float64{43, 50, 55, 65, 75}

func pitch(inches float64) float64 { return inches * 25.4 / math.Hypot(1920, 1080) } // mm

// Heights that a letter needs to be read from so many metres, mm: at a glance (0.7
// degrees of the eye, EN 301 549), clearly (0.4 m a millimetre) and at best (0.6).
func glance(metres float64) float64  { return 0.7 * math.Pi * metres * 1000 / 180 }
func clearly(metres float64) float64 { return metres / 0.4 }
func atBest(metres float64) float64  { return metres / 0.6 }

// lettersOf gives what stands on the board.
func (s *screen) lettersOf() []lettering {
	s.t.Helper()
	eval[any](s, `document.fonts.ready.then(() => 0)`)
	return eval[[]lettering](s, "("+boardLettersJS+")()")
}

// readable checks every word on the board, and the numbers of a form, for all televisions.
func (s *screen) readable(form string, numbers map[string]func(inches float64) float64) {
	s.t.Helper()
	all := s.lettersOf()
	if len(all) < 8 {
		s.t.Fatalf("%s: only %d texts: %v", form, len(all), all)
	}
	for _, inches := range televisions {
		for _, x := range all {
			if mm := x.High * pitch(inches); mm < clearly(5) || mm < atBest(8) {
				s.t.Errorf("%s on %v inches: %q (.%s, %.0f px) is %.1f mm high, too small for 5 or 8 m", form, inches, x.Says, x.In, x.Font, mm)
			}
		}
	}
	for selector, least := range numbers {
		high := eval[float64](s, fmt.Sprintf(`(() => { const e = document.querySelector(%q), o = getComputedStyle(e), pen = document.createElement('canvas').getContext('2d');
  pen.font = o.fontWeight + ' ' + o.fontSize + ' ' + o.fontFamily; return pen.measureText('0').actualBoundingBoxAscent; })()`, selector))
		for _, inches := range televisions {
			if mm := high * pitch(inches); mm < least(inches) {
				s.t.Errorf("%s on %v inches: %s is %.1f mm high, want %.1f", form, inches, selector, mm, least(inches))
			}
		}
	}
}

// TestBoardFromAfar opens every form of the board in a hall of 20 counters, reads
// it from five and eight metres, and looks for texts that are cut off.
func TestBoardFromAfar(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.counters(20)
	h.settings(func(s *queue.Settings) {
		s.Counters[19].Label = "Tiếp dân"
		serviceIn(s, "dat-dai").Prefix = "XD"
	})
	h.busy(20, 1, 1)
	var all []*screen
	for _, form := range boardForms {
		all = append(all, h.open(t, "/board/"+form.query, form.as))
	}
	far := func(rule func(float64) float64, metres float64) func(float64) float64 {
		return func(float64) float64 { return rule(metres) }
	}
	// Beside a film there is less room: from eight metres at a glance on 55 inches.
	beside := func(inches float64) float64 { return glance(8) * min(1, inches/55) }
	row := map[string]func(float64) float64{"td": far(clearly, 8), "td + td": far(clearly, 8)}
	numbers := map[string]map[string]func(float64) float64{
		"hero":     {".now .n": far(glance, 8), ".now .q b": far(glance, 5)},
		"portrait": {".now .n": far(glance, 8), ".now .q b": far(glance, 5)},
		"media":    {".now .n": beside, ".now .q b": far(clearly, 8)},
		"grid":     {".cell.called .called-number": far(clearly, 8), ".cell .to b": far(atBest, 8)},
	}
	numbers["grid-upright"] = numbers["grid"]
	for i, s := range all {
		form := boardForms[i].name
		s.until("the call", `[...document.querySelectorAll('.n, .called-number')].some((e) => e.textContent === 'A001')`, patience)
		s.readable(form, numbers[form])
	}
	h.busy(20, 2, 18)
	h.verb("3", "recall", nil)
	for i, s := range all {
		form := boardForms[i].name
		s.until("the last call", `document.querySelector('.canvas').textContent.includes('F003')`, patience)
		if form != "grid" && form != "grid-upright" {
			s.readable(form+" with many calls", row)
			if over := eval[float64](s, `document.querySelector('tbody tr:last-child').getBoundingClientRect().bottom - document.querySelector('.strip').getBoundingClientRect().top`); over > 1 {
				t.Errorf("%s: the last row runs %.0f px into what stands below", form, over)
			}
		}
		s.uncut(form)
		s.clean(form)
	}
	grid := all[1]
	// English, and what is longest in Vietnamese: the same room must do.
	h.busy(20, 19, 20)
	h.take("dat-dai")
	h.verb("18", "serve", nil)
	h.verb("18", "end", nil)
	h.verb("18", "call", nil)
	all = append(all, h.open(t, "/board/?lang=en", boardSize), h.open(t, "/board/?lang=en", uprightSize), h.open(t, "/board/?lang=en&layout=grid", uprightSize))
	for i, s := range all {
		s.until("the longest", `document.querySelector('.canvas').textContent.includes('XD') && document.querySelector('.canvas').textContent.includes('Tiếp dân')`, patience)
		s.uncut("long names")
		s.shot(fmt.Sprint("long-", i))
	}
	if n := eval[int](grid, `document.querySelectorAll('.cell').length`); n != 20 {
		t.Errorf("%d cells, want 20", n)
	}
	for i, most := range map[int]int{0: 9, 2: 4, 3: 9} {
		for _, n := range []int{1, 2, 4, 6, 9} {
			if n > most {
				break
			}
			eval[any](all[i], "("+boardLongestJS+")("+fmt.Sprint(n)+").then(() => 0)")
			all[i].uncut(fmt.Sprintf("%s with %d of the longest", boardForms[i].name, n))
			all[i].shot(fmt.Sprintf("longest-%d-%d", i, n))
		}
	}
	h.counters(21)
	grid.until("the list, where the cells would be too small", `document.querySelector('.canvas').dataset.layout === 'hero' && document.querySelector('tbody tr')`, patience)
}
