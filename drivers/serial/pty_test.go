//go:build linux

package serial

import (
	"os"
	"testing"
	"time"

	"github.com/creack/pty"
)

// cable is a pty: what the device holds, and the name the host opens.
func cable(t *testing.T) (device *os.File, name string) {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	name = slave.Name()
	// The name would vanish from the machine if nobody held it until Open.
	t.Cleanup(func() { master.Close(); slave.Close() })
	return master, name
}

func opened(t *testing.T, s Settings) *line {
	t.Helper()
	if s.Baud == 0 {
		s.Baud = 19200
	}
	p, err := Open(s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p.(*line)
}

func after(d time.Duration) time.Time { return time.Now().Add(d) }

// within fails when f takes longer: ten times what is promised, because the
// machine that tests may be busy.
func within(t *testing.T, limit time.Duration, what string, f func()) {
	t.Helper()
	began := time.Now()
	done := make(chan struct{})
	go func() { defer close(done); f() }()
	select {
	case <-done:
		t.Logf("%s: %v", what, time.Since(began))
	case <-time.After(limit):
		t.Fatalf("%s takes longer than %v", what, limit)
	}
}
