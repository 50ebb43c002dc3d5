package staff

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"motcua/server/queue"
)

// What is known of a key's last use outlives a restart, not more than the program says
// of itself, and is gone with the key.
func TestUsesOfKeys(t *testing.T) {
	ctx, path, c := context.Background(), filepath.Join(t.TempDir(), "staff.db"), &clock{time.Date(2026, 11, 23, 9, 0, 0, 0, queue.Zone)}
	s := open(t, path, false, c)
	k, secret, err := s.Make(ctx, Key{Name: "máy 1", Role: Agent, Branch: "b"})
	if err != nil {
		t.Fatal(err)
	}
	if u := s.LastUse(k.ID); u != (Use{}) {
		t.Errorf("used before it was used: %+v", u)
	}
	caller, _ := s.ByKey(secret)
	refresh := func() {
		t.Helper()
		if err := s.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
	}
	s.Used(caller.Key, Use{c.now, "10.0.0.5", "motcua-agent/1.0"})
	s.Used("", Use{c.now, "10.0.0.6", ""})
	s.Used("lost", Use{c.now, "10.0.0.6", ""})
	refresh()
	first := c.now
	c.now = c.now.Add(usedEvery - time.Second)
	s.Used(caller.Key, Use{c.now, "10.0.0.7", ""})
	if u := s.LastUse(k.ID); u != (Use{c.now, "10.0.0.7", "motcua-agent/1.0"}) {
		t.Errorf("%+v", u)
	}
	refresh() // too early to write it again
	s.Close()
	s = open(t, path, false, c)
	if u := s.LastUse(k.ID); !u.At.Equal(first) || u.Address != "10.0.0.5" || u.Program != "motcua-agent/1.0" {
		t.Errorf("after a restart: %+v", u)
	}
	if u := s.LastUse("lost"); u != (Use{}) {
		t.Errorf("of a key that is none: %+v", u)
	}
	if keys := s.Keys(); len(keys) != 1 || !keys[0].Made.Equal(first) {
		t.Errorf("made %+v", keys)
	}
	if err := s.Revoke(ctx, k.ID); err != nil {
		t.Fatal(err)
	}
	refresh()
	var n int
	if err := s.db.QueryRow("SELECT count(*) FROM uses").Scan(&n); err != nil || n != 0 || s.LastUse(k.ID) != (Use{}) {
		t.Errorf("%d uses of a revoked key are kept, %+v, %v", n, s.LastUse(k.ID), err)
	}
}

// What runs inside the server is seen too, and leaves nothing behind.
func TestUsesOfLentKeys(t *testing.T) {
	ctx, c := context.Background(), &clock{time.Date(2026, 11, 23, 9, 0, 0, 0, queue.Zone)}
	s := open(t, filepath.Join(t.TempDir(), "staff.db"), false, c)
	secret, err := s.Lend(Key{Name: "máy thử", Role: Agent, Branch: "b"})
	if err != nil {
		t.Fatal(err)
	}
	caller, _ := s.ByKey(secret)
	s.Used(caller.Key, Use{c.now, "127.0.0.1", ""})
	if err := s.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := s.db.QueryRow("SELECT count(*) FROM uses").Scan(&n); err != nil || n != 0 || s.LastUse(caller.Key).Address == "" {
		t.Errorf("%d stored, %+v, %v", n, s.LastUse(caller.Key), err)
	}
}
