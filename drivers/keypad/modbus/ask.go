package modbus

import (
	"errors"
	"time"

	"motcua/drivers/serial"
)

// Line asks questions over a port, one at a time.
type Line struct {
	Port    serial.Port
	Now     func() time.Time
	Timeout time.Duration // for an answer, counted from when the question was written
	Gap     time.Duration // of silence before a question, so that slaves see where it begins

	quiet time.Time // when the line was last in use
	buf   []byte
	noise int
}

// TakeNoise tells how many bytes came since it was last asked that belonged to no answer.
func (l *Line) TakeNoise() (n int) {
	n, l.noise = l.noise, 0
	return n
}

// Ask sends the question once and waits for its answer: an Exception when the
// unit refuses, serial.ErrTimeout when it is silent, any other error when the
// line is of no use any more.
func (l *Line) Ask(r Request) (Answer, error) {
	if err := l.send(r.Bytes()); err != nil {
		return Answer{}, err
	}
	until := l.Now().Add(l.Timeout)
	l.buf = l.buf[:0]
	piece := make([]byte, MaxFrame)
	for {
		n, err := l.Port.Read(piece, until)
		if err != nil {
			return Answer{}, err
		}
		l.quiet = l.Now()
		l.buf = append(l.buf, piece[:n]...)
		a, skip, done, err := r.Find(l.buf)
		if done {
			return a, err
		}
		l.noise += skip
		l.buf = append(l.buf[:0], l.buf[skip:]...)
		if !l.Now().Before(until) {
			return Answer{}, serial.ErrTimeout // a babbling line never lets Read time out
		}
	}
}

// send drops what is still there of earlier answers and writes the question.
func (l *Line) send(frame []byte) error {
	if err := l.Port.Flush(); err != nil {
		return err
	}
	if wait := l.Gap - l.Now().Sub(l.quiet); wait > 0 && wait <= l.Gap {
		if err := l.listen(l.Now().Add(wait)); err != nil {
			return err
		}
	}
	_, err := l.Port.Write(frame, l.Now().Add(l.Timeout+time.Second))
	l.quiet = l.Now()
	return err
}

// listen lets the gap pass; what comes meanwhile belongs to nobody.
func (l *Line) listen(until time.Time) error {
	piece := make([]byte, 64)
	for {
		n, err := l.Port.Read(piece, until)
		l.noise += n
		switch {
		case errors.Is(err, serial.ErrTimeout):
			return nil
		case err != nil:
			return err
		case !l.Now().Before(until):
			return nil
		}
	}
}
