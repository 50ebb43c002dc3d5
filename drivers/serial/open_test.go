//go:build linux

package serial

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

func TestSecondOpenIsRefused(t *testing.T) {
	_, name := cable(t)
	link := filepath.Join(t.TempDir(), "printer0")
	if err := os.Symlink(name, link); err != nil {
		t.Fatal(err)
	}
	p := opened(t, Settings{Name: name})
	count := new(Counters)
	for _, second := range []string{name, link} {
		_, err := Open(Settings{Name: second, Baud: 9600, Counters: count})
		var told *OpenError
		if !errors.As(err, &told) || !errors.Is(err, ErrInUse) || told.Path != second {
			t.Errorf("second opening as %s: %v", second, err)
		}
	}
	if s := count.Stats(); s.OpenErrors != 2 || s.Opens != 0 {
		t.Errorf("counted %+v", s)
	}
	p.Close()
	if again, err := Open(Settings{Name: link, Baud: 9600}); err != nil {
		t.Errorf("after closing: %v", err)
	} else {
		again.Close()
	}
}

func TestOpenErrorsSayWhatToDo(t *testing.T) {
	_, name := cable(t)
	file := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		s     Settings
		cause error
		words string
	}{
		{Settings{Name: "/dev/serial/by-id/none-such", Baud: 9600}, fs.ErrNotExist, "plug the device in"},
		{Settings{Name: file + "/below", Baud: 9600}, fs.ErrNotExist, "plug the device in"},
		{Settings{Name: file, Baud: 9600}, ErrNotSerial, "site file"},
		{Settings{Name: "/dev/null", Baud: 9600}, ErrNotSerial, "site file"},
		{Settings{Name: t.TempDir(), Baud: 9600}, ErrNotSerial, "site file"},
		{Settings{Name: name, Baud: 12345}, ErrSettings, "12345 baud"},
		{Settings{Name: name}, ErrSettings, "0 baud"},
		{Settings{Name: name, Baud: 9600, Parity: "mark"}, ErrSettings, `parity "mark"`},
		{Settings{Name: name, Baud: 9600, Stop: 3}, ErrSettings, "3 stop bits"},
		{Settings{Name: name, Baud: 9600, Flow: "dtr"}, ErrSettings, `"dtr"`},
		{Settings{Baud: 9600}, ErrSettings, "no name"},
	} {
		_, err := Open(c.s)
		var told *OpenError
		if !errors.As(err, &told) || !errors.Is(err, c.cause) || !strings.Contains(err.Error(), c.words) || told.Advice == "" {
			t.Errorf("%+v: %v", c.s, err)
		}
	}
	// A refused opening leaves no lock behind.
	opened(t, Settings{Name: name})
}

// root is refused nothing, so what the kernel would say to others is translated here.
func TestKernelErrorsSayWhatToDo(t *testing.T) {
	s := Settings{Name: "/dev/ttyUSB7", Baud: 9600}
	for _, c := range []struct {
		err, cause error
		words      string
	}{
		{&fs.PathError{Err: unix.EACCES}, fs.ErrPermission, "group dialout"},
		{unix.EPERM, fs.ErrPermission, "group dialout"},
		{unix.EBUSY, ErrInUse, "ModemManager"},
		{unix.ENXIO, fs.ErrNotExist, "plug the device in"},
		{unix.EIO, unix.EIO, "cable"},
		{unix.EINVAL, unix.EINVAL, "dmesg"},
	} {
		err := explain(s, s.Name, c.err)
		if !errors.Is(err, c.cause) || !strings.Contains(err.Error(), c.words) || !strings.Contains(err.Error(), s.Name) {
			t.Errorf("%v: %v", c.err, err)
		}
	}
}

// The mark that keeps other programs off a real port.
func TestClaim(t *testing.T) {
	_, name := cable(t)
	p := opened(t, Settings{Name: name})
	excl := func() int {
		n, err := unix.IoctlGetInt(p.side, unix.TIOCGEXCL)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if excl() != 0 {
		t.Error("a pseudo-terminal is claimed")
	}
	if err := claim(p.side, "/dev/ttyUSB0"); err != nil || excl() == 0 {
		t.Errorf("a port is not claimed: %v", err)
	}
}

func TestLineSettings(t *testing.T) {
	for _, c := range []struct {
		s        Settings
		has, not uint32 // control modes
		in       uint32 // input modes
	}{
		{Settings{Baud: 9600}, unix.CS8, unix.CRTSCTS | unix.HUPCL | unix.PARENB | unix.CSTOPB, 0},
		{Settings{Baud: 115200, Flow: RTSCTS, HangUp: true}, unix.CRTSCTS | unix.HUPCL, 0, 0},
		{Settings{Baud: 19200, Parity: "even", Stop: 2}, unix.PARENB | unix.CSTOPB, unix.PARODD, 0},
		{Settings{Baud: 19200, Parity: "odd", Flow: XONXOFF}, unix.PARENB | unix.PARODD, unix.CSTOPB, unix.IXON},
	} {
		_, name := cable(t)
		c.s.Name = name
		p := opened(t, c.s)
		got, err := unix.IoctlGetTermios(p.side, unix.TCGETS2)
		if err != nil {
			t.Fatal(err)
		}
		// A pseudo-terminal drops the parity bit: it has nothing to check.
		has := c.has &^ unix.PARENB
		if got.Cflag&has != has || got.Cflag&c.not != 0 || got.Iflag&unix.IXON != c.in || int(got.Ospeed) != c.s.Baud {
			t.Errorf("%+v: control modes %o, input modes %o, %d baud", c.s, got.Cflag, got.Iflag, got.Ospeed)
		}
	}
}

func TestUsers(t *testing.T) {
	root := t.TempDir()
	fd := filepath.Join(root, "proc", "612", "fd")
	if err := os.MkdirAll(fd, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, n := range []string{"3", "4"} {
		if err := os.Symlink("/dev/ttyUSB0", filepath.Join(fd, n)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(root, "proc", "612", "comm"), []byte("ModemManager\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := Users(root, "/dev/ttyUSB0"); len(got) != 1 || got[0] != "ModemManager (pid 612)" {
		t.Errorf("users %q", got)
	}
	if got := Users(root, "/dev/ttyUSB1"); len(got) != 0 {
		t.Errorf("users of a free port %q", got)
	}
}
