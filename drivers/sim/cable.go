// Package sim is the hall's hardware without the hardware: printers, keypads,
// panels and scanners that hang on pseudo-terminals and behave like the real
// ones, with their slowness and their faults.
package sim

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// What the device's end of a cable can say. A device that reads a line with a
// deadline gets os.ErrDeadlineExceeded when it passes.
var (
	ErrUnplugged = errors.New("sim: the cable is pulled")
	ErrClosed    = errors.New("sim: the cable is closed")
)

// Cable is a serial line between a driver, which opens Path, and a simulated
// device, which uses Read and Write. Path stays the same through unplugging,
// as /dev/serial/by-id does.
type Cable struct {
	path string

	mu      sync.Mutex
	master  *os.File      // nil while unplugged
	slave   *os.File      // held open, else the master sees EIO between two openings of the driver
	changed chan struct{} // closed at the next plugging, unplugging or closing
	closed  bool
}

// NewCable makes a plugged cable whose path is dir/name. dir must exist.
func NewCable(dir, name string) (*Cable, error) {
	c := &Cable{path: filepath.Join(dir, name), changed: make(chan struct{})}
	if err := c.Plug(); err != nil {
		return nil, err
	}
	return c, nil
}

// Path is what the driver opens. There is nothing at it while the cable is unplugged.
func (c *Cable) Path() string { return c.path }

// Plugged tells whether the cable is in.
func (c *Cable) Plugged() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.master != nil
}

// Plug connects a cable that was unplugged; a plugged one stays as it is.
func (c *Cable) Plug() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return ErrClosed
	}
	if c.master != nil {
		return nil
	}
	master, slave, err := openPair()
	if err != nil {
		return err
	}
	if err := link(slave.Name(), c.path); err != nil {
		return errors.Join(err, master.Close(), slave.Close())
	}
	c.master, c.slave = master, slave
	c.notify()
	go keepShared(slave, c.changed)
	return nil
}

// Unplug hangs up: the driver's next read or write fails, and its path is gone.
func (c *Cable) Unplug() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.unplug()
}

func (c *Cable) unplug() {
	if c.master == nil {
		return
	}
	_ = os.Remove(c.path)
	_ = c.master.Close()
	_ = c.slave.Close()
	c.master, c.slave = nil, nil
	c.notify()
}

// Close unplugs for good; a blocked Read ends with ErrClosed.
func (c *Cable) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closed {
		c.unplug()
		c.closed = true
		c.notify()
	}
	return nil
}

func (c *Cable) notify() {
	close(c.changed)
	c.changed = make(chan struct{})
}

// now gives the plugged end, or why there is none, and what is closed at the next change.
func (c *Cable) now() (*os.File, <-chan struct{}, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.closed:
		return nil, c.changed, ErrClosed
	case c.master == nil:
		return nil, c.changed, ErrUnplugged
	}
	return c.master, c.changed, nil
}

// Read gives what the driver wrote, at least one byte. It waits through an
// unplugging; the only error is ErrClosed. One goroutine reads a cable.
func (c *Cable) Read(p []byte) (int, error) { return c.ReadUntil(p, time.Time{}) }

// ReadUntil is Read with a deadline of the machine's clock; the zero time is none.
func (c *Cable) ReadUntil(p []byte, deadline time.Time) (int, error) {
	for {
		f, changed, err := c.now()
		if errors.Is(err, ErrClosed) {
			return 0, err
		}
		if err == nil {
			n, err := readFile(f, p, deadline)
			if n > 0 || errors.Is(err, os.ErrDeadlineExceeded) {
				return n, err
			}
			if c.is(f) {
				return 0, err // not an unplugging: something is really wrong
			}
			continue
		}
		if err := await(changed, deadline); err != nil {
			return 0, err
		}
	}
}

func (c *Cable) is(f *os.File) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.master == f
}

func readFile(f *os.File, p []byte, deadline time.Time) (int, error) {
	if err := f.SetReadDeadline(deadline); err != nil {
		return 0, err
	}
	return f.Read(p)
}

func await(changed <-chan struct{}, deadline time.Time) error {
	if deadline.IsZero() {
		<-changed
		return nil
	}
	timer := time.NewTimer(time.Until(deadline))
	defer timer.Stop()
	select {
	case <-changed:
		return nil
	case <-timer.C:
		return os.ErrDeadlineExceeded
	}
}

// writeWait is how long a byte may wait for room in the line. A device does not
// wait for a computer that does not listen; what finds no room is lost.
const writeWait = 100 * time.Millisecond

// Write sends to the driver. ErrUnplugged or ErrClosed say that nobody can hear
// it; bytes for which a driver that does not read left no room are lost.
func (c *Cable) Write(p []byte) (int, error) {
	f, _, err := c.now()
	if err != nil {
		return 0, err
	}
	if err := f.SetWriteDeadline(time.Now().Add(writeWait)); err != nil {
		return 0, ErrUnplugged
	}
	switch n, err := f.Write(p); {
	case err == nil:
		return n, nil
	case errors.Is(err, os.ErrDeadlineExceeded):
		return len(p), nil
	default:
		return n, ErrUnplugged
	}
}

// openPair gives both ends of a new pseudo-terminal in raw mode. The master is
// opened once more without blocking: only then does Close end a waiting Read.
func openPair() (master, slave *os.File, err error) {
	blocking, slave, err := pty.Open()
	if err != nil {
		return nil, nil, fmt.Errorf("sim: no pseudo-terminal: %w", err)
	}
	defer func() { err = errors.Join(err, blocking.Close()) }()
	fd, err := unix.FcntlInt(blocking.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, nil, errors.Join(err, slave.Close())
	}
	if err := errors.Join(unix.SetNonblock(fd, true), raw(slave)); err != nil {
		return nil, nil, errors.Join(err, unix.Close(fd), slave.Close())
	}
	return os.NewFile(uintptr(fd), blocking.Name()), slave, nil
}

// raw switches off everything a terminal does for people: echo, lines, signals.
func raw(f *os.File) error {
	t, err := unix.IoctlGetTermios(int(f.Fd()), unix.TCGETS)
	if err != nil {
		return err
	}
	t.Iflag, t.Oflag, t.Lflag = 0, 0, 0
	t.Cflag = unix.CS8 | unix.CREAD | unix.CLOCAL | unix.B9600
	t.Cc[unix.VMIN], t.Cc[unix.VTIME] = 1, 0
	return unix.IoctlSetTermios(int(f.Fd()), unix.TCSETS, t)
}

// link makes path point at target in one step, also where an older link is.
func link(target, path string) error {
	next := path + ".new"
	_ = os.Remove(next)
	if err := os.Symlink(target, next); err != nil {
		return err
	}
	return os.Rename(next, path)
}

// keepShared undoes TIOCEXCL now and then. A driver claims its port with it, and
// since the simulator holds the slave open the claim would outlive a driver that
// was killed; on a real line the kernel forgets it.
func keepShared(slave *os.File, changed <-chan struct{}) {
	conn, err := slave.SyscallConn()
	if err != nil {
		return
	}
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-changed:
			return
		case <-ticker.C:
			_ = conn.Control(func(fd uintptr) { _ = unix.IoctlSetInt(int(fd), unix.TIOCNXCL, 0) })
		}
	}
}
