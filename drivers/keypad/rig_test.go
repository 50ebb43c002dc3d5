package keypad_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"motcua/drivers/keypad"
	"motcua/drivers/serial"
	"motcua/drivers/sim"
	firmware "motcua/firmware-config"
	"motcua/server/queue"
)

// rig is a bus of simulated units on a pseudo-terminal and the driver on the other end.
type rig struct {
	pads    *sim.Keypads
	bus     *keypad.Bus
	profile *firmware.Keypad

	mu      sync.Mutex
	presses []keypad.Press
	at      []time.Time
	states  map[int]queue.DeviceState
	details map[int]string
	fail    int // so many presses are refused
}

type setup struct {
	profile string
	change  func(*firmware.Keypad)
	there   []firmware.Unit // units the line has
	known   []firmware.Unit // units the driver knows, the same when nil
	baud    int
	clock   sim.Clock
	every   time.Duration
	reads   queue.Clock // the driver's
}

func newRig(t testing.TB, s setup) *rig {
	t.Helper()
	p, err := firmware.LoadKeypad(s.profile)
	if err != nil {
		t.Fatal(err)
	}
	if s.change != nil {
		s.change(p)
	}
	cable, err := sim.NewCable(t.TempDir(), "ttyPads")
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{profile: p, states: map[int]queue.DeviceState{}, details: map[int]string{}}
	r.pads, err = sim.NewKeypads(sim.KeypadOptions{ID: "keypads", Cable: cable, Profile: p, Units: s.there, Baud: s.baud,
		Clock: s.clock, Seed: 7, Boot: 40})
	if err != nil {
		t.Fatal(err)
	}
	if s.known == nil {
		s.known = s.there
	}
	r.bus, err = keypad.NewBus(keypad.Options{Profile: p, Units: s.known, Accept: r.accept, Changed: r.changed, Clock: s.reads, PollEvery: s.every, Boot: 9})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() {
		_ = serial.Keep(ctx, serial.Settings{Name: cable.Path(), Baud: p.Serial.Baud[0]}, serial.KeepOptions{},
			func(ctx context.Context, port serial.Port) error { return r.bus.Run(ctx, port) })
	})
	t.Cleanup(func() {
		cancel()
		wg.Wait()
		if err := r.pads.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

func (r *rig) accept(_ context.Context, p keypad.Press) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fail > 0 {
		r.fail--
		return errFull
	}
	r.presses = append(r.presses, p)
	r.at = append(r.at, time.Now())
	return nil
}

func (r *rig) changed(u firmware.Unit, s queue.DeviceState, detail string) {
	r.mu.Lock()
	r.states[u.Address], r.details[u.Address] = s, detail
	r.mu.Unlock()
}

// refuse lets Accept fail the next n times.
func (r *rig) refuse(n int) {
	r.mu.Lock()
	r.fail = n
	r.mu.Unlock()
}

// of gives the presses of one unit, in the order they were accepted.
func (r *rig) of(address int) (all []keypad.Press) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, p := range r.presses {
		if p.Unit.Address == address {
			all = append(all, p)
		}
	}
	return all
}

func (r *rig) in(s queue.DeviceState) (n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, state := range r.states {
		if state == s {
			n++
		}
	}
	return n
}

func (r *rig) unit(address int) sim.PadState {
	for _, u := range r.pads.Bus().Units {
		if u.Address == address {
			return u
		}
	}
	return sim.PadState{}
}

func (r *rig) act(t testing.TB, action, arg string) {
	t.Helper()
	if err := r.pads.Act(action, arg); err != nil {
		t.Fatal(err)
	}
}

// press pushes a key until the unit has room for it.
func (r *rig) press(t testing.TB, address int, key string) {
	t.Helper()
	wait(t, "room for a press", func() bool { return r.unit(address).Queued < 16 })
	if took, err := r.pads.Press(address, key); err != nil || !took {
		t.Fatalf("unit %d, key %s: took %v, %v", address, key, took, err)
	}
}

// wait waits for something a loaded machine may take its time for.
func wait(t testing.TB, what string, true func() bool) {
	t.Helper()
	for end := time.Now().Add(60 * time.Second); !true(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

func units(role string, addresses ...int) (all []firmware.Unit) {
	for _, a := range addresses {
		all = append(all, firmware.Unit{Address: a, Counter: "quay", Role: role})
	}
	return all
}

func upTo(n int) (all []int) {
	for i := range n {
		all = append(all, i+1)
	}
	return all
}

var errFull = errors.New("the disk is full")
