// Package feed reads what the store accepted and keeps, for each branch, the
// day's state and the settings in force. It is the only one who tells the
// screens: what they show is what the store accepted, whoever sent it.
package feed

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"motcua/server/queue"
)

// Follower is told of every event, in order. Reset and Applied are called under
// the lock that guards the state: they must be quick and must not ask the feed.
type Follower interface {
	// Reset gives the state anew, with the events of the day that led to it.
	Reset(branch string, s *queue.State, set *queue.Settings, events []queue.Event)
	// Applied tells of one event just applied.
	Applied(branch string, s *queue.State, set *queue.Settings, e *queue.Event)
	// Flush ends a batch; no lock is held.
	Flush(branch string)
}

// Options of a feed.
type Options struct {
	Store queue.Store
	Log   *slog.Logger
	// Sweep is how often every branch is compared with the store, for commands
	// whose answer was lost and for days that opened; default one second.
	Sweep time.Duration
}

// Feed follows all branches of a store.
type Feed struct {
	o         Options
	followers []Follower

	mu       sync.RWMutex
	branches map[string]*branch
	ctx      context.Context
	running  sync.WaitGroup
}

// New makes a feed that follows nobody yet.
func New(o Options, followers ...Follower) *Feed {
	if o.Sweep == 0 {
		o.Sweep = time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Feed{o: o, followers: followers, branches: map[string]*branch{}, ctx: context.Background()}
}

// Start reads every branch's day and follows it until the context ends. It
// returns when all are read, so that what is served after it is complete.
func (f *Feed) Start(ctx context.Context) error {
	f.mu.Lock()
	f.ctx = ctx
	f.mu.Unlock()
	names, err := f.o.Store.Branches(ctx)
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := f.Add(ctx, name); err != nil {
			return err
		}
	}
	f.running.Add(1)
	go f.discover(ctx)
	return nil
}

// Wait returns when everything that Start began has ended.
func (f *Feed) Wait() { f.running.Wait() }

// Add begins to follow a branch, if the feed does not yet.
func (f *Feed) Add(ctx context.Context, name string) error {
	f.mu.Lock()
	b := f.branches[name]
	if b != nil {
		f.mu.Unlock()
		return nil
	}
	b = newBranch(f, name)
	f.branches[name] = b
	life := f.ctx
	f.mu.Unlock()
	err := b.rebuild(ctx)
	f.running.Add(1)
	go b.run(life)
	return err
}

// discoverEvery is how often branches are looked for that somebody else added.
const discoverEvery = 10 * time.Second

func (f *Feed) discover(ctx context.Context) {
	defer f.running.Done()
	ticker := time.NewTicker(discoverEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		names, err := f.o.Store.Branches(ctx)
		if err != nil {
			continue // the sweep of each branch says it
		}
		for _, name := range names {
			if err := f.Add(ctx, name); err != nil {
				f.o.Log.Error("branch cannot be read", "branch", name, "error", err)
			}
		}
	}
}

func (f *Feed) branch(name string) *branch {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.branches[name]
}

// Branches lists the branches that have settings.
func (f *Feed) Branches() []string {
	f.mu.RLock()
	defer f.mu.RUnlock()
	var names []string
	for name, b := range f.branches {
		if b.known() {
			names = append(names, name)
		}
	}
	return names
}

// View lends a branch's state and settings for the time of the call; nothing of
// them may be kept or changed. False when there is no such branch.
func (f *Feed) View(name string, fn func(*queue.State, *queue.Settings)) bool {
	b := f.branch(name)
	if b == nil {
		return false
	}
	b.mu.RLock()
	defer b.mu.RUnlock()
	if b.settings == nil {
		return false
	}
	fn(b.state, b.settings)
	return true
}

// Settings gives the settings in force. The document is replaced, never
// changed: it may be kept.
func (f *Feed) Settings(name string) (*queue.Settings, bool) {
	b := f.branch(name)
	if b == nil {
		return nil, false
	}
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.settings, b.settings != nil
}

// Wake tells that the store accepted a command, with the seq it answered (0
// when the answer was lost). Reads from now on wait for that seq.
func (f *Feed) Wake(name string, seq int64) {
	b := f.branch(name)
	if b == nil {
		return
	}
	b.promise(seq)
	b.rouse()
}

// ErrBehind says that the feed has not caught up within a second.
var ErrBehind = errors.New("feed: behind the store")

// catchUp is how long a read waits for the feed.
const catchUp = time.Second

// WaitFor returns when the branch shows everything that was acknowledged before
// the call, so that whoever reads finds what he wrote.
func (f *Feed) WaitFor(ctx context.Context, name string) error {
	b := f.branch(name)
	if b == nil {
		return nil
	}
	seq := b.promised.Load()
	if b.seq.Load() >= seq {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, catchUp)
	defer cancel()
	for {
		changed := b.changed()
		if b.seq.Load() >= seq || b.promised.Load() < seq {
			return nil // there, or the past is another one
		}
		select {
		case <-ctx.Done():
			return ErrBehind
		case <-changed:
		}
	}
}

// Ready is nil when every branch was read within the last sweeps.
func (f *Feed) Ready() error {
	f.mu.RLock()
	defer f.mu.RUnlock()
	for _, b := range f.branches {
		if err := b.trouble(); err != nil {
			return err
		}
	}
	return nil
}
