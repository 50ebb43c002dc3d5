package panel

import (
	"fmt"

	"motcua/drivers/keypad/ff68"
	"motcua/firmware-config/keypad/registers"
)

// Registers is a text as the display registers of our own devices, to be written
// from registers.HoldingDigits on: a character each, and which places blink last.
// Places that the text does not reach are dark.
func Registers(text string, blink bool) []uint16 {
	const places = registers.DigitsCount
	values := make([]uint16, places+1)
	for i := range places {
		values[i] = ' '
		if i < len(text) && text[i] >= registers.DigitsMin && text[i] <= registers.DigitsMax {
			values[i] = uint16(text[i])
		}
	}
	if blink {
		values[places] = registers.BlinkMax
	}
	return values
}

// Digits is a text as the six digits of an FF 68 display. It draws digits only:
// a letter or a dash stays dark.
func Digits(text string) (d [6]byte) {
	text = right(text, len(d))
	for i := range d {
		d[i] = ff68.Blank
		if c := text[i]; c >= '0' && c <= '9' {
			d[i] = c - '0'
		}
	}
	return d
}

// Display is the frame that shows a text on an FF 68 display.
func Display(address int, text string) ff68.Frame {
	d := Digits(text)
	return ff68.Frame{Addr: byte(address), Cmd: ff68.CmdDisplay, Data: string(d[:])}
}

// ASCII is a text for panels that take lines of text: the address as two decimal
// digits, B or S for blinking or steady where the panel blinks by itself, the
// text, and a carriage return.
func ASCII(address int, text string, blinks, blink bool) []byte {
	mode := ""
	if blinks {
		mode = "S"
		if blink {
			mode = "B"
		}
	}
	return fmt.Appendf(nil, "%02d%s%s\r", address%100, mode, text)
}
