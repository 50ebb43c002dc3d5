package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// reading is where a branch's reading stands.
type reading struct {
	epoch string
	seq   int64
	day   queue.Day
	lines *lines // nil where nobody was told anything
}

// page reads and writes one page of a branch's stream, if there is something to read.
func (h *History) page(ctx context.Context, store queue.Store, branch string) (r reading, err error) {
	err = h.alone(ctx, func() error {
		at, err := store.Where(ctx, branch)
		if err != nil {
			return err
		}
		if r, err = h.resume(ctx, store, branch, at); err != nil {
			return err
		}
		if r.lines = h.lines[branch]; r.lines == nil {
			r.lines = &lines{}
			h.lines[branch] = r.lines
		}
		h.behind.Store(branch, at.Seq-r.seq)
		if err := h.next(ctx, store, branch, at, &r); err != nil {
			return err
		}
		h.behind.Store(branch, max(0, at.Seq-r.seq))
		return nil
	})
	return r, err
}

// next finds the day of the next events and writes a page of them.
func (h *History) next(ctx context.Context, store queue.Store, branch string, at queue.Position, r *reading) error {
	for r.seq < at.Seq {
		events, err := store.Events(ctx, branch, r.day, r.seq, most)
		if err != nil {
			return err
		}
		if len(events) == 0 {
			// A day that is not the open one gets no more events.
			if r.day >= at.Day {
				return fmt.Errorf("the store has no event behind %d, though it stands at %d", r.seq, at.Seq)
			}
			r.day = r.day.Add(1)
			continue
		}
		if gap := events[0].Seq - r.seq - 1; gap > 0 && r.seq > 0 {
			h.o.Log.Warn("the history misses events that the store no longer has", "branch", branch, "after", r.seq, "events", gap)
		}
		if err := r.lines.at(ctx, store, branch, *r, events[0].Seq); err != nil {
			return err
		}
		err = h.take(ctx, branch, r, events)
		if err != nil {
			r.lines.state = nil
		}
		return err
	}
	return nil
}

// take writes a page of a stream and moves the reading on.
func (h *History) take(ctx context.Context, branch string, r *reading, events []queue.Event) error {
	set := h.settings(branch)
	err := h.write(ctx, "write the history", func(tx *sql.Tx) error {
		b, err := h.batch(ctx, tx, branch, set, r.epoch)
		if err != nil {
			return err
		}
		return h.stream(b, *r, events, set)
	})
	if err != nil {
		return err
	}
	r.seq = events[len(events)-1].Seq
	r.day = max(r.day, events[len(events)-1].Day)
	return nil
}

// batch begins the writing of a part of a branch's stream.
func (h *History) batch(ctx context.Context, tx *sql.Tx, branch string, set *queue.Settings, epoch string) (*batch, error) {
	no, err := number(ctx, tx, branch, set)
	if err != nil {
		return nil, err
	}
	b := &batch{ctx: ctx, tx: tx, branch: no, set: set, epoch: epoch, stmts: map[string]*sql.Stmt{}, rows: map[string]*many{}}
	b.alias, err = aliases(ctx, tx, no, epoch)
	return b, err
}

// stream writes events and how far the reading has come.
func (h *History) stream(b *batch, r reading, events []queue.Event, set *queue.Settings) error {
	entries := make([]entry, 0, len(events))
	for i := range events {
		e := &events[i]
		if e.Seq <= r.seq {
			continue
		}
		n := entryOf(b.epoch, e)
		h.learn(&n, e, set, r.lines.apply(e))
		entries = append(entries, n)
	}
	if err := h.breaks("events"); err != nil {
		return err
	}
	if err := b.put(entries); err != nil {
		return err
	}
	if err := h.breaks("progress"); err != nil || len(entries) == 0 {
		return err
	}
	return b.progress(entries[0].day, entries[len(entries)-1].day, lastRead(entries))
}

// lastRead is how far a page was read; a variable because that is where a planted
// bug goes.
var lastRead = func(list []entry) int64 { return list[len(list)-1].seq }

// progress notes how far an epoch was read, in the transaction that wrote it.
func (b *batch) progress(first, last queue.Day, seq int64) error {
	return b.exec(`INSERT INTO progress VALUES(?,?,(SELECT count(*) + 1 FROM progress WHERE branch = ?),?,?,?)
		ON CONFLICT DO UPDATE SET seq = max(seq, excluded.seq), since = min(since, excluded.since), day = max(day, excluded.day)`,
		b.branch, b.epoch, b.branch, seq, dayNumber(first), dayNumber(last))
}

