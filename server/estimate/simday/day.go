package simday

import (
	"container/heap"
	"fmt"
	"time"

	"motcua/server/estimate"
	"motcua/server/queue"
)

// day is one running day: a hall that emits the product's events.
type day struct {
	*plan
	now     time.Time
	todo    agenda
	steps   int
	state   *queue.State
	live    *estimate.Live
	taken   map[string]int
	away    []bool // by counter: a pause begins once the present visit is done
	samples *samples
}

// step is something that will happen.
type step struct {
	at time.Time
	n  int // keeps steps of one moment in order
	do func()
}

type agenda []step

func (a agenda) Len() int { return len(a) }
func (a agenda) Less(i, j int) bool {
	return a[i].at.Before(a[j].at) || a[i].at.Equal(a[j].at) && a[i].n < a[j].n
}
func (a agenda) Swap(i, j int) { a[i], a[j] = a[j], a[i] }

// Push and Pop are container/heap's.
func (a *agenda) Push(x any) { *a = append(*a, x.(step)) }

// Pop gives the last.
func (a *agenda) Pop() any {
	old := *a
	x := old[len(old)-1]
	*a = old[:len(old)-1]
	return x
}

func (d *day) at(t time.Time, do func()) {
	d.steps++
	heap.Push(&d.todo, step{t, d.steps, do})
}

func (d *day) in(minutes float64, do func()) {
	d.at(d.now.Add(time.Duration(minutes*float64(time.Minute))), do)
}

// run plays one day and gives its samples.
func run(seed uint64, size Size) *samples {
	p := newPlan(seed, size)
	d := &day{plan: p, now: start, state: queue.NewState("sim"), live: estimate.NewLive(&p.settings),
		taken: map[string]int{}, away: make([]bool, len(p.settings.Counters)), samples: newSamples()}
	d.emit(queue.Event{Kind: queue.DayOpened}, nil, nil)
	for range p.visits {
		service, priority := p.service(), p.rng.Float64() < 0.12
		d.at(p.arrival(), func() { d.take(service, priority) })
	}
	for i := range p.settings.Counters {
		d.planCounter(i)
	}
	for t := clock(7, 20); t.Before(clock(17, 0)); t = t.Add(5 * time.Minute) {
		d.at(t, d.askAll)
	}
	for d.todo.Len() > 0 {
		next := heap.Pop(&d.todo).(step)
		d.now = next.at
		next.do()
	}
	return d.samples
}

// planCounter lays out a clerk's day: most are there at opening, some come much
// later; each goes away at times; all have lunch.
func (d *day) planCounter(i int) {
	if d.rng.Float64() < 0.05 {
		return // on leave
	}
	late := d.exponential(3)
	if d.rng.Float64() < 0.2 {
		late = d.between(5, 45)
	}
	d.at(clock(7, 28+late), func() { d.open(i) })
	d.at(clock(13, 28+d.exponential(4)), func() { d.open(i) })
	for t := clock(7, 45+d.exponential(150)); t.Before(clock(17, 0)); t = t.Add(time.Duration(d.exponential(150)) * time.Minute) {
		d.at(t, func() { d.leave(i) })
	}
}

// leave makes a clerk go away as soon as the present visit is done.
func (d *day) leave(i int) {
	if !d.lunch() {
		d.away[i] = true
		d.tryNext(i, 0)
	}
}

func (d *day) lunch() bool { return !d.now.Before(clock(11, 30)) && d.now.Before(clock(13, 28)) }

// emit applies an event to the state, with copies of the records it changed.
func (d *day) emit(e queue.Event, v *queue.Visit, c *queue.Counter) {
	e.Seq, e.At, e.Day = d.state.Seq+1, queue.MillisOf(d.now), queue.DayOf(start)
	if v != nil {
		copied := *v
		e.Visit = &copied
	}
	if c != nil {
		copied := *c
		e.Counter = &copied
	}
	if err := d.state.Apply(e); err != nil {
		panic(err) // a fault of this program: events are numbered one line above
	}
	d.live.Learn(e)
}

func (d *day) counterID(i int) string { return d.settings.Counters[i].ID }

func (d *day) counter(i int) queue.Counter { return d.state.CounterOf(d.counterID(i)) }

func (d *day) set(c queue.Counter, s queue.CounterState, visit *queue.Visit) queue.Counter {
	c.State, c.Since, c.Visit, c.Number = s, queue.MillisOf(d.now), "", ""
	if visit != nil {
		c.Visit, c.Number = visit.ID, visit.Number
	}
	return c
}

func (d *day) open(i int) {
	c := d.counter(i)
	if c.State == queue.CounterClosed || c.State == queue.CounterPaused {
		c = d.set(c, queue.CounterOpen, nil)
		d.emit(queue.Event{Kind: queue.CounterOpened}, nil, &c)
	}
	d.tryNext(i, d.between(0.1, 0.5))
}

// take gives a number out and asks for the forecast that would stand on it.
func (d *day) take(service string, priority bool) {
	d.taken[service]++
	v := queue.Visit{ID: fmt.Sprintf("261123-%d", d.steps), Number: fmt.Sprintf("%s%03d", d.prefix(service), d.taken[service]),
		Service: service, Queue: service, State: queue.Waiting, Taken: queue.MillisOf(d.now)}
	d.steps++
	v.Order = fmt.Sprintf("%s.%d", v.Taken, d.steps)
	if priority {
		v.Priority = "NCT"
	}
	params := d.live.Forecast(d.state, d.now)[service] // before the ticket exists, as the kiosk's request does
	d.emit(queue.Event{Kind: queue.TicketTaken}, &v, nil)
	d.ask(d.state.Visits[v.ID], params, true)
	d.wake(service)
}

// wake makes the idle clerks of a service look up.
func (d *day) wake(service string) {
	for i := range d.settings.Counters {
		if d.counter(i).State == queue.CounterOpen && has(d.settings.Counters[i].Services, service) {
			d.tryNext(i, d.between(0.1, 0.6))
		}
	}
}

func (d *day) prefix(service string) string {
	s, _ := d.settings.Service(service)
	return s.Prefix
}
