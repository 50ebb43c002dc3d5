package keypad_test

import (
	"errors"
	"testing"
	"time"

	"motcua/firmware-config/keypad/registers"
)

// inForce reads the configuration a keypad works with; pending ones are gone when
// this is asked after a start.
func inForce(c *client) registers.Config {
	v := c.holding(registers.HoldingDebounce, 5)
	return registers.Config{Debounce: v[0], Address: v[2], Parity: v[3], Baud: v[4]}
}

func TestWrongCRCLeavesTheConfiguration(t *testing.T) {
	k, c := start(t)
	old := registers.DefaultConfig()
	wanted := registers.Config{Debounce: 40, Address: 1, Parity: 0, Baud: 192}
	if got := c.holding(registers.HoldingConfigCRC, 1)[0]; got != int(old.CRC()) {
		t.Errorf("a new keypad's CRC is %04x, want %04x", got, old.CRC())
	}
	before := k.EEPROM(0x40, 0x40)
	if err := c.commit(wanted, int(wanted.CRC())^1); !errors.Is(err, exception(3)) {
		t.Errorf("a wrong CRC: %v, want exception 3", err)
	}
	if got := inForce(c); got != old {
		t.Errorf("after a wrong CRC: %+v, want %+v", got, old)
	}
	if string(k.EEPROM(0x40, 0x40)) != string(before) {
		t.Error("a wrong CRC has written to the EEPROM")
	}
	// Not committed: in force is the old one, and a power cut forgets the new one.
	if err := c.write(registers.HoldingDebounce, 77); err != nil {
		t.Fatal(err)
	}
	if got := c.holding(registers.HoldingConfigCRC, 1)[0]; got != int(old.CRC()) {
		t.Errorf("a pending value has changed the CRC to %04x", got)
	}
	k.Power()
	if got := inForce(c); got != old {
		t.Errorf("after a power cut: %+v, want %+v", got, old)
	}
	if err := c.commit(wanted, int(wanted.CRC())); err != nil {
		t.Fatal(err)
	}
	k.Power()
	if got := inForce(c); got != wanted || c.holding(registers.HoldingConfigCRC, 1)[0] != int(wanted.CRC()) {
		t.Errorf("after commit and power cut: %+v, want %+v", got, wanted)
	}
}

func TestAddressChangesAfterCommit(t *testing.T) {
	_, c := start(t)
	moved := registers.DefaultConfig()
	moved.Address = 17
	if err := c.write(registers.HoldingAddress, 17); err != nil {
		t.Fatal(err)
	}
	c.inputs() // still at 1
	if err := c.write(registers.HoldingConfigCommit, int(moved.CRC())); err != nil {
		t.Fatal(err) // the answer, too, comes from 1
	}
	c.silent(append([]byte{0x04}, be(0, 1)...)...)
	c.unit = 17
	if got := inForce(c); got != moved {
		t.Errorf("%+v, want %+v", got, moved)
	}
}

// The power fails in the middle of the nth byte of a commit, for every n: the
// configuration is the old or the new one, never a mixture, and starts are still
// counted upwards.
func TestPowerCutWhileCommitting(t *testing.T) {
	k, c := start(t)
	current := inForce(c)
	boot := c.inputs()[registers.InputBoot]
	values := []registers.Config{
		{Debounce: 33, Address: 1, Parity: 0, Baud: 192},
		{Debounce: 5, Address: 1, Parity: 1, Baud: 192},
	}
	torn, whole := 0, 0
	for n := 1; n <= 12; n++ {
		wanted := values[n%2]
		cuts := k.State().Cuts
		k.Tear(n)
		answered := c.commitAndCut(wanted, cuts)
		got := inForce(c)
		switch {
		case got == wanted:
			whole++
		case got == current && !answered:
			torn++
		default:
			t.Fatalf("cut at byte %d (answered: %v): %+v, want %+v or, unanswered, %+v", n, answered, got, wanted, current)
		}
		current = got
		if now := c.inputs()[registers.InputBoot]; now <= boot {
			t.Fatalf("cut at byte %d: boot went from %d to %d", n, boot, now)
		} else {
			boot = now
		}
	}
	if torn < 5 || whole < 1 {
		t.Errorf("%d commits torn, %d whole: the test does not cut where it should", torn, whole)
	}
	t.Logf("%d commits torn, %d whole", torn, whole)
}

// commitAndCut commits and takes the power away, unless it has failed meanwhile;
// it tells whether the commit was answered.
func (c *client) commitAndCut(wanted registers.Config, cuts int) bool {
	c.t.Helper()
	if err := c.pend(wanted); err != nil {
		c.t.Fatal(err)
	}
	commit := append([]byte{0x06}, be(registers.HoldingConfigCommit, int(wanted.CRC()))...)
	c.send(framed(c.unit, commit))
	time.Sleep(2 * time.Millisecond) // into the simulator's hands
	c.k.Wait(400 * time.Millisecond)
	if c.k.State().Cuts != cuts {
		return false
	}
	if _, err := c.hear(commit[0]); err != nil { // the whole commit took fewer bytes
		c.t.Errorf("the commit: %v", err)
	}
	c.k.Tear(0)
	c.k.Power()
	return true
}

// The power fails while a start is being counted.
func TestPowerCutWhileStarting(t *testing.T) {
	k, c := start(t)
	seen := map[int]bool{c.inputs()[registers.InputBoot]: true}
	for n := range 6 {
		k.Tear(n % 5)
		k.Power()
		k.Wait(200 * time.Millisecond)
		k.Tear(0)
		boot := c.inputs()[registers.InputBoot]
		if seen[boot] {
			t.Errorf("boot %d twice", boot)
		}
		seen[boot] = true
	}
}

func TestRescueKeysGiveFactorySettings(t *testing.T) {
	k, c := start(t)
	lost := registers.Config{Debounce: 20, Address: 99, Parity: 1, Baud: 576}
	if err := c.commit(lost, int(lost.CRC())); err != nil {
		t.Fatal(err)
	}
	c.silent(append([]byte{0x04}, be(0, 1)...)...)
	k.Press(6)
	k.Press(10)
	k.Power()
	k.Release(6)
	k.Release(10)
	if got := inForce(c); got != registers.DefaultConfig() {
		t.Errorf("with the rescue keys: %+v", got)
	}
	k.Power() // nothing was committed: the stored configuration is back
	c.silent(append([]byte{0x04}, be(0, 1)...)...)
}
