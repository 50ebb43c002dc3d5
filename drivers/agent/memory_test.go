package agent

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"motcua/drivers/escpos"
	"motcua/drivers/sim"
	firmware "motcua/firmware-config"
	"motcua/server/queue"
	"motcua/server/wire"
)

// hallTicket is a ticket of a usual hall.
func hallTicket(id, lang string) wire.PrintJob {
	return wire.PrintJob{Job: id, Visit: id, Number: "A012", Lang: lang, Ahead: 4, Estimate: &wire.Interval{Low: 9, High: 16},
		Hall:    queue.Text{VI: "Trung tâm Phục vụ hành chính công", EN: "Public Administrative Service Centre"},
		Place:   queue.Text{VI: "Phường Hòa Bình", EN: "Hòa Bình Ward"},
		Service: queue.Text{VI: "Hộ tịch, khai sinh, kết hôn", EN: "Civil status, births, marriages"},
		WiFi:    "MotCua", Area: []string{"1", "2", "3"}, URL: "http://10.0.0.5:8080/t/hbQ8s7Kz1mXw4Tn2Yc", Code: "K7M2QX",
		Machine: "Máy 1", IssuedAt: "2026-11-21T08:42:10.000+07:00"}
}

// sampleTicket is one as the server gives it for setting up: without secrets.
func sampleTicket(lang string) wire.PrintJob {
	job := hallTicket("", lang)
	job.Number, job.URL, job.Code, job.Machine, job.Ahead, job.Estimate = "", "", "", "", 0, nil
	return job
}

// paperRig is an agent with a simulated printer before the fake server.
type paperRig struct {
	*bench
	printer *sim.Printer
	n       int
}

