package paper

// Memory keeps pictures without power.
type Memory struct {
	list map[int]picture     // FS q, by their number
	keys map[[2]byte]picture // GS ( L, by their key code
}

// NewMemory gives an empty one.
func NewMemory() *Memory { return &Memory{list: map[int]picture{}, keys: map[[2]byte]picture{}} }

type picture struct {
	b          bits
	wide, high int
}

var graphicCommands = map[string]command{
	"\x1dv": {fixed: 6, run: (*Machine).raster},
	"\x1d8": {fixed: 5, more: longLength, run: (*Machine).longGraphics},
	"\x1b*": {fixed: 3, more: imageWants, run: (*Machine).columnImage},
	"\x1cq": {fixed: 1, more: storeWants, run: (*Machine).storeList},
	"\x1cp": {fixed: 2, run: (*Machine).printStored},
	"\x1d*": {fixed: 2, more: func(a []byte) int { return 2 + 8*int(a[0])*int(a[1]) }, run: (*Machine).oldImage},
	"\x1d/": {fixed: 1, run: func(m *Machine, _ []byte) { m.fail("GS / is not drawn") }},
}

func (m *Machine) oldImage([]byte) { m.fail("GS * is not drawn") }

// raster is GS v 0: rows are printed as they arrive, so that a picture larger
// than the receive buffer passes.
func (m *Machine) raster(a []byte) {
	kind, across, rows := a[1]&^'0', word(a[2], a[3]), word(a[4], a[5])
	if a[0] != '0' || kind > 3 || across == 0 || rows == 0 {
		m.fail("GS v % x", a)
		return
	}
	if m.flush(0) {
		m.fail("GS v 0 inside a line")
	}
	wide, high := 1+int(kind&1), 1+int(kind>>1)
	x := m.start(across * 8 * wide)
	row := make([]byte, 0, across)
	m.sink = func(b byte) bool {
		if row = append(row, b); len(row) < across {
			return true
		}
		m.feed(high)
		m.paint(packed(row, across*8, 1).scale(wide, high), x)
		row = row[:0]
		rows--
		return rows > 0
	}
}

// packed reads rows of bytes, the left dot in the highest bit.
func packed(d []byte, w, h int) bits {
	b := newBits(w, h)
	across := (w + 7) / 8
	for y := range h {
		for x := range w {
			b.dot[y*w+x] = d[y*across+x/8]&(0x80>>(x%8)) != 0
		}
	}
	return b
}

// columns reads columns of n bytes each, the upper dot in the highest bit.
func columns(b bits, d []byte, n int) {
	for i, v := range d {
		for bit := range 8 {
			if v&(0x80>>bit) != 0 {
				b.set(i/n, i%n*8+bit)
			}
		}
	}
}

// show prints a picture on lines of its own.
func (m *Machine) show(p picture) {
	if m.flush(0) {
		m.fail("a picture inside a line")
	}
	b := p.b.scale(p.wide, p.high)
	m.feed(b.h)
	m.paint(b, m.start(b.w))
}

func imageWants(a []byte) int {
	n := word(a[1], a[2])
	if a[0] >= 32 {
		n *= 3
	}
	return 3 + n
}

// columnImage is ESC *: 8 or 24 dots high, in the line among the letters.
func (m *Machine) columnImage(a []byte) {
	tall, wide, high := 1, 2-int(a[0]&1), 3
	switch a[0] {
	case 0, 1:
	case 32, 33:
		tall, high = 3, 1
	default:
		m.fail("ESC * %d", a[0])
		return
	}
	n := word(a[1], a[2])
	if n == 0 {
		return
	}
	b := newBits(n, 8*tall)
	columns(b, a[3:], tall)
	b = b.scale(wide, high)
	m.line.items = append(m.line.items, item{x: m.line.width, b: b})
	m.line.width += b.w
	m.line.high = max(m.line.high, b.h)
}

// storeWants: n pictures, each with its size in units of eight dots.
func storeWants(a []byte) int {
	at := 1
	for range a[0] {
		if len(a) < at+4 {
			return at + 4
		}
		at += 4 + 8*word(a[at], a[at+1])*word(a[at+2], a[at+3])
	}
	return at
}

