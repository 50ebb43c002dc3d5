package web

import (
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// pair is a colour of text or line on a ground, and the least contrast it needs:
// 7 for text as we want it, 4.5 for text as WCAG asks, 3 for large text, borders
// and icons.
type pair struct {
	on, ground string
	least      float64
	usual      bool // on pages that have no high contrast mode, or not in it
}

// Pairs that carry text or lines somewhere in the pages, in both modes. axe
// cannot judge text on layered grounds; this table can.
var pairs = []pair{
	{"ink", "paper", 7, false}, {"ink", "surface", 7, false}, {"ink", "sunken", 7, false}, {"ink", "cream", 7, true}, {"ink", "amber-100", 7, false},
	{"ink-2", "paper", 7, false}, {"ink-2", "surface", 7, false}, {"ink-2", "sunken", 4.5, false}, {"ink-2", "cream", 4.5, true},
	{"lotus-700", "paper", 7, false}, {"lotus-700", "surface", 7, false}, {"lotus-700", "lotus-100", 4.5, false},
	{"lotus-900", "paper", 7, true}, {"lotus-900", "lotus-100", 7, true},
	{"on-lotus", "lotus-700", 7, false}, {"on-lotus", "lotus-600", 4.5, false},
	{"on-amber", "amber", 7, false},
	{"on-deep", "deep", 7, false}, {"on-deep-2", "deep", 7, false},
	{"cream", "lotus-950", 7, false}, {"cream", "lotus-900", 7, false}, {"mist", "lotus-950", 7, false}, {"mist", "lotus-900", 7, false},
	{"amber", "lotus-950", 7, false}, {"amber", "lotus-900", 4.5, false},
	{"amber-ink", "amber-100", 4.5, false}, {"amber-ink", "surface", 4.5, false},
	{"vermilion", "paper", 4.5, false}, {"vermilion", "surface", 4.5, false}, {"vermilion", "vermilion-100", 4.5, false},
	{"on-alarm", "alarm", 7, false},
	{"ok", "paper", 4.5, false}, {"ok", "surface", 4.5, false}, {"info", "paper", 4.5, false},
	{"rule-strong", "paper", 3, false}, {"rule-strong", "surface", 3, false}, {"rule-strong", "sunken", 3, false},
	{"amber", "ink", 3, true}, // the two rings around the focus
}

var (
	comment     = regexp.MustCompile(`(?s)/\*.*?\*/`)
	declaration = regexp.MustCompile(`--([a-z0-9-]+):\s*([^;]+);`)
	reference   = regexp.MustCompile(`^var\(--([a-z0-9-]+)\)$`)
)

// colours reads the declarations of the first block of tokens.css that begins
// with the selector.
func colours(t *testing.T, selector string) map[string]string {
	t.Helper()
	raw, err := fs.ReadFile(FS, "static/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	_, block, ok := strings.Cut(comment.ReplaceAllString(string(raw), ""), selector+" {")
	if !ok {
		t.Fatalf("tokens.css has no %s", selector)
	}
	block, _, _ = strings.Cut(block, "}")
	found := map[string]string{}
	for _, m := range declaration.FindAllStringSubmatch(block, -1) {
		found[m[1]] = strings.TrimSpace(m[2])
	}
	return found
}

// luminance is WCAG's relative luminance of a colour written #rgb or #rrggbb.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	hex := strings.TrimPrefix(colour, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	n, err := strconv.ParseUint(hex, 16, 24)
	if err != nil || len(hex) != 6 {
		t.Fatalf("%q is not a colour", colour)
	}
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		c := float64(n>>(16-8*i)&0xff) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestContrast(t *testing.T) {
	if c := contrast(t, "#000", "#ffffff"); math.Abs(c-21) > 0.01 {
		t.Fatalf("black on white is %.2f, want 21", c)
	}
	root := colours(t, ":root")
	high := map[string]string{}
	for name, value := range root {
		high[name] = value
	}
	for name, value := range colours(t, "[data-contrast=high]") {
		high[name] = value
	}
	for mode, set := range map[string]map[string]string{"usual": root, "high contrast": high} {
		value := func(name string) string {
			for {
				v, ok := set[name]
				if !ok {
					t.Fatalf("%s: no colour --%s", mode, name)
				}
				m := reference.FindStringSubmatch(v)
				if m == nil {
					return v
				}
				name = m[1]
			}
		}
		for _, p := range pairs {
			least := p.least
			if mode == "high contrast" {
				if p.usual {
					continue
				}
				least = max(least, 7)
			}
			if c := contrast(t, value(p.on), value(p.ground)); c < least {
				t.Errorf("%s: --%s on --%s is %.1f : 1, want %.1f", mode, p.on, p.ground, c, least)
			}
		}
	}
}
