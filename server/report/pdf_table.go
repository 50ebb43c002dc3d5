package report

import "strings"

// table writes a grid as wide as the text. The heads stand again on every page the
// table reaches; rows are never cut. widths are parts of the whole, one a column;
// most is how many rows are written, 0 for all.
func (p *pen) table(l tongue, g grid, widths []float64, most int) {
	t := tableOf(p, l, g, widths)
	p.room(t.headH + 12)
	t.heads()
	rows := g.rows
	if most > 0 && len(rows) > most {
		rows = rows[:most]
	}
	for i, row := range rows {
		t.row(i, row)
	}
	p.rule(lotusColour, 0.3)
	p.y += 1
	if len(rows) < len(g.rows) {
		p.note(l.t("note.more", len(g.rows)-len(rows)))
	}
	for _, note := range g.notes {
		p.note(note)
	}
	p.y += 2
}

type table struct {
	*pen
	l      tongue
	g      grid
	widths []float64 // millimetres
	folds  [][]string
	size   float64 // of the heads' letters
	headH  float64
}

const (
	cellPad  = 1.0
	smallest = 5.5 // points
	// mostLines of a cell: a row never grows higher than a page.
	mostLines = 20
)

func tableOf(p *pen, l tongue, g grid, parts []float64) *table {
	t := &table{pen: p, l: l, g: g, size: tableSize - 0.5}
	sum := total(parts)
	for i := range g.columns {
		t.widths = append(t.widths, parts[min(i, len(parts)-1)]/sum*bodyW)
	}
	for p.style("B", t.size, inkColour); t.tight() && t.size > smallest; p.style("B", t.size, inkColour) {
		t.size -= 0.25
	}
	for i, c := range g.columns {
		lines := p.folded(l.head(c), t.widths[i]-2*cellPad)
		t.folds = append(t.folds, lines)
		t.headH = max(t.headH, float64(len(lines))*p.height()*0.9+2)
	}
	return t
}

// tight tells whether a word of a head would have to be broken.
func (t *table) tight() bool {
	for i, c := range t.g.columns {
		for word := range strings.FieldsSeq(t.l.head(c)) {
			if t.GetStringWidth(word) > t.widths[i]-2*cellPad {
				return true
			}
		}
	}
	return false
}

// heads writes the heads at the present place.
func (t *table) heads() {
	t.fillColour(looks["heat-2"].fill)
	t.Rect(pageLeft, t.y, bodyW, t.headH, "F")
	t.style("B", t.size, inkColour)
	h := t.height() * 0.9
	x := pageLeft
	for i, lines := range t.folds {
		y := t.y + (t.headH-h*float64(len(lines)))/2
		for _, line := range lines {
			y += h
			if i == 0 {
				t.at(x+cellPad, y-h*0.28, "L", line)
			} else {
				t.at(x+t.widths[i]/2, y-h*0.28, "C", line)
			}
		}
		x += t.widths[i]
	}
	t.y += t.headH
	t.rule(lotusColour, 0.3)
}

func (t *table) row(i int, row []any) {
	weight, colour := "", inkColour
	if t.g.sums && i == 0 {
		weight = "B"
	}
	if t.g.grey[i] {
		colour = greyColour
	}
	t.style(weight, tableSize, colour)
	h, tall := t.height()*0.92, 0.0
	cells := make([][]string, len(row))
	for c, v := range row {
		text := t.l.write(v)
		if t.g.grey[i] && c == 0 {
			text += " *"
		}
		if cells[c] = []string{text}; t.isText(c, v) {
			if cells[c] = t.folded(text, t.widths[c]-2*cellPad); len(cells[c]) > mostLines {
				cells[c] = append(cells[c][:mostLines-1], "…")
			}
		}
		tall = max(tall, float64(len(cells[c]))*h+1.6)
	}
	if t.room(tall) {
		t.heads()
	}
	t.style(weight, tableSize, colour)
	x := pageLeft
	for c, lines := range cells {
		for n, line := range lines {
			y := t.y + h*float64(n+1) + 0.8 - h*0.26
			// A number is never broken: a long one is written smaller.
			if w, room := t.GetStringWidth(line), t.widths[c]-2*cellPad; w > room {
				t.style(weight, tableSize*room/w, colour)
			}
			if c == 0 || t.isText(c, row[c]) {
				t.at(x+cellPad, y, "L", line)
			} else {
				t.at(x+t.widths[c]-cellPad, y, "R", line)
			}
			t.style(weight, tableSize, colour)
		}
		x += t.widths[c]
	}
	t.y += tall
	t.rule(ruleColour, 0.15)
}

// isText tells whether a cell holds words, which are folded and begin at the left.
func (t *table) isText(column int, v any) bool {
	_, words := v.(string)
	return words && (column == 0 || t.g.columns[column].unit == uWords)
}

// rule draws a line across the text at the present place.
func (p *pen) rule(colour *rgb, width float64) {
	p.lineColour(colour)
	p.SetLineWidth(width)
	p.Line(pageLeft, p.y, pageLeft+bodyW, p.y)
}

// note writes a remark below a table or chart.
func (p *pen) note(text string) { p.text("", noteSize, greyColour, text) }
