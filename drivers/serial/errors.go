package serial

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Why a port cannot be opened, for errors.Is. A missing one is fs.ErrNotExist, a
// forbidden one fs.ErrPermission.
var (
	ErrInUse       = errors.New("another program uses the port")
	ErrNotSerial   = errors.New("this is not a serial port")
	ErrSettings    = errors.New("the line cannot be set like this")
	ErrUnsupported = errors.New("serial ports work on Linux only")
)

// OpenError says why a port could not be opened and what a technician does about it.
type OpenError struct {
	Path   string
	Why    string
	Advice string
	Err    error // the cause, for errors.Is
}

// Error is one line: what, why, and what to do.
func (e *OpenError) Error() string {
	return fmt.Sprintf("serial port %s: %s: %s", e.Path, e.Why, e.Advice)
}

// Unwrap gives the cause.
func (e *OpenError) Unwrap() error { return e.Err }

func missing(path string) *OpenError {
	return &OpenError{Path: path, Why: "it is not there", Err: fs.ErrNotExist,
		Advice: "plug the device in, look at its cable and power, then compare the name with the list of ports"}
}

func forbidden(path string) *OpenError {
	return &OpenError{Path: path, Why: "this user may not open it", Err: fs.ErrPermission,
		Advice: "add the user to group dialout (usermod -aG dialout USER) and start the program again"}
}

func inUse(path, real string) *OpenError {
	e := &OpenError{Path: path, Why: "another program uses it", Err: ErrInUse,
		Advice: "stop that program (often ModemManager, brltty, a getty or a second agent), and see that the site file names the port once"}
	if users := Users("/", real); len(users) > 0 {
		e.Why += ": " + strings.Join(users, ", ")
	}
	return e
}

func notSerial(path string) *OpenError {
	return &OpenError{Path: path, Why: "it is not a serial port", Err: ErrNotSerial,
		Advice: "name a port such as /dev/serial/by-id/… in the site file"}
}

func badSettings(s Settings, what string) *OpenError {
	return &OpenError{Path: s.Name, Why: what, Err: ErrSettings,
		Advice: "set the device to a usual speed (9600, 19200, 38400, 115200), 8 data bits, and write the same in the site file"}
}

// check finds settings that no line can have, before anything is opened.
func (s Settings) check() error {
	switch {
	case s.Name == "":
		return badSettings(s, "the port has no name")
	case !slices.Contains([]string{"", "none", "even", "odd"}, s.Parity):
		return badSettings(s, fmt.Sprintf("parity %q is none of none, even, odd", s.Parity))
	case s.Stop < 0 || s.Stop > 2:
		return badSettings(s, fmt.Sprintf("%d stop bits", s.Stop))
	case !slices.Contains([]Flow{"", NoFlow, RTSCTS, XONXOFF}, s.Flow):
		return badSettings(s, fmt.Sprintf("flow control %q is none of none, rtscts, xonxoff", s.Flow))
	}
	return nil
}

// Users names the other processes that hold a device open, as far as this user may
// see: "ModemManager (pid 612)". root is "/" on a real machine.
func Users(root, device string) []string {
	var users []string
	links, _ := filepath.Glob(filepath.Join(root, "proc", "[0-9]*", "fd", "*"))
	for _, link := range links {
		if target, err := os.Readlink(link); err != nil || target != device {
			continue
		}
		process := filepath.Dir(filepath.Dir(link))
		pid := filepath.Base(process)
		name, _ := os.ReadFile(filepath.Join(process, "comm"))
		user := fmt.Sprintf("%s (pid %s)", strings.TrimSpace(string(name)), pid)
		if pid != strconv.Itoa(os.Getpid()) && !slices.Contains(users, user) {
			users = append(users, user)
		}
	}
	return users
}
