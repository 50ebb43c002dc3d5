package embedded

import (
	"errors"
	"reflect"

	"motcua/server/sqlite"
)

// tail is what stands behind the newest snapshot, and decides when the next is due.
type tail struct {
	snapshot      int64 // its seq
	snapshotBytes int
	records       int
	bytes         int
	notBefore     int           // records, after a snapshot found no space
	unchecked     int           // records since the last checkpoint
	pending       bool          // one is being packed
	ready         chan snapshot // it arrives here
}

// snapshot is a packed state and the last record it covers.
type snapshot struct {
	seq  int64
	body []byte
}

func newTail(r replayed) tail {
	return tail{
		snapshot: r.snapshot, snapshotBytes: r.snapshotBytes,
		records: int(r.last - r.snapshot), bytes: r.bytes,
		ready: make(chan snapshot, 1),
	}
}

func (t *tail) grow(calls []*call) {
	t.records += len(calls)
	for _, c := range calls {
		t.bytes += len(c.arg)
	}
}

// due: after so many records; while the last snapshot was larger than they
// are, up to four times as many, so that a large state is not written again
// and again for little.
func (t *tail) due(every int) bool {
	switch {
	case t.pending || t.records < max(every, t.notBefore):
		return false
	case t.records >= 4*every:
		return true
	}
	return t.bytes >= t.snapshotBytes
}

// restart counts from a snapshot that was just kept.
func (t *tail) restart(s snapshot, last int64) {
	t.snapshot, t.snapshotBytes = s.seq, len(s.body)
	t.records, t.bytes, t.notBefore = int(last-s.seq), 0, 0
}

// wait lets a snapshot that is being packed end before the engine closes.
func (t *tail) wait() {
	if t.pending {
		<-t.ready
	}
}

// maybeSnapshot begins a snapshot when one is due. Only listing the keys holds
// the writer up; packing them happens beside it.
func (e *Engine) maybeSnapshot() {
	if !e.tail.due(e.opts.SnapshotEvery) {
		return
	}
	all, err := e.list()
	if err != nil {
		e.fatal(err)
		return
	}
	e.tail.pending = true
	seq, ready := e.journal.last, e.tail.ready
	go func() { ready <- snapshot{seq, encodeDump(all)} }()
}

// list dumps the memory; the writer calls it, so nothing runs meanwhile.
func (e *Engine) list() ([]KeyDump, error) {
	m := e.mem.Load()
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.dump()
}

// keepSnapshot writes a packed snapshot. Without space for it the records
// stay, and it is tried again somewhat later.
func (e *Engine) keepSnapshot(s snapshot) {
	e.tail.pending = false
	err := e.save(s)
	switch {
	case err == nil:
	case sqlite.KindOf(err) == sqlite.Full:
		e.tail.notBefore = e.tail.records + e.opts.SnapshotEvery/5
		e.opts.Log.Warn("no space for a snapshot; the journal is kept longer", "err", err)
	default:
		e.fatal(err)
	}
}

func (e *Engine) save(s snapshot) error {
	if s.seq <= e.tail.snapshot {
		return nil // a newer one was asked for meanwhile, or nothing happened since
	}
	if err := e.journal.saveSnapshot(s.seq, s.body); err != nil {
		return err
	}
	e.tail.restart(s, e.journal.last)
	return nil
}

// Snapshot writes a snapshot now and drops the records it covers. The writer
// stands still meanwhile: some 0.1 s for 20,000 keys.
func (e *Engine) Snapshot() error {
	return e.ask(func() error {
		_, err := e.snapshotNow()
		return err
	})
}

func (e *Engine) snapshotNow() ([]KeyDump, error) {
	if t := e.state.Load(); t != nil {
		return nil, t.refusal()
	}
	all, err := e.list()
	if err != nil {
		return nil, err
	}
	if err := e.save(snapshot{e.journal.last, encodeDump(all)}); err != nil {
		e.failed(err)
		return nil, err
	}
	return all, nil
}

// Renew writes a snapshot and goes on with a fresh miniredis made from it:
// miniredis keeps some 70 bytes of every key that ever was. Meant for the
// change of day. The new memory is compared with the old one before it is used.
func (e *Engine) Renew() error {
	return e.ask(func() error {
		all, err := e.snapshotNow()
		if err != nil {
			return err
		}
		m, err := newMemory()
		if err != nil {
			return err
		}
		if err := m.restore(encodeDump(all)); err != nil {
			return err
		}
		again, err := m.dump()
		if err != nil {
			return err
		}
		if !reflect.DeepEqual(all, again) {
			return errors.New("the memory made from the snapshot differs; the old one stays in use")
		}
		e.mem.Load().mu.Lock()
		e.swap(m)
		return nil
	})
}

// restore fills an empty memory from a snapshot's body.
func (m *memory) restore(body []byte) error {
	all, err := decodeDump(body)
	if err != nil {
		return err
	}
	return m.load(all)
}
