package keypad_test

import (
	"testing"
	"time"

	"motcua/firmware-config/keypad/chip"
	"motcua/firmware-config/keypad/registers"
)

func TestHostLostLamp(t *testing.T) {
	k, c := start(t)
	if !k.State().Lost {
		t.Error("the red lamp is dark though nobody has asked yet")
	}
	c.inputs()
	k.Wait(100 * time.Millisecond)
	if k.State().Lost {
		t.Error("the red lamp is lit just after a request")
	}
	k.Wait(2 * time.Second)
	c.inputs() // starts the five seconds anew
	k.Wait(registers.HostLost*time.Millisecond - time.Second)
	if k.State().Lost {
		t.Error("the red lamp is lit after 4 s")
	}
	k.Wait(1200 * time.Millisecond)
	if !k.State().Lost {
		t.Error("the red lamp is dark after 5.2 s")
	}
	c.inputs()
	k.Wait(100 * time.Millisecond)
	if k.State().Lost {
		t.Error("the red lamp stays lit")
	}
}

// The main loop stops: the watchdog starts the chip anew within a second, the line
// is left free, and the presses before are gone with an open mark of it: the boot
// number has changed.
func TestWatchdog(t *testing.T) {
	k, c := start(t)
	k.Tap(2)
	before := c.inputs()
	k.Hang()
	k.Wait(time.Second)
	s := k.State()
	if s.Resets != 1 || s.Driver {
		t.Errorf("after the main loop stopped: %+v", s)
	}
	after := c.inputs()
	if after[registers.InputBoot] != before[registers.InputBoot]+1 || after[registers.InputQueued] != 0 {
		t.Errorf("before %v, after %v", before, after)
	}
	if after[registers.InputSeq] == before[registers.InputSeq] {
		t.Error("both lives number from the same seq")
	}
	k.Tap(7)
	if got := taken(c); len(got) != 1 || got[0] != 7 {
		t.Errorf("afterwards key 7 gives %v", got)
	}
}

func TestStaleAcknowledgementHitsNothing(t *testing.T) {
	k, c := start(t)
	k.Tap(2)
	stale := c.next(0)[registers.InputSeq]
	k.Power()
	k.Tap(9)
	if in := c.next(stale); in[registers.InputQueued] != 1 || in[registers.InputKey] != 9 {
		t.Errorf("an acknowledgement from before the power cut gives %v", in)
	}
}

func TestDisplayLampsAndBeep(t *testing.T) {
	k, c := start(t)
	text := []int{'A', '0', '1', '2', ' ', ' ', '1', '7'}
	if err := c.writeMany(registers.HoldingDigits, text...); err != nil {
		t.Fatal(err)
	}
	k.Wait(50 * time.Millisecond)
	want := [8]byte{0x77, 0x7E, 0x30, 0x6D, 0, 0, 0x30, 0x70}
	if got := k.State().Digits; got != want {
		t.Errorf("A012  17 lights % x, want % x", got, want)
	}
	if err := c.write(registers.HoldingBlink, 0x0F); err != nil {
		t.Fatal(err)
	}
	if err := c.write(registers.HoldingLED, 0x12); err != nil { // A blinks, B is lit
		t.Fatal(err)
	}
	seen := map[[8]byte]bool{}
	lampA := map[bool]bool{}
	for range 15 {
		k.Wait(100 * time.Millisecond)
		s := k.State()
		seen[s.Digits], lampA[s.LampA] = true, true
		if !s.LampB {
			t.Fatal("lamp B is dark")
		}
	}
	dark := [8]byte{0, 0, 0, 0, 0, 0, 0x30, 0x70}
	if len(seen) != 2 || !seen[want] || !seen[dark] || len(lampA) != 2 {
		t.Errorf("blinking: pictures %v, lamp A %v", seen, lampA)
	}
	beep(t, k, c)
	if err := c.write(registers.HoldingBrightness, 15); err != nil {
		t.Fatal(err)
	}
	if got := c.holding(registers.HoldingDigits, 10); got[0] != 'A' || got[8] != 0x0F || got[9] != 15 {
		t.Errorf("the display reads %v", got)
	}
}

func beep(t *testing.T, k *chip.Chip, c *client) {
	t.Helper()
	if err := c.write(registers.HoldingBeep, 100); err != nil {
		t.Fatal(err)
	}
	k.Wait(200 * time.Millisecond)
	if !k.State().Buzzer || c.holding(registers.HoldingBeep, 1)[0] == 0 {
		t.Error("the buzzer is silent")
	}
	k.Wait(900 * time.Millisecond)
	if k.State().Buzzer || c.holding(registers.HoldingBeep, 1)[0] != 0 {
		t.Error("the buzzer goes on")
	}
}
