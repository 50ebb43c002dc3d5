package printer

import (
	"motcua/firmware-config"
	"motcua/server/queue"
)

// condition is what a printer says of itself, from either kind of status.
type condition struct {
	offline, cover, paperEnd, paperLow bool
	cutter, broken, waits, hot         bool // waits: for a recoverable error to be acknowledged
}

// realTime takes the answer to DLE EOT n (Bixolon SRP-350; TM-L60II manual p. 1217;
// CBM1000 manual p. 49).
func (c *condition) realTime(n int, b byte) {
	switch n {
	case 1:
		c.offline = b&0x08 != 0
	case 2:
		c.cover = b&0x04 != 0
		c.paperEnd = b&0x20 != 0
		c.broken = b&0x40 != 0
	case 3:
		c.waits = b&0x04 != 0
		c.cutter = b&0x08 != 0
		c.hot = b&0x40 != 0
		c.broken = b&0x24 != 0
	case 4:
		c.paperLow = b&0x0C != 0
		c.paperEnd = c.paperEnd || b&0x60 != 0
	}
}

// autoBackCondition reads the four bytes of ASB (TM-U220 manual p. 82, TM-L90 p. 319).
func autoBackCondition(b []byte) condition {
	return condition{
		offline:  b[0]&0x08 != 0,
		cover:    b[0]&0x20 != 0,
		waits:    b[1]&0x05 != 0,
		cutter:   b[1]&0x08 != 0,
		hot:      b[1]&0x40 != 0,
		broken:   b[1]&0x24 != 0,
		paperLow: b[2]&0x03 != 0,
		paperEnd: b[2]&0x0C != 0,
	}
}

// state names the condition. What a person at the machine sees first comes first.
func (c condition) state(p *firmware.Printer) (queue.DeviceState, string) {
	switch {
	case c.cover:
		return queue.DeviceCover, ""
	case c.paperEnd:
		return queue.DevicePaperOut, ""
	case c.cutter:
		return queue.DeviceCutter, ""
	case c.hot:
		return queue.DeviceError, "print head too hot, goes on by itself"
	case c.broken:
		return queue.DeviceError, "mechanical or electrical fault"
	case c.offline:
		return queue.DeviceError, "off-line, cause not told"
	case c.paperLow && p.NearEnd: // without the sensor the bits mean nothing
		return queue.DevicePaperLow, ""
	}
	return queue.DeviceReady, ""
}
