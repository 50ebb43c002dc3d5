package escpos

import (
	"fmt"

	"motcua/firmware-config"
)

const (
	esc = 0x1b
	fs  = 0x1c
	gs  = 0x1d
	lf  = '\n'
)

// writer gathers the bytes of a job. The commands and their bytes are those of
// "Epson TM-T88III technical reference", which the others copy.
type writer struct {
	prof  *firmware.Printer
	bytes []byte
	rows  int
}

func (w *writer) put(b ...byte) { w.bytes = append(w.bytes, b...) }

func (w *writer) begin() {
	w.put(esc, '@')
	if w.prof.ChineseOff {
		w.put(fs, '.')
	}
	w.put(esc, 'a', 1)
}

// ticket writes all the pieces of a ticket.
func (w *writer) ticket(l *layout) {
	w.logo(l.stored)
	for _, p := range l.pieces {
		switch {
		case p.qr != "":
			w.qr(p)
		case p.number != "":
			w.number(p)
		case p.place > 0:
			w.recall(p.place)
			w.rows += p.rows
		default:
			w.drawing(p)
		}
	}
}

// drawing sends a sheet as the pictures that take the fewest bytes.
func (w *writer) drawing(p piece) {
	s := p.sheet
	for _, b := range s.bands(w.most()) {
		if b.reach == 0 {
			w.feed((b.to - b.from) * p.tall)
			continue
		}
		data := make([]byte, 0, (b.to-b.from)*2*b.reach)
		for _, row := range s.rows[b.from:b.to] {
			data = append(data, s.middle(row, b.reach)...)
		}
		defuse(data)
		for i, row := range s.rows[b.from:b.to] {
			copy(s.middle(row, b.reach), data[i*2*b.reach:])
		}
		w.picture(data, 2*b.reach, p.wide, p.tall)
	}
}

// most rows of one picture: what the profile likes, and never so many that the
// length in a header could begin a real-time command.
func (w *writer) most() int {
	most := w.prof.Band
	if most <= 0 {
		most = 64
	}
	return min(most, 128, largest/(w.prof.Dots/8))
}

// largest picture in bytes: far below 0x1410, the length that reads as DLE DC4.
const largest = 4096

// feed moves the paper exactly by so many dots, with a blank picture one byte
// wide: the unit of ESC J is another one on every model.
func (w *writer) feed(rows int) {
	tall := 1 + (rows+1)%2
	w.picture(make([]byte, rows/tall), 1, 1, tall)
}

// picture sends raster data, wide and tall times enlarged.
func (w *writer) picture(data []byte, bytes, wide, tall int) {
	rows := len(data) / bytes
	if w.prof.Raster == "gs_paren_l" {
		n, dots := len(data)+10, bytes*8
		w.put(gs, '(', 'L', byte(n), byte(n>>8), 0x30, 0x70, 0x30, byte(wide), byte(tall), 0x31,
			byte(dots), byte(dots>>8), byte(rows), byte(rows>>8))
		w.put(data...)
		w.put(gs, '(', 'L', 2, 0, 0x30, 0x32)
	} else {
		w.put(gs, 'v', '0', byte(wide-1|(tall-1)<<1), byte(bytes), byte(bytes>>8), byte(rows), byte(rows>>8))
		w.put(data...)
	}
	w.rows += rows * tall
}

// qr lets the printer draw the code: model 2, module size, correction M, store, print.
func (w *writer) qr(p piece) {
	n := len(p.qr) + 3
	w.put(gs, '(', 'k', 4, 0, 0x31, 0x41, 0x32, 0)
	w.put(gs, '(', 'k', 3, 0, 0x31, 0x43, byte(p.module))
	w.put(gs, '(', 'k', 3, 0, 0x31, 0x45, 0x31)
	w.put(gs, '(', 'k', byte(n), byte(n>>8), 0x31, 0x50, 0x30)
	w.put([]byte(p.qr)...)
	w.put(gs, '(', 'k', 3, 0, 0x31, 0x51, 0x30)
	w.rows += p.rows
}

func (w *writer) number(p piece) {
	w.size(p.times, p.times)
	w.put([]byte(p.number)...)
	w.put(lf)
	w.size(1, 1)
	w.rows += p.rows
}

// mostTimes is how large GS ! makes letters; their ink is about two thirds of that.
const mostTimes = 8

// size sets how many times wider and higher the printer's letters are.
func (w *writer) size(wide, tall int) { w.put(gs, '!', byte((wide-1)<<4|tall-1)) }

// cutFeed is what lies between head and knife, about 15 mm.
const cutFeed = 120

func (w *writer) cut() {
	switch w.prof.Cut {
	case "feed_partial":
		w.put(gs, 'V', 0x42, 0)
		w.rows += cutFeed
	case "partial":
		w.lift()
		w.put(gs, 'V', 1)
	case "full":
		w.lift()
		w.put(gs, 'V', 0)
	default:
		w.lift() // to the tear bar
	}
}

func (w *writer) lift() { w.feed(cutFeed) }

func (w *writer) job() (Job, error) {
	if at := hidden(w.bytes); at >= 0 {
		return Job{}, fmt.Errorf("escpos: the job would hold a real-time command at byte %d", at)
	}
	return Job{Bytes: w.bytes, Rows: w.rows}, nil
}
