package staff

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"motcua/server/queue"
)

func TestPairing(t *testing.T) {
	ctx, path, c := context.Background(), filepath.Join(t.TempDir(), "staff.db"), &clock{time.Date(2026, 11, 23, 9, 0, 0, 0, queue.Zone)}
	s := open(t, path, false, c)
	p, secret, err := s.Pair(ctx, "Máy 1", "agent", "b", "192.0.2.7")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, ok, err := s.Claim(ctx, p.ID, secret); ok || err != nil {
		t.Fatalf("a key before anybody approved: %v %v", ok, err)
	}
	if list, err := s.Pairings(ctx); err != nil || len(list) != 1 || list[0].Code != p.Code || list[0].Address != "192.0.2.7" {
		t.Errorf("%+v %v", list, err)
	}
	// The command approves from a process of its own.
	other := open(t, path, false, c)
	typed := " " + p.Code[:3] + p.Code[4:]
	if _, err := other.Approve(ctx, typed, Key{Role: Agent, Branch: "b", Counters: []string{"1"}}, "admin"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Approve(ctx, p.Code, Key{Role: Admin}, "x"); !errors.Is(err, ErrPaired) {
		t.Errorf("approved twice: %v", err)
	}
	if _, _, _, err := s.Claim(ctx, p.ID, "wrong"); !errors.Is(err, ErrNoPairing) {
		t.Errorf("claimed with a wrong secret: %v", err)
	}
	_, lost, ok, err := s.Claim(ctx, p.ID, secret)
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	k, key, ok, err := s.Claim(ctx, p.ID, secret)
	if !ok || err != nil || k.Name != "Máy 1" || k.Role != Agent {
		t.Fatal(k, ok, err)
	}
	if _, good := s.ByKey(lost); good {
		t.Error("the key of the answer that was lost is still good")
	}
	caller, good := s.ByKey(key)
	if !good || caller.Branch != "b" || !caller.MayCounter("1") || caller.MayCounter("2") {
		t.Errorf("%v %+v", good, caller)
	}
	if err := s.Paired(ctx, k.ID); err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := s.Claim(ctx, p.ID, secret); !errors.Is(err, ErrNoPairing) {
		t.Errorf("claimed after use: %v", err)
	}
}

func TestPairingsEnd(t *testing.T) {
	ctx, c := context.Background(), &clock{time.Date(2026, 11, 23, 9, 0, 0, 0, queue.Zone)}
	s := open(t, filepath.Join(t.TempDir(), "staff.db"), false, c)
	p, secret, err := s.Pair(ctx, "Máy 1", "agent", "", "")
	if err != nil {
		t.Fatal(err)
	}
	c.now = c.now.Add(PairingLife + time.Second)
	if _, err := s.Approve(ctx, p.Code, Key{Role: Agent}, "admin"); !errors.Is(err, ErrNoPairing) {
		t.Errorf("approved too late: %v", err)
	}
	if _, _, _, err := s.Claim(ctx, p.ID, secret); !errors.Is(err, ErrNoPairing) {
		t.Errorf("claimed too late: %v", err)
	}
	for range mostPairings + 20 {
		c.now = c.now.Add(time.Millisecond)
		if _, _, err := s.Pair(ctx, "x", "agent", "", ""); err != nil {
			t.Fatal(err)
		}
	}
	if list, _ := s.Pairings(ctx); len(list) != mostPairings {
		t.Errorf("%d pairings are kept", len(list))
	}
}

func TestLentKeyEndsWithTheProcess(t *testing.T) {
	path, c := filepath.Join(t.TempDir(), "staff.db"), &clock{time.Date(2026, 11, 23, 9, 0, 0, 0, queue.Zone)}
	s := open(t, path, false, c)
	secret, err := s.Lend(Key{Name: "máy ảo", Role: Agent})
	if err != nil {
		t.Fatal(err)
	}
	if caller, ok := s.ByKey(secret); !ok || caller.Name != "máy ảo" {
		t.Error("a lent key is not good")
	}
	s.Close()
	if _, ok := open(t, path, false, c).ByKey(secret); ok {
		t.Error("a lent key is good after a restart")
	}
}
