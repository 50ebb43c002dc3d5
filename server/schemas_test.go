package main

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"motcua/server/audit"
	"motcua/server/queue"
	"motcua/server/sqlite"
	"motcua/server/staff"
)

// frozen gives the steps of a database's schema as they were released. A step that was
// released is never changed: databases that went through it are out there.
func frozen(t *testing.T, name string) (steps []string) {
	t.Helper()
	for n := 1; ; n++ {
		raw, err := os.ReadFile(filepath.Join("testdata/schemas", fmt.Sprintf("%s.%d.sql", name, n)))
		if os.IsNotExist(err) {
			return steps
		}
		if err != nil {
			t.Fatal(err)
		}
		steps = append(steps, string(raw))
	}
}

// older makes a data directory as a program of that age left it.
func older(t *testing.T, age int) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name := range schemas {
		steps := frozen(t, name)
		db, err := sqlite.Open(t.Context(), filepath.Join(dir, name), sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := sqlite.Migrate(t.Context(), db, steps[:min(age, len(steps))]); err != nil {
			t.Fatal(name, err)
		}
		if name == "staff.db" {
			if _, err := db.Exec("INSERT INTO keys(id, digest, name, role, branch, counters, made) VALUES('k', 'd', 'kept', 'desk', 'hoabinh', '', 1)"); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// tables gives what a database is made of.
func tables(t *testing.T, path string) (all []string) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.Join(strings.Fields(line), " "))
	}
	slices.Sort(all)
	return all
}

func openOlder(t *testing.T, dir string) (*hall, error) {
	t.Helper()
	c := &config{Data: dir, Store: "embedded", Branch: queue.DemoSettings().ID, demo: true}
	return openHall(t.Context(), c, &stepped{at: afternoon}, slog.New(slog.DiscardHandler))
}

// TestOlderData opens data of every age: it ends as fresh data does, what was in it is
// there, and a copy of each file that was changed.
func TestOlderData(t *testing.T) {
	oldest := 0
	for name, known := range schemas {
		n := len(frozen(t, name))
		if n != known() {
			t.Errorf("%s: %d steps stand in testdata/schemas, the program has %d: freeze the new one there", name, n, known())
		}
		oldest = max(oldest, n)
	}
	fresh := t.TempDir()
	h, err := openOlder(t, fresh)
	if err != nil {
		t.Fatal(err)
	}
	h.close()
	for age := 1; age < oldest; age++ {
		dir := older(t, age)
		h, err := openOlder(t, dir)
		if err != nil {
			t.Fatal(age, err)
		}
		if keys := h.staff.Keys(); !slices.ContainsFunc(keys, func(k staff.Key) bool { return k.Name == "kept" }) {
			t.Errorf("age %d: the key is gone: %v", age, keys)
		}
		h.close()
		for name, known := range schemas {
			if got, want := tables(t, filepath.Join(dir, name)), tables(t, filepath.Join(fresh, name)); !slices.Equal(got, want) {
				t.Errorf("age %d: %s ends as\n%s\nand fresh as\n%s", age, name, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			_, err := os.Stat(filepath.Join(dir, sqlite.BeforeUpgrade, fmt.Sprintf("%s-schema-%d", name, age)))
			if changed := age < known(); changed != (err == nil) {
				t.Errorf("age %d: copy of %s: %v", age, name, err)
			}
		}
	}
}

// TestNewerData: what a newer program has written is refused with a sentence, by the
// server, the doctor and the restoring of a backup.
func TestNewerData(t *testing.T) {
	for name := range schemas {
		dir := older(t, 1)
		db, err := sqlite.Open(t.Context(), filepath.Join(dir, name), sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec("PRAGMA user_version = 99"); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if h, err := openOlder(t, dir); err == nil {
			h.close()
			if name != audit.File { // without it the hall goes on, and administrators are refused
				t.Errorf("%s: the server started", name)
			}
		} else if !strings.Contains(err.Error(), "schema 99") || !strings.Contains(err.Error(), "newer") {
			t.Errorf("%s: %v", name, err)
		}
		if name != "staff.db" { // for the others it is the same
			continue
		}
		if status, out := motcua(t, "doctor", "--data", dir); status != 1 || !strings.Contains(out, name+" has schema 99") {
			t.Errorf("%s: the doctor says %d %s", name, status, out)
		}
		file := filepath.Join(t.TempDir(), "backup.tar.gz")
		if status, out := motcua(t, "backup", "--data", dir, "--to", file); status != 0 {
			t.Fatal(out)
		}
		if status, out := motcua(t, "restore", "--data", filepath.Join(t.TempDir(), "new"), "--from", file); status != 1 || !strings.Contains(out, name+" has schema 99") {
			t.Errorf("%s: restore says %d %s", name, status, out)
		}
	}
}
