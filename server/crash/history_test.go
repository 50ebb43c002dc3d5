package crash

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"motcua/server/api"
	kept "motcua/server/history"
	"motcua/server/queue"
	"motcua/server/sqlite"
	"motcua/server/store"
)

// verifyHistory compares the history of a server that was killed with one that is
// read from the store's events in one go: not a row more, none less, none other.
func verifyHistory(t *testing.T, s *store.Store, data string) {
	t.Helper()
	killed := historyOf(t, s, filepath.Join(data, kept.File))
	whole := historyOf(t, s, filepath.Join(t.TempDir(), kept.File))
	for table, want := range whole {
		if killed[table] != want {
			t.Errorf("table %s of the history is %.60s, read in one go it is %.60s", table, killed[table], want)
		}
	}
	t.Logf("history: %s, visits %.12s, transactions %.12s", strings.SplitN(whole["events"], ",", 2)[0], whole["visits"], whole["transactions"])
}

// historyOf reads a history to the end of the store and gives its tables, each as
// a count and a digest of its rows.
func historyOf(t *testing.T, s *store.Store, path string) map[string]string {
	t.Helper()
	h, err := kept.Open(t.Context(), kept.Options{Path: path, Told: api.Told,
		Settings: func(branch string) (*queue.Settings, bool) { return settingsIn(t, s, branch) }})
	if err != nil {
		t.Fatal(err)
	}
	h.Use(s)
	start := time.Now()
	if err := h.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Logf("%s caught up in %v", filepath.Base(filepath.Dir(path)), time.Since(start).Round(time.Millisecond))
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	tables := map[string]string{}
	for name := range strings.FieldsSeq("branches progress events days visits transactions calls spans prints overrides") {
		tables[name] = rowsOf(t, path, name)
	}
	return tables
}

func settingsIn(t *testing.T, s *store.Store, branch string) (*queue.Settings, bool) {
	document, version, err := s.Settings(t.Context(), branch)
	if err != nil || len(document) == 0 {
		t.Fatal("no settings of", branch, err)
	}
	set := &queue.Settings{}
	if err := json.Unmarshal(document, set); err != nil {
		t.Fatal(err)
	}
	set.Version = version
	return set, true
}

func rowsOf(t *testing.T, path, table string) string {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), "SELECT * FROM "+table+" ORDER BY 1, 2, 3")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	sum, n := sha256.New(), 0
	for ; rows.Next(); n++ {
		row := make([]any, len(columns))
		for i := range row {
			row[i] = new(any)
		}
		if err := rows.Scan(row...); err != nil {
			t.Fatal(err)
		}
		for i := range row {
			fmt.Fprintf(sum, "%s=%v|", columns[i], *(row[i].(*any)))
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%d rows, %x", n, sum.Sum(nil))
}
