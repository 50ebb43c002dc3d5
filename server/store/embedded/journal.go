package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"

	"motcua/server/sqlite"
	"motcua/server/store"
)

// keptSnapshots is how many snapshots stay in the file. Only the newest is
// read; the others are for people after a disaster.
const keptSnapshots = 3

// schema steps, never changed once released.
var schema = []string{`
CREATE TABLE script(sha TEXT PRIMARY KEY, name TEXT NOT NULL, source BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE journal(seq INTEGER PRIMARY KEY, sha TEXT NOT NULL, body BLOB NOT NULL, sum INTEGER NOT NULL) STRICT;
CREATE TABLE snapshot(seq INTEGER PRIMARY KEY, body BLOB NOT NULL, sum INTEGER NOT NULL) STRICT;
CREATE TABLE probe(n INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
`}

// journal is the file: calls and snapshots, and nothing that decides anything.
type journal struct {
	db      *sql.DB
	insert  *sql.Stmt
	scripts map[string]*store.Script // journalled sources by SHA
	last    int64                    // the last record's seq
	// fault is nil outside of tests: it makes a commit fail as a disk would.
	fault func(op string) error
}

// journalSync makes every commit survive a power cut; only a planted bug asks for less.
var journalSync = sqlite.SyncFull

func dbPath(dir string) string { return filepath.Join(dir, "queue.db") }

// openJournal opens and checks the file; whatever is wrong with it is said
// here, before anything is served from it.
func openJournal(ctx context.Context, dir string) (*journal, error) {
	path := dbPath(dir)
	if err := sqlite.CheckLog(path); err != nil {
		return nil, fmt.Errorf("%s-wal: %w", path, err)
	}
	db, err := sqlite.Open(ctx, path, sqlite.Options{ManualCheckpoint: true, Sync: journalSync})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	j := &journal{db: db, scripts: map[string]*store.Script{}}
	if err := j.prepare(ctx); err != nil {
		db.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return j, nil
}

func (j *journal) prepare(ctx context.Context) error {
	if err := sqlite.Check(ctx, j.db); err != nil {
		return err
	}
	if err := sqlite.Migrate(ctx, j.db, schema); err != nil {
		return err
	}
	if err := j.emptyLog(ctx); err != nil {
		return err
	}
	if err := j.loadScripts(ctx); err != nil {
		return err
	}
	var err error
	j.insert, err = j.db.PrepareContext(ctx, "INSERT INTO journal(seq, sha, body, sum) VALUES(?, ?, ?, ?)")
	return sqlite.Wrap("prepare", err)
}

// emptyLog begins a new log, so that what a power cut tore in the old one can
// never stand behind new transactions, where CheckLog would take it for theirs.
func (j *journal) emptyLog(ctx context.Context) error {
	err := sqlite.Checkpoint(ctx, j.db, true)
	if k := sqlite.KindOf(err); k == sqlite.Full || k == sqlite.Busy {
		return nil // no space, or a backup reads: the old log goes on
	}
	return err
}

func (j *journal) loadScripts(ctx context.Context) error {
	rows, err := j.db.QueryContext(ctx, "SELECT sha, name, source FROM script")
	if err != nil {
		return sqlite.Wrap("read scripts", err)
	}
	defer rows.Close()
	for rows.Next() {
		var sha, name string
		var source []byte
		if err := rows.Scan(&sha, &name, &source); err != nil {
			return sqlite.Wrap("read scripts", err)
		}
		s := store.NewScript(name, string(source))
		if s.SHA != sha {
			return fmt.Errorf("script %s (%s) is damaged: its text has another digest", sha, name)
		}
		j.scripts[sha] = s
	}
	return sqlite.Wrap("read scripts", rows.Err())
}

// append writes the calls with new numbers, in one transaction that is on the
// disk when append returns. After an error of kind Full nothing is written;
// after another kind nobody knows.
func (j *journal) append(calls []*call) error {
	tx, err := j.begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	fresh, err := j.appendScripts(tx, calls)
	if err != nil {
		return err
	}
	insert := tx.Stmt(j.insert)
	seq := j.last
	for _, c := range calls {
		seq++
		c.seq = seq
		body := c.body()
		if _, err := insert.Exec(seq, c.sha, body, sum(seq, c.sha, body)); err != nil {
			return sqlite.Wrap("journal", err)
		}
	}
	if err := j.commit(tx, "journal"); err != nil {
		return err
	}
	j.last = seq
	for _, s := range fresh {
		j.scripts[s.SHA] = s
	}
	return nil
}

// appendScripts writes the source of every script used for the first time, so
// that an old call is always replayed with the rules it was decided by.
func (j *journal) appendScripts(tx *sql.Tx, calls []*call) ([]*store.Script, error) {
	var fresh []*store.Script
	seen := map[string]bool{}
	for _, c := range calls {
		if j.scripts[c.sha] != nil || seen[c.sha] {
			continue
		}
		seen[c.sha] = true
		fresh = append(fresh, c.script)
		_, err := tx.Exec("INSERT INTO script(sha, name, source) VALUES(?, ?, ?)", c.sha, c.script.Name, []byte(c.script.Source))
		if err != nil {
			return nil, sqlite.Wrap("journal a script", err)
		}
	}
	return fresh, nil
}

// void takes a record out of every later replay; its number stays used.
func (j *journal) void(seq int64) error {
	tx, err := j.begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec("UPDATE journal SET sha = '', body = x'', sum = ? WHERE seq = ?", sum(seq, "", nil), seq); err != nil {
		return sqlite.Wrap("void a record", err)
	}
	return j.commit(tx, "void a record")
}

// saveSnapshot keeps a snapshot and drops the records it covers, at once.
func (j *journal) saveSnapshot(seq int64, body []byte) error {
	tx, err := j.begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	steps := []struct {
		sql  string
		args []any
	}{
		{"INSERT OR REPLACE INTO snapshot(seq, body, sum) VALUES(?, ?, ?)", []any{seq, body, sum(seq, "snapshot", body)}},
		{"DELETE FROM snapshot WHERE seq NOT IN (SELECT seq FROM snapshot ORDER BY seq DESC LIMIT ?)", []any{keptSnapshots}},
		{"DELETE FROM journal WHERE seq <= ?", []any{seq}},
	}
	for _, s := range steps {
		if _, err := tx.Exec(s.sql, s.args...); err != nil {
			return sqlite.Wrap("snapshot", err)
		}
	}
	return j.commit(tx, "snapshot")
}

// probe writes as much as a busy moment does, to see whether there is space.
func (j *journal) probe() error {
	tx, err := j.begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec("INSERT OR REPLACE INTO probe(n, body) VALUES(1, randomblob(65536))"); err != nil {
		return sqlite.Wrap("probe", err)
	}
	return j.commit(tx, "probe")
}

func (j *journal) begin() (*sql.Tx, error) {
	tx, err := j.db.Begin()
	return tx, sqlite.Wrap("begin", err)
}

func (j *journal) commit(tx *sql.Tx, op string) error {
	if j.fault != nil {
		if err := j.fault(op); err != nil {
			return err
		}
	}
	return sqlite.Wrap(op, tx.Commit())
}

func (j *journal) checkpoint() error {
	return sqlite.Checkpoint(context.Background(), j.db, false)
}

// newest gives the newest snapshot; seq 0 and no body when there is none.
func (j *journal) newest(ctx context.Context) (seq int64, body []byte, err error) {
	var want int64
	row := j.db.QueryRowContext(ctx, "SELECT seq, body, sum FROM snapshot ORDER BY seq DESC LIMIT 1")
	err = row.Scan(&seq, &body, &want)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil, nil
	}
	if err != nil {
		return 0, nil, sqlite.Wrap("read snapshot", err)
	}
	if sum(seq, "snapshot", body) != want {
		return 0, nil, fmt.Errorf("snapshot %d is damaged: its checksum does not match", seq)
	}
	return seq, body, nil
}

