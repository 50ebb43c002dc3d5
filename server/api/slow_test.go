package api_test

import (
	"fmt"
	"io"
	"net"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// impatient is how long a request may take to arrive in these tests; the real
// server waits half a minute. Nothing is asserted that a slow machine could miss:
// only that each client is cut at all.
const impatient = 500 * time.Millisecond

// drip sends a text a byte at a time for as long as the other side takes it. It
// gives how many bytes went out before it was cut, or an error when it never was.
func drip(conn net.Conn, head, endless string) (int, error) {
	conn.SetDeadline(time.Now().Add(30 * time.Second))
	if _, err := io.WriteString(conn, head); err != nil {
		return 0, err
	}
	cut := make(chan struct{})
	go func() { // what is answered does not matter, only that it ends
		defer close(cut)
		_, _ = io.Copy(io.Discard, conn)
	}()
	tick := time.NewTicker(impatient / 20)
	defer tick.Stop()
	for n := 0; ; n++ {
		select {
		case <-cut:
			return n, nil
		case <-tick.C:
		}
		if _, err := conn.Write([]byte{endless[n%len(endless)]}); err != nil {
			if nerr, ok := err.(net.Error); ok && nerr.Timeout() {
				return n, err
			}
			return n, nil // closed by the server
		}
		if n > 1000 {
			return n, fmt.Errorf("still open after %d bytes", n)
		}
	}
}

// A client that sends a byte now and then, wherever in a request it does so, is
// cut after the time a request may take: it cannot hold a connection for ever.
func TestSlowSendersAreCut(t *testing.T) {
	h := newHall(t, options{demo: true, book: true, patience: impatient})
	var all sync.WaitGroup
	for name, c := range map[string]struct{ head, endless string }{
		"says nothing":    {"", ""},
		"the first line":  {"", "GET /" + strings.Repeat("a", 2000)},
		"headers":         {"GET /healthz HTTP/1.1\r\nHost: hall\r\n", "X-A: b\r\n"},
		"a body":          {"POST /login HTTP/1.1\r\nHost: hall\r\nContent-Length: 60000\r\n\r\n", "key=x"},
		"chunks":          {"POST " + branchPath + "/tickets HTTP/1.1\r\nHost: hall\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n"},
		"a refused large": {"POST /api/v1/catalogue/imports?file=a.jsonl HTTP/1.1\r\nHost: hall\r\nContent-Length: 900000\r\n\r\n", "{}\n"},
		"nobody's body":   {"POST /nowhere HTTP/1.1\r\nHost: hall\r\nContent-Length: 60000\r\n\r\n", "x"},
		"again":           {"GET /healthz HTTP/1.1\r\nHost: hall\r\n\r\nGET /healthz HTTP/1.1\r\nHost: hall\r\n", "X-A: b\r\n"},
	} {
		all.Go(func() {
			conn, err := net.Dial("tcp", h.host)
			if err != nil {
				t.Error(err)
				return
			}
			defer conn.Close()
			if c.endless == "" {
				conn.SetDeadline(time.Now().Add(30 * time.Second))
				if _, err := io.Copy(io.Discard, conn); err != nil && !strings.Contains(err.Error(), "reset") {
					t.Errorf("%s: not cut: %v", name, err)
				}
				return
			}
			if n, err := drip(conn, c.head, c.endless); err != nil {
				t.Errorf("%s: not cut after %d bytes: %v", name, n, err)
			}
		})
	}
	all.Wait()
	if strings.Contains(h.log.String(), "panic") {
		t.Error("a slow client made a handler panic")
	}
}

// Who asks for much and reads nothing is cut, too.
func TestSlowReadersAreCut(t *testing.T) {
	h := newHall(t, options{demo: true, patience: impatient})
	conn, err := net.Dial("tcp", h.host)
	must(t, err)
	defer conn.Close()
	conn.(*net.TCPConn).SetReadBuffer(4 << 10)
	conn.SetDeadline(time.Now().Add(30 * time.Second))
	// As many answers as no buffer on the way holds, and not one is read. A server
	// that waited for ever would let this write stand until its deadline.
	ask := strings.Repeat("GET /metrics HTTP/1.1\r\nHost: hall\r\n\r\n", 100)
	for range 20_000 {
		if _, err = io.WriteString(conn, ask); err != nil {
			break
		}
	}
	if nerr, ok := err.(net.Error); err == nil || ok && nerr.Timeout() {
		t.Errorf("who reads nothing is not cut: %v", err)
	}
}

// Limits of memory: what each idle connection may cost, ten times what was measured.
const (
	idleConnections = 1000
	idleCost        = 200 << 10 // bytes a connection, both ends and the test's own included
)

// A thousand connections that have asked once and then say nothing cost little, and
// the thousand-and-first client is served.
func TestIdleConnectionsCostLittle(t *testing.T) {
	h := newHall(t, options{demo: true})
	before := held()
	conns := make([]net.Conn, 0, idleConnections)
	defer func() {
		for _, c := range conns {
			c.Close()
		}
	}()
	answer := make([]byte, 4<<10)
	for range idleConnections {
		conn, err := net.Dial("tcp", h.host)
		must(t, err)
		conns = append(conns, conn)
		conn.SetDeadline(time.Now().Add(30 * time.Second))
		_, err = io.WriteString(conn, "GET /healthz HTTP/1.1\r\nHost: hall\r\n\r\n")
		must(t, err)
		_, err = conn.Read(answer)
		must(t, err)
	}
	grown := int64(held()) - int64(before)
	t.Logf("%d idle connections: %d KiB, %d bytes each", idleConnections, grown>>10, grown/idleConnections)
	if grown > idleConnections*idleCost {
		t.Errorf("%d idle connections hold %d MiB, at most %d", idleConnections, grown>>20, idleConnections*idleCost>>20)
	}
	h.take()
}

// held is what the program holds in heap and stacks.
func held() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse + m.StackInuse
}
