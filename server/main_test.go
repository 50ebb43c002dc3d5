package main

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"motcua/server/metrics"
	"motcua/server/queue"
	"motcua/server/store/storetest"
)

// motcua runs the program in this process and gives its status and output.
func motcua(t *testing.T, args ...string) (int, string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	var out bytes.Buffer
	status := run(ctx, args, &out, &out)
	return status, out.String()
}

func TestWords(t *testing.T) {
	for _, test := range []struct {
		args   string
		status int
		says   string
	}{
		{"", 2, "Commands"},
		{"dance", 2, `unknown command "dance"`},
		{"version", 0, "motcua " + Version},
		{"serve", 2, "serve needs --data DIR"},
		{"serve --data x --store postgres://x", 2, "must be embedded or redis://"},
		{"serve --data x extra", 2, `does not take "extra"`},
		{"demo --addr 0.0.0.0:0", 1, "is not a loopback address"},
		{"demo --addr :0", 1, "is not a loopback address"},
		{"backup --data x", 2, "--to FILE"},
		{"doctor", 2, "motcua doctor --data DIR"},
		{"serve --data " + t.TempDir() + " --store redis://127.0.0.1:1 --addr 127.0.0.1:0", 1, "does not answer"},
		{"migrate --data x", 2, "--to redis://"},
		{"export --data x", 2, "--branch ID"},
	} {
		status, out := motcua(t, strings.Fields(test.args)...)
		if status != test.status || !strings.Contains(out, test.says) {
			t.Errorf("motcua %s: status %d\n%swant %d and %q", test.args, status, out, test.status, test.says)
		}
	}
}

