package report

import (
	"strconv"
	"strings"

	"codeberg.org/go-pdf/fpdf"
)

// The page of administrative documents: A4, margins in millimetres (NĐ 30/2020,
// annex I: left 30-35, right 15-20, above and below 20-25).
const (
	pageW, pageH         = 210.0, 297.0
	pageLeft, pageRight  = 30.0, 15.0
	pageAbove, pageBelow = 20.0, 20.0
	bodyW                = pageW - pageLeft - pageRight
	point                = 25.4 / 72 // millimetres
)

// Sizes of letters in points. Be Vietnam Pro is a third larger in sight than the
// serif the rule speaks of, so its 13 points are 10.5 here.
const (
	textSize  = 10.5
	titleSize = 14
	tableSize = 8
	noteSize  = 8.5
)

// pen writes pages from above to below.
type pen struct {
	*fpdf.Fpdf
	y    float64
	mark string // stands at the head of every page; "" for none
}

func newPen(mark string) *pen {
	f := fpdf.New("P", "mm", "A4", "")
	withFonts(f)
	f.SetAutoPageBreak(false, 0)
	f.SetMargins(pageLeft, pageAbove, pageRight)
	f.SetCatalogSort(true)
	p := &pen{Fpdf: f, mark: mark}
	p.page()
	return p
}

// page begins a page. Its number stands in the middle of the margin above, not on
// the first one.
func (p *pen) page() {
	p.AddPage()
	p.y = pageAbove
	if n := p.PageNo(); n > 1 {
		p.style("", textSize, inkColour)
		p.at(pageLeft+bodyW/2, pageAbove-7, "C", strconv.Itoa(n))
	}
	if p.mark != "" {
		p.style("B", noteSize, redColour)
		p.at(pageW-pageRight, pageAbove-7, "R", p.mark)
	}
}

// room begins a new page when less than h millimetres are left; true when it did.
func (p *pen) room(h float64) bool {
	if p.y+h <= pageH-pageBelow {
		return false
	}
	p.page()
	return true
}

func (p *pen) style(weight string, size float64, colour *rgb) {
	p.SetFont(family, weight, size)
	p.SetTextColor(int(colour[0]), int(colour[1]), int(colour[2]))
}

func (p *pen) fillColour(c *rgb) { p.SetFillColor(int(c[0]), int(c[1]), int(c[2])) }
func (p *pen) lineColour(c *rgb) { p.SetDrawColor(int(c[0]), int(c[1]), int(c[2])) }

// at writes one line whose base is at y; align L, C or R of x.
func (p *pen) at(x, y float64, align, text string) {
	switch align {
	case "C":
		x -= p.GetStringWidth(text) / 2
	case "R":
		x -= p.GetStringWidth(text)
	}
	p.Text(x, y, text)
}

// slanted writes a line as italics, which the letters do not bring along.
func (p *pen) slanted(x, y float64, align, text string) {
	p.TransformBegin()
	p.TransformSkewX(10, x, y)
	p.at(x, y, align, text)
	p.TransformEnd()
}

// height of a line of the present size, in millimetres: room for two marks on a letter.
func (p *pen) height() float64 {
	size, _ := p.GetFontSize()
	return size * 1.45 * point
}

// even folds text into as few lines as fit, of nearly equal length.
func (p *pen) even(text string, w float64) []string {
	lines := p.folded(text, w)
	for narrower := w; len(lines) > 1; {
		narrower -= 2
		next := p.folded(text, narrower)
		if len(next) > len(lines) {
			break
		}
		lines = next
	}
	return lines
}

// folded breaks text into lines of a width; a word longer than a line is cut.
func (p *pen) folded(text string, w float64) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(printable(text), "\n") {
		line := ""
		for word := range strings.FieldsSeq(paragraph) {
			for p.GetStringWidth(word) > w {
				cut := p.fitting(word, w)
				if line != "" {
					lines, line = append(lines, line), ""
				}
				lines, word = append(lines, word[:cut]), word[cut:]
			}
			if next := strings.TrimSpace(line + " " + word); p.GetStringWidth(next) <= w || line == "" {
				line = next
				continue
			}
			lines, line = append(lines, line), word
		}
		lines = append(lines, line)
	}
	return lines
}

// fitting is how many bytes of a word fit, at least one letter.
func (p *pen) fitting(word string, w float64) int {
	fits := 0
	for i, r := range word {
		next := i + len(string(r))
		if fits > 0 && p.GetStringWidth(word[:next]) > w {
			break
		}
		fits = next
	}
	return fits
}

// text writes a paragraph.
func (p *pen) text(weight string, size float64, colour *rgb, text string) {
	p.style(weight, size, colour)
	h := p.height()
	for _, line := range p.folded(text, bodyW) {
		p.room(h)
		p.style(weight, size, colour)
		p.Text(pageLeft, p.y+h*0.75, line)
		p.y += h
	}
}

// heading writes the title of a section and keeps some room for what follows it.
func (p *pen) heading(text string, follows float64) {
	p.y += 3
	p.room(8 + follows)
	p.text("B", 11.5, lotusColour, text)
	p.y += 1
}

// sub writes the title of a table or chart.
func (p *pen) sub(text string, follows float64) {
	p.y += 2
	p.room(6 + follows)
	p.text("B", 9.5, inkColour, text)
	p.y += 0.8
}
