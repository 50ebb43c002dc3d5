package api

import (
	"slices"
	"sync"
	"time"

	"motcua/server/queue"
)

// today follows the events of each branch's day and keeps what its state does not:
// how many each counter served, how long it stood idle, and the marks that were
// given. It lives in memory alone; the feed tells the day anew after a start.
type today struct {
	mu       sync.RWMutex
	branches map[string]*dayFacts
}

// lowMark is a mark below the best of the 0-2 scale, without its rater: no number, no
// visit. The live alert tells it with its minute and counter, the day's list does not.
type lowMark struct {
	Counter string
	Service string
	Level   int
	Points  int
	Source  string
	Reasons []string

	at time.Time
	n  int // which of the day's marks it is
}

type dayFacts struct {
	servings map[string][]string // by visit: the counter of each of its transactions
	counters map[string]counterFact
	given    int
	low      []lowMark // oldest first
}

type counterFact struct {
	idle  time.Duration
	state queue.CounterState
	since time.Time
}

// todayFacts is what the floor shows of them.
type todayFacts struct {
	served map[string]int           // by counter: transactions begun
	idle   map[string]time.Duration // by counter: idle spans that have ended
	low    []lowMark
	given  int
}

func newToday() *today { return &today{branches: map[string]*dayFacts{}} }

func newDayFacts() *dayFacts {
	return &dayFacts{servings: map[string][]string{}, counters: map[string]counterFact{}}
}

// Reset is the feed's.
func (d *today) Reset(branch string, s *queue.State, set *queue.Settings, events []queue.Event) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.branches[branch] = newDayFacts()
	for i := range events {
		d.take(branch, set, &events[i])
	}
}

// Applied is the feed's.
func (d *today) Applied(branch string, _ *queue.State, set *queue.Settings, e *queue.Event) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.take(branch, set, e)
}

// Flush is the feed's.
func (d *today) Flush(string) {}

func (d *today) take(branch string, set *queue.Settings, e *queue.Event) {
	if e.Kind == queue.DayOpened || d.branches[branch] == nil {
		d.branches[branch] = newDayFacts()
	}
	f := d.branches[branch]
	if e.Visit != nil && e.Kind != queue.RatingGiven {
		f.serve(e.Visit)
	}
	if e.Counter != nil {
		f.work(e.Counter, e.At.Time())
	}
	if e.Kind == queue.RatingGiven && e.Rating != nil {
		f.rate(set, e)
	}
}

// serve keeps where each transaction of a visit was; undo takes the last one back.
func (f *dayFacts) serve(v *queue.Visit) {
	list, n := f.servings[v.ID], v.Tx
	if v.State == queue.Cancelled { // a walk-in that was taken back
		n = 0
	}
	list = list[:min(len(list), n)]
	if v.State == queue.Serving {
		for len(list) < v.Tx {
			list = append(list, v.Counter)
		}
	}
	if len(list) > 0 || f.servings[v.ID] != nil {
		f.servings[v.ID] = list
	}
}

func (f *dayFacts) work(c *queue.Counter, at time.Time) {
	was := f.counters[c.ID]
	if was.state == c.State {
		return // a rating, which changes nothing of what the counter does
	}
	if was.state == queue.CounterOpen && at.After(was.since) {
		was.idle += at.Sub(was.since)
	}
	f.counters[c.ID] = counterFact{was.idle, c.State, at}
}

// rate counts a mark; of a low one it keeps what the head of the hall may see.
func (f *dayFacts) rate(set *queue.Settings, e *queue.Event) {
	f.given++
	r := e.Rating
	if set == nil || r.Level < 1 || r.Level > len(set.Rating.Levels) {
		return
	}
	at := e.At.Time().Truncate(time.Minute)
	if points := set.Rating.Levels[r.Level-1].Value; points < 2 {
		f.low = append(f.low, lowMark{Counter: r.Counter, Service: r.Service, Level: r.Level, Points: points,
			Source: r.Source, Reasons: append([]string{}, e.Reasons...), at: at, n: f.given})
	}
}

// of gives a branch's day; the caller may keep it.
func (d *today) of(branch string) todayFacts {
	d.mu.RLock()
	defer d.mu.RUnlock()
	out := todayFacts{served: map[string]int{}, idle: map[string]time.Duration{}}
	f := d.branches[branch]
	if f == nil {
		return out
	}
	for _, list := range f.servings {
		for _, counter := range list {
			out.served[counter]++
		}
	}
	for id, c := range f.counters {
		out.idle[id] = c.idle
	}
	out.low, out.given = slices.Clone(f.low), f.given
	return out
}
