//go:build linux

package serial

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func TestReadDeadline(t *testing.T) {
	device, name := cable(t)
	p := opened(t, Settings{Name: name})
	for _, want := range []time.Duration{0, time.Millisecond, 30 * time.Millisecond, 150 * time.Millisecond} {
		began := time.Now()
		n, err := p.Read(make([]byte, 8), began.Add(want))
		took := time.Since(began)
		if n != 0 || !errors.Is(err, ErrTimeout) {
			t.Fatalf("%v of silence: %d bytes, %v", want, n, err)
		}
		t.Logf("asked %v, took %v", want, took)
		if took < want || took > want+2*time.Second {
			t.Errorf("a deadline of %v came after %v", want, took)
		}
	}
	if _, err := device.Write([]byte("x")); err != nil {
		t.Fatal(err)
	}
	buf := make([]byte, 8)
	if n, err := p.Read(buf, time.Time{}); n != 1 || err != nil {
		t.Fatalf("no deadline: %d bytes, %v", n, err)
	}
	if s := p.Stats(); s.Opens != 1 || s.BytesIn != 1 || s.ReadErrors != 0 || s.LastByte.IsZero() {
		t.Errorf("counted %+v", s)
	}
}

// What lies there is given even when the deadline has passed: a late reader must
// not take bytes for silence.
func TestReadAfterDeadline(t *testing.T) {
	device, name := cable(t)
	p := opened(t, Settings{Name: name})
	if _, err := device.Write([]byte("late")); err != nil {
		t.Fatal(err)
	}
	if err := p.wait(unix.POLLIN, after(5*time.Second)); err != nil {
		t.Fatal(err)
	}
	buf := make([]byte, 8)
	if n, err := p.Read(buf, after(-time.Second)); err != nil || string(buf[:n]) != "late" {
		t.Fatalf("%q, %v", buf[:n], err)
	}
}

func TestUnplugWhileReading(t *testing.T) {
	device, name := cable(t)
	p := opened(t, Settings{Name: name})
	got := make(chan error, 1)
	go func() {
		_, err := p.Read(make([]byte, 8), time.Time{})
		got <- err
	}()
	within(t, 10*time.Second, "unplug seen", func() {
		for p.turns.Load() == 0 {
			time.Sleep(time.Millisecond)
		}
		device.Close()
		if err := <-got; !errors.Is(err, ErrGone) {
			t.Errorf("unplugged: %v", err)
		}
	})
	if _, err := p.Write([]byte("x"), after(time.Second)); !errors.Is(err, ErrGone) {
		t.Errorf("write to nothing: %v", err)
	}
	if err := p.Drain(after(time.Second)); !errors.Is(err, ErrGone) {
		t.Errorf("drain of nothing: %v", err)
	}
	if err := p.alive(); !errors.Is(err, ErrGone) {
		t.Errorf("alive without a device: %v", err)
	}
	if s := p.Stats(); s.ReadErrors != 1 || s.WriteErrors != 1 {
		t.Errorf("counted %+v", s)
	}
}

// One wait a Read, whether the line is quiet or dead.
func TestNoSpinning(t *testing.T) {
	device, name := cable(t)
	p := opened(t, Settings{Name: name})
	buf := make([]byte, 8)
	for range 10 {
		_, _ = p.Read(buf, after(20*time.Millisecond))
	}
	quiet := p.turns.Load()
	device.Close()
	for range 10 {
		_, _ = p.Read(buf, after(20*time.Millisecond))
	}
	dead := p.turns.Load() - quiet
	// A signal may begin a wait anew, so a few more are no spinning.
	if quiet > 40 || dead > 40 {
		t.Errorf("10 reads of silence made %d waits, 10 of a dead line %d", quiet, dead)
	}
}

func TestCloseWhileReading(t *testing.T) {
	_, name := cable(t)
	p := opened(t, Settings{Name: name})
	got := make(chan error, 1)
	go func() {
		_, err := p.Read(make([]byte, 8), time.Time{})
		got <- err
	}()
	for p.turns.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	within(t, 2*time.Second, "close behind a read", func() { p.Close() })
	if err := <-got; !errors.Is(err, ErrClosed) {
		t.Errorf("read: %v", err)
	}
	if _, err := p.Read(make([]byte, 1), time.Time{}); !errors.Is(err, ErrClosed) {
		t.Errorf("read after close: %v", err)
	}
	if err := p.Close(); err != nil {
		t.Errorf("second close: %v", err)
	}
}

// fill writes until the line takes no more; the device reads nothing.
func fill(t *testing.T, p *line) {
	t.Helper()
	n, err := p.Write(make([]byte, 1<<20), after(200*time.Millisecond))
	if !errors.Is(err, ErrTimeout) || n == 0 || n == 1<<20 {
		t.Fatalf("a line nobody reads took %d bytes, %v", n, err)
	}
}

func TestWriteDeadline(t *testing.T) {
	_, name := cable(t)
	p := opened(t, Settings{Name: name})
	within(t, 3*time.Second, "write of 200 ms", func() { fill(t, p) })
	turns := p.turns.Load()
	if _, err := p.Write([]byte("more"), after(100*time.Millisecond)); !errors.Is(err, ErrTimeout) {
		t.Errorf("write to a full line: %v", err)
	}
	if n := p.turns.Load() - turns; n > 50 {
		t.Errorf("a blocked write of 100 ms made %d waits", n)
	}
	if s := p.Stats(); s.WriteErrors != 2 || s.BytesOut == 0 {
		t.Errorf("counted %+v", s)
	}
}

