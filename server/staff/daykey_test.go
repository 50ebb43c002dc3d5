package staff

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"os"
	"path/filepath"
	"testing"

	"motcua/server/queue"
)

func TestDayKeys(t *testing.T) {
	dir := t.TempDir()
	open := func() *DayKeys {
		t.Helper()
		d, err := OpenDayKeys(dir, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	key := func(d *DayKeys, branch string, day string) []byte {
		t.Helper()
		k, err := d.Key(branch, queue.Day(day))
		if err != nil || len(k) != 32 {
			t.Fatalf("%d bytes, %v", len(k), err)
		}
		return k
	}
	a, b := key(open(), "a", "2026-11-23"), key(open(), "b", "2026-11-23")
	if bytes.Equal(a, b) || !bytes.Equal(a, key(open(), "a", "2026-11-23")) {
		t.Error("a branch's key of a day is its own, and outlives a restart")
	}
	d := open()
	if err := d.Forget("2026-11-24"); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, DayKeysFile))
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range [][]byte{a, b} {
		if bytes.Contains(raw, []byte(base64.StdEncoding.EncodeToString(k))) {
			t.Error("yesterday's key is still in the file")
		}
	}
	if bytes.Equal(a, key(d, "a", "2026-11-24")) {
		t.Error("two days have one key")
	}
	if err := os.WriteFile(filepath.Join(dir, DayKeysFile), []byte("torn{"), 0o600); err != nil {
		t.Fatal(err)
	}
	key(open(), "a", "2026-11-24")
}
