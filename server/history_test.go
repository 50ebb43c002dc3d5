package main

import (
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"motcua/server/history"
	"motcua/server/queue"
	"motcua/server/sqlite"
)

// historyCounts asks the history of a data directory until it gives a number.
func historyCounts(t *testing.T, data, query string, want int) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(data, history.File), sqlite.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	n := -1
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if err := db.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n == want {
			return
		}
	}
	t.Fatalf("%s: %d, want %d", query, n, want)
}

// What happens in the hall is in its history a moment later, goes into a backup,
// and goes on after a restore.
func TestHistoryOfAHall(t *testing.T) {
	data := t.TempDir()
	url, stop := demoHall(t, data)
	set := queue.DemoSettings()
	tickets := url + "/api/v1/branches/" + set.ID + "/tickets"
	take := `{"service":"` + set.Services[0].ID + `"}`
	if status, a := ask(t, "POST", url+"/api/v1/branches/"+set.ID+"/counters/1/open", "{}"); status != 200 {
		t.Fatal(status, a)
	}
	taken := 0 // until one is told how long it will wait
	var told map[string]any
	for deadline := time.Now().Add(20 * time.Second); told == nil && time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		status, a := ask(t, "POST", tickets, take)
		if status != 201 {
			t.Fatal(status, a)
		}
		taken++
		told, _ = a["estimate"].(map[string]any)
	}
	if told == nil {
		t.Fatal("nobody was told how long to wait")
	}
	historyCounts(t, data, "SELECT count(*) FROM visits WHERE state = 'waiting' AND target > 0", taken)
	historyCounts(t, data, fmt.Sprintf("SELECT count(*) FROM visits WHERE told_low = %v * 60000 AND told_high = %v * 60000", told["low"], told["high"]), 1)
	r, err := http.Get(url + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if raw, err := io.ReadAll(r.Body); err != nil || !strings.Contains(string(raw), `motcua_history_behind_events{branch="`+set.ID+`"}`) {
		t.Errorf("the metrics do not tell how far the history is: %v", err)
	}
	if _, out := motcua(t, "doctor", "--data", data); !strings.Contains(out, "history.db is whole") || !strings.Contains(out, "read: "+set.ID+" to 2") {
		t.Errorf("the doctor says nothing of the history:\n%s", out)
	}
	file, back := filepath.Join(t.TempDir(), "backup.tar.gz"), filepath.Join(t.TempDir(), "back")
	if status, out := motcua(t, "backup", "--data", data, "--to", file); status != 0 {
		t.Fatal(out)
	}
	if status := stop(); status != 0 {
		t.Errorf("stopped with %d", status)
	}
	if status, out := motcua(t, "restore", "--data", back, "--from", file); status != 0 {
		t.Fatal(out)
	}
	url, stop = demoHall(t, back)
	defer stop()
	if status, a := ask(t, "POST", url+"/api/v1/branches/"+set.ID+"/tickets", take); status != 201 {
		t.Fatal(status, a)
	}
	historyCounts(t, back, "SELECT count(*) FROM visits", taken+1)
	historyCounts(t, back, "SELECT count(*) FROM progress", 1)
}
