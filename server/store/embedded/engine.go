// Package embedded is the engine for one hall on one server: the same scripts
// as on Redis, run on a miniredis in this process and made durable by a journal
// in SQLite.
//
// One goroutine does all writing. It takes the calls that wait, writes them to
// the journal in one transaction, runs them in order, and answers. A call is
// journalled before it runs, which is exact because scripts are deterministic:
// replaying the journal on the newest snapshot gives the same state and the
// same answers, refusals included.
//
// # A script that fails
//
// Scripts check first and write last, so a failure before the first write
// changes nothing: the caller gets a *ScriptError, and a replay fails in the
// same way. A failure after the first write is a defect that would leave half a
// command behind. The engine takes it back whole: the record is made void in
// the journal, durably, and the memory is built again from snapshot and
// journal without it (well under a second, once per defect). Ending the process instead
// would not help: the record is on the disk, and the next start would meet it
// again.
//
// # What ends the process
//
// A failed fsync, an I/O error or corruption: then nobody knows what is on the
// disk, and asking again would be given a wrong answer. A full disk does not:
// SQLite rolls the transaction back, the calls are refused with store_full, and
// the engine tries again each second.
package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"motcua/server/queue"
	"motcua/server/store"
)

// Defaults of Options.
const (
	DefaultSnapshotEvery = 5000     // records
	DefaultReserve       = 16 << 20 // bytes
)

// Sizes of the writer's queue.
const (
	maxBatch   = 256  // calls in one transaction
	maxWaiting = 1024 // calls that wait; the next ones wait outside
)

// Options for Open; the zero value is right for production.
type Options struct {
	// SnapshotEvery is the number of journalled records after which a snapshot
	// replaces them. While the state is larger than those records, it waits
	// for more of them, up to four times as many.
	SnapshotEvery int
	// Reserve is the free space, in bytes, below which Ready says so although
	// calls are still taken. Negative: never.
	Reserve int64
	// Retry tells when to try again on a full disk; default each second.
	Retry <-chan time.Time
	// OnCommit is told of every transaction of calls: how many, and how long
	// it took to have them on the disk. Called by the writer: it must be quick.
	OnCommit func(records int, took time.Duration)
	// Fatal is called once when memory and disk may differ. It should end the
	// process, and the default does. If it returns, the engine refuses everything.
	Fatal func(error)
	// Log takes what an operator should read; default slog.Default().
	Log *slog.Logger
}

func (o *Options) setDefaults() {
	if o.SnapshotEvery <= 0 {
		o.SnapshotEvery = DefaultSnapshotEvery
	}
	if o.Reserve == 0 {
		o.Reserve = DefaultReserve
	}
	if o.OnCommit == nil {
		o.OnCommit = func(int, time.Duration) {}
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Fatal == nil {
		log := o.Log
		o.Fatal = func(err error) {
			log.Error("the store cannot go on; the process ends", "err", err)
			os.Exit(1)
		}
	}
}

// ErrClosed answers calls on a closed engine.
var ErrClosed = errors.New("the store is closed")

// Engine is a store.Engine on one data directory.
type Engine struct {
	dir     string
	opts    Options
	release func()

	calls  chan *call
	jobs   chan job // what the writer does between two batches
	closed chan struct{}
	done   chan struct{} // the writer has ended
	once   sync.Once
	err    error // of closing

	mem     atomic.Pointer[memory]
	state   atomic.Pointer[trouble] // nil while all is well
	changed changes

	// The writer's own.
	journal *journal
	tail    tail
	unvoid  []int64 // half-done records that a full disk did not let us void
}

var _ store.Engine = (*Engine)(nil)

// trouble is why no call can be taken.
type trouble struct {
	err   error
	final bool // until the process ends
}

// job is work for the writer that is not a call.
type job struct {
	do   func() error
	done chan error
}

// Open opens the engine on a data directory, creating both when absent. It
// takes the directory's lock (ErrLocked when another process has it), checks
// the file and replays it. Damage is an error that names what is damaged;
// nothing is ever dropped to get started.
func Open(dir string, opts Options) (*Engine, error) {
	opts.setDefaults()
	release, err := LockDir(dir)
	if err != nil {
		return nil, err
	}
	e := &Engine{
		dir: dir, opts: opts, release: release,
		calls: make(chan *call, maxWaiting), jobs: make(chan job),
		closed: make(chan struct{}), done: make(chan struct{}),
	}
	e.changed.init()
	if err := e.start(context.Background()); err != nil {
		release()
		return nil, err
	}
	go e.write()
	return e, nil
}

func (e *Engine) start(ctx context.Context) error {
	j, err := openJournal(ctx, e.dir)
	if err != nil {
		return err
	}
	e.journal = j
	m, err := e.rebuild(ctx)
	if err != nil {
		j.close()
		return fmt.Errorf("%s: %w", dbPath(e.dir), err)
	}
	e.mem.Store(m)
	return nil
}

// Name is "embedded".
func (e *Engine) Name() string { return "embedded" }

// Ready is nil when commands can be taken now, and the disk has its reserve.
func (e *Engine) Ready(context.Context) error {
	select {
	case <-e.closed:
		return ErrClosed
	default:
	}
	if t := e.state.Load(); t != nil {
		return t.refusal()
	}
	if e.opts.Reserve < 0 {
		return nil
	}
	free, err := freeBytes(e.dir)
	if err != nil {
		return queue.Refuse(queue.StoreDown, "free space cannot be read: "+err.Error())
	}
	if free < e.opts.Reserve {
		return queue.Refuse(queue.StoreFull, fmt.Sprintf("%d MiB free, %d MiB wanted", free>>20, e.opts.Reserve>>20))
	}
	return nil
}

// Refusing says why commands are refused now; nil while they are taken, also
// below the reserve, which is a warning and not yet an end.
func (e *Engine) Refusing() error {
	if t := e.state.Load(); t != nil {
		return t.refusal()
	}
	return nil
}

func (t *trouble) refusal() error {
	if t.final {
		return queue.Refuse(queue.StoreDown, t.err.Error())
	}
	return queue.Refuse(queue.StoreFull, t.err.Error())
}

// Close answers the calls that wait, then closes the file and gives the
// directory back. Calling it again gives the same answer.
func (e *Engine) Close() error {
	e.once.Do(func() { close(e.closed) })
	<-e.done
	return e.err
}

// Changed gives a channel that is closed when the next calls have been applied.
// Take it before reading, so that nothing falls between.
func (e *Engine) Changed() <-chan struct{} { return e.changed.next() }

// changes wakes everybody who waits for the next change.
type changes struct {
	mu sync.Mutex
	ch chan struct{}
}

func (c *changes) init() { c.ch = make(chan struct{}) }

func (c *changes) next() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ch
}

func (c *changes) wake() {
	c.mu.Lock()
	defer c.mu.Unlock()
	close(c.ch)
	c.ch = make(chan struct{})
}
