package serial

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// Open opens a port for this program alone. The error is an *OpenError.
func Open(s Settings) (Port, error) {
	if s.Counters == nil {
		s.Counters = new(Counters)
	}
	l, err := open(s)
	if err != nil {
		s.Counters.openErrors.Add(1)
		return nil, err
	}
	s.Counters.opens.Add(1)
	return l, nil
}

// open opens the tty twice. The library's descriptor reads; the side descriptor,
// which never blocks, does everything the library cannot: it tells an unplugged
// device from a quiet one, writes with a deadline, and holds the lock.
func open(s Settings) (*line, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	// The name is followed once, so that both descriptors are of one device even
	// when the link moves between the two.
	device, err := filepath.EvalSymlinks(s.Name)
	if err != nil {
		return nil, explain(s, s.Name, err)
	}
	side, err := openSide(device)
	if err != nil {
		return nil, explain(s, device, err)
	}
	l := &line{side: side, count: s.Counters, wake: -1, done: make(chan struct{})}
	l.queued = l.outQueue
	if err := l.prepare(s, device); err != nil {
		l.release()
		return nil, explain(s, device, err)
	}
	return l, nil
}

func (l *line) prepare(s Settings, device string) (err error) {
	if l.wake, err = unix.Eventfd(0, unix.EFD_NONBLOCK|unix.EFD_CLOEXEC); err != nil {
		return err
	}
	if l.reader, err = openTarm(device, s); err != nil {
		return err
	}
	// Only now: the library's own opening would be refused as a second one.
	if err := claim(l.side, device); err != nil {
		return err
	}
	return configure(l.side, s)
}

// openSide opens a tty without waiting for a carrier, and locks it. The lock holds
// against a second agent of ours even where both run as root, whom TIOCEXCL does
// not stop.
func openSide(device string) (int, error) {
	var st unix.Stat_t
	if err := unix.Stat(device, &st); err != nil {
		return -1, err
	}
	if st.Mode&unix.S_IFMT != unix.S_IFCHR {
		return -1, ErrNotSerial
	}
	fd, err := retry(func() (int, error) {
		return unix.Open(device, unix.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	})
	if err != nil {
		return -1, err
	}
	if _, err := unix.IoctlGetTermios(fd, unix.TCGETS); err != nil {
		_ = unix.Close(fd)
		return -1, err
	}
	if err := unix.Flock(fd, unix.LOCK_EX|unix.LOCK_NB); err != nil {
		_ = unix.Close(fd)
		return -1, ErrInUse
	}
	return fd, nil
}

// claim refuses the port to every program that opens it later. Not on a
// pseudo-terminal: nobody steals those, and where the other end holds the tty open
// the mark would outlive a killed agent and shut out the next one.
func claim(fd int, device string) error {
	if strings.HasPrefix(device, "/dev/pts/") {
		return nil
	}
	return unix.IoctlSetInt(fd, unix.TIOCEXCL, 0)
}

// configure sets what the library does not know, and looks whether the driver
// took the speed: some adapters fall back to another one without a word.
func configure(fd int, s Settings) error {
	t, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	if err != nil {
		return err
	}
	t.Cflag &^= unix.CRTSCTS | unix.HUPCL
	t.Iflag &^= unix.IXON | unix.IXOFF | unix.IXANY
	switch s.Flow {
	case RTSCTS:
		t.Cflag |= unix.CRTSCTS
	case XONXOFF:
		t.Iflag |= unix.IXON
		// The library leaves these 0, which means "none".
		t.Cc[unix.VSTART], t.Cc[unix.VSTOP] = 0x11, 0x13
	}
	if s.HangUp {
		t.Cflag |= unix.HUPCL
	}
	if err := unix.IoctlSetTermios(fd, unix.TCSETS, t); err != nil {
		return err
	}
	got, err := unix.IoctlGetTermios(fd, unix.TCGETS2)
	if err != nil {
		return err
	}
	if speed := int(got.Ospeed); speed*100 < s.Baud*97 || speed*100 > s.Baud*103 {
		return badSettings(s, fmt.Sprintf("the adapter makes %d baud of %d", speed, s.Baud))
	}
	return nil
}

// explain turns what the kernel or the library said into what to do about it.
func explain(s Settings, device string, err error) error {
	var told *OpenError
	var errno syscall.Errno
	switch {
	case errors.As(err, &told):
		return told
	case errors.Is(err, unix.ENOENT), errors.Is(err, unix.ENXIO), errors.Is(err, unix.ENODEV), errors.Is(err, unix.ENOTDIR):
		return missing(s.Name)
	case errors.Is(err, unix.EACCES), errors.Is(err, unix.EPERM):
		return forbidden(s.Name)
	case errors.Is(err, unix.EBUSY), errors.Is(err, ErrInUse):
		return inUse(s.Name, device)
	case errors.Is(err, unix.ENOTTY), errors.Is(err, ErrNotSerial):
		return notSerial(s.Name)
	case errors.Is(err, unix.EIO):
		return &OpenError{Path: s.Name, Why: "no device is behind it (unplugged, or a port without hardware)", Err: err,
			Advice: "plug the device in again; if it stays so, try another cable and another USB socket"}
	case !errors.As(err, &errno): // the library's own check
		return badSettings(s, fmt.Sprintf("%d baud is not a speed of serial lines here", s.Baud))
	}
	return &OpenError{Path: s.Name, Why: err.Error(), Err: err, Advice: "unplug the device, plug it in again and look at the kernel's log (dmesg)"}
}

func retry[T any](f func() (T, error)) (T, error) {
	for {
		v, err := f()
		if !errors.Is(err, unix.EINTR) {
			return v, err
		}
	}
}
