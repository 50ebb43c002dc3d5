package paper

import (
	"bytes"
	"image"
	"slices"
	"strings"
)

// mode is all that ESC @ sets back.
type mode struct {
	align         byte // 0 left, 1 centre, 2 right
	wide, high    int  // 1..8
	small         bool // font B
	bold, reverse bool
	underline     int // rows of it
	page          int // code page
	spacing       int // of lines, dots
	gap           int // right of each letter, dots
	left, width   int // printing area; width 0 is the rest of the line
	chinese       bool
	own           bool // user's glyphs are on
	glyphs        map[byte]bits
	tabs          []int // columns
}

func (m *Machine) init() {
	m.mode = mode{wide: 1, high: 1, spacing: m.sixth(), chinese: m.o.Chinese, glyphs: map[byte]bits{}}
	for column := 8; column < 256; column += 8 {
		m.mode.tabs = append(m.mode.tabs, column)
	}
	m.line = line{}
	m.store = nil
	m.code = qrCode{size: 3, level: '0'}
}

// sixth is the line spacing of ESC 2, a sixth of an inch.
func (m *Machine) sixth() int { return (m.o.DPI + 3) / 6 }

// area is where printing may go, in dots from the left edge of the line.
func (m *Machine) area() (left, right int) {
	left = min(m.mode.left, m.o.Dots)
	right = m.o.Dots
	if m.mode.width > 0 {
		right = min(left+m.mode.width, right)
	}
	return left, right
}

// start is where something this wide begins.
func (m *Machine) start(width int) int {
	left, right := m.area()
	room := max(right-left-width, 0)
	switch m.mode.align {
	case 1:
		return left + room/2
	case 2:
		return left + room
	}
	return left
}

// feed moves paper.
func (m *Machine) feed(rows int) {
	if rows <= 0 {
		return
	}
	m.moved += rows
	room := maxRows - len(m.pix)/m.o.Dots
	if rows > room {
		m.fail("more than %d rows without a cut", maxRows)
		rows = room
	}
	m.pix = append(m.pix, bytes.Repeat([]byte{255}, rows*m.o.Dots)...)
}

// paint puts something on the last rows of the paper, its foot on the last one.
func (m *Machine) paint(b bits, x int) {
	_, right := m.area()
	top := len(m.pix)/m.o.Dots - b.h
	for y := range b.h {
		for i := range b.w {
			switch at := x + i; {
			case !b.at(i, y):
			case at >= right || at < 0:
				m.page.Clipped++
			case top+y >= 0:
				m.pix[(top+y)*m.o.Dots+at] = 0
			}
		}
	}
}

// cut gives the page away. What lies between head and cutter stays.
func (m *Machine) cut(full bool) {
	rows := max(len(m.pix)/m.o.Dots-m.o.Gap, 0)
	done := m.take(rows)
	done.Full = full
	m.page = Page{}
	m.pix = slices.Clone(m.pix[rows*m.o.Dots:])
	if m.o.Cut != nil {
		m.o.Cut(done)
	}
}

func (m *Machine) take(rows int) *Page {
	p := m.page
	p.Image = m.picture(rows)
	p.Raw, p.Texts = slices.Clone(p.Raw), slices.Clone(p.Texts)
	p.QR, p.Errors = slices.Clone(p.QR), slices.Clone(p.Errors)
	if rest := strings.TrimSpace(m.line.text.String()); rest != "" {
		p.Texts = append(p.Texts, rest)
	}
	return &p
}

func (m *Machine) picture(rows int) *image.Gray {
	g := image.NewGray(image.Rect(0, 0, m.o.Dots, rows))
	copy(g.Pix, m.pix)
	return g
}
