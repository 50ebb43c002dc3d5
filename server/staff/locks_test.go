package staff

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"motcua/server/queue"
)

func TestLockOut(t *testing.T) {
	h := newHouse(t)
	a := h.add("lan", Clerk, "b")
	for _, name := range []string{"lan", "nobody"} { // who tries learns nothing of who exists
		for _, wait := range []time.Duration{5 * time.Minute, 10 * time.Minute, 20 * time.Minute} {
			for i := range 5 {
				_, err := h.login(name, "wrong", "")
				var locked *LockedError
				if errors.As(err, &locked) != (i == 4) || i < 4 && err != ErrWrongLogin {
					t.Fatalf("%s, try %d: %v", name, i, err)
				}
				if i == 4 && !locked.Until.Equal(h.clock.now.Add(wait)) {
					t.Errorf("%s locked until %v, not for %v", name, locked.Until, wait)
				}
			}
			if name == "lan" {
				h.restart()
			}
			var locked *LockedError
			if _, err := h.login(name, good, ""); !errors.As(err, &locked) {
				t.Errorf("%s: %v", name, err)
			}
			h.clock.now = h.clock.now.Add(wait)
		}
	}
	h.in("lan")
	for range 5 {
		h.login("lan", "wrong", "")
	}
	if err := h.Unlock(t.Context(), a.ID); err != nil {
		t.Fatal(err)
	}
	h.in("lan")
}

func TestLocksGrowUpToADayAndAreForgotten(t *testing.T) {
	now, state := time.Unix(1e9, 0), tries{}
	var longest time.Duration
	for range 20 * 5 {
		if state = state.wrong(now, queue.PeopleSetting{}); now.Before(state.Until) {
			longest = state.Until.Sub(now)
			now = state.Until
		}
	}
	if longest != longestLock {
		t.Errorf("the longest lock is %v", longest)
	}
	if state = state.wrong(now.Add(longestLock+time.Second), queue.PeopleSetting{}); state.Locks != 0 || state.Wrongs != 1 {
		t.Errorf("%+v", state)
	}
}

