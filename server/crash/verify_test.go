package crash

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/store"
	"motcua/server/store/embedded"
)

// past is all that a store's events say, over the days the test ran on.
type past struct {
	visits map[string]*queue.Visit // as they are now, by id
	called map[string][]string     // counters of ticket.called, by visit
	done   map[string]bool         // "kind visit counter"
	rated  map[string]int          // level by transaction
	events int
}

// readPast reads the events of today and of the day the test began, if another.
func readPast(t *testing.T, s *store.Store, began queue.Day) *past {
	t.Helper()
	p := &past{visits: map[string]*queue.Visit{}, called: map[string][]string{}, done: map[string]bool{}, rated: map[string]int{}}
	ctx := context.Background()
	at, err := s.Where(ctx, demo.ID)
	if err != nil {
		t.Fatal(err)
	}
	var seq int64
	for day := began; day <= at.Day; day = day.Add(1) {
		state := queue.NewState(at.Epoch)
		state.Start(at.Epoch, seq)
		for {
			events, err := s.Events(ctx, demo.ID, day, seq, 1000)
			if err != nil {
				t.Fatal(err)
			}
			if len(events) == 0 {
				break
			}
			for i := range events {
				if err := state.Apply(events[i]); err != nil { // also finds a gap
					t.Fatalf("event %d: %v", events[i].Seq, err)
				}
				p.add(&events[i])
			}
			seq = state.Seq
		}
		oneEach(t, state)
	}
	if seq != at.Seq {
		t.Errorf("the events end at %d, the store stands at %d", seq, at.Seq)
	}
	return p
}

func (p *past) add(e *queue.Event) {
	p.events++
	if v := e.Visit; v != nil {
		p.visits[v.ID] = v
		p.done[fmt.Sprint(e.Kind, " ", v.ID, " ", v.Counter)] = true
		if e.Kind == queue.TicketCalled {
			p.called[v.ID] = append(p.called[v.ID], v.Counter)
		}
	}
	if e.Rating != nil {
		p.rated[e.Rating.ID] = e.Rating.Level
	}
}

// oneEach: a visit is at one counter at most, and a counter has one visit.
func oneEach(t *testing.T, s *queue.State) {
	t.Helper()
	at := map[string]string{}
	for id, c := range s.Counters {
		if c.Visit == "" {
			continue
		}
		if other := at[c.Visit]; other != "" {
			t.Errorf("visit %s is at counters %s and %s", c.Visit, other, id)
		}
		at[c.Visit] = id
	}
	for id, v := range s.Visits {
		if (v.State == queue.Called || v.State == queue.Serving) && at[id] != v.Counter {
			t.Errorf("visit %s is %s at counter %s, which does not hold it", id, v.State, v.Counter)
		}
	}
}

// dense: the numbers of every series and day are 001…n.
func (p *past) dense(t *testing.T) {
	t.Helper()
	count, highest := map[string]int{}, map[string]int{}
	for id, v := range p.visits {
		n, err := strconv.Atoi(v.Number[1:])
		if err != nil {
			t.Fatal(err)
		}
		series := strings.TrimSuffix(id, v.Number[1:])
		count[series]++
		highest[series] = max(highest[series], n)
	}
	for series, n := range count {
		if highest[series] != n {
			t.Errorf("series %s: %d numbers, the highest is %d", series, n, highest[series])
		}
	}
}

// verify reads what the store holds at the end and compares it with what was
// promised. It gives the number of acknowledged presses.
func (l *load) verify(s *store.Store, began queue.Day) int {
	t := l.t
	t.Helper()
	p := readPast(t, s, began)
	p.dense(t)
	taken := 0
	for _, v := range p.visits {
		if v.Origin == "kiosk" {
			taken++
		}
	}
	if presses := int(l.presses.Load()); taken != presses {
		t.Errorf("%d tickets for %d presses", taken, presses)
	}
	for visit, counters := range p.called {
		if len(counters) > 1 {
			t.Errorf("visit %s was called %d times, to counters %v", visit, len(counters), counters)
		}
	}
	entries := l.book.all()
	lost := 0
	for _, e := range entries {
		if why := p.misses(e); why != "" {
			if lost++; lost <= 5 {
				t.Errorf("%s %s was acknowledged as %s, but %s", e.kind, e.key, e.answer.body, why)
			}
		}
	}
	if lost > 0 {
		t.Errorf("%d of %d acknowledged presses were lost", lost, len(entries))
	}
	return len(entries)
}

// misses says what of an acknowledged press is not in the events.
func (p *past) misses(e entry) string {
	happened := func(kind queue.Kind) string {
		if p.done[fmt.Sprint(kind, " ", e.reply.Ticket.ID, " ", e.counter)] {
			return ""
		}
		return "there is no " + string(kind)
	}
	switch e.kind {
	case "take":
		v := p.visits[e.reply.ID]
		if v == nil || v.Token != e.reply.Token || v.Code != e.reply.Code || v.Number != e.reply.Number {
			return fmt.Sprintf("the store holds %+v", v)
		}
	case "cancel":
		if v := p.visits[e.reply.ID]; v == nil || v.State != queue.Cancelled {
			return fmt.Sprintf("the store holds %+v", v)
		}
	case "next":
		return happened(queue.TicketCalled)
	case "serve", "walk-in":
		return happened(queue.TicketServing)
	case "end":
		return happened(queue.TicketEnded)
	case "rate":
		if p.rated[e.reply.ID] != e.reply.Level {
			return "there is no such rating"
		}
	}
	return ""
}

// openData opens what a stopped server with the embedded engine left.
func openData(t *testing.T, dir string) *store.Store {
	t.Helper()
	e, err := embedded.Open(dir, embedded.Options{Fatal: func(err error) { t.Errorf("engine: %v", err) }})
	if err != nil {
		t.Fatal(err)
	}
	return asStore(t, e)
}

func asStore(t *testing.T, e store.Engine) *store.Store {
	t.Helper()
	s, err := store.New(e, store.Options{Epoch: func() string { return "never" }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// today is the business day now; tests that run over midnight read two.
func today() queue.Day { return queue.DayOf(time.Now()) }
