package printer_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"motcua/drivers/box"
	"motcua/drivers/escpos"
	"motcua/drivers/printer"
	"motcua/drivers/serial"
	"motcua/drivers/sim"
	"motcua/firmware-config"
	"motcua/server/queue"
	"motcua/server/wire"
)

// hurry is how much faster than life the printer runs; its line is paced all the same.
const hurry = 8

// bench is the driver on a real port and a virtual printer at the line's other end.
type bench struct {
	t       *testing.T
	virtual *sim.Printer
	driver  *printer.Printer

	mu      sync.Mutex
	results map[string]wire.PrintResult
	states  []queue.DeviceState
}

func newBench(t *testing.T, id string) *bench {
	t.Helper()
	profile, err := firmware.LoadPrinter(id)
	if err != nil {
		t.Fatal(err)
	}
	baud := 19200
	cable, err := sim.NewCable(t.TempDir(), "printer")
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, results: map[string]wire.PrintResult{}}
	b.virtual, err = sim.NewPrinter(cable, sim.PrinterOptions{ID: "printer", Profile: profile, Baud: baud, Clock: sim.Faster(hurry)})
	if err != nil {
		t.Fatal(err)
	}
	if profile.Confirms() == "none" {
		b.act("silent", "")
	}
	store, err := box.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	clock := sim.NewUnhurried(b.virtual)
	b.driver, err = printer.New(printer.Options{Profile: profile, Baud: baud, Box: store, Device: "printer", Clock: clock, Done: b.done, Changed: b.changed,
		Encode: func(j *wire.PrintJob) ([]byte, int, error) {
			job, err := escpos.Encode(escpos.TicketOf(j), profile)
			return job.Bytes, job.Rows, err
		}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	var parts sync.WaitGroup
	drive := func(ctx context.Context, port serial.Port) error { return b.driver.Run(ctx, clock.Over(port)) }
	parts.Go(func() {
		_ = serial.Keep(ctx, serial.Settings{Name: cable.Path(), Baud: baud, Flow: serial.Flow(profile.Serial.Flow)}, serial.KeepOptions{}, drive)
	})
	parts.Go(func() { _ = b.driver.Tend(ctx, time.After) })
	t.Cleanup(func() {
		stop()
		parts.Wait()
		_ = b.virtual.Close()
	})
	return b
}

func (b *bench) done(r wire.PrintResult) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.results[r.Job] = r
	return nil
}

func (b *bench) changed(s queue.DeviceState, _ string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.states = append(b.states, s)
}

func (b *bench) act(action, arg string) {
	b.t.Helper()
	if err := b.virtual.Act(action, arg); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) submit(job string) {
	b.t.Helper()
	err := b.driver.Submit(wire.PrintJob{Job: job, Visit: job, Number: job, Lang: "vi", Hall: queue.Text{VI: "Bộ phận Một cửa phường Hòa Bình"},
		Service: queue.Text{VI: "Chứng thực bản sao"}, Ahead: 4, Area: []string{"3", "4"}, URL: "http://192.168.1.10:8080/v/7Qm2xT9aLp", Code: "7QM2"})
	if err != nil {
		b.t.Fatal(err)
	}
}

// until waits; its limit is far above what a loaded machine needs.
func (b *bench) until(what string, is func() bool) {
	b.t.Helper()
	for end := time.Now().Add(60 * time.Second); !is(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			s, d := b.driver.State()
			b.t.Fatalf("waited in vain for %s: driver is %s (%s), results %v, %d tickets", what, s, d, b.results, len(b.virtual.Tickets()))
		}
	}
}

func (b *bench) outcome(job string) wire.PrintResult {
	b.t.Helper()
	b.until("the outcome of "+job, func() bool { return b.result(job).State != "" })
	return b.result(job)
}

func (b *bench) result(job string) wire.PrintResult {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.results[job]
}

func (b *bench) is(want queue.DeviceState) {
	b.t.Helper()
	b.until("state "+string(want), func() bool { s, _ := b.driver.State(); return s == want })
}

