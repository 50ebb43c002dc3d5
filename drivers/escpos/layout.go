package escpos

import (
	"motcua/firmware-config"
	"motcua/server/qr"
)

// piece is a stretch of the ticket, over the whole width: a drawing, a picture
// from the printer's memory, a QR code the printer draws, or a number in the
// printer's own type.
type piece struct {
	sheet      *sheet
	wide, tall int // dots of paper a dot of the sheet
	place      int // in the printer's memory, from 1

	qr     string // native QR code: its content
	module int    // dots a module

	number string // by the printer's font
	times  int    // how many times its size

	rows int // of paper
}

// edge is kept free left and right: heads end a little earlier than they say.
const edge = 12

// layout is a ticket being laid out.
type layout struct {
	ticket Ticket
	dots   int
	faces  faces
	prof   *firmware.Printer
	stored *Stored
	whole  bool // everything drawn, nothing coarser than the paper
	pieces []piece
	fixed  []*sheet // every fixed piece as the printer's memory may hold it
}

// Sizes of type in dots an em. The paper's width decides nothing: people's eyes
// are the same before any printer.
var (
	markText    = style{size: 52, least: 24, lines: 1}
	hallText    = style{size: 27, least: 22, lines: 3}
	placeText   = style{size: 24, least: 20, lines: 2}
	titleText   = style{size: 25, least: 20, lines: 1}
	numberText  = style{size: 178, least: 24, lines: 1}
	serviceText = style{size: 34, least: 24, lines: 3}
	groupText   = style{size: 28, least: 22, lines: 2}
	factText    = style{size: 27, least: 22, lines: 2}
	codeText    = style{size: 29, least: 20, lines: 1}
	noteText    = style{size: 24, least: 20, lines: 3}
	footText    = style{size: 23, least: 20, lines: 2}
)

// lay arranges the whole ticket for a printer that draws pictures.
func lay(t Ticket, p *firmware.Printer, s *Stored) *layout {
	l := &layout{ticket: t, dots: p.Dots &^ 31, faces: faces{}, prof: p, stored: s}
	l.all()
	return l
}

func (l *layout) all() {
	l.mark(l.ticket.Training)
	l.mark(l.ticket.Copy)
	l.head()
	l.number()
	l.service()
	l.facts()
	l.code()
	l.foot()
}

// draw lets f draw for a sheet whose dots are step dots of paper high.
func (l *layout) draw(step int, f func(p *pen)) *pen {
	if l.whole {
		step = 1
	}
	p := &pen{faces: l.faces, dots: l.dots, edge: edge, step: step}
	f(p)
	return p
}

// add puts a drawing on the ticket; wide and tall are its steps in dots.
func (l *layout) add(p *pen, wide, tall int) {
	if l.whole {
		wide, tall = 1, 1
	}
	if len(p.rows) > 0 {
		s := p.sheet(wide, tall)
		l.pieces = append(l.pieces, piece{sheet: s, wide: wide, tall: tall, rows: len(s.rows) * tall})
	}
}

// text is sent at half the resolution from top to bottom, as telefax does: half
// the bytes, and letters keep the width of their stems and their places. (At half
// the width instead, one stem is thin and the next one fat.)
func (l *layout) text(f func(p *pen)) { l.add(l.draw(2, f), 1, 2) }

// same adds what is the same on many tickets. It is printed from the printer's
// memory when it lies there, at full resolution then.
func (l *layout) same(f func(p *pen)) {
	p := l.draw(1, f)
	p.grow((len(p.rows) + 7) &^ 7) // the memory holds steps of eight rows
	fine := p.sheet(1, 1)
	l.fixed = append(l.fixed, fine)
	if place := l.stored.place(fine); place > 0 {
		l.pieces = append(l.pieces, piece{place: place, sheet: fine, wide: 1, tall: 1, rows: len(fine.rows)})
		return
	}
	coarse := l.draw(2, f)
	coarse.grow(len(fine.rows))
	l.add(coarse, 1, 2)
}

// mark is white on black: nobody takes a reprint for the first slip, or one of a
// hall for practice for a number.
func (l *layout) mark(text string) {
	if text == "" {
		return
	}
	l.add(l.draw(2, func(p *pen) {
		p.space(8)
		p.text(wordsOf(text, bold), markText)
		p.inverse(0, len(p.rows)+6, 28)
		p.space(16)
	}), 2, 2)
}

