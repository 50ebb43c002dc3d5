package e2e

import (
	"net"
	"regexp"
	"sync"
	"testing"
	"time"
)

// line is the network between a screen and the server: a wire that can be cut, as
// a pulled cable does it (silence) or as a switch without power (refusal). Behind
// it time can be made to pass: every moment that the server names after that
// instant is later by as much, so that the page and its server grow old together.
type line struct {
	url, to string
	l       net.Listener
	running sync.WaitGroup

	mu    sync.Mutex
	mend  chan struct{} // open while the line is silent
	dead  bool          // nobody answers at all
	conns map[net.Conn]bool
	leaps []leap
}

type leap struct {
	at time.Time
	by time.Duration
}

// lineTo lays a line to a hall's server.
func (h *hall) lineTo(t *testing.T) *line {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &line{url: "http://" + l.Addr().String(), to: h.addr, l: l, mend: make(chan struct{}), conns: map[net.Conn]bool{}}
	close(w.mend)
	w.running.Go(w.accept)
	t.Cleanup(func() {
		l.Close()
		w.repair()
		w.closeAll()
		w.running.Wait()
	})
	return w
}

// silence swallows nothing and lets nothing through: what is sent waits.
func (w *line) silence() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.mend = make(chan struct{})
}

// refuse ends every connection and takes none.
func (w *line) refuse() {
	w.mu.Lock()
	w.dead = true
	w.mu.Unlock()
	w.closeAll()
}

// repair lets everything through again.
func (w *line) repair() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.dead = false
	select {
	case <-w.mend:
	default:
		close(w.mend)
	}
}

// pass makes the server's time leap from now on; the page's own clock is moved beside it.
func (w *line) pass(by time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.leaps = append(w.leaps, leap{time.Now(), by})
}

func (w *line) closeAll() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for c := range w.conns {
		c.Close()
	}
}

func (w *line) accept() {
	for {
		client, err := w.l.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", w.to)
		w.mu.Lock()
		if err != nil || w.dead {
			client.Close()
			if err == nil {
				server.Close()
			}
			w.mu.Unlock()
			continue
		}
		w.conns[client], w.conns[server] = true, true
		w.mu.Unlock()
		w.running.Go(func() { w.carry(server, client, false) })
		w.running.Go(func() { w.carry(client, server, true) })
	}
}

// carry takes what comes from one end to the other, while the line is whole.
func (w *line) carry(to, from net.Conn, answers bool) {
	defer to.Close()
	buf := make([]byte, 1<<16)
	for {
		n, err := from.Read(buf)
		w.mu.Lock()
		whole := w.mend
		w.mu.Unlock()
		<-whole
		part := buf[:n]
		if answers {
			part = w.later(part)
		}
		if _, wrong := to.Write(part); err != nil || wrong != nil {
			return
		}
	}
}

const moment = "2006-01-02T15:04:05.000Z07:00"

var moments = regexp.MustCompile(`"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d"`)

// later puts off the moments in an answer that lie behind a leap. Their length
// stays: the frames of the socket are as long as before.
func (w *line) later(part []byte) []byte {
	w.mu.Lock()
	leaps := w.leaps
	w.mu.Unlock()
	if len(leaps) == 0 {
		return part
	}
	return moments.ReplaceAllFunc(part, func(quoted []byte) []byte {
		at, err := time.Parse(moment, string(quoted[1:len(quoted)-1]))
		if err != nil {
			return quoted
		}
		put := at
		for _, x := range leaps {
			if at.After(x.at) {
				put = put.Add(x.by)
			}
		}
		return []byte(`"` + put.Format(moment) + `"`)
	})
}
