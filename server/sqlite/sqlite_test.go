package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"motcua/server/sqlite"
)

var schema = []string{
	"CREATE TABLE a(n INTEGER PRIMARY KEY, body TEXT) STRICT",
	"ALTER TABLE a ADD COLUMN more TEXT; CREATE TABLE b(n INTEGER PRIMARY KEY)",
}

func open(t *testing.T, path string, o sqlite.Options) *sql.DB {
	t.Helper()
	db, err := sqlite.Open(context.Background(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestOpenSettings(t *testing.T) {
	// A name with every sign that means something in a database's address.
	path := filepath.Join(t.TempDir(), "hàng chờ ?#%41.db")
	db := open(t, path, sqlite.Options{})
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "busy_timeout": "5000", "foreign_keys": "1"} {
		var got string
		if err := db.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s = %q, %v; want %q", pragma, got, err, want)
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal("the file has another name:", err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, want 0600", info.Mode().Perm())
	}
	normal := open(t, filepath.Join(t.TempDir(), "n.db"), sqlite.Options{Sync: sqlite.SyncNormal})
	var got int
	if err := normal.QueryRow("PRAGMA synchronous").Scan(&got); err != nil || got != 1 {
		t.Errorf("synchronous = %d, %v; want 1", got, err)
	}
}

func TestReadOnlyChangesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	if _, err := sqlite.Open(context.Background(), path, sqlite.Options{ReadOnly: true}); err == nil {
		t.Fatal("a read-only open created a database")
	}
	writer := open(t, path, sqlite.Options{})
	if err := sqlite.Migrate(context.Background(), writer, schema); err != nil {
		t.Fatal(err)
	}
	reader := open(t, path, sqlite.Options{ReadOnly: true})
	if _, err := reader.Exec("INSERT INTO b VALUES(1)"); sqlite.KindOf(err) != sqlite.IO {
		t.Fatalf("writing through a read-only database: %v", err)
	}
}

func TestMigrate(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "a.db")
	db := open(t, path, sqlite.Options{})
	if err := sqlite.Migrate(ctx, db, schema[:1]); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("INSERT INTO a(n, body) VALUES(1, 'kept')"); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time there is nothing to do
		if err := sqlite.Migrate(ctx, db, schema); err != nil {
			t.Fatal(err)
		}
	}
	var body string
	if err := db.QueryRow("SELECT body FROM a WHERE more IS NULL").Scan(&body); err != nil || body != "kept" {
		t.Fatalf("%q, %v", body, err)
	}
	if err := sqlite.Migrate(ctx, db, schema[:1]); err == nil {
		t.Fatal("an old program took a newer database")
	}
	if err := sqlite.Migrate(ctx, db, append(schema, "CREATE TABLE c(n); nonsense")); err == nil {
		t.Fatal("a wrong step passed")
	}
	if err := db.QueryRow("SELECT 1 FROM c").Scan(new(int)); err == nil || errors.Is(err, sql.ErrNoRows) {
		t.Fatal("a failed step left a table behind")
	}
}

func TestCopyBesideAWriter(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db := open(t, filepath.Join(dir, "a.db"), sqlite.Options{})
	if err := sqlite.Migrate(ctx, db, schema); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("INSERT INTO a(n, body) VALUES(1, 'x')"); err != nil {
		t.Fatal(err)
	}
	reader := open(t, filepath.Join(dir, "a.db"), sqlite.Options{ReadOnly: true})
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	to := filepath.Join(dir, "copy.db")
	if err := sqlite.Copy(ctx, reader, to); err != nil {
		t.Fatal(err)
	}
	var body string
	if err := open(t, to, sqlite.Options{}).QueryRow("SELECT body FROM a").Scan(&body); err != nil || body != "x" {
		t.Fatalf("%q, %v", body, err)
	}
	if err := sqlite.Copy(ctx, reader, to); !errors.Is(err, os.ErrExist) {
		t.Fatalf("copying over a file: %v", err)
	}
}