func TestCloseWhileWriting(t *testing.T) {
	_, name := cable(t)
	p := opened(t, Settings{Name: name})
	fill(t, p)
	got := make(chan error, 1)
	turns := p.turns.Load()
	go func() {
		_, err := p.Write([]byte("more"), time.Time{})
		got <- err
	}()
	for p.turns.Load() == turns {
		time.Sleep(time.Millisecond)
	}
	within(t, 2*time.Second, "close behind a write", func() { p.Close() })
	if err := <-got; !errors.Is(err, ErrClosed) {
		t.Errorf("write: %v", err)
	}
}

func TestEveryByteBothWays(t *testing.T) {
	device, name := cable(t)
	p := opened(t, Settings{Name: name})
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	if n, err := p.Write(all, after(10*time.Second)); n != len(all) || err != nil {
		t.Fatal(n, err)
	}
	got := make([]byte, len(all))
	if _, err := io.ReadFull(device, got); err != nil || !bytes.Equal(got, all) {
		t.Fatalf("the device got %x, %v", got, err)
	}
	if _, err := device.Write(all); err != nil {
		t.Fatal(err)
	}
	for got = got[:0]; len(got) < len(all); {
		buf := make([]byte, 100)
		n, err := p.Read(buf, after(10*time.Second))
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, buf[:n]...)
	}
	if !bytes.Equal(got, all) {
		t.Fatalf("the host got %x", got)
	}
}

// What was written and sent is not taken back by closing, even when the other end
// has not read it yet.
func TestCloseKeepsWhatWasSent(t *testing.T) {
	device, name := cable(t)
	p := opened(t, Settings{Name: name})
	ticket := bytes.Repeat([]byte("ticket"), 1500)
	if _, err := p.Write(ticket, after(10*time.Second)); err != nil {
		t.Fatal(err)
	}
	if err := p.Drain(after(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	p.Close()
	within(t, 10*time.Second, "reading after the close", func() {
		got := make([]byte, len(ticket))
		if n, err := io.ReadFull(device, got); err != nil || !bytes.Equal(got, ticket) {
			t.Errorf("%d bytes of %d, %v", n, len(ticket), err)
		}
	})
}

func TestDrainWaits(t *testing.T) {
	_, name := cable(t)
	p := opened(t, Settings{Name: name})
	left := 3
	p.queued = func() (int, error) { left--; return left, nil }
	if err := p.Drain(after(10 * time.Second)); err != nil || left != 0 {
		t.Errorf("drained with %d left: %v", left, err)
	}
	p.queued = func() (int, error) { return 1, nil }
	if err := p.Drain(after(30 * time.Millisecond)); !errors.Is(err, ErrTimeout) {
		t.Errorf("a line that never empties: %v", err)
	}
	within(t, 2*time.Second, "close behind a drain", func() {
		got := make(chan error, 1)
		turns := p.turns.Load()
		go func() { got <- p.Drain(time.Time{}) }()
		for p.turns.Load() == turns {
			time.Sleep(time.Millisecond)
		}
		p.Close()
		if err := <-got; !errors.Is(err, ErrClosed) {
			t.Errorf("drain: %v", err)
		}
	})
}

func TestFlush(t *testing.T) {
	device, name := cable(t)
	p := opened(t, Settings{Name: name})
	if _, err := device.Write([]byte("old")); err != nil {
		t.Fatal(err)
	}
	if err := p.wait(unix.POLLIN, after(5*time.Second)); err != nil {
		t.Fatal(err)
	}
	if err := p.Flush(); err != nil {
		t.Fatal(err)
	}
	if n, err := p.Read(make([]byte, 8), after(20*time.Millisecond)); !errors.Is(err, ErrTimeout) {
		t.Errorf("after a flush: %d bytes, %v", n, err)
	}
}

// XOFF holds later writes back, XON lets them go.
func TestXOFF(t *testing.T) {
	device, name := cable(t)
	p := opened(t, Settings{Name: name, Flow: XONXOFF})
	if _, err := device.Write([]byte{0x13}); err != nil {
		t.Fatal(err)
	}
	held := false
	for i := 0; i < 200 && !held; i++ { // the kernel needs a moment to see the XOFF
		_, err := p.Write([]byte("a"), after(50*time.Millisecond))
		held = errors.Is(err, ErrTimeout)
	}
	if !held {
		t.Fatal("XOFF was never honoured")
	}
	if _, err := device.Write([]byte{0x11}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Write([]byte("b"), after(10*time.Second)); err != nil {
		t.Errorf("after XON: %v", err)
	}
	if n, err := p.Read(make([]byte, 8), after(20*time.Millisecond)); !errors.Is(err, ErrTimeout) {
		t.Errorf("XON and XOFF came through as data: %d, %v", n, err)
	}
	if m, err := p.Modem(); err != nil || m != (Modem{}) {
		t.Errorf("a line without control wires: %+v, %v", m, err)
	}
}
