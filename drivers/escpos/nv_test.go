package escpos

import (
	"encoding/json"
	"image"
	"image/color"
	"testing"

	"motcua/drivers/sim/paper"
	"motcua/firmware-config"
)

// crest is a logo: a black ring on nothing.
func crest() image.Image {
	p := image.NewNRGBA(image.Rect(0, 0, 300, 300))
	for y := range 300 {
		for x := range 300 {
			if d := (x-150)*(x-150) + (y-150)*(y-150); d < 140*140 && d > 100*100 {
				p.Set(x, y, color.Black)
			}
		}
	}
	return p
}

// A printer that was set up prints the same ticket from its memory, dot for dot
// as it was laid out, in both families of commands and after a power cut.
func TestPrintedFromMemory(t *testing.T) {
	for _, raster := range []string{"gs_v_0", "gs_paren_l"} {
		t.Run(raster, func(t *testing.T) {
			p := profile(576, func(p *firmware.Printer) { p.NVLogo, p.Raster = true, raster })
			vi, en := TicketOf(jobOf(t, "")), TicketOf(jobOf(t, `{"lang":"en"}`))
			setup, stored, err := Setup(p, crest(), vi, en)
			if err != nil {
				t.Fatal(err)
			}
			raw, err := json.Marshal(stored)
			if err != nil {
				t.Fatal(err)
			}
			kept := &Stored{}
			if err := json.Unmarshal(raw, kept); err != nil {
				t.Fatal(err)
			}
			memory := paper.NewMemory()
			if m := paper.New(paper.Options{Dots: 576, DPI: 203, NV: memory}); true {
				m.Write(setup)
				if page := m.Current(); len(page.Errors) > 0 || page.Image.Bounds().Dy() > 0 {
					t.Fatalf("setting up: %v, %v on paper", page.Errors, page.Image.Bounds())
				}
			}
			for _, ticket := range []Ticket{vi, en} {
				job := encode(t, ticket, p, kept)
				if sentAnew := len(encode(t, ticket, p, nil).Bytes); len(job.Bytes)*2 > sentAnew+1000 {
					t.Errorf("%d bytes from memory, %d without", len(job.Bytes), sentAnew)
				}
				page := printed(t, p, memory, job.Bytes)
				want := meant(t, sent(ticket, p, kept))
				ring, rest := split(page.Image, kept.Logo)
				same(t, rest, want)
				if black := count(ring); black < 10_000 {
					t.Errorf("%d black dots of the logo", black)
				}
			}
			goldenPNG(t, "testdata/memory-"+raster+".png", printed(t, p, memory, encode(t, vi, p, kept).Bytes).Image)
		})
	}
}

// What changed since the installation is sent, not printed from memory.
func TestChangedTextIsSent(t *testing.T) {
	p := profile(576, func(p *firmware.Printer) { p.NVLogo = true })
	ticket := TicketOf(jobOf(t, ""))
	_, stored, err := Setup(p, nil, ticket)
	if err != nil {
		t.Fatal(err)
	}
	before := len(encode(t, ticket, p, stored).Bytes)
	ticket.Hall = "Trung tâm mới"
	page := printed(t, p, nil, encode(t, Ticket{Hall: "Trung tâm mới"}, p, nil).Bytes)
	if count(page.Image) == 0 {
		t.Error("the new name is not on the paper")
	}
	if after := len(encode(t, ticket, p, stored).Bytes); after < before+300 {
		t.Errorf("%d bytes with the old name, %d with the new one", before, after)
	}
}

func TestNothingToSetUp(t *testing.T) {
	setup, stored, err := Setup(profile(576, nil), crest(), Sample())
	if len(setup) > 0 || stored != nil || err != nil {
		t.Errorf("%d bytes, %v, %v", len(setup), stored, err)
	}
	if _, _, err := Setup(&firmware.Printer{Dots: 7}, nil); err == nil {
		t.Error("seven dots a line were accepted")
	}
	if _, err := Encode(Sample(), nil); err == nil {
		t.Error("no profile was accepted")
	}
}

// A memory has an end: what does not fit is sent with each ticket.
func TestMemoryHasAnEnd(t *testing.T) {
	p := profile(576, func(p *firmware.Printer) { p.NVLogo = true })
	var tickets []Ticket
	for i := range 40 {
		ticket := Sample()
		ticket.Service += " " + string(rune('A'+i))
		tickets = append(tickets, ticket)
	}
	setup, stored, err := Setup(p, crest(), tickets...)
	if err != nil || len(setup) > room+2000 || len(stored.Marks) < 10 {
		t.Errorf("%d bytes, %d pieces, %v", len(setup), len(stored.Marks), err)
	}
}

func split(page *image.Gray, at int) (above, below *image.Gray) {
	w, h := page.Bounds().Dx(), page.Bounds().Dy()
	above, below = image.NewGray(image.Rect(0, 0, w, at)), image.NewGray(image.Rect(0, 0, w, h-at))
	copy(above.Pix, page.Pix[:w*at])
	copy(below.Pix, page.Pix[w*at:])
	return above, below
}

func count(page *image.Gray) int {
	n := 0
	for _, v := range page.Pix {
		if v < 128 {
			n++
		}
	}
	return n
}
