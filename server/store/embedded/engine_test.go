package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/store"
)

func TestConcurrentCalls(t *testing.T) {
	var mu sync.Mutex
	commits, records := 0, 0
	opts := testOptions(t)
	opts.OnCommit = func(n int, took time.Duration) {
		mu.Lock()
		defer mu.Unlock()
		commits, records = commits+1, records+n
		if n < 1 || n > maxBatch || took < 0 {
			t.Errorf("a commit of %d records in %v", n, took)
		}
	}
	e := mustOpen(t, t.TempDir(), opts)
	const clients, each = 32, 50
	numbers := make(chan int, clients*each)
	var wg sync.WaitGroup
	for c := range clients {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range each {
				numbers <- mustTake(t, e, fmt.Sprintf("%d-%d", c, i))
			}
		}()
	}
	wg.Wait()
	close(numbers)
	seen := map[int]bool{}
	for n := range numbers {
		if seen[n] {
			t.Fatalf("number %d was given out twice", n)
		}
		seen[n] = true
	}
	for n := 1; n <= clients*each; n++ {
		if !seen[n] {
			t.Fatalf("number %d was skipped", n)
		}
	}
	if n := mustTake(t, e, "0-0"); !seen[n] {
		t.Fatalf("a repeated request got a new number, %d", n)
	}
	mustClose(t, e)
	if records != clients*each+1 || commits >= records {
		t.Errorf("%d records in %d commits", records, commits)
	}
	if err := e.Close(); err != nil {
		t.Error("closing twice:", err)
	}
	if _, err := e.Run(context.Background(), take, takeKeys, "x"); !errors.Is(err, ErrClosed) {
		t.Errorf("a call on a closed engine: %v", err)
	}
	if err := e.Ready(context.Background()); err == nil {
		t.Error("a closed engine is ready")
	}
	if err := e.Snapshot(); !errors.Is(err, ErrClosed) {
		t.Errorf("a snapshot of a closed engine: %v", err)
	}
}

func TestReady(t *testing.T) {
	opts := testOptions(t)
	opts.Reserve = 0
	e := mustOpen(t, t.TempDir(), opts)
	if err := e.Ready(context.Background()); err != nil {
		t.Fatal(err)
	}
	e.opts.Reserve = 1 << 60
	if err := e.Ready(context.Background()); queue.CodeOf(err) != queue.StoreFull {
		t.Fatalf("with less than the reserve: %v", err)
	}
	mustTake(t, e, "calls are still taken")
	if e.Name() != "embedded" {
		t.Error(e.Name())
	}
}

// TestCancel: a call given up before its commit never happens; later, nobody
// promises anything.
func TestCancel(t *testing.T) {
	e := mustOpen(t, t.TempDir(), testOptions(t))
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := e.Run(gone, take, takeKeys, "a"); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	// Hold the writer; two calls wait; one gives up.
	hold, held := make(chan struct{}), make(chan struct{})
	go e.ask(func() error { close(held); <-hold; return nil })
	<-held
	ctx, cancel := context.WithCancel(context.Background())
	results := make(chan error, 2)
	go func() { _, err := e.Run(ctx, take, takeKeys, "given up"); results <- err }()
	for len(e.calls) != 1 {
		time.Sleep(time.Millisecond)
	}
	cancel()
	if err := <-results; !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	go func() { _, err := e.Run(context.Background(), take, takeKeys, "kept"); results <- err }()
	for len(e.calls) != 2 {
		time.Sleep(time.Millisecond)
	}
	close(hold)
	if err := <-results; err != nil {
		t.Fatal(err)
	}
	if n := mustTake(t, e, "next"); n != 2 {
		t.Fatalf("the call that was given up took a number: the next one is %d", n)
	}
	// A call that is already in its commit.
	c := &call{script: take, answer: make(chan answer, 1)}
	c.fate.Store(taken)
	if _, err := e.giveUp(ctx, c); queue.CodeOf(err) != queue.StoreDown {
		t.Fatal(err)
	}
	c.finish([]string{"ok"}, nil)
	if out, err := e.giveUp(ctx, c); err != nil || out[0] != "ok" {
		t.Fatal(out, err)
	}
}

