package report

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// tables is a history that a test writes by hand, row by row.
type tables struct {
	t    testing.TB
	path string
	db   *sql.DB
	tx   *sql.Tx
	seq  int
}

func newTables(t testing.TB) *tables {
	t.Helper()
	schema, err := os.ReadFile("../history/schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "history.db")
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{Sync: sqlite.SyncNormal})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if _, err := db.Exec(string(schema)); err != nil {
		t.Fatal(err)
	}
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	return &tables{t: t, path: path, db: db, tx: tx}
}

// cells are the columns of a row that a test cares for.
type cells map[string]any

// defaults are what a row has when a test does not say otherwise; the columns
// without a default in the schema.
var defaults = map[string]cells{
	"visits":       {"weekday": 0, "hour": 8, "half": "am", "number": "A001", "service": "ct", "field": "Chứng thực", "state": "ended", "taken": 0, "target": minutes(30)},
	"transactions": {"n": 1, "weekday": 0, "hour": 8, "counter": "01", "clerk": "Lan", "service": "ct", "field": "Chứng thực", "started": 0, "how": "ended"},
	"calls":        {"epoch": "e", "counter": "01", "at": 0, "kind": "call"},
	"spans":        {"counter": "01", "clerk": "Lan", "state": "open"},
	"overrides":    {"epoch": "e", "at": 0},
	"presses":      {"source": "keypad", "level": 1, "at": 0},
	"forms":        {"counter": "01", "clerk": "Lan", "service": "ct", "source": "phone"},
	"remarks":      {"by": "lan", "at": 0},
	"days":         {"weekday": 0},
}

// add writes a row for branch number 1, unless the row says another.
func (s *tables) add(table string, row cells) {
	s.t.Helper()
	all := cells{"branch": 1}
	for column, v := range defaults[table] {
		all[column] = v
	}
	if table == "calls" || table == "overrides" {
		s.seq++
		all["seq"] = s.seq
	}
	for column, v := range row {
		all[column] = v
	}
	var columns []string
	var values []any
	for column, v := range all {
		columns, values = append(columns, `"`+column+`"`), append(values, v)
	}
	statement := fmt.Sprintf("INSERT INTO %s (%s) VALUES (?%s)", table, strings.Join(columns, ", "), strings.Repeat(", ?", len(values)-1))
	if _, err := s.tx.Exec(statement, values...); err != nil {
		s.t.Fatalf("%s: %v", statement, err)
	}
}

func (s *tables) branch(no int, id, name, kind string) {
	s.t.Helper()
	if _, err := s.tx.Exec("INSERT INTO branches (no, id, name, kind) VALUES (?, ?, ?, ?)", no, id, name, kind); err != nil {
		s.t.Fatal(err)
	}
}

// reader commits what was written and opens it for reading.
func (s *tables) reader() *Reader {
	s.t.Helper()
	if err := s.tx.Commit(); err != nil {
		s.t.Fatal(err)
	}
	r, err := Open(context.Background(), s.path)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { r.Close() })
	return r
}

// now is the moment all these tests are made at, unless they say otherwise.
var now = time.Date(2026, 11, 22, 18, 0, 0, 0, queue.Zone)

func options() Options {
	set := fixtureSettings()
	return Options{
		Clock: queue.ClockFunc(func() time.Time { return now }),
		Settings: func(id string) *queue.Settings {
			if id == "hall" {
				return set
			}
			return nil
		},
		Procedure: func(code string) string { return map[string]string{"1.000001": "Chứng thực bản sao"}[code] },
	}
}

func fixtureSettings() *queue.Settings {
	return &queue.Settings{ID: "hall", Name: queue.Text{VI: "Trung tâm A"},
		Services:   []queue.ServiceSetting{{ID: "ht", Name: queue.Text{VI: "Hộ tịch"}}, {ID: "ct", Name: queue.Text{VI: "Chứng thực"}}},
		Counters:   []queue.CounterSetting{{ID: "02", Label: "02"}, {ID: "01", Label: "01"}},
		Priorities: []queue.PrioritySetting{{ID: "old", Name: queue.Text{VI: "Người cao tuổi"}}},
		Rating:     queue.RatingSetting{Reasons: []queue.RatingLevel{{ID: "long-wait", Name: queue.Text{VI: "Chờ lâu"}}}},
	}
}

func minutes(n float64) int64 { return int64(n * 60_000) }

// moment reads a moment in the hall's zone as the tables have it.
func atMillis(t testing.TB, s string) int64 {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04:05", s, queue.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return at.UnixMilli()
}

func build(t testing.TB, r *Reader, q Query) *Report {
	t.Helper()
	report, err := r.Build(t.Context(), q, options())
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func row(t testing.TB, r *Report, d Dimension, id string) Row {
	t.Helper()
	for _, row := range r.By[d] {
		if row.ID == id {
			return row
		}
	}
	t.Fatalf("by %s there is no row %q among %v", d, id, r.By[d])
	return Row{}
}
