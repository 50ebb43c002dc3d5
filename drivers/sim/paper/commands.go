package paper

const (
	dle = 0x10
	esc = 0x1B
	fs  = 0x1C
	gs  = 0x1D
)

// command is what follows two bytes that name it.
type command struct {
	fixed int                        // bytes that always follow
	more  func(args []byte) int      // how many there are in all, as far as args tell; nil: fixed
	run   func(m *Machine, a []byte) // nil: read and ignored
}

var commands map[[2]byte]command

func init() { // a map literal would refer to itself through the functions
	commands = map[[2]byte]command{}
	for _, group := range []map[string]command{textCommands, paperCommands, graphicCommands, answerCommands} {
		for name, c := range group {
			commands[[2]byte{name[0], name[1]}] = c
		}
	}
}

func word(lo, hi byte) int { return int(lo) + int(hi)<<8 }

// lengthOf serves the commands X ( Y pL pH data.
func lengthOf(a []byte) int { return 3 + word(a[1], a[2]) }

// untilNul serves the commands that end in a NUL.
func untilNul(a []byte) int {
	if len(a) > 0 && a[len(a)-1] == 0 {
		return len(a)
	}
	return len(a) + 1
}

var textCommands = map[string]command{
	"\x1b@": {run: func(m *Machine, _ []byte) { m.init() }},
	"\x1c.": {run: func(m *Machine, _ []byte) { m.mode.chinese = false }},
	"\x1c&": {run: func(m *Machine, _ []byte) { m.mode.chinese = true }},
	"\x1c!": {fixed: 1},
	"\x1b!": {fixed: 1, run: (*Machine).printMode},
	"\x1bE": {fixed: 1, run: func(m *Machine, a []byte) { m.mode.bold = a[0]&1 == 1 }},
	"\x1bG": {fixed: 1, run: func(m *Machine, a []byte) { m.mode.bold = a[0]&1 == 1 }},
	"\x1bM": {fixed: 1, run: func(m *Machine, a []byte) { m.mode.small = a[0]&1 == 1 }},
	"\x1b-": {fixed: 1, run: func(m *Machine, a []byte) { m.mode.underline = int(a[0]&0x0F) % 3 }},
	"\x1d!": {fixed: 1, run: (*Machine).letterSize},
	"\x1dB": {fixed: 1, run: func(m *Machine, a []byte) { m.mode.reverse = a[0]&1 == 1 }},
	"\x1bt": {fixed: 1, run: func(m *Machine, a []byte) { m.mode.page = int(a[0]) }},
	"\x1bR": {fixed: 1},
	"\x1b ": {fixed: 1, run: func(m *Machine, a []byte) { m.mode.gap = int(a[0]) }},
	"\x1bD": {more: untilNul, run: (*Machine).setTabs},
	"\x1b&": {fixed: 3, more: glyphsWant, run: (*Machine).setGlyphs},
	"\x1b%": {fixed: 1, run: func(m *Machine, a []byte) { m.mode.own = a[0]&1 == 1 }},
	"\x1b?": {fixed: 1, run: func(m *Machine, a []byte) { delete(m.mode.glyphs, a[0]) }},
}

var paperCommands = map[string]command{
	"\x1ba": {fixed: 1, run: (*Machine).setAlign},
	"\x1bJ": {fixed: 1, run: func(m *Machine, a []byte) { m.flush(int(a[0])) }},
	"\x1bd": {fixed: 1, run: (*Machine).feedLines},
	"\x1b2": {run: func(m *Machine, _ []byte) { m.mode.spacing = m.sixth() }},
	"\x1b3": {fixed: 1, run: func(m *Machine, a []byte) { m.mode.spacing = int(a[0]) }},
	"\x1dL": {fixed: 2, run: (*Machine).setLeft},
	"\x1dW": {fixed: 2, run: (*Machine).setWidth},
	"\x1b$": {fixed: 2, run: func(m *Machine, a []byte) { m.line.width = word(a[0], a[1]) }},
	"\x1b\\": {fixed: 2, run: func(m *Machine, a []byte) {
		m.line.width = max(m.line.width+int(int16(word(a[0], a[1]))), 0)
	}},
	"\x1dV": {fixed: 1, more: cutWants, run: (*Machine).cutNow},
	"\x1bi": {run: func(m *Machine, _ []byte) { m.cut(true) }},
	"\x1bm": {run: func(m *Machine, _ []byte) { m.cut(false) }},
	"\x1dP": {fixed: 2}, // motion units: a dot is a dot here
	"\x1bp": {fixed: 3}, // drawer: there is none
	"\x1bc": {fixed: 2}, // sensors and the feed button
	"\x1b=": {fixed: 1},
	"\x1bU": {fixed: 1},
	"\x1b{": {fixed: 1},
	"\x1bV": {fixed: 1},
	"\x1bS": {},
	"\x1dh": {fixed: 1},
	"\x1dw": {fixed: 1},
	"\x1dH": {fixed: 1},
	"\x1df": {fixed: 1},
	"\x1dk": {fixed: 1, more: barcodeWants, run: func(m *Machine, _ []byte) { m.fail("barcodes are not drawn") }},
	"\x1c(": {fixed: 3, more: lengthOf},
	"\x1b(": {fixed: 3, more: lengthOf},
}

