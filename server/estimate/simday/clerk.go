package simday

import "motcua/server/queue"

// tryNext lets a clerk call after some minutes, if the counter is still free then.
func (d *day) tryNext(i int, after float64) { d.in(after, func() { d.next(i) }) }

func (d *day) next(i int) {
	c := d.counter(i)
	if c.State != queue.CounterOpen {
		return
	}
	if d.lunch() {
		c = d.set(c, queue.CounterClosed, nil)
		d.emit(queue.Event{Kind: queue.CounterClosedKind}, nil, &c)
		return
	}
	if d.away[i] {
		d.away[i] = false
		d.pause(i, c)
		return
	}
	v := d.pick(i, &c)
	if v == nil {
		return
	}
	d.call(i, c, *v)
}

func (d *day) pause(i int, c queue.Counter) {
	c = d.set(c, queue.CounterPaused, nil)
	d.emit(queue.Event{Kind: queue.CounterPausedKind}, nil, &c)
	d.in(d.between(4, 22), func() { d.open(i) })
}

// pick is the product's calling order, read anew from its rules: those placed
// before the policy, then interleave 1:N over all services by arrival.
func (d *day) pick(i int, c *queue.Counter) *queue.Visit {
	var front, priority, other *queue.Visit
	earlier := func(best *queue.Visit, list []*queue.Visit) *queue.Visit {
		if len(list) > 0 && (best == nil || list[0].Order < best.Order) {
			return list[0]
		}
		return best
	}
	for _, q := range append([]string{"@" + c.ID}, d.settings.Counters[i].Services...) {
		l := d.state.Line(q)
		front = earlier(front, l.Front)
		priority = earlier(priority, l.Priority)
		other = earlier(other, l.Others)
	}
	switch {
	case front != nil:
		return front
	case priority == nil:
		return other
	case other == nil:
		return priority
	case c.Turn > 0:
		c.Turn--
		return other
	}
	c.Turn = d.settings.Policy.N
	return priority
}

func (d *day) call(i int, c queue.Counter, v queue.Visit) {
	d.samples.called(v.ID, d.now)
	v.State, v.Counter, v.Called, v.Front = queue.Called, c.ID, queue.MillisOf(d.now), false
	c = d.set(c, queue.CounterCalling, &v)
	d.emit(queue.Event{Kind: queue.TicketCalled}, &v, &c)
	if d.rng.Float64() < 0.05 {
		d.in(d.between(1, 3.5), func() { d.noShow(i, v) })
		return
	}
	d.in(d.between(0.2, 1), func() { d.serve(i, v) })
}

func (d *day) noShow(i int, v queue.Visit) {
	v.State = queue.NoShow
	c := d.set(d.counter(i), queue.CounterOpen, nil)
	d.emit(queue.Event{Kind: queue.TicketNoShow}, &v, &c)
	if d.rng.Float64() < 0.3 { // comes back and is next at that counter
		d.in(d.between(2, 15), func() { d.reinstate(i, v) })
	}
	d.tryNext(i, d.between(0.05, 0.3))
}

func (d *day) reinstate(i int, v queue.Visit) {
	c := d.counter(i)
	if c.State == queue.CounterClosed {
		return
	}
	v.State, v.Queue, v.Front = queue.Waiting, "@"+c.ID, true
	v.Order = string(queue.MillisOf(d.now)) + v.Order[13:]
	d.emit(queue.Event{Kind: queue.TicketReinstated}, &v, &c)
	d.tryNext(i, d.between(0.1, 0.5))
}

func (d *day) serve(i int, v queue.Visit) {
	v.State, v.Served, v.Tx = queue.Serving, queue.MillisOf(d.now), v.Tx+1
	c := d.set(d.counter(i), queue.CounterServing, &v)
	d.emit(queue.Event{Kind: queue.TicketServing}, &v, &c)
	d.in(d.serving(v.Service, i), func() { d.end(i, v) })
}

// end finishes a visit; a few are sent on to another service and keep their place.
func (d *day) end(i int, v queue.Visit) {
	c := d.set(d.counter(i), queue.CounterOpen, nil)
	c.LastAt = queue.MillisOf(d.now)
	if v.Tx == 1 && d.rng.Float64() < 0.03 {
		v.State, v.Service = queue.Waiting, d.service()
		v.Queue, v.Counter = v.Service, ""
		d.emit(queue.Event{Kind: queue.TicketTransferred, Place: "arrival"}, &v, &c)
		d.wake(v.Service)
	} else {
		v.State, v.Ended = queue.Ended, queue.MillisOf(d.now)
		d.emit(queue.Event{Kind: queue.TicketEnded}, &v, &c)
	}
	d.tryNext(i, min(d.exponential(0.4), 3))
}
