// Package sqlite is the one home of the SQLite library: every database of this
// server is opened, migrated, checked and copied here, and its errors are
// sorted here into the few kinds the rest of the server acts on.
//
// While a database is open, no other code of the same process may open and
// close its file by name: on Unix that silently drops the locks SQLite holds.
package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver named "sqlite"
)

// Sync says how much a commit waits for.
type Sync string

// SyncFull makes a commit survive a power cut; SyncNormal only a killed process.
const (
	SyncFull   Sync = "FULL"
	SyncNormal Sync = "NORMAL"
)

// Options for Open. The zero value is the safe one.
type Options struct {
	ReadOnly bool // never creates or changes the database
	Sync     Sync // default SyncFull
	// BusyTimeout is how long a statement waits for another process; default 5 s.
	BusyTimeout time.Duration
	// Conns is the number of connections; default 1, so that writers queue in
	// this process instead of failing against each other.
	Conns int
	// ManualCheckpoint leaves moving the log into the database to Checkpoint.
	// SQLite's own checkpoint hides its errors, a failed fsync among them.
	ManualCheckpoint bool
}

// Open opens the database at path in WAL mode, creating it when absent (mode
// 0600). Its first statement has run when Open returns, so an unusable file is
// an error here and not later.
func Open(ctx context.Context, path string, o Options) (*sql.DB, error) {
	if !o.ReadOnly {
		if err := create(path); err != nil {
			return nil, wrap("create", err)
		}
	}
	db, err := sql.Open("sqlite", dsn(path, o))
	if err != nil {
		return nil, wrap("open", err)
	}
	conns := max(o.Conns, 1)
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	var n int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&n); err != nil {
		db.Close()
		return nil, wrap("open", err)
	}
	return db, nil
}

// create makes the file private to this user and its name durable: SQLite
// would give it the umask's mode.
func create(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if os.IsExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return SyncDir(filepath.Dir(path))
}

// SyncDir makes the names in a directory durable.
func SyncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

func dsn(path string, o Options) string {
	if o.Sync == "" {
		o.Sync = SyncFull
	}
	if o.BusyTimeout == 0 {
		o.BusyTimeout = 5 * time.Second
	}
	q := url.Values{}
	// First, so that the statements after it wait too.
	q.Add("_pragma", "busy_timeout("+strconv.FormatInt(o.BusyTimeout.Milliseconds(), 10)+")")
	if o.ReadOnly {
		q.Set("mode", "ro")
	} else {
		q.Add("_pragma", "journal_mode(WAL)")
		q.Add("_pragma", "synchronous("+string(o.Sync)+")")
	}
	q.Add("_pragma", "foreign_keys(ON)")
	if o.ManualCheckpoint {
		q.Add("_pragma", "wal_autocheckpoint(0)")
	}
	q.Set("_txlock", "immediate") // a transaction that will write says so at its start
	escaped := strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
	return "file:" + escaped + "?" + q.Encode()
}

// Migrate brings the schema to step len(steps), one transaction a step. The
// number of steps done is kept in the database (user_version). A database that
// is newer than this program is an error: an old program must not write it. One
// that is older is copied into BeforeUpgrade first.
func Migrate(ctx context.Context, db *sql.DB, steps []string) error {
	done, err := Schema(ctx, db)
	if err != nil {
		return err
	}
	if done > len(steps) {
		return fmt.Errorf("the database has schema %d, this program knows %d: use a newer program", done, len(steps))
	}
	if done > 0 && done < len(steps) {
		if err := keepBefore(ctx, db, done); err != nil {
			return wrap("copy before the upgrade", err)
		}
	}
	for i := done; i < len(steps); i++ {
		if err := migrateStep(ctx, db, i+1, steps[i]); err != nil {
			return wrap(fmt.Sprintf("schema step %d", i+1), err)
		}
	}
	return nil
}

func migrateStep(ctx context.Context, db *sql.DB, version int, statements string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, statements); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version)); err != nil {
		return err
	}
	return tx.Commit()
}

// Check runs SQLite's own integrity check. A damaged database is an error of
// kind Corrupt that says what is wrong.
func Check(ctx context.Context, db *sql.DB) error {
	rows, err := db.QueryContext(ctx, "PRAGMA integrity_check(5)")
	if err != nil {
		return wrap("integrity check", err)
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return wrap("integrity check", err)
		}
		if line != "ok" {
			found = append(found, strings.Join(strings.Fields(line), " "))
		}
	}
	if err := rows.Err(); err != nil {
		return wrap("integrity check", err)
	}
	if len(found) > 0 {
		return &Error{Kind: Corrupt, Op: "integrity check", Err: fmt.Errorf("%s", strings.Join(found, "; "))}
	}
	return nil
}

// Checkpoint moves what the log holds into the database file. With truncate it
// also empties the log and waits for readers (up to the busy timeout); without,
// it moves what readers allow.
func Checkpoint(ctx context.Context, db *sql.DB, truncate bool) error {
	mode := "PASSIVE"
	if truncate {
		mode = "TRUNCATE"
	}
	var busy, log, moved int
	err := db.QueryRowContext(ctx, "PRAGMA wal_checkpoint("+mode+")").Scan(&busy, &log, &moved)
	return wrap("checkpoint", err)
}

// Copy writes a consistent copy of the open database to a new file, made
// durable before it returns. It may run beside writers, also those of other
// processes. An existing file is an error.
func Copy(ctx context.Context, db *sql.DB, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return &os.PathError{Op: "copy to", Path: to, Err: os.ErrExist}
	}
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", to); err != nil {
		os.Remove(to) // half a copy is worse than none
		return wrap("copy", err)
	}
	f, err := os.OpenFile(to, os.O_RDWR, 0)
	if err != nil {
		return wrap("copy", err)
	}
	err = f.Sync()
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Chmod(to, 0o600)
	}
	if err == nil {
		err = SyncDir(filepath.Dir(to))
	}
	return wrap("copy", err)
}
