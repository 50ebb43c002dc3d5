package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/staff"
)

// Every role has somebody in the demo; who sits at a counter gets up when the day ends.
func TestDemoPeople(t *testing.T) {
	ctx, clock := t.Context(), &stepped{at: afternoon}
	c := &config{Data: t.TempDir(), Store: "embedded", Branch: queue.DemoSettings().ID, demo: true}
	h, err := openHall(ctx, c, clock, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	var printed bytes.Buffer
	printPeople(&printed)
	rules := func(string) queue.PeopleSetting { return queue.PeopleSetting{} }
	seen := map[staff.Role]bool{}
	for _, a := range h.staff.Accounts() {
		_, in, err := h.staff.LoginPerson(ctx, a.Login, demoPassword, "", rules)
		if err != nil || !strings.Contains(printed.String(), a.Login) {
			t.Errorf("%s: %v", a.Login, err)
		}
		seen[in.Role] = true
	}
	for _, role := range staff.PersonRoles {
		if !seen[role] {
			t.Errorf("nobody is %s", role)
		}
	}
	lan := h.staff.Accounts()[0]
	for _, a := range h.staff.Accounts() {
		if a.Login == "lan" {
			lan = a
		}
	}
	if counter, _ := queue.DemoSettings().Counter("1"); lan.Name != counter.Clerk {
		t.Errorf("%q works at the counter of %q", lan.Name, counter.Clerk)
	}
	if _, _, err := h.staff.Sit(ctx, lan.ID, c.Branch, "1", false); err != nil {
		t.Fatal(err)
	}
	at := func(want string) { // who sits at counter 1 as the day sees it, once both are in line
		t.Helper()
		if err := h.tellSeats(ctx, c.Branch); err != nil {
			t.Fatal(err)
		}
		if err := h.push.Feed.WaitFor(ctx, c.Branch); err != nil {
			t.Fatal(err)
		}
		h.push.Feed.View(c.Branch, func(st *queue.State, _ *queue.Settings) {
			if got := st.Counters["1"].Seat.Account; got != want {
				t.Errorf("the day says that %q sits there, want %q", got, want)
			}
		})
	}
	set := queue.DemoSettings()
	do := func(cmd queue.Command) {
		t.Helper()
		cmd.Branch, cmd.Counter = c.Branch, "1"
		if err := set.Prepare(&cmd, clock.Now()); err != nil {
			t.Fatal(err)
		}
		result, err := h.opened.store.Do(ctx, cmd)
		if err != nil {
			t.Fatal(err)
		}
		h.push.Feed.Wake(c.Branch, result.Seq)
		if err := h.push.Feed.WaitFor(ctx, c.Branch); err != nil {
			t.Fatal(err)
		}
	}
	do(queue.Command{Verb: queue.Open})
	at(lan.ID)
	// Put off with a visitor before her: the day lets go of her when the counter is free.
	do(queue.Command{Verb: queue.WalkIn, Service: set.Services[0].ID, Visit: "v1", Token: "hbx1", Code: "AAAAAA"})
	lan.Off = true
	if _, err := h.staff.SaveAccount(ctx, lan); err != nil {
		t.Fatal(err)
	}
	at(lan.ID)
	do(queue.Command{Verb: queue.End})
	at("")
	lan.Off = false
	if _, err := h.staff.SaveAccount(ctx, lan); err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.staff.Sit(ctx, lan.ID, c.Branch, "1", false); err != nil {
		t.Fatal(err)
	}
	clock.step(24 * time.Hour)
	if err := h.days.ensure(ctx, c.Branch); err != nil {
		t.Fatal(err)
	}
	if seats := h.staff.Seats(c.Branch); len(seats) != 0 {
		t.Errorf("over night: %+v", seats)
	}
}