func TestTooLarge(t *testing.T) {
	e := mustOpen(t, t.TempDir(), testOptions(t))
	if _, err := e.Run(context.Background(), take, takeKeys, strings.Repeat("x", maxCall)); err == nil {
		t.Error("a call of more than 1 MiB was taken")
	}
	if _, err := e.Run(context.Background(), take, make([]string, maxKeys+1), ""); err == nil {
		t.Error("a call with too many keys was taken")
	}
}

func TestChanged(t *testing.T) {
	e := mustOpen(t, t.TempDir(), testOptions(t))
	ch := e.Changed()
	select {
	case <-ch:
		t.Fatal("closed before any change")
	default:
	}
	mustTake(t, e, "a")
	<-ch
	v, err := e.Read(context.Background(), "XREAD", "COUNT", "10", "STREAMS", takeKeys[4], "0")
	if err != nil || len(v.([]any)) != 1 {
		t.Fatal(v, err)
	}
}

// half writes, then fails, unless its argument is "fine".
var half = store.NewScript("half", `
redis.call('HINCRBY', KEYS[2], 'n', 1)
redis.call('RPUSH', KEYS[4], 'half')
if ARGV[1] ~= 'fine' then error('no') end
return {'ok', ARGV[1]}`)

// TestHalfDone: a script that fails after it began to write leaves nothing
// behind, now and after a restart; its neighbours in the batch are untouched.
func TestHalfDone(t *testing.T) {
	dir := t.TempDir()
	e := mustOpen(t, dir, testOptions(t))
	mustTake(t, e, "first")
	before := mustDump(t, e)
	_, err := e.Run(context.Background(), half, takeKeys, "x")
	var failed *ScriptError
	if !errors.As(err, &failed) || failed.Script != "half" || !strings.Contains(failed.Reason, "no") {
		t.Fatalf("%v", err)
	}
	if after := mustDump(t, e); !reflect.DeepEqual(before, after) {
		t.Fatalf("half a command stayed:\n%v\n%v", before, after)
	}
	// In the middle of one batch.
	hold, held := make(chan struct{}), make(chan struct{})
	go e.ask(func() error { close(held); <-hold; return nil })
	<-held
	var wg sync.WaitGroup
	for i := range 9 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s, arg := take, fmt.Sprint("batch", i)
			if i%3 == 1 {
				s = half
			}
			if _, err := e.Run(context.Background(), s, takeKeys, arg); (err != nil) != (i%3 == 1) {
				t.Errorf("call %d: %v", i, err)
			}
		}()
	}
	for len(e.calls) != 9 {
		time.Sleep(time.Millisecond)
	}
	close(hold)
	wg.Wait()
	if n := mustTake(t, e, "last"); n != 8 {
		t.Fatalf("the next number is %d, want 8", n)
	}
	before = mustDump(t, e)
	mustClose(t, e)
	e = mustOpen(t, dir, testOptions(t))
	if after := mustDump(t, e); !reflect.DeepEqual(before, after) {
		t.Fatal("the restart gives another state")
	}
	if out := mustRun(t, e, half, takeKeys, "fine"); out[1] != "fine" {
		t.Fatal(out)
	}
}

// TestHalfDoneThenKilled: the process ended after the commit and before the
// call was taken back; the start does that.
func TestHalfDoneThenKilled(t *testing.T) {
	dir := t.TempDir()
	e := mustOpen(t, dir, testOptions(t))
	mustTake(t, e, "a")
	before := mustDump(t, e)
	c := &call{record: record{sha: half.SHA, keys: takeKeys, arg: "x"}, script: half}
	if err := e.ask(func() error { return e.journal.append([]*call{c}) }); err != nil {
		t.Fatal(err)
	}
	mustClose(t, e)
	for range 2 {
		e = mustOpen(t, dir, testOptions(t))
		if after := mustDump(t, e); !reflect.DeepEqual(before, after) {
			t.Fatalf("half a command stayed:\n%v\n%v", before, after)
		}
		mustClose(t, e)
	}
	e = mustOpen(t, dir, testOptions(t))
	if n := mustTake(t, e, "b"); n != 2 {
		t.Fatal(n)
	}
}

