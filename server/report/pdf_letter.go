package report

import (
	"cmp"
	"strings"
)

// letterhead writes the head of an administrative document: left the body above and
// the body that reports, right the state's name and motto, below them the number and
// the place and date, then the document's title and what it is about.
func (p *pen) letterhead(l tongue, r *Report, paper Paper) {
	const leftW, rightW = 72.0, 93.0
	leftX, rightX := pageLeft+leftW/2, pageLeft+leftW+rightW/2
	letter := paper.Letterhead

	y := pageAbove
	p.style("", 9.5, inkColour)
	for _, line := range p.foldedUpper(letter.Above, leftW-4) {
		y += 5
		p.at(leftX, y, "C", line)
	}
	p.style("B", 9.5, inkColour)
	body := cmp.Or(letter.Body, paper.Body, l.t("head.blank"))
	for _, line := range p.foldedUpper(body, leftW-4) {
		y += 5
		p.at(leftX, y, "C", line)
	}
	p.short(leftX, y+1.8, leftW*0.4)

	right := pageAbove + 5
	p.style("B", 9.5, inkColour)
	p.at(rightX, right, "C", l.t("head.state"))
	p.style("B", 10.5, inkColour)
	motto := l.t("head.motto")
	p.at(rightX, right+5.4, "C", motto)
	p.short(rightX, right+7.4, p.GetStringWidth(motto))

	y = max(y, right+5.4) + 8
	p.style("", textSize, inkColour)
	p.at(leftX, y, "C", l.t("head.number"))
	place := cmp.Or(letter.Place, l.t("head.blank"))
	p.slanted(rightX, y, "C", l.t("head.place", place, l.longDate(r.Made)))

	p.y = y + 6
	p.middle("B", titleSize, l.t("head.title"))
	p.middle("B", 11.5, l.t("head.about", l.span(r.Query)))
	p.short(pageLeft+bodyW/2, p.y+2.6, bodyW*0.3)
	p.y += 6
	p.style("", noteSize, greyColour)
	for _, line := range p.folded(l.scope(r)+".", bodyW) {
		p.y += 4.6
		p.slanted(pageLeft+bodyW/2, p.y, "C", line)
	}
	if r.Sample {
		p.y += 5
		p.style("B", noteSize, redColour)
		p.at(pageLeft+bodyW/2, p.y, "C", l.t("sample"))
	}
	p.y += 4
}

// foldedUpper folds a name in capital letters; nothing for no name.
func (p *pen) foldedUpper(text string, w float64) []string {
	if text == "" {
		return nil
	}
	return p.even(strings.ToUpper(text), w)
}

// middle writes a paragraph in the middle.
func (p *pen) middle(weight string, size float64, text string) {
	p.style(weight, size, inkColour)
	h := p.height()
	for _, line := range p.even(text, bodyW-20) {
		p.y += h
		p.at(pageLeft+bodyW/2, p.y, "C", line)
	}
}

// short draws the line under a name, its middle at x.
func (p *pen) short(x, y, w float64) {
	p.lineColour(inkColour)
	p.SetLineWidth(0.25)
	p.Line(x-w/2, y, x+w/2, y)
}

// signature writes who gets the report, left, and who signs it, right.
func (p *pen) signature(l tongue, paper Paper) {
	const tall = 52.0
	p.y += 6
	p.room(tall)
	letter, top := paper.Letterhead, p.y
	p.style("B", 9.5, inkColour)
	p.slanted(pageLeft, top+5, "L", l.t("sign.to"))
	p.style("", 9, inkColour)
	for i, line := range strings.Split(l.t("sign.file"), "\n") {
		p.at(pageLeft, top+10+4.6*float64(i), "L", line)
	}
	x, y := pageLeft+bodyW-42, top
	p.style("B", textSize, inkColour)
	for _, line := range p.foldedUpper(cmp.Or(letter.Title, l.t("sign.title")), 84) {
		y += 5
		p.at(x, y, "C", line)
	}
	p.style("B", textSize, inkColour)
	p.at(x, top+tall-10, "C", letter.Signer)
	p.y = top + tall
}
