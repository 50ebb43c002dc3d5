package api

import (
	"errors"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"motcua/server/hub"
	"motcua/server/queue"
)

// line is a socket seen from its writer: the bare connection, to which whole
// frames go that the hub has made.
type line struct {
	raw     net.Conn
	client  *hub.Client
	gone    chan struct{} // closed when the reader has ended
	leaving atomic.Bool   // the writer has said its last word
	until   time.Time     // the write deadline in force
}

// sendBuffer is what the kernel keeps for a client that does not read. Left
// alone it would grow to megabytes for each.
const sendBuffer = 128 << 10

// bound sets the size of the kernel's buffer, where the connection lets us.
func (l *line) bound() {
	raw := l.raw
	if outer, ok := raw.(interface{ UnsafeConn() net.Conn }); ok {
		raw = outer.UnsafeConn()
	}
	if tcp, ok := raw.(interface{ SetWriteBuffer(bytes int) error }); ok {
		tcp.SetWriteBuffer(sendBuffer) // without it the client only costs more
	}
}

// alive lets the peer be silent for its time again, unless we are leaving.
func (l *line) alive() {
	if !l.leaving.Load() {
		l.raw.SetReadDeadline(time.Now().Add(readPatience))
	}
}

// end is the reader's: the writer has little time left.
func (l *line) end() {
	close(l.gone)
	l.raw.SetWriteDeadline(time.Now().Add(goodbye))
}

// write sends what the hub has for the client until one of them ends.
func (l *line) write() {
	defer func() {
		l.leaving.Store(true)
		l.raw.SetReadDeadline(time.Now().Add(goodbye)) // the reader must not wait for ever
	}()
	for {
		select {
		case <-l.gone:
			l.client.End(1000, "") // answers the peer's close frame, if it can still hear
			l.drain()
			return
		case <-l.client.Ready():
		}
		if !l.drain() {
			return
		}
	}
}

// buffers are for writes of several frames; a single frame needs none.
var buffers = sync.Pool{New: func() any { b := make([]byte, 0, 4<<10); return &b }}

// largestKept is the largest buffer that goes back to the pool.
const largestKept = 256 << 10

// drain writes everything that waits, in one write. Whatever comes meanwhile
// rings Ready again. It is false when the line has ended.
func (l *line) drain() bool {
	buf := buffers.Get().(*[]byte)
	defer func() {
		if cap(*buf) <= largestKept {
			buffers.Put(buf)
		}
	}()
	out, last := l.client.Take(buf)
	if len(out) > 0 {
		l.deadline()
		if n, err := l.raw.Write(out); err != nil {
			l.giveUp(out, n, err)
			return false
		}
		l.client.Idle()
	}
	return !last
}

// deadline gives the next write its time. Setting one costs, and one that is
// less than a second old still holds.
func (l *line) deadline() {
	now := time.Now()
	select {
	case <-l.gone:
		return // end has set the last one
	default:
	}
	if l.until.Sub(now) < writePatience {
		l.until = now.Add(writePatience + time.Second)
		l.raw.SetWriteDeadline(l.until)
	}
}

// giveUp tells a client that did not take what it was sent why it is cut off,
// if it takes that: the frame that was under way is finished first.
func (l *line) giveUp(out []byte, n int, err error) {
	if !errors.Is(err, os.ErrDeadlineExceeded) {
		return
	}
	last := append([]byte{}, out[n:hub.FrameEnd(out, n)]...)
	l.raw.SetWriteDeadline(time.Now().Add(goodbye))
	l.raw.Write(append(last, hub.Slow()...)) // whether it arrives, we shall not know
}

// pace counts what a client says.
type pace struct {
	clock queue.Clock
	since time.Time
	n     int
}

// mostMessages is how many messages a client may send in a minute, pings
// included; a page sends one when it comes back, and a ping or two.
const mostMessages = 60

func (p *pace) ok() bool {
	now := p.clock.Now()
	if past := now.Sub(p.since); past < 0 || past > time.Minute {
		p.since, p.n = now, 0
	}
	p.n++
	return p.n <= mostMessages
}
