package dossier

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"time"

	"motcua/server/sqlite"
)

// File is the database's name within the data directory.
const File = "dossiers.db"

// A dossier stands once, as it was told last. Times are milliseconds; days and
// moments told by the software stay as precise as they came, as text. An import's
// digest tells a file that comes again.
var schema = []string{`
CREATE TABLE dossiers(
	code TEXT PRIMARY KEY, branch TEXT NOT NULL, procedure TEXT NOT NULL, stage TEXT NOT NULL,
	received TEXT NOT NULL, due TEXT NOT NULL, reappointed TEXT NOT NULL, stages TEXT NOT NULL,
	collect TEXT NOT NULL, note TEXT NOT NULL, digits TEXT NOT NULL,
	updated INTEGER NOT NULL, seen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX dossiers_by_branch ON dossiers(branch, stage);
CREATE TABLE imports(
	id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, source TEXT NOT NULL, file TEXT NOT NULL, branch TEXT NOT NULL,
	digest TEXT NOT NULL, accepted INTEGER NOT NULL, unchanged INTEGER NOT NULL, bad INTEGER NOT NULL, report TEXT NOT NULL
) STRICT;
CREATE INDEX imports_by_digest ON imports(digest);
CREATE TABLE fresh(branch TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`}

// Store keeps dossiers in a database. Several processes may have it open: an
// import by command runs beside the server.
type Store struct {
	db  *sql.DB
	key []byte
}

// Open opens the dossiers of a data directory, and makes the key of the digits the
// first time. With a new key older hashes fit nothing any more: they are dropped,
// and so is the memory of files read, so that the same file gives them again.
func Open(ctx context.Context, dir string, rand io.Reader) (*Store, error) {
	db, err := sqlite.Open(ctx, filepath.Join(dir, File), sqlite.Options{Conns: 2, BusyTimeout: 30 * time.Second})
	if err != nil {
		return nil, err
	}
	s := &Store{db: db}
	if err := s.prepare(ctx, dir, rand); err != nil {
		db.Close()
		return nil, err
	}
	return s, nil
}

func (s *Store) prepare(ctx context.Context, dir string, rand io.Reader) error {
	if err := sqlite.Migrate(ctx, s.db, schema); err != nil {
		return err
	}
	key, made, err := openKey(dir, rand)
	if err != nil {
		return err
	}
	s.key = key
	if made {
		_, err = s.db.ExecContext(ctx, "UPDATE dossiers SET digits = ''; UPDATE imports SET digest = ''")
	}
	return sqlite.Wrap("drop old hashes", err)
}

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

const fields = "code, branch, procedure, stage, received, due, reappointed, stages, collect, note, digits, updated"

type scanner interface{ Scan(into ...any) error }

func scan(row scanner) (*Dossier, error) {
	d := Dossier{At: map[Stage]When{}}
	var stages []byte
	var updated int64
	err := row.Scan(&d.Code, &d.Branch, &d.Procedure, &d.Stage, &d.Received, &d.Due, &d.Reappointed, &stages, &d.Collect,
		&d.Note, &d.digits, &updated)
	if err != nil {
		return nil, err
	}
	d.Updated = time.UnixMilli(updated)
	return &d, json.Unmarshal(stages, &d.At)
}

type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func get(ctx context.Context, q querier, code string) (*Dossier, error) {
	d, err := scan(q.QueryRowContext(ctx, "SELECT "+fields+" FROM dossiers WHERE code = ?", code))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return d, sqlite.Wrap("read a dossier", err)
}

// Get gives the dossier of a code as people type it; nil when there is none.
func (s *Store) Get(ctx context.Context, typed string) (*Dossier, error) {
	code, ok := ParseCode(typed)
	if !ok {
		return nil, nil
	}
	return get(ctx, s.db, code)
}

// Judge says whether the promise given for a dossier was kept, for reports.
func (s *Store) Judge(ctx context.Context, code string, now time.Time) (Verdict, error) {
	d, err := s.Get(ctx, code)
	if err != nil || d == nil {
		return Unknown, err
	}
	return d.Judge(now), nil
}

// Empty tells whether nothing was ever imported.
func (s *Store) Empty(ctx context.Context) (bool, error) {
	var n int
	err := s.db.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM dossiers) + (SELECT count(*) FROM imports)").Scan(&n)
	return n == 0, sqlite.Wrap("count", err)
}

// Fresh is when the branch's dossiers were last told; zero when never.
func (s *Store) Fresh(ctx context.Context, branch string) (time.Time, error) {
	var at int64
	err := s.db.QueryRowContext(ctx, "SELECT at FROM fresh WHERE branch = ?", branch).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	return time.UnixMilli(at), sqlite.Wrap("read the last import", err)
}

// write puts a dossier as it is now.
func write(ctx context.Context, tx *sql.Tx, d *Dossier, now time.Time) error {
	stages, err := json.Marshal(d.At)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO dossiers("+fields+", seen) VALUES(?"+strings.Repeat(", ?", 12)+")",
		d.Code, d.Branch, d.Procedure, d.Stage, d.Received, d.Due, d.Reappointed, string(stages), d.Collect, d.Note, d.digits,
		d.Updated.UnixMilli(), now.UnixMilli())
	return sqlite.Wrap("write a dossier", err)
}
