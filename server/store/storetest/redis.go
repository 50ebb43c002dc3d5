package storetest

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"motcua/server/store"
)

// RedisServer is a real redis-server on a free port, with its files in a folder.
type RedisServer struct {
	Dir  string
	Addr string
	Sync string // appendfsync
	cmd  *exec.Cmd

	ended chan struct{} // closed when the process is gone
}

// StartRedis starts a redis-server as production demands it (AOF, fsync always)
// and stops it with the test. Without the program the test fails under CI=true
// and is skipped elsewhere, saying so.
func StartRedis(t testing.TB) *RedisServer {
	t.Helper()
	return StartRedisWith(t, "always")
}

// StartRedisWith starts one with another appendfsync, which production refuses.
func StartRedisWith(t testing.TB, appendfsync string) *RedisServer {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("redis-server is not installed")
		}
		t.Skip("redis-server is not installed: apt-get install redis-server")
	}
	r := &RedisServer{Dir: t.TempDir(), Sync: appendfsync}
	if err := r.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Kill() })
	return r
}

// Start starts the server, on the port it had before if it had one.
func (r *RedisServer) Start() error {
	if r.Addr == "" {
		addr, _, err := Reserve() // for as long as this program runs: it may be started again
		if err != nil {
			return err
		}
		r.Addr = addr
	}
	_, port, _ := net.SplitHostPort(r.Addr)
	log, err := os.Create(filepath.Join(r.Dir, "redis.log"))
	if err != nil {
		return err
	}
	defer log.Close()
	r.cmd = exec.Command("redis-server", "--port", port, "--bind", "127.0.0.1", "--dir", r.Dir,
		"--appendonly", "yes", "--appendfsync", r.Sync, "--maxmemory-policy", "noeviction", "--save", "")
	r.cmd.Stdout, r.cmd.Stderr = log, log
	if err := r.cmd.Start(); err != nil {
		return err
	}
	r.ended = make(chan struct{})
	go func() { _ = r.cmd.Wait(); close(r.ended) }()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if c, err := net.Dial("tcp", r.Addr); err == nil {
			c.Close()
			return nil
		}
	}
	return fmt.Errorf("redis-server did not start, see %s", log.Name())
}

// Kill kills the server as a power cut would end it, with its page cache kept.
func (r *RedisServer) Kill() {
	if r.cmd != nil && r.cmd.Process != nil {
		_ = r.cmd.Process.Kill()
		<-r.ended
	}
}

// Broken gives an error with what the server said if it ended by itself: it
// listens before it reads its file, and ends when it cannot make sense of it.
func (r *RedisServer) Broken() error {
	select {
	case <-r.ended:
		said, _ := os.ReadFile(filepath.Join(r.Dir, "redis.log"))
		return fmt.Errorf("redis-server ended by itself:\n%s", said)
	default:
		return nil
	}
}

// URL is the server's address for OpenRedis.
func (r *RedisServer) URL() string { return "redis://" + r.Addr + "/0" }

// Engine connects to the server and closes with the test.
func (r *RedisServer) Engine(t testing.TB) *store.Redis {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	e, err := store.OpenRedis(ctx, r.URL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}
