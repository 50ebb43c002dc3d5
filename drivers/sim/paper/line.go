package paper

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// bits is a small picture; dot i of row y is at y*w+i.
type bits struct {
	w, h int
	dot  []bool
}

func newBits(w, h int) bits { return bits{w: w, h: h, dot: make([]bool, w*h)} }

func (b bits) at(x, y int) bool { return b.dot[y*b.w+x] }

func (b bits) set(x, y int) {
	if x >= 0 && x < b.w && y >= 0 && y < b.h {
		b.dot[y*b.w+x] = true
	}
}

// scale repeats dots, as printers do.
func (b bits) scale(wide, high int) bits {
	if wide == 1 && high == 1 {
		return b
	}
	big := newBits(b.w*wide, b.h*high)
	for y := range big.h {
		for x := range big.w {
			big.dot[y*big.w+x] = b.at(x/wide, y/high)
		}
	}
	return big
}

// line is what waits in the print buffer for the line feed.
type line struct {
	items []item
	width int // where the next thing goes
	high  int
	text  strings.Builder
}

type item struct {
	x int
	b bits
}

// letter prints one byte of text.
func (m *Machine) letter(b byte) {
	if own, has := m.mode.glyphs[b]; m.mode.own && has {
		m.glyph(m.style(own), string(rune(b)))
		return
	}
	r := m.decode(b)
	if r == unknownRune {
		m.fail("no letter %02x in code page %d", b, m.mode.page)
	}
	m.glyph(m.style(letterBits(r, m.mode.small)), string(r))
}

// style applies what is set for letters.
func (m *Machine) style(b bits) bits {
	styled := newBits(b.w+m.mode.gap, b.h)
	for y := range b.h {
		for x := range b.w {
			if b.at(x, y) {
				styled.set(x, y)
				if m.mode.bold {
					styled.set(x+1, y)
				}
			}
		}
	}
	for y := max(styled.h-m.mode.underline, 0); y < styled.h; y++ {
		for x := range styled.w {
			styled.set(x, y)
		}
	}
	if m.mode.reverse {
		for i := range styled.dot {
			styled.dot[i] = !styled.dot[i]
		}
	}
	return styled.scale(m.mode.wide, m.mode.high)
}

// glyph adds to the line, and breaks it first where there is no room.
func (m *Machine) glyph(b bits, text string) {
	left, right := m.area()
	if m.line.width > 0 && left+m.line.width+b.w > right {
		m.page.Wrapped++
		m.newLine()
	}
	m.line.items = append(m.line.items, item{x: m.line.width, b: b})
	m.line.width += b.w
	m.line.high = max(m.line.high, b.h)
	m.line.text.WriteString(text)
}

func (m *Machine) tab() {
	letter := 12
	if m.mode.small {
		letter = 9
	}
	letter = (letter + m.mode.gap) * m.mode.wide
	for _, column := range m.mode.tabs {
		if column*letter > m.line.width {
			m.line.width = column * letter
			m.line.text.WriteByte('\t')
			return
		}
	}
}

// newLine prints the buffer and feeds by the line spacing.
func (m *Machine) newLine() { m.flush(m.mode.spacing) }

// flush prints what waits and moves the paper by rows, by the height of the
// letters if they are higher. It says whether there was something.
func (m *Machine) flush(rows int) bool {
	l := &m.line
	had := l.width > 0
	if !had && rows == 0 {
		return false
	}
	m.feed(l.high)
	from := m.start(l.width)
	for _, it := range l.items {
		m.paint(it.b, from+it.x)
	}
	if text := strings.TrimRight(l.text.String(), " \t"); text != "" {
		m.page.Texts = append(m.page.Texts, norm.NFC.String(text))
	}
	m.feed(rows - l.high)
	*l = line{}
	return had
}
