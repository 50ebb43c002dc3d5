package paper

import (
	"image"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
)

// Cells of the two fonts of a ticket printer, and the line letters stand on.
const (
	cellW, cellH   = 12, 24
	smallW, smallH = 9, 17
	baseline       = 19
)

var (
	face = sync.OnceValue(func() font.Face {
		f, err := opentype.Parse(gomono.TTF)
		if err != nil {
			panic(err) // the font is part of the program
		}
		made, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 20, DPI: 72, Hinting: font.HintingFull})
		if err != nil {
			panic(err)
		}
		return made
	})
	cells   = map[rune]bits{}
	cellsMu sync.Mutex // also guards face, which is not safe for many goroutines
)

// letterBits draws a letter in font A, or small in font B.
func letterBits(r rune, small bool) bits {
	b := cell(r)
	if !small {
		return b
	}
	s := newBits(smallW, smallH)
	for y := range s.h {
		for x := range s.w {
			s.dot[y*s.w+x] = b.at(x*cellW/smallW, y*cellH/smallH)
		}
	}
	return s
}

func cell(r rune) bits {
	cellsMu.Lock()
	defer cellsMu.Unlock()
	if b, has := cells[r]; has {
		return b
	}
	b := newBits(cellW, cellH)
	if r == unknownRune {
		frame(b)
	} else {
		drawLetter(b, r)
	}
	cells[r] = b
	return b
}

// drawLetter draws the bare letter and sets its marks round it: the font has no
// Vietnamese, and printers have little room for marks either.
func drawLetter(b bits, r rune) {
	parts := []rune(norm.NFD.String(string(r)))
	base, stroke := parts[0], false
	switch base {
	case 'đ':
		base, stroke = 'd', true
	case 'Đ':
		base, stroke = 'D', true
	}
	mask := image.NewAlpha(image.Rect(0, 0, cellW, cellH))
	d := font.Drawer{Dst: mask, Src: image.Opaque, Face: face(), Dot: fixed.P(0, baseline)}
	d.DrawString(string(base))
	top := cellH
	for y := range cellH {
		for x := range cellW {
			if mask.AlphaAt(x, y).A >= 110 {
				b.set(x, y)
				top = min(top, y)
			}
		}
	}
	if stroke {
		bar(b, base)
	}
	setMarks(b, parts[1:], top)
}

func bar(b bits, base rune) {
	y, from, to := 8, 5, 11
	if base == 'D' {
		y, from, to = 12, 0, 6
	}
	for x := from; x <= to; x++ {
		b.set(x, y)
	}
}

// marks are drawn in rows of text, x from the middle of the letter.
var marks = map[rune][]string{
	'\u0302': {"..#..", ".#.#.", "#...#"},        // circumflex
	'\u0306': {"#...#", ".###."},                 // breve
	'\u0300': {".#...", "..#..", "...#."},        // grave
	'\u0301': {"...#.", "..#..", ".#..."},        // acute
	'\u0309': {".##..", "...#.", "..#.."},        // hook above
	'\u0303': {".#..#", "#.##."},                 // tilde
	'\u0323': {"..##.", "..##."},                 // dot below
	'\u031b': {"....##", "....##", "....#.", ""}, // horn
}

func setMarks(b bits, list []rune, top int) {
	above := top - 1
	for _, mark := range list {
		rows := marks[mark]
		switch mark {
		case '\u0323':
			stamp(b, rows, 3, cellH-len(rows))
		case '\u031b':
			stamp(b, rows, 6, top-1)
		default:
			above -= len(rows)
			stamp(b, rows, 3, max(above, 0))
		}
	}
}

func stamp(b bits, rows []string, x, y int) {
	for dy, row := range rows {
		for dx, c := range row {
			if c == '#' {
				b.set(x+dx, y+dy)
			}
		}
	}
}

func frame(b bits) {
	for y := 4; y < b.h-4; y++ {
		for x := 1; x < b.w-1; x++ {
			if y == 4 || y == b.h-5 || x == 1 || x == b.w-2 {
				b.set(x, y)
			}
		}
	}
}

// hanBox stands for a Chinese letter: which one does not matter here, that there
// is one does.
func hanBox() bits {
	b := newBits(2*cellW, cellH)
	frame(b)
	return b
}
