package escpos

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The pictures cover every row once, hold all the ink, and take no more bytes than
// sending the sheet in one width.
func TestBands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newSheet(128)
		s.grow(rapid.IntRange(1, 80).Draw(t, "rows"))
		for range rapid.IntRange(0, 30).Draw(t, "dots") {
			s.set(rapid.IntRange(0, 127).Draw(t, "x"), rapid.IntRange(0, len(s.rows)-1).Draw(t, "y"))
		}
		most := rapid.IntRange(1, 64).Draw(t, "most")
		at, cost, widest := 0, 0, 0
		for _, b := range s.bands(most) {
			if b.from != at || b.to <= at || b.to-at > most {
				t.Fatalf("%+v after row %d", b, at)
			}
			for _, row := range s.rows[b.from:b.to] {
				if s.reach(row) > b.reach {
					t.Fatalf("%+v cuts ink off", b)
				}
			}
			at, widest = b.to, max(widest, b.reach)
			cost += bandHeader + max(2*b.reach, 1)*(b.to-b.from)
		}
		one := len(s.rows)*max(2*widest, 1) + bandHeader*((len(s.rows)+most-1)/most)
		if at != len(s.rows) || cost > one {
			t.Fatalf("%d of %d rows for %d bytes, in one width %d", at, len(s.rows), cost, one)
		}
	})
}

// Between two lines of type nothing is sent but a narrow blank picture.
func TestBlankRowsAreFed(t *testing.T) {
	s := newSheet(576)
	s.grow(52)
	for x := range 576 {
		s.set(x, 0)
		s.set(x, 51)
	}
	w := &writer{prof: profile(576, nil)}
	w.drawing(piece{sheet: s, wide: 1, tall: 1})
	if want := 2*(8+72) + 8 + 25; len(w.bytes) != want || w.rows != 52 {
		t.Errorf("%d bytes and %d rows, want %d and 52", len(w.bytes), w.rows, want)
	}
}

func TestLinesFit(t *testing.T) {
	f := faces{}
	s := style{size: 30, least: 20, lines: 2}
	for _, c := range []struct {
		text, want string
		size       int
	}{
		{"Hộ tịch", "Hộ tịch", 30},
		{"Chứng thực, sao y bản chính", "Chứng thực,|sao y bản chính", 30},
		{"Bảo trợ xã hội, người có công, hộ nghèo", "Bảo trợ xã hội, người|có công, hộ nghèo", 24},
		{"Bảo trợ xã hội, người có công với cách mạng, hộ nghèo", "Bảo trợ xã hội, người có|công với cách mạng…", 20},
		{strings.Repeat("W", 60), "", 20},
	} {
		lines, size := f.fit(wordsOf(c.text, medium), s, 250)
		var all []string
		for _, l := range lines {
			var words []string
			for _, w := range l.words {
				words = append(words, w.text)
			}
			all = append(all, strings.Join(words, " "))
			if l.width > 250 {
				t.Errorf("%q: a line of %d dots", c.text, l.width)
			}
		}
		got := strings.Join(all, "|")
		if c.want == "" && len(lines) <= 2 && strings.HasSuffix(got, "…") {
			continue
		}
		if got != c.want || size != c.size {
			t.Errorf("%q at %d dots: %q", c.text, size, got)
		}
	}
}
