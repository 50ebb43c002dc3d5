package printer

import (
	"time"

	"motcua/drivers/serial"
)

// port is the computer's end. step is called before whatever is done.
type port struct {
	*paper
	step func(write []byte)
}

const kernelRoom = 1024

func (p *port) Read(b []byte, deadline time.Time) (int, error) {
	for {
		if !p.plugged {
			return 0, serial.ErrGone
		}
		n := 0
		for n < len(b) && n < len(p.toHost) && !p.toHost[n].at.After(p.now) {
			b[n] = p.toHost[n].b
			n++
		}
		if n > 0 {
			p.step(nil)
			p.toHost = p.toHost[n:]
			return n, nil
		}
		until := deadline
		if len(p.toHost) > 0 && p.toHost[0].at.Before(until) {
			until = p.toHost[0].at
		}
		if !p.now.Before(deadline) {
			return 0, serial.ErrTimeout
		}
		p.advance(until)
	}
}

func (p *port) Write(b []byte, deadline time.Time) (int, error) {
	done := 0
	for {
		if !p.plugged {
			return done, serial.ErrGone
		}
		n := min(len(b)-done, kernelRoom-len(p.kernel))
		if n > 0 {
			p.step(b[done : done+n])
			if len(p.kernel) == 0 && p.lineFree.Before(p.now) {
				p.lineFree = p.now.Add(p.byteTime())
			}
			p.kernel = append(p.kernel, b[done:done+n]...)
			done += n
		}
		if done == len(b) {
			return done, nil
		}
		if !p.now.Before(deadline) {
			return done, serial.ErrTimeout
		}
		p.advance(deadline)
	}
}

func (p *port) Drain(time.Time) error        { return nil }
func (p *port) Flush() error                 { p.kernel, p.toHost = nil, nil; return nil }
func (p *port) Modem() (serial.Modem, error) { return serial.Modem{}, nil }
func (p *port) Close() error                 { return nil }
