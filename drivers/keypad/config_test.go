package keypad_test

import (
	"strings"
	"testing"
	"time"

	"motcua/drivers/keypad"
	"motcua/drivers/keypad/modbus"
	"motcua/drivers/serial"
	"motcua/drivers/sim"
	firmware "motcua/firmware-config"
	"motcua/firmware-config/keypad/chip"
	"motcua/firmware-config/keypad/registers"
	"motcua/server/queue"
)

// said gives the last detail of a unit.
func (r *rig) said(address int) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.details[address]
}

// A unit that comes on-line gets the profile's debouncing time, and says so; one
// that has it is left alone.
func TestDebounceIsSet(t *testing.T) {
	t.Parallel()
	r := newRig(t, setup{profile: "motcua-kp5", change: func(p *firmware.Keypad) { p.Debounce = 35; p.Idle = 500 }, there: units("rate", 1, 2)})
	for _, address := range []int{1, 2} {
		wait(t, "the new time", func() bool { return strings.Contains(r.said(address), "debouncing was 20 ms, is 35 ms now") })
		if got := r.said(address); !strings.Contains(got, "firmware 1.00") {
			t.Errorf("unit %d: %q", address, got)
		}
	}
	r.act(t, "off", "1")
	wait(t, "the gap", func() bool { return r.in(queue.DeviceOffline) == 1 })
	r.act(t, "on", "1")
	wait(t, "its return", func() bool { return r.in(queue.DeviceReady) == 2 })
	r.press(t, 1, "2")
	wait(t, "a press", func() bool { return len(r.of(1)) == 1 })
	if got := r.said(1); strings.Contains(got, "debouncing") {
		t.Errorf("it was set again: %q", got)
	}
}

// With an answer in four lost, a unit is set all the same.
func TestDebounceIsSetOnABadLine(t *testing.T) {
	r := newRig(t, setup{profile: "motcua-kp5", there: units("rate", 1), change: func(p *firmware.Keypad) {
		p.Debounce, p.Retries, p.Timeout = 50, 10, 60
	}})
	r.act(t, "drop", "25")
	r.press(t, 1, "1")
	wait(t, "a press", func() bool { return len(r.of(1)) == 1 })
	if d := r.config(t, 1).Debounce; d != 50 {
		t.Logf("after a first press: %d ms", d)
	}
	wait(t, "the new time", func() bool {
		return r.config(t, 1).Debounce == 50 || strings.Contains(r.said(1), "could not be configured")
	})
}

// config looks into a simulated unit.
func (r *rig) config(t *testing.T, address int) registers.Config {
	t.Helper()
	c, ok := r.pads.Config(address)
	if !ok {
		t.Fatalf("no unit %d", address)
	}
	return c
}

// ports opens a line of simulated units for SetAddress.
func ports(t *testing.T, there ...firmware.Unit) (serial.Port, *sim.Keypads, *firmware.Keypad) {
	t.Helper()
	p, err := firmware.LoadKeypad("motcua-kp5")
	if err != nil {
		t.Fatal(err)
	}
	cable, err := sim.NewCable(t.TempDir(), "ttyPads")
	if err != nil {
		t.Fatal(err)
	}
	pads, err := sim.NewKeypads(sim.KeypadOptions{ID: "keypads", Cable: cable, Profile: p, Units: there})
	if err != nil {
		t.Fatal(err)
	}
	port, err := serial.Open(serial.Settings{Name: cable.Path(), Baud: 19200})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { port.Close(); pads.Close() })
	return port, pads, p
}

// A unit moves to its new address and keeps everything else.
func TestSetAddress(t *testing.T) {
	t.Parallel()
	port, pads, p := ports(t, units("rate", 1, 9)...)
	if err := keypad.SetAddress(t.Context(), port, p, 19200, 1, 4); err != nil {
		t.Fatal(err)
	}
	want := registers.DefaultConfig()
	want.Address = 4
	if got, _ := pads.Config(1); got != want { // the simulation's name for it stays
		t.Errorf("%+v", got)
	}
	for _, c := range []struct {
		from, to int
		says     string
	}{{1, 5, "no unit answers at address 1"}, {4, 9, "answers at address 9 already"}, {4, 248, "1..247"}, {0, 4, "1..247"}} {
		if err := keypad.SetAddress(t.Context(), port, p, 19200, c.from, c.to); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("from %d to %d: %v, want %q", c.from, c.to, err, c.says)
		}
	}
	ff, err := firmware.LoadKeypad("ff68")
	if err != nil {
		t.Fatal(err)
	}
	if err := keypad.SetAddress(t.Context(), port, ff, 9600, 1, 4); err == nil {
		t.Error("an FF 68 unit was given an address")
	}
}

// The real firmware moves too, also when somebody left values uncommitted, and
// stays where it is after a power cut.
func TestSetAddressOfTheFirmware(t *testing.T) {
	t.Parallel()
	k := chip.Start(t, t.TempDir())
	p, err := firmware.LoadKeypad("motcua-kp5")
	if err != nil {
		t.Fatal(err)
	}
	p.Timeout = 1000
	port, err := serial.Open(serial.Settings{Name: k.Path, Baud: 19200})
	if err != nil {
		t.Fatal(err)
	}
	defer port.Close()
	line := &modbus.Line{Port: port, Now: time.Now, Timeout: time.Second, Gap: 5 * time.Millisecond}
	left := modbus.Request{Unit: 1, Function: modbus.WriteOne, To: registers.HoldingBaud, Values: []uint16{96}}
	if _, err := line.Ask(left); err != nil {
		t.Fatal(err)
	}
	if err := keypad.SetAddress(t.Context(), port, p, 19200, 1, 4); err != nil {
		t.Fatal(err)
	}
	k.Power()
	a, err := line.Ask(modbus.Request{Unit: 4, Function: modbus.ReadHolding, From: registers.HoldingDebounce, Count: 5})
	if err != nil {
		t.Fatal(err)
	}
	if a.Registers[0] != registers.DebounceDefault || a.Registers[2] != 4 || a.Registers[4] != registers.BaudDefault {
		t.Errorf("after a power cut: %v", a.Registers)
	}
}
