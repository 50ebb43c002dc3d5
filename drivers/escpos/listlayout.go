package escpos

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"motcua/firmware-config"
)

// Sizes of type of a list. It is read in the hand, at leisure: smaller than a
// ticket's, and never below what a ticket's small print has.
var (
	listTitle  = style{size: 34, least: 26, lines: 1}
	listName   = style{size: 29, least: 24, lines: 5}
	listSmall  = style{size: 23, least: 20, lines: 4}
	paperText  = style{size: 26, least: 23, lines: 4}
	formText   = style{size: 23, least: 20, lines: 2}
	listValue  = style{size: 25, least: 22, lines: 4}
	sampleText = style{size: 26, least: 20, lines: 1}
)

// The papers get at most 14 cm at 203 dots an inch: with its head, its facts and
// its code a list stays under 30 cm, and holds a ticket up for seconds, no more.
const papersRows = 1100

// Beside each paper stands a box to tick.
const (
	boxSide = 22
	boxRoom = 36
)

// layList arranges a list for a printer that draws pictures.
func layList(list List, p *firmware.Printer, s *Stored) *layout {
	l := &layout{ticket: list.codes(), dots: p.Dots &^ 31, faces: faces{}, prof: p, stored: s}
	l.listHead(list)
	l.papers(list)
	l.listFacts(list)
	l.listCode(list)
	l.listFoot(list)
	return l
}

func (l *layout) listHead(list List) {
	l.text(func(p *pen) {
		p.text(wordsOf(list.Hall, bold), listSmall)
		p.text(wordsOf(list.Place, medium), listSmall)
		p.space(8)
		p.text(wordsOf(list.Title, bold), listTitle)
		p.space(6)
		p.text(wordsOf(list.Name, bold), listName)
		p.text(wordsOf(list.Code, medium), listSmall)
	})
	if list.Sample != "" { // white on black: nobody takes it for the published text
		l.add(l.draw(2, func(p *pen) {
			p.space(8)
			from := p.y
			p.text(wordsOf(list.Sample, bold), sampleText)
			p.inverse(from, len(p.rows)-from+4, 14)
			p.space(8)
		}), 1, 2)
	}
	l.text(func(p *pen) {
		p.space(4)
		p.text(wordsOf(list.Case, bold), listSmall)
		p.space(6)
		p.rule(l.dots - 2*edge)
		p.space(10)
	})
}

// papers draws as many as there is room for, and says how many more there are.
func (l *layout) papers(list List) {
	used := 0
	for i, paper := range list.Papers {
		drawn := l.draw(2, func(p *pen) { p.paper(strconv.Itoa(i+1)+".", paper) })
		if used += len(drawn.rows); used > papersRows && i > 0 {
			rest := len(list.Papers) - i
			l.text(func(p *pen) {
				p.text(wordsOf(fill(list.More, "n", strconv.Itoa(rest)), bold), paperText)
				p.space(8)
			})
			return
		}
		l.add(drawn, 1, 2)
	}
}

// paper draws one paper with its box.
func (p *pen) paper(number string, paper Paper) {
	top := p.y + 6
	for _, side := range [][4]int{{0, 0, boxSide, 2}, {0, boxSide - 2, boxSide, boxSide}, {0, 0, 2, boxSide}, {boxSide - 2, 0, boxSide, boxSide}} {
		p.fill(p.edge+side[0], top+side[1], p.edge+side[2], top+side[3], 0xff)
	}
	p.from = p.edge + boxRoom
	p.text(append(wordsOf(number, bold), wordsOf(paper.Name, medium)...), paperText)
	p.text(wordsOf(paper.Form, bold), formText)
	p.from = 0
	p.space(10)
}

func (l *layout) listFacts(list List) {
	l.text(func(p *pen) {
		p.rule(l.dots - 2*edge)
		p.space(8)
		p.from = edge
		for _, fact := range list.Facts {
			p.text(append(wordsOf(fact.Label+":", medium), wordsOf(fact.Value, bold)...), listValue)
		}
		p.from = 0
		p.space(8)
	})
}

func (l *layout) listCode(list List) {
	if codeOf(list.URL) == nil {
		return
	}
	if l.ticket.joined() == "" { // otherwise code says it between the two
		l.text(func(p *pen) { p.text(wordsOf(list.ScanText, medium), noteText) })
	}
	l.code()
	if l.ticket.joined() == "" {
		l.text(func(p *pen) { p.text(wordsOf(list.WiFi, medium), noteText) })
	}
}

func (l *layout) listFoot(list List) {
	l.text(func(p *pen) {
		for _, note := range list.Notes {
			p.text(wordsOf(note, medium), noteText)
			p.space(4)
		}
	})
	l.add(l.draw(1, func(p *pen) { p.text(wordsOf(list.Footer, medium), footText) }), 1, 1)
}

// mostLines is how many lines of the printer's own letters a text may take.
const mostLines = 5

// listText arranges a list in the printer's own letters.
func listText(list List, p *firmware.Printer) []textLine {
	var all []textLine
	columns := p.Dots / 12
	add := func(text string, tall int, bold bool) {
		rows := wrapColumns(typography.Replace(text), columns)
		if len(rows) > mostLines {
			rows = rows[:mostLines]
			rows[mostLines-1] = cutShort(rows[mostLines-1])
		}
		for _, row := range rows {
			all = append(all, textLine{text: row, wide: 1, tall: tall, bold: bold})
		}
	}
	left := func(first, text string, bold bool) { // filled up, a line of a centred page begins at its left
		for i, row := range wrapColumns(typography.Replace(text), columns-len(first)) {
			if i == mostLines {
				break
			}
			if i > 0 {
				first = strings.Repeat(" ", len(first))
			}
			row = first + row
			all = append(all, textLine{text: row + strings.Repeat(" ", max(0, columns-utf8.RuneCountInString(row))), wide: 1, tall: 1, bold: bold})
		}
	}
	gap := func() { all = append(all, textLine{wide: 1, tall: 1}) }
	add(list.Hall, 1, false)
	add(list.Place, 1, false)
	gap()
	add(list.Title, 2, true)
	add(list.Name, 1, true)
	add(list.Code, 1, false)
	if list.Sample != "" {
		add("*** "+list.Sample+" ***", 1, true)
	}
	add(list.Case, 1, true)
	gap()
	from := len(all)
	for i, paper := range list.Papers {
		if i > 0 && (len(all)-from)*pitch > papersRows*2/3 {
			add(fill(list.More, "n", strconv.Itoa(len(list.Papers)-i)), 1, true)
			break
		}
		left("[ ] ", strconv.Itoa(i+1)+". "+paper.Name, false)
		left("    ", paper.Form, true)
	}
	gap()
	for _, fact := range list.Facts {
		left("", fact.Label+": "+fact.Value, false)
	}
	gap()
	codes := list.codes()
	if codeLine(list.URL, p) != nil {
		if join := codeLine(codes.joined(), p); join != nil {
			add(list.JoinText, 1, false)
			all = append(all, join...)
		} else {
			add(list.WiFi, 1, false)
		}
		add(list.ScanText, 1, false)
		all = append(all, codeLine(list.URL, p)...)
	}
	for _, note := range list.Notes {
		add(note, 1, false)
	}
	add(list.Footer, 1, false)
	return all
}

// cutShort ends a line that more would follow.
func cutShort(row string) string {
	letters := []rune(row)
	return strings.TrimRight(string(letters[:max(0, len(letters)-3)]), " ,.;:") + "..."
}
