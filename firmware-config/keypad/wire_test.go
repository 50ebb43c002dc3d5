package keypad_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"motcua/firmware-config/keypad/chip"
	"motcua/firmware-config/keypad/registers"
)

func start(t *testing.T) (*chip.Chip, *client) {
	t.Helper()
	t.Parallel()
	k := chip.Start(t, t.TempDir())
	return k, dial(t, k)
}

func TestPressesAreReadAndAcknowledged(t *testing.T) {
	k, c := start(t)
	for _, key := range []int{4, 10, 1} {
		k.Tap(key)
	}
	in := c.inputs()
	boot, first := in[registers.InputBoot], registers.FirstSeq(in[registers.InputBoot])
	if in[registers.InputDeviceType] != registers.DeviceType || in[registers.InputVersion] != registers.FirmwareVersion || boot != 1 {
		t.Errorf("inputs are %v", in)
	}
	if in[registers.InputQueued] != 3 || in[registers.InputSeq] != first || in[registers.InputKey] != 4 {
		t.Errorf("the oldest event is %v, want seq %d of key 4", in, first)
	}
	if age := in[registers.InputAge]; age < 30 { // three taps of 120 ms, seen after 20
		t.Errorf("age %d, want at least 30", age)
	}
	in = c.next(first + 1) // not the oldest: nothing happens
	if in[registers.InputQueued] != 3 || in[registers.InputSeq] != first {
		t.Errorf("a wrong acknowledgement gives %v", in)
	}
	for i, want := range []int{10, 1, 0} {
		for range 2 { // the second is the repetition after a lost answer
			in = c.next(first + i)
			if in[registers.InputKey] != want || in[registers.InputQueued] != 2-i {
				t.Errorf("after acknowledging %d: %v, want key %d", first+i, in, want)
			}
		}
	}
	if in[registers.InputSeq] != 0 || c.holding(registers.HoldingAck, 1)[0] != first+2 {
		t.Errorf("at the end seq is %d", in[registers.InputSeq])
	}
	if s := k.State(); s.Undriven != 0 || s.Driver {
		t.Errorf("the RS-485 driver: %+v", s)
	}
}

func TestFullRingKeepsTheOldest(t *testing.T) {
	k, c := start(t)
	for i := range registers.EventRing + 2 {
		k.TapFor(1+i%10, 25*time.Millisecond, 25*time.Millisecond)
	}
	in := c.inputs()
	if in[registers.InputQueued] != registers.EventRing || in[registers.InputLost] != 2 || in[registers.InputKey] != 1 {
		t.Errorf("%v, want the first 16 kept and 2 counted lost", in)
	}
	k.Pause()
	kept, _ := k.Events()
	for i, e := range kept {
		if e.Key != 1+i%10 {
			t.Errorf("event %d is of key %d", i, e.Key)
		}
	}
}

func TestExceptions(t *testing.T) {
	_, c := start(t)
	write := func(at, value int) []byte { return append([]byte{0x06}, be(at, value)...) }
	read := func(fc byte, at, count int) []byte { return append([]byte{fc}, be(at, count)...) }
	cases := []struct {
		name string
		pdu  []byte
		want exception
	}{
		{"unknown function", []byte{0x41, 0, 0}, 1},
		{"other encapsulated interface", []byte{0x2B, 0x0D, 1, 0}, 1},
		{"input behind the last", read(0x04, 0, registers.InputEnd+1), 2},
		{"hole", read(0x03, 6, 1), 2},
		{"across a hole", read(0x03, 0, 10), 2},
		{"more than a frame holds", read(0x03, 0, 125), 2},
		{"address going round", read(0x04, 0xFFFF, 2), 2},
		{"no register", read(0x04, 0, 0), 3},
		{"too many", read(0x04, 0, 126), 3},
		{"short request", []byte{0x04, 0, 0}, 3},
		{"write to a hole", write(7, 1), 2},
		{"write to the mirror", write(registers.HoldingMirror, 1), 2},
		{"write the CRC", write(registers.HoldingConfigCRC, 1), 2},
		{"debounce 0", write(registers.HoldingDebounce, 0), 3},
		{"debounce 201", write(registers.HoldingDebounce, 201), 3},
		{"address 0", write(registers.HoldingAddress, 0), 3},
		{"address 248", write(registers.HoldingAddress, 248), 3},
		{"unknown speed", write(registers.HoldingBaud, 100), 3},
		{"lamp there is not", write(registers.HoldingLED, 4), 3},
		{"control character", write(registers.HoldingDigits, 7), 3},
		{"byte count wrong", []byte{0x10, 0, 32, 0, 2, 2, 0, 65}, 3},
		{"identification of what is not", []byte{0x2B, 0x0E, 4, 9}, 2},
		{"identification in another way", []byte{0x2B, 0x0E, 7, 0}, 3},
	}
	for _, x := range cases {
		var got exception
		if _, err := c.ask(x.pdu...); !errors.As(err, &got) || got != x.want {
			t.Errorf("%s: %v, want exception %d", x.name, err, x.want)
		}
	}
	// Refused as a whole: the first, good value is not written either.
	if err := c.writeMany(registers.HoldingDigits, 'A', 7); !errors.Is(err, exception(3)) {
		t.Errorf("half a good write: %v", err)
	}
	if got := c.holding(registers.HoldingDigits, 1)[0]; got != ' ' {
		t.Errorf("a refused write left %d", got)
	}
}

func TestNoiseAndOthersAreNotAnswered(t *testing.T) {
	_, c := start(t)
	readType := append([]byte{0x04}, be(0, 1)...)
	c.unit = 2
	c.silent(readType...)
	c.unit = 1
	bad := framed(1, readType)
	bad[3] ^= 0x10
	for _, noise := range [][]byte{bad, {0}, {0xFF, 0xFF, 0xFF}, make([]byte, 300)} {
		c.ignored(noise)
	}
	if got := c.inputs()[registers.InputCRCErrors]; got != 1 {
		t.Errorf("%d frames with a wrong CRC counted, want 1", got)
	}
}

func TestBroadcast(t *testing.T) {
	k, c := start(t)
	c.unit = 0
	c.silent(append([]byte{0x06}, be(registers.HoldingLED, 1)...)...)
	c.silent(append([]byte{0x06}, be(registers.HoldingAddress, 9)...)...)
	c.unit = 1
	if got := c.holding(registers.HoldingLED, 2); !slices.Equal(got, []int{1, 1}) {
		t.Errorf("lamps and address are %v, want 1 and, untouched, 1", got)
	}
	if !k.State().LampA {
		t.Error("lamp A is dark")
	}
}

func TestIdentification(t *testing.T) {
	_, c := start(t)
	want := "\x2b\x0e\x01\x81\x00\x00\x03\x00\x07" + registers.Vendor + "\x01\x09" + registers.Product + "\x02\x041.00"
	if got := string(c.must(0x2B, 0x0E, 1, 0)); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := string(c.must(0x2B, 0x0E, 4, 1)); got != "\x2b\x0e\x04\x81\x00\x00\x01\x01\x09"+registers.Product {
		t.Errorf("one object: %q", got)
	}
}
