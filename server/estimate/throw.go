package estimate

import (
	"math"

	"motcua/server/queue"
)

// throw plays the hall forward once, until everybody who waits now is called.
func (p *play) throw(number int) {
	d := newDice(number)
	for i := range p.factor {
		p.factor[i] = math.Exp(p.doubts[i] * d.draw(&normal))
	}
	left := 0
	for i := range p.lines {
		l := &p.lines[i]
		l.front.head, l.priority.head, l.others.head = 0, 0, 0
		if p.called[i] {
			left += p.present(l)
		}
	}
	for i := range p.desks {
		p.start(&p.desks[i], &p.hall.Counters[i], &d)
		p.heap[i] = int32(i)
	}
	for i := len(p.heap)/2 - 1; i >= 0; i-- {
		p.settle(i)
	}
	for left > 0 && len(p.heap) > 0 {
		soonest := &p.desks[p.heap[0]]
		if soonest.free >= never {
			break
		}
		left -= p.callAt(soonest, &d)
		p.settle(0)
	}
	p.throws++
}

// present counts the entries of a line that stand in it now, ghosts included.
func (p *play) present(l *line) int {
	n := len(l.front.entries) + len(l.others.entries)
	for _, e := range l.priority.entries {
		if !p.entries[e].coming {
			n++
		}
	}
	return n
}

// start draws when a counter will call for the first time.
func (p *play) start(d *desk, c *Counter, dice *dice) {
	d.turn = c.Turn
	elapsed := float64(p.hall.Now-c.Since) / minute
	switch c.State {
	case queue.CounterCalling, queue.CounterServing:
		rest := dice.rest(p.of(c.Serving), elapsed)
		d.free = rest + dice.draw(&p.gap) + p.away(elapsed+rest, dice)
	case queue.CounterPaused:
		d.free = dice.rest(&p.pauses, elapsed)
	case queue.CounterClosed:
		p.startClosed(d, c, dice)
	default:
		d.free = dice.draw(&p.gap)
	}
}

// startClosed draws whether and when a closed counter opens: the later it is
// already, the less likely its clerk still comes.
func (p *play) startClosed(d *desk, c *Counter, dice *dice) {
	late := float64(p.hall.Now-c.Opens) / minute
	d.free = max(-late, 0) + dice.rest(&lateTable, max(late, 0))
	coming := 0.0
	for _, t := range lateTable {
		if t > late {
			coming++
		}
	}
	coming *= (1 - onLeave) / levels
	if !c.sure(p.hall.Now) && !dice.chance(coming/(coming+onLeave)) {
		d.free = never
	}
}

func (p *play) of(service string) *table {
	for i, s := range p.services {
		if s == service {
			return &p.times[i]
		}
	}
	t := p.hall.Times.of(service).table()
	return &t
}

// settle puts a counter of the heap where its time belongs: the one that calls
// soonest stands first.
func (p *play) settle(i int) {
	for {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(p.heap); child++ {
			if p.desks[p.heap[child]].free < p.desks[p.heap[least]].free {
				least = child
			}
		}
		if least == i {
			return
		}
		p.heap[i], p.heap[least] = p.heap[least], p.heap[i]
		i = least
	}
}

// callAt lets a counter call at the moment it is free, and gives how many of
// those who wait now it called (ghosts included, the one to come is not).
func (p *play) callAt(c *desk, dice *dice) int {
	if len(p.hall.Breaks) > 0 {
		c.free = p.afterBreak(c.free)
	}
	l := p.pick(c)
	if l == nil {
		p.idle(c)
		return 0
	}
	id := l.entries[l.head]
	e := &p.entries[id]
	l.head++
	p.sum[id] += c.free
	p.sumSq[id] += c.free * c.free
	if e.ghost {
		return 1
	}
	c.free += p.stay(e, dice)
	if e.coming {
		return 0
	}
	return 1
}

// stay draws how long an entry keeps the counter, until the counter's next call.
func (p *play) stay(e *entry, dice *dice) float64 {
	if dice.chance(p.noShow) {
		return dice.draw(&p.absent) + dice.draw(&p.gap)
	}
	t := dice.draw(&p.times[e.service])*p.factor[e.service] + dice.draw(&p.gap)
	if dice.chance(p.again) { // sent on, parked or come back: more work for the same counters
		t += dice.draw(&p.times[e.service])
	}
	return t + p.away(t, dice)
}

// away draws the pause that may follow so many minutes of serving.
func (p *play) away(served float64, dice *dice) float64 {
	if dice.chance(served * p.pauseRate) {
		return dice.draw(&p.pauses)
	}
	return 0
}

func (p *play) afterBreak(t float64) float64 {
	now := p.hall.Now
	at := after(p.hall.Breaks, now+int64(t*minute))
	return max(t, float64(at-now)/minute)
}

// idle moves a counter without visitors to the next one that may come.
func (p *play) idle(c *desk) {
	next := never
	for _, i := range c.lines {
		l := &p.lines[i].priority
		if l.head < len(l.entries) {
			next = min(next, p.entries[l.entries[l.head]].order)
		}
	}
	c.free = next
}
