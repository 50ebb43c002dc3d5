package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"motcua/server/queue"
	"motcua/server/staff"
)

// bookEvery is how soon the server learns what the command line did with accounts.
const bookEvery = 2 * time.Second

// openPeople makes the demo's accounts, and from now on reads the staff's book anew
// when another process wrote into it.
func (h *hall) openPeople(ctx, background context.Context) error {
	if h.config.demo {
		if err := h.staff.AddDemo(ctx, demoAccounts(), demoPassword); err != nil {
			return err
		}
	}
	h.running.Add(2)
	go func() {
		defer h.running.Done()
		h.staff.Follow(background, bookEvery, func(err error) { h.log.Error("the staff's book was not read anew", "error", err) })
	}()
	go func() {
		defer h.running.Done()
		h.followSeats(background)
	}()
	return nil
}

// followSeats keeps the day's counters in line with the book, whoever changed that: the
// command line, and whoever was put off with a visitor before them, of whom the day
// lets go only when the counter is free again.
func (h *hall) followSeats(ctx context.Context) {
	tick := time.NewTicker(bookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for _, branch := range h.push.Feed.Branches() {
			if err := h.tellSeats(ctx, branch); err != nil && ctx.Err() == nil {
				h.log.Error("the hall was not told who sits where", "branch", branch, "error", err)
			}
		}
	}
}

// tellSeats tells the day who sits at each counter where it thinks otherwise.
func (h *hall) tellSeats(ctx context.Context, branch string) error {
	set, ok := h.push.Feed.Settings(branch)
	if !ok {
		return nil
	}
	for counter, sitting := range h.otherSeats(branch) {
		c := queue.Command{Verb: queue.Seat, Branch: branch, Counter: counter, Seat: sitting, By: "hall"}
		if err := set.Prepare(&c, h.clock.Now()); err != nil {
			return err
		}
		result, err := h.opened.store.Do(ctx, c)
		switch queue.CodeOf(err) {
		case queue.CounterBusy, queue.ServiceClosed, queue.DayChanged: // later, or never
			continue
		}
		if err != nil {
			return err
		}
		h.push.Feed.Wake(branch, result.Seq)
	}
	return nil
}

// otherSeats are the counters of which the day thinks otherwise than the book, with
// who sits there; nil for nobody. Who is being served keeps the clerk.
func (h *hall) otherSeats(branch string) map[string]*queue.Sitting {
	book, other := map[string]*queue.Sitting{}, map[string]*queue.Sitting{}
	h.push.Feed.View(branch, func(st *queue.State, set *queue.Settings) {
		for _, seat := range h.staff.Seats(branch) { // read here, since the day may just have changed
			if account, ok := h.staff.Account(seat.Account); ok {
				book[seat.Counter] = account.Sitting()
			}
		}
		for id, k := range st.Counters {
			var is queue.Sitting
			if book[id] != nil {
				is = *book[id]
			}
			if _, known := set.Counter(id); known && st.Open && k.Seat != is && (k.Visit == "" || k.Seat.Account == is.Account) {
				other[id] = book[id]
			}
		}
	})
	return other
}

// demoPassword is that of every person of the demo; serve takes none of them.
const demoPassword = "demo"

// demoPeople are the people of the demo, but for the clerks.
var demoPeople = []staff.Account{
	{Login: "huongdan", Name: "Lý Thu Thảo", Role: staff.Guide, Title: queue.Text{VI: "Cán bộ hướng dẫn", EN: "Guide"}},
	{Login: "truong", Name: "Vũ Hải Nam", Role: staff.Head, Title: queue.Text{VI: "Trưởng bộ phận Một cửa", EN: "Head of hall"}},
	{Login: "giamsat", Name: "Tô Bích Liên", Role: staff.Reader, Title: queue.Text{VI: "Cán bộ giám sát", EN: "Inspector"}},
	{Login: "quantri", Name: "Cao Đức Long", Role: staff.Admin, Title: queue.Text{VI: "Quản trị hệ thống", EN: "Administrator"}},
}

// demoLogins are the clerks' login names, by counter.
var demoLogins = []string{"lan", "hung", "huong", "tuan", "mai", "dung", "hoa", "son", "nga", "thang"}

// demoAccounts has a clerk for each counter, with the name the settings have there,
// and somebody in every other role. The inspector and the administrator belong to all.
func demoAccounts() []staff.Account {
	set := queue.DemoSettings()
	var list []staff.Account
	for i, c := range set.Counters[:min(len(demoLogins), len(set.Counters))] {
		list = append(list, staff.Account{Login: demoLogins[i], Name: c.Clerk, Role: staff.Clerk, Branch: set.ID,
			Title: queue.Text{VI: "Công chức Một cửa", EN: "One-stop officer"}})
	}
	for _, a := range demoPeople {
		if a.Role == staff.Guide || a.Role == staff.Head {
			a.Branch = set.ID
		}
		list = append(list, a)
	}
	return list
}

// printPeople says who can log in to the demo.
func printPeople(out io.Writer) {
	names := map[staff.Role][]string{}
	for _, a := range demoAccounts() {
		names[a.Role] = append(names[a.Role], a.Login)
	}
	fmt.Fprintf(out, "People of the demo, who log in on /login with the password %q: ", demoPassword)
	said := map[staff.Role]string{staff.Clerk: "clerks", staff.Guide: "guide", staff.Head: "head of hall", staff.Reader: "inspector", staff.Admin: "administrator"}
	for i, role := range staff.PersonRoles {
		if i > 0 {
			fmt.Fprint(out, "; ")
		}
		fmt.Fprintf(out, "%s (%s)", strings.Join(names[role], " "), said[role])
	}
	fmt.Fprintln(out)
}
