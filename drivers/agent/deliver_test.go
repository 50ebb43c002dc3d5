package agent

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"motcua/server/wire"
)

func pressKeys(from, to int) (keys []string) {
	for n := from; n <= to; n++ {
		keys = append(keys, fmt.Sprintf("press.keypads:1.1.%d", n))
	}
	return keys
}

// Whatever happens to each of its attempts, a press arrives once and in its order.
func TestDeliverThroughFaults(t *testing.T) {
	b := newBench(t)
	turn := map[string]int{}
	b.f.faults = func(r record) fault {
		if r.Report.Press == nil {
			return fine
		}
		turn[r.Key]++
		plan := []fault{before, after, broken, busy, fine}
		if i := turn[r.Key] + r.Report.Press.Seq; turn[r.Key] < 3 {
			return plan[i%len(plan)]
		}
		return fine
	}
	b.start()
	for n := 1; n <= 12; n++ {
		if err := b.press(n); err != nil {
			t.Fatal(err)
		}
	}
	want := pressKeys(1, 12)
	until(t, "all presses", func() bool { return len(b.f.got(kindPress)) == len(want) && b.a.outbox.Len() == 0 })
	if !b.f.gotAll(kindPress, want) {
		t.Errorf("got %v", b.f.got(kindPress))
	}
	if b.f.repeats == 0 {
		t.Error("no fault came after a report was taken: this test proves nothing")
	}
}

// What the server understood and refused does not stand in the way; what it could
// not judge stays.
func TestRefusals(t *testing.T) {
	b := newBench(t)
	b.f.faults = func(r record) fault {
		if r.Report.Press != nil && r.Report.Press.Seq == 1 {
			return deny
		}
		return fine
	}
	b.start()
	for n := 1; n <= 2; n++ {
		if err := b.press(n); err != nil {
			t.Fatal(err)
		}
	}
	until(t, "an empty outbox", func() bool { return b.a.outbox.Len() == 0 && len(b.f.got(kindPress)) == 2 })
	if !strings.Contains(b.log.String(), "nothing_to_rate") {
		t.Error("the refusal is not in the log")
	}
	for _, r := range []refusal{{401, "x"}, {403, "x"}, {408, "x"}, {425, "x"}, {429, "x"}, {404, ""}, {500, "x"}, {503, "x"}} {
		if r.final() {
			t.Errorf("%+v is final", r)
		}
	}
	for _, r := range []refusal{{400, "x"}, {404, "x"}, {409, "x"}, {422, "x"}} {
		if !r.final() {
			t.Errorf("%+v is not final", r)
		}
	}
}

// A day without a network: everything is kept, and arrives with its own time.
func TestDayOffline(t *testing.T) {
	b := newBench(t)
	clock := newStepped()
	b.o.Clock, b.f.now = clock, clock.Now
	b.start()
	until(t, "the line", func() bool { return b.f.online() == 1 })
	until(t, "health", func() bool { return b.a.outbox.Len() == 0 })
	// What the server said last must be read before the clock is moved: late, it
	// would set the agent's clock back.
	online := func() bool { on, _ := b.a.line.get(); return on }
	until(t, "the line, on the agent's side", online)
	b.f.down()
	until(t, "the loss", func() bool { return !online() })
	began := clock.Now()
	for n := 1; n <= 24; n++ {
		if err := b.press(n); err != nil {
			t.Fatal(err)
		}
		clock.step(time.Hour)
	}
	if n := b.a.outbox.Len(); n < 24 {
		t.Fatalf("%d records are kept", n)
	}
	b.f.up(b.f.addr)
	until(t, "all presses", func() bool { clock.step(200 * time.Millisecond); return len(b.f.got(kindPress)) == 24 })
	if !b.f.gotAll(kindPress, pressKeys(1, 24)) {
		t.Errorf("got %v", b.f.got(kindPress))
	}
	var told []record
	b.f.set(func() { told = slices.Clone(b.f.reports) }) // health may still be told
	for i, r := range told {
		if r.Report.Press == nil {
			continue
		}
		want := began.Add(time.Duration(r.Report.Press.Seq-1) * time.Hour)
		at, err := time.Parse(time.RFC3339, string(r.Report.At))
		if err != nil || at.Sub(want).Abs() > 5*time.Minute { // the clock was stepped under it
			t.Errorf("report %d: pressed at %s, told as %s", i, want, r.Report.At)
		}
	}
}

