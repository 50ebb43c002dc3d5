package api

import (
	"context"
	"sync"
)

// oneEach lets each caller in once at a time; a second of the same waits.
type oneEach struct {
	mu   sync.Mutex
	busy map[string]*turn
}

// turn is a caller's place, and how many hold it or wait for it.
type turn struct {
	place chan struct{}
	users int
}

// enter waits for a caller's place; false when the context ended before. leave gives it up.
func (o *oneEach) enter(ctx context.Context, caller string) (leave func(), ok bool) {
	t := o.join(caller)
	select {
	case t.place <- struct{}{}:
		return func() {
			<-t.place
			o.part(caller, t)
		}, true
	case <-ctx.Done():
		o.part(caller, t)
		return nil, false
	}
}

func (o *oneEach) join(caller string) *turn {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.busy == nil {
		o.busy = map[string]*turn{}
	}
	t := o.busy[caller]
	if t == nil {
		t = &turn{place: make(chan struct{}, 1)}
		o.busy[caller] = t
	}
	t.users++
	return t
}

func (o *oneEach) part(caller string, t *turn) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if t.users--; t.users == 0 {
		delete(o.busy, caller)
	}
}