func (m *Machine) printMode(a []byte) {
	n := a[0]
	m.mode.small, m.mode.bold = n&1 != 0, n&8 != 0
	m.mode.high, m.mode.wide = 1+int(n>>4&1), 1+int(n>>5&1)
	m.mode.underline = int(n >> 7)
}

func (m *Machine) letterSize(a []byte) {
	wide, high := int(a[0]>>4), int(a[0]&0x0F)
	if wide > 7 || high > 7 {
		m.fail("letter size %02x", a[0])
		return
	}
	m.mode.wide, m.mode.high = wide+1, high+1
}

// setAlign counts only at the start of a line.
func (m *Machine) setAlign(a []byte) {
	n := a[0] &^ '0'
	if n > 2 || m.line.width > 0 {
		m.fail("ESC a %d here", a[0])
		return
	}
	m.mode.align = n
}

func (m *Machine) setLeft(a []byte) {
	if m.line.width > 0 {
		m.fail("GS L inside a line")
		return
	}
	m.mode.left = word(a[0], a[1])
}

func (m *Machine) setWidth(a []byte) {
	if m.line.width > 0 {
		m.fail("GS W inside a line")
		return
	}
	m.mode.width = word(a[0], a[1])
}

func (m *Machine) setTabs(a []byte) {
	m.mode.tabs = nil
	for _, column := range a[:len(a)-1] {
		m.mode.tabs = append(m.mode.tabs, int(column))
	}
}

// feedLines prints the buffer as one line and feeds so many lines in all.
func (m *Machine) feedLines(a []byte) { m.flush(int(a[0]) * m.mode.spacing) }

func cutWants(a []byte) int {
	if a[0] == 'A' || a[0] == 'B' {
		return 2
	}
	return 1
}

func (m *Machine) cutNow(a []byte) {
	m.flush(0)
	switch a[0] {
	case 0, '0', 1, '1':
	case 'A', 'B':
		m.feed(m.o.Gap + int(a[1]))
	default:
		m.fail("GS V %d", a[0])
		return
	}
	m.cut(a[0] == 0 || a[0] == '0' || a[0] == 'A')
}

// barcodeWants: up to type 6 the data ends in a NUL, from 65 on its length leads.
func barcodeWants(a []byte) int {
	switch {
	case a[0] <= 6 && len(a) == 1:
		return 2
	case a[0] <= 6:
		return untilNul(a)
	case len(a) == 1:
		return 2
	}
	return 2 + int(a[1])
}

// glyphsWant: y c1 c2, then for each letter its width and y bytes a column.
func glyphsWant(a []byte) int {
	y, letters, at := int(a[0]), int(a[2])-int(a[1])+1, 3
	for range max(letters, 0) {
		if at >= len(a) {
			return at + 1
		}
		at += 1 + y*int(a[at])
	}
	return at
}

func (m *Machine) setGlyphs(a []byte) {
	y, at := int(a[0]), 3
	if y != 3 || a[1] < 0x20 || a[2] < a[1] {
		m.fail("ESC & %d %02x %02x", a[0], a[1], a[2])
		return
	}
	for c := int(a[1]); c <= int(a[2]); c++ {
		width := int(a[at])
		if width > cellW {
			m.fail("a glyph %d dots wide", width)
			return
		}
		b := newBits(cellW, cellH)
		columns(b, a[at+1:at+1+y*width], y)
		m.mode.glyphs[byte(c)] = b
		at += 1 + y*width
	}
}
