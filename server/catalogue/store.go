package catalogue

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// Errors of a store.
var (
	ErrUnknown = errors.New("there is no procedure of this code")
	ErrNoUndo  = errors.New("there is no import to undo")
)

// A record stands once for every version that changed it; what holds now is the
// one of the highest version. Undoing a version deletes its records. The edition
// grows with everything, an undo too: who has read edition n has nothing to read
// while it is n.
var schema = []string{`
CREATE TABLE versions(
	id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, file TEXT NOT NULL, decision TEXT NOT NULL, effective TEXT NOT NULL,
	complete INTEGER NOT NULL, added INTEGER NOT NULL, changed INTEGER NOT NULL, unchanged INTEGER NOT NULL,
	withdrawn INTEGER NOT NULL, warnings INTEGER NOT NULL, undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE records(
	code TEXT NOT NULL, version INTEGER NOT NULL REFERENCES versions(id), kind TEXT NOT NULL, parts TEXT NOT NULL,
	withdrawn INTEGER NOT NULL, name TEXT NOT NULL, as_of TEXT NOT NULL, content TEXT NOT NULL, raw TEXT NOT NULL,
	PRIMARY KEY(code, version)
) STRICT;
CREATE INDEX records_by_version ON records(version);
CREATE TABLE edition(n INTEGER NOT NULL) STRICT;
INSERT INTO edition VALUES(0);
`, ownSchema}

// Store keeps the catalogue's versions in a database. Several processes may have
// it open: an import runs beside the server, which watches Version.
type Store struct{ db *sql.DB }

// Open opens the catalogue at path, creating it when absent.
func Open(ctx context.Context, path string) (*Store, error) {
	db, err := sqlite.Open(ctx, path, sqlite.Options{Conns: 2, BusyTimeout: 30 * time.Second})
	if err != nil {
		return nil, err
	}
	if err := sqlite.Migrate(ctx, db, schema); err != nil {
		db.Close()
		return nil, err
	}
	return &Store{db}, nil
}

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

// Version is the edition of the catalogue: a number that grows with every
// import applied or undone, by whatever process. Asking is cheap.
func (s *Store) Version(ctx context.Context) (int64, error) {
	var n int64
	err := s.db.QueryRowContext(ctx, "SELECT n FROM edition").Scan(&n)
	return n, sqlite.Wrap("read the edition", err)
}

// All gives the procedures that are shown, by code. Those withdrawn are left out.
func (s *Store) All(ctx context.Context) ([]Procedure, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT content FROM records r WHERE withdrawn = 0
		AND version = (SELECT max(version) FROM records WHERE code = r.code) ORDER BY code`)
	if err != nil {
		return nil, sqlite.Wrap("read the catalogue", err)
	}
	defer rows.Close()
	var all []Procedure
	for rows.Next() {
		var content []byte
		if err := rows.Scan(&content); err != nil {
			return nil, sqlite.Wrap("read the catalogue", err)
		}
		var p Procedure
		if err := json.Unmarshal(content, &p); err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, sqlite.Wrap("read the catalogue", rows.Err())
}

// Get gives one procedure, also a withdrawn one, which says so.
func (s *Store) Get(ctx context.Context, code string) (Procedure, error) {
	var p Procedure
	now, err := current(ctx, s.db, code)
	if err == nil && now.content == nil {
		err = ErrUnknown
	}
	if err != nil {
		return p, err
	}
	if err := json.Unmarshal(now.content, &p); err != nil {
		return p, err
	}
	p.Withdrawn = now.withdrawn
	return p, nil
}

// Raw gives the record as its file had it.
func (s *Store) Raw(ctx context.Context, code string) (string, error) {
	var raw string
	err := s.db.QueryRowContext(ctx, "SELECT raw FROM records WHERE code = ? ORDER BY version DESC LIMIT 1", code).Scan(&raw)
	if errors.Is(err, sql.ErrNoRows) {
		return "", ErrUnknown
	}
	return raw, sqlite.Wrap("read a record", err)
}

// held is what the catalogue holds of a code; content is nil when nothing.
type held struct {
	content   []byte
	withdrawn bool
}

type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func current(ctx context.Context, q querier, code string) (held, error) {
	var h held
	err := q.QueryRowContext(ctx, "SELECT content, withdrawn FROM records WHERE code = ? ORDER BY version DESC LIMIT 1", code).
		Scan(&h.content, &h.withdrawn)
	if errors.Is(err, sql.ErrNoRows) {
		return held{}, nil
	}
	return h, sqlite.Wrap("read a record", err)
}

// VersionInfo is one import that was applied.
type VersionInfo struct {
	ID        int64     `json:"id"`
	At        time.Time `json:"at"`
	File      string    `json:"file"`
	Decision  string    `json:"decision,omitempty"`
	Effective queue.Day `json:"effective,omitempty"`
	Complete  bool      `json:"complete,omitempty"`
	Added     int       `json:"added"`
	Changed   int       `json:"changed"`
	Unchanged int       `json:"unchanged"`
	Withdrawn int       `json:"withdrawn"`
	Warnings  int       `json:"warnings"`
	Undone    bool      `json:"undone,omitempty"`
}

// Versions lists the imports, the last first, those undone too.
func (s *Store) Versions(ctx context.Context) ([]VersionInfo, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, at, file, decision, effective, complete, added, changed, unchanged,
		withdrawn, warnings, undone FROM versions ORDER BY id DESC`)
	if err != nil {
		return nil, sqlite.Wrap("read the versions", err)
	}
	defer rows.Close()
	var list []VersionInfo
	for rows.Next() {
		var v VersionInfo
		var at int64
		if err := rows.Scan(&v.ID, &at, &v.File, &v.Decision, &v.Effective, &v.Complete, &v.Added, &v.Changed, &v.Unchanged,
			&v.Withdrawn, &v.Warnings, &v.Undone); err != nil {
			return nil, sqlite.Wrap("read the versions", err)
		}
		v.At = time.UnixMilli(at)
		list = append(list, v)
	}
	return list, sqlite.Wrap("read the versions", rows.Err())
}

