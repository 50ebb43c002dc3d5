package chip

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"motcua/firmware-config/keypad/registers"
)

// State is what can be seen of the board from outside.
type State struct {
	Lost, LampA, LampB, Buzzer, Driver bool
	Digits                             [8]byte // segments lit: dp a b c d e f g, dp is bit 7
	Undriven                           int     // bytes sent while the RS-485 driver was off
	Sent                               int     // bytes the chip has sent
	Cuts, Resets                       int     // of power; by the watchdog after Hang
	Micros                             int64   // simulated time
}

// State looks at the board now.
func (c *Chip) State() State {
	c.t.Helper()
	values := map[string]string{}
	for field := range strings.FieldsSeq(c.Do("state")) {
		name, value, _ := strings.Cut(field, "=")
		values[name] = value
	}
	number := func(name string) int64 {
		n, err := strconv.ParseInt(values[name], 10, 64)
		if err != nil {
			c.t.Fatalf("state: %s is %q", name, values[name])
		}
		return n
	}
	s := State{
		Lost: number("lost") == 1, LampA: number("a") == 1, LampB: number("b") == 1,
		Buzzer: number("buzzer") == 1, Driver: number("driver") == 1,
		Undriven: int(number("undriven")), Sent: int(number("out")), Cuts: int(number("cuts")), Resets: int(number("resets")),
		Micros: number("us"),
	}
	if _, err := hex.Decode(s.Digits[:], []byte(values["digits"])); err != nil {
		c.t.Fatalf("state: digits are %q", values["digits"])
	}
	return s
}

// Event is a press the chip keeps.
type Event struct{ Seq, Key int }

// Events looks into the chip's memory, past the line: the presses it keeps, the
// oldest first, and the seq the next press will get. The chip's time should be
// paused, or both may be of different moments.
func (c *Chip) Events() (kept []Event, next int) {
	c.t.Helper()
	const size = 7 // of struct event: seq, key, ms
	first := int(c.Memory("event_first", 1)[0])
	count := int(c.Memory("event_count", 1)[0])
	ring := c.Memory("event_ring", size*registers.EventRing)
	for i := range count {
		e := ring[(first+i)%registers.EventRing*size:]
		kept = append(kept, Event{Seq: int(binary.LittleEndian.Uint16(e)), Key: int(e[2])})
	}
	return kept, int(binary.LittleEndian.Uint16(c.Memory("event_next", 2)))
}

// Memory reads a variable of the firmware that is not static.
func (c *Chip) Memory(symbol string, length int) []byte {
	c.t.Helper()
	at, ok := c.symbols[symbol]
	if !ok {
		c.t.Fatalf("the firmware has no variable %s", symbol)
	}
	return c.bytes(fmt.Sprintf("mem %x %d", at, length))
}

// EEPROM reads what survives a power cut.
func (c *Chip) EEPROM(at, length int) []byte {
	c.t.Helper()
	return c.bytes(fmt.Sprintf("eeprom %x %d", at, length))
}

func (c *Chip) bytes(command string) []byte {
	c.t.Helper()
	b, err := hex.DecodeString(c.Do("%s", command))
	if err != nil {
		c.t.Fatalf("%s: %v", command, err)
	}
	return b
}
