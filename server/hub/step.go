package hub

import (
	"bytes"
	"encoding/json"
	"time"

	"motcua/server/queue"
	"motcua/server/wire"
)

const (
	tickEvery = 9 * time.Second // so that a step late is still within the contract's 10 s
	pingEvery = 20 * time.Second
	// figuresEvery is how often figures are looked at when no event came: the
	// clock alone moves estimates and opening hours.
	figuresEvery = 15 * time.Second
)

type pastFigures struct {
	body []byte
	at   time.Time
}

// Step does what time demands: ticks, pings, figures, the phones' turn, and the
// end of clients that do not take what they are sent. Called each second.
func (h *Hub) Step(now time.Time) {
	h.stepTrouble()
	for _, b := range h.all() {
		b.stepFigures(now)
		for _, c := range b.list() {
			c.step(now)
		}
		b.stepPhones(now)
	}
}

// stepTrouble tells every screen at once when the store stops taking commands,
// and when it takes them again.
func (h *Hub) stepTrouble() {
	if h.o.Trouble == nil {
		return
	}
	now := h.o.Trouble()
	if was := h.troubled(); was == now {
		return
	}
	h.trouble.Store(now)
	h.o.Count("trouble")
	for _, b := range h.all() {
		for _, c := range b.list() {
			c.mu.Lock()
			c.tick = true
			c.mu.Unlock()
			c.rouse()
		}
	}
}

func (h *Hub) troubled() queue.Code {
	code, _ := h.trouble.Load().(queue.Code)
	return code
}

func (h *Hub) tick() []byte {
	return message(wire.Tick{Type: "tick", Now: wire.TimeOf(h.o.Clock.Now()), Trouble: h.troubled()})
}

func (b *branch) stepFigures(now time.Time) {
	b.mu.Lock()
	due := (b.changed || now.Sub(b.past.at) >= figuresEvery) && len(b.clients) > 0
	if due {
		b.changed = false
	}
	b.mu.Unlock()
	if !due {
		return
	}
	services := b.hub.services(b.id)
	body, err := json.Marshal(services)
	if err != nil {
		panic(err) // ours, and always encodes
	}
	b.past.at = now
	if bytes.Equal(body, b.past.body) {
		return
	}
	b.past.body = body
	made := message(wire.Figures{Type: "figures", Now: wire.TimeOf(now), Services: services})
	b.mu.Lock()
	b.figures = made
	b.figured++
	b.mu.Unlock()
	b.wake()
}

func (c *Client) step(now time.Time) {
	if c.slow(now) {
		c.b.hub.o.Count("slow")
		c.End(CloseSlow, "slow")
		return
	}
	c.mu.Lock()
	tick := now.Sub(c.ticked) >= tickEvery
	ping := now.Sub(c.pinged) >= pingEvery
	if tick {
		c.tick, c.ticked = true, now
	}
	if ping {
		c.ping, c.pinged = true, now
	}
	c.mu.Unlock()
	if tick || ping {
		c.rouse()
	}
}

// slow tells whether the client has used up its backlog or its time.
func (c *Client) slow(now time.Time) bool {
	if busy := c.busy.Load(); busy > 0 && now.UnixMilli()-busy > patience.Milliseconds() {
		return true
	}
	if c.view == wire.Ticket {
		return false
	}
	c.mu.Lock()
	since, waiting := c.since, c.ask != nil || c.end != nil
	c.mu.Unlock()
	if waiting {
		return false // its writer has yet to see where it stands
	}
	b := c.b
	b.mu.RLock()
	defer b.mu.RUnlock()
	sent := c.behind.Load()
	if b.log.head-max(sent, c.base.Load()) > backlog {
		return true
	}
	if sent >= b.log.head || !b.log.has(sent) {
		return false
	}
	oldest := b.log.entries[len(b.log.entries)-int(b.log.head-sent)].at
	if oldest.Before(since) {
		oldest = since
	}
	return now.Sub(oldest) > patience
}
