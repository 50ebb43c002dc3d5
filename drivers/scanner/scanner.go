// Package scanner reads barcode and QR scanners in serial mode. What is scanned is
// untrusted and may be an identity card: it is split, handed on once and forgotten;
// nothing here logs or keeps it.
package scanner

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"motcua/drivers/serial"
	"motcua/firmware-config"
)

// Scan is one code as it was read. It prints as "scan", because its text may be a
// person's card.
type Scan struct {
	Text string
	At   time.Time
}

// Format keeps the text out of every %-verb.
func (Scan) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("scan")) }

// LogValue keeps it out of logs.
func (Scan) LogValue() slog.Value { return slog.StringValue("scan") }

// MarshalText keeps it out of JSON and XML.
func (Scan) MarshalText() ([]byte, error) { return []byte("scan"), nil }

// Clock tells the time.
type Clock interface{ Now() time.Time }

// Options are what a scanner is made of.
type Options struct {
	Profile *firmware.Scanner
	Clock   Clock
	Scanned func(Scan) // called in Run's goroutine; it must not block
}

// Scanner is one scanner on one port.
type Scanner struct {
	o    Options
	wake []byte
}

// New makes a scanner; the error names what is wrong with the profile.
func New(o Options) (*Scanner, error) {
	if o.Clock == nil {
		o.Clock = serial.SystemClock{}
	}
	if _, err := NewSplitter(o.Profile); err != nil {
		return nil, err
	}
	wake, err := wakeBytes(o.Profile)
	if err != nil {
		return nil, err
	}
	return &Scanner{o: o, wake: wake}, nil
}

// look is how often Run sees that its context has ended while nothing is scanned.
const look = 250 * time.Millisecond

// Run reads the port until ctx ends or the device goes. A code that was half read
// then is lost: it was never complete.
func (s *Scanner) Run(ctx context.Context, p serial.Port) error {
	split, err := NewSplitter(s.o.Profile)
	if err != nil {
		return err
	}
	if err := s.wakeUp(p); err != nil {
		return err
	}
	defer split.forget()
	buf := make([]byte, 256)
	defer clear(buf)
	heard := s.o.Clock.Now()
	for ctx.Err() == nil {
		n, err := p.Read(buf, s.deadline(split, heard))
		now := s.o.Clock.Now()
		var codes []string
		switch {
		case err == nil:
			heard = now
			codes = split.Feed(buf[:n], now)
		case !errors.Is(err, serial.ErrTimeout):
			return err
		case split.Wait() > 0 && now.Sub(heard) >= split.Wait():
			// Only a read that found nothing tells silence: the time between two
			// reads may also be this program's own slowness.
			codes = split.Silent(now)
		}
		for _, code := range codes {
			s.o.Scanned(Scan{Text: code, At: now})
		}
	}
	return ctx.Err()
}

func (s *Scanner) deadline(split *Splitter, heard time.Time) time.Time {
	next := s.o.Clock.Now().Add(look)
	if wait := split.Wait(); wait > 0 && heard.Add(wait).Before(next) {
		return heard.Add(wait)
	}
	return next
}

// wakeUp sends what the model wants before it listens, and drops what it answers.
func (s *Scanner) wakeUp(p serial.Port) error {
	if len(s.wake) == 0 {
		return nil
	}
	if _, err := p.Write(s.wake, s.o.Clock.Now().Add(time.Second)); err != nil {
		return err
	}
	buf := make([]byte, 64)
	for until := s.o.Clock.Now().Add(wakeRest); ; {
		if _, err := p.Read(buf, until); errors.Is(err, serial.ErrTimeout) {
			return nil
		} else if err != nil {
			return err
		}
		if !s.o.Clock.Now().Before(until) {
			return nil
		}
	}
}