// openTest opens a demo branch on a data directory with a clock of its own.
func openTest(t *testing.T, data string, now *time.Time) *opened {
	t.Helper()
	c := &config{Data: data, Store: "embedded", demo: true}
	o, err := openStore(t.Context(), c, metrics.New(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := seed(t.Context(), o.store, queue.DemoSettings(), *now); err != nil {
		t.Fatal(err)
	}
	return o
}

func takeTest(t *testing.T, o *opened, now time.Time, code string) string {
	t.Helper()
	set := queue.DemoSettings()
	c := queue.Command{Verb: queue.Take, Branch: set.ID, Service: set.Services[0].ID, Token: code, Code: code}
	if err := set.Prepare(&c, now); err != nil {
		t.Fatal(err)
	}
	r, err := o.store.Do(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return r.Visit.Number
}

func TestBackupBesideARunningServer(t *testing.T) {
	now := storetest.Noon
	data, file := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "backup.tar.gz")
	o := openTest(t, data, &now)
	takeTest(t, o, now, "AAAAAA")
	if status, out := motcua(t, "backup", "--data", data, "--to", file); status != 0 {
		t.Fatal(out)
	}
	takeTest(t, o, now, "BBBBBB") // after the backup
	if status, out := motcua(t, "restore", "--data", data, "--from", file); status != 1 || !strings.Contains(out, "not empty") {
		t.Errorf("restore over a running server: %d %s", status, out)
	}
	o.close()
	back := filepath.Join(t.TempDir(), "back")
	if status, out := motcua(t, "restore", "--data", back, "--from", file); status != 0 {
		t.Fatal(out)
	}
	restored := openTest(t, back, &now)
	defer restored.close()
	if n := takeTest(t, restored, now, "CCCCCC"); n != "A002" {
		t.Errorf("the restored hall goes on with %s, want A002", n)
	}
	damaged, _ := os.ReadFile(file)
	damaged[len(damaged)/2] ^= 1
	bad := filepath.Join(t.TempDir(), "bad.tar.gz")
	if err := os.WriteFile(bad, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	if status, _ := motcua(t, "restore", "--data", filepath.Join(t.TempDir(), "x"), "--from", bad); status != 1 {
		t.Error("a damaged backup was restored")
	}
}

func TestMigrateMovesARunningDay(t *testing.T) {
	now := storetest.Noon
	data := filepath.Join(t.TempDir(), "data")
	redis := storetest.StartRedis(t)
	o := openTest(t, data, &now)
	takeTest(t, o, now, "AAAAAA")
	if status, out := motcua(t, "migrate", "--data", data, "--to", redis.URL()); status != 1 {
		t.Errorf("migrated under a running server: %s", out)
	}
	o.close()
	if status, out := motcua(t, "migrate", "--data", data, "--to", redis.URL()); status != 0 {
		t.Fatal(out)
	}
	if status, out := motcua(t, "migrate", "--data", data, "--to", redis.URL()); status != 1 || !strings.Contains(out, "nothing was moved") {
		t.Errorf("migrated twice: %d %s", status, out)
	}
	c := &config{Data: t.TempDir(), Store: redis.URL()}
	moved, err := openStore(t.Context(), c, metrics.New(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer moved.close()
	if err := moved.leases.Take(t.Context(), queue.DemoSettings().ID); err != nil {
		t.Fatal(err)
	}
	if n := takeTest(t, moved, now, "BBBBBB"); n != "A002" {
		t.Errorf("the moved day goes on with %s, want A002", n)
	}
	if status, out := motcua(t, "export", "--store", redis.URL(), "--branch", "hoabinh", "--day", "2026-11-23"); status != 0 ||
		strings.Count(out, "ticket.taken") != 2 || strings.Contains(out, "AAAAAA") {
		t.Errorf("export: %d\n%s", status, out)
	}
}

func TestDoctorBesideARunningServer(t *testing.T) {
	now := storetest.Noon
	data := filepath.Join(t.TempDir(), "data")
	o := openTest(t, data, &now)
	defer o.close()
	status, out := motcua(t, "doctor", "--data", data)
	if !strings.Contains(out, "queue.db is whole") || !strings.Contains(out, "note no base address") {
		t.Errorf("status %d\n%s", status, out)
	}
	for base, want := range map[string]string{"http://127.0.0.1:8080": "BAD ", "http://localhost": "BAD ", "hall.lan": "BAD ",
		"http://192.168.1.10:8080/": "ok  ", "https://hall.example": "ok  "} {
		mark := map[bool]string{true: "ok  ", false: "BAD "}[checkAddress(base).ok]
		if mark != want {
			t.Errorf("%s is %s, want %s", base, mark, want)
		}
	}
	redis := storetest.StartRedisWith(t, "everysec")
	status, out = motcua(t, "doctor", "--store", redis.URL())
	if status != 1 || !strings.Contains(out, `appendfsync is "everysec", must be "always"`) {
		t.Errorf("status %d\n%s", status, out)
	}
	status, out = motcua(t, "serve", "--data", t.TempDir(), "--store", redis.URL(), "--addr", "127.0.0.1:0")
	if status != 1 || !strings.Contains(out, "could lose acknowledged tickets") {
		t.Errorf("serve on everysec: status %d\n%s", status, out)
	}
}

// TestLease: another installation is refused while the first lives, the same one
// takes over at once, and the old holder can write no more.
func TestLease(t *testing.T) {
	redis := storetest.StartRedis(t)
	open := func(data string) *opened {
		o, err := openStore(t.Context(), &config{Data: data, Store: redis.URL()}, metrics.New(), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(o.close)
		return o
	}
	now, branch, home := storetest.Noon, queue.DemoSettings().ID, t.TempDir()
	first := open(home)
	if err := first.leases.Take(t.Context(), branch); err != nil {
		t.Fatal(err)
	}
	if err := seed(t.Context(), first.store, queue.DemoSettings(), now); err != nil {
		t.Fatal(err)
	}
	takeTest(t, first, now, "AAAAAA")
	if err := open(t.TempDir()).leases.Take(t.Context(), branch); queue.CodeOf(err) != queue.Fenced {
		t.Errorf("another installation got the lease: %v", err)
	}
	first.unlock() // as a killed process would
	first.unlock = func() {}
	again := open(home)
	if err := again.leases.Take(t.Context(), branch); err != nil {
		t.Fatalf("the same installation: %v", err)
	}
	takeTest(t, again, now, "BBBBBB")
	set := queue.DemoSettings()
	c := queue.Command{Verb: queue.Take, Branch: branch, Service: set.Services[0].ID, Token: "C", Code: "C"}
	if err := set.Prepare(&c, now); err != nil {
		t.Fatal(err)
	}
	if _, err := first.store.Do(t.Context(), c); queue.CodeOf(err) != queue.Fenced {
		t.Errorf("the old holder still writes: %v", err)
	}
}

// TestDays: closing and opening by themselves, also when missed; archives before
// keys are dropped; a clock that jumps back changes nothing.
func TestDays(t *testing.T) {
	now := storetest.Noon
	data := filepath.Join(t.TempDir(), "data")
	o := openTest(t, data, &now)
	defer o.close()
	set, held := queue.ProductionSettings("hoabinh"), false
	d := &days{store: o.store, clock: queue.ClockFunc(func() time.Time { return now }), log: slog.New(slog.DiscardHandler),
		settings: func(string) (*queue.Settings, bool) { return &set, true }, wake: func(string, int64) {},
		archive: archive(o.store, data), renew: func() {}, held: func(context.Context, string, queue.Day) bool { return held }}
	at := func(days int, clock string, day queue.Day, open bool) {
		t.Helper()
		h, _ := time.Parse("15:04", clock)
		now = time.Date(2026, 11, 23+days, h.Hour(), h.Minute(), 0, 0, queue.Zone)
		if err := d.ensure(t.Context(), "hoabinh"); err != nil {
			t.Fatal(err)
		}
		where, _ := o.store.Where(t.Context(), "hoabinh")
		if where.Day != day || where.Open != open {
			t.Errorf("day %+d %s: day %s open %v, want %s %v", days, clock, where.Day, where.Open, day, open)
		}
	}
	takeTest(t, o, now, "AAAAAA")
	at(0, "23:54", "2026-11-23", true)
	at(0, "23:55", "2026-11-23", false)
	at(1, "00:00", "2026-11-24", true)
	at(0, "12:00", "2026-11-24", true) // jumped back
	at(3, "08:00", "2026-11-26", true) // two closings were missed
	at(5, "08:00", "2026-11-28", true)
	if some, _ := o.store.Events(t.Context(), "hoabinh", "2026-11-23", 0, 1); len(some) != 1 {
		t.Error("the first day was dropped before the history had read it")
	}
	held = true
	at(6, "08:00", "2026-11-29", true)
	if _, err := os.Stat(filepath.Join(data, "archive", "hoabinh", "2026-11-23.jsonl.gz")); err != nil {
		t.Errorf("the dropped day was not archived: %v", err)
	}
	if some, _ := o.store.Events(t.Context(), "hoabinh", "2026-11-23", 0, 1); len(some) != 0 {
		t.Error("the first day is still in the store")
	}
}
