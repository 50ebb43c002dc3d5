package agent_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"motcua/drivers/box"
	"motcua/drivers/escpos"
	"motcua/drivers/keypad"
	"motcua/drivers/panel"
	"motcua/drivers/printer"
	"motcua/drivers/scanner"
	"motcua/drivers/serial"
	"motcua/drivers/sim"
	firmware "motcua/firmware-config"
	"motcua/server/queue"
	"motcua/server/wire"
)

// patience is for a machine that is busy with other things; nothing here takes a
// tenth of it.
const patience = 90 * time.Second

// Every profile drives the simulated device of its kind: a printer to a ticket
// that is known to be printed, or sent where the model says no more, a keypad to a
// press of every key, a panel to a number, a scanner to a code.
func TestEveryProfileDrives(t *testing.T) {
	for _, head := range firmware.List("") {
		t.Run(head.ID, func(t *testing.T) {
			t.Parallel()
			drive := map[string]func(*testing.T, *rig){"printer": prints, "keypad": presses, "panel": shows, "scanner": scans}
			drive[head.Kind](t, newRig(t, head))
		})
	}
}

// rig is one device on a bench and the context of its driver.
type rig struct {
	ctx    context.Context
	head   firmware.Head
	bench  *sim.Bench
	device sim.Device
	units  []firmware.Unit
	site   firmware.Device // with the port of the simulated device
	baud   int             // the fastest the model knows, to save time
}

func newRig(t *testing.T, head firmware.Head) *rig {
	t.Helper()
	r := &rig{head: head, baud: slices.Max(head.Serial.Baud)}
	switch head.Kind {
	case "keypad":
		r.units = []firmware.Unit{{Address: 1, Counter: "1", Role: "rate"}, {Address: 2, Counter: "1", Role: "call"}}
	case "panel":
		r.units = []firmware.Unit{{Address: 1, Counter: "1", Role: "panel"}}
	}
	site := &firmware.Site{Branch: "hoabinh", Name: "Máy 1",
		Devices: []firmware.Device{{ID: "device", Profile: head.ID, Port: "sim/device", Baud: r.baud, Units: r.units}}}
	var err error
	if r.bench, err = sim.NewBench(t.TempDir(), site, sim.BenchOptions{Clock: sim.Faster(10)}); err != nil {
		t.Fatal(err)
	}
	var stop context.CancelFunc
	r.ctx, stop = context.WithTimeout(context.Background(), patience)
	t.Cleanup(func() {
		stop()
		if err := r.bench.Close(); err != nil {
			t.Error(err)
		}
	})
	r.site = r.bench.Site().Devices[0]
	if r.device, err = r.bench.Device("device"); err != nil {
		t.Fatal(err)
	}
	return r
}

// run opens the line as the profile sets it and lets a driver have it until the
// test is over.
func (r *rig) run(t *testing.T, drive func(context.Context, serial.Port) error) {
	t.Helper()
	line := r.head.Serial
	port, err := serial.Open(serial.Settings{Name: r.site.Port, Baud: r.baud, Parity: line.Parity, Stop: line.Stop, Flow: serial.Flow(line.Flow)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(r.ctx)
	done := make(chan error, 1)
	go func() { done <- drive(ctx, port) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the driver ended with %v", err)
		}
		if err := port.Close(); err != nil {
			t.Error(err)
		}
	})
}

// next waits for the driver's word.
func next[T any](t *testing.T, r *rig, from <-chan T) (word T) {
	t.Helper()
	select {
	case word = <-from:
	case <-r.ctx.Done():
		t.Fatal("the driver said nothing")
	}
	return word
}

