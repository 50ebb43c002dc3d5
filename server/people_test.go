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
	sits := queue.Command{Verb: queue.Seat, Branch: c.Branch, Counter: "1", Seat: lan.Sitting(), By: lan.Name}
	set := queue.DemoSettings()
	if err := set.Prepare(&sits, clock.Now()); err != nil {
		t.Fatal(err)
	}
	if _, err := h.opened.store.Do(ctx, sits); err != nil {
		t.Fatal(err)
	}
	// The command line frees the counter: the day is told.
	if err := h.tellLeft(ctx, staff.Seat{Account: lan.ID, Branch: c.Branch, Counter: "1"}); err != nil {
		t.Fatal(err)
	}
	events, err := h.opened.store.Events(ctx, c.Branch, queue.DayOf(clock.Now()), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	if last := events[len(events)-1]; last.Kind != queue.CounterSeated || last.Counter.Seat.Account != "" {
		t.Errorf("%+v", last)
	}
	clock.step(24 * time.Hour)
	if err := h.days.ensure(ctx, c.Branch); err != nil {
		t.Fatal(err)
	}
	if seats := h.staff.Seats(c.Branch); len(seats) != 0 {
		t.Errorf("over night: %+v", seats)
	}
}
