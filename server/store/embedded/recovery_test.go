package embedded

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"motcua/server/store"
)

// everyType makes a key of each type.
var everyType = store.NewScript("every_type", `
redis.call('SET', '{b}:string', ARGV[1]) redis.call('SET', '{b}:empty', '')
redis.call('HSET', '{b}:hash', 'field', ARGV[1], '', 'empty name', 'empty value', '')
redis.call('RPUSH', '{b}:list', 'z', 'a', ARGV[1], 'a')
redis.call('SADD', '{b}:set', 'b', 'a', ARGV[1])
redis.call('ZADD', '{b}:zset', -1.5, 'low', 1700000000123, 'high', '+inf', ARGV[1], 0.5, 'half')
redis.call('XADD', '{b}:stream', '17-0', 'kind', 'ticket.taken', 'by', ARGV[1])
redis.call('XADD', '{b}:stream', '17-5', 'kind', 'ticket.called')
redis.call('XADD', '{b}:stream', '100000000000000-1', 'kind', 'ticket.ended')
return {'ok'}`)

const oddText = "một cửa \x00\xff\r\n$5\r\n"

// reopen closes an engine and opens its directory again, after looking that
// the state is the same.
func reopen(t *testing.T, e *Engine) *Engine {
	t.Helper()
	before := mustDump(t, e)
	mustClose(t, e)
	e = mustOpen(t, e.dir, testOptions(t))
	if after := mustDump(t, e); !reflect.DeepEqual(before, after) {
		t.Fatalf("the state differs after a restart:\n%v\n%v", before, after)
	}
	return e
}

