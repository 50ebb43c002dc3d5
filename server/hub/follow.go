package hub

import "motcua/server/wire"

// follow adds what the log has for the client. It is false when the client is
// so far behind that the log has forgotten what it needs.
func (c *Client) follow(w *gather, ask *Place) bool {
	b := c.b
	b.mu.RLock()
	if ask == nil && c.gen != b.gen {
		ask = &Place{} // the past is another one: everything anew
	}
	snapshot := false
	if ask != nil {
		snapshot = !c.place(*ask, w)
	}
	if snapshot {
		b.mu.RUnlock()
		return c.restart(w)
	}
	ok := c.events(w)
	figures := b.figured > c.figured
	if figures {
		c.figured = b.figured
		w.add(b.figures)
	}
	b.mu.RUnlock()
	return ok
}

// place puts the client where it says it stands, if the log goes on from there.
func (c *Client) place(at Place, w *gather) bool {
	b := c.b
	if at.Epoch == "" || at.Epoch != b.epoch || !b.log.has(at.Seq) {
		return false
	}
	c.gen, c.seq = b.gen, at.Seq
	c.settle()
	b.hub.o.Count("resumed")
	if at.Seq == b.log.head {
		w.add(message(wire.Tick{Type: "tick", Now: wire.TimeOf(b.hub.o.Clock.Now())}))
	}
	return true
}

// settle notes a new beginning, for the limits of the backlog.
func (c *Client) settle() {
	c.base.Store(c.b.log.head)
	c.behind.Store(c.seq)
	c.mu.Lock()
	c.since = c.b.hub.o.Clock.Now()
	c.mu.Unlock()
}

// restart gives a snapshot and goes on behind it. The state may be ahead of
// what this client was told; it is never behind.
func (c *Client) restart(w *gather) bool {
	snap := c.b.snapshot(c.view)
	if snap == nil {
		return false
	}
	w.add(snap.frame)
	b := c.b
	b.mu.RLock()
	defer b.mu.RUnlock()
	c.figured = b.figured
	if snap.epoch != b.epoch || !b.log.has(snap.seq) {
		c.gen = b.gen - 1 // the past changed meanwhile: once more
		c.rouse()
		return true
	}
	c.gen, c.seq = b.gen, snap.seq
	c.settle()
	return c.events(w)
}

// events adds up to a backlog of events. The branch's lock is held.
func (c *Client) events(w *gather) bool {
	l := &c.b.log
	if !l.has(c.seq) {
		return false
	}
	if c.seq == l.head {
		return true
	}
	c.scratch = l.after(c.seq, backlog, c.scratch[:0])
	for i, e := range c.scratch {
		w.add(e.frame(c.view))
		c.scratch[i] = nil
	}
	c.seq += int64(len(c.scratch))
	c.behind.Store(c.seq)
	if cap(c.scratch) > 64 {
		c.scratch = nil // bursts are rare, sockets are many
	}
	if c.seq < l.head {
		c.rouse()
	}
	return true
}
