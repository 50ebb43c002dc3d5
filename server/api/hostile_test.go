package api_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fasthttp/websocket"
)

// Each hostile client is closed with its code, and the server goes on.
func TestHostileClients(t *testing.T) {
	h := newHall(t, options{demo: true})
	for name, c := range map[string]struct {
		do   func(*websocket.Conn)
		code int
	}{
		"oversized": {func(c *websocket.Conn) { c.WriteMessage(1, bytes.Repeat([]byte("x"), 1<<20)) }, 1009},
		"binary":    {func(c *websocket.Conn) { c.WriteMessage(2, []byte("x")) }, 1003},
		"bad utf-8": {func(c *websocket.Conn) { c.WriteMessage(1, []byte{'"', 0xff, '"'}) }, 1007},
		"nonsense":  {func(c *websocket.Conn) { c.WriteMessage(1, []byte("hello")) }, 1008},
		"unknown":   {func(c *websocket.Conn) { c.WriteMessage(1, []byte(`{"type":"call","epoch":"e","seq":1}`)) }, 1008},
		"text flood": {func(c *websocket.Conn) {
			for range 100 {
				c.WriteMessage(1, []byte(`{"type":"resume","epoch":"epoch-1","seq":1}`))
			}
		}, 1008},
		"ping flood": {func(c *websocket.Conn) {
			for range 100 {
				c.WriteMessage(websocket.PingMessage, []byte("p"))
			}
		}, 1008},
		"goodbye": {func(c *websocket.Conn) {
			c.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(1000, ""))
		}, 1000},
	} {
		s := h.board()
		s.next("snapshot")
		c.do(s.conn)
		if code := s.closed(); code != c.code {
			t.Errorf("%s: closed with %d, want %d", name, code, c.code)
		}
	}
	s := h.board()
	s.next("snapshot")
	h.take()
	s.next("event")
	h.settled(t, 1)
}

