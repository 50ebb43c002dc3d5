package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/staff"
)

func TestDeviceCommand(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	book, err := staff.Open(ctx, filepath.Join(dir, "staff.db"), staff.Options{Clock: queue.SystemClock, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close() // the server that runs beside the command
	p, secret, err := book.Pair(ctx, "Máy 1", "agent", "sanh", "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	call := func(want int, args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if got := run(ctx, append([]string{"device"}, args...), &out, &errs); got != want {
			t.Errorf("device %v: status %d, %s%s", args, got, &out, &errs)
		}
		return out.String() + errs.String()
	}
	if list := call(0, "list", "--data", dir); !strings.Contains(list, p.Code) || !strings.Contains(list, "Máy 1") {
		t.Error(list)
	}
	call(2)
	call(2, "approve", p.Code)
	call(2, "approve", p.Code, "--role", "admin", "--data", dir)
	call(1, "approve", "AAA-AAA", "--data", dir)
	call(0, "approve", "--data", dir, "--counters", "1,2", strings.ToLower(p.Code))
	call(1, "approve", p.Code, "--data", dir)
	k, _, ok, err := book.Claim(ctx, p.ID, secret)
	if err != nil || !ok || k.Branch != "sanh" || len(k.Counters) != 2 {
		t.Fatalf("%+v %v %v", k, ok, err)
	}
	if list := call(0, "list", "--data", dir); !strings.Contains(list, "never used") {
		t.Error(list)
	}
	book.Used(k.ID, staff.Use{At: time.Date(2026, 11, 23, 9, 2, 0, 0, queue.Zone), Address: "192.0.2.1", Program: "motcua-agent/1.0"})
	if err := book.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	if list := call(0, "list", "--data", dir); !strings.Contains(list, "used 2026-11-23 09:02 from 192.0.2.1 motcua-agent/1.0") {
		t.Error(list)
	}
	call(0, "revoke", k.ID, "--data", dir)
	call(1, "revoke", k.ID, "--data", dir)
}

// A key for a branch that is not there would never work: the command refuses it.
func TestDeviceCommandKnowsBranches(t *testing.T) {
	ctx, dir, now := context.Background(), t.TempDir(), time.Now()
	o := openTest(t, dir, &now) // the server that runs beside the command
	defer o.engine.Close()
	book, err := staff.Open(ctx, filepath.Join(dir, "staff.db"), staff.Options{Clock: queue.SystemClock, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	p, _, err := book.Pair(ctx, "Máy 1", "agent", "", "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	status, out := motcua(t, "device", "approve", p.Code, "--branch", "hoabihn", "--data", dir)
	if status != 1 || !strings.Contains(out, `no branch "hoabihn"`) || !strings.Contains(out, "hoabinh") {
		t.Errorf("a branch that is not there: status %d, %s", status, out)
	}
	if status, out := motcua(t, "device", "approve", p.Code, "--branch", "hoabinh", "--data", dir); status != 0 {
		t.Errorf("status %d, %s", status, out)
	}
}
