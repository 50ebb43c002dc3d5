package notify_test

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"motcua/server/notify"
)

// manager plays the service manager: it gives what the program says.
func manager(t *testing.T, name string) *net.UnixConn {
	t.Helper()
	c, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: name, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

const patience = 10 * time.Second

func heard(t *testing.T, c *net.UnixConn) string {
	t.Helper()
	if err := c.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 200)
	n, err := c.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	return string(b[:n])
}

func env(pairs map[string]string) func(string) string {
	return func(key string) string { return pairs[key] }
}

func TestSays(t *testing.T) {
	file := filepath.Join(t.TempDir(), "notify")
	for name, address := range map[string]string{"a file": file, "a name of the kernel's": "\x00motcua-notify-" + strconv.Itoa(os.Getpid())} {
		t.Run(name, func(t *testing.T) {
			c := manager(t, address)
			told := address
			if told[0] == 0 {
				told = "@" + told[1:]
			}
			m := notify.FromEnv(env(map[string]string{"NOTIFY_SOCKET": told}))
			if err := errors.Join(m.Ready(), m.Stopping()); err != nil {
				t.Fatal(err)
			}
			if a, b := heard(t, c), heard(t, c); a != "READY=1" || b != "STOPPING=1" {
				t.Errorf("said %q, %q", a, b)
			}
		})
	}
}

func TestNobodyListens(t *testing.T) {
	m := notify.FromEnv(env(nil))
	if m.Listens() || m.Ready() != nil || m.Stopping() != nil {
		t.Error("somebody listens, or it is an error that nobody does")
	}
	m.Keep(t.Context(), func(context.Context) error { t.Error("probed for nobody"); return nil }, func(error) {})
	gone := notify.FromEnv(env(map[string]string{"NOTIFY_SOCKET": filepath.Join(t.TempDir(), "gone")}))
	if gone.Ready() == nil {
		t.Error("no error, though the manager's socket is not there")
	}
}

// TestKeep: ready only when the probe succeeds; a sign of life only when it does.
func TestKeep(t *testing.T) {
	file := filepath.Join(t.TempDir(), "notify")
	c := manager(t, file)
	m := notify.FromEnv(env(map[string]string{"NOTIFY_SOCKET": file, "WATCHDOG_USEC": "30000", "WATCHDOG_PID": strconv.Itoa(os.Getpid())}))
	ctx, stop := context.WithCancel(t.Context())
	var asked, complaints atomic.Int64
	var broken atomic.Bool
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		m.Keep(ctx, func(context.Context) error {
			if asked.Add(1) < 3 || broken.Load() {
				return errors.New("not now")
			}
			return nil
		}, func(error) { complaints.Add(1) })
	}()
	if first := heard(t, c); first != "READY=1" || asked.Load() < 3 {
		t.Errorf("said %q after %d questions", first, asked.Load())
	}
	if next := heard(t, c); next != "WATCHDOG=1" {
		t.Errorf("said %q", next)
	}
	broken.Store(true)
	for deadline := time.Now().Add(patience); complaints.Load() < 3; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("a broken program goes on giving signs of life")
		}
	}
	stop()
	<-ended
}

func TestWatchdogOfAnother(t *testing.T) {
	file := filepath.Join(t.TempDir(), "notify")
	c := manager(t, file)
	m := notify.FromEnv(env(map[string]string{"NOTIFY_SOCKET": file, "WATCHDOG_USEC": "1", "WATCHDOG_PID": "1"}))
	m.Keep(t.Context(), func(context.Context) error { return nil }, func(err error) { t.Error(err) }) // returns: no signs of life are due
	if first := heard(t, c); first != "READY=1" {
		t.Errorf("said %q", first)
	}
}
