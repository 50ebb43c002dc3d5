package report

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// Reader reads the history's tables. It may be used by many at once, while the
// history is being written.
type Reader struct{ db *sql.DB }

// Options is what figures need beside the tables. Only Clock must be given.
type Options struct {
	// Settings gives a branch's settings, nil when it has none: names and limits.
	Settings func(branch string) *queue.Settings
	// Procedure names a procedure of the catalogue, "" when it is not there.
	Procedure func(code string) string
	// Dossiers gives what the one-stop software told, nil when it told nothing.
	Dossiers func(branch string, from, to queue.Day) *Dossiers
	// Clock ends what still lasts: a counter's state, today.
	Clock queue.Clock
	// Progress is told how many of the parts are read; from one goroutine at a time.
	Progress func(done, of int)
}

// ErrQuery is what is wrong with a query: a day that is none or of another century, a
// span that ends before it begins or is longer than MostDays, a figure nobody counts.
var ErrQuery = errors.New("the query cannot be answered")

// MostDays is the longest span of a report.
const MostDays = 20 * 366

// The ids of visits begin with a year of two digits: 1926 would be answered with 2026.
const firstDay, lastDay queue.Day = "2000-01-01", "2099-12-30"

// Open opens the history's file for reading. It must exist.
func Open(ctx context.Context, path string) (*Reader, error) {
	db, err := sqlite.Open(ctx, path, sqlite.Options{ReadOnly: true, Conns: readers()})
	if err != nil {
		return nil, err
	}
	return &Reader{db: db}, nil
}

// Close ends all readings.
func (r *Reader) Close() error { return r.db.Close() }

// readers is how many parts of a report are read at once: small boxes stay usable.
func readers() int { return min(max(runtime.GOMAXPROCS(0), 2), 4) }

// Check tells whether a query can be answered; the error is an ErrQuery.
func (q Query) Check() error {
	from, errFrom := queue.ParseDay(string(q.From))
	to, errTo := queue.ParseDay(string(q.To))
	switch {
	case errFrom != nil:
		return fmt.Errorf("%w: from: %w", ErrQuery, errFrom)
	case errTo != nil:
		return fmt.Errorf("%w: to: %w", ErrQuery, errTo)
	case to < from:
		return fmt.Errorf("%w: it ends before it begins", ErrQuery)
	case from < firstDay || to > lastDay:
		return fmt.Errorf("%w: it is not from %s to %s", ErrQuery, firstDay, lastDay)
	case from.Add(MostDays) <= to:
		return fmt.Errorf("%w: it is longer than %d days", ErrQuery, MostDays)
	}
	return nil
}

// branch is a branch as the history's tables know it.
type branch struct {
	no             int64
	id, name, kind string
}

// branches gives those a query is about, in the order of their ids.
func (r *Reader) branches(ctx context.Context, q Query) ([]branch, error) {
	rows, err := r.db.QueryContext(ctx, "SELECT no, id, name, kind FROM branches ORDER BY id")
	if err != nil {
		return nil, sqlite.Wrap("read branches", err)
	}
	defer rows.Close()
	wanted := map[string]bool{}
	for _, id := range q.Branches {
		wanted[id] = true
	}
	var list []branch
	for rows.Next() {
		var b branch
		if err := rows.Scan(&b.no, &b.id, &b.name, &b.kind); err != nil {
			return nil, sqlite.Wrap("read branches", err)
		}
		// What was practised counts only where it is asked for by name.
		if len(wanted) == 0 && !queue.IsTraining(b.id) || wanted[b.id] {
			list = append(list, b)
		}
	}
	return list, sqlite.Wrap("read branches", rows.Err())
}

// settings gives a branch's settings, never nil.
func (o Options) settings(branch string) *queue.Settings {
	if o.Settings != nil {
		if set := o.Settings(branch); set != nil {
			return set
		}
	}
	return &queue.Settings{ID: branch}
}
