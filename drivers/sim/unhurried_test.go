package sim

import (
	"context"
	"errors"
	"testing"
	"time"

	"motcua/drivers/serial"
)

// stopped is a clock whose sleepers sleep until they are let go: a machine that has
// no time for the printer.
type stopped struct {
	Clock
	goOn chan struct{}
}

func (s stopped) Sleep(ctx context.Context, _ time.Duration) error {
	select {
	case <-s.goOn:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// unhurried is a printer with its time and an opened line to it.
func unhurried(t *testing.T, clock Clock) (*Printer, *Unhurried, serial.Port) {
	t.Helper()
	cable := newCable(t)
	p, err := NewPrinter(cable, PrinterOptions{ID: "printer", Profile: model(), Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	port, err := serial.Open(serial.Settings{Name: cable.Path(), Baud: 19200})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = port.Close(), p.Close() })
	u := NewUnhurried(p)
	return p, u, u.Over(port)
}

// While the printer has anything to do, no time goes by for the driver.
func TestUnhurriedStandsStill(t *testing.T) {
	clock := stopped{Faster(1), make(chan struct{})}
	_, u, line := unhurried(t, clock)
	began := u.Now()
	if n, err := line.Write([]byte("\x10\x04\x01"), began.Add(time.Second)); n != 3 || err != nil {
		t.Fatalf("%d bytes, %v", n, err)
	}
	var buf [8]byte
	for range 50 {
		if _, err := line.Read(buf[:], u.Now().Add(time.Second)); !errors.Is(err, serial.ErrTimeout) {
			t.Fatalf("the printer has no time and says something: %v", err)
		}
	}
	if gone := u.Now().Sub(began); gone != 0 {
		t.Fatalf("%v went by while the question was on its way", gone)
	}
	close(clock.goOn)
	for {
		n, err := line.Read(buf[:], u.Now().Add(time.Second))
		if n == 1 && buf[0] == 0x12 {
			break
		}
		if !errors.Is(err, serial.ErrTimeout) || u.Now() != began {
			t.Fatalf("%d bytes, %v, %v went by", n, err, u.Now().Sub(began))
		}
	}
}

// At rest it leaps to the driver's deadline.
func TestUnhurriedLeaps(t *testing.T) {
	p, u, line := unhurried(t, Faster(hurry))
	var buf [8]byte
	read := func() {
		t.Helper()
		if n, err := line.Read(buf[:], u.Now().Add(time.Hour)); !errors.Is(err, serial.ErrTimeout) {
			t.Fatalf("%d bytes, %v", n, err)
		}
	}
	began := u.Now()
	read()
	read()
	if gone := u.Now().Sub(began); gone != 2*time.Hour {
		t.Errorf("%v went by, want two hours", gone)
	}
	// Words that the line lost hold nothing up.
	if err := p.Act("silent", ""); err != nil {
		t.Fatal(err)
	}
	if _, err := line.Write([]byte("\x10\x04\x01"), u.Now()); err != nil && !errors.Is(err, serial.ErrTimeout) {
		t.Fatal(err)
	}
	for began := u.Now(); u.Now() == began; {
		read()
	}
}
