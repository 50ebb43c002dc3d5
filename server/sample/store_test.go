package sample

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"motcua/server/queue"
	"motcua/server/store"
	"motcua/server/store/embedded"
)

// The store, asked for the same things at the same moments, must write the very
// same events: then whoever reads a made-up history reads what real halls write.
func TestStoreWritesTheSame(t *testing.T) {
	engine, err := embedded.Open(t.TempDir(), embedded.Options{Reserve: -1, Fatal: func(err error) { t.Errorf("engine: %v", err) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	s, err := store.New(engine, store.Options{Epoch: func() string { return "sample" }})
	if err != nil {
		t.Fatal(err)
	}
	set := queue.ProductionSettings("sanh")
	seen := map[queue.Kind]int{}
	for day, events := range Days(set, "2026-11-18", "2026-11-21", Options{Seed: 19, Procedures: map[string][]string{"ho-tich": {"1.001193"}}}) {
		replay(t, s, &set, events)
		compare(t, s, set.ID, day, events)
		for _, e := range events {
			seen[e.Kind]++
		}
		if t.Failed() {
			break
		}
	}
	for _, kind := range []queue.Kind{queue.TicketUndone, queue.TicketDelayed, queue.TicketParked, queue.TicketResumed, queue.TicketTransferred,
		queue.TicketReinstated, queue.TicketPriorityChanged, queue.TicketCancelled, queue.BookingArrived, queue.TicketExpired, queue.RatingGiven} {
		if seen[kind] == 0 {
			t.Errorf("these days have no %s: %v", kind, seen)
		}
	}
}

// replay gives the commands that lead to the events.
func replay(t *testing.T, s *store.Store, set *queue.Settings, events []queue.Event) {
	t.Helper()
	for i := 0; i < len(events); {
		first := events[i]
		n := together(events[i:])
		c := commandOf(events[i : i+n])
		c.Branch = set.ID
		if err := set.Prepare(&c, first.At.Time()); err != nil {
			t.Fatalf("%s %+v: %v", first.At.Time(), c, err)
		}
		if c.Verb == queue.DayClose {
			c.Now = first.At
		}
		r, err := s.Do(context.Background(), c)
		if err != nil {
			t.Fatalf("%s, event %d %s of %s at %q: %v", first.At.Time(), first.Seq, c.Verb, c.Visit, c.Counter, err)
		}
		i += n
		if r.Seq != events[i-1].Seq {
			t.Fatalf("%s %s: the store wrote up to %d, the sample up to %d", first.At.Time(), c.Verb, r.Seq, events[i-1].Seq)
		}
	}
}

// together counts the events of the first command.
func together(events []queue.Event) int {
	e := events[0]
	switch e.Verb {
	case queue.DayClose:
		return len(events)
	case queue.Close:
		return 1 + slices.IndexFunc(events, func(e queue.Event) bool { return e.Kind == queue.CounterClosedKind })
	case queue.Next:
		return 2
	case queue.Undo:
		if e.Undoes == queue.Next && len(events) > 1 && events[1].Verb == queue.Undo && events[1].At == e.At {
			return 2
		}
	}
	return 1
}

func commandOf(events []queue.Event) queue.Command {
	e := events[0]
	c := queue.Command{Verb: e.Verb, By: e.By, Reason: e.Reason, Day: e.Day, Code: fmt.Sprint("C", e.Seq), Token: fmt.Sprint("token", e.Seq)}
	if e.Counter != nil {
		c.Counter = e.Counter.ID
	}
	if v := e.Visit; v != nil {
		c.Visit, c.Priority, c.Outcome = v.ID, v.Priority, v.Outcome
		switch e.Verb {
		case queue.Take, queue.WalkIn, queue.Arrive, queue.Transfer:
			c.Service, c.Procedure, c.Lang, c.Origin = v.Service, v.Procedure, v.Lang, v.Origin
		case queue.Reinstate, queue.Resume, queue.SetPriority:
			c.Number = v.Number
		}
	}
	switch e.Verb {
	case queue.Call:
		if e.OutOfTurn {
			c.Number = e.Visit.Number
		}
	case queue.Close:
		c.Counter = events[len(events)-1].Counter.ID
	case queue.Transfer:
		c.Place = e.Place
		if to, own := strings.CutPrefix(e.Visit.Queue, "@"); own {
			c.ToCounter, c.Service = to, ""
		}
	case queue.Delay:
		fmt.Sscan(e.Note, &c.People)
		c.People = max(c.People, 1)
	case queue.Book:
		c.Code, c.Service, c.At = e.Booking.Code, e.Booking.Service, e.Booking.At
	case queue.Arrive:
		c.Booking = e.Booking.Code
	case queue.Rate:
		rated(&c, &e)
	case queue.Note:
		c.Kind, c.Note, c.Device, c.Copy = e.Kind, e.Note, e.Device, e.Copy
	case queue.DayClose:
		c.Visit = ""
	}
	return c
}

func rated(c *queue.Command, e *queue.Event) {
	c.Level, c.Source, c.Reasons, c.Counter = e.Rating.Level, e.Rating.Source, e.Reasons, e.Rating.Counter
	switch c.Source {
	case "phone":
		c.Visit, c.Counter = e.Rating.Visit, ""
	case "paper":
		c.Number, c.RateDay = e.Rating.Number, queue.DayOf(e.Rating.Ended.Time())
	}
}

// compare reads the day as the store wrote it.
func compare(t *testing.T, s *store.Store, branch string, day queue.Day, want []queue.Event) {
	t.Helper()
	var got []queue.Event
	for after := want[0].Seq - 1; ; after = got[len(got)-1].Seq {
		some, err := s.Events(context.Background(), branch, day, after, 1000)
		if err != nil {
			t.Fatal(err)
		}
		if len(some) == 0 {
			break
		}
		got = append(got, some...)
	}
	a, b := lines(got), lines(want)
	if len(a) != len(b) {
		t.Fatalf("%s: %d events, the sample has %d", day, len(a), len(b))
	}
	for i := range a {
		if a[i] != b[i] {
			t.Fatalf("%s:\nstore  %s\nsample %s", day, a[i], b[i])
		}
	}
}

// lines are the events as JSON; those of the day's end in any order.
func lines(events []queue.Event) []string {
	var list, last []string
	for _, e := range events {
		if e.Visit != nil {
			v := *e.Visit
			v.Token, v.Code, v.Forecast = "", "", ""
			e.Visit = &v
		}
		slices.SortFunc(e.Bookings, func(a, b queue.Booking) int { return strings.Compare(a.Code, b.Code) })
		raw, _ := json.Marshal(e)
		if e.Verb == queue.DayClose {
			last = append(last, string(raw))
		} else {
			list = append(list, string(raw))
		}
	}
	slices.Sort(last)
	return append(list, last...)
}