// TestBrokenMiniredis: a defect inside miniredis may leave its lock held; the
// engine goes on with a new one.
func TestBrokenMiniredis(t *testing.T) {
	e := mustOpen(t, t.TempDir(), testOptions(t))
	mustTake(t, e, "a")
	e.mem.Load().mr.Lock() // as a handler that panicked leaves it
	e.mem.Load().broken = true
	if _, err := e.Read(context.Background(), "GET", "k"); queue.CodeOf(err) != queue.StoreDown {
		t.Fatal(err)
	}
	if _, err := e.Run(context.Background(), take, takeKeys, "b"); err == nil {
		t.Fatal("the broken one answered")
	}
	if n := mustTake(t, e, "c"); n != 2 {
		t.Fatal(n)
	}
}

// TestAtomic: a reader never sees a script half-way, nor a state that is not
// on the disk.
func TestAtomic(t *testing.T) {
	e := mustOpen(t, t.TempDir(), testOptions(t))
	pair := store.NewScript("pair", `redis.call('HSET', KEYS[1], 'a', ARGV[1]) redis.call('HSET', KEYS[1], 'b', ARGV[1]) redis.call('XADD', '{b}:x', ARGV[1] .. '-1', 'a', ARGV[1]) return {'ok'}`)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			default:
			}
			v, err := e.Read(context.Background(), "HMGET", "{b}:pair", "a", "b")
			if err != nil {
				t.Error(err)
				return
			}
			if l := v.([]any); l[0] != l[1] {
				t.Errorf("half a script was seen: %v", l)
				return
			}
			// Streams are read without the lock; the race detector looks on.
			if _, err := e.Read(context.Background(), "XREVRANGE", "{b}:x", "+", "-", "COUNT", "5"); err != nil {
				t.Error(err)
				return
			}
		}
	}()
	for i := range 60 {
		mustRun(t, e, pair, []string{"{b}:pair"}, fmt.Sprint(i))
		if i%20 == 10 {
			if err := e.Renew(); err != nil {
				t.Fatal(err)
			}
		}
	}
	close(stop)
	<-done
}

// TestReaderAcrossASwap: who waits for a memory that is being replaced reads
// the new one, not what was to be undone.
func TestReaderAcrossASwap(t *testing.T) {
	e := mustOpen(t, t.TempDir(), testOptions(t))
	read := make(chan any, 1)
	e.ask(func() error {
		old := e.mem.Load()
		old.mu.Lock()
		go func() {
			v, err := e.Read(context.Background(), "GET", "k")
			if err != nil {
				v = err
			}
			read <- v
		}()
		time.Sleep(20 * time.Millisecond) // the reader waits for the lock by then
		old.dispatch([]string{"SET", "k", "half"})
		m, err := newMemory()
		if err != nil {
			return err
		}
		e.swap(m)
		return nil
	})
	if v := <-read; v != nil {
		t.Fatalf("read %v from the old memory", v)
	}
}

func TestLock(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "data")
	e := mustOpen(t, dir, testOptions(t))
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Fatal(info, err)
	}
	if _, err := Open(dir, testOptions(t)); !errors.Is(err, ErrLocked) || strings.Contains(err.Error(), "\n") {
		t.Fatalf("a second engine in one process: %v", err)
	}
	if out, code := child(t, "lock", dir); code != 3 || !strings.Contains(out, "another motcua process") {
		t.Fatalf("a second process: %q, status %d", out, code)
	}
	mustClose(t, e)
	if out, code := child(t, "lock", dir); code != 0 {
		t.Fatalf("after closing: %q, status %d", out, code)
	}
	release, err := LockDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	release()
	mustOpen(t, dir, testOptions(t))
}
