package keypad_test

import (
	"errors"
	"testing"

	"motcua/firmware-config/keypad/chip"
	"motcua/firmware-config/keypad/registers"
)

// FuzzFrames sends whatever to the firmware, with a right CRC: it answers, or
// refuses by a numbered exception, and goes on working.
func FuzzFrames(f *testing.F) {
	seeds := [][]byte{
		append([]byte{0x03}, be(0, 6)...),
		append([]byte{0x04}, be(0, 11)...),
		append([]byte{0x06}, be(registers.HoldingLED, 1)...),
		append(append([]byte{0x10}, be(registers.HoldingDigits, 2)...), 4, 0, 65, 0, 66),
		append(append([]byte{0x17}, be(16, 11, 0, 1)...), 2, 0, 1),
		{0x2B, 0x0E, 1, 0},
		{0x17},
		{0x10, 0, 32, 0, 200, 200, 1},
		{0x80},
	}
	for _, s := range seeds {
		f.Add(s)
	}
	k := chip.Start(f, f.TempDir())
	line := dial(f, k)
	f.Fuzz(func(t *testing.T, pdu []byte) {
		if len(pdu) == 0 || len(pdu) > 60 {
			return // no frame, or one for somebody else
		}
		c := *line
		c.t = t
		var refused exception
		answer, err := c.ask(pdu...)
		switch {
		case errors.As(err, &refused):
			if refused < 1 || refused > 3 {
				t.Errorf("% x: %v", pdu, err)
			}
		case err != nil:
			t.Errorf("% x: %v", pdu, err)
		case answer[0] != pdu[0]:
			t.Errorf("% x is answered by % x", pdu, answer)
		}
		if in := c.inputs(); in[registers.InputDeviceType] != registers.DeviceType || in[registers.InputBoot] != 1 {
			t.Errorf("after % x the inputs are %v", pdu, in)
		}
	})
}
