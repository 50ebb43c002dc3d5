// Package serial is tarm/serial made safe: deadlines, unplugging told from
// silence, a Close that returns, one owner of each port, reopening.
package serial

import (
	"errors"
	"time"
)

// What reading and writing can say. A time-out is no fault; the others are.
var (
	ErrTimeout = errors.New("serial: time-out")
	ErrGone    = errors.New("serial: the device is gone") // unplugged, hung up
	ErrClosed  = errors.New("serial: port is closed")
)

// Flow is how the other end says "wait".
type Flow string

// The kinds of flow control.
const (
	NoFlow  Flow = "none"
	RTSCTS  Flow = "rtscts"
	XONXOFF Flow = "xonxoff"
)

// Settings of a line.
type Settings struct {
	Name   string // a path, best one that survives replugging: /dev/serial/by-id/…
	Baud   int
	Parity string // none, even, odd; empty is none
	Stop   int    // 1 or 2; 0 is 1
	Flow   Flow   // empty is none
	// HangUp lets DTR and RTS fall when the port is closed. It is off as a rule:
	// the fall restarts boards of the Arduino kind.
	HangUp   bool
	Counters *Counters // what is counted over all openings; nil counts each for itself
}

// Modem is the state of the control lines; false everywhere on a line without them.
type Modem struct{ CTS, DSR, DCD, RI bool }

// Port is an open line. One goroutine owns it, or one reads and one writes; Close
// may be called from any. Deadlines are moments of the machine's clock, the zero
// time is none; one that has passed still takes what is there already.
type Port interface {
	// Read gives at least one byte, or ErrTimeout, ErrGone or ErrClosed.
	Read(p []byte, deadline time.Time) (int, error)
	// Write gives how many bytes the line took, all of them when err is nil.
	Write(p []byte, deadline time.Time) (int, error)
	// Drain waits until everything written has left.
	Drain(deadline time.Time) error
	// Flush drops what was received and not read, and what was written and not sent.
	Flush() error
	Modem() (Modem, error)
	// Close returns within 200 ms whatever is blocked.
	Close() error
}
