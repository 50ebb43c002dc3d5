package serial

import (
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"
)

// piece is how much is written at once: small, so that what the line took is
// known well when a write is broken off.
const piece = 256

// patience is how long Close waits for the kernel; closing goes on behind it.
const patience = 150 * time.Millisecond

// pause is the least time between two attempts that brought nothing.
const pause = 5 * time.Millisecond

// line is an open tty.
type line struct {
	reader io.ReadCloser // the library's descriptor
	side   int           // ours, never blocking
	wake   int           // an eventfd, readable once Close was called
	count  *Counters
	queued func() (int, error) // bytes written and not sent yet
	turns  atomic.Int64        // waits begun: a test counts them to see that nothing spins

	reading, writing sync.Mutex

	mu     sync.Mutex
	closed bool
	users  sync.WaitGroup
	done   chan struct{} // closed when the descriptors are
}

// Stats tells what was counted.
func (l *line) Stats() Stats { return l.count.Stats() }

func (l *line) Read(p []byte, deadline time.Time) (int, error) {
	if !l.enter() {
		return 0, ErrClosed
	}
	defer l.users.Done()
	l.reading.Lock()
	defer l.reading.Unlock()
	n, err := l.read(p, deadline)
	if n > 0 {
		l.count.received(n)
	}
	if errors.Is(err, ErrGone) {
		l.count.readErrors.Add(1)
	}
	return n, err
}

func (l *line) read(p []byte, deadline time.Time) (int, error) {
	for len(p) > 0 {
		if err := l.wait(unix.POLLIN, deadline); err != nil {
			return 0, err
		}
		// There is a byte, so the library does not wait. When a flush took it
		// meanwhile it waits its tenth of a second, so this cannot spin.
		n, err := l.reader.Read(p)
		if n > 0 {
			return n, nil
		}
		// It says io.EOF for silence and for a dead line alike.
		if (err != nil && !errors.Is(err, io.EOF)) || l.hungUp() {
			return 0, ErrGone
		}
	}
	return 0, nil
}

func (l *line) Write(p []byte, deadline time.Time) (int, error) {
	if !l.enter() {
		return 0, ErrClosed
	}
	defer l.users.Done()
	l.writing.Lock()
	defer l.writing.Unlock()
	n, err := l.write(p, deadline)
	l.count.bytesOut.Add(int64(n))
	if err != nil && !errors.Is(err, ErrClosed) {
		l.count.writeErrors.Add(1)
	}
	return n, err
}

func (l *line) write(p []byte, deadline time.Time) (int, error) {
	sent, idle := 0, false
	for sent < len(p) {
		if idle {
			if err := l.rest(deadline); err != nil {
				return sent, err
			}
		}
		if err := l.wait(unix.POLLOUT, deadline); err != nil {
			return sent, err
		}
		n, err := unix.Write(l.side, p[sent:min(sent+piece, len(p))])
		sent += max(n, 0)
		idle = n <= 0
		if err != nil && !errors.Is(err, unix.EAGAIN) && !errors.Is(err, unix.EINTR) {
			return sent, ErrGone
		}
	}
	return sent, nil
}

// Drain asks how much is queued until nothing is, then whether the sender's own
// register is empty, where the driver can say so.
func (l *line) Drain(deadline time.Time) error {
	if !l.enter() {
		return ErrClosed
	}
	defer l.users.Done()
	for {
		n, err := l.queued()
		if err != nil {
			return ErrGone
		}
		if n == 0 && l.sent() {
			return nil
		}
		if err := l.rest(deadline); err != nil {
			return err
		}
	}
}

func (l *line) Flush() error {
	if !l.enter() {
		return ErrClosed
	}
	defer l.users.Done()
	if err := unix.IoctlSetInt(l.side, unix.TCFLSH, unix.TCIOFLUSH); err != nil {
		return ErrGone
	}
	return nil
}

func (l *line) Modem() (Modem, error) {
	if !l.enter() {
		return Modem{}, ErrClosed
	}
	defer l.users.Done()
	bits, err := unix.IoctlGetInt(l.side, unix.TIOCMGET)
	switch {
	case errors.Is(err, unix.ENOTTY), errors.Is(err, unix.EINVAL):
		return Modem{}, nil // a line without such wires
	case err != nil:
		return Modem{}, ErrGone
	}
	return Modem{CTS: bits&unix.TIOCM_CTS != 0, DSR: bits&unix.TIOCM_DSR != 0,
		DCD: bits&unix.TIOCM_CD != 0, RI: bits&unix.TIOCM_RI != 0}, nil
}

// Close wakes whoever waits and lets the descriptors go. The kernel may hold a
// closing tty for up to 30 s until its bytes are sent, so they are dropped first
// and the rest happens behind the caller's back.
func (l *line) Close() error {
	l.mu.Lock()
	first := !l.closed
	l.closed = true
	l.mu.Unlock()
	if first {
		one := [8]byte{1, 1, 1, 1, 1, 1, 1, 1} // not zero in either byte order
		_, _ = unix.Write(l.wake, one[:])
		go func() {
			l.users.Wait()
			l.release()
			close(l.done)
		}()
	}
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case <-l.done:
	case <-late.C:
	}
	return nil
}

// release gives the tty back; nobody may be in a method any more.
func (l *line) release() {
	// Only when something is left: on a pseudo-terminal, where nothing ever is,
	// it would take back bytes that the other end has not read yet.
	if n, err := l.outQueue(); err == nil && n > 0 {
		_ = unix.IoctlSetInt(l.side, unix.TCFLSH, unix.TCOFLUSH)
	}
	_ = unix.IoctlSetInt(l.side, unix.TIOCNXCL, 0)
	if l.reader != nil {
		_ = l.reader.Close()
	}
	_ = unix.Close(l.side)
	if l.wake >= 0 {
		_ = unix.Close(l.wake)
	}
}

// enter is said at the begin of every method; false when the port is closed.
func (l *line) enter() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return false
	}
	l.users.Add(1)
	return true
}
