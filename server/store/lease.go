package store

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"

	"motcua/server/queue"
)

// How long a lease lasts without renewal, and how often it is renewed
// (contract: 10 s, every 3 s).
const (
	LeaseTime  = 10 * time.Second
	LeaseRenew = 3 * time.Second
)

var leaseScript = single("lease")

// Leases keep other servers off the branches of a shared Redis.
type Leases struct {
	engine *Redis
	holder string // the installation's id, kept in its data directory

	mu     sync.Mutex
	fences map[string]string
}

// NewLeases prepares leases for an installation.
func NewLeases(engine *Redis, holder string) *Leases {
	return &Leases{engine: engine, holder: holder, fences: map[string]string{}}
}

// Take gets a branch's lease. The same installation gets it at once; while any
// other one lives the error says so.
func (l *Leases) Take(ctx context.Context, branch string) error {
	fence, err := l.ask(ctx, branch, "take", "")
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fences[branch] = fence
	return nil
}

func (l *Leases) ask(ctx context.Context, branch, what, fence string) (string, error) {
	ms := strconv.FormatInt(LeaseTime.Milliseconds(), 10)
	reply, err := l.engine.Eval(ctx, leaseScript, []string{leaseKey(branch), metaKey(branch)}, l.holder, ms, what, fence)
	if err != nil {
		return "", err
	}
	if len(reply) == 3 && reply[1] == "held" {
		return "", queue.Refuse(queue.Fenced, fmt.Sprintf("branch %s is held by another server (%s)", branch, reply[2]))
	}
	if len(reply) < 2 || reply[0] != "ok" {
		return "", queue.Refuse(queue.Fenced, "branch "+branch+" was taken over")
	}
	return reply[1], nil
}

// Fence is the number every command of a branch carries; empty if none is held.
func (l *Leases) Fence(branch string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.fences[branch]
}

// Keep renews all leases until ctx ends, then gives them back. It returns an
// error at once when one was taken over: this server must stop then.
func (l *Leases) Keep(ctx context.Context) error {
	tick := time.NewTicker(LeaseRenew)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if err := l.each(ctx, "renew"); queue.CodeOf(err) == queue.Fenced {
				return err
			}
		case <-ctx.Done():
			give, cancel := context.WithTimeout(context.Background(), 2*time.Second)
			defer cancel()
			_ = l.each(give, "give") // if it cannot be given back it expires
			return nil
		}
	}
}

func (l *Leases) each(ctx context.Context, what string) error {
	l.mu.Lock()
	held := make(map[string]string, len(l.fences))
	for b, f := range l.fences {
		held[b] = f
	}
	l.mu.Unlock()
	var first error
	for b, f := range held {
		if _, err := l.ask(ctx, b, what, f); err != nil && first == nil {
			first = err
		}
	}
	return first
}