func newPaperRig(t *testing.T, profile string) *paperRig {
	b := newBench(t)
	stands := &firmware.Site{Branch: "b", Name: "Máy 1", Devices: []firmware.Device{{ID: "printer", Profile: profile, Port: "x"}}}
	table, err := sim.NewBench(t.TempDir(), stands, sim.BenchOptions{Clock: sim.Faster(20)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { table.Close() })
	d, err := table.Device("printer")
	if err != nil {
		t.Fatal(err)
	}
	b.o.Site = table.Site()
	b.f.set(func() { b.f.samples = []wire.PrintJob{sampleTicket("vi"), sampleTicket("en")} })
	return &paperRig{bench: b, printer: d.(*sim.Printer)}
}

// run starts the real agent; b.stop ends it.
func (r *paperRig) run() {
	r.t.Helper()
	a, err := New(r.o)
	if err != nil {
		r.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	r.stop = func() {
		r.stop = nil
		cancel()
		if err := <-ended; err != nil {
			r.t.Error("Run:", err)
		}
	}
	until(r.t, "the line", func() bool { return r.f.online() == 1 })
}

// take lets a visitor take a ticket, and gives the paper.
func (r *paperRig) take(job wire.PrintJob) sim.Ticket {
	r.t.Helper()
	r.n++
	r.f.set(func() {
		r.f.prints[job.Visit] = job
		e := taken(job.Visit)
		e.At = wire.TimeOf(time.Now())
		r.f.events = append(r.f.events, e)
	})
	r.f.happen(wire.Event{Kind: wire.Other})
	until(r.t, "the ticket "+job.Visit, func() bool { return len(r.printer.Tickets()) == r.n })
	until(r.t, "its result", func() bool { return slices.Contains(r.f.got(kindPrint), "print."+job.Visit+".printed") })
	ticket := r.printer.Tickets()[r.n-1]
	if len(ticket.Errors) > 0 || ticket.Clipped > 0 {
		r.t.Errorf("%s: the printer stumbled: %v, %d dots clipped", job.Visit, ticket.Errors, ticket.Clipped)
	}
	return ticket
}

// sees reads a ticket's picture.
func sees(t *testing.T, ticket sim.Ticket) *image.Gray {
	t.Helper()
	p, err := png.Decode(bytes.NewReader(ticket.PNG))
	if err != nil {
		t.Fatal(err)
	}
	return p.(*image.Gray)
}

// alike compares two tickets dot for dot. What is sent is drawn in steps of two
// rows and what is stored in every row, so a dot may be two rows from its likeness.
func alike(t *testing.T, a, b *image.Gray) {
	t.Helper()
	if a.Rect != b.Rect {
		t.Fatalf("%v and %v dots", a.Rect, b.Rect)
	}
	lonely := func(a, b *image.Gray) (n, black int) {
		for y := range a.Rect.Dy() {
			for x := range a.Rect.Dx() {
				if a.GrayAt(x, y).Y > 127 {
					continue
				}
				black++
				near := false
				for dy := -2; dy <= 2; dy++ {
					if p := (image.Point{X: x, Y: y + dy}); p.In(b.Rect) && b.GrayAt(p.X, p.Y).Y < 128 {
						near = true
					}
				}
				if !near {
					n++
				}
			}
		}
		return n, black
	}
	for _, pair := range [][2]*image.Gray{{a, b}, {b, a}} {
		if n, black := lonely(pair[0], pair[1]); black < 5000 || n*500 > black {
			t.Errorf("%d of %d black dots have no likeness", n, black)
		}
	}
}

// A printer that was set up gets less than the half for each ticket, and the paper
// looks the same; what changed since is sent.
func TestSetupPrinter(t *testing.T) {
	for _, profile := range []string{"epson-tm-t82", "citizen-ct-s651"} {
		t.Run(profile, func(t *testing.T) {
			r := newPaperRig(t, profile)
			r.run()
			before := r.take(hallTicket("v1", "vi"))
			if _, err := SetupPrinter(t.Context(), r.o, Setup{}); err == nil || !strings.Contains(err.Error(), "stop it first") {
				t.Errorf("beside a running agent: %v", err)
			}
			r.stop()
			hanging := r.printer.Look().Rows
			done, err := SetupPrinter(t.Context(), r.o, Setup{Settle: 10 * time.Millisecond})
			if err != nil {
				t.Fatal(err)
			}
			if len(r.printer.Tickets()) != 1 || r.printer.Look().Rows != hanging {
				t.Error("setting up printed something")
			}
			if done.Device != "printer" || done.Pieces < 4 || done.Ticket*2 > done.Without {
				t.Errorf("%+v", done)
			}
			r.run()
			r.take(hallTicket("v2", "en")) // the simulated printer counts what was stored as this one's bytes
			after := r.take(hallTicket("v2b", "vi"))
			t.Logf("%d bytes before, %d after; %+v", before.Bytes, after.Bytes, done)
			if after.Bytes > 4800 || after.Bytes >= before.Bytes {
				t.Errorf("%d bytes before, %d after", before.Bytes, after.Bytes)
			}
			alike(t, sees(t, before), sees(t, after))
			renamed := hallTicket("v3", "vi")
			renamed.Hall.VI = "Bộ phận Một cửa thành phố"
			now := r.take(renamed)
			if now.Bytes < after.Bytes+300 {
				t.Errorf("the new name is not sent: %d bytes", now.Bytes)
			}
			r.stop()
			if err := os.RemoveAll(filepath.Join(r.o.Data, "stored")); err != nil {
				t.Fatal(err)
			}
			r.run()
			renamed.Job, renamed.Visit = "v4", "v4"
			alike(t, sees(t, now), sees(t, r.take(renamed)))
		})
	}
}

// A logo opens every ticket. A printer without paper is left alone.
func TestSetupPrinterLogo(t *testing.T) {
	r := newPaperRig(t, "epson-tm-t82")
	logo := image.NewGray(image.Rect(0, 0, 80, 80))
	logo.SetGray(0, 0, color.Gray{Y: 255})
	setup := Setup{Device: "printer", Logo: logo, Settle: 10 * time.Millisecond}
	if _, err := SetupPrinter(t.Context(), r.o, setup); err != nil {
		t.Fatal(err)
	}
	r.run()
	plain, page := sees(t, r.take(hallTicket("v1", "vi"))), sees(t, r.take(hallTicket("v2", "vi")))
	r.stop()
	top := 0
	for page.GrayAt(page.Rect.Dx()/2, top).Y > 127 {
		top++
	}
	if plain.Rect != page.Rect {
		t.Errorf("%v and %v dots", plain.Rect, page.Rect)
	}
	black := 0 // of the inside of a square of 80
	for i := range 60 * 60 {
		if page.GrayAt(page.Rect.Dx()/2-30+i%60, top+10+i/60).Y < 128 {
			black++
		}
	}
	if black != 60*60 {
		t.Error("the logo is not on the paper")
	}
	if err := r.printer.Act("paper_out", ""); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer stop()
	if _, err := SetupPrinter(ctx, r.o, setup); err == nil {
		t.Error("a printer without paper was set up")
	}
	if _, err := os.Stat(filepath.Join(r.o.Data, "stored", "printer.json")); err != nil {
		t.Error("nothing was sent, and the note is gone:", err)
	}
}

// What cannot be set up is said.
func TestSetupPrinterRefuses(t *testing.T) {
	b := newBench(t)
	for _, c := range []struct {
		change func(*Options, *Setup)
		says   string
	}{
		{func(o *Options, s *Setup) { s.Device = "scanner" }, `no printer "scanner"`},
		{func(o *Options, s *Setup) { o.Site.Devices[0].Profile = "generic-58" }, "no memory"},
		{func(o *Options, s *Setup) {
			o.Site.Devices = append(o.Site.Devices, firmware.Device{ID: "p2", Profile: "generic-80"})
		}, "--device"},
		{func(o *Options, s *Setup) { o.Key = "" }, "enrol"},
		{func(o *Options, s *Setup) {}, "no services"},
		{func(o *Options, s *Setup) { o.Server = "hall" }, "http://"},
	} {
		o, s := b.o, Setup{}
		o.Site = site()
		c.change(&o, &s)
		if _, err := SetupPrinter(t.Context(), o, s); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("got %v, want %q", err, c.says)
		}
	}
}

// The note of another model, and one that is damaged, count for nothing.
func TestMemoryOf(t *testing.T) {
	b := newBench(t)
	a := &Agent{Options: Options{Data: b.o.Data, Log: slog.New(slog.NewTextHandler(b.log, nil))}}
	records, err := a.memories()
	if err != nil {
		t.Fatal(err)
	}
	good, err := json.Marshal(memory{"epson-tm-t82", &escpos.Stored{Logo: 8, Marks: []uint64{1 << 63}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		record  string
		profile string
		used    bool
	}{{"", "epson-tm-t82", false}, {string(good), "epson-tm-t82", true}, {string(good), "citizen-ct-s651", false}, {"{", "epson-tm-t82", false}} {
		if c.record != "" {
			if err := records.Put("printer", []byte(c.record)); err != nil {
				t.Fatal(err)
			}
		}
		s, err := a.memoryOf("printer", c.profile)
		if err != nil || (s != nil) != c.used || s != nil && s.Marks[0] != 1<<63 {
			t.Errorf("%q for %s: %+v, %v", c.record, c.profile, s, err)
		}
	}
}

// A site file whose editor takes letters and their marks apart means the same names.
func TestNamesAreComposed(t *testing.T) {
	b := newBench(t)
	apart := "Ma\u0301y 1"
	b.o.Site.Name, b.o.Site.Devices[0].Prints = apart, []string{apart}
	b.start()
	until(t, "the line", func() bool { return b.f.online() == 1 })
	if b.a.Site.Name != "M\u00e1y 1" {
		t.Errorf("%q", b.a.Site.Name)
	}
	b.f.happen(taken("v1"))
	until(t, "its ticket", func() bool { return len(b.printer.printed()) == 1 })
	if b.o.Site.Name != apart || b.o.Site.Devices[0].Prints[0] != apart {
		t.Error("the caller's site was changed")
	}
}
