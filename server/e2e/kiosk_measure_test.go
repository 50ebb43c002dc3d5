package e2e

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
)

// glass is a kiosk's screen: how large its pixels are decides how many make a
// millimetre. Its picture begins 800 mm above the floor.
type glass struct {
	inches float64
	w, h   int64
}

func (g glass) String() string { return fmt.Sprintf("%v inches %dx%d", g.inches, g.w, g.h) }

func (g glass) pixel() float64 {
	return g.inches * 25.4 / math.Hypot(float64(g.w), float64(g.h)) // mm
}

// line is the highest place that can be touched, in pixels from the top: 1220 mm
// above the floor, or 1120 mm for who asks for the lower screen. That one must be
// seen to move and leave room to touch.
func (g glass) line(low bool) float64 {
	h := float64(g.h)
	at := func(mm float64) float64 { return h - (mm-800)/g.pixel() }
	if low {
		return min(max(at(1120), h/3), 0.6*h)
	}
	return max(0, at(1220))
}

// measureJS measures the screen as it stands, in millimetres; kiosk_measure.js
// tells what it looks for.
//
//go:embed testdata/kiosk_measure.js
var measureJS string

// measure shows the screen in every style, the last one stays, and reports what is too small, too
// high, too close, cut off or on top of something else.
func (s *screen) measure(g glass, state string, styles []string) {
	s.t.Helper()
	if !eval[bool](s, `typeof kioskOffences === 'function'`) {
		eval[any](s, measureJS+";0")
	}
	want, err := json.Marshal(map[string]any{"pixel": g.pixel(), "line": g.line(false), "low": g.line(true), "styles": styles})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, offence := range eval[[]string](s, fmt.Sprintf(`kioskOffences(%s)`, want)) {
		s.t.Errorf("%s, %s", state, offence)
	}
}

// picture shows the screen in the usual styles when somebody asked for pictures.
func (s *screen) picture(state string) {
	s.t.Helper()
	if os.Getenv("MOTCUA_SHOTS") == "" {
		return
	}
	for _, style := range []string{"normal", "text", "contrast", "reach", "read"} {
		eval[any](s, fmt.Sprintf(`kioskWear('vi', %q)`, style))
		s.shot(strings.ReplaceAll(state, " ", "-") + "-" + style)
	}
}
