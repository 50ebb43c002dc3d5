package hub

import (
	"context"
	"time"

	"motcua/server/queue"
	"motcua/server/wire"
)

const (
	phoneEvery    = 3 * time.Second  // the contract's limit, unless next or called
	estimateEvery = 15 * time.Second // a phone is not woken for a minute more or less
	phonePause    = 100 * time.Millisecond
)

// phone is what a ticket view was told last.
type phone struct {
	token string
	fixed bool // a ticket of an earlier day: nothing changes it any more
	told  phoneKey
	span  wire.Interval
	at    time.Time
}

// phoneKey holds what a holder must hear of; the estimate is apart.
type phoneKey struct {
	state   queue.VisitState
	ahead   int
	counter string
	calls   int
	ended   wire.Time
	rate    wire.RateInfo
	service string
	version int
	behind  int
	until   wire.Time
	notice  queue.Text
}

// AttachPhone adds a client that follows one ticket. first is the ticket as it
// is now, sent at once, with the version of the settings it was made from;
// today says that it can still change.
func (h *Hub) AttachPhone(id, token string, first wire.TicketInfo, version int, today bool) (*Client, error) {
	c, err := h.Attach(id, wire.Ticket, nil)
	if err != nil {
		return nil, err
	}
	c.phone = phone{token: token, fixed: !today}
	now := h.o.Clock.Now()
	c.phone.note(first, version, now)
	c.tell(first, now)
	c.b.mu.Lock()
	if _, there := c.b.clients[c]; there {
		c.b.phones[c] = struct{}{}
	}
	c.b.mu.Unlock()
	return c, nil
}

func (c *Client) tell(info wire.TicketInfo, now time.Time) {
	made := message(wire.TicketMessage{Type: "ticket", Now: wire.TimeOf(now), Ticket: info})
	c.mu.Lock()
	c.ticket = made // an unsent older one is of no use to anybody
	c.mu.Unlock()
	c.rouse()
}

// runPhones looks at the phones of changed branches soon after a change, with a
// pause between two looks so that a burst is one.
func (h *Hub) runPhones(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-h.dirty:
		}
		now := h.o.Clock.Now()
		for _, b := range h.all() {
			if b.takeMoved() {
				b.stepPhones(now)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(phonePause):
		}
	}
}

func (b *branch) takeMoved() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	moved := b.moved
	b.moved = false
	return moved
}

// stepPhones tells each phone what changed for it, if it is its turn.
func (b *branch) stepPhones(now time.Time) {
	b.mu.RLock()
	list := make([]*Client, 0, len(b.phones))
	for c := range b.phones {
		list = append(list, c)
	}
	b.mu.RUnlock()
	if len(list) == 0 {
		return
	}
	due := map[*Client]wire.TicketInfo{}
	var gone []*Client
	b.looking.Lock() // one look at the phones at a time; it guards what they were told
	defer b.looking.Unlock()
	b.hub.o.View(b.id, func(s *queue.State, set *queue.Settings) {
		for _, c := range list {
			if c.phone.fixed {
				continue
			}
			v := s.Find(queue.ByToken, c.phone.token)
			if v == nil {
				gone = append(gone, c)
				continue
			}
			info := b.hub.o.Ticket(s, set, v)
			if c.phone.due(info, set.Version, now) {
				due[c] = info
			}
		}
	})
	for c, info := range due {
		c.tell(info, now)
	}
	for _, c := range gone {
		c.settlePhone(now)
	}
}

// settlePhone tells a phone how its ticket ended when the day has turned; from
// then on nothing changes it.
func (c *Client) settlePhone(now time.Time) {
	info, ok := c.b.hub.o.Past(c.b.id, c.phone.token)
	if !ok {
		return
	}
	if info.State != c.phone.told.state {
		c.tell(info, now)
	}
	c.phone.fixed = true
}

// due tells whether the phone must hear of it now, and notes that it did.
func (p *phone) due(info wire.TicketInfo, version int, now time.Time) bool {
	changed := keyOf(info, version) != p.told
	moved := spanOf(info) != p.span
	if !changed && !moved {
		return false
	}
	wait := phoneEvery
	switch {
	case !changed:
		wait = estimateEvery
	case info.State == queue.Called, p.told.state == queue.Called, info.State == queue.Waiting && info.Ahead == 0:
		wait = 0 // whoever is called, or was a moment ago, is told at once
	}
	if now.Sub(p.at) < wait {
		return false
	}
	p.note(info, version, now)
	return true
}

func (p *phone) note(info wire.TicketInfo, version int, now time.Time) {
	p.told, p.span, p.at = keyOf(info, version), spanOf(info), now
}

func keyOf(info wire.TicketInfo, version int) phoneKey {
	k := phoneKey{state: info.State, ahead: info.Ahead, counter: info.Counter, calls: info.Calls,
		ended: info.EndedAt, service: info.Service, version: version,
		behind: info.Behind, until: info.Until, notice: info.Notice}
	if info.Rate != nil {
		k.rate = *info.Rate
	}
	return k
}

func spanOf(info wire.TicketInfo) wire.Interval {
	if info.Estimate == nil {
		return wire.Interval{Low: -1}
	}
	return *info.Estimate
}