// storeList is FS q, which replaces all pictures stored so.
func (m *Machine) storeList(a []byte) {
	m.o.NV.list = map[int]picture{}
	at := 1
	for n := range int(a[0]) {
		x, y := word(a[at], a[at+1]), word(a[at+2], a[at+3])
		if x == 0 || y == 0 || x > 1023 || y > 288 {
			m.fail("FS q with a picture of %d x %d", x, y)
			return
		}
		b := newBits(8*x, 8*y)
		columns(b, a[at+4:at+4+8*x*y], y)
		m.o.NV.list[n+1] = picture{b: b, wide: 1, high: 1}
		at += 4 + 8*x*y
	}
}

// printStored is FS p n m.
func (m *Machine) printStored(a []byte) {
	p, has := m.o.NV.list[int(a[0])]
	kind := a[1] &^ '0'
	if !has || kind > 3 {
		m.fail("FS p %d %d", a[0], a[1])
		return
	}
	p.wide, p.high = 1+int(kind&1), 1+int(kind>>1)
	m.show(p)
}

// longLength serves GS 8 L, whose length has four bytes.
func longLength(a []byte) int { return 5 + word(a[1], a[2]) + word(a[3], a[4])<<16 }

func (m *Machine) longGraphics(a []byte) {
	if a[0] != 'L' {
		m.fail("unknown command GS 8 %q", a[0])
		return
	}
	m.graphics(a[5:])
}

// graphics serves GS ( L: store in the print buffer and print it, or store for
// good under a key and print that.
func (m *Machine) graphics(d []byte) {
	switch {
	case len(d) >= 2 && d[0] == '0' && (d[1] == 'p' || d[1] == 112):
		m.toBuffer(d[2:])
	case len(d) == 2 && d[0] == '0' && d[1]&^'0' == 2:
		if m.store == nil {
			m.fail("GS ( L: nothing to print")
			return
		}
		m.show(*m.store)
		m.store = nil
	case len(d) >= 2 && d[0] == '0' && d[1] == 'C':
		m.toMemory(d[2:])
	case len(d) == 6 && d[0] == '0' && d[1] == 'E':
		m.fromMemory(d[2:])
	case len(d) == 5 && d[0] == '0' && d[1] == 'A' && string(d[2:]) == "CLR":
		m.o.NV.keys = map[[2]byte]picture{}
	case len(d) == 4 && d[0] == '0' && d[1] == 'B':
		delete(m.o.NV.keys, [2]byte{d[2], d[3]})
	default:
		m.fail("GS ( L with % x", d[:min(len(d), 8)])
	}
}

// toBuffer is function 112: tone bx by colour xL xH yL yH data.
func (m *Machine) toBuffer(d []byte) {
	if len(d) < 8 {
		m.fail("GS ( L 112 too short")
		return
	}
	w, h := word(d[4], d[5]), word(d[6], d[7])
	if !m.fits("112", d[0], w, h, d[8:]) || d[1] < 1 || d[1] > 2 || d[2] < 1 || d[2] > 2 {
		return
	}
	m.store = &picture{b: packed(d[8:], w, h), wide: int(d[1]), high: int(d[2])}
}

// toMemory is function 67: tone key1 key2 colours xL xH yL yH colour data.
func (m *Machine) toMemory(d []byte) {
	if len(d) < 9 {
		m.fail("GS ( L 67 too short")
		return
	}
	w, h := word(d[4], d[5]), word(d[6], d[7])
	if !m.fits("67", d[0], w, h, d[9:]) || d[3] != 1 {
		return
	}
	m.o.NV.keys[[2]byte{d[1], d[2]}] = picture{b: packed(d[9:], w, h), wide: 1, high: 1}
}

func (m *Machine) fits(function string, tone byte, w, h int, data []byte) bool {
	if tone == '0' && w > 0 && h > 0 && len(data) == (w+7)/8*h {
		return true
	}
	m.fail("GS ( L %s: %d x %d dots and %d bytes", function, w, h, len(data))
	return false
}

func (m *Machine) fromMemory(d []byte) {
	p, has := m.o.NV.keys[[2]byte{d[0], d[1]}]
	if !has || d[2] < 1 || d[2] > 2 || d[3] < 1 || d[3] > 2 {
		m.fail("GS ( L 69 with % x", d)
		return
	}
	p.wide, p.high = int(d[2]), int(d[3])
	m.show(p)
}
