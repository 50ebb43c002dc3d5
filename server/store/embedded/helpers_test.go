package embedded

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"motcua/server/store"
)

// take gives out the next number and remembers who got it, as the real script
// does in its smallest form. The argument is the request's id.
var take = store.NewScript("take", `
local seen = redis.call('HGET', KEYS[1], ARGV[1])
if seen then return {'again', seen} end
local n = redis.call('HINCRBY', KEYS[2], 'n', 1)
redis.call('HSET', KEYS[1], ARGV[1], n)
redis.call('HSET', KEYS[3], n, cjson.encode({id = ARGV[1], state = 'waiting', at = '2026-11-21T08:00:00+07:00'}))
redis.call('RPUSH', KEYS[4], n)
redis.call('XADD', KEYS[5], n .. '-0', 'event', cjson.encode({kind = 'ticket.taken', number = string.format('A%03d', n)}))
return {'ok', tostring(n)}
`)

var takeKeys = []string{"{hoabinh}:once", "{hoabinh}:series", "{hoabinh}:visits", "{hoabinh}:waiting", "{hoabinh}:events"}

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

// testOptions never end the test's process and never look at the disk's space.
func testOptions(t testing.TB) Options {
	return Options{Reserve: -1, Log: quiet, Fatal: func(err error) { t.Errorf("fatal: %v", err) }}
}

func mustOpen(t testing.TB, dir string, opts Options) *Engine {
	t.Helper()
	e, err := Open(dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

func mustRun(t testing.TB, e *Engine, s *store.Script, keys []string, arg string) []string {
	t.Helper()
	out, err := e.Run(context.Background(), s, keys, arg)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func mustTake(t testing.TB, e *Engine, id string) int {
	t.Helper()
	n, err := strconv.Atoi(mustRun(t, e, take, takeKeys, id)[1])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func mustDump(t testing.TB, e *Engine) []KeyDump {
	t.Helper()
	all, err := e.Dump(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func mustClose(t testing.TB, e *Engine) {
	t.Helper()
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
}

// need fails where every tool must be there, and skips on a developer's machine.
func need(t testing.TB, what string, err error) {
	t.Helper()
	if err == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s: %v", what, err)
	}
	t.Skipf("%s: %v", what, err)
}

// redisConn speaks to a real Redis; one command at a time.
type redisConn struct {
	c net.Conn
	r *bufio.Reader
}

// startRedis starts a redis-server of this test's own.
func startRedis(t testing.TB) *redisConn {
	t.Helper()
	bin, err := exec.LookPath("redis-server")
	need(t, "redis-server", err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	_, port, _ := net.SplitHostPort(addr)
	cmd := exec.Command(bin, "--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", t.TempDir())
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	deadline := time.Now().Add(10 * time.Second)
	for {
		c, err := net.Dial("tcp", addr)
		if err == nil {
			t.Cleanup(func() { c.Close() })
			return &redisConn{c, bufio.NewReader(c)}
		}
		if time.Now().After(deadline) {
			t.Fatal("redis-server does not answer: ", err)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// ask runs a command and gives its reply as Read does.
func (r *redisConn) ask(args ...string) (any, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "*%d\r\n", len(args))
	for _, a := range args {
		fmt.Fprintf(&b, "$%d\r\n%s\r\n", len(a), a)
	}
	if _, err := io.WriteString(r.c, b.String()); err != nil {
		return nil, err
	}
	return r.value()
}

func (r *redisConn) value() (any, error) {
	line, err := r.r.ReadString('\n')
	if err != nil {
		return nil, err
	}
	line = strings.TrimRight(line, "\r\n")
	n, _ := strconv.Atoi(line[1:])
	switch line[0] {
	case '+':
		return line[1:], nil
	case '-':
		return nil, errors.New(line[1:])
	case ':':
		return int64(n), nil
	case '$':
		if n < 0 {
			return nil, nil
		}
		b := make([]byte, n+2)
		_, err := io.ReadFull(r.r, b)
		return string(b[:n]), err
	case '*':
		if n < 0 {
			return nil, nil
		}
		list := make([]any, n)
		for i := range list {
			if list[i], err = r.value(); err != nil {
				return nil, err
			}
		}
		return list, nil
	}
	return nil, errors.New("unknown reply " + line)
}

// Do makes it a Doer.
func (r *redisConn) Do(_ context.Context, args ...string) error {
	_, err := r.ask(args...)
	return err
}

// eval runs a script there as the Redis engine would.
func (r *redisConn) eval(s *store.Script, keys []string, arg string) ([]string, error) {
	args := append([]string{"EVAL", s.Source, strconv.Itoa(len(keys))}, keys...)
	v, err := r.ask(append(args, arg)...)
	if err != nil {
		return nil, err
	}
	list, ok := v.([]any)
	if !ok {
		return nil, fmt.Errorf("returned %T", v)
	}
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = fmt.Sprint(e)
	}
	return out, nil
}
