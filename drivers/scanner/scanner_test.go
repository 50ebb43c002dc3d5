//go:build linux

package scanner

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/creack/pty"

	"motcua/drivers/serial"
	"motcua/firmware-config"
)

// device runs a scanner of a profile on a pty; what is written to the file was scanned.
func device(t *testing.T, p firmware.Scanner) (*os.File, chan Scan, chan error, context.CancelFunc) {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { master.Close(); slave.Close() })
	port, err := serial.Open(serial.Settings{Name: slave.Name(), Baud: 9600})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { port.Close() })
	scans, ended := make(chan Scan, 100), make(chan error, 1)
	s, err := New(Options{Profile: &p, Scanned: func(s Scan) { scans <- s }})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	go func() { ended <- s.Run(ctx, port) }()
	return master, scans, ended, cancel
}

func send(t *testing.T, f *os.File, pieces ...string) {
	t.Helper()
	for _, p := range pieces {
		if _, err := f.WriteString(p); err != nil {
			t.Fatal(err)
		}
	}
}

func next(t *testing.T, scans chan Scan) string {
	t.Helper()
	select {
	case s := <-scans:
		return s.Text
	case <-time.After(20 * time.Second):
		t.Fatal("no scan came")
		return ""
	}
}

func TestScansSplitAcrossWrites(t *testing.T) {
	line, scans, ended, cancel := device(t, firmware.Scanner{End: "crlf", Repeat: 60_000})
	send(t, line, "\x02Nguy\xe1", "\xbb\x85n\x03", "\r", "\nK7M", "4PX\r\n", "K7M4PX\r\nH15\r\n")
	for _, want := range []string{"Nguyễn", "K7M4PX", "H15"} {
		if got := next(t, scans); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("Run ended with %v", err)
	}
}

func TestScanEndedBySilence(t *testing.T) {
	line, scans, ended, _ := device(t, firmware.Scanner{End: "silence", Silence: 300})
	send(t, line, "K7M", "4PX")
	if got := next(t, scans); got != "K7M4PX" {
		t.Errorf("got %q", got)
	}
	line.Close()
	if err := <-ended; !errors.Is(err, serial.ErrGone) {
		t.Errorf("unplugged: %v", err)
	}
}

func TestWakeIsSentAndItsAnswerDropped(t *testing.T) {
	line, scans, _, _ := device(t, firmware.Scanner{End: "cr", Wake: "00ff"})
	wake := make([]byte, 2)
	if _, err := io.ReadFull(line, wake); err != nil || wake[1] != 0xff {
		t.Fatalf("woken with %x, %v", wake, err)
	}
	for i := 0; ; i++ { // until the scanner listens
		send(t, line, "K7M4PX\r")
		select {
		case s := <-scans:
			if s.Text != "K7M4PX" {
				t.Errorf("got %q", s.Text)
			}
			return
		case <-time.After(20 * time.Millisecond):
		}
		if i > 500 {
			t.Fatal("it never listens")
		}
	}
}

// script is a port that plays back what was read when, on a clock that stands
// still between the reads.
type script struct {
	serial.Port
	now   time.Time
	steps []step
}

type step struct {
	late time.Duration // how long the program slept before it read
	data string        // empty: silence until the deadline
}

func (s *script) Now() time.Time { return s.now }

func (s *script) Read(p []byte, deadline time.Time) (int, error) {
	if len(s.steps) == 0 {
		return 0, serial.ErrGone
	}
	next := s.steps[0]
	s.steps = s.steps[1:]
	s.now = s.now.Add(next.late)
	if next.data != "" {
		return copy(p, next.data), nil
	}
	if s.now.Before(deadline) {
		s.now = deadline
	}
	return 0, serial.ErrTimeout
}

// A program that is slow to read must not cut a code where it slept.
func TestSlownessIsNoSilence(t *testing.T) {
	for _, c := range []struct {
		name  string
		end   string
		steps []step
		want  []string
	}{
		{"slow program", "silence", []step{{0, "K7M"}, {time.Second, "4PX"}, {0, ""}, {0, ""}}, []string{"K7M4PX"}},
		{"two codes", "silence", []step{{0, "K7M"}, {0, ""}, {0, "4PX"}, {0, ""}}, []string{"K7M", "4PX"}},
		{"half a code", "cr", []step{{0, "K7M"}, {0, ""}, {0, ""}, {0, ""}, {0, ""}, {0, ""}, {0, "4PX\r"}}, []string{"4PX"}},
		{"an end that comes late", "cr", []step{{0, "K7M"}, {0, ""}, {0, ""}, {0, "4PX\r"}}, []string{"K7M4PX"}},
		{"unplugged", "silence", []step{{0, "K7M"}}, nil},
	} {
		s := &script{now: start, steps: c.steps}
		var got []string
		r, err := New(Options{Profile: &firmware.Scanner{End: c.end}, Clock: s, Scanned: func(s Scan) { got = append(got, s.Text) }})
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Run(context.Background(), s); !errors.Is(err, serial.ErrGone) {
			t.Errorf("%s: %v", c.name, err)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
