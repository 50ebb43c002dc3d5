package hub

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"motcua/server/queue"
	"motcua/server/wire"
)

// Limits of a client, from the outer contract.
const (
	backlog  = 1024            // messages that may wait for one client
	patience = 5 * time.Second // how long the oldest of them may wait
)

// Options of a hub. The functions may be called from any goroutine, never
// while a lock of the hub is held.
type Options struct {
	Clock queue.Clock
	// View lends a branch's state and settings for the time of the call; false
	// when there is no such branch.
	View func(branch string, fn func(*queue.State, *queue.Settings)) bool
	// Figures gives the derived figures of a branch, without Type and Now.
	Figures func(branch string) []wire.ServiceFigure
	// Ticket gives a visit as its holder sees it. Called inside View.
	Ticket func(s *queue.State, set *queue.Settings, v *queue.Visit) wire.TicketInfo
	// Past gives a ticket of a day that is over, from the store.
	Past   func(branch, token string) (wire.TicketInfo, bool)
	Extras wire.Extras
	// Trouble, if set, says why no commands can be taken now, "" when they can.
	// Asked each second.
	Trouble func() queue.Code
	// Count, if set, is told of things worth counting: "slow", "resumed", "snapshot".
	Count func(what string)
}

// Hub is all clients of all branches.
type Hub struct {
	o Options

	mu       sync.RWMutex
	branches map[string]*branch
	closed   bool

	dirty chan struct{} // phones have something to look at

	trouble atomic.Value // queue.Code
}

// New makes an empty hub.
func New(o Options) *Hub {
	if o.Count == nil {
		o.Count = func(string) {}
	}
	return &Hub{o: o, branches: map[string]*branch{}, dirty: make(chan struct{}, 1)}
}

// branch is one hall's log and its clients.
type branch struct {
	id  string
	hub *Hub

	mu      sync.RWMutex
	gen     int // goes up whenever places in the log lose their meaning
	epoch   string
	log     log
	clients map[*Client]struct{}
	phones  map[*Client]struct{}
	using   map[wire.View]int // clients by view
	changed bool              // events since the last look at figures
	moved   bool              // events since the last look at phones
	figures []byte            // the last figures' frame
	figured int               // its number

	looking sync.Mutex // at phones
	snaps   snapshots
	past    pastFigures
}

func (h *Hub) branch(id string) *branch {
	h.mu.RLock()
	b := h.branches[id]
	h.mu.RUnlock()
	if b != nil {
		return b
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if b = h.branches[id]; b == nil {
		b = &branch{id: id, hub: h, clients: map[*Client]struct{}{}, phones: map[*Client]struct{}{},
			using: map[wire.View]int{}}
		h.branches[id] = b
	}
	return b
}

// all lists the branches, so that nothing long is done under the hub's lock.
func (h *Hub) all() []*branch {
	h.mu.RLock()
	defer h.mu.RUnlock()
	list := make([]*branch, 0, len(h.branches))
	for _, b := range h.branches {
		list = append(list, b)
	}
	return list
}

// Reset gives a branch a new past: its epoch, the seq it stands at, and the
// last events up to there. Every client gets a snapshot. The feed calls it
// under the lock that guards the state, as it calls Append.
func (h *Hub) Reset(id, epoch string, head int64, events []queue.Event) {
	b := h.branch(id)
	at := h.o.Clock.Now()
	b.mu.Lock()
	b.gen++
	b.epoch, b.log = epoch, log{head: head}
	for _, e := range events[max(0, len(events)-logSize):] {
		b.log.append(&entry{event: e, at: at})
	}
	b.log.head, b.changed, b.moved = head, true, true
	b.mu.Unlock()
	b.wake()
}

// Append takes the next event of a branch. It is called under the lock that
// guards the state, so that a snapshot and the log always tell the same; it
// only notes, Flush sends.
func (h *Hub) Append(id string, e queue.Event) {
	b := h.branch(id)
	item := &entry{event: e, at: h.o.Clock.Now()}
	b.mu.Lock()
	b.log.append(item)
	b.changed, b.moved = true, true
	b.mu.Unlock()
}

// Flush sends what was appended. Frames of the views in use are made here,
// once, rather than by the first of a thousand writers.
func (h *Hub) Flush(id string) {
	b := h.branch(id)
	b.mu.RLock()
	last := b.log.entries[max(0, len(b.log.entries)-64):]
	for view := range b.using {
		if _, numbered := views[view]; numbered {
			for _, e := range last {
				e.frame(view)
			}
		}
	}
	phones := len(b.phones) > 0
	b.mu.RUnlock()
	deliver(b)
	if phones {
		select {
		case h.dirty <- struct{}{}:
		default:
		}
	}
}

// deliver gets what was appended on its way to the clients; their own writers
// do the rest. A planted bug puts its mistake in its place, to see that a test
// finds it.
var deliver = (*branch).wake

// wake rouses every client that follows the log.
func (b *branch) wake() {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for c := range b.clients {
		if c.view != wire.Ticket {
			c.rouse()
		}
	}
}

// Run steps the hub each second until the context ends.
func (h *Hub) Run(ctx context.Context) {
	go h.runPhones(ctx)
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			h.Step(h.o.Clock.Now())
		}
	}
}

// Sockets counts the clients of each view, over all branches.
func (h *Hub) Sockets() map[wire.View]int {
	count := map[wire.View]int{}
	for _, b := range h.all() {
		b.mu.RLock()
		for view, n := range b.using {
			count[view] += n
		}
		b.mu.RUnlock()
	}
	return count
}

// Close tells every client that the server goes away and waits until their
// owners have let go of them, or the context ends. Nobody can attach any more.
func (h *Hub) Close(ctx context.Context) {
	h.mu.Lock()
	h.closed = true
	h.mu.Unlock()
	for _, b := range h.all() {
		for _, c := range b.list() {
			c.End(CloseGoingAway, "restart")
		}
	}
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for h.open() > 0 {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (h *Hub) open() (n int) {
	for _, count := range h.Sockets() {
		n += count
	}
	return n
}

func (b *branch) list() []*Client {
	b.mu.RLock()
	defer b.mu.RUnlock()
	list := make([]*Client, 0, len(b.clients))
	for c := range b.clients {
		list = append(list, c)
	}
	return list
}
