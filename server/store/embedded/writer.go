package embedded

import (
	"runtime"
	"time"

	"motcua/server/sqlite"
)

// checkpointEvery is the number of records after which the log is moved into
// the database file: a log of about 2 MiB.
const checkpointEvery = 2000

// write is the writer goroutine.
func (e *Engine) write() {
	retry := e.opts.Retry
	if retry == nil {
		t := time.NewTicker(time.Second)
		defer t.Stop()
		retry = t.C
	}
	for {
		select {
		case c := <-e.calls:
			e.batch(e.collect(c))
		case j := <-e.jobs:
			j.done <- j.do()
		case b := <-e.tail.ready:
			e.keepSnapshot(b)
		case <-retry:
			e.retry()
		case <-e.closed:
			e.finish()
			return
		}
	}
}

// collect takes what waits behind the first call. It lets the callers that
// were just answered run once before: their next calls share this fsync.
func (e *Engine) collect(first *call) []*call {
	runtime.Gosched()
	var calls []*call
	for c, more := first, true; more && len(calls) < maxBatch; {
		if c.fate.CompareAndSwap(waiting, taken) {
			calls = append(calls, c)
		}
		select {
		case c = <-e.calls:
		default:
			more = false
		}
	}
	return calls
}

// batch makes calls durable, runs them and answers.
func (e *Engine) batch(calls []*call) {
	if len(calls) == 0 {
		return
	}
	if t := e.state.Load(); t != nil {
		refuse(calls, t.refusal())
		return
	}
	start := time.Now() // measures only; nothing is decided by it
	if err := appendCalls(e.journal, calls); err != nil {
		e.failed(err)
		refuse(calls, e.state.Load().refusal())
		return
	}
	e.opts.OnCommit(len(calls), time.Since(start))
	e.apply(calls)
	e.changed.wake()
	e.tail.grow(calls)
	e.maybeSnapshot()
	e.maybeCheckpoint(len(calls))
}

// appendCalls makes calls durable before they are run and answered. A planted
// bug puts its mistake in its place, to see that a test finds it.
var appendCalls = (*journal).append

func refuse(calls []*call, err error) {
	for _, c := range calls {
		c.finish(nil, err)
	}
}

// apply runs journalled calls in order and answers each.
func (e *Engine) apply(calls []*call) {
	for i, c := range calls {
		reply, err, half := e.mem.Load().run(c.script, &c.record)
		if half {
			if failed := e.undo(c.seq, err); failed != nil {
				e.fatal(failed)
				refuse(calls[i:], e.state.Load().refusal())
				return
			}
		}
		c.finish(reply, err)
	}
}

// failed sorts a failure of the journal: a full disk is waited out, anything
// else ends the process.
func (e *Engine) failed(err error) {
	if sqlite.KindOf(err) == sqlite.Full {
		if e.state.CompareAndSwap(nil, &trouble{err: err}) {
			e.opts.Log.Error("the disk is full: no command is taken until there is space", "err", err)
		}
		return
	}
	e.fatal(err)
}

func (e *Engine) fatal(err error) {
	e.state.Store(&trouble{err: err, final: true})
	e.opts.Fatal(err)
}

// retry tries a full disk again, with a real commit.
func (e *Engine) retry() {
	t := e.state.Load()
	if t == nil || t.final {
		return
	}
	for len(e.unvoid) > 0 {
		if err := e.journal.void(e.unvoid[0]); err != nil {
			e.failed(err)
			return
		}
		e.unvoid = e.unvoid[1:]
	}
	if err := e.journal.probe(); err != nil {
		e.failed(err)
		return
	}
	e.state.Store(nil)
	e.opts.Log.Info("the disk has space again: commands are taken")
}

// maybeCheckpoint keeps the log short. With no space for it the log simply
// stays longer; the next commit meets the same disk and says so.
func (e *Engine) maybeCheckpoint(records int) {
	if e.tail.unchecked += records; e.tail.unchecked < checkpointEvery {
		return
	}
	e.tail.unchecked = 0
	if err := e.journal.checkpoint(); err != nil && sqlite.KindOf(err) != sqlite.Full && sqlite.KindOf(err) != sqlite.Busy {
		e.fatal(err)
	}
}

// finish answers what waits and closes the file.
func (e *Engine) finish() {
	for more := true; more; {
		select {
		case c := <-e.calls:
			e.batch(e.collect(c))
		default:
			more = false
		}
	}
	e.tail.wait()
	e.err = e.journal.close()
	m := e.mem.Load()
	m.mu.Lock() // somebody may still read
	m.close()
	m.mu.Unlock()
	e.release()
	close(e.done)
}

// ask lets the writer do something between two batches.
func (e *Engine) ask(do func() error) error {
	j := job{do: do, done: make(chan error, 1)}
	select {
	case e.jobs <- j:
		return <-j.done
	case <-e.closed:
		return ErrClosed
	}
}
