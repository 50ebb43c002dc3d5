package history

import (
	"context"
	"database/sql"
	"fmt"
	"iter"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// loaded is the epoch of days that came by Load.
const loaded = "sample"

// Load writes whole days that the generator made, some in a transaction, each
// marked as a sample. Days that were loaded before are passed over, so that a
// load that was cut short goes on. set is the branch as the generator knows it;
// nil for its present settings. The days come in order, their events with a Seq.
func (h *History) Load(ctx context.Context, branch string, set *queue.Settings, days iter.Seq2[queue.Day, []queue.Event]) error {
	if set == nil {
		set = h.settings(branch)
	}
	r, _, err := h.reading(ctx, branch, loaded)
	if err != nil {
		return err
	}
	r.epoch = loaded
	if err := h.pragmas(ctx, "cache_size = -131072", "wal_autocheckpoint = 16000"); err != nil {
		return err
	}
	defer h.loadEnds(context.WithoutCancel(ctx))
	var waiting []queue.Event
	write := func() error {
		if len(waiting) == 0 {
			return nil
		}
		err := h.loadPart(ctx, branch, set, r, waiting)
		r.seq, r.day, waiting = waiting[len(waiting)-1].Seq, waiting[len(waiting)-1].Day, waiting[:0]
		return err
	}
	for day, events := range days {
		if day <= r.day || len(events) == 0 {
			continue
		}
		last := r.seq
		if n := len(waiting); n > 0 {
			last = waiting[n-1].Seq
		}
		if events[0].Seq <= last {
			return fmt.Errorf("history: the events of %s do not follow %d", day, last)
		}
		if waiting = append(waiting, events...); len(waiting) < loadAtOnce {
			continue
		}
		if err := write(); err != nil {
			return err
		}
	}
	return write()
}

// loadAtOnce is how many events a transaction of a load has at least: a quiet
// unit's day has a dozen.
const loadAtOnce = 2000

func (h *History) loadPart(ctx context.Context, branch string, set *queue.Settings, r reading, events []queue.Event) error {
	if h.o.Told != nil { // a part begins with a day, and a day with empty lines
		r.lines = &lines{state: queue.NewState(loaded)}
		r.lines.state.Start(loaded, events[0].Seq-1)
	}
	return h.write(ctx, "load days", func(tx *sql.Tx) error {
		b, err := h.batch(ctx, tx, branch, set, loaded)
		if err != nil {
			return err
		}
		b.sample = true
		return h.stream(b, r, events, set)
	})
}

// loadEnds sets the connection back and moves what was loaded into the database.
func (h *History) loadEnds(ctx context.Context) {
	err := h.pragmas(ctx, usualCache, "wal_autocheckpoint = 1000")
	if err == nil {
		err = sqlite.Checkpoint(ctx, h.db, true)
	}
	if err != nil {
		h.o.Log.Warn("the log of the history stays long for a while", "error", err)
	}
}

// MarkSample marks a branch's days of a span as made by the generator.
func (h *History) MarkSample(ctx context.Context, branch string, from, to queue.Day) error {
	return h.write(ctx, "mark sample days", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE days SET sample = 1 WHERE branch = (SELECT no FROM branches WHERE id = ?) AND day BETWEEN ? AND ?`,
			branch, dayNumber(from), dayNumber(to))
		return err
	})
}

// Empty tells whether nothing is known of a branch before a day.
func (h *History) Empty(ctx context.Context, branch string, before queue.Day) (bool, error) {
	var n int
	err := h.read.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM days d JOIN branches b ON b.no = d.branch
		WHERE b.id = ? AND d.day < ? LIMIT 1)`, branch, dayNumber(before)).Scan(&n)
	return n == 0, err
}