// each gives the records behind a snapshot up to a last one, in order and
// without a gap. A damaged or missing record ends it with an error that names
// the record. The one connection is in use until each returns.
func (j *journal) each(ctx context.Context, after, upTo int64, do func(*record) error) error {
	rows, err := j.db.QueryContext(ctx,
		"SELECT seq, sha, body, sum FROM journal WHERE seq > ? AND seq <= ? ORDER BY seq", after, upTo)
	if err != nil {
		return sqlite.Wrap("read journal", err)
	}
	defer rows.Close()
	last := after
	for rows.Next() {
		var r record
		var body []byte
		var want int64
		if err := rows.Scan(&r.seq, &r.sha, &body, &want); err != nil {
			return sqlite.Wrap(fmt.Sprintf("read journal behind record %d", last), err)
		}
		if last++; r.seq != last {
			return fmt.Errorf("journal record %d is missing (the next one is %d)", last, r.seq)
		}
		if sum(r.seq, r.sha, body) != want {
			return fmt.Errorf("journal record %d is damaged: its checksum does not match", r.seq)
		}
		if r.sha != "" {
			if err := r.parseBody(body); err != nil {
				return fmt.Errorf("journal record %d is damaged: it %w", r.seq, err)
			}
		}
		if err := do(&r); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return sqlite.Wrap(fmt.Sprintf("read journal behind record %d", last), err)
	}
	return nil
}

func (j *journal) close() error {
	j.insert.Close()
	return sqlite.Wrap("close", j.db.Close())
}
