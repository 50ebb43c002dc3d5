package crash

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/fasthttp/websocket"

	"motcua/server/store/storetest"
)

// keeper plays the service manager: it keeps the listening sockets of a program and
// hands them to the next one (man 3 sd_notify, man 3 sd_listen_fds).
type keeper struct {
	t       *testing.T
	address string

	mu   sync.Mutex
	kept map[string]*os.File
}

func newKeeper(t *testing.T) *keeper {
	t.Helper()
	k := &keeper{t: t, address: filepath.Join(t.TempDir(), "notify"), kept: map[string]*os.File{}}
	c, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: k.address, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	go func() {
		for text, rights := make([]byte, 512), make([]byte, 512); ; {
			n, m, _, _, err := c.ReadMsgUnix(text, rights)
			if err != nil {
				return
			}
			k.hear(string(text[:n]), rights[:m])
		}
	}()
	return k
}

func (k *keeper) hear(text string, rights []byte) {
	_, name, ok := strings.Cut(text, "FDSTORE=1\nFDNAME=")
	if !ok {
		return
	}
	messages, err := syscall.ParseSocketControlMessage(rights)
	if err != nil || len(messages) != 1 {
		k.t.Errorf("%q with %d files: %v", text, len(messages), err)
		return
	}
	files, err := syscall.ParseUnixRights(&messages[0])
	if err != nil || len(files) != 1 {
		k.t.Errorf("%q with %d files: %v", text, len(files), err)
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kept[name] = os.NewFile(uintptr(files[0]), name)
}

// dress gives a program what the one before has left. The shell knows the number of
// the process that it becomes.
func (k *keeper) dress(cmd *exec.Cmd) {
	k.mu.Lock()
	defer k.mu.Unlock()
	cmd.Env = append(os.Environ(), "NOTIFY_SOCKET="+k.address)
	if len(k.kept) == 0 {
		return
	}
	var names []string
	for name, f := range k.kept {
		names = append(names, name)
		cmd.ExtraFiles = append(cmd.ExtraFiles, f)
	}
	cmd.Env = append(cmd.Env, fmt.Sprint("LISTEN_FDS=", len(names)), "LISTEN_FDNAMES="+strings.Join(names, ":"))
	cmd.Args = append([]string{"sh", "-c", `LISTEN_PID=$$ exec "$0" "$@"`}, cmd.Args...)
	cmd.Path = "/bin/sh"
}

// crowd is screens that come back by themselves, as the pages do.
type crowd struct {
	l       *load
	over    chan struct{}
	there   sync.WaitGroup
	up      atomic.Int64
	longest atomic.Int64 // nanoseconds that one of them was without its line
	refused atomic.Int64
	cuts    atomic.Int64
}

func (l *load) crowd(n int) *crowd {
	c := &crowd{l: l, over: make(chan struct{})}
	for i := range n {
		c.there.Go(func() { c.screen(rand.New(rand.NewSource(int64(i)))) })
	}
	c.wait(n)
	return c
}

// wait returns when so many have their line.
func (c *crowd) wait(n int) {
	c.l.t.Helper()
	for deadline := time.Now().Add(startPatience); c.up.Load() != int64(n); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			c.l.t.Fatalf("%d of %d screens have their line", c.up.Load(), n)
		}
	}
}

func (c *crowd) screen(r *rand.Rand) {
	epoch, seq := "", int64(0)
	var lost time.Time
	for {
		address := fmt.Sprintf("ws://%s/live?branch=%s&view=board&key=demo-display", c.l.p.addr, demo.ID)
		if epoch != "" {
			address += fmt.Sprintf("&epoch=%s&seq=%d", epoch, seq)
		}
		conn, _, err := websocket.DefaultDialer.Dial(address, nil)
		if err == nil {
			c.follow(conn, &epoch, &seq, &lost)
			lost = time.Now()
			c.cuts.Add(1)
		} else if errors.Is(err, syscall.ECONNREFUSED) {
			c.refused.Add(1)
		}
		select {
		case <-c.over:
			return
		case <-time.After(time.Duration(r.Int63n(int64(100 * time.Millisecond)))):
		}
	}
}

// follow reads until the line ends; no event may be missing or come twice.
func (c *crowd) follow(conn *websocket.Conn, epoch *string, seq *int64, lost *time.Time) {
	defer conn.Close()
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		select {
		case <-c.over:
			conn.Close()
		case <-stop:
		}
	}()
	first := true
	defer func() {
		if !first {
			c.up.Add(-1)
		}
	}()
	for {
		_, raw, err := conn.ReadMessage()
		if err != nil {
			return
		}
		if first {
			first = false
			c.up.Add(1)
			if !lost.IsZero() {
				c.gap(time.Since(*lost))
			}
		}
		var m struct {
			Type, Epoch string
			Seq         int64
		}
		if err := json.Unmarshal(raw, &m); err != nil {
			c.l.t.Error(err)
			return
		}
		switch {
		case m.Type == "snapshot":
			*epoch, *seq = m.Epoch, m.Seq
		case m.Type == "event" && m.Seq != *seq+1:
			c.l.t.Errorf("event %d follows %d", m.Seq, *seq)
			return
		case m.Type == "event":
			*seq = m.Seq
		}
	}
}

func (c *crowd) gap(took time.Duration) {
	for {
		was := c.longest.Load()
		if int64(took) <= was || c.longest.CompareAndSwap(was, int64(took)) {
			return
		}
	}
}

func (c *crowd) end() {
	close(c.over)
	c.there.Wait()
}

// longestGap is ten times what a screen may be without its line in an upgrade.
const longestGap = 10 * 2 * time.Second

func TestUpgrade(t *testing.T)     { upgrade(t, 1, 60) }
func TestUpgradeSoak(t *testing.T) { upgrade(t, 5, 300) }
func TestUpgradeOnRedisSoak(t *testing.T) {
	upgrade(t, 5, 300, "--store", storetest.StartRedis(t).URL())
}

// upgrade exchanges the program in working hours: kiosks and clerks press, screens
// follow, and the service manager keeps the socket. Nobody is refused, no press is
// lost or counts twice, no screen misses an event.
func upgrade(t *testing.T, times, screens int, args ...string) {
	began := today()
	p := newProgram(t, t.TempDir(), args...)
	p.keeper = newKeeper(t)
	p.start()
	l := newLoad(t, p)
	c := l.crowd(screens)
	l.begin(8, 8, sparse)
	for range times {
		time.Sleep(300 * time.Millisecond) // presses in flight
		p.stop()
		p.start()
		c.wait(screens)
	}
	l.end()
	c.end()
	finish(t, l, times)
	t.Logf("%d screens, %d exchanges: %d lines came back, the longest was away for %v; %d presses sent again",
		screens, times, c.cuts.Load(), time.Duration(c.longest.Load()).Round(time.Millisecond), l.retries.Load())
	if n := c.refused.Load(); n > 0 {
		t.Errorf("%d connections were refused", n)
	}
	if gap := time.Duration(c.longest.Load()); gap == 0 || gap > longestGap {
		t.Errorf("the longest gap was %v, at most %v is allowed", gap, longestGap)
	}
	p.stop()
	if len(args) == 0 {
		l.verify(openData(t, p.data), began)
	}
}
