package escpos

import (
	"strings"
	"unicode/utf8"

	"motcua/firmware-config"
)

// textLine is a line in the printer's own letters, or a code, or a gap.
type textLine struct {
	text string
	wide int // times the letter's width and height
	tall int
	bold bool
	qr   string
	rows int // of a QR code
	unit int // dots a module
}

// pitch is the height of a line of printer type with its spacing, in dots: a
// sixth of an inch at 203 dots.
const pitch = 34

// textOf arranges a ticket in the printer's own letters: a few hundred bytes.
func textOf(t Ticket, p *firmware.Printer) []textLine {
	var all []textLine
	columns := p.Dots / 12
	add := func(text string, wide, tall int, bold bool) {
		for _, row := range wrapColumns(typography.Replace(text), columns/wide) {
			all = append(all, textLine{text: row, wide: wide, tall: tall, bold: bold})
		}
	}
	gap := func() { all = append(all, textLine{wide: 1, tall: 1}) }

	for _, mark := range []string{t.Training, t.Copy} {
		if mark != "" {
			add("*** "+mark+" ***", 2, 2, true)
			gap()
		}
	}
	add(t.Hall, 1, 1, true)
	add(t.Place, 1, 1, false)
	gap()
	add(t.Title, 1, 1, false)
	times := max(1, min(mostTimes, (columns-2)/max(1, utf8.RuneCountInString(t.Number))))
	add(t.Number, times, times, false)
	add(t.Service, 1, 2, true)
	add(t.Priority, 1, 1, true)
	gap()
	for _, fact := range t.Facts {
		add(fact.Label+": "+fact.Value, 1, 1, false)
	}
	gap()
	join := codeLine(t.joined(), p)
	if join != nil {
		add(t.JoinText, 1, 1, false)
		all = append(all, join...)
		add(t.ScanText, 1, 1, false)
	}
	all = append(all, codeLine(t.URL, p)...)
	add(t.Code, 1, 1, true)
	if join == nil {
		add(t.WiFi, 1, 1, false)
	}
	gap()
	for _, note := range append(append([]string{t.Missed}, t.Notes...), t.Promise) {
		add(note, 1, 1, false)
	}
	add(t.Footer, 1, 1, false)
	return all
}

// codeLine is the QR code where the printer can draw one; a page of text has
// none otherwise, the characters to type stand below.
func codeLine(url string, p *firmware.Printer) []textLine {
	modules := codeOf(url)
	if modules == nil || p.QR != "native" {
		return nil
	}
	n := len(modules) - 2*quiet
	unit := moduleSize(n, p.Dots)
	return []textLine{{qr: url, unit: unit, rows: n * unit}, {wide: 1, tall: 1}}
}

// wrapColumns breaks a text at words into lines of so many letters; a longer word
// is broken anywhere.
func wrapColumns(text string, columns int) []string {
	columns = max(columns, 1)
	var rows []string
	var row []rune
	flush := func() {
		if len(row) > 0 {
			rows, row = append(rows, string(row)), nil
		}
	}
	for _, w := range strings.Fields(text) {
		letters := []rune(w)
		if len(row) > 0 && len(row)+1+len(letters) > columns {
			flush()
		}
		if len(row) > 0 {
			row = append(row, ' ')
		}
		for _, r := range letters {
			if len(row) == columns {
				flush()
			}
			row = append(row, r)
		}
	}
	flush()
	return rows
}

// lines writes text lines, changing sizes and pages only where they change.
func (w *writer) lines(all []textLine) {
	now := textLine{wide: 1, tall: 1}
	upper, known := false, false
	for _, l := range all {
		if l.qr != "" {
			w.qr(piece{qr: l.qr, module: l.unit, rows: l.rows})
			continue
		}
		if l.wide != now.wide || l.tall != now.tall {
			w.size(l.wide, l.tall)
		}
		if l.bold != now.bold {
			w.put(esc, 'E', map[bool]byte{true: 1}[l.bold])
		}
		now = l
		if w.prof.Text == "tcvn3" {
			upper, known = w.tcvn3(l.text, upper, known)
		} else {
			w.put([]byte(ascii(l.text))...)
		}
		w.put(lf)
		w.rows += max(pitch, 24*l.tall)
	}
	if now.wide != 1 || now.tall != 1 {
		w.size(1, 1)
	}
}

// tcvn3 writes a text, switching between the pages in the middle of a word where
// it must; letters of both (the ASCII ones) switch nothing.
func (w *writer) tcvn3(text string, upper, known bool) (nowUpper, nowKnown bool) {
	for _, r := range text {
		if r < 0x80 {
			w.put(byte(r))
			continue
		}
		l, ok := tcvn3[r]
		if !ok {
			w.put([]byte(ascii(string(r)))...)
			continue
		}
		if !known || l.upper != upper {
			page := w.prof.Lower
			if l.upper {
				page = w.prof.Upper
			}
			w.put(esc, 't', byte(page))
			upper, known = l.upper, true
		}
		w.put(l.code)
	}
	return upper, known
}
