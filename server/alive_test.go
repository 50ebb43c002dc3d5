package main

import (
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"motcua/server/store/storetest"
)

func TestSelfURL(t *testing.T) {
	for addr, want := range map[string]string{":8080": "http://127.0.0.1:8080", "0.0.0.0:80": "http://127.0.0.1:80", "[::]:80": "http://127.0.0.1:80",
		"192.168.1.10:8080": "http://192.168.1.10:8080", "[::1]:8080": "http://[::1]:8080"} {
		if got, err := selfURL("http", addr); err != nil || got != want {
			t.Errorf("%s: %s %v, want %s", addr, got, err, want)
		}
	}
	if _, err := selfURL("http", "8080"); err == nil {
		t.Error("8080 is no address")
	}
}

// TestDoctorReady: before, while and after a hall serves.
func TestDoctorReady(t *testing.T) {
	if status, out := motcua(t, "doctor", "--ready", "--addr", storetest.FreeAddr(t)); status != 1 || !strings.Contains(out, "not ready") {
		t.Errorf("without a server: %d %s", status, out)
	}
	url, stop := demoHall(t, t.TempDir())
	addr := strings.TrimPrefix(url, "http://")
	if status, out := motcua(t, "doctor", "--ready", "--addr", addr); status != 0 || !strings.Contains(out, "the server is ready") {
		t.Errorf("beside a server: %d %s", status, out)
	}
	if status := stop(); status != 0 {
		t.Errorf("the demo ended with status %d", status)
	}
	if status, _ := motcua(t, "doctor", "--ready", "--addr", addr); status != 1 {
		t.Error("ready after its end")
	}
}

// TestServiceManager: it hears when the hall serves, that it goes on, and when it ends.
func TestServiceManager(t *testing.T) {
	file := filepath.Join(t.TempDir(), "notify")
	c, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: file, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	t.Setenv("NOTIFY_SOCKET", file)
	t.Setenv("WATCHDOG_USEC", "600000")
	_, stop := demoHall(t, t.TempDir())
	hear := func(want string) {
		t.Helper()
		b := make([]byte, 100)
		for deadline := time.Now().Add(30 * time.Second); ; {
			if err := c.SetReadDeadline(deadline); err != nil {
				t.Fatal(err)
			}
			n, err := c.Read(b)
			if err != nil {
				t.Fatalf("waiting for %s: %v", want, err)
			}
			if string(b[:n]) == want {
				return
			}
		}
	}
	hear("READY=1")
	hear("WATCHDOG=1")
	stop()
	hear("STOPPING=1")
}
