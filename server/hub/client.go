package hub

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"motcua/server/wire"
)

// ErrClosed says that the hub takes no more clients.
var ErrClosed = errors.New("hub: closed")

// Place is where a client says it stands.
type Place struct {
	Epoch string
	Seq   int64
}

// Client is one screen or phone. One goroutine, its writer, waits on Ready and
// writes what Take gives; any goroutine may call the other methods.
type Client struct {
	view  wire.View
	b     *branch
	ready chan struct{}

	// The writer's own: where it is in the log.
	gen     int
	seq     int64
	figured int
	scratch []*entry

	behind atomic.Int64 // the seq taken last, for Step
	base   atomic.Int64 // what was missing at the last resume does not count as backlog
	busy   atomic.Int64 // since when the writer has bytes to write, ms; 0 when it waits

	mu     sync.Mutex
	ask    *Place // a resume to answer; an empty epoch asks for a snapshot
	tick   bool
	ping   bool
	pong   []byte
	ticket []byte
	end    []byte
	ended  bool

	since  time.Time // of the last resume: nothing waits longer than since then
	ticked time.Time
	pinged time.Time
	phone  phone
}

// Attach adds a client. Without a place it starts with a snapshot. The caller
// detaches it when the socket is gone.
func (h *Hub) Attach(id string, view wire.View, at *Place) (*Client, error) {
	h.mu.RLock()
	closed := h.closed
	h.mu.RUnlock()
	if closed {
		return nil, ErrClosed
	}
	now := h.o.Clock.Now()
	c := &Client{view: view, b: h.branch(id), ready: make(chan struct{}, 1), since: now, ticked: now, pinged: now}
	if view != wire.Ticket {
		if c.ask = at; at == nil {
			c.ask = &Place{}
		}
	}
	c.b.mu.Lock()
	c.b.clients[c] = struct{}{}
	c.b.using[view]++
	c.b.mu.Unlock()
	c.rouse()
	// Close may have listed the clients just before this one was added.
	h.mu.RLock()
	closed = h.closed
	h.mu.RUnlock()
	if closed {
		c.End(CloseGoingAway, "restart")
	}
	return c, nil
}

// Detach forgets a client. It may be called twice.
func (c *Client) Detach() {
	c.b.mu.Lock()
	defer c.b.mu.Unlock()
	if _, there := c.b.clients[c]; !there {
		return
	}
	delete(c.b.clients, c)
	delete(c.b.phones, c)
	if c.b.using[c.view]--; c.b.using[c.view] == 0 {
		delete(c.b.using, c.view)
	}
}

// Ready is signalled when Take may have something.
func (c *Client) Ready() <-chan struct{} { return c.ready }

func (c *Client) rouse() {
	select {
	case c.ready <- struct{}{}:
	default:
	}
}

// Resume answers where the client says it stands: with what it misses, with a
// snapshot when that cannot be had, with a tick when nothing is missing. What
// still waited to be sent is forgotten first, so that no seq goes out twice
// from here on.
func (c *Client) Resume(at Place) {
	c.mu.Lock()
	c.ask = &at
	c.mu.Unlock()
	c.rouse()
}

// Pong answers a ping. Of several unanswered ones only the last is answered,
// as RFC 6455 allows.
func (c *Client) Pong(payload []byte) {
	c.mu.Lock()
	c.pong = append([]byte{}, payload[:min(len(payload), 125)]...)
	c.mu.Unlock()
	c.rouse()
}

// End closes the client with a code: the close frame is the next thing Take gives.
func (c *Client) End(code int, reason string) {
	c.mu.Lock()
	if c.end == nil {
		c.end = closing(code, reason)
	}
	c.mu.Unlock()
	c.rouse()
}

// Take gives the bytes to write now: whole frames, one after the other, nil
// when there are none. last says that the connection ends after them. buf is
// used, and grown, when several frames go out in one write; the bytes are good
// until the next Take and must not be changed.
func (c *Client) Take(buf *[]byte) (out []byte, last bool) {
	p := c.pending()
	if p.ended {
		return nil, true
	}
	if p.end != nil {
		return p.end, true
	}
	w := gather{buf: buf}
	*buf = (*buf)[:0]
	if c.view != wire.Ticket && !c.follow(&w, p.ask) {
		c.b.hub.o.Count("slow")
		return closing(CloseSlow, "slow"), true
	}
	w.add(p.ticket)
	if p.tick {
		w.add(c.b.hub.tick())
	}
	if p.ping {
		w.add(pingFrame)
	}
	if p.pong != nil {
		w.add(frame(opPong, p.pong))
	}
	if w.n > 0 {
		c.busy.Store(c.b.hub.o.Clock.Now().UnixMilli())
	}
	return w.bytes(), false
}

// Idle tells that what Take gave has been written.
func (c *Client) Idle() { c.busy.Store(0) }

// marks is what waits for a client beside the log.
type marks struct {
	ask               *Place
	tick, ping        bool
	pong, ticket, end []byte
	ended             bool
}

func (c *Client) pending() marks {
	c.mu.Lock()
	defer c.mu.Unlock()
	p := marks{c.ask, c.tick, c.ping, c.pong, c.ticket, c.end, c.ended}
	c.ask, c.tick, c.ping, c.pong, c.ticket = nil, false, false, nil, nil
	c.ended = c.end != nil
	return p
}

// gather joins frames; a single one is passed on as it is.
type gather struct {
	n     int
	first []byte
	buf   *[]byte
}

func (g *gather) add(frame []byte) {
	if frame == nil {
		return
	}
	g.n++
	switch g.n {
	case 1:
		g.first = frame
		return
	case 2:
		*g.buf = append(*g.buf, g.first...)
	}
	*g.buf = append(*g.buf, frame...)
}

func (g *gather) bytes() []byte {
	switch g.n {
	case 0:
		return nil
	case 1:
		return g.first
	}
	return *g.buf
}
