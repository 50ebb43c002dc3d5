package audit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

var morning = time.Date(2026, 11, 23, 9, 0, 0, 0, queue.Zone)

func open(t *testing.T) (*Log, *clock, string) {
	t.Helper()
	c := &clock{now: morning}
	path := filepath.Join(t.TempDir(), File)
	l, err := Open(context.Background(), path, c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l, c, path
}

func (l *Log) must(t *testing.T, object string) Line {
	t.Helper()
	line, err := l.Add(context.Background(), Line{Who: "Lan", Action: SettingsSave, Branch: "a", Object: object, Changes: []Change{{"name.vi", "x", "y"}}})
	if err != nil {
		t.Fatal(err)
	}
	return line
}

// tamper changes the file as somebody would who has its rules taken away.
func tamper(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sqlite.Open(context.Background(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range []string{"DROP TRIGGER lines_stay", "DROP TRIGGER lines_kept", "DROP TRIGGER anchor_forward", statement} {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
}

// Every way to change what was written shows, with the line it was done to.
func TestTamperingShows(t *testing.T) {
	for statement, want := range map[string]int64{
		"UPDATE lines SET who = 'Hoa' WHERE n = 3":                                 3,
		"UPDATE lines SET at = at + 1 WHERE n = 1":                                 1,
		"UPDATE lines SET outcome = 'x' WHERE n = 5":                               5,
		"UPDATE lines SET changes = '[{\"path\":\"name.vi\"}]' WHERE n = 2":        2,
		"UPDATE lines SET changes = 'no list' WHERE n = 2":                         2,
		"UPDATE lines SET digest = (SELECT digest FROM lines WHERE n=4) WHERE n=3": 3,
		"DELETE FROM lines WHERE n = 3":                                            3,
		"DELETE FROM lines WHERE n = 1":                                            1,
		"DELETE FROM lines WHERE n < 3":                                            1,
		"UPDATE anchor SET n = 2":                                                  3,
		"UPDATE lines SET n = 9 WHERE n = 5":                                       5,
	} {
		l, _, path := open(t)
		for i := range 5 {
			l.must(t, fmt.Sprint(i))
		}
		if v, err := l.Verify(context.Background()); err != nil || v.Lines != 5 || v.Head.N != 5 {
			t.Fatalf("%+v %v", v, err)
		}
		tamper(t, path, statement)
		_, err := Check(context.Background(), path)
		var broken *Broken
		if !errors.As(err, &broken) || broken.N != want {
			t.Errorf("%s: %v, want line %d", statement, err, want)
		}
	}
}

// A line that was forged with its own digest right does not fit the next one.
func TestForgedLineDoesNotFit(t *testing.T) {
	l, _, path := open(t)
	for i := range 3 {
		l.must(t, fmt.Sprint(i))
	}
	list, _, err := l.List(context.Background(), Query{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	forged := list[1]
	forged.Who = "Hoa"
	digest, err := forged.digest()
	if err != nil {
		t.Fatal(err)
	}
	tamper(t, path, "UPDATE lines SET who = 'Hoa', digest = '"+digest+"' WHERE n = 2")
	var broken *Broken
	if _, err := l.Verify(context.Background()); !errors.As(err, &broken) || broken.N != 3 {
		t.Error(err)
	}
}

func TestTheDatabaseKeepsLines(t *testing.T) {
	l, _, _ := open(t)
	l.must(t, "1")
	for _, s := range []string{"UPDATE lines SET who = ''", "DELETE FROM lines", "UPDATE anchor SET n = -1", "DELETE FROM anchor"} {
		if _, err := l.db.Exec(s); err == nil {
			t.Errorf("%s went through", s)
		}
	}
}

// Old lines go, the rest can still be verified, and that they went is written down.
func TestPurgeKeepsTheChain(t *testing.T) {
	l, c, path := open(t)
	for i := range 4 {
		l.must(t, fmt.Sprint(i))
	}
	c.now = c.now.AddDate(0, 12, 0)
	l.must(t, "later")
	c.now = c.now.AddDate(0, 13, 0)
	n, err := l.Purge(context.Background(), 24)
	if err != nil || n != 4 {
		t.Fatalf("%d %v", n, err)
	}
	v, err := l.Verify(context.Background())
	if err != nil || v.Lines != 2 || v.Head.N != 6 {
		t.Errorf("%+v %v", v, err)
	}
	if n, err := l.Purge(context.Background(), 24); err != nil || n != 0 {
		t.Errorf("again: %d %v", n, err)
	}
	c.now = c.now.AddDate(10, 0, 0)
	if n, err := l.Purge(context.Background(), 24); err != nil || n != 2 {
		t.Errorf("all: %d %v", n, err)
	}
	l.must(t, "after")
	if v, err := l.Verify(context.Background()); err != nil || v.Head.N != 8 {
		t.Errorf("%+v %v", v, err)
	}
	tamper(t, path, "UPDATE lines SET who = 'Hoa' WHERE n = 7")
	c.now = c.now.AddDate(10, 0, 0)
	var broken *Broken
	if _, err := l.Purge(context.Background(), 24); !errors.As(err, &broken) {
		t.Errorf("a broken chain was purged: %v", err)
	}
}

// Two processes add to one chain.
func TestTwoWritersOneChain(t *testing.T) {
	l, c, path := open(t)
	other, err := Open(context.Background(), path, c)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	var wg sync.WaitGroup
	for _, one := range []*Log{l, other, l, other} {
		wg.Go(func() {
			for range 5 {
				if _, err := one.Add(context.Background(), Line{Who: "x", Action: Login}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if v, err := l.Verify(context.Background()); err != nil || v.Lines != 20 {
		t.Errorf("%+v %v", v, err)
	}
}

func TestDiff(t *testing.T) {
	before := map[string]any{"name": "a", "open": true, "key": "s1", "counters": []any{map[string]any{"id": "1", "label": "Quầy 1"}, map[string]any{"id": "2"}}, "list": []int{1, 2}}
	after := map[string]any{"name": "b", "open": true, "key": "s2", "counters": []any{map[string]any{"id": "3"}, map[string]any{"id": "1", "label": "Một"}, map[string]any{"id": "2"}}, "list": []int{1}}
	list, err := Diff(before, after)
	if err != nil {
		t.Fatal(err)
	}
	want := []Change{{"counters[1].label", "Quầy 1", "Một"}, {"counters[3].id", "", "3"}, {"key", hiddenValue, hiddenValue}, {"list", "[1,2]", "[1]"}, {"name", "a", "b"}}
	if fmt.Sprint(list) != fmt.Sprint(want) {
		t.Errorf("%v\nwant %v", list, want)
	}
	if list, err := Diff(after, after); err != nil || len(list) != 0 {
		t.Errorf("%v %v", list, err)
	}
}

// Members that change places are a change, those that come between others are none.
func TestDiffOfOrder(t *testing.T) {
	list := func(ids ...string) any {
		var out []any
		for _, id := range ids {
			out = append(out, map[string]any{"id": id})
		}
		return map[string]any{"services": out}
	}
	got, err := Diff(list("a", "b", "c"), list("c", "a", "d"))
	want := []Change{{"services[b].id", "b", ""}, {"services[d].id", "", "d"}, {"services", `["a","b","c"]`, `["c","a","d"]`}}
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v %v\nwant %v", got, err, want)
	}
	if got, err := Diff(list("a", "b"), list("a", "d", "b")); err != nil || len(got) != 1 {
		t.Errorf("%v %v", got, err)
	}
}

// What is nested in a value that came or went as a whole is hidden, too.
func TestNoSecretInWholeValues(t *testing.T) {
	list, err := Diff(nil, map[string]any{"devices": []any{map[string]any{"id": "1", "secret": "xyz"}}})
	if err != nil || len(list) == 0 || strings.Contains(fmt.Sprint(list), "xyz") {
		t.Errorf("%v %v", list, err)
	}
	list, err = Diff(map[string]any{"a": "text"}, map[string]any{"a": map[string]any{"secret": "xyz"}})
	if err != nil || len(list) != 2 || strings.Contains(fmt.Sprint(list), "xyz") {
		t.Errorf("%v %v", list, err)
	}
}

func TestLongNumbersAreMasked(t *testing.T) {
	for in, want := range map[string]string{
		"CCCD 001099012345": "CCCD ••••••••••••", "001 099 012 345": "••••••••••••", "012345678.": "•••••••••.",
		"gọi 0218 3853 45": "gọi 0218 3853 45", "Quầy 12": "Quầy 12",
	} {
		if got := mask(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestListFilters(t *testing.T) {
	l, c, _ := open(t)
	l.must(t, "1")
	c.now = c.now.Add(24 * time.Hour)
	l.must(t, "2")
	if _, err := l.Add(context.Background(), Line{Who: "Hoa", Action: Login}); err != nil {
		t.Fatal(err)
	}
	for q, want := range map[Query]string{
		{}: "321", {Branch: "a"}: "21", {Action: Login}: "3", {Who: "Lan"}: "21", {From: "2026-11-24"}: "32", {To: "2026-11-23"}: "1",
		{From: "2026-11-23", To: "2026-11-24", Before: 3}: "21",
	} {
		q.Limit = 10
		list, more, err := l.List(context.Background(), q)
		got := ""
		for _, line := range list {
			got += fmt.Sprint(line.N)
		}
		if err != nil || more || got != want {
			t.Errorf("%+v: %s %v, want %s", q, got, err, want)
		}
	}
}

func TestUnusableLogSaysWhy(t *testing.T) {
	why := errors.New("damaged")
	l, ctx := Unusable(why), context.Background()
	_, add := l.Add(ctx, Line{})
	_, head := l.Head(ctx)
	_, _, list := l.List(ctx, Query{Limit: 1})
	_, verified := l.Verify(ctx)
	_, purged := l.Purge(ctx, 1)
	for i, err := range []error{add, head, list, verified, purged, l.ReadQueue(ctx, nil, "a")} {
		if !errors.Is(err, why) {
			t.Errorf("%d: %v", i, err)
		}
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}

func TestNewerLogIsRefused(t *testing.T) {
	l, c, path := open(t)
	if _, err := l.db.Exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), path, c); err == nil {
		t.Error("a log of a newer program was opened")
	}
	if _, err := Check(context.Background(), filepath.Join(t.TempDir(), "none.db")); err == nil || errors.Is(err, sql.ErrNoRows) {
		t.Error(err)
	}
}
