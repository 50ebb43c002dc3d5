package feed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"motcua/server/queue"
)

// page is how many events are read at once.
const page = 500

// keepEvents is how many of a day's events a Reset hands on at most.
const keepEvents = 10_000

var errGap = errors.New("feed: an event is missing")

// branch follows one branch. One goroutine reads; the lock is for those who look.
type branch struct {
	feed *Feed
	name string
	bell chan struct{}

	mu       sync.RWMutex
	state    *queue.State
	settings *queue.Settings
	day      queue.Day // whose stream is read

	seq      atomic.Int64 // of the state
	promised atomic.Int64 // highest seq acknowledged to somebody

	waitMu sync.Mutex
	moved  chan struct{} // closed at the next move of seq

	errMu  sync.Mutex
	err    error
	failed int // sweeps in a row
}

func newBranch(f *Feed, name string) *branch {
	return &branch{feed: f, name: name, bell: make(chan struct{}, 1), state: queue.NewState(""),
		moved: make(chan struct{})}
}

func (b *branch) rouse() {
	select {
	case b.bell <- struct{}{}:
	default:
	}
}

func (b *branch) promise(seq int64) {
	for {
		old := b.promised.Load()
		if seq <= old || b.promised.CompareAndSwap(old, seq) {
			return
		}
	}
}

func (b *branch) known() bool {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.settings != nil
}

// changed is closed when seq moves.
func (b *branch) changed() <-chan struct{} {
	b.waitMu.Lock()
	defer b.waitMu.Unlock()
	return b.moved
}

func (b *branch) announce() {
	b.waitMu.Lock()
	close(b.moved)
	b.moved = make(chan struct{})
	b.waitMu.Unlock()
}

// apart is the least time between two readings while the bell keeps ringing: a
// burst is read, and pushed, in a few pages instead of event by event. Whoever
// rings a bell that was still finds it read at once.
const apart = 2 * time.Millisecond

// run reads at every ring of the bell, and compares with the store at each sweep.
func (b *branch) run(ctx context.Context) {
	defer b.feed.running.Done()
	sweep := time.NewTicker(b.feed.o.Sweep)
	defer sweep.Stop()
	for last := (time.Time{}); ; last = time.Now() {
		full := false
		select {
		case <-ctx.Done():
			return
		case <-b.bell:
			time.Sleep(apart - time.Since(last)) // returns at once when nothing is left of it
		case <-sweep.C:
			full = true
		}
		err := b.guarded(ctx, full)
		if ctx.Err() != nil {
			return
		}
		b.report(err, full)
	}
}

// guarded keeps a mistake in one branch's reading from ending the process: the
// branch is read anew instead.
func (b *branch) guarded(ctx context.Context, full bool) (err error) {
	defer func() {
		if p := recover(); p != nil {
			b.feed.o.Log.Error("panic while reading a branch", "branch", b.name, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			err = errGap
		}
	}()
	err = b.read(ctx, full)
	if errors.Is(err, errGap) {
		b.feed.o.Log.Warn("reading the day anew", "branch", b.name)
		err = b.rebuild(ctx)
	}
	return err
}

// read takes the events that are new. When there are none although the bell
// rang, or at a sweep, it asks the store where the branch stands.
func (b *branch) read(ctx context.Context, full bool) error {
	n, err := b.readDay(ctx)
	if err != nil || (n > 0 && !full && b.seq.Load() >= b.promised.Load()) {
		return err
	}
	for {
		at, err := b.feed.o.Store.Where(ctx, b.name)
		if err != nil {
			return err
		}
		if at.Epoch != b.state.Epoch || at.Seq < b.state.Seq {
			return errGap
		}
		// Where came after the last read: what the day still got is read first.
		if _, err = b.readDay(ctx); err != nil {
			return err
		}
		if at.Day == b.day {
			if b.state.Seq < at.Seq {
				return errGap
			}
			return nil
		}
		b.setDay(at.Day)
	}
}

func (b *branch) setDay(day queue.Day) {
	b.mu.Lock()
	b.day = day
	b.mu.Unlock()
}

// readDay applies what its day's stream has beyond the state, and says how much.
func (b *branch) readDay(ctx context.Context) (n int, err error) {
	for {
		events, err := b.feed.o.Store.Events(ctx, b.name, b.day, b.state.Seq, page)
		if err != nil {
			return n, err
		}
		if len(events) > 0 {
			if err := b.apply(ctx, events); err != nil {
				return n, err
			}
			n += len(events)
		}
		if len(events) < page {
			return n, nil
		}
	}
}

// apply takes a batch. Settings are read before the lock is taken: nobody who
// looks waits for the store.
func (b *branch) apply(ctx context.Context, events []queue.Event) error {
	var fresh *queue.Settings
	for i := range events {
		if events[i].Kind == queue.SettingsChanged {
			var err error
			if fresh, err = b.loadSettings(ctx); err != nil {
				return err
			}
		}
	}
	err := b.applyAll(events, fresh)
	for _, f := range b.feed.followers {
		f.Flush(b.name)
	}
	b.announce()
	return err
}

func (b *branch) applyAll(events []queue.Event, fresh *queue.Settings) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := range events {
		if err := b.state.Apply(events[i]); err != nil {
			return fmt.Errorf("%w: %w", errGap, err)
		}
		b.seq.Store(b.state.Seq)
		if b.settings == nil {
			if fresh != nil {
				return errGap // now that it has settings, followers begin with a Reset
			}
			continue
		}
		if events[i].Kind == queue.SettingsChanged && fresh != nil {
			b.settings = fresh
		}
		for _, f := range b.feed.followers {
			f.Applied(b.name, b.state, b.settings, &events[i])
		}
	}
	return nil
}