// A revoked key leads to a new pairing; what waited goes out under the new key.
func TestRevoked(t *testing.T) {
	b := newBench(t)
	b.o.Key = ""
	notice := &safeBuffer{}
	b.o.Notice = notice
	b.f.set(func() { b.f.approve = true })
	b.start()
	until(t, "the line", func() bool { return b.f.online() == 1 })
	b.f.set(func() { b.f.approve = false; clear(b.f.keys) })
	if err := b.press(1); err != nil {
		t.Fatal(err)
	}
	until(t, "a second pairing", func() bool { return b.a.line.shown() == "K7M-2Q4" })
	if got := b.f.got(kindPress); len(got) != 0 {
		t.Errorf("%v went out under a revoked key", got)
	}
	b.f.set(func() { b.f.approve = true })
	until(t, "the press", func() bool { return b.f.gotAll(kindPress, pressKeys(1, 1)) })
	until(t, "no code on show", func() bool { return b.a.line.shown() == "" })
	for _, code := range []string{"K7M-1Q4", "K7M-2Q4"} {
		if strings.Count(notice.String(), code) != 2 { // in both languages
			t.Errorf("%s was not shown to people: %q", code, notice.String())
		}
	}
	name := filepath.Join(b.o.Data, "key")
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("key file: %v %v", info, err)
	}
	b.stop()
	b.start() // the stored key is used again
	until(t, "the line", func() bool { return b.f.online() == 1 })
	if b.f.pairings != 2 {
		t.Errorf("%d pairings", b.f.pairings)
	}
	for _, secret := range []string{"k2", "s1", "s2"} {
		if strings.Contains(b.log.String(), secret+" ") || strings.Contains(b.log.String(), "key="+secret) {
			t.Errorf("%s is in the log", secret)
		}
	}
}

// A pairing that the server no longer knows begins again with another code.
func TestPairingExpires(t *testing.T) {
	b := newBench(t)
	b.o.Key = ""
	clock := newStepped()
	b.o.Clock = clock
	b.start()
	until(t, "a code", func() bool { return b.a.line.shown() == "K7M-1Q4" })
	b.f.set(func() { b.f.pairings = 7 }) // its secret is unknown now
	until(t, "another code", func() bool { clock.step(time.Second); return b.a.line.shown() == "K7M-8Q4" })
}

// Answers of somebody between us and the server are no answers.
func TestStrangersAnswers(t *testing.T) {
	b := newBench(t)
	b.f.pages["/api/v1/portal"] = "x"
	a, err := newAgent(b.o, b.makers())
	if err != nil {
		t.Fatal(err)
	}
	b.f.set(func() { b.f.pages["/portal"] = "<h1>Log in</h1>" })
	var v any
	if err := a.call(context.Background(), "GET", "/portal", "k1", "", nil, &v); err == nil {
		t.Error("a page of HTML was taken for an answer")
	}
}

func TestTimes(t *testing.T) {
	clock := newStepped()
	h := newHallTime(clock)
	server := clock.Now().Add(1000 * time.Hour)
	h.roughly(server)
	clock.step(time.Minute)
	if got := h.now(); !got.Equal(server.Add(time.Minute)) {
		t.Error(got)
	}
	h.roughly(h.now().Add(time.Second)) // whole seconds are too coarse to correct a second
	if got := h.now(); !got.Equal(server.Add(time.Minute)) {
		t.Error(got)
	}
	if got := wire.TimeOf(h.now()); got == "" {
		t.Error("no time")
	}
}
