package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// branchID is the seeded branch of the demo.
const branchID = "hoabinh"

// The demo's fixed keys.
const (
	kioskKey   = "demo-kiosk"
	deskKey    = "demo-desk"
	displayKey = "demo-display"
	adminKey   = "demo-admin"
)

const (
	branchPath = "/api/v1/branches/" + branchID
	takePath   = branchPath + "/tickets"
	takeBody   = `{"service":"ho-tich"}`
)

func counterPath(counter, verb string) string {
	return branchPath + "/counters/" + counter + "/" + verb
}

// redis starts a redis-server as production demands it and gives its address.
func (b *bench) redis() (*process, string, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, "", err
	}
	dir, err := os.MkdirTemp(b.dir, "redis-")
	if err != nil {
		return nil, "", err
	}
	_, port, _ := net.SplitHostPort(addr)
	p, err := b.start("redis-server", "redis-server", "--port", port, "--bind", "127.0.0.1", "--dir", dir,
		"--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction", "--save", "")
	if err != nil {
		return nil, "", err
	}
	err = until(10*time.Second, func() bool {
		c, err := net.Dial("tcp", addr)
		if err == nil {
			c.Close()
		}
		return err == nil
	})
	if err != nil {
		return nil, "", fmt.Errorf("redis-server: %w\n%s", err, p.said())
	}
	return p, addr, nil
}

// hall is the real server with what stands behind it.
type hall struct {
	*process
	addr  string
	redis *process // nil on the embedded engine
}

// onRedis starts a server on a Redis of its own.
func (b *bench) onRedis() (*hall, error) {
	p, addr, err := b.redis()
	if err != nil {
		return nil, err
	}
	h, err := b.demo("--store", "redis://"+addr+"/0")
	if err == nil {
		h.redis = p
	}
	return h, err
}

// embedded starts a server on its own engine.
func (b *bench) embedded() (*hall, error) { return b.demo("--store", "embedded") }

// demo starts the server in a new data directory and waits until it is ready.
func (b *bench) demo(args ...string) (*hall, error) {
	dir, err := os.MkdirTemp(b.dir, "data-")
	if err != nil {
		return nil, err
	}
	return b.demoIn(dir, args...)
}

func (b *bench) demoIn(dir string, args ...string) (*hall, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	p, err := b.start("motcua", b.server, append([]string{"demo", "--sample=0", "--addr", addr, "--data", dir, "--log", b.log, "--devices=false"}, args...)...)
	if err != nil {
		return nil, err
	}
	h := &hall{process: p, addr: addr}
	if err := until(20*time.Second, h.ready); err != nil {
		return nil, fmt.Errorf("the server: %w\n%s", err, p.said())
	}
	return h, nil
}

func (h *hall) ready() bool {
	answer, err := http.Get("http://" + h.addr + "/readyz")
	if err != nil {
		return false
	}
	answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// end stops the server and what stands behind it.
func (h *hall) end() {
	h.kill()
	if h.redis != nil {
		h.redis.kill()
	}
}

// call sends one request that must be accepted.
func (h *hall) call(key, path, body string) ([]byte, error) {
	c, err := dialHTTP(h.addr)
	if err != nil {
		return nil, err
	}
	defer c.close()
	status, answer, err := c.post(request(path, key, body), newKey())
	if err == nil && status >= 300 {
		err = fmt.Errorf("%s: %d %s", path, status, answer)
	}
	return answer, err
}

// openCounters opens so many of the demo's counters.
func (h *hall) openCounters(ids []string) error {
	for _, id := range ids {
		if _, err := h.call(deskKey, counterPath(id, "open"), "{}"); err != nil {
			return err
		}
	}
	return nil
}

// until asks every few milliseconds.
func until(patience time.Duration, good func() bool) error {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		if good() {
			return nil
		}
	}
	return fmt.Errorf("not ready within %v", patience)
}

// redisBenchmark runs the minimal script so many times and gives calls a second.
func (b *bench) redisBenchmark(addr string, clients, calls int) (float64, error) {
	_, port, _ := net.SplitHostPort(addr)
	load := exec.Command("redis-cli", "-p", port, "SCRIPT", "LOAD", minimalTake)
	sha, err := load.Output()
	if err != nil {
		return 0, fmt.Errorf("redis-cli: %w", err)
	}
	args := append([]string{"-p", port, "-c", fmt.Sprint(clients), "-n", fmt.Sprint(calls), "-r", "1000000000", "--csv",
		"EVALSHA", strings.TrimSpace(string(sha)), fmt.Sprint(len(minimalKeys) + 1)}, minimalKeys...)
	out, err := exec.Command("redis-benchmark", append(args, "bench:once:__rand_int__", "ho-tich")...).Output()
	if err != nil {
		return 0, fmt.Errorf("redis-benchmark: %w", err)
	}
	return benchmarkRate(string(out))
}

// benchmarkRate reads the second column of the last line of redis-benchmark --csv.
func benchmarkRate(out string) (float64, error) {
	lines := strings.Split(strings.TrimSpace(out), "\n")
	last := lines[len(lines)-1]
	var rate float64
	for i, field := range strings.Split(last, `","`) {
		if i == 1 {
			if _, err := fmt.Sscanf(field, "%f", &rate); err == nil && rate > 0 {
				return rate, nil
			}
		}
	}
	return 0, fmt.Errorf("redis-benchmark said %q", last)
}

// sizeOf is what the files below a folder hold, in bytes.
func sizeOf(dir string) (sum int64) {
	_ = filepath.Walk(dir, func(_ string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			sum += info.Size()
		}
		return nil
	})
	return sum
}
