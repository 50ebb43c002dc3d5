package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// smallDisk mounts a file system of so many bytes.
func smallDisk(t *testing.T, bytes int) string {
	t.Helper()
	dir := t.TempDir()
	need(t, "mount a tmpfs", unix.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", bytes)))
	t.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// TestFullDisk: on a full disk calls are refused and nothing of them happens;
// with space again, calls are taken again by itself; nothing acknowledged is lost.
func TestFullDisk(t *testing.T) {
	dir := smallDisk(t, 3<<20)
	data := filepath.Join(dir, "data")
	retry := make(chan time.Time)
	opts := testOptions(t)
	opts.Retry = retry
	e := mustOpen(t, data, opts)
	mustTake(t, e, "0")
	ballast := filepath.Join(dir, "ballast")
	fill(t, ballast)
	if info, err := os.Stat(ballast); err != nil {
		t.Fatal(err)
	} else if err := os.Truncate(ballast, info.Size()-400<<10); err != nil {
		t.Fatal(err)
	}

	long := strings.Repeat("x", 20000)
	acknowledged := 1
	var err error
	for ; acknowledged < 1000 && err == nil; acknowledged++ {
		_, err = e.Run(context.Background(), take, takeKeys, fmt.Sprint(acknowledged, long))
	}
	acknowledged-- // the last one was refused
	t.Logf("%d calls fitted: %v", acknowledged, err)
	if queue.CodeOf(err) != queue.StoreFull {
		t.Fatalf("after %d calls: %v", acknowledged, err)
	}
	if err := e.Ready(context.Background()); queue.CodeOf(err) != queue.StoreFull {
		t.Fatalf("ready on a full disk: %v", err)
	}
	if _, err := e.Run(context.Background(), take, takeKeys, "small"); queue.CodeOf(err) != queue.StoreFull {
		t.Fatalf("the next call: %v", err)
	}
	if v, err := e.Read(context.Background(), "HGET", takeKeys[1], "n"); err != nil || v != fmt.Sprint(acknowledged) {
		t.Fatalf("reading goes on: %v, %v; want %d", v, err, acknowledged)
	}
	retry <- time.Time{}
	settle(e)
	if err := e.Ready(context.Background()); err == nil {
		t.Fatal("ready although the disk is still full")
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	retry <- time.Time{}
	settle(e)
	if err := e.Ready(context.Background()); err != nil {
		t.Fatalf("with space again: %v", err)
	}
	if n := mustTake(t, e, "small"); n != acknowledged+1 {
		t.Fatalf("number %d, want %d: a refused call happened", n, acknowledged+1)
	}
	before := mustDump(t, e)
	mustClose(t, e)
	e = mustOpen(t, data, testOptions(t))
	if !reflect.DeepEqual(before, mustDump(t, e)) {
		t.Fatal("the restart gives another state")
	}
}

// settle returns when the writer has done what it was given before.
func settle(e *Engine) { e.ask(func() error { return nil }) }

// fill takes all the space there is.
func fill(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for block := make([]byte, 4096); err == nil; {
		_, err = f.Write(block)
	}
	if !errors.Is(err, unix.ENOSPC) {
		t.Fatal(err)
	}
}

// TestFullDiskKilled: the process dies while the disk is full.
func TestFullDiskKilled(t *testing.T) {
	dir := smallDisk(t, 2<<20)
	data := filepath.Join(dir, "data")
	e := mustOpen(t, data, testOptions(t))
	fill(t, filepath.Join(dir, "ballast"))
	var err error
	acknowledged := 0
	for ; err == nil; acknowledged++ {
		_, err = e.Run(context.Background(), take, takeKeys, fmt.Sprint(acknowledged, strings.Repeat("y", 9000)))
	}
	acknowledged--
	left := stop(t, e)
	after := mustOpen(t, left.write(t), testOptions(t))
	if n := mustTake(t, after, "the next one"); n != acknowledged+1 {
		t.Fatalf("number %d behind %d acknowledged", n, acknowledged)
	}
}

// TestNoSpaceForASnapshot: then the journal is kept, and it is tried later.
func TestNoSpaceForASnapshot(t *testing.T) {
	opts := testOptions(t)
	opts.SnapshotEvery = 10
	e := mustOpen(t, t.TempDir(), opts)
	full := true
	e.ask(func() error {
		e.journal.fault = func(op string) error {
			if op == "snapshot" && full {
				return &sqlite.Error{Kind: sqlite.Full, Op: op, Err: unix.ENOSPC}
			}
			return nil
		}
		return nil
	})
	for i := range 60 {
		mustTake(t, e, fmt.Sprint(i, strings.Repeat("z", 200)))
	}
	if n := e.journal.count(t, "journal"); n != 60 {
		t.Fatalf("%d records, want 60", n)
	}
	e.ask(func() error { full = false; return nil })
	for i := range 200 {
		mustTake(t, e, fmt.Sprint("more", i, strings.Repeat("z", 200)))
	}
	if err := e.Snapshot(); err != nil {
		t.Fatal(err)
	}
	if n := e.journal.count(t, "journal"); n != 0 {
		t.Fatalf("%d records are left", n)
	}
}

// TestFailedDisk: after a failed fsync the process must end; until it does,
// nothing is answered as done.
func TestFailedDisk(t *testing.T) {
	for _, kind := range []sqlite.Kind{sqlite.IO, sqlite.Corrupt, sqlite.Other} {
		var fatal []error
		opts := testOptions(t)
		opts.Fatal = func(err error) { fatal = append(fatal, err) }
		e := mustOpen(t, t.TempDir(), opts)
		mustTake(t, e, "a")
		broken := &sqlite.Error{Kind: kind, Op: "journal", Err: unix.EIO}
		e.ask(func() error { e.journal.fault = func(string) error { return broken }; return nil })
		for range 2 {
			if _, err := e.Run(context.Background(), take, takeKeys, "b"); queue.CodeOf(err) != queue.StoreDown {
				t.Fatalf("kind %v: %v", kind, err)
			}
		}
		if err := e.Ready(context.Background()); queue.CodeOf(err) != queue.StoreDown {
			t.Fatalf("kind %v: ready: %v", kind, err)
		}
		if err := e.Snapshot(); err == nil {
			t.Fatal("a snapshot was written")
		}
		e.ask(func() error { e.retry(); return nil })
		mustClose(t, e)
		if len(fatal) != 1 || !errors.Is(fatal[0], broken) {
			t.Fatalf("kind %v: Fatal was called with %v", kind, fatal)
		}
	}
}

// TestHalfDoneOnAFullDisk: what cannot be taken back on the disk yet keeps
// every other call out.
func TestHalfDoneOnAFullDisk(t *testing.T) {
	retry := make(chan time.Time)
	opts := testOptions(t)
	opts.Retry = retry
	e := mustOpen(t, t.TempDir(), opts)
	mustTake(t, e, "a")
	before := mustDump(t, e)
	full := true
	e.ask(func() error {
		e.journal.fault = func(op string) error {
			if full && op != "journal" {
				return &sqlite.Error{Kind: sqlite.Full, Op: op, Err: unix.ENOSPC}
			}
			return nil
		}
		return nil
	})
	var failed *ScriptError
	if _, err := e.Run(context.Background(), half, takeKeys, "x"); !errors.As(err, &failed) {
		t.Fatal(err)
	}
	if _, err := e.Run(context.Background(), take, takeKeys, "b"); queue.CodeOf(err) != queue.StoreFull {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(before, mustDump(t, e)) {
		t.Fatal("half a command stayed")
	}
	e.ask(func() error { full = false; return nil })
	retry <- time.Time{}
	if n := mustTake(t, e, "b"); n != 2 {
		t.Fatal(n)
	}
	reopen(t, e)
}
