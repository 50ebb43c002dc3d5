package sim

import (
	"errors"
	"io"
	"os"
	"sync"
	"testing"
	"time"
)

func newCable(t *testing.T) *Cable {
	t.Helper()
	c, err := NewCable(t.TempDir(), "ttyTest")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func open(t *testing.T, c *Cable) *os.File {
	t.Helper()
	f, err := os.OpenFile(c.Path(), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestCableCarriesEveryByteBothWays(t *testing.T) {
	c := newCable(t)
	f := open(t, c)
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	got := make([]byte, 256)
	if _, err := f.Write(all); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(c, got); err != nil || string(got) != string(all) {
		t.Fatalf("to the device: %v, %x", err, got)
	}
	if _, err := c.Write(all); err != nil {
		t.Fatal(err)
	}
	clear(got)
	if _, err := io.ReadFull(f, got); err != nil || string(got) != string(all) {
		t.Fatalf("to the driver: %v, %x", err, got)
	}
}

func TestCableUnplugged(t *testing.T) {
	c := newCable(t)
	f := open(t, c)
	read := make(chan string)
	go func() {
		buf := make([]byte, 16)
		n, _ := c.Read(buf) // waits through the unplugging
		read <- string(buf[:n])
	}()
	hung := make(chan error)
	go func() {
		n, err := f.Read(make([]byte, 1))
		if n == 0 && err == nil {
			err = io.EOF
		}
		hung <- err
	}()
	c.Unplug()
	if err := <-hung; err == nil {
		t.Error("the driver read on after the hang-up")
	}
	if _, err := os.Lstat(c.Path()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the path is still there: %v", err)
	}
	if _, err := c.Write([]byte("x")); !errors.Is(err, ErrUnplugged) {
		t.Errorf("Write while unplugged: %v", err)
	}
	if err := c.Plug(); err != nil {
		t.Fatal(err)
	}
	if _, err := open(t, c).WriteString("again"); err != nil {
		t.Fatal(err)
	}
	if got := <-read; got != "again" {
		t.Errorf("read %q", got)
	}
}

func TestCableDeadlineAndClose(t *testing.T) {
	c := newCable(t)
	if _, err := c.ReadUntil(make([]byte, 1), time.Now().Add(5*time.Millisecond)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("deadline: %v", err)
	}
	c.Unplug()
	if _, err := c.ReadUntil(make([]byte, 1), time.Now().Add(5*time.Millisecond)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("deadline while unplugged: %v", err)
	}
	if err := c.Plug(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error)
	go func() {
		_, err := c.Read(make([]byte, 1))
		ended <- err
	}()
	_ = c.Close()
	if err := <-ended; !errors.Is(err, ErrClosed) {
		t.Errorf("Read after Close: %v", err)
	}
	if err := c.Plug(); !errors.Is(err, ErrClosed) {
		t.Errorf("Plug after Close: %v", err)
	}
}

func TestCableSurvivesTheDriver(t *testing.T) {
	c := newCable(t)
	for _, word := range []string{"one", "two"} { // the line outlives a driver that opens it twice
		f := open(t, c)
		if _, err := f.WriteString(word); err != nil {
			t.Fatal(err)
		}
		got := make([]byte, 3)
		if _, err := io.ReadFull(c, got); err != nil || string(got) != word {
			t.Fatalf("%q: %q, %v", word, got, err)
		}
		_ = f.Close()
	}
}

func TestCableFromManySides(t *testing.T) {
	c := newCable(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 20 {
				c.Unplug()
				_ = c.Plug()
				_, _ = c.Write([]byte("x"))
			}
		})
	}
	wg.Go(func() {
		for range 50 {
			_, _ = c.ReadUntil(make([]byte, 4), time.Now().Add(time.Millisecond))
		}
	})
	wg.Wait()
}
