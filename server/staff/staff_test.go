package staff

import (
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

func open(t *testing.T, path string, demo bool, c queue.Clock) *Staff {
	t.Helper()
	s, err := Open(context.Background(), path, Options{Demo: demo, Clock: c, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestKeysOutliveARestart(t *testing.T) {
	ctx, path, c := context.Background(), filepath.Join(t.TempDir(), "staff.db"), &clock{time.Date(2026, 11, 23, 9, 0, 0, 0, queue.Zone)}
	s := open(t, path, false, c)
	k, secret, err := s.Make(ctx, Key{Name: "quầy 1", Role: Desk, Branch: "b", Counters: []string{"1", "2"}})
	if err != nil {
		t.Fatal(err)
	}
	session, ok, err := s.Login(ctx, secret)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	s.Close()
	s = open(t, path, false, c)
	caller, ok := s.ByKey(secret)
	if !ok || caller.Role != Desk || !caller.MayCounter("2") || caller.MayCounter("3") || !caller.MayBranch("b") || caller.MayBranch("c") {
		t.Errorf("%v %+v", ok, caller)
	}
	again, ok := s.BySession(session)
	if !ok || again.Role != Desk || again.ID == caller.ID {
		t.Errorf("%v %+v", ok, again)
	}
	if err := s.Revoke(ctx, k.ID); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.ByKey(secret); ok {
		t.Error("a revoked key is good")
	}
	if _, ok := s.BySession(session); ok {
		t.Error("the session of a revoked key is good")
	}
	if err := s.Revoke(ctx, k.ID); err != ErrNotFound {
		t.Errorf("revoked twice: %v", err)
	}
	s.Close()
	for _, file := range []string{path, path + "-wal"} {
		if raw, err := os.ReadFile(file); err == nil && (strings.Contains(string(raw), secret) || strings.Contains(string(raw), session)) {
			t.Errorf("%s holds a secret", filepath.Base(file))
		}
	}
}

// A book from before there were accounts: its keys and sessions go on.
func TestBookWithoutAccounts(t *testing.T) {
	ctx, path, c := t.Context(), filepath.Join(t.TempDir(), "staff.db"), &clock{time.Date(2026, 11, 23, 9, 0, 0, 0, queue.Zone)}
	db, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := sqlite.Migrate(ctx, db, schema[:3]); err != nil {
		t.Fatal(err)
	}
	for query, args := range map[string][]any{
		"INSERT INTO keys(id, digest, name, role, branch, counters, made) VALUES('k', ?, 'quầy', 'desk', 'b', '', 1)": {digestOf("key")},
		"INSERT INTO sessions VALUES(?, 'k', ?)": {digestOf("session"), millis(c.now.Add(time.Hour))},
	} {
		if _, err := db.ExecContext(ctx, query, args...); err != nil {
			t.Fatal(err)
		}
	}
	db.Close()
	s := open(t, path, false, c)
	if caller, ok := s.ByKey("key"); !ok || caller.Role != Desk {
		t.Errorf("%v %+v", ok, caller)
	}
	if caller, ok := s.BySession("session"); !ok || caller.Role != Desk {
		t.Errorf("%v %+v", ok, caller)
	}
}

func TestSessionsEnd(t *testing.T) {
	ctx, c := context.Background(), &clock{time.Date(2026, 11, 23, 7, 0, 0, 0, queue.Zone)}
	s := open(t, filepath.Join(t.TempDir(), "staff.db"), false, c)
	key, err := s.First(ctx)
	if err != nil || key == "" {
		t.Fatal(key, err)
	}
	session, _, err := s.Login(ctx, key)
	if err != nil {
		t.Fatal(err)
	}
	c.now = c.now.Add(SessionLife - time.Minute)
	if _, ok := s.BySession(session); !ok {
		t.Error("ended early")
	}
	c.now = c.now.Add(2 * time.Minute)
	if _, ok := s.BySession(session); ok {
		t.Error("never ends")
	}
	if _, ok, _ := s.Login(ctx, "guess"); ok {
		t.Error("a wrong key logs in")
	}
}

func TestDemoKeysOnlyInTheDemo(t *testing.T) {
	c := &clock{time.Now()}
	demo, serve := open(t, filepath.Join(t.TempDir(), "a.db"), true, c), open(t, filepath.Join(t.TempDir(), "b.db"), false, c)
	for key, role := range demoKeys {
		if caller, ok := demo.ByKey(key); !ok || caller.Role != role {
			t.Errorf("%s: %v %v", key, ok, caller.Role)
		}
		if _, ok := serve.ByKey(key); ok {
			t.Errorf("%s is good in serve", key)
		}
	}
}

// The last key that may do everything stays: nobody could make another one.
func TestLastAdminStays(t *testing.T) {
	ctx, c := t.Context(), &clock{}
	s := open(t, filepath.Join(t.TempDir(), "staff.db"), false, c)
	if _, err := s.First(ctx); err != nil {
		t.Fatal(err)
	}
	first := s.Keys()[0].ID
	if _, _, err := s.Make(ctx, Key{Name: "one hall", Role: Admin, Branch: "b"}); err != nil {
		t.Fatal(err)
	}
	if err := s.Revoke(ctx, first); err != ErrLastAdmin {
		t.Errorf("revoking the last: %v", err)
	}
	if _, _, err := s.Make(ctx, Key{Name: "second", Role: Admin}); err != nil {
		t.Fatal(err)
	}
	if err := s.Revoke(ctx, first); err != nil {
		t.Errorf("revoking one of two: %v", err)
	}
}
