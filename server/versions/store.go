package versions

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"motcua/server/audit"
	"motcua/server/queue"
	"motcua/server/sqlite"
)

// File is the database's name within the data directory.
const File = "settings.db"

// Most is how many versions of a branch are kept; the oldest go first.
const Most = 500

// ErrUnknown is for a version that is not kept.
var ErrUnknown = errors.New("this version of the settings is not kept")

var steps = []string{`
CREATE TABLE versions(
	branch TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL,
	changes TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (branch, version)) STRICT, WITHOUT ROWID;`}

// Version is one version as a list shows it.
type Version struct {
	Version int            `json:"version"`
	At      int64          `json:"at"`  // when it was saved, in ms since 1970
	Who     string         `json:"who"` // empty when it was in force before versions were kept
	Changes []audit.Change `json:"changes"`
}

// Store is the book of versions.
type Store struct {
	db    *sql.DB // one connection: writers queue
	clock queue.Clock

	mu      sync.Mutex
	pending map[string]map[int]saver // by branch and version: changed, not yet kept
	bell    chan struct{}
}

// saver is who saved a version, and when.
type saver struct {
	at  int64
	who string
}

// Open opens the book at path, creating it when absent.
func Open(ctx context.Context, path string, clock queue.Clock) (*Store, error) {
	db, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		return nil, err
	}
	if err := sqlite.Migrate(ctx, db, steps); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &Store{db: db, clock: clock, pending: map[string]map[int]saver{}, bell: make(chan struct{}, 1)}, nil
}

// Look opens the book at path to read alone, beside a running server.
func Look(ctx context.Context, path string) (*Store, error) {
	db, err := sqlite.Open(ctx, path, sqlite.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	return &Store{db: db}, nil
}

// Close closes the book.
func (s *Store) Close() error { return s.db.Close() }

// Keep takes a version in. What is kept already stays as it is, unless the version's
// number now belongs to another document: then the store was set back, and the
// present document counts. at is ms since 1970; 0 for now.
func (s *Store) Keep(ctx context.Context, branch string, version int, document []byte, who string, at int64) error {
	if at == 0 {
		at = s.clock.Now().UnixMilli()
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return sqlite.Wrap("keep a version", err)
	}
	defer tx.Rollback()
	var before string
	err = tx.QueryRowContext(ctx, "SELECT document FROM versions WHERE branch = ? AND version < ? ORDER BY version DESC LIMIT 1", branch, version).Scan(&before)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return sqlite.Wrap("keep a version", err)
	}
	changes, err := changed([]byte(before), document)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT(branch, version) DO UPDATE
		SET at = excluded.at, who = excluded.who, changes = excluded.changes, document = excluded.document WHERE document <> excluded.document`,
		branch, version, at, who, string(changes), string(document))
	if err == nil {
		_, err = tx.ExecContext(ctx, `DELETE FROM versions WHERE branch = ?1 AND version NOT IN
			(SELECT version FROM versions WHERE branch = ?1 ORDER BY version DESC LIMIT ?2)`, branch, Most)
	}
	if err != nil {
		return sqlite.Wrap("keep a version", err)
	}
	return sqlite.Wrap("keep a version", tx.Commit())
}

// changed is what a document changed, as JSON; nothing for the first one.
func changed(before, after []byte) ([]byte, error) {
	if len(before) == 0 {
		return []byte("[]"), nil
	}
	list, err := Changes(before, after)
	if err != nil {
		return nil, err
	}
	return json.Marshal(list)
}

// Changes lists what differs between two documents, but for their version.
func Changes(before, after []byte) ([]audit.Change, error) {
	var a, b map[string]any
	if err := errors.Join(json.Unmarshal(before, &a), json.Unmarshal(after, &b)); err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	delete(a, "version")
	delete(b, "version")
	list, err := audit.Diff(a, b)
	if list == nil {
		list = []audit.Change{}
	}
	return list, err
}

// List gives the versions of a branch below a number, the newest first, and whether
// there are more. before 0 begins with the newest; limit is at least 1.
func (s *Store) List(ctx context.Context, branch string, before, limit int) ([]Version, bool, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT version, at, who, changes FROM versions WHERE branch = ? AND (? = 0 OR version < ?) ORDER BY version DESC LIMIT ?",
		branch, before, before, limit+1)
	if err != nil {
		return nil, false, sqlite.Wrap("list versions", err)
	}
	defer rows.Close()
	list := []Version{}
	for rows.Next() {
		var v Version
		var changes string
		if err := rows.Scan(&v.Version, &v.At, &v.Who, &changes); err != nil {
			return nil, false, sqlite.Wrap("list versions", err)
		}
		if err := json.Unmarshal([]byte(changes), &v.Changes); err != nil {
			return nil, false, fmt.Errorf("changes of version %d of %s: %w", v.Version, branch, err)
		}
		list = append(list, v)
	}
	if err := rows.Err(); err != nil {
		return nil, false, sqlite.Wrap("list versions", err)
	}
	if len(list) > limit {
		return list[:limit], true, nil
	}
	return list, false, nil
}

// Get gives a version and its document. ErrUnknown when it is not kept.
func (s *Store) Get(ctx context.Context, branch string, version int) (Version, []byte, error) {
	v := Version{Version: version}
	var changes, document string
	err := s.db.QueryRowContext(ctx, "SELECT at, who, changes, document FROM versions WHERE branch = ? AND version = ?", branch, version).
		Scan(&v.At, &v.Who, &changes, &document)
	if errors.Is(err, sql.ErrNoRows) {
		return v, nil, ErrUnknown
	}
	if err != nil {
		return v, nil, sqlite.Wrap("read a version", err)
	}
	return v, []byte(document), json.Unmarshal([]byte(changes), &v.Changes)
}

// Branches gives the branches that have versions, in order, each with its newest.
func (s *Store) Branches(ctx context.Context) ([]string, []int, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT branch, max(version) FROM versions GROUP BY branch ORDER BY branch")
	if err != nil {
		return nil, nil, sqlite.Wrap("list branches", err)
	}
	defer rows.Close()
	var branches []string
	var newest []int
	for rows.Next() {
		var branch string
		var n int
		if err := rows.Scan(&branch, &n); err != nil {
			return nil, nil, sqlite.Wrap("list branches", err)
		}
		branches, newest = append(branches, branch), append(newest, n)
	}
	return branches, newest, sqlite.Wrap("list branches", rows.Err())
}