func TestKinds(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	junk := filepath.Join(dir, "junk.db")
	os.WriteFile(junk, []byte(strings.Repeat("no database ", 1000)), 0o600)
	_, notADatabase := sqlite.Open(ctx, junk, sqlite.Options{})
	_, noDirectory := sqlite.Open(ctx, filepath.Join(dir, "none", "a.db"), sqlite.Options{ReadOnly: true})

	small := open(t, filepath.Join(dir, "small.db"), sqlite.Options{})
	small.Exec("CREATE TABLE a(b)")
	small.Exec("PRAGMA max_page_count = 4")
	_, full := small.Exec("INSERT INTO a VALUES(zeroblob(100000))")

	path := filepath.Join(dir, "busy.db")
	holder := open(t, path, sqlite.Options{})
	tx, err := holder.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	_, busy := open(t, path, sqlite.Options{BusyTimeout: 1}).Exec("CREATE TABLE x(y)")

	for _, c := range []struct {
		err  error
		want sqlite.Kind
	}{
		{nil, sqlite.None},
		{errors.New("x"), sqlite.Other},
		{fmt.Errorf("write: %w", syscall.ENOSPC), sqlite.Full},
		{full, sqlite.Full},
		{sqlite.Wrap("insert", full), sqlite.Full},
		{notADatabase, sqlite.Corrupt},
		{noDirectory, sqlite.IO},
		{busy, sqlite.Busy},
	} {
		if got := sqlite.KindOf(c.err); got != c.want {
			t.Errorf("KindOf(%v) = %v, want %v", c.err, got, c.want)
		}
	}
}

func TestCheckFindsDamage(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "a.db")
	db := open(t, path, sqlite.Options{})
	if err := sqlite.Migrate(ctx, db, schema); err != nil {
		t.Fatal(err)
	}
	for i := range 2000 {
		if _, err := db.Exec("INSERT INTO a(n, body) VALUES(?, 'một cửa')", i); err != nil {
			t.Fatal(err)
		}
	}
	if err := sqlite.Check(ctx, db); err != nil {
		t.Fatal(err)
	}
	db.Close()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)-4096+3] ^= 0x40 // the number of cells of the last page
	os.WriteFile(path, b, 0o600)
	if err := sqlite.Check(ctx, open(t, path, sqlite.Options{})); sqlite.KindOf(err) != sqlite.Corrupt {
		t.Fatalf("damage not found: %v", err)
	}
}

// logOf gives a database's file and its log of several transactions.
func logOf(t *testing.T, transactions int) (database, log []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path, sqlite.Options{ManualCheckpoint: true})
	if err := sqlite.Migrate(context.Background(), db, schema[:1]); err != nil {
		t.Fatal(err)
	}
	if err := sqlite.Checkpoint(context.Background(), db, true); err != nil {
		t.Fatal(err)
	}
	for i := range transactions {
		if _, err := db.Exec("INSERT INTO a(n, body) VALUES(?, ?)", i, strings.Repeat("x", 3000)); err != nil {
			t.Fatal(err)
		}
	}
	database, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if log, err = os.ReadFile(path + "-wal"); err != nil {
		t.Fatal(err)
	}
	return database, log
}

// TestCheckLog: a log that simply ends is fine wherever it ends; damage in
// front of acknowledged transactions is found wherever it is.
func TestCheckLog(t *testing.T) {
	database, log := logOf(t, 8)
	path := filepath.Join(t.TempDir(), "a.db")
	os.WriteFile(path, database, 0o600)
	try := func(log []byte) error {
		t.Helper()
		if err := os.WriteFile(path+"-wal", log, 0o600); err != nil {
			t.Fatal(err)
		}
		return sqlite.CheckLog(path)
	}
	if err := try(log); err != nil {
		t.Fatal(err)
	}
	for end := 0; end < len(log); end += 37 {
		if err := try(log[:end]); err != nil {
			t.Fatalf("cut at %d: %v", end, err)
		}
	}
	frames := (len(log) - 32) / 4120
	for at := 0; at < len(log)-3*4120; at += 53 { // not the last transactions
		damaged := []byte(string(log))
		damaged[at] ^= 1 << (at % 8)
		if err := try(damaged); sqlite.KindOf(err) != sqlite.Corrupt {
			t.Fatalf("a bit flipped at %d of %d frames was not found: %v", at, frames, err)
		}
	}
	// A generation before this one lies behind the present end.
	older := []byte(string(log))
	for i := 4; i < frames; i++ {
		older[32+i*4120+8] ^= 0xff
	}
	if err := try(older); err != nil {
		t.Fatalf("an older generation is taken for damage: %v", err)
	}
	os.Remove(path + "-wal")
	if err := sqlite.CheckLog(path); err != nil {
		t.Fatal(err)
	}
}
