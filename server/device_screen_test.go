package main

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"testing"

	"motcua/server/queue"
	"motcua/server/staff"
)

// A screen that shows its code is set up by the command, and is the same after the
// server has started again.
func TestScreenCommand(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	open := func() *staff.Staff {
		t.Helper()
		book, err := staff.Open(ctx, filepath.Join(dir, "staff.db"), staff.Options{Clock: queue.SystemClock, Rand: rand.Reader})
		if err != nil {
			t.Fatal(err)
		}
		return book
	}
	book := open() // the server that runs beside the command
	p, secret, err := book.Pair(ctx, "Màn hình 1", "screen", "hoabinh", "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range [][]string{{"--page", "counter"}, {"--page", "admin"}, {"--page", "lookup", "--sound"}, {"--zone", "a"}} {
		if status, out := motcua(t, append([]string{"device", "approve", p.Code, "--data", dir}, bad...)...); status != 2 {
			t.Errorf("%v: status %d, %s", bad, status, out)
		}
	}
	if status, out := motcua(t, "device", "approve", p.Code, "--page", "counter", "--counter", "3", "--data", dir); status != 0 {
		t.Fatalf("status %d, %s", status, out)
	}
	_, key, ok, err := book.Claim(ctx, p.ID, secret)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	k, session, ok, err := book.LoginScreen(ctx, key)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	if _, err := book.Assign(ctx, k.ID, "Quầy 4", staff.Screen{Page: "rate", Counter: "4"}); err != nil {
		t.Fatal(err)
	}
	book.Close()
	book = open()
	defer book.Close()
	k, ok = book.KeyBySession(session)
	if !ok || k.Name != "Quầy 4" || k.Role != staff.Device || k.Screen != (staff.Screen{Page: "rate", Counter: "4"}) || len(k.Counters) != 1 || k.Branch != "hoabinh" {
		t.Errorf("after a new start it is %+v, %v", k, ok)
	}
	if caller, ok := book.BySession(session); !ok || caller.Role != staff.Device || !caller.MayCounter("4") || caller.MayCounter("3") {
		t.Errorf("its session may do what %+v may", caller)
	}
}
