package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A backup leaves its time in the data, for the readiness list; the copy does not
// take it along, and nonsense there means that there was none.
func TestBackupIsNoted(t *testing.T) {
	data, file := t.TempDir(), filepath.Join(t.TempDir(), "backup.tar.gz")
	if at := lastBackup(data); !at.IsZero() {
		t.Fatalf("before the first: %v", at)
	}
	before := time.Now().Add(-time.Second)
	if status, out := motcua(t, "backup", "--data", data, "--to", file); status != 0 {
		t.Fatal(out)
	}
	if at := lastBackup(data); at.Before(before.Truncate(time.Second)) || at.After(time.Now()) {
		t.Errorf("it says %v", at)
	}
	back := filepath.Join(t.TempDir(), "back")
	if status, out := motcua(t, "restore", "--data", back, "--from", file); status != 0 {
		t.Fatal(out)
	}
	if at := lastBackup(back); !at.IsZero() {
		t.Errorf("a restored folder says that it was backed up at %v", at)
	}
	if err := os.WriteFile(filepath.Join(data, backupMark), []byte("yesterday"), 0o600); err != nil {
		t.Fatal(err)
	}
	if at := lastBackup(data); !at.IsZero() {
		t.Errorf("nonsense is %v", at)
	}
}
