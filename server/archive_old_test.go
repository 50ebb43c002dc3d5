package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// Archived days go when the branch's months are over, one at each midnight, and not before.
func TestOldArchives(t *testing.T) {
	data := t.TempDir()
	for _, name := range []string{"hoabinh/2024-11-22", "hoabinh/2024-11-23", "hoabinh/2024-11-24", "hoabinh/2026-11-20", "short/2026-10-01", "short/2026-11-01", "unknown/2001-01-01"} {
		file := filepath.Join(data, "archive", name+".jsonl.gz")
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	short := queue.ProductionSettings("short")
	short.Report.KeepEvents = 1
	usual := queue.ProductionSettings("hoabinh") // 24 months
	settings := func(id string) (*queue.Settings, bool) {
		set := map[string]*queue.Settings{"hoabinh": &usual, "short": &short}[id]
		return set, set != nil
	}
	now := time.Date(2026, 11, 23, 0, 0, 1, 0, queue.Zone)
	d := &days{clock: queue.ClockFunc(func() time.Time { return now }), log: slog.New(slog.DiscardHandler),
		forget: func(queue.Day) error { return nil },
		old:    func(today queue.Day) error { return oldArchives(data, settings, today) }}
	left := func(want ...string) {
		t.Helper()
		d.midnight()
		files, err := filepath.Glob(filepath.Join(data, "archive", "*", "*"))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range files {
			name, _ := filepath.Rel(filepath.Join(data, "archive"), f)
			got = append(got, name[:len(name)-len(".jsonl.gz")])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", now.Format(time.DateTime), got, want)
		}
	}
	left("hoabinh/2024-11-23", "hoabinh/2024-11-24", "hoabinh/2026-11-20", "short/2026-11-01", "unknown/2001-01-01")
	now = now.Add(24*time.Hour - 2*time.Second) // a second before the next midnight
	left("hoabinh/2024-11-23", "hoabinh/2024-11-24", "hoabinh/2026-11-20", "short/2026-11-01", "unknown/2001-01-01")
	now = now.Add(2 * time.Second)
	left("hoabinh/2024-11-24", "hoabinh/2026-11-20", "short/2026-11-01", "unknown/2001-01-01")
	now = now.AddDate(0, 1, 0)
	left("hoabinh/2026-11-20", "unknown/2001-01-01")
}

// What an upgrade put aside goes after a month: it holds what its database has forgotten.
func TestOldCopies(t *testing.T) {
	data := t.TempDir()
	dir := filepath.Join(data, sqlite.BeforeUpgrade)
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 23, 0, 0, 1, 0, queue.Zone)
	for name, days := range map[string]int{"box.db-schema-1": 31, "box.db-schema-2": 29} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		at := now.AddDate(0, 0, -days)
		if err := os.Chtimes(file, at, at); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := oldCopies(data, now); err != nil {
			t.Fatal(err)
		}
		if files, _ := os.ReadDir(dir); len(files) != 1 || files[0].Name() != "box.db-schema-2" {
			t.Errorf("%v", files)
		}
	}
}