// settled waits until only n sockets are left.
func (h *hall) settled(t *testing.T, n int) {
	t.Helper()
	for range 100 {
		open := 0
		for _, v := range h.push.Hub.Sockets() {
			open += v
		}
		if open == n {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("sockets: %v, want %d", h.push.Hub.Sockets(), n)
}

// A frame that is not masked, a reserved bit, an unknown opcode: closed.
func TestBrokenFrames(t *testing.T) {
	h := newHall(t, options{demo: true})
	for _, frame := range [][]byte{{0x81, 0x01, 'x'}, {0xC1, 0x81, 0, 0, 0, 0, 'x'}, {0x83, 0x80, 0, 0, 0, 0},
		{0x89, 0xFE, 0x01, 0x00, 0, 0, 0, 0}, {0x81, 0xFF, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0}} {
		conn := h.raw(t, "branch=hoabinh&view=board&key=demo-display")
		conn.Write(frame)
		conn.SetReadDeadline(time.Now().Add(5 * time.Second))
		if _, err := io.Copy(io.Discard, conn); err != nil && !strings.Contains(err.Error(), "reset") {
			t.Errorf("% x: still open: %v", frame, err)
		}
	}
	h.settled(t, 0)
}

// raw opens a socket without a library.
func (h *hall) raw(t testing.TB, query string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", h.host)
	must(t, err)
	t.Cleanup(func() { conn.Close() })
	fmt.Fprintf(conn, "GET /live?%s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n", query, h.host)
	conn.SetReadDeadline(time.Now().Add(5 * time.Second))
	r := bufio.NewReaderSize(conn, 16)
	res, err := http.ReadResponse(r, nil)
	must(t, err)
	if res.StatusCode != 101 {
		t.Fatal(res.Status)
	}
	return conn
}

// 200 takes at once close none of 300 boards, and each sees every event.
func TestBurstClosesNobody(t *testing.T) {
	h := newHall(t, options{demo: true, wall: true})
	const boards, takes = 300, 200
	var all sync.WaitGroup
	failed := make(chan error, boards)
	for range boards {
		s := h.board()
		all.Go(func() { failed <- s.follow(takes) })
	}
	var requests sync.WaitGroup
	gate := make(chan struct{}, 64)
	for range takes {
		requests.Go(func() {
			gate <- struct{}{}
			defer func() { <-gate }()
			if a, err := h.try("POST", branchPath+"/tickets", "demo-kiosk", `{"service":"`+h.service(0)+`"}`); err != nil || a.status != 201 {
				t.Errorf("take: %v %d %s", err, a.status, a.raw)
			}
		})
	}
	requests.Wait()
	all.Wait()
	close(failed)
	for err := range failed {
		if err != nil {
			t.Error(err)
		}
	}
}

// follow reads a snapshot and then n events without a gap.
func (s *screen) follow(n int) error {
	m, err := s.read()
	if err != nil || m.Type != "snapshot" {
		return fmt.Errorf("no snapshot: %v", err)
	}
	for seq := m.Seq; n > 0; {
		if m, err = s.read(); err != nil {
			return err
		}
		if m.Type != "event" {
			continue
		}
		if seq++; m.Seq != seq {
			return fmt.Errorf("event %d, want %d", m.Seq, seq)
		}
		n--
	}
	return nil
}

// Clients that never read are closed, in bounded memory, and cost the others nothing.
func TestSlowClients(t *testing.T) {
	h := newHall(t, options{demo: true, wall: true})
	for range 3 {
		conn := h.raw(t, "branch=hoabinh&view=desk&key=demo-desk")
		conn.(*net.TCPConn).SetReadBuffer(4096)
	}
	healthy := h.connect("branch=hoabinh&view=desk&key=demo-desk")
	healthy.next("snapshot")
	before := heap()
	h.do(0, "open", "{}")
	healthy.next("event")
	begin := time.Now()
	// Resuming again and again is how a client asks for the most bytes; here
	// each event is written by hand to fill what the kernel buffers.
	reason := strings.Repeat("lý do ", 49)
	for i := 0; time.Since(begin) < 2*time.Minute && h.push.Hub.Sockets()["desk"] > 1; i++ {
		h.do(0, "pause", fmt.Sprintf(`{"reason":"%s%d"}`, reason, i))
		start := time.Now()
		healthy.next("event")
		if took := time.Since(start); took > time.Second {
			t.Fatalf("a healthy screen waited %v", took)
		}
	}
	if n := h.push.Hub.Sockets()["desk"]; n != 1 {
		t.Errorf("%d of 3 slow clients are still there", n-1)
	}
	if grown := int64(heap()) - int64(before); grown > 64<<20 {
		t.Errorf("the heap grew by %d MiB", grown>>20)
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// The library hands a connection's wrapper to the next client when the handler
// returns: nothing meant for one client may reach another.
func TestNothingAfterReturn(t *testing.T) {
	h := newHall(t, options{demo: true, wall: true})
	stop := make(chan struct{})
	var busy sync.WaitGroup
	busy.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				h.take()
			}
		}
	})
	for i := range 150 {
		desk := h.connect("branch=hoabinh&view=desk&key=demo-desk")
		if i%2 == 0 {
			desk.read()
		}
		desk.conn.NetConn().Close() // rudely
		board := h.board()
		for range 3 {
			m, err := board.read()
			must(t, err)
			if strings.Contains(m.raw, `"by"`) || strings.Contains(m.raw, `"order"`) || strings.Contains(m.raw, `"engine"`) {
				t.Fatalf("a board got what is the desk's: %.300s", m.raw)
			}
		}
		board.conn.Close()
	}
	close(stop)
	busy.Wait()
	h.settled(t, 0)
	if n := strings.Count(h.log.String(), `msg="panic in`); n > 0 {
		t.Errorf("%d panics: something was written to a connection that was gone", n)
	}
}

// A stop closes sockets with 1001.
func TestShutdownSaysGoodbye(t *testing.T) {
	h := newHall(t, options{demo: true})
	s := h.board()
	s.next("snapshot")
	done := make(chan struct{})
	go func() { defer close(done); h.server.Shutdown(t.Context()) }()
	if code := s.closed(); code != 1001 {
		t.Errorf("closed with %d, want 1001", code)
	}
	<-done
}