func (j *journal) count(t *testing.T, table string) (n int) {
	t.Helper()
	if err := j.db.QueryRow("SELECT count(*) FROM " + table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestReplay: replaying once, twice, from a snapshot, and from a snapshot with
// records behind it all give the state the engine had.
func TestReplay(t *testing.T) {
	e := mustOpen(t, t.TempDir(), testOptions(t))
	mustRun(t, e, everyType, nil, oddText)
	for i := range 50 {
		mustTake(t, e, fmt.Sprint(i))
	}
	e = reopen(t, e)
	e = reopen(t, e)
	if n := e.journal.count(t, "journal"); n != 51 {
		t.Fatalf("%d records, want 51: a replay must not write", n)
	}
	if err := e.Snapshot(); err != nil {
		t.Fatal(err)
	}
	if n := e.journal.count(t, "journal"); n != 0 {
		t.Fatalf("%d records are left behind a snapshot", n)
	}
	e = reopen(t, e)
	if n := mustTake(t, e, "after the snapshot"); n != 51 {
		t.Fatalf("number %d, want 51", n)
	}
	if err := e.Renew(); err != nil {
		t.Fatal(err)
	}
	if n := mustTake(t, e, "after the renewal"); n != 52 {
		t.Fatalf("number %d, want 52", n)
	}
	e = reopen(t, e)
	if n := mustTake(t, e, "3"); n != 4 {
		t.Fatalf("a request of the first day is answered with %d, want 4", n)
	}
	for range 5 {
		mustTake(t, e, fmt.Sprint(time.Now().UnixNano()))
		if err := e.Snapshot(); err != nil {
			t.Fatal(err)
		}
	}
	if n := e.journal.count(t, "snapshot"); n != keptSnapshots {
		t.Fatalf("%d snapshots are kept, want %d", n, keptSnapshots)
	}
	// The stream's last id must have survived everything.
	low := store.NewScript("low", `return {redis.pcall('XADD', '{b}:stream', '100000000000000-1', 'a', 'b').err or 'taken'}`)
	if out := mustRun(t, e, low, nil, ""); out[0] == "taken" {
		t.Fatal("an id was used twice")
	}
}

// TestOldRules: after an upgrade, old calls are replayed by the rules that
// decided them.
func TestOldRules(t *testing.T) {
	e := mustOpen(t, t.TempDir(), testOptions(t))
	old := store.NewScript("take", `return {'ok', tostring(redis.call('INCRBY', KEYS[1], 1))}`)
	now := store.NewScript("take", `return {'ok', tostring(redis.call('INCRBY', KEYS[1], 100))}`)
	for range 3 {
		mustRun(t, e, old, []string{"{b}:n"}, "")
	}
	e = reopen(t, e)
	if out := mustRun(t, e, now, []string{"{b}:n"}, ""); out[1] != "103" {
		t.Fatal(out)
	}
	e = reopen(t, e)
	if n := e.journal.count(t, "script"); n != 2 {
		t.Fatalf("%d sources are journalled, want 2", n)
	}
}

// TestAutomaticSnapshots: the journal stays short by itself.
func TestAutomaticSnapshots(t *testing.T) {
	opts := testOptions(t)
	opts.SnapshotEvery = 20
	e := mustOpen(t, t.TempDir(), opts)
	// A script that does not know what it has seen: a record that is both in
	// the snapshot and behind it counts twice.
	count := store.NewScript("count", `return {'ok', tostring(redis.call('INCRBY', KEYS[1], 1))}`)
	for i := range 500 {
		mustRun(t, e, count, []string{"{b}:n"}, strings.Repeat("long request id ", 20)+fmt.Sprint(i))
	}
	e = reopen(t, e)
	if n := e.journal.count(t, "journal"); n > 4*20+20 || e.journal.last != 500 {
		t.Fatalf("%d records of %d are left", n, e.journal.last)
	}
	// A tail decides by itself when the state is the larger part.
	for _, c := range []struct {
		tail tail
		want bool
	}{
		{tail{records: 19}, false},
		{tail{records: 20}, true},
		{tail{records: 20, pending: true}, false},
		{tail{records: 20, notBefore: 24}, false},
		{tail{records: 79, bytes: 5, snapshotBytes: 10}, false},
		{tail{records: 79, bytes: 10, snapshotBytes: 10}, true},
		{tail{records: 80, bytes: 5, snapshotBytes: 10}, true},
	} {
		if got := c.tail.due(20); got != c.want {
			t.Errorf("due(%+v) = %v", c.tail, got)
		}
	}
}

// TestStart: a day of 20,000 journalled commands is open in 3 s. The race
// detector makes it several times slower, so that it gets a shorter day.
func TestStart(t *testing.T) {
	calls := 20000
	if raceEnabled {
		calls = 4000
	}
	opts := testOptions(t)
	opts.SnapshotEvery = 1 << 30
	dir := t.TempDir()
	e := mustOpen(t, dir, opts)
	done := make(chan struct{})
	for c := range 64 {
		go func() {
			defer func() { done <- struct{}{} }()
			for i := c; i < calls; i += 64 {
				if _, err := e.Run(context.Background(), take, takeKeys, fmt.Sprint(i)); err != nil {
					t.Error(err)
					return
				}
			}
		}()
	}
	for range 64 {
		<-done
	}
	mustClose(t, e)
	start := time.Now()
	e = mustOpen(t, dir, opts)
	took := time.Since(start)
	const limit = 30 * time.Second // ten times what is aimed at: a busy machine must not fail
	t.Logf("replaying %d calls took %v", calls, took)
	if took > limit {
		t.Errorf("the start took %v, limit %v", took, limit)
	}
	start = time.Now()
	if err := e.Snapshot(); err != nil {
		t.Fatal(err)
	}
	t.Logf("a snapshot of %d visits took %v, %d bytes", calls, time.Since(start), e.tail.snapshotBytes)
	start = time.Now()
	if err := e.Renew(); err != nil {
		t.Fatal(err)
	}
	t.Logf("a renewal took %v", time.Since(start))
	mustClose(t, e)
	start = time.Now()
	mustOpen(t, dir, opts)
	t.Logf("opening from the snapshot took %v", time.Since(start))
}

func TestDumpIntoRedis(t *testing.T) {
	redis := startRedis(t)
	e := mustOpen(t, t.TempDir(), testOptions(t))
	mustRun(t, e, everyType, nil, oddText)
	for i := range 600 { // more than one command's worth
		mustTake(t, e, fmt.Sprint(i))
	}
	ctx := context.Background()
	all := mustDump(t, e)
	for range 2 { // an interrupted move may be repeated
		if err := Load(ctx, redis, all); err != nil {
			t.Fatal(err)
		}
	}
	for _, key := range all {
		args := map[string][]string{
			String: {"GET", key.Key}, List: {"LRANGE", key.Key, "0", "-1"}, Stream: {"XRANGE", key.Key, "-", "+"},
			ZSet: {"ZRANGE", key.Key, "0", "-1", "WITHSCORES"}, Set: {"SCARD", key.Key}, Hash: {"HLEN", key.Key},
		}[key.Type]
		here, err := e.Read(ctx, args...)
		if err != nil {
			t.Fatal(err)
		}
		there, err := redis.ask(args...)
		if err != nil || !reflect.DeepEqual(here, there) {
			t.Errorf("%v:\n  here  %.200v\n  Redis %.200v %v", args, here, there, err)
		}
	}
	if n, _ := redis.ask("DBSIZE"); n != int64(len(all)) {
		t.Errorf("%v keys in Redis, %d here", n, len(all))
	}
	out, err := redis.eval(take, takeKeys, "on Redis now")
	if err != nil || out[1] != "601" {
		t.Errorf("the day does not go on in Redis: %v, %v", out, err)
	}
}

func TestDumpFormat(t *testing.T) {
	m, err := newMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer m.close()
	if _, err, _ := m.run(everyType, &record{arg: oddText}); err != nil {
		t.Fatal(err)
	}
	m.dispatch([]string{"XADD", "{b}:none", "0-0", "a", "b"}) // refused, and leaves an empty stream
	all, err := m.dump()
	if err != nil {
		t.Fatal(err)
	}
	body := encodeDump(all)
	again, err := decodeDump(body)
	if err != nil || !reflect.DeepEqual(all, again) || len(all) != 7 {
		t.Fatalf("%v\n%v\n%v", all, again, err)
	}
	for end := range len(body) {
		if _, err := decodeDump(body[:end]); err == nil {
			t.Fatalf("a snapshot cut at %d of %d was taken", end, len(body))
		}
	}
}

// TestBackup: a copy made beside the running engine, also by another process,
// opens to the state of that moment.
func TestBackup(t *testing.T) {
	dir := t.TempDir()
	e := mustOpen(t, dir, testOptions(t))
	for i := range 20 {
		mustTake(t, e, fmt.Sprint(i))
	}
	want := mustDump(t, e)
	open := func(name string) {
		t.Helper()
		to := t.TempDir()
		if err := os.Rename(filepath.Join(dir, name), filepath.Join(to, "queue.db")); err != nil {
			t.Fatal(err)
		}
		copied := mustOpen(t, to, testOptions(t))
		if got := mustDump(t, copied); !reflect.DeepEqual(got, want) {
			t.Fatalf("%s holds another state", name)
		}
	}
	if err := e.Backup(context.Background(), filepath.Join(dir, "a.db")); err != nil {
		t.Fatal(err)
	}
	if out, code := child(t, "backup", dir, filepath.Join(dir, "b.db")); code != 0 {
		t.Fatal(out)
	}
	mustTake(t, e, "later")
	open("a.db")
	open("b.db")
	mustClose(t, e)
	want = append([]KeyDump(nil), mustDumpOf(t, dir)...)
	if err := BackupDir(context.Background(), dir, filepath.Join(dir, "c.db")); err != nil {
		t.Fatal("with no engine running: ", err)
	}
	open("c.db")
}

func mustDumpOf(t *testing.T, dir string) []KeyDump {
	t.Helper()
	e := mustOpen(t, dir, testOptions(t))
	defer e.Close()
	return mustDump(t, e)
}