// begins submits a job and waits until a part of its ticket is out.
func (b *bench) begins(job string) {
	b.t.Helper()
	before := b.virtual.Look().Rows
	b.submit(job)
	b.until("a ticket half out", func() bool { return b.virtual.Look().Rows > before+60 })
}

// TestEveryProfilePrints: each shipped profile, driven through the virtual device.
func TestEveryProfilePrints(t *testing.T) {
	heads := firmware.List("printer")
	if len(heads) == 0 {
		t.Fatal("no profiles")
	}
	for _, h := range heads {
		t.Run(h.ID, func(t *testing.T) {
			t.Parallel()
			p, err := firmware.LoadPrinter(h.ID)
			if err != nil {
				t.Fatal(err)
			}
			b := newBench(t, h.ID)
			b.submit("A012")
			want := wire.Printed
			if c := p.Confirms(); c == "status" || c == "none" {
				want = wire.PrintSent
			}
			if r := b.outcome("A012"); r.State != want || r.Reason != "" {
				t.Fatalf("%+v, want %s", r, want)
			}
			if p.Cut == "none" { // torn off by hand
				b.until("the paper", func() bool { return b.virtual.Look().Rows > 200 })
				return
			}
			b.until("the paper", func() bool { return len(b.virtual.Tickets()) == 1 })
			if got := b.virtual.Tickets()[0]; len(got.Errors) > 0 || got.Clipped > 0 {
				t.Fatalf("the printer says %v, %d dots clipped", got.Errors, got.Clipped)
			}
		})
	}
}

func TestPaperOutAndReload(t *testing.T) {
	b := newBench(t, "epson-tm-t82")
	b.is(queue.DeviceReady)
	b.act("paper_out", "150")
	b.submit("A012")
	b.is(queue.DevicePaperOut)
	if r := b.result("A012"); r.State != "" {
		t.Fatalf("told %+v without paper", r)
	}
	b.act("reload", "")
	if r := b.outcome("A012"); r.State != wire.Printed {
		t.Fatalf("%+v", r)
	}
	if got := b.virtual.Tickets(); len(got) != 1 || len(got[0].Errors) > 0 {
		t.Fatalf("%d tickets", len(got))
	}
	b.is(queue.DeviceReady)
}

func TestUnplugInTheMiddle(t *testing.T) {
	b := newBench(t, "epson-tm-t82")
	b.is(queue.DeviceReady)
	b.begins("A012")
	b.act("unplug", "")
	if r := b.outcome("A012"); r.State != wire.PrintUnknown || r.Reason != "offline" {
		t.Fatalf("%+v", r)
	}
	b.is(queue.DeviceOffline)
	b.submit("A013")
	b.act("plug", "")
	if r := b.outcome("A013"); r.State != wire.Printed {
		t.Fatalf("%+v", r)
	}
	got := b.virtual.Tickets()
	last := got[len(got)-1]
	if len(last.Errors) > 0 || len(last.QR)+strings.Count(strings.Join(last.Texts, ""), "A013") == 0 {
		t.Fatalf("the ticket after it: errors %v, texts %q, QR %q", last.Errors, last.Texts, last.QR)
	}
	if len(got) != 2 {
		t.Fatalf("%d papers, want the half one and a whole one", len(got))
	}
}

func TestCutterJamIsFreed(t *testing.T) {
	b := newBench(t, "epson-tm-t82")
	b.is(queue.DeviceReady)
	b.act("jam", "hard")
	b.submit("A012")
	b.is(queue.DeviceCutter)
	b.act("cover", "")
	b.is(queue.DeviceCover)
	b.act("unjam", "")
	b.act("close", "")
	if r := b.outcome("A012"); r.State != wire.Printed {
		t.Fatalf("%+v", r)
	}
	b.is(queue.DeviceReady)
}

func TestSilentPrinterIsUnknownNotPaperOut(t *testing.T) {
	b := newBench(t, "generic-80-oneway")
	b.is(queue.DeviceUnknown)
	b.submit("A012")
	if r := b.outcome("A012"); r.State != wire.PrintSent {
		t.Fatalf("%+v", r)
	}
}
