package sim

import (
	"time"

	"motcua/firmware-config/keypad/registers"
)

// chip is what the firmware of our own keypad remembers, without its line: the
// queue of presses and the registers. The rules are those of registers.yaml.
type chip struct {
	boot    int
	started time.Time
	seq     int // of the next press
	ring    []queued
	lost    int
	led     uint16
	digits  [registers.DigitsCount]uint16
	blink   uint16
	bright  uint16
	beeps   int
	config  registers.Config // in force
	pending registers.Config
}

// queued is a press that was not acknowledged.
type queued struct {
	seq, key int
	at       time.Time
}

func newChip(boot int) *chip { return &chip{boot: boot} }

// start is what switching on does: the queue is in memory that forgets, the boot
// number and the configuration are in memory that does not.
func (c *chip) start(now time.Time, address int) {
	config := c.config
	if config == (registers.Config{}) {
		config = registers.DefaultConfig()
		config.Address = address
	}
	*c = chip{boot: c.boot%0xFFFF + 1, started: now, config: config, pending: config, bright: registers.BrightnessDefault}
	c.seq = registers.FirstSeq(c.boot)
	for i := range c.digits {
		c.digits[i] = registers.DigitsDefault
	}
}

// press queues a key; the oldest presses stay when there is no room.
func (c *chip) press(key int, now time.Time) bool {
	if len(c.ring) == registers.EventRing {
		c.lost = min(c.lost+1, 0xFFFF)
		return false
	}
	c.ring = append(c.ring, queued{c.seq, key, now})
	c.seq = c.seq%0xFFFF + 1
	return true
}

// input is the value of an input register.
func (c *chip) input(reg int, now time.Time) uint16 {
	oldest := queued{at: now}
	if len(c.ring) > 0 {
		oldest = c.ring[0]
	}
	switch reg {
	case registers.InputDeviceType:
		return registers.DeviceType
	case registers.InputVersion:
		return registers.FirmwareVersion
	case registers.InputBoot:
		return uint16(c.boot)
	case registers.InputUptime:
		return uint16(now.Sub(c.started) / time.Second)
	case registers.InputQueued:
		return uint16(len(c.ring))
	case registers.InputSeq:
		return uint16(oldest.seq)
	case registers.InputKey:
		return uint16(oldest.key)
	case registers.InputAge:
		return uint16(min(now.Sub(oldest.at)/(registers.EventAgeUnit*time.Millisecond), 0xFFFF))
	case registers.InputLost:
		return uint16(c.lost)
	}
	return 0 // no errors seen, no key held
}

// holding is the value of a holding register, false when there is none to read.
func (c *chip) holding(reg int, now time.Time) (uint16, bool) {
	switch {
	case reg >= registers.HoldingMirror && reg < registers.HoldingMirror+registers.MirrorCount:
		return c.input(reg-registers.HoldingMirror, now), true
	case reg >= registers.HoldingDigits && reg < registers.HoldingDigits+registers.DigitsCount:
		return c.digits[reg-registers.HoldingDigits], true
	}
	switch reg {
	case registers.HoldingAck, registers.HoldingBeep:
		return 0, true
	case registers.HoldingDebounce:
		return uint16(c.pending.Debounce), true
	case registers.HoldingLED:
		return c.led, true
	case registers.HoldingAddress:
		return uint16(c.pending.Address), true
	case registers.HoldingParity:
		return uint16(c.pending.Parity), true
	case registers.HoldingBaud:
		return uint16(c.pending.Baud), true
	case registers.HoldingBlink:
		return c.blink, true
	case registers.HoldingBrightness:
		return c.bright, true
	case registers.HoldingConfigCRC:
		return c.config.CRC(), true
	}
	return 0, false
}

// refuses gives the exception a write would meet, 0 for none.
func (c *chip) refuses(reg int, v uint16) byte {
	for _, r := range registers.Table {
		if r.Kind != "holding" || r.Access == "r" || reg < r.Address || reg >= r.Address+r.Count {
			continue
		}
		if int(v) < r.Min || int(v) > r.Max {
			return 3
		}
		if reg == registers.HoldingConfigCommit && v != c.pending.CRC() {
			c.pending = c.config
			return 3
		}
		return 0
	}
	return 2
}

// write sets a register that refuses had nothing against.
func (c *chip) write(reg int, v uint16) {
	switch reg {
	case registers.HoldingAck:
		if len(c.ring) > 0 && c.ring[0].seq == int(v) {
			c.ring = c.ring[1:]
		}
	case registers.HoldingDebounce:
		c.pending.Debounce = int(v)
	case registers.HoldingLED:
		c.led = v
	case registers.HoldingAddress:
		c.pending.Address = int(v)
	case registers.HoldingParity:
		c.pending.Parity = int(v)
	case registers.HoldingBaud:
		c.pending.Baud = int(v)
	case registers.HoldingBlink:
		c.blink = v
	case registers.HoldingBrightness:
		c.bright = v
	case registers.HoldingBeep:
		if v > 0 {
			c.beeps++
		}
	case registers.HoldingConfigCommit:
		c.config = c.pending
	default:
		c.digits[reg-registers.HoldingDigits] = v
	}
}

// draw is what one sees of it.
func (c *chip) draw(s *PadState) {
	s.Boot, s.Queued, s.Lost, s.Beeps, s.Blink = c.boot, len(c.ring), c.lost, c.beeps, c.blink != 0
	for _, d := range c.digits {
		s.Display += string(rune(d))
	}
	for i := range s.Lamps {
		switch {
		case c.led>>(4+i)&1 == 1:
			s.Lamps[i] = "blink"
		case c.led>>i&1 == 1:
			s.Lamps[i] = "on"
		}
	}
	if s.HostLost {
		s.Lamps[1] = "on"
	}
}