func TestParallelGuesses(t *testing.T) {
	h := newHouse(t)
	h.add("lan", Clerk, "b")
	var wg sync.WaitGroup
	var mu sync.Mutex
	wrong := 0
	for range 40 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if _, err := h.login("lan", "wrong", ""); err == ErrWrongLogin {
				mu.Lock()
				wrong++
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	if wrong > 5 {
		t.Errorf("%d guesses were looked at", wrong)
	}
}

func TestLastAdministratorStays(t *testing.T) {
	ctx, h := t.Context(), newHouse(t)
	if _, err := h.First(ctx); err != nil {
		t.Fatal(err)
	}
	key := h.Keys()[0].ID
	h.add("mot", Admin, "b") // of one hall
	if err := h.Revoke(ctx, key); err != ErrLastAdmin {
		t.Errorf("an administrator of one hall is enough: %v", err)
	}
	a := h.add("tat.ca", Admin, "")
	if err := h.Revoke(ctx, key); err != nil {
		t.Errorf("there is an account: %v", err)
	}
	if !h.LastAdmin(a.ID) {
		t.Error("not the last")
	}
	for name, change := range map[string]func(a *Account){
		"off": func(a *Account) { a.Off = true }, "demoted": func(a *Account) { a.Role, a.Branch = Head, "b" },
		"bound": func(a *Account) { a.Branch = "b" },
	} {
		changed := a
		change(&changed)
		if _, err := h.SaveAccount(ctx, changed); err != ErrLastAdmin {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.add("hai", Admin, "")
	a.Off = true
	if _, err := h.SaveAccount(ctx, a); err != nil {
		t.Errorf("one of two: %v", err)
	}
	if key, err := h.First(ctx); err != nil || key != "" {
		t.Errorf("a first key beside accounts: %q %v", key, err)
	}
}

func TestNoFirstKeyBesideAnAccount(t *testing.T) {
	h := newHouse(t)
	h.add("mot", Admin, "")
	if key, err := h.First(t.Context()); err != nil || key != "" {
		t.Errorf("%q %v", key, err)
	}
}

func TestDemoPeopleOnlyInTheDemo(t *testing.T) {
	ctx, h := t.Context(), newHouse(t)
	h.Close()
	demo := open(t, h.path, true, h.clock)
	people := []Account{{Login: "lan", Name: "Lan", Role: Clerk, Branch: "b"}, {Login: "quantri", Name: "Quản Trị", Role: Admin}}
	for range 2 { // a second start finds them
		if err := demo.AddDemo(ctx, people, "demo"); err != nil {
			t.Fatal(err)
		}
	}
	secret, _, err := demo.LoginPerson(ctx, "quantri", "demo", "", usual)
	if err != nil || len(demo.Accounts()) != 2 {
		t.Fatal(demo.Accounts(), err)
	}
	demo.Close()
	h.Staff = h.open()
	if _, err := h.login("quantri", "demo", ""); err != ErrWrongLogin {
		t.Errorf("serve: %v", err)
	}
	if _, ok := h.BySession(secret); ok {
		t.Error("a session of the demo is good in serve")
	}
	if key, err := h.First(ctx); err != nil || key == "" {
		t.Errorf("nobody can begin: %q %v", key, err)
	}
	if !h.LastAdmin(h.Keys()[0].ID) {
		t.Error("the demo's administrator counts")
	}
	if err := h.AddDemo(ctx, people, "demo"); err == nil {
		t.Error("serve makes accounts of the demo")
	}
}

// A stranger who locks an account from elsewhere does not keep out whose it is; at the
// browser that is known, tries are counted all the same.
func TestAStrangerLocksNobodyOut(t *testing.T) {
	h := newHouse(t)
	a := h.add("lan", Clerk, "b")
	h.in("lan")
	at := func(mark, password string) error {
		_, _, err := h.LoginAt(t.Context(), []string{"another", mark}, "lan", password, "", usual)
		return err
	}
	mark := h.Mark(a.ID)
	if len(mark) != markSize {
		t.Fatalf("%q", mark)
	}
	for range 5 {
		h.login("lan", "wrong", "")
	}
	var locked *LockedError
	for _, no := range []string{"", "x"} {
		if err := at(no, good); !errors.As(err, &locked) {
			t.Errorf("a browser nobody knows: %v", err)
		}
	}
	if err := at(mark, good); err != nil {
		t.Errorf("the own browser: %v", err)
	}
	if _, err := h.login("lan", good, ""); !errors.As(err, &locked) {
		t.Errorf("the stranger may go on: %v", err)
	}
	for range 5 {
		at(mark, "wrong")
	}
	h.restart()
	if err := at(mark, good); !errors.As(err, &locked) {
		t.Errorf("who sits at the own browser may guess: %v", err)
	}
	if err := h.Unlock(t.Context(), a.ID); err != nil {
		t.Fatal(err)
	}
	if err := at(mark, good); err != nil || h.Mark(a.ID) != mark {
		t.Errorf("unlocked: %v", err)
	}
	if err := h.SetPassword(t.Context(), a.ID, other, false, queue.PeopleSetting{}); err != nil {
		t.Fatal(err)
	}
	if err := at(mark, other); err != nil || h.Mark(a.ID) == mark {
		t.Errorf("a browser is known in spite of a password from somebody else: %v", err)
	}
}

// A crowd of strangers' logins does not keep waiting who is known at a browser.
func TestStrangersLeaveAPlace(t *testing.T) {
	h := newHouse(t)
	a := h.add("lan", Clerk, "b")
	h.in("lan")
	inside, done := make(chan struct{}), make(chan struct{})
	defer close(done)
	for range mostHashing - 1 {
		go h.hasher.behind(t.Context(), func() error { inside <- struct{}{}; <-done; return nil })
	}
	for range mostHashing - 1 {
		<-inside
	}
	soon, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, _, err := h.LoginPerson(soon, "lan", good, "", usual); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("one more stranger: %v", err)
	}
	if _, _, err := h.LoginAt(t.Context(), []string{h.Mark(a.ID)}, "lan", good, "", usual); err != nil {
		t.Error(err)
	}
}

// A wrong password of an account is written to the disk, which takes its time: so does
// one for a name nobody has.
func TestNamesNobodyHasTakeAsLong(t *testing.T) {
	h := newHouse(t)
	h.add("lan", Clerk, "b")
	beside := h.open()
	version := func() (n int64) {
		if err := beside.db.QueryRowContext(t.Context(), "PRAGMA data_version").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, name := range []string{"lan", "nobody"} {
		before := version()
		if _, err := h.login(name, "wrong", ""); err != ErrWrongLogin {
			t.Fatal(err)
		}
		if version() == before {
			t.Errorf("%s: nothing was written", name)
		}
	}
	h.restart()
	if len(h.sessions) > 0 {
		t.Error("a session of nobody's")
	}
}
