package serial

import (
	"io"
	"time"

	tarm "github.com/tarm/serial"
)

// tick is how long the library waits in one Read. It knows only whole tenths of a
// second, and a Read that waits for ever would make its Close wait for ever too.
const tick = 100 * time.Millisecond

// openTarm opens and sets the line with tarm/serial: raw, 8 data bits.
func openTarm(device string, s Settings) (io.ReadCloser, error) {
	c := &tarm.Config{Name: device, Baud: s.Baud, ReadTimeout: tick, Size: 8, Parity: tarm.ParityNone, StopBits: tarm.Stop1}
	switch s.Parity {
	case "even":
		c.Parity = tarm.ParityEven
	case "odd":
		c.Parity = tarm.ParityOdd
	}
	if s.Stop == 2 {
		c.StopBits = tarm.Stop2
	}
	p, err := tarm.OpenPort(c)
	if err != nil {
		return nil, err // not a nil port wrapped in an interface
	}
	return p, nil
}
