package history

import (
	"context"
	"database/sql"
	_ "embed" // the schema
	"errors"
	"log/slog"
	"sync"
	"time"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// File is the database's name within the data directory.
const File = "history.db"

//go:embed schema.sql
var schema string

// Options of a history.
type Options struct {
	Path  string
	Clock queue.Clock  // the machine's when nil
	Log   *slog.Logger // nobody's when nil
	// Settings gives the settings in force of a branch: what an event does not tell
	// (who sat at the counter, what was promised) is taken from them when it is read.
	Settings func(branch string) (*queue.Settings, bool)
	// Told, if set, gives the wait that was told to a new visit, which has just joined
	// this line.
	Told func(set *queue.Settings, v *queue.Visit, line *queue.Line) (low, high time.Duration, ok bool)
	// Archive is the folder of archived days, DATA/archive; empty for none.
	Archive string
}

// History keeps what happened. One of a process writes; anybody may read the
// file beside it.
type History struct {
	o     Options
	db    *sql.DB // one connection: writers queue
	read  *sql.DB
	bells chan struct{}

	turn  chan struct{}     // one reading of the streams at a time
	lines map[string]*lines // by branch; of the turn

	mu    sync.Mutex
	store queue.Store

	behind sync.Map           // branch: events not read yet, int64
	looked bool               // archives were taken in; of Follow
	purged queue.Day          // when old rows were taken away last
	cut    func(string) error // where a test breaks a transaction; nil elsewhere
}

// Open opens the history at o.Path, creating it when absent.
func Open(ctx context.Context, o Options) (*History, error) {
	if o.Clock == nil {
		o.Clock = queue.SystemClock
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Settings == nil {
		o.Settings = func(string) (*queue.Settings, bool) { return nil, false }
	}
	db, err := sqlite.Open(ctx, o.Path, sqlite.Options{})
	if err != nil {
		return nil, err
	}
	if err := sqlite.Migrate(ctx, db, []string{schema}); err != nil {
		db.Close()
		return nil, err
	}
	read, err := sqlite.Open(ctx, o.Path, sqlite.Options{ReadOnly: true, Conns: 2})
	if err != nil {
		db.Close()
		return nil, err
	}
	h := &History{o: o, db: db, read: read, bells: make(chan struct{}, 1), turn: make(chan struct{}, 1), lines: map[string]*lines{}}
	if err := h.pragmas(ctx, usualCache); err != nil {
		return nil, errors.Join(err, h.Close())
	}
	return h, nil
}

// usualCache keeps the upper pages of trees with years of rows in memory: 32 MiB.
const usualCache = "cache_size = -32768"

// pragmas sets something of the writing connection, of which there is one.
func (h *History) pragmas(ctx context.Context, list ...string) error {
	for _, p := range list {
		if _, err := h.db.ExecContext(ctx, "PRAGMA "+p); err != nil {
			return sqlite.Wrap("set up the history", err)
		}
	}
	return nil
}

// Close closes the database.
func (h *History) Close() error { return errors.Join(h.read.Close(), h.db.Close()) }

// number gives a branch's number, making its row when it is new; its name is
// kept as it is now.
func number(ctx context.Context, tx *sql.Tx, id string, set *queue.Settings) (int64, error) {
	name := ""
	if set != nil {
		name = set.Name.VI
	}
	var no int64
	err := tx.QueryRowContext(ctx, `INSERT INTO branches(id, name) VALUES(?, ?)
		ON CONFLICT(id) DO UPDATE SET name = CASE WHEN excluded.name = '' THEN name ELSE excluded.name END RETURNING no`, id, name).Scan(&no)
	return no, err
}

// SetKind says what kind of hall a branch is, for the comparison among equals:
// department, district, commune or "".
func (h *History) SetKind(ctx context.Context, branch, kind string) error {
	return h.write(ctx, "keep the kind of a branch", func(tx *sql.Tx) error {
		no, err := number(ctx, tx, branch, h.settings(branch))
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE branches SET kind = ? WHERE no = ?", kind, no)
		return err
	})
}

func (h *History) settings(branch string) *queue.Settings {
	set, _ := h.o.Settings(branch)
	return set
}

// write runs fn in one transaction.
func (h *History) write(ctx context.Context, what string, fn func(*sql.Tx) error) error {
	tx, err := h.db.BeginTx(ctx, nil)
	if err != nil {
		return sqlite.Wrap(what, err)
	}
	defer tx.Rollback()
	if err := fn(tx); err != nil {
		return sqlite.Wrap(what, err)
	}
	if err := h.breaks("commit"); err != nil {
		return err
	}
	return sqlite.Wrap(what, tx.Commit())
}

// breaks is where a test ends a transaction in its middle.
func (h *History) breaks(at string) error {
	if h.cut == nil {
		return nil
	}
	return h.cut(at)
}

// dayNumber writes a day as a number: 20261122.
func dayNumber(d queue.Day) int {
	n := 0
	for _, c := range d {
		if c >= '0' && c <= '9' {
			n = n*10 + int(c-'0')
		}
	}
	return n
}
