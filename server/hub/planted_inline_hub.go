//go:build planted_inline_hub

//red: ./server/hub -run TestStalledClients

package hub

import (
	"time"

	"motcua/server/wire"
)

// Whoever publishes writes to each client in turn, so that one that does not
// read holds all others up.
func init() {
	deliver = func(b *branch) {
		for _, c := range b.list() {
			if c.view == wire.Ticket {
				continue
			}
			c.rouse()
			for c.behind.Load() < b.head() && b.has(c) {
				time.Sleep(100 * time.Microsecond)
			}
		}
	}
}

func (b *branch) head() int64 {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.log.head
}

func (b *branch) has(c *Client) bool {
	b.mu.RLock()
	defer b.mu.RUnlock()
	_, there := b.clients[c]
	return there
}
