package main

import (
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"motcua/server/queue"
	"motcua/server/staff"
)

// TestFirstKeyFile: with a file named, the key stands there and nowhere else, for its
// owner alone, until somebody else administers.
func TestFirstKeyFile(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	book, err := staff.Open(ctx, filepath.Join(dir, "staff.db"), staff.Options{Clock: queue.SystemClock, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	file := filepath.Join(dir, firstKeyName)
	h := &hall{config: &config{FirstKeyFile: file}, staff: book}
	var out strings.Builder
	if err := h.showFirst(ctx, &out); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	key := strings.TrimSpace(string(raw))
	if _, ok := book.ByKey(key); !ok || strings.Contains(out.String(), key) || !strings.Contains(out.String(), file) {
		t.Errorf("%q is the key: %v; said %q", key, ok, out.String())
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if !left(firstKeyName) {
		t.Error("a backup takes the key along")
	}
	if done, err := dropFirst(file, administrators(book)); done || err != nil {
		t.Errorf("with one administrator: %v, %v", done, err)
	}
	if _, _, err := book.Make(ctx, staff.Key{Name: "second", Role: staff.Admin}); err != nil {
		t.Fatal(err)
	}
	if done, err := dropFirst(file, administrators(book)); !done || err != nil {
		t.Errorf("with two: %v, %v", done, err)
	}
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Error("the file is still there:", err)
	}
	out.Reset()
	if err := h.showFirst(ctx, &out); err != nil || out.Len() > 0 {
		t.Errorf("a second start says %q, %v", out.String(), err)
	}
}

// TestFirstKeyPlace: a place that cannot be written is known before the key is made,
// which is shown once.
func TestFirstKeyPlace(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	book, err := staff.Open(ctx, filepath.Join(dir, "staff.db"), staff.Options{Clock: queue.SystemClock, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if err := os.WriteFile(filepath.Join(dir, "taken"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	h := &hall{config: &config{FirstKeyFile: filepath.Join(dir, "taken", "key")}, staff: book}
	var out strings.Builder
	if err := h.showFirst(ctx, &out); err == nil || len(book.Keys()) > 0 {
		t.Errorf("%v; keys %v", err, book.Keys())
	}
}
