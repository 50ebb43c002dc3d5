package estimate

import (
	"strings"
	"testing"
)

func TestTextSaysTheSame(t *testing.T) {
	for id, p := range Model(bigHall()) {
		text := p.String()
		if len(text) > 120 || strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) {
			t.Errorf("%s: %d bytes: %q", id, len(text), text)
		}
		back, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		for ahead := range 60 {
			for _, priority := range []bool{false, true} {
				low, high, ok := p.Interval(ahead, priority)
				l, h, k := back.Interval(ahead, priority)
				if low != l || high != h || ok != k || !ok {
					t.Errorf("%s, %d ahead: %d-%d, read back %d-%d", id, ahead, low, high, l, h)
				}
			}
		}
	}
}

func TestLongestTextFits(t *testing.T) {
	var c curve
	for i := range knots {
		c = append(c, knot{40_000 + i, longest * 10, longest * 10})
	}
	if p := (Params{c[:6], c[6:]}); len(p.String()) > 120 {
		t.Errorf("%d bytes: %s", len(p.String()), p)
	}
}

func TestMoreAheadIsNeverSooner(t *testing.T) {
	for id, p := range Model(bigHall()) {
		for _, priority := range []bool{false, true} {
			lastLow, lastHigh := 0, 0
			for ahead := range 400 {
				low, high, _ := p.Interval(ahead, priority)
				if low < lastLow || high < lastHigh || high > longest {
					t.Fatalf("%s: %d ahead %d-%d after %d-%d", id, ahead, low, high, lastLow, lastHigh)
				}
				lastLow, lastHigh = low, high
			}
		}
	}
}

// Tickets taken after the forecast stand behind everybody it knew of.
func TestCurveGoesOn(t *testing.T) {
	p := Model(hall("aaaaaaaa", []string{"a"}))["a"]
	within(t, "sixteen ahead at 5 min", middle(t, p, 16, false), 70, 120)
	empty := Model(hall("", []string{"a"}))["a"]
	within(t, "six ahead of an empty hall's forecast", middle(t, empty, 6, false), 20, 50)
}

func TestFloodIsBounded(t *testing.T) {
	h := hall(strings.Repeat("a", 3000), []string{"a"}, []string{"a"})
	p := Model(h)["a"]
	low, high, ok := p.Interval(3000, false)
	if !ok || high != longest || low < longest/2 {
		t.Errorf("3000 ahead: %d-%d %v", low, high, ok)
	}
	if len(h.Waiting) != 3000 {
		t.Error("the hall was changed")
	}
}

func TestUnreadableText(t *testing.T) {
	for _, text := range []string{"x", "1|", "2|0,0,1|", "1|0,0|", "1|0,5,1|", "1|3,0,1;2,0,1|", "1|0,-1,1|", "1|0,0,zzzzzzzz|",
		"1|0,0,1||", "1|" + strings.Repeat("0,0,1;", 40) + "|", "1|0,0,1;|", "1|0,0,1|?"} {
		if p, err := Parse(text); err == nil {
			t.Errorf("%q read as %v", text, p)
		}
	}
	p, err := Parse("")
	if _, _, ok := p.Interval(0, false); err != nil || ok || p.String() != "" {
		t.Error("the empty text is the Params that knows nothing")
	}
}
