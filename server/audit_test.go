package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"motcua/server/audit"
	"motcua/server/queue"
	"motcua/server/sqlite"
)

// auditOf makes a data directory whose log has two lines.
func auditOf(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	log, err := audit.Open(context.Background(), filepath.Join(dir, audit.File), queue.SystemClock)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	for range 2 {
		if _, err := log.Add(context.Background(), audit.Line{Who: "Lan", Action: audit.SettingsSave}); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// The doctor goes through the chain, and names the line that was changed.
func TestDoctorVerifiesTheAuditLog(t *testing.T) {
	dir := auditOf(t)
	if all := checkAudit(context.Background(), dir); len(all) != 1 || !all[0].ok || !strings.Contains(all[0].what, "2 lines") {
		t.Errorf("%+v", all)
	}
	db, err := sqlite.Open(context.Background(), filepath.Join(dir, audit.File), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"DROP TRIGGER lines_stay", "UPDATE lines SET who = 'Hoa' WHERE n = 2"} {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if all := checkAudit(context.Background(), dir); len(all) != 1 || all[0].ok || !strings.Contains(all[0].what, "line 2") {
		t.Errorf("%+v", all)
	}
}

// The log is in a backup, and whole where that is restored.
func TestBackupHoldsTheAuditLog(t *testing.T) {
	dir, folder := auditOf(t), t.TempDir()
	file, to := filepath.Join(folder, "b.tar.gz"), filepath.Join(folder, "again")
	var out, errs bytes.Buffer
	for _, args := range [][]string{{"backup", "--data", dir, "--to", file}, {"restore", "--data", to, "--from", file}} {
		if code := run(context.Background(), args, &out, &errs); code != 0 {
			t.Fatalf("%v: %s", args, errs.String())
		}
	}
	if v, err := audit.Check(context.Background(), filepath.Join(to, audit.File)); err != nil || v.Lines != 2 {
		t.Errorf("%+v %v", v, err)
	}
}

// A change at the console is written down before it is made; one that fails has a
// second line, and none is made when the log cannot be written.
func TestCommandsAreWrittenDown(t *testing.T) {
	dir := t.TempDir()
	line := audit.Line{Action: audit.Import, Object: "x.csv"}
	if err := commanded(context.Background(), dir, line, nil, nil, func() error { return os.ErrInvalid }); err == nil {
		t.Error("the failure is not told")
	}
	if v, err := audit.Check(context.Background(), filepath.Join(dir, audit.File)); err != nil || v.Lines != 2 {
		t.Errorf("%+v %v", v, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "bad"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	called := false
	if err := commanded(context.Background(), filepath.Join(dir, "bad"), line, nil, nil, func() error { called = true; return nil }); err == nil || called {
		t.Errorf("%v, made all the same: %v", err, called)
	}
}

// A damaged log closes no hall: numbers go on, an administrator's changes do not.
func TestHallGoesOnWithoutItsAuditLog(t *testing.T) {
	data := t.TempDir()
	if err := os.WriteFile(filepath.Join(data, audit.File), []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	url, stop := demoHall(t, data)
	defer stop()
	if status, a := ask(t, "POST", url+"/api/v1/keys", `{"name":"x","role":"desk"}`); status != 503 || a["code"] != "audit_unavailable" {
		t.Errorf("a key: %d %v", status, a)
	}
	if status, a := ask(t, "POST", url+"/api/v1/branches/hoabinh/tickets", `{"service":"`+queue.DemoSettings().Services[0].ID+`"}`); status != 201 {
		t.Errorf("a number: %d %v", status, a)
	}
}
