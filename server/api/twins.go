package api

import (
	"context"
	"sync"
)

// twins lets requests with the same name (caller and idempotency key) pass one
// at a time: the second finds the stored answer of the first.
type twins struct {
	mu     sync.Mutex
	flying map[string]chan struct{}
}

func newTwins() *twins { return &twins{flying: map[string]chan struct{}{}} }

// enter waits until no other request of that name is under way.
func (t *twins) enter(ctx context.Context, name string) error {
	for {
		t.mu.Lock()
		done := t.flying[name]
		if done == nil {
			t.flying[name] = make(chan struct{})
			t.mu.Unlock()
			return nil
		}
		t.mu.Unlock()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-done:
		}
	}
}

func (t *twins) leave(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	close(t.flying[name])
	delete(t.flying, name)
}