func (b *branch) loadSettings(ctx context.Context) (*queue.Settings, error) {
	document, version, err := b.feed.o.Store.Settings(ctx, b.name)
	if err != nil || len(document) == 0 {
		return nil, err
	}
	set := &queue.Settings{}
	if err := json.Unmarshal(document, set); err != nil {
		return nil, fmt.Errorf("settings of %s: %w", b.name, err)
	}
	set.Version = version
	return set, nil
}

// rebuild forgets what it knows and reads the day's stream from its first event.
func (b *branch) rebuild(ctx context.Context) error {
	set, err := b.loadSettings(ctx)
	if err != nil {
		return err
	}
	at, err := b.feed.o.Store.Where(ctx, b.name)
	if err != nil {
		return err
	}
	state, kept, err := b.replay(ctx, at)
	if err != nil {
		return err
	}
	b.mu.Lock()
	if b.state.Epoch != state.Epoch || b.promised.Load() > state.Seq {
		b.promised.Store(state.Seq) // of a past that is gone
	}
	b.state, b.settings, b.day = state, set, at.Day
	b.seq.Store(state.Seq)
	if set != nil {
		for _, f := range b.feed.followers {
			f.Reset(b.name, state, set, kept)
		}
	}
	b.mu.Unlock()
	for _, f := range b.feed.followers {
		f.Flush(b.name)
	}
	b.announce()
	return nil
}

func (b *branch) replay(ctx context.Context, at queue.Position) (*queue.State, []queue.Event, error) {
	state := queue.NewState(at.Epoch)
	state.Start(at.Epoch, at.Seq)
	var kept []queue.Event
	for first, after := true, int64(0); ; {
		events, err := b.feed.o.Store.Events(ctx, b.name, at.Day, after, page)
		if err != nil {
			return nil, nil, err
		}
		for i := range events {
			if first {
				state.Start(at.Epoch, events[i].Seq-1)
				first = false
			}
			if err := state.Apply(events[i]); err != nil {
				return nil, nil, err
			}
		}
		if kept = append(kept, events...); len(kept) > 2*keepEvents {
			kept = append([]queue.Event{}, kept[len(kept)-keepEvents:]...)
		}
		if len(events) < page {
			return state, kept, nil
		}
		after = state.Seq
	}
}

// report remembers what went wrong; a single failed read between two sweeps is
// nobody's business.
func (b *branch) report(err error, full bool) {
	b.errMu.Lock()
	defer b.errMu.Unlock()
	if err != nil && b.err == nil {
		b.feed.o.Log.Error("the branch cannot be read", "branch", b.name, "error", err)
	}
	b.err = err
	switch {
	case err == nil:
		b.failed = 0
	case full:
		b.failed++
	}
}

// trouble is the error of a branch that could not be read for two sweeps.
func (b *branch) trouble() error {
	b.errMu.Lock()
	defer b.errMu.Unlock()
	if b.failed >= 2 {
		return fmt.Errorf("branch %s: %w", b.name, b.err)
	}
	return nil
}
