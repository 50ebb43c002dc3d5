package keypad

import (
	"context"
	"errors"
	"fmt"
	"time"

	"motcua/drivers/keypad/modbus"
	"motcua/drivers/serial"
	"motcua/firmware-config/keypad/registers"
	"motcua/server/queue"
)

// Found is a unit that answered on a line.
type Found struct {
	Address int
	Ours    bool   // it is one of our own keypads
	Name    string // what it calls itself, "Mot Cua MOTCUA-KP 1.00", or what it is if it does not
}

// patience is how long a unit has to answer a search; a line of 247 addresses
// takes half a minute.
const patience = 120 * time.Millisecond

// Detect asks every address from first to last who is there. It changes nothing.
// Nobody else may use the line meanwhile. FF 68 units cannot be found: they do
// not answer questions.
func Detect(ctx context.Context, port serial.Port, clock queue.Clock, baud, first, last int) (all []Found, err error) {
	line := &modbus.Line{Port: port, Now: clock.Now, Timeout: patience, Gap: gapOf(baud)}
	for a := max(first, 1); a <= min(last, 247) && ctx.Err() == nil; a++ {
		f, there, err := who(line, a)
		if err != nil {
			return all, err
		}
		if there {
			all = append(all, f)
		}
	}
	return all, ctx.Err()
}

func who(line *modbus.Line, address int) (f Found, there bool, err error) {
	f.Address = address
	a, err := line.Ask(modbus.Request{Unit: byte(address), Function: modbus.ReadInput, Count: registers.InputVersion + 1})
	var refused modbus.Exception
	switch {
	case errors.Is(err, serial.ErrTimeout):
		return f, false, nil
	case errors.As(err, &refused):
		f.Name = "a Modbus device that is no keypad"
	case err != nil:
		return f, false, err
	default:
		f.Ours = a.Registers[registers.InputDeviceType] == registers.DeviceType
		f.Name = fmt.Sprintf("device type %04x", a.Registers[registers.InputDeviceType])
	}
	a, err = line.Ask(modbus.Request{Unit: byte(address), Function: modbus.Identify, Code: 1})
	if err == nil && len(a.Objects) > 0 {
		f.Name = fmt.Sprintf("%s %s %s", a.Objects[0], a.Objects[1], a.Objects[2])
	}
	return f, true, nil
}