// Undo takes the last import back: the catalogue is then what it was before it.
// The import stays in the list, marked as undone.
func (s *Store) Undo(ctx context.Context) (VersionInfo, error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return VersionInfo{}, sqlite.Wrap("undo", err)
	}
	defer tx.Rollback()
	var v VersionInfo
	err = tx.QueryRowContext(ctx, "SELECT id, file FROM versions WHERE undone = 0 ORDER BY id DESC LIMIT 1").Scan(&v.ID, &v.File)
	if errors.Is(err, sql.ErrNoRows) {
		return v, ErrNoUndo
	}
	if err != nil {
		return v, sqlite.Wrap("undo", err)
	}
	for _, statement := range []string{
		fmt.Sprintf("DELETE FROM records WHERE version = %d", v.ID),
		fmt.Sprintf("UPDATE versions SET undone = 1 WHERE id = %d", v.ID),
		"UPDATE edition SET n = n + 1",
	} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return v, sqlite.Wrap("undo", err)
		}
	}
	v.Undone = true
	return v, sqlite.Wrap("undo", tx.Commit())
}

// The kinds of a Change.
const (
	Added     = "added"
	Changed   = "changed"
	Withdrawn = "withdrawn"
)

// Change is what an import did to a procedure.
type Change struct {
	Version  int64     `json:"version"`
	At       time.Time `json:"at"`
	Decision string    `json:"decision,omitempty"` // of the import
	// Effective is when it came into force, as the import or else the record says.
	Effective queue.Day `json:"effective,omitempty"`
	Code      string    `json:"code"`
	Name      string    `json:"name"`
	Kind      string    `json:"kind"`
	// Parts that changed, by their JSON names; "withdrawn" when it is shown again.
	Parts []string `json:"parts,omitempty"`
}

// Changes lists what imports after version since did, the last first, at most limit.
func (s *Store) Changes(ctx context.Context, since int64, limit int) ([]Change, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT r.version, v.at, v.decision, r.code, r.name, r.kind, r.parts
		FROM records r JOIN versions v ON v.id = r.version WHERE r.version > ? ORDER BY r.version DESC, r.code LIMIT ?`, since, limit)
	if err != nil {
		return nil, sqlite.Wrap("read the changes", err)
	}
	defer rows.Close()
	var list []Change
	for rows.Next() {
		var c Change
		var at int64
		var parts []byte
		if err := rows.Scan(&c.Version, &at, &c.Decision, &c.Code, &c.Name, &c.Kind, &parts); err != nil {
			return nil, sqlite.Wrap("read the changes", err)
		}
		if err := json.Unmarshal(parts, &c.Parts); err != nil {
			return nil, err
		}
		c.At = time.UnixMilli(at)
		list = append(list, c)
	}
	return list, sqlite.Wrap("read the changes", rows.Err())
}

// Old is a procedure whose source was read long ago.
type Old struct {
	Code string `json:"code"`
	Name string `json:"name"`
	// AsOf is when its source was read: a month or a day, or the day of the import
	// when the source does not say.
	AsOf string `json:"as_of"`
}

// Stale lists the shown procedures read before a day, the oldest first. A month
// counts as its last day.
func (s *Store) Stale(ctx context.Context, before queue.Day) ([]Old, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT r.code, r.name, r.as_of, v.at FROM records r JOIN versions v ON v.id = r.version
		WHERE r.withdrawn = 0 AND r.version = (SELECT max(version) FROM records WHERE code = r.code) ORDER BY r.code`)
	if err != nil {
		return nil, sqlite.Wrap("read the catalogue", err)
	}
	defer rows.Close()
	var list []Old
	for rows.Next() {
		var o Old
		var at int64
		if err := rows.Scan(&o.Code, &o.Name, &o.AsOf, &at); err != nil {
			return nil, sqlite.Wrap("read the catalogue", err)
		}
		day, ok := asOfDay(o.AsOf)
		if !ok {
			day = queue.DayOf(time.UnixMilli(at))
			o.AsOf = string(day)
		}
		if day < before {
			list = append(list, o)
		}
	}
	slices.SortStableFunc(list, func(a, b Old) int { return strings.Compare(a.AsOf, b.AsOf) })
	return list, sqlite.Wrap("read the catalogue", rows.Err())
}

func asOfDay(s string) (queue.Day, bool) {
	if m, err := time.Parse("2006-01", s); err == nil {
		return queue.Day(m.AddDate(0, 1, -1).Format(time.DateOnly)), true
	}
	if d := readDay(s); d != "" {
		return d, true
	}
	return "", false
}
