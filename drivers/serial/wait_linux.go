package serial

import (
	"errors"
	"time"

	"golang.org/x/sys/unix"
)

// wait waits until the line is ready for what (unix.POLLIN, unix.POLLOUT; 0 waits
// for its end alone), until the deadline, or until Close. What is ready already
// is ready even when the deadline has passed.
func (l *line) wait(what int16, deadline time.Time) error {
	for {
		l.turns.Add(1)
		fds := []unix.PollFd{{Fd: int32(l.side), Events: what}, {Fd: int32(l.wake), Events: unix.POLLIN}}
		n, err := unix.Ppoll(fds, until(deadline), nil)
		switch {
		case errors.Is(err, unix.EINTR):
		case err != nil:
			return ErrGone
		case fds[1].Revents != 0:
			return ErrClosed
		case n == 0:
			return ErrTimeout
		case l.hungUp():
			return ErrGone
		case fds[0].Revents&what != 0:
			return nil
		default: // an error mark without an end: no use in asking again
			return ErrGone
		}
	}
}

// rest waits a moment, or less when the deadline or Close comes first.
func (l *line) rest(deadline time.Time) error {
	if !deadline.IsZero() && !time.Now().Before(deadline) {
		return ErrTimeout
	}
	l.turns.Add(1)
	fds := []unix.PollFd{{Fd: int32(l.wake), Events: unix.POLLIN}}
	if n, _ := unix.Ppoll(fds, until(time.Now().Add(pause)), nil); n > 0 {
		return ErrClosed
	}
	return nil
}

// until is the time left, nil for no deadline.
func until(deadline time.Time) *unix.Timespec {
	if deadline.IsZero() {
		return nil
	}
	left := unix.NsecToTimespec(max(0, time.Until(deadline)).Nanoseconds())
	return &left
}

// hungUp tells an unplugged device from a quiet one: its tty answers EIO.
func (l *line) hungUp() bool {
	_, err := unix.IoctlGetTermios(l.side, unix.TCGETS)
	return err != nil
}

// alive is ErrGone when the device is unplugged.
func (l *line) alive() error {
	if !l.enter() {
		return ErrClosed
	}
	defer l.users.Done()
	if l.hungUp() {
		return ErrGone
	}
	return nil
}

func (l *line) outQueue() (int, error) { return unix.IoctlGetInt(l.side, unix.TIOCOUTQ) }

// sent is false while a driver that can tell still has a byte in its sender.
func (l *line) sent() bool {
	const empty = 1 // TIOCSER_TEMT of linux/serial.h
	lsr, err := unix.IoctlGetInt(l.side, unix.TIOCSERGETLSR)
	return err != nil || lsr&empty != 0
}