func (l *layout) head() {
	l.same(func(p *pen) {
		p.text(wordsOf(l.ticket.Hall, bold), hallText)
		p.text(wordsOf(l.ticket.Place, medium), placeText)
		p.space(8)
		p.rule(l.dots / 3)
		p.space(8)
		p.text(wordsOf(l.ticket.Title, medium), titleText)
	})
}

// number is what the ticket is for. Drawn, it is sent at half the resolution both
// ways: at that size the steps are not seen.
func (l *layout) number() {
	if n := l.ticket.Number; l.prof.Number == "font" && !l.whole && ascii(n) == n && n != "" {
		if times := min(mostTimes, (l.dots-2*edge)/(12*len(n))); times >= 3 {
			l.pieces = append(l.pieces, piece{number: n, times: times, rows: 24 * times})
			l.text(func(p *pen) { p.space(12) })
			return
		}
	}
	p := l.draw(2, func(p *pen) { p.text(wordsOf(l.ticket.Number, bold), numberText) })
	p.trim(14)
	l.add(p, 2, 2)
}

func (l *layout) service() {
	if l.ticket.Service != "" {
		l.same(func(p *pen) { p.text(wordsOf(l.ticket.Service, bold), serviceText) })
	}
	if l.ticket.Priority != "" {
		l.same(func(p *pen) { p.text(wordsOf(l.ticket.Priority, bold), groupText) })
	}
	l.text(func(p *pen) { p.space(14) })
}

func (l *layout) facts() {
	for _, fact := range l.ticket.Facts {
		draw := l.text
		if fact.Fixed {
			draw = l.same
		}
		draw(func(p *pen) {
			p.text(append(wordsOf(fact.Label+":", medium), wordsOf(fact.Value, bold)...), factText)
		})
	}
}

// code is the QR code with its quiet zone, and the characters to type. The code
// that joins the network comes first: without the network the other leads nowhere.
// One stands above the other, so that a camera sees only one of them, and narrow
// paper has room for both.
func (l *layout) code() {
	if modules := codeOf(l.ticket.joined()); modules != nil {
		l.same(func(p *pen) {
			p.space(8)
			p.text(wordsOf(l.ticket.JoinText, medium), noteText)
		})
		l.symbol(l.ticket.Join, modules)
		l.same(func(p *pen) { p.text(wordsOf(l.ticket.ScanText, medium), noteText) })
	}
	if modules := codeOf(l.ticket.URL); modules != nil {
		l.symbol(l.ticket.URL, modules)
	}
	l.text(func(p *pen) { p.text(wordsOf(l.ticket.Code, bold), codeText) })
}

// codeOf gives the modules of an address; nil when there is none that a phone
// could read off paper.
func codeOf(url string) [][]bool {
	if url == "" || len(url) > qr.Longest {
		return nil
	}
	modules, err := qr.Modules(url)
	if err != nil {
		return nil
	}
	return modules
}

// quiet is the zone of light modules around a symbol that package qr gives.
const quiet = 4

// moduleSize is the side of a module in dots, always even so that a drawn code
// can be sent at half the resolution: at most three quarters of a millimetre, and
// the code at most half as wide as the paper.
func moduleSize(modules, dots int) int { return max(min(6, dots/2/modules)&^1, 2) }

// symbol draws the code or lets the printer do it.
func (l *layout) symbol(content string, modules [][]bool) {
	n := len(modules) - 2*quiet
	module := moduleSize(n, l.dots)
	l.text(func(p *pen) { p.space(quiet * module) })
	if l.prof.QR == "native" && !l.whole {
		l.pieces = append(l.pieces, piece{qr: content, module: module, rows: n * module})
	} else {
		left := (l.dots - n*module) / 2 &^ 1 // even, at half the resolution
		l.add(l.draw(2, func(p *pen) { p.symbol(modules, module, left) }), 2, 2)
	}
	l.text(func(p *pen) { p.space(2 * module) })
}

func (l *layout) foot() {
	l.same(func(p *pen) {
		if l.ticket.joined() == "" {
			p.text(wordsOf(l.ticket.WiFi, medium), noteText)
		}
		p.space(8)
		p.rule(l.dots / 3)
		p.space(8)
		p.text(wordsOf(l.ticket.Missed, medium), noteText)
		for _, note := range l.ticket.Notes {
			p.space(4)
			p.text(wordsOf(note, medium), noteText)
		}
	})
	l.text(func(p *pen) {
		p.text(wordsOf(l.ticket.Promise, medium), noteText)
		p.space(4)
	})
	// The smallest type needs every dot.
	l.add(l.draw(1, func(p *pen) { p.text(wordsOf(l.ticket.Footer, medium), footText) }), 1, 1)
}
