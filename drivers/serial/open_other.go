//go:build !linux

package serial

import "runtime"

// Open fails: only Linux is supported.
func Open(s Settings) (Port, error) {
	e := &OpenError{Path: s.Name, Why: "serial ports work on Linux only", Err: ErrUnsupported,
		Advice: "run the agent on a Linux machine beside the device"}
	if runtime.GOOS == "windows" {
		e.Why = "COM ports of Windows are not supported: serial ports work on Linux only"
	}
	return nil, e
}