// epochMark stands between a visit's id and the number of its epoch, for days on
// which a store that lost its past gave the same numbers once more.
const epochMark = '~'

// aliases gives the ids of an epoch's visits in the tables.
func aliases(ctx context.Context, tx *sql.Tx, branch int64, epoch string) (func(*entry) (string, error), error) {
	rows, err := tx.QueryContext(ctx, "SELECT epoch, since, day FROM progress WHERE branch = ? ORDER BY no", branch)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var before [][2]string // the days of earlier epochs, as ids begin
	for rows.Next() {
		var name string
		var since, day int
		if err := rows.Scan(&name, &since, &day); err != nil {
			return nil, err
		}
		if name == epoch {
			break
		}
		before = append(before, [2]string{fmt.Sprint(since)[2:], fmt.Sprint(day)[2:]})
	}
	went := strings.Contains(epoch, wentBack)
	return func(e *entry) (string, error) {
		for _, days := range before {
			switch id := e.visit; {
			case len(id) <= 6 || days[0] > id[:6] || id[:6] > days[1]:
			case went && !e.first:
				return newestOf(ctx, tx, branch, id, len(before)+1)
			default:
				return marked(id, len(before)+1), nil
			}
		}
		return e.visit, nil
	}, rows.Err()
}

func marked(id string, epoch int) string { return fmt.Sprintf("%s%c%d", id, epochMark, epoch) }

// newestOf finds which visit of a number goes on in a store that went back: the one
// that came since, or else the one of before. Who waited then is not counted twice.
func newestOf(ctx context.Context, tx *sql.Tx, branch int64, id string, epoch int) (string, error) {
	for ; epoch > 1; epoch-- {
		var known bool
		err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM events INDEXED BY events_visit WHERE branch = ? AND visit = ?)",
			branch, marked(id, epoch)).Scan(&known)
		if known || err != nil {
			return marked(id, epoch), err
		}
	}
	return id, nil
}

// resume finds where to go on: behind what was read, or at the first day that the
// store still has. An archive fills what came before.
func (h *History) resume(ctx context.Context, store queue.Store, branch string, at queue.Position) (reading, error) {
	r, known, err := h.reading(ctx, branch, at.Epoch)
	if err != nil || known && r.seq <= at.Seq {
		return r, err
	}
	if known {
		return h.rewound(ctx, branch, r, at)
	}
	r = reading{epoch: at.Epoch, day: at.Day}
	for n := range oldest {
		day := at.Day.Add(-n)
		some, err := store.Events(ctx, branch, day, 0, 1)
		if err != nil {
			return r, err
		}
		if len(some) > 0 {
			r.day = day
		}
	}
	return r, nil
}

// oldest is how many days back the store is searched at the first reading.
const oldest = 62

// reading gives how far an epoch was read; false when nothing of it was.
func (h *History) reading(ctx context.Context, branch, epoch string) (reading, bool, error) {
	var r reading
	var day int
	err := h.db.QueryRowContext(ctx, `SELECT p.epoch, p.seq, p.day FROM progress p JOIN branches b ON b.no = p.branch
		WHERE b.id = ? AND (p.epoch = ? OR substr(p.epoch, 1, length(?) + 1) = ? || '/') ORDER BY p.no DESC`, branch, epoch, epoch, epoch).Scan(&r.epoch, &r.seq, &day)
	if errors.Is(err, sql.ErrNoRows) {
		return reading{epoch: epoch}, false, nil
	}
	r.day = dayOf(day)
	return r, err == nil, sqlite.Wrap("read the history", err)
}

// wentBack stands in an epoch's name before the moment at which the store went back.
const wentBack = "/"

// rewound goes on with a store that came back without its newest events, from an
// older copy: what follows is kept beside what was read, under a name of its own.
func (h *History) rewound(ctx context.Context, branch string, was reading, at queue.Position) (reading, error) {
	name := at.Epoch + wentBack + strconv.FormatInt(h.o.Clock.Now().UnixMilli(), 36)
	h.o.Log.Error("the store went back behind what the history has read; both are kept", "branch", branch, "read", was.seq, "store", at.Seq)
	err := h.write(ctx, "note where the store went back", func(tx *sql.Tx) error {
		b, err := h.batch(ctx, tx, branch, h.settings(branch), name)
		if err != nil {
			return err
		}
		return b.progress(at.Day, at.Day, at.Seq)
	})
	return reading{epoch: name, seq: at.Seq, day: at.Day}, err
}
