package escpos

import (
	"image"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
)

// A dot that ink covers by more than this is black. It is under the half, since
// thin strokes must not break, and more so where a dot stands for two.
const (
	threshold       = 112
	coarseThreshold = 104
)

// pen draws on paper from the top down, in greys; what comes of it is a sheet.
// All measures are dots of paper.
type pen struct {
	faces faces
	dots  int
	edge  int // dots kept free left and right
	from  int // where lines begin; 0 sets them in the middle
	step  int // height of a dot of the sheet that comes of it
	y     int // the next free row
	rows  [][]byte
}

// grow makes the paper at least n rows long.
func (p *pen) grow(n int) {
	for len(p.rows) < n {
		p.rows = append(p.rows, make([]byte, p.dots))
	}
}

// text sets words centred and goes on below them. Nothing is drawn for no words.
func (p *pen) text(words []word, s style) {
	if len(words) == 0 {
		return
	}
	lines, size := p.faces.fit(words, s, p.dots-p.edge-max(p.from, p.edge))
	for _, l := range lines {
		p.line(l, size)
	}
}

// line draws one line with its ink in the middle, or from the pen's column on.
func (p *pen) line(l line, size int) {
	mask := p.mask(l, size)
	ink := bounds(mask)
	base := (p.y + size) &^ 1
	p.y += (size*13/10 + 1) &^ 1 // even: lines begin on a whole step
	p.grow(p.y)
	if ink.Empty() {
		return
	}
	width := min(ink.Dx(), p.dots-p.edge-max(p.from, p.edge))
	left := p.from
	if left == 0 {
		left = (p.dots - width) / 2
	}
	// Marks over capitals reach higher than the line; they may not leave the paper.
	ink.Min.Y &^= 1
	top := max(base+ink.Min.Y-maskBase(size), 0)
	p.grow(top + ink.Dy())
	for y := range ink.Dy() {
		row := p.rows[top+y][left : left+width]
		for x, v := range mask.Pix[mask.PixOffset(ink.Min.X, ink.Min.Y+y):][:width] {
			row[x] = max(row[x], v)
		}
	}
}

// maskBase is the base line in a mask, even: room for any mark above it.
func maskBase(size int) int { return size * 3 / 2 &^ 1 }

// mask draws a line on a picture of its own. For a coarse sheet the base line lies
// half a dot higher: of all places in a step it was read best there.
func (p *pen) mask(l line, size int) *image.Alpha {
	mask := image.NewAlpha(image.Rect(0, 0, l.width+2*size, size*5/2&^1))
	d := font.Drawer{Dst: mask, Src: image.Opaque, Dot: fixed.P(size, maskBase(size))}
	if p.step > 1 {
		d.Dot.Y -= fixed.I(1) / 2
	}
	for i, w := range l.words {
		if i > 0 {
			d.Dot.X += fixed.I(p.faces.space(w.weight, size))
		}
		start := d.Dot.X
		d.Face = p.faces.of(w.weight, size)
		d.DrawString(w.text)
		d.Dot.X = start + fixed.I(p.faces.width(w, size))
	}
	return mask
}

// bounds is the smallest rectangle with all the ink that will be black.
func bounds(mask *image.Alpha) image.Rectangle {
	b := mask.Bounds()
	ink := image.Rectangle{Min: b.Max, Max: b.Min}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		row := mask.Pix[mask.PixOffset(b.Min.X, y):][:b.Dx()]
		for x, v := range row {
			if v > threshold/2 {
				ink.Min.X, ink.Max.X = min(ink.Min.X, b.Min.X+x), max(ink.Max.X, b.Min.X+x+1)
				ink.Min.Y, ink.Max.Y = min(ink.Min.Y, y), y+1
			}
		}
	}
	return ink
}

// space leaves rows free.
func (p *pen) space(rows int) {
	p.y += rows
	p.grow(p.y)
}

// rule draws a thin line in the middle.
func (p *pen) rule(width int) {
	left := (p.dots - width) / 2
	p.fill(left, p.y, left+width, p.y+2, 0xff)
	p.y += 2
}

// fill paints a rectangle.
func (p *pen) fill(x0, y0, x1, y1 int, ink byte) {
	p.grow(y1)
	for y := y0; y < y1; y++ {
		for x := max(x0, 0); x < min(x1, p.dots); x++ {
			p.rows[y][x] = ink
		}
	}
}

// inverse turns the ink of the rows from y on into paper and a bar around it
// into ink.
func (p *pen) inverse(y, height, margin int) {
	reach := 0
	for _, row := range p.rows[y:] {
		for x, ink := range row {
			if ink > threshold {
				reach = max(reach, p.dots/2-x, x-p.dots/2)
			}
		}
	}
	half := min(reach+margin, p.dots/2-p.edge)
	p.grow(y + height)
	for _, row := range p.rows[y : y+height] {
		for x := p.dots/2 - half; x < p.dots/2+half; x++ {
			row[x] = 0xff - row[x]
		}
	}
}

// sheet takes what was drawn at a coarser step: each of its dots stands for wide
// by tall dots of paper.
func (p *pen) sheet(wide, tall int) *sheet {
	s := newSheet(p.dots / wide)
	p.grow((len(p.rows) + tall - 1) / tall * tall)
	s.grow(len(p.rows) / tall)
	least := threshold
	if wide*tall > 1 {
		least = coarseThreshold
	}
	sums := make([]int, s.dots())
	for y := range s.rows {
		clear(sums)
		for _, row := range p.rows[y*tall : (y+1)*tall] {
			for x, ink := range row {
				sums[x/wide] += int(ink)
			}
		}
		for x, sum := range sums {
			if sum > least*wide*tall {
				s.set(x, y)
			}
		}
	}
	return s
}

// trim takes blank rows away above and below, but for a margin.
func (p *pen) trim(margin int) {
	top, bottom := len(p.rows), 0
	for y, row := range p.rows {
		for _, ink := range row {
			if ink > threshold {
				top, bottom = min(top, y), y+1
				break
			}
		}
	}
	if bottom == 0 {
		p.rows = nil
		return
	}
	p.grow(bottom + margin)
	p.rows = p.rows[max(top-margin, 0) : bottom+margin]
}

// symbol draws a QR code without its quiet zone, from column left on.
func (p *pen) symbol(modules [][]bool, module, left int) {
	n := len(modules) - 2*quiet
	for y := range n {
		for x := range n {
			if modules[quiet+y][quiet+x] {
				p.fill(left+x*module, y*module, left+(x+1)*module, (y+1)*module, 0xff)
			}
		}
	}
	p.grow(n * module)
}
