package sqlite_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"motcua/server/sqlite"
)

// TestCopyBeforeUpgrade: the copy is the database as the older program left it; of
// several upgrades the newest copies stay.
func TestCopyBeforeUpgrade(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	path := filepath.Join(dir, "a.db")
	steps := []string{schema[0], schema[1], "CREATE TABLE c(n)", "CREATE TABLE d(n)"}
	copies := func() (names []string) {
		list, err := os.ReadDir(filepath.Join(dir, sqlite.BeforeUpgrade))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		for _, e := range list {
			names = append(names, e.Name())
		}
		return names
	}
	db := open(t, path, sqlite.Options{})
	for n, want := range []int{0, 1, 2, 2} {
		if err := sqlite.Migrate(ctx, db, steps[:n+1]); err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			if _, err := db.Exec("INSERT INTO a(n, body) VALUES(1, 'kept')"); err != nil {
				t.Fatal(err)
			}
		}
		if got := copies(); len(got) != want {
			t.Errorf("after step %d: %v", n+1, got)
		}
	}
	if got := copies(); got[0] != "a.db-schema-2" || got[1] != "a.db-schema-3" {
		t.Fatalf("%v", got)
	}
	old := open(t, filepath.Join(dir, sqlite.BeforeUpgrade, "a.db-schema-2"), sqlite.Options{})
	if err := sqlite.Migrate(ctx, old, steps[:2]); err != nil {
		t.Error("the older program does not take the copy:", err)
	}
	var body string
	if err := old.QueryRow("SELECT body FROM a").Scan(&body); err != nil || body != "kept" {
		t.Errorf("%q, %v", body, err)
	}
	old.Close()
	info, err := os.Stat(filepath.Join(dir, sqlite.BeforeUpgrade, "a.db-schema-3"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info, err)
	}
}
