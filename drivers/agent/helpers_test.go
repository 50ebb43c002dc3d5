package agent

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"motcua/drivers/panel"
	"motcua/drivers/printer"
	"motcua/drivers/serial"
	firmware "motcua/firmware-config"
	"motcua/server/queue"
	"motcua/server/wire"
)

// fakePrinter prints at once what it is given, and knows what it had before.
type fakePrinter struct {
	mu   sync.Mutex
	jobs []string
	full bool

	withdrawn []string

	done func(wire.PrintResult) error
}

func (p *fakePrinter) Withdraw(visit string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.withdrawn = append(p.withdrawn, visit)
}

func (p *fakePrinter) Submit(job wire.PrintJob) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.full {
		return printer.ErrBusy
	}
	if slices.Contains(p.jobs, job.Job) {
		return nil
	}
	p.jobs = append(p.jobs, job.Job)
	return p.done(wire.PrintResult{Job: job.Job, Visit: job.Visit, Device: "printer", State: wire.Printed})
}

func (p *fakePrinter) Full() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.full
}

func (p *fakePrinter) set(full bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.full = full
}

func (p *fakePrinter) printed() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.jobs)
}

// fakeBus remembers what it shows and whom it invited.
type fakeBus struct {
	mu      sync.Mutex
	shown   map[int]panel.Sign
	invited []int
}

func (b *fakeBus) Show(address int, s panel.Sign) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.shown[address] = s
}

func (b *fakeBus) Invite(address int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.invited = append(b.invited, address)
}

// bench is an agent with fake devices before a fake server.
type bench struct {
	t       *testing.T
	f       *fakeServer
	o       Options
	printer *fakePrinter
	bus     *fakeBus
	a       *Agent
	log     *safeBuffer
	stop    func()
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func site() *firmware.Site {
	return &firmware.Site{Branch: "b", Name: "Máy 1", Devices: []firmware.Device{
		{ID: "printer", Profile: "epson-tm-t82"},
		{ID: "keypads", Profile: "motcua-kp5", Units: []firmware.Unit{
			{Address: 1, Counter: "1", Role: "rate"}, {Address: 2, Counter: "1", Role: "panel"}}},
		{ID: "scanner", Profile: "gm65"},
	}}
}

func newBench(t *testing.T) *bench {
	b := &bench{t: t, f: newFakeServer(t), log: &safeBuffer{}, printer: &fakePrinter{}, bus: &fakeBus{shown: map[int]panel.Sign{}}}
	b.o = Options{Server: b.f.url(), Key: "k1", Site: site(), Data: t.TempDir(), Log: slog.New(slog.NewTextHandler(b.log, nil))}
	t.Cleanup(func() {
		if b.stop != nil {
			b.stop()
		}
	})
	return b
}

func (b *bench) makers() makers {
	return makers{
		driver: func(a *Agent, d *device) (showing, error) {
			switch d.ID {
			case "printer":
				d.head = firmware.Head{ID: d.Profile, Kind: "printer", Verified: firmware.Verified{How: "guess"}}
				b.printer.done = a.acceptPrint
				d.printer = b.printer
			case "keypads":
				d.head = firmware.Head{ID: d.Profile, Kind: "keypad"}
				return b.bus, nil
			case "scanner":
				d.head = firmware.Head{ID: d.Profile, Kind: "scanner"}
			}
			return nil, nil
		},
		keep: func(ctx context.Context, _ serial.Settings, changed func(bool, error), _ func(context.Context, serial.Port) error) {
			changed(true, nil)
			<-ctx.Done()
		},
	}
}

// start makes the agent and runs it; b.stop ends it.
func (b *bench) start() {
	b.t.Helper()
	a, err := newAgent(b.o, b.makers())
	if err != nil {
		b.t.Fatal(err)
	}
	b.a = a
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	b.stop = func() {
		b.stop = nil
		cancel()
		select {
		case err := <-ended:
			if err != nil && !errors.Is(err, context.Canceled) {
				b.t.Error("Run:", err)
			}
		case <-time.After(20 * time.Second):
			b.t.Error("Run does not end")
		}
	}
}

func (b *bench) press(seq int) error {
	return b.a.acceptPress(wire.Press{Device: "keypads:1", Counter: "1", Do: "rate", Level: 1, Boot: 1, Seq: seq}, b.a.hall.now())
}

// until waits for something that must come; the limit is for a slow machine.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("never came:", what)
		}
	}
}

// stepped is a clock that moves when told.
type stepped struct {
	mu    sync.Mutex
	now   time.Time
	waits []wakeUp
}

type wakeUp struct {
	at time.Time
	c  chan time.Time
}

func newStepped() *stepped { return &stepped{now: time.Date(2026, 11, 23, 8, 0, 0, 0, queue.Zone)} }

func (s *stepped) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *stepped) After(d time.Duration) <-chan time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := make(chan time.Time, 1)
	if d <= 0 {
		c <- s.now
		return c
	}
	s.waits = append(s.waits, wakeUp{s.now.Add(d), c})
	return c
}

func (s *stepped) step(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
	s.waits = slices.DeleteFunc(s.waits, func(w wakeUp) bool {
		if w.at.After(s.now) {
			return false
		}
		w.c <- s.now
		return true
	})
}
