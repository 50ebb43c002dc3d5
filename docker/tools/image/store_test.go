package image

import (
	"context"
	"net"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"motcua/docker/tools/needs"
)

func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// TestStoreSettings starts a store with the settings we ship; only its address and
// its folder are this machine's.
func TestStoreSettings(t *testing.T) {
	needs.Tools(t, "redis-server")
	conf, err := filepath.Abs(filepath.Join(top, "docker/valkey.conf"))
	if err != nil {
		t.Fatal(err)
	}
	addr := freeAddr(t)
	_, port, _ := net.SplitHostPort(addr)
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	cmd := exec.CommandContext(ctx, "redis-server", conf, "--port", port, "--bind", "127.0.0.1", "--dir", t.TempDir())
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	client := redis.NewClient(&redis.Options{Addr: addr})
	defer client.Close()
	for client.Ping(ctx).Err() != nil {
		if ctx.Err() != nil {
			t.Fatal("the store does not start with docker/valkey.conf")
		}
		time.Sleep(20 * time.Millisecond)
	}
	for name, want := range map[string]string{"appendonly": "yes", "appendfsync": "always", "maxmemory-policy": "noeviction", "save": ""} {
		if got := client.ConfigGet(ctx, name).Val()[name]; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}
