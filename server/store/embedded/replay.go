package embedded

import (
	"context"
	"fmt"
	"math"
	"slices"

	"motcua/server/sqlite"
)

// rebuild makes a memory from the newest snapshot and the records behind it.
// It is what a start does.
func (e *Engine) rebuild(ctx context.Context) (*memory, error) {
	for {
		m, t, err := e.replay(ctx, math.MaxInt64)
		if err == nil {
			e.journal.last, e.tail = t.last, newTail(t)
			return m, nil
		}
		half, ok := err.(*halfDone)
		if !ok {
			return nil, err
		}
		// The process ended between running this call and taking it back.
		e.opts.Log.Error("a script failed half-way and was taken back", "record", half.seq, "err", half.err)
		if err := e.journal.void(half.seq); err != nil {
			return nil, err
		}
	}
}

// halfDone is a record whose script failed after its first write.
type halfDone struct {
	seq int64
	err error
}

func (h *halfDone) Error() string { return fmt.Sprintf("journal record %d: %v", h.seq, h.err) }

// replayed says what a replay went through.
type replayed struct {
	snapshot      int64 // the snapshot's seq
	snapshotBytes int
	last          int64 // the last record's seq
	bytes         int   // of the records
}

// replay makes a memory of the newest snapshot and the records up to one.
func (e *Engine) replay(ctx context.Context, upTo int64) (*memory, replayed, error) {
	seq, body, err := e.journal.newest(ctx)
	if err != nil {
		return nil, replayed{}, err
	}
	m, err := newMemory()
	if err != nil {
		return nil, replayed{}, err
	}
	t := replayed{snapshot: seq, snapshotBytes: len(body), last: seq}
	if body != nil {
		err = m.restore(body)
		if err != nil {
			err = fmt.Errorf("snapshot %d is damaged: %w", seq, err)
		}
	}
	if err == nil {
		err = e.journal.each(ctx, seq, upTo, func(r *record) error {
			t.last, t.bytes = r.seq, t.bytes+len(r.arg)
			return e.replayOne(m, r)
		})
	}
	if err != nil {
		m.close()
		return nil, replayed{}, err
	}
	return m, t, nil
}

func (e *Engine) replayOne(m *memory, r *record) error {
	if r.sha == "" || slices.Contains(e.unvoid, r.seq) {
		return nil
	}
	s := e.journal.scripts[r.sha]
	if s == nil {
		return fmt.Errorf("journal record %d is damaged: its script %s is not in the journal", r.seq, r.sha)
	}
	if _, err, half := m.run(s, r); half {
		return &halfDone{r.seq, err}
	}
	return nil // a script that failed before its first write failed the first time too
}

// undo takes back a call that failed half-way: its record is made void and the
// memory built again without it.
func (e *Engine) undo(seq int64, cause error) error {
	e.opts.Log.Error("a script failed half-way and is taken back", "record", seq, "err", cause)
	if err := e.journal.void(seq); err != nil {
		if sqlite.KindOf(err) != sqlite.Full {
			return err
		}
		// Nothing more is taken before the record is void on the disk.
		e.unvoid = append(e.unvoid, seq)
		e.failed(err)
	}
	m, _, err := e.replay(context.Background(), seq-1)
	if err != nil {
		return err
	}
	e.swap(m)
	return nil
}

// swap puts a new memory in the place of one whose lock is held.
func (e *Engine) swap(m *memory) {
	old := e.mem.Load()
	e.mem.Store(m)
	old.retire()
}
