package history

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"motcua/server/queue"
)

// most is how many events one transaction holds at most.
const most = 1000

// sweep is how often every branch is compared with the store, in case a bell was
// not heard; gather is how long a bell waits for more, so that a busy hall is
// written in few transactions.
const (
	sweep  = 2 * time.Second
	gather = 250 * time.Millisecond
)

// Reset does nothing. With Applied and Flush the history is a follower of the feed:
// it hears that there is something to read, and reads it from the store.
func (h *History) Reset(string, *queue.State, *queue.Settings, []queue.Event) {}

// Applied does nothing: see Reset.
func (h *History) Applied(string, *queue.State, *queue.Settings, *queue.Event) {}

// Flush rings the bell.
func (h *History) Flush(string) {
	select {
	case h.bells <- struct{}{}:
	default:
	}
}

// Use names the store that is read. Follow does it too; before that nothing can be
// caught up with.
func (h *History) Use(store queue.Store) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.store = store
}

// Follow reads every branch's stream until the context ends, from where the
// history stands, and takes in archived days that it does not know. It reads on
// after an error: the store's events wait for it.
func (h *History) Follow(ctx context.Context, store queue.Store) {
	h.Use(store)
	tick := time.NewTicker(sweep)
	defer tick.Stop()
	failing := false
	for {
		err := h.catchUp(ctx, nil, h.rest)
		if err == nil {
			err = h.archives(ctx)
		}
		if ctx.Err() != nil {
			return
		}
		if err != nil && !failing {
			h.o.Log.Error("the history is not written", "error", err)
		}
		failing = err != nil
		h.purgeOnceADay(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			continue
		case <-h.bells:
		}
		wait(ctx, gather)
	}
}

// rest leaves the machine to the hall between two transactions: what waits in the
// stream is not lost, people at the kiosk are kept.
func (h *History) rest(ctx context.Context, took time.Duration) { wait(ctx, took) }

func wait(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// CatchUp reads what these branches' streams have now, every branch when none is
// named: whoever looks at today's figures sees all that was accepted before.
func (h *History) CatchUp(ctx context.Context, branches ...string) error {
	return h.catchUp(ctx, branches, func(context.Context, time.Duration) {})
}

func (h *History) catchUp(ctx context.Context, branches []string, rest func(context.Context, time.Duration)) error {
	store := h.inUse()
	if store == nil {
		return errors.New("history: no store to read")
	}
	if len(branches) == 0 {
		var err error
		if branches, err = store.Branches(ctx); err != nil {
			return err
		}
	}
	var all error
	for _, b := range branches {
		if err := h.readBranch(ctx, store, b, rest); err != nil {
			all = errors.Join(all, fmt.Errorf("branch %s: %w", b, err))
		}
	}
	return all
}

// readBranch reads page after page up to where the store is now. A branch that was
// made a moment ago waits for its settings: what they add is added at reading alone.
func (h *History) readBranch(ctx context.Context, store queue.Store, branch string, rest func(context.Context, time.Duration)) error {
	if h.settings(branch) == nil {
		return nil
	}
	at, err := store.Where(ctx, branch)
	if err != nil || at.Day == "" {
		return err
	}
	for {
		began := time.Now()
		r, err := h.page(ctx, store, branch)
		if err != nil || r.seq >= at.Seq || r.epoch != at.Epoch && !strings.HasPrefix(r.epoch, at.Epoch+"/") {
			return err
		}
		rest(ctx, time.Since(began))
	}
}

// alone runs fn while nobody else reads or takes in.
func (h *History) alone(ctx context.Context, fn func() error) error {
	select {
	case h.turn <- struct{}{}:
		defer func() { <-h.turn }()
		return fn()
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *History) inUse() queue.Store {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.store
}

// Behind gives, by branch, how many events of its store are not read yet, as of
// the last look.
func (h *History) Behind() map[string]int64 {
	n := map[string]int64{}
	h.behind.Range(func(branch, events any) bool {
		n[branch.(string)] = events.(int64)
		return true
	})
	return n
}

// Holds tells whether the history has a day's last event, so that the store may
// drop the day. It reads on first if it has not.
func (h *History) Holds(ctx context.Context, branch string, day queue.Day) (bool, error) {
	if err := h.CatchUp(ctx, branch); err != nil {
		return false, err
	}
	store := h.inUse()
	at, err := store.Where(ctx, branch)
	if err != nil {
		return false, err
	}
	r, known, err := h.reading(ctx, branch, at.Epoch)
	if err != nil || !known {
		return false, err
	}
	left, err := store.Events(ctx, branch, day, r.seq, 1)
	return err == nil && len(left) == 0, err
}
