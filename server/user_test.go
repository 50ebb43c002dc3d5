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

func TestUserCommand(t *testing.T) {
	ctx, dir := context.Background(), filepath.Join(t.TempDir(), "new")
	call := func(want int, args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if got := run(ctx, append([]string{"user"}, args...), &out, &errs); got != want {
			t.Errorf("user %v: status %d, %s%s", args, got, &out, &errs)
		}
		return out.String() + errs.String()
	}
	call(2)
	call(2, "add", "--data", dir)
	call(2, "dance", "lan", "--data", dir)
	call(1, "add", "lan", "--role", "clerk", "--data", dir) // no server was ever here
	made := call(0, "add", "chi.admin", "--first", "--name", "Chị Quản Trị", "--data", dir)
	password := strings.TrimSpace(made[strings.LastIndex(made, ":")+1:])

	book, err := staff.Open(ctx, filepath.Join(dir, "staff.db"), staff.Options{Clock: queue.SystemClock, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close() // the server that runs beside the command
	login := func(name, password string) error {
		_, _, err := book.LoginPerson(ctx, name, password, "", func(string) queue.PeopleSetting { return queue.PeopleSetting{} })
		return err
	}
	if err := login("chi.admin", password); err != nil {
		t.Fatalf("%v with %q", err, password)
	}
	if a := book.Accounts()[0]; a.Role != staff.Admin || a.Branch != "" || !a.Renew || a.Name != "Chị Quản Trị" {
		t.Errorf("%+v", a)
	}
	if key, err := book.First(ctx); err != nil || key != "" {
		t.Errorf("the first start prints a key all the same: %q %v", key, err)
	}
	call(1, "add", "hai", "--first", "--data", dir)
	call(1, "add", "lan", "--role", "clerk", "--data", dir) // of no branch
	call(0, "add", "lan", "--role", "clerk", "--branch", "sanh", "--data", dir)
	call(1, "add", "lan", "--role", "clerk", "--branch", "sanh", "--data", dir)
	if text := call(1, "off", "chi.admin", "--data", dir); !strings.Contains(text, "last administrator") {
		t.Error(text)
	}
	call(0, "off", "--data", dir, "lan")
	if list := call(0, "list", "--data", dir); !strings.Contains(list, "off") || !strings.Contains(list, "Chị Quản Trị") {
		t.Error(list)
	}
	call(0, "on", "lan", "--data", dir)
	made = call(0, "password", "lan", "--data", dir)
	password = strings.TrimSpace(made[strings.LastIndex(made, ":")+1:])
	for range 5 {
		login("lan", "wrong")
	}
	if err := login("lan", password); err == nil {
		t.Error("not locked")
	}
	call(0, "unlock", "lan", "--data", dir)
	if err := login("lan", password); err != nil {
		t.Error(err)
	}
	call(1, "unlock", "nobody", "--data", dir)
	sessions := func(dir string) (n int) {
		copied, err := staff.Open(ctx, filepath.Join(dir, "staff.db"), staff.Options{Clock: queue.SystemClock, Rand: rand.Reader})
		if err != nil {
			t.Fatal(err)
		}
		defer copied.Close()
		for _, a := range copied.Accounts() {
			n += len(copied.Sessions(a.ID))
		}
		return n
	}
	// Accounts go into a backup, and come out of it.
	file, again := filepath.Join(t.TempDir(), "copy.tar.gz"), filepath.Join(t.TempDir(), "again")
	for _, args := range [][]string{{"backup", "--data", dir, "--to", file}, {"restore", "--data", again, "--from", file}} {
		var out, errs bytes.Buffer
		if got := run(ctx, args, &out, &errs); got != 0 {
			t.Errorf("%v: %s%s", args, &out, &errs)
		}
	}
	if list := call(0, "list", "--data", again); !strings.Contains(list, "Chị Quản Trị") {
		t.Error(list)
	}
	if n := sessions(dir); n == 0 || sessions(again) != 0 {
		t.Errorf("%d people were logged in; after the restore %d are, some of whom had been logged out since", n, sessions(again))
	}
	given := userWords{what: "password", login: "lan", data: dir, stdin: true, in: strings.NewReader("bốn con ngựa 4\n")}
	if err := given.run(ctx, &bytes.Buffer{}); err != nil {
		t.Error(err)
	}
	if err := login("lan", "bốn con ngựa 4"); err != nil {
		t.Error(err)
	}
}

// The doctor tells of people beside a running server.
func TestDoctorKnowsPeople(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	if all := checkPeople(ctx, dir, time.Now()); len(all) != 0 {
		t.Errorf("before the first start: %+v", all)
	}
	book, err := staff.Open(ctx, filepath.Join(dir, "staff.db"), staff.Options{Clock: queue.SystemClock, Rand: rand.Reader, Cost: staff.Cost{Memory: 8, Time: 1, Threads: 1}})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	text := func() (s string) {
		for _, f := range checkPeople(ctx, dir, time.Now()) {
			if !f.ok && !f.hint {
				t.Errorf("%+v", f)
			}
			s += f.what + "\n"
		}
		return s
	}
	if _, err := book.First(ctx); err != nil {
		t.Fatal(err)
	}
	if s := text(); !strings.Contains(s, "only one administrator") {
		t.Error(s)
	}
	if _, err := book.AddAccount(ctx, staff.Account{Login: "mot", Name: "Một", Role: staff.Admin}, "bốn con ngựa 4", queue.PeopleSetting{}); err != nil {
		t.Fatal(err)
	}
	if s := text(); strings.Contains(s, "only one") || !strings.Contains(s, "1 administrators of all") ||
		!strings.Contains(s, "still good") || !strings.Contains(s, "no second factor") {
		t.Error(s)
	}
}
