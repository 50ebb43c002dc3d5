package sim

import (
	"errors"
	"sync"
	"time"

	"motcua/drivers/serial"
)

// Unhurried is the time of a driver whose printer is simulated. It stands still while
// the printer works or something is under way on the line, and leaps to the driver's
// deadline once both are at rest. A machine that is busy with other things makes the
// simulated printer slow, and a driver with a clock on the wall would call it dead;
// to a driver with this time a printer is never slower than its profile says.
type Unhurried struct {
	printer *Printer

	mu  sync.Mutex
	now time.Time
}

// NewUnhurried makes the time of the driver of a printer, from the present on.
func NewUnhurried(p *Printer) *Unhurried { return &Unhurried{printer: p, now: time.Now()} }

// Now is the driver's time.
func (u *Unhurried) Now() time.Time {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.now
}

// Over gives the driver an opened line in this time: deadlines of the port are
// moments of it. One goroutine uses the port.
func (u *Unhurried) Over(port serial.Port) serial.Port {
	line := &unhurriedLine{Port: port, time: u}
	line.begin()
	return line
}

func (u *Unhurried) leap(to time.Time) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if to.After(u.now) {
		u.now = to
	}
}

// look is how long a line is listened to, by the wall, before it is asked whether all
// is at rest.
const look = 2 * time.Millisecond

// unhurriedLine counts what goes over the line, to know what is still under way: the
// kernel delivers a pseudo-terminal's bytes when it finds the time.
type unhurriedLine struct {
	serial.Port
	time        *Unhurried
	taken, said int // of the printer when this line was opened
	wrote, read int
}

func (l *unhurriedLine) begin() {
	l.taken, l.said, _ = l.time.printer.traffic()
	l.wrote, l.read = 0, 0
}

func (l *unhurriedLine) Read(b []byte, deadline time.Time) (int, error) {
	n, err := l.Port.Read(b, time.Now().Add(look))
	l.read += n
	if errors.Is(err, serial.ErrTimeout) && l.rests() {
		l.time.leap(deadline)
	}
	return n, err
}

// Write gives up as early by the wall as the driver says, but no time goes by for it.
func (l *unhurriedLine) Write(b []byte, deadline time.Time) (int, error) {
	n, err := l.Port.Write(b, time.Now().Add(deadline.Sub(l.time.Now())))
	l.wrote += n
	return n, err
}

// Flush drops what is under way, so it counts no more.
func (l *unhurriedLine) Flush() error {
	err := l.Port.Flush()
	l.begin()
	return err
}

func (l *unhurriedLine) rests() bool {
	taken, said, busy := l.time.printer.traffic()
	return !busy && taken-l.taken >= l.wrote && l.read >= said-l.said
}

// traffic counts the bytes the printer took from the line and sent over it, and
// tells whether it has anything left to print or to say.
func (p *Printer) traffic() (taken, said int, busy bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	busy = p.printing || p.saying || len(p.buffer) > 0 || len(p.late) > 0 || len(p.out) > 0
	return p.taken, p.said, busy
}