func prints(t *testing.T, r *rig) {
	profile, err := firmware.LoadPrinter(r.head.ID)
	if err != nil {
		t.Fatal(err)
	}
	spool, err := box.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if profile.Confirms() == "none" { // this is what such a model does
		if err := r.device.Act("silent", ""); err != nil {
			t.Fatal(err)
		}
	}
	// A time-out of the driver would tell of this machine, not of the profile.
	clock := sim.NewUnhurried(r.device.(*sim.Printer))
	results := make(chan wire.PrintResult, 4)
	p, err := printer.New(printer.Options{Profile: profile, Baud: r.baud, Box: spool, Device: "device", Clock: clock,
		Encode: func(job *wire.PrintJob) ([]byte, int, error) {
			made, err := escpos.Encode(escpos.TicketOf(job), profile)
			return made.Bytes, made.Rows, err
		},
		Done: func(result wire.PrintResult) error { results <- result; return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Submit(someJob()); err != nil {
		t.Fatal(err)
	}
	r.run(t, func(ctx context.Context, port serial.Port) error { return p.Run(ctx, clock.Over(port)) })
	want := wire.PrintSent
	if by := profile.Confirms(); by == "id" || by == "gs_r" {
		want = wire.Printed
	}
	if got := next(t, r, results); got.State != want || got.Visit != "v1" {
		t.Fatalf("outcome %+v, want %s", got, want)
	}
	checkTicket(t, r, profile)
}

// checkTicket looks at the paper. Without a cutter it hangs out of the printer.
func checkTicket(t *testing.T, r *rig, profile *firmware.Printer) {
	t.Helper()
	paper := r.device.(*sim.Printer)
	if profile.Cut == "none" {
		if hanging, err := paper.Picture(0); err != nil || len(hanging) == 0 {
			t.Errorf("no paper came out: %v", err)
		}
		return
	}
	for len(paper.Tickets()) == 0 {
		seen := r.bench.Table().Version
		if len(paper.Tickets()) > 0 {
			break
		}
		if err := r.bench.Await(r.ctx, seen); err != nil {
			t.Fatal("no ticket came out")
		}
	}
	ticket := paper.Tickets()[0]
	if len(ticket.Errors) > 0 || ticket.Clipped > 0 {
		t.Errorf("the printer stumbled: %v, %d dots clipped", ticket.Errors, ticket.Clipped)
	}
	if profile.QR == "native" && !slices.ContainsFunc(ticket.QR, func(text string) bool { return strings.Contains(text, "/t/abc") }) {
		t.Errorf("the QR says %q", ticket.QR)
	}
	if profile.Number == "font" && !strings.Contains(strings.Join(ticket.Texts, "\n"), "A012") {
		t.Errorf("the number is not in %q", ticket.Texts)
	}
}

func someJob() wire.PrintJob {
	text := func(vi, en string) queue.Text { return queue.Text{VI: vi, EN: en} }
	return wire.PrintJob{Job: "v1", Visit: "v1", Number: "A012", Hall: text("Trung tâm Phục vụ hành chính công", "Public Administration Centre"),
		Service: text("Hộ tịch, chứng thực", "Civil status"), Lang: "vi", Ahead: 3, Area: []string{"01", "02"},
		URL: "http://10.0.0.1:8080/t/abc", Code: "ABC234", Machine: "Máy 1"}
}

func presses(t *testing.T, r *rig) {
	profile, err := firmware.LoadKeypad(r.head.ID)
	if err != nil {
		t.Fatal(err)
	}
	got := make(chan keypad.Press, 64)
	bus, err := keypad.NewBus(keypad.Options{Profile: profile, Units: r.units, Baud: r.baud, Boot: 1,
		Accept: func(_ context.Context, p keypad.Press) error { got <- p; return nil }})
	if err != nil {
		t.Fatal(err)
	}
	r.run(t, bus.Run)
	pads := r.device.(*sim.Keypads)
	for _, unit := range pads.Bus().Units {
		if len(unit.Keys) == 0 {
			t.Errorf("unit %d has no keys", unit.Address)
		}
		for _, key := range unit.Keys {
			push(t, r, pads, unit.Address, key.Key)
			p := next(t, r, got)
			if p.Unit.Address != unit.Address || p.Action.Do != key.Do || p.Action.Level != key.Level {
				t.Errorf("key %q of unit %d came as %+v, want %s", key.Key, unit.Address, p, key.Do)
			}
		}
	}
	if len(got) > 0 {
		t.Errorf("%d presses too many", len(got))
	}
}

// push presses a key. A pad that has not heard its last press acknowledged takes no
// other; a visitor presses again.
func push(t *testing.T, r *rig, pads *sim.Keypads, address int, key string) {
	t.Helper()
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	for {
		took, err := pads.Press(address, key)
		if err != nil {
			t.Fatalf("key %q of unit %d: %v", key, address, err)
		}
		if took {
			return
		}
		select {
		case <-ticker.C:
		case <-r.ctx.Done():
			t.Fatalf("key %q of unit %d was not taken", key, address)
		}
	}
}

func shows(t *testing.T, r *rig) {
	profile, err := firmware.LoadPanel(r.head.ID)
	if err != nil {
		t.Fatal(err)
	}
	bus, err := panel.NewBus(panel.Options{Profile: profile, Units: r.units})
	if err != nil {
		t.Fatal(err)
	}
	bus.Show(1, panel.Sign{Number: "A012", State: queue.CounterServing})
	r.run(t, bus.Run)
	want := "012"
	if profile.Letters {
		want = "A012"
	}
	for {
		seen := r.bench.Table().Version
		display := r.device.State().(sim.BusState).Units[0].Display
		if strings.TrimSpace(display) == want {
			return
		}
		if err := r.bench.Await(r.ctx, seen); err != nil {
			t.Fatalf("the panel shows %q, want %q", display, want)
		}
	}
}

func scans(t *testing.T, r *rig) {
	profile, err := firmware.LoadScanner(r.head.ID)
	if err != nil {
		t.Fatal(err)
	}
	got := make(chan string, 4)
	s, err := scanner.New(scanner.Options{Profile: profile, Scanned: func(s scanner.Scan) { got <- s.Text }})
	if err != nil {
		t.Fatal(err)
	}
	r.run(t, s.Run)
	// A model that has to be woken drops what comes meanwhile, so a code is shown to
	// it until it takes one; each is another, for the same twice counts once.
	ticker := time.NewTicker(200 * time.Millisecond)
	defer ticker.Stop()
	shown := map[string]bool{}
	for r.ctx.Err() == nil {
		text := fmt.Sprintf("http://10.0.0.1:8080/t/abc%d", len(shown))
		shown[text] = true
		if err := r.device.(*sim.Scanner).Scan(text); err != nil {
			t.Fatal(err)
		}
		select {
		case scanned := <-got:
			if !shown[scanned] {
				t.Errorf("scanned %q", scanned)
			}
			return
		case <-ticker.C:
		}
	}
	t.Fatal("nothing was scanned")
}
