package escpos

import (
	"encoding/json"
	"image"
	"image/color"
	"os"
	"os/exec"
	"testing"

	"motcua/drivers/sim/paper"
	"motcua/firmware-config"
	"motcua/server/qr"
	"motcua/server/wire"
)

// printJob is what a server sends of a usual ticket.
const printJob = `{"job":"261121-A012","copy":0,"visit":"261121-A012","number":"A012",
"hall":{"vi":"Trung tâm Phục vụ hành chính công","en":"Public Administrative Service Centre"},
"place":{"vi":"Phường Hòa Bình","en":"Hòa Bình Ward"},
"service":{"vi":"Hộ tịch, khai sinh, kết hôn","en":"Civil status, births, marriages"},
"lang":"vi","ahead":4,"estimate":{"low":9,"high":16},"area":["1","2","3"],
"url":"http://10.0.0.5:8080/t/hbQ8s7Kz1mXw4Tn2Yc","code":"K7M2QX","machine":"Máy 1",
"issued_at":"2026-11-21T08:42:10.000+07:00"}`

// jobOf gives the usual ticket with fields of its JSON changed.
func jobOf(t testing.TB, change string) *wire.PrintJob {
	t.Helper()
	var job wire.PrintJob
	merge(t, &job, printJob)
	if change != "" {
		merge(t, &job, change)
	}
	return &job
}

// merge changes fields of a job.
func merge(t testing.TB, job *wire.PrintJob, change string) {
	t.Helper()
	if err := json.Unmarshal([]byte(change), job); err != nil {
		t.Fatal(err)
	}
}

// profile is a printer that draws everything but the QR code.
func profile(dots int, change func(*firmware.Printer)) *firmware.Printer {
	p := sampleProfile(dots)
	p.DPI = 203
	if change != nil {
		change(p)
	}
	return p
}

// encode fails the test instead of returning an error.
func encode(t testing.TB, ticket Ticket, p *firmware.Printer, s *Stored) Job {
	t.Helper()
	job, err := EncodeStored(ticket, p, s)
	if err != nil {
		t.Fatal(err)
	}
	return job
}

// printed gives what the independent interpreter makes of a job.
func printed(t testing.TB, p *firmware.Printer, memory *paper.Memory, streams ...[]byte) *paper.Page {
	t.Helper()
	var pages []*paper.Page
	m := paper.New(paper.Options{Dots: p.Dots, DPI: p.DPI, Chinese: p.ChineseOff, NV: memory,
		Cut: func(page *paper.Page) { pages = append(pages, page) }})
	for _, stream := range streams {
		if _, err := m.Write(stream); err != nil {
			t.Fatal(err)
		}
	}
	if p.Cut == "none" {
		pages = append(pages, m.Current())
	}
	if len(pages) != 1 {
		t.Fatalf("%d tickets were cut, want one", len(pages))
	}
	for _, e := range pages[0].Errors {
		t.Errorf("a printer would stumble: %v", e)
	}
	if pages[0].Clipped > 0 || pages[0].Wrapped > 0 {
		t.Errorf("%d dots lost at the right, %d lines broken", pages[0].Clipped, pages[0].Wrapped)
	}
	return pages[0]
}

// sent is the layout of a ticket after it was written: without the dots that had
// to be cleared.
func sent(ticket Ticket, p *firmware.Printer, s *Stored) *layout {
	l := lay(ticket.cleaned(), p, s)
	(&writer{prof: p}).ticket(l)
	return l
}

// meant draws what the encoder had in mind, with nothing of the commands in it.
// Of a number in the printer's type only the place is known; it is left white.
func meant(t testing.TB, l *layout) *image.Gray {
	t.Helper()
	rows := 0
	for _, p := range l.pieces {
		rows += p.rows
	}
	page := image.NewGray(image.Rect(0, 0, l.prof.Dots, rows))
	for i := range page.Pix {
		page.Pix[i] = 0xff
	}
	y := 0
	for _, p := range l.pieces {
		switch {
		case p.qr != "":
			modules, err := qr.Modules(p.qr)
			if err != nil {
				t.Fatal(err)
			}
			pen := &pen{dots: l.dots, step: 1}
			pen.symbol(modules, p.module, (l.dots-p.rows)/2)
			stamp(page, pen.sheet(1, 1), 1, 1, y)
		case p.sheet != nil:
			stamp(page, p.sheet, p.wide, p.tall, y)
		}
		y += p.rows
	}
	return page
}

var blackWhite = color.Palette{color.Gray{}, color.Gray{Y: 255}}

func stamp(page *image.Gray, s *sheet, wide, tall, top int) {
	for y := range len(s.rows) * tall {
		row := page.Pix[page.PixOffset(0, top+y):]
		for x := range s.dots() * wide {
			if s.at(x/wide, y/tall) {
				row[x] = 0
			}
		}
	}
}

// tool finds a program that judges; on the build machine it must be there.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	switch {
	case err == nil:
		return path
	case os.Getenv("CI") == "true":
		t.Fatalf("%s is not installed", name)
	}
	t.Skipf("%s is not installed: apt-get install zbar-tools tesseract-ocr tesseract-ocr-vie", name)
	return ""
}
