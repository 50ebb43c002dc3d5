package keypad

import (
	"context"
	"errors"
	"fmt"
	"time"

	"motcua/drivers/keypad/modbus"
	"motcua/drivers/serial"
	firmware "motcua/firmware-config"
	"motcua/firmware-config/keypad/registers"
)

// configTries is how often a unit is asked for its configuration after it came
// on-line: on a bad line an answer gets lost now and then.
const configTries = 20

// configure sees that a unit works with the profile's debouncing time, once for
// each time it comes on-line. The error is the line's.
func (b *Bus) configure(line *modbus.Line, u *unit) error {
	if u.unchecked == 0 {
		return nil
	}
	u.unchecked--
	was, err := readConfig(line, u.Address)
	if err == nil {
		want := was
		want.Debounce = b.o.Profile.Debounce
		if was != want {
			err = commit(line, u.Address, want)
		}
	}
	var refused modbus.Exception
	switch {
	case err == nil:
		u.unchecked = 0
		if was.Debounce != b.o.Profile.Debounce {
			b.changed(u, u.is, fmt.Sprintf("%s; debouncing was %d ms, is %d ms now", u.detail, was.Debounce, b.o.Profile.Debounce))
		}
		return nil
	case errors.As(err, &refused), errors.Is(err, errConfig):
		u.unchecked = 0
	case !errors.Is(err, serial.ErrTimeout):
		return err
	}
	if u.unchecked == 0 {
		b.changed(u, u.is, fmt.Sprintf("%s; it could not be configured: %v", u.detail, err))
	}
	return nil
}

var errConfig = errors.New("its configuration makes no sense")

// readConfig reads the configuration in force. What somebody wrote and did not
// commit is forgotten by it, as a wrong commit makes the unit do.
func readConfig(line *modbus.Line, address int) (c registers.Config, err error) {
	for range 2 {
		a, err := line.Ask(modbus.Request{Unit: byte(address), Function: modbus.ReadHolding,
			From: registers.HoldingDebounce, Count: registers.HoldingBaud - registers.HoldingDebounce + 1})
		if err != nil {
			return c, err
		}
		at := func(reg int) int { return int(a.Registers[reg-registers.HoldingDebounce]) }
		c = registers.Config{Debounce: at(registers.HoldingDebounce), Address: at(registers.HoldingAddress),
			Parity: at(registers.HoldingParity), Baud: at(registers.HoldingBaud)}
		crc, err := configCRC(line, address)
		if err != nil {
			return c, err
		}
		if crc == c.CRC() && c.Address == address {
			return c, nil
		}
		err = set(line, address, registers.HoldingConfigCommit, c.CRC()^1)
		if refused := modbus.Exception(0); err != nil && !errors.As(err, &refused) {
			return c, err
		}
	}
	return c, errConfig
}

func configCRC(line *modbus.Line, address int) (uint16, error) {
	a, err := line.Ask(modbus.Request{Unit: byte(address), Function: modbus.ReadHolding, From: registers.HoldingConfigCRC, Count: 1})
	if err != nil {
		return 0, err
	}
	return a.Registers[0], nil
}

func set(line *modbus.Line, address int, reg, value uint16) error {
	_, err := line.Ask(modbus.Request{Unit: byte(address), Function: modbus.WriteOne, To: reg, Values: []uint16{value}})
	return err
}

// commit writes debouncing time and address, and puts them in force at once: a
// power cut in between leaves the old configuration.
func commit(line *modbus.Line, address int, want registers.Config) error {
	if err := set(line, address, registers.HoldingDebounce, uint16(want.Debounce)); err != nil {
		return err
	}
	if err := set(line, address, registers.HoldingAddress, uint16(want.Address)); err != nil {
		return err
	}
	return set(line, address, registers.HoldingConfigCommit, want.CRC())
}

// SetAddress gives the unit at address from the address to, and sees that it
// answers there. Only that unit may be on the line with either address.
func SetAddress(ctx context.Context, port serial.Port, p *firmware.Keypad, baud, from, to int) error {
	if p.Protocol != Modbus {
		return fmt.Errorf("keypad: units of profile %s are given their address at the unit itself", p.ID)
	}
	for _, address := range []int{from, to} {
		if address < registers.AddressMin || address > registers.AddressMax {
			return fmt.Errorf("keypad: address %d is not in %d..%d", address, registers.AddressMin, registers.AddressMax)
		}
	}
	line := &modbus.Line{Port: port, Now: time.Now, Timeout: time.Duration(max(p.Timeout, 300)) * time.Millisecond, Gap: gapOf(baud)}
	if from != to {
		if _, err := again(ctx, line, to); !errors.Is(err, serial.ErrTimeout) {
			if err != nil && !isRefusal(err) {
				return err
			}
			return fmt.Errorf("keypad: a unit answers at address %d already: take it off the line, or choose another address", to)
		}
	}
	was, err := again(ctx, line, from)
	if errors.Is(err, serial.ErrTimeout) {
		return fmt.Errorf("keypad: no unit answers at address %d: look at power, wires and speed", from)
	}
	if err != nil {
		return fmt.Errorf("keypad: unit %d: %w", from, err)
	}
	want := was
	want.Address = to
	if err := commit(line, from, want); err != nil && !errors.Is(err, serial.ErrTimeout) {
		return fmt.Errorf("keypad: unit %d does not take the address: %w", from, err)
	}
	// The answer may be lost and the address be in force: what counts is who answers.
	is, err := again(ctx, line, to)
	if err != nil || is != want {
		return fmt.Errorf("keypad: nothing answers at address %d yet: switch the unit off and on, and ask for it at %d and %d", to, from, to)
	}
	return nil
}

// again reads a configuration, several times if need be.
func again(ctx context.Context, line *modbus.Line, address int) (c registers.Config, err error) {
	for range 3 {
		if ctx.Err() != nil {
			return c, ctx.Err()
		}
		if c, err = readConfig(line, address); !errors.Is(err, serial.ErrTimeout) {
			return c, err
		}
	}
	return c, err
}

func isRefusal(err error) bool {
	var refused modbus.Exception
	return errors.As(err, &refused) || errors.Is(err, errConfig)
}
