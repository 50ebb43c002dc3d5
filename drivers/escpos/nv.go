package escpos

import (
	"hash/fnv"
	"image"

	"motcua/firmware-config"
)

// Stored is what lies in a printer's memory. It is plain data, so that the agent
// can keep it in a file; it holds for one printer until it is set up again.
type Stored struct {
	Logo  int      `json:"logo"`  // rows of the picture that opens every ticket, 0 for none
	Marks []uint64 `json:"marks"` // of the fixed pieces, in the order they were stored
}

// place gives a piece's number in the memory; 0 when it is not there.
func (s *Stored) place(sheet *sheet) int {
	if s == nil {
		return 0
	}
	mark := sheet.mark()
	for i, m := range s.Marks {
		if m == mark {
			return i + 1 + s.first()
		}
	}
	return 0
}

// first tells how many pictures come before the fixed pieces.
func (s *Stored) first() int {
	if s.Logo > 0 {
		return 1
	}
	return 0
}

// mark is what a sheet is known by: its dots.
func (s *sheet) mark() uint64 {
	h := fnv.New64a()
	for _, row := range s.rows {
		h.Write(row)
	}
	return h.Sum64()
}

// room is how many bytes of pictures are stored: the memory of cheap printers.
// What does not fit is sent with each ticket, so put the busiest service first.
const (
	room         = 64_000
	mostPictures = 255 // FS q counts them in a byte
)

// Setup gives the bytes that store a logo (nil for none) and the fixed pieces of
// the given tickets, one for each service and language, in the printer's flash memory, and
// what Encode must know of it. It replaces everything stored before. Flash wears:
// once at installation and when a text changes, never for a ticket. Both are
// empty for a printer without such a memory. Writing takes seconds, and Epson's
// printers start anew afterwards: wait until it answers again.
func Setup(p *firmware.Printer, logo image.Image, tickets ...Ticket) ([]byte, *Stored, error) {
	if err := usable(p); err != nil {
		return nil, nil, err
	}
	if !p.NVLogo {
		return nil, nil, nil
	}
	s := &Stored{}
	var sheets []*sheet
	used := 0
	if logo != nil {
		drawn := logoSheet(logo, p.Dots&^31)
		s.Logo = len(drawn.rows)
		sheets = append(sheets, drawn)
		used = drawn.bytes * len(drawn.rows)
	}
	for _, t := range tickets {
		for _, fine := range lay(t.cleaned(), p, nil).fixed {
			size := fine.bytes * len(fine.rows)
			if s.place(fine) == 0 && used+size <= room && len(sheets) < mostPictures {
				used += size
				s.Marks = append(s.Marks, fine.mark())
				sheets = append(sheets, fine)
			}
		}
	}
	w := &writer{prof: p}
	w.put(esc, '@')
	w.store(sheets)
	job, err := w.job()
	return job.Bytes, s, err
}

// logoSheet puts a logo in the middle of the paper, at most a third as high as
// the paper is wide. Threshold, no dithering: a dithered picture nearly always
// holds real-time commands.
func logoSheet(logo image.Image, dots int) *sheet {
	s := newSheet(dots)
	b := logo.Bounds()
	if b.Empty() {
		return s
	}
	ratio := min(1, float64(dots-2*edge)/float64(b.Dx()), float64(dots)/3/float64(b.Dy()))
	width, height := int(float64(b.Dx())*ratio), int(float64(b.Dy())*ratio)
	left := (dots - width) / 2
	for y := range height {
		for x := range width {
			if dark(logo, b.Min.X+int(float64(x)/ratio), b.Min.Y+int(float64(y)/ratio)) {
				s.set(left+x, y)
			}
		}
	}
	s.grow((height + 8 + 7) &^ 7)
	return s
}

// dark tells whether a dot is more black than white; what is transparent is paper.
func dark(picture image.Image, x, y int) bool {
	r, g, b, a := picture.At(x, y).RGBA()
	grey := (299*r + 587*g + 114*b) / 1000
	return grey+(0xffff-a) < 0x8000
}

// store writes all pictures at once: FS q forgets what was there before.
func (w *writer) store(sheets []*sheet) {
	if len(sheets) == 0 {
		return
	}
	if w.prof.Raster == "gs_paren_l" {
		for i, s := range sheets {
			w.storeKeyed(i+1, s)
		}
		return
	}
	w.put(fs, 'q', byte(len(sheets)))
	for _, s := range sheets {
		tall := len(s.rows) / 8
		w.put(byte(s.bytes), byte(s.bytes>>8), byte(tall), byte(tall>>8))
		data := s.columns()
		defuse(data)
		w.put(data...)
	}
}

// columns gives the dots as FS q wants them: column after column, eight rows a
// byte, the upper one highest.
func (s *sheet) columns() []byte {
	data := make([]byte, 0, s.bytes*len(s.rows))
	for x := range s.dots() {
		for y := 0; y < len(s.rows); y += 8 {
			var b byte
			for i := range 8 {
				if s.at(x, y+i) {
					b |= 0x80 >> i
				}
			}
			data = append(data, b)
		}
	}
	return data
}

// storeKeyed is function 67 of GS ( L: the picture under two key characters.
func (w *writer) storeKeyed(place int, s *sheet) {
	var data []byte
	for _, row := range s.rows {
		data = append(data, row...)
	}
	defuse(data)
	n := len(data) + 11
	if n > 0xffff {
		w.put(gs, '8', 'L', byte(n), byte(n>>8), byte(n>>16), byte(n>>24))
	} else {
		w.put(gs, '(', 'L', byte(n), byte(n>>8))
	}
	a, b := keys(place)
	w.put(0x30, 0x43, 0x30, a, b, 1, byte(s.dots()), byte(s.dots()>>8), byte(len(s.rows)), byte(len(s.rows)>>8), 0x31)
	w.put(data...)
}

// keys are the two characters a picture is stored under.
func keys(place int) (byte, byte) { return byte('A' + place/26), byte('A' + place%26) }

// recall prints a stored picture.
func (w *writer) recall(place int) {
	if w.prof.Raster == "gs_paren_l" {
		a, b := keys(place)
		w.put(gs, '(', 'L', 6, 0, 0x30, 0x45, a, b, 1, 1)
		return
	}
	w.put(fs, 'p', byte(place), 0)
}

func (w *writer) logo(s *Stored) {
	if s == nil || s.Logo == 0 {
		return
	}
	w.recall(1)
	w.rows += s.Logo
}
