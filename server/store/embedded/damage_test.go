package embedded

import (
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// files are a database and its log as a power cut would leave them.
type files struct{ db, wal []byte }

func (f files) write(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, b := range map[string][]byte{"queue.db": f.db, "queue.db-wal": f.wal} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// stop gives the files of a running engine, as they are.
func stop(t *testing.T, e *Engine) files {
	t.Helper()
	var f files
	var err error
	if f.db, err = os.ReadFile(dbPath(e.dir)); err != nil {
		t.Fatal(err)
	}
	if f.wal, err = os.ReadFile(dbPath(e.dir) + "-wal"); err != nil {
		t.Fatal(err)
	}
	return f
}

// history runs calls one by one, so one transaction each, and gives the state
// after each of them and the files at the end.
func history(t *testing.T, calls int) ([][]KeyDump, files) {
	t.Helper()
	e := mustOpen(t, t.TempDir(), testOptions(t))
	states := [][]KeyDump{mustDump(t, e)}
	for i := range calls {
		mustTake(t, e, fmt.Sprint("request ", i))
		states = append(states, mustDump(t, e))
	}
	return states, stop(t, e)
}

// TestCutLog: a log cut anywhere in its last transactions opens to a state that
// was once true, and new calls go on from there.
func TestCutLog(t *testing.T) {
	states, f := history(t, 12)
	const frame = 4120
	from := max(32, len(f.wal)-8*frame)
	step := 397 // a prime, so that the cuts fall on every part of a frame
	for cut := len(f.wal); cut >= from; cut -= step {
		dir := files{f.db, f.wal[:cut]}.write(t)
		e := mustOpen(t, dir, testOptions(t))
		got := mustDump(t, e)
		at := -1
		for i := range states {
			if reflect.DeepEqual(states[i], got) {
				at = i
			}
		}
		if at < 0 {
			t.Fatalf("cut at %d of %d: a state that never was", cut, len(f.wal))
		}
		if cut == len(f.wal) && at != len(states)-1 {
			t.Fatalf("the whole log opens to call %d of %d", at, len(states)-1)
		}
		if n := mustTake(t, e, "the next one"); n != at+1 {
			t.Fatalf("cut at %d: the next number is %d behind %d", cut, n, at)
		}
		e = reopen(t, e)
		mustClose(t, e)
	}
}

// TestFlippedBits: a changed bit is refused with a reason, or changes nothing
// that was acknowledged. Only the last transactions of the log may read as the
// torn end of a commit, which nobody can tell apart.
func TestFlippedBits(t *testing.T) {
	states, f := history(t, 40)
	e := mustOpen(t, f.write(t), testOptions(t))
	if err := e.journal.checkpoint(); err != nil {
		t.Fatal(err)
	}
	mustClose(t, e) // all in the database file now
	db, err := os.ReadFile(dbPath(e.dir))
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewSource(1))
	refused := 0
	try := func(place string, damaged files) {
		t.Helper()
		e, err := Open(damaged.write(t), testOptions(t))
		if err != nil {
			refused++
			if strings.TrimSpace(err.Error()) == "" || strings.Contains(err.Error(), "\n") {
				t.Fatalf("%s: refused with %q", place, err)
			}
			return
		}
		defer e.Close()
		if got := mustDump(t, e); !reflect.DeepEqual(got, states[len(states)-1]) {
			t.Fatalf("%s: opened to another state", place)
		}
	}
	for range 120 {
		bit := random.Intn(len(db) * 8)
		try(fmt.Sprintf("database, bit %d of byte %d", bit%8, bit/8), files{flip(db, bit), nil})
	}
	inDatabase := refused
	for range 60 {
		bit := random.Intn((len(f.wal) - 4*4120) * 8)
		try(fmt.Sprintf("log, bit %d of byte %d", bit%8, bit/8), files{f.db, flip(f.wal, bit)})
	}
	t.Logf("%d of 120 refused in the database, %d of 60 in the log", inDatabase, refused-inDatabase)
	if inDatabase < 10 || refused-inDatabase < 50 {
		t.Error("too few were noticed: the test proved little")
	}
}

func flip(b []byte, bit int) []byte {
	c := append([]byte(nil), b...)
	c[bit/8] ^= 1 << (bit % 8)
	return c
}

// TestDamagedRecords: the refusal names the record.
func TestDamagedRecords(t *testing.T) {
	for _, c := range []struct{ name, sql, want string }{
		{"changed", "UPDATE journal SET body = CAST(replace(CAST(body AS TEXT), 'request', 'Request') AS BLOB) WHERE seq = 7", "record 7 is damaged"},
		{"moved", "UPDATE journal SET seq = 70 WHERE seq = 20", "record 20 is missing"},
		{"lost", "DELETE FROM journal WHERE seq = 9", "record 9 is missing"},
		{"another script", "UPDATE journal SET sha = 'abc' WHERE seq = 4", "record 4 is damaged"},
		{"script gone", "DELETE FROM script", "record 1 is damaged"},
		{"script changed", "UPDATE script SET source = CAST(source || ' ' AS BLOB)", "digest"},
		{"snapshot changed", "UPDATE snapshot SET body = CAST(body || 'x' AS BLOB)", "snapshot 0 is damaged"},
		{"newer program", "PRAGMA user_version = 99", "newer program"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := mustOpen(t, t.TempDir(), testOptions(t))
			if c.name == "snapshot changed" {
				if err := e.ask(func() error { return e.journal.saveSnapshot(0, encodeDump(nil)) }); err != nil {
					t.Fatal(err)
				}
			}
			for i := range 20 {
				mustTake(t, e, fmt.Sprint("request ", i))
			}
			if _, err := e.journal.db.Exec(c.sql); err != nil {
				t.Fatal(err)
			}
			mustClose(t, e)
			_, err := Open(e.dir, testOptions(t))
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "queue.db") {
				t.Fatalf("%v, want %q", err, c.want)
			}
			release, err := LockDir(e.dir)
			if err != nil {
				t.Fatal("a refused start keeps the lock:", err)
			}
			release()
		})
	}
}

// TestRecordSum: each part of a record is under its checksum.
func TestRecordSum(t *testing.T) {
	r := record{seq: 5, sha: "abc", keys: []string{"k", ""}, arg: oddText}
	body := r.body()
	want := sum(r.seq, r.sha, body)
	for bit := range len(body) * 8 {
		if sum(r.seq, r.sha, flip(body, bit)) == want {
			t.Fatalf("bit %d is not under the checksum", bit)
		}
	}
	if sum(6, r.sha, body) == want || sum(5, "abd", body) == want {
		t.Fatal("the number or the script is not under the checksum")
	}
	var again record
	if err := again.parseBody(body); err != nil || !reflect.DeepEqual(again.keys, r.keys) || again.arg != r.arg {
		t.Fatalf("%+v, %v", again, err)
	}
	for _, bad := range [][]byte{nil, {0xff}, {3, 1}, {1, 200, 'a'}, {0xff, 0xff, 0xff, 0xff, 0x7f}} {
		if err := again.parseBody(bad); err == nil {
			t.Errorf("%v was read", bad)
		}
	}
}
