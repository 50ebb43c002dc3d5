package sample

import (
	"math"

	"motcua/server/queue"
)

// planClerk lays out a clerk's half-day: most are there when it begins, some come
// later, a few not at all; each goes away at times.
func (d *today) planClerk(i int, half queue.DayHalf) {
	if d.chance(0.06) {
		return // on leave, or at a meeting
	}
	starts, ends := half.Starts().UnixMilli(), half.Ends().UnixMilli()
	at := starts + int64((d.rng.ExpFloat64()*3-2)*float64(minute))
	if d.chance(0.08) {
		at = starts + int64(between(d.rng, 8, 40)*float64(minute))
	}
	d.then(at, func() {
		if d.counter(d.idAt(i)).State == queue.CounterClosed {
			d.until[i] = ends
			d.openCounter(d.idAt(i), d.clerks[i].name)
			d.look(i, 0.1, 0.5)
		}
	})
	if d.o.Kind != Quiet && d.chance(0.7) {
		d.then(starts+int64(between(d.rng, 0.25, 0.85)*float64(ends-starts)), func() { d.away[i] = true; d.look(i, 0, 0.1) })
	}
	d.then(ends, func() { d.look(i, 0, 0.5) })
	if d.chance(min(0.45, d.usual*0.03/float64(len(d.clerks)))) {
		d.then(starts+int64(between(d.rng, 0.1, 0.9)*float64(ends-starts)), func() { d.without(i) })
	}
}

// look lets a clerk look for the next visit after some minutes.
func (d *today) look(i int, low, high float64) {
	if d.looking[i] {
		return
	}
	d.looking[i] = true
	d.in(low, high, func() {
		d.looking[i] = false
		d.turn(i)
	})
}

// turn is what a free clerk does now.
func (d *today) turn(i int) {
	id, by := d.idAt(i), d.clerks[i].name
	if d.counter(id).State != queue.CounterOpen {
		return
	}
	waiting := d.anyone(id)
	switch {
	case d.now >= d.until[i] && (!waiting || d.now >= d.until[i]+15*minute) && !d.keeps(i):
		d.closeCounter(id, by)
	case d.away[i]:
		d.away[i] = false
		d.rest(i)
	case d.due(i) != "":
		v := d.floor.resume(id, by, d.due(i))
		d.kept[i] = d.kept[i][1:]
		d.called(i, v)
	case waiting && d.chance(0.008) && d.outOfTurn(i):
	case waiting:
		v, _ := d.call(id, by)
		d.called(i, v)
	case len(d.kept[i]) > 0:
		d.in(3, 6, func() { d.look(i, 0, 0) })
	}
}

// keeps tells whether a clerk still waits for somebody kept aside; not for long after
// hours, nor for who comes back in the next half-day.
func (d *today) keeps(i int) bool {
	last := d.until[i] + 30*minute
	return len(d.kept[i]) > 0 && d.kept[i][0].due < last && d.now < last
}

// due is a visit kept aside whose time has come.
func (d *today) due(i int) string {
	for len(d.kept[i]) > 0 && d.visit(d.kept[i][0].visit).State != queue.Parked {
		d.kept[i] = d.kept[i][1:]
	}
	if len(d.kept[i]) > 0 && d.kept[i][0].due <= d.now {
		return d.kept[i][0].visit
	}
	return ""
}

// anyone tells whether somebody waits for a counter.
func (d *today) anyone(id string) bool {
	for _, q := range d.refs[id] {
		if l := d.state.Lines[q.ID]; l != nil && l.Len() > 0 {
			return true
		}
	}
	return false
}

// pauses are the desk's reasons, the usual ones first.
var pauses = []string{"break", "break", "break", "meeting", "urgent", "helping", "away", "fault", "other"}

func (d *today) rest(i int) {
	id, by := d.idAt(i), d.clerks[i].name
	d.pause(id, by, pauses[d.rng.IntN(len(pauses))])
	d.in(4, 22, func() {
		if d.counter(id).State == queue.CounterPaused {
			d.openCounter(id, by)
			d.look(i, 0, 0.3)
		}
	})
}

// Reasons of a call out of turn, as the desk offers them.
var reasons = []string{"Khách quay lại quầy cũ", "Khách yếu, không chờ lâu được", "Hồ sơ đi cùng lượt vừa xong", "Theo yêu cầu của phụ trách sảnh"}

// outOfTurn calls one of those who wait for this counter's services; false when
// there is nobody to choose among.
func (d *today) outOfTurn(i int) bool {
	id := d.idAt(i)
	for _, q := range d.refs[id] {
		if list := d.waitingIn(q.ID); len(list) > 1 {
			v := list[1+d.rng.IntN(len(list)-1)]
			d.called(i, d.callNumber(id, d.clerks[i].name, *v, reasons[d.rng.IntN(len(reasons))]))
			return true
		}
	}
	return false
}

// without serves somebody who has no number.
func (d *today) without(i int) {
	id := d.idAt(i)
	if d.counter(id).State != queue.CounterOpen || d.now >= d.until[i] {
		return
	}
	mine := d.set.Counters[i].Services
	if s := d.services[mine[0]]; !s.Closed {
		v := d.walkIn(id, d.clerks[i].name, wish{service: mine[0], priority: d.priority()})
		if d.chance(0.05) {
			d.in(0.03, 0.07, func() {
				if d.undo(id, d.clerks[i].name) {
					d.look(i, 0.1, 0.5)
				}
			})
			return
		}
		d.serves(i, v)
	}
}

// serves lets the serving of a visit take its time.
func (d *today) serves(i int, v queue.Visit) {
	const spread = 0.45
	mean := max(d.services[v.Service].Typical, 1) * d.clerks[i].speed
	took := mean * math.Exp(d.rng.NormFloat64()*spread-spread*spread/2)
	if d.chance(0.03) { // a hard case
		took *= 2.2
	}
	tx := v.Tx
	d.in(took, took, func() {
		if now := d.visit(v.ID); now.State == queue.Serving && now.Tx == tx && now.Counter == d.idAt(i) {
			d.over(i, now)
		}
	})
}
