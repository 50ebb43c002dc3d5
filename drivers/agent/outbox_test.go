package agent

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"motcua/drivers/box"
	"motcua/server/queue"
	"motcua/server/wire"
)

func openOutbox(t *testing.T, dir string, most int) *Outbox {
	t.Helper()
	b, err := box.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	o, err := OpenOutbox(b, most, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func press(n int) wire.Report {
	return wire.Report{At: "2026-11-23T08:00:00.000+07:00", Press: &wire.Press{Device: "keypads:1", Counter: "1", Do: "rate", Level: 1, Boot: 1, Seq: n}}
}

func health(id string, s queue.DeviceState) wire.Report {
	return wire.Report{Device: &queue.Device{ID: id, Kind: "printer", State: s}}
}

func mustPut(t *testing.T, o *Outbox, key string, r wire.Report) {
	t.Helper()
	if err := o.Put(key, r); err != nil {
		t.Fatal(err)
	}
}

// drain empties the outbox and gives the keys in order.
func drain(t *testing.T, o *Outbox) (keys []string) {
	t.Helper()
	for {
		id, r, ok := o.First()
		if !ok {
			return keys
		}
		keys = append(keys, r.Key)
		if err := o.Remove(id); err != nil {
			t.Fatal(err)
		}
	}
}

// What was put comes out in order, once, also after a restart in the middle.
func TestOutboxOrder(t *testing.T) {
	dir := t.TempDir()
	o := openOutbox(t, dir, 100)
	for n := range 12 {
		mustPut(t, o, fmt.Sprintf("p%d", n), press(n))
	}
	mustPut(t, o, "p3", press(3)) // the keypad tells it again
	id, _, _ := o.First()
	if err := o.Remove(id); err != nil {
		t.Fatal(err)
	}
	o = openOutbox(t, dir, 100)
	mustPut(t, o, "p12", press(12))
	if got := fmt.Sprint(drain(t, o)); got != "[p1 p2 p3 p4 p5 p6 p7 p8 p9 p10 p11 p12]" {
		t.Error(got)
	}
	if o.Len() != 0 {
		t.Error(o.Len())
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 0 {
		t.Error("files are left:", left)
	}
}

// Of each device only the newest state waits.
func TestOutboxHealth(t *testing.T) {
	dir := t.TempDir()
	o := openOutbox(t, dir, 100)
	mustPut(t, o, "a1", health("a", queue.DeviceReady))
	mustPut(t, o, "b1", health("b", queue.DeviceReady))
	mustPut(t, o, "a2", health("a", queue.DevicePaperOut))
	o = openOutbox(t, dir, 100)
	mustPut(t, o, "a3", health("a", queue.DeviceReady))
	if got := fmt.Sprint(drain(t, o)); got != "[b1 a3]" {
		t.Error(got)
	}
}

// A full outbox drops health first, then refuses presses, and takes results always.
func TestOutboxFull(t *testing.T) {
	o := openOutbox(t, t.TempDir(), 3)
	mustPut(t, o, "h", health("a", queue.DeviceReady))
	mustPut(t, o, "p1", press(1))
	mustPut(t, o, "p2", press(2))
	mustPut(t, o, "p3", press(3)) // in the place of h
	if err := o.Put("p4", press(4)); !errors.Is(err, ErrFull) {
		t.Errorf("a press too many: %v", err)
	}
	if err := o.Put("h2", health("a", queue.DeviceReady)); !errors.Is(err, ErrFull) {
		t.Errorf("health: %v", err)
	}
	mustPut(t, o, "r", wire.Report{Print: &wire.PrintResult{Job: "j"}})
	if got := fmt.Sprint(drain(t, o)); got != "[p1 p2 p3 r]" {
		t.Error(got)
	}
}

// A damaged record is not the end of those behind it.
func TestOutboxDamage(t *testing.T) {
	dir := t.TempDir()
	o := openOutbox(t, dir, 100)
	mustPut(t, o, "p1", press(1))
	mustPut(t, o, "p2", press(2))
	mustPut(t, o, "p3", press(3))
	for i, what := range []string{"{", ""} {
		name := filepath.Join(dir, fmt.Sprintf("%020d-press.json", i+1))
		if err := os.WriteFile(name, []byte(what), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, r, ok := o.First(); !ok || r.Key != "p3" {
		t.Error("running:", r.Key)
	}
	if err := os.WriteFile(filepath.Join(dir, "00000000000000000001-press.json"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(drain(t, openOutbox(t, dir, 100))); got != "[p3]" {
		t.Error(got)
	}
}
