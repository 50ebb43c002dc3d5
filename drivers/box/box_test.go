package box

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

func open(t *testing.T, dir string) *Box {
	t.Helper()
	b, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestRecordsOutliveTheBox(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	b := open(t, dir)
	for _, id := range []string{"002", "001", "261123-A007.1"} {
		if err := b.Put(id, []byte("of "+id)); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Put("001", []byte("anew")); err != nil {
		t.Fatal(err)
	}
	b = open(t, dir)
	ids, err := b.List()
	if err != nil || !slices.Equal(ids, []string{"001", "002", "261123-A007.1"}) {
		t.Fatalf("%v, %v", ids, err)
	}
	if got, err := b.Get("001"); err != nil || string(got) != "anew" {
		t.Fatalf("%q, %v", got, err)
	}
	if !b.Has("002") || b.Has("003") {
		t.Fatal("Has is wrong")
	}
	for range 2 { // the second time there is nothing to remove
		if err := b.Remove("002"); err != nil {
			t.Fatal(err)
		}
	}
	if b.Has("002") {
		t.Fatal("still there")
	}
	if _, err := b.Get("002"); !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
}

func TestIdsStayInTheFolder(t *testing.T) {
	b := open(t, t.TempDir())
	for _, id := range []string{"", ".", "..", "../x", "a/b", ".new-1", "a b", "số", "a\x00", strings.Repeat("x", 121)} {
		if err := b.Put(id, nil); err == nil {
			t.Errorf("%q was taken", id)
		}
	}
	if ids, err := b.List(); err != nil || len(ids) != 0 {
		t.Fatalf("%v, %v", ids, err)
	}
}

// TestHalfWrittenIsNoRecord: what a power cut left beside the records is gone after
// opening, and never listed.
func TestHalfWrittenIsNoRecord(t *testing.T) {
	dir := t.TempDir()
	b := open(t, dir)
	if err := b.Put("whole", []byte("{}")); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(dir, fresh+"123")
	if err := os.WriteFile(left, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if ids, err := b.List(); err != nil || !slices.Equal(ids, []string{"whole"}) {
		t.Fatalf("%v, %v", ids, err)
	}
	b = open(t, dir)
	if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("the half record is still there: %v", err)
	}
	if !b.Has("whole") {
		t.Fatal("the whole record is gone")
	}
}

// TestReaderSeesWholeRecords: a record that is replaced again and again is always
// the old one or the new one.
func TestReaderSeesWholeRecords(t *testing.T) {
	b := open(t, t.TempDir())
	record := func(i int) []byte { return bytes.Repeat(fmt.Appendf(nil, "%08d", i), 1000) }
	if err := b.Put("x", record(0)); err != nil {
		t.Fatal(err)
	}
	var writing sync.WaitGroup
	writing.Go(func() {
		for i := range 50 {
			if err := b.Put("x", record(i)); err != nil {
				t.Error(err)
			}
		}
	})
	for range 200 {
		got, err := b.Get("x")
		if err != nil || len(got) != 8000 || !bytes.Equal(got, bytes.Repeat(got[:8], 1000)) {
			t.Fatalf("%d bytes, %v", len(got), err)
		}
	}
	writing.Wait()
}

// TestFailedPutKeepsTheOldRecord: a folder that takes no file any more.
func TestFailedPutKeepsTheOldRecord(t *testing.T) {
	dir := t.TempDir()
	b := open(t, dir)
	if err := b.Put("x", []byte("old")); err != nil {
		t.Fatal(err)
	}
	// A folder in the record's place makes the renaming fail, for root too.
	if err := os.MkdirAll(filepath.Join(dir, "y"+ending, "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := b.Put("y", []byte("new")); err == nil {
		t.Fatal("no error")
	}
	left, err := filepath.Glob(filepath.Join(dir, fresh+"*"))
	if err != nil || len(left) != 0 {
		t.Fatalf("left %v, %v", left, err)
	}
	if got, err := b.Get("x"); err != nil || string(got) != "old" {
		t.Fatalf("%q, %v", got, err)
	}
}
