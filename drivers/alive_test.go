package main

import (
	"context"
	"io"
	"net"
	"path/filepath"
	"testing"
	"time"
)

// The service manager hears that the agent runs and goes on, though no server is
// there, and when it ends.
func TestServiceManager(t *testing.T) {
	name := filepath.Join(t.TempDir(), "notify")
	c, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: name, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	t.Setenv("NOTIFY_SOCKET", name)
	t.Setenv("WATCHDOG_USEC", "300000")
	data := t.TempDir()
	site := file(t, "site.yaml", "server: http://127.0.0.1:1\ndata: "+data+"\n"+small(filepath.Join(data, "no-such-port")))
	ctx, cancel := context.WithCancel(t.Context())
	status := make(chan int, 1)
	go func() { status <- run(ctx, []string{"--config", site}, streams{nil, io.Discard, io.Discard}) }()
	for _, want := range []string{"READY=1", "WATCHDOG=1", "WATCHDOG=1"} {
		hear(t, c, want)
	}
	cancel()
	hear(t, c, "STOPPING=1")
	if s := <-status; s != 0 {
		t.Errorf("status %d", s)
	}
}

// hear reads until the manager is told want.
func hear(t *testing.T, c *net.UnixConn, want string) {
	t.Helper()
	if err := c.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	for b := make([]byte, 100); ; {
		n, err := c.Read(b)
		if err != nil {
			t.Fatalf("waiting for %s: %v", want, err)
		}
		if string(b[:n]) == want {
			return
		}
	}
}
