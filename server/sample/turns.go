package sample

import (
	"slices"

	"motcua/server/queue"
)

// called is what follows a call: most come at once, some after another call, a few
// not at all.
func (d *today) called(i int, v queue.Visit) {
	id, by := d.idAt(i), d.clerks[i].name
	switch {
	case d.chance(0.004): // called by mistake
		d.in(0.02, 0.07, func() {
			if d.undo(id, by) {
				d.look(i, 0.2, 1)
			} else {
				d.comesTo(i, v, 0.2, 1)
			}
		})
	case d.chance(0.04):
		d.in(0.5, 1, func() { d.again(i, v) })
		if d.chance(0.5) {
			d.in(1.1, 1.6, func() { d.again(i, v) })
		}
		d.in(1.8, 3, func() { d.misses(i, v) })
	case d.chance(0.07):
		d.in(0.5, 0.9, func() { d.again(i, v) })
		d.comesTo(i, v, 1, 1.8)
	default:
		d.comesTo(i, v, 0.15, 0.9)
	}
}

// holds tells whether a counter still calls a visit.
func (d *today) holds(i int, v queue.Visit) bool {
	k := d.counter(d.idAt(i))
	return k.State == queue.CounterCalling && k.Visit == v.ID
}

func (d *today) again(i int, v queue.Visit) {
	if d.holds(i, v) {
		d.recall(d.idAt(i), d.clerks[i].name)
	}
}

func (d *today) comesTo(i int, v queue.Visit, low, high float64) {
	d.in(low, high, func() {
		if !d.holds(i, v) {
			return
		}
		id, by := d.idAt(i), d.clerks[i].name
		d.proves(id, by, v)
		d.serve(id, by)
		d.serves(i, d.visit(v.ID))
	})
}

// proves is the clerk's look at what was declared at the kiosk.
func (d *today) proves(id, by string, v queue.Visit) {
	switch {
	case v.Priority != "" && d.chance(0.05):
		why := "Không đúng đối tượng"
		if d.chance(0.4) {
			why = "Khách chọn nhầm tại máy"
		}
		d.setPriority(id, by, v.ID, "", why)
	case v.Priority == "" && len(d.set.Priorities) > 0 && d.chance(0.004):
		d.setPriority(id, by, v.ID, d.set.Priorities[0].ID, "Đã kiểm tra tại quầy")
	}
}

// misses is a call that nobody answered. Some come back, some clerks press too soon.
func (d *today) misses(i int, v queue.Visit) {
	if !d.holds(i, v) {
		return
	}
	id, by := d.idAt(i), d.clerks[i].name
	d.noShow(id, by)
	if d.chance(0.04) {
		d.in(0.02, 0.07, func() {
			if d.undo(id, by) {
				d.comesTo(i, v, 0.1, 0.3)
			}
		})
		return
	}
	if d.chance(0.35) {
		d.in(2, 18, func() {
			if d.reinstate(id, by, v.ID) {
				d.look(i, 0.1, 0.5)
			}
		})
	}
	d.look(i, 0.05, 0.3)
}

// over is the end of a serving: kept aside, sent on, or over.
func (d *today) over(i int, v queue.Visit) {
	id, by := d.idAt(i), d.clerks[i].name
	switch {
	case d.chance(0.05) && d.overNoon(v) > 0: // something has to be looked up: come back after noon
		d.keepAside(i, v, d.overNoon(v)+int64(between(d.rng, 5, 75)*float64(minute)))
	case d.chance(0.025):
		d.keepAside(i, v, d.now+int64(between(d.rng, 5, 25)*float64(minute)))
	case d.sentOn(i, v):
		d.look(i, 0.1, 0.4)
	case d.chance(0.65) && !d.away[i] && d.now < d.until[i] && d.due(i) == "":
		if ended, v, ok := d.next(id, by, d.outcome(v.Service)); ok {
			d.judges(i, ended)
			d.called(i, v)
			return
		}
		d.ends(i, v)
	default:
		d.ends(i, v)
	}
}

// overNoon is when the next half-day begins for a visit whose promise falls due with
// the present one: whoever is served only then was served too late. 0 for others.
func (d *today) overNoon(v queue.Visit) int64 {
	due := d.set.Calendar.Due(d.set.PromiseOn(*d.services[v.Service], d.day), v.Served.Time())
	for n, half := range d.halves[1:] {
		if before := d.halves[n]; due.Equal(before.Ends()) && d.now < before.Ends().UnixMilli() {
			return half.Starts().UnixMilli()
		}
	}
	return 0
}

// keepAside parks a visit until a moment.
func (d *today) keepAside(i int, v queue.Visit, until int64) {
	d.park(d.idAt(i), d.clerks[i].name)
	at := slices.IndexFunc(d.kept[i], func(h held) bool { return h.due > until })
	if at < 0 {
		at = len(d.kept[i])
	}
	d.kept[i] = slices.Insert(d.kept[i], at, held{v.ID, until})
	d.look(i, 0.1, 0.4)
}

func (d *today) ends(i int, v queue.Visit) {
	id, by := d.idAt(i), d.clerks[i].name
	outcome := d.outcome(v.Service)
	d.end(id, by, outcome)
	if d.chance(0.004) { // ended by mistake
		d.in(0.02, 0.06, func() {
			if d.undo(id, by) {
				d.in(0.5, 3, func() {
					if now := d.visit(v.ID); now.State == queue.Serving && now.Counter == id {
						d.judges(i, d.end(id, by, outcome))
						d.look(i, 0.05, 0.4)
					}
				})
			} else {
				d.look(i, 0.05, 0.4)
			}
		})
		return
	}
	d.judges(i, d.visit(v.ID))
	d.look(i, 0.05, 0.5)
}

// sentOn transfers a few visits to another counter of their service, or to another
// service; who was sent on is sometimes sent back.
func (d *today) sentOn(i int, v queue.Visit) bool {
	share := 0.03
	if v.Tx > 1 {
		share = 0.08
	}
	if len(d.serving) < 2 || !d.chance(share) {
		return false
	}
	id, by := d.idAt(i), d.clerks[i].name
	place := []string{"arrival", "arrival", "arrival", "front", "back"}[d.rng.IntN(5)]
	if d.chance(0.35) {
		if to := d.openFor(v.Service, i); to >= 0 {
			d.transfer(id, by, "", d.idAt(to), place)
			d.look(to, 0.2, 0.8)
			return true
		}
	}
	service := d.service()
	if service == v.Service || d.services[service].Closed {
		return false
	}
	d.transfer(id, by, service, "", place)
	d.wake(service)
	return true
}

// openFor is another counter that is open for a service; -1 when there is none.
func (d *today) openFor(service string, but int) int {
	for _, j := range d.serving[service] {
		if j != but && d.counter(d.idAt(j)).State != queue.CounterClosed && d.now < d.until[j]-20*minute {
			return j
		}
	}
	return -1
}

// outcomes are how often each outcome is, by what the service promises.
var outcomes = map[queue.Unit][]struct {
	outcome string
	upTo    float64
}{
	queue.HalfDays:     {{"done", 0.80}, {"received", 0.86}, {"supplement", 0.93}, {"refused", 0.94}, {"guided", 1}},
	"":                 {{"done", 0.95}, {"guided", 0.99}, {"supplement", 1}},
	queue.ThisWeek:     {{"received", 0.60}, {"supplement", 0.78}, {"done", 0.86}, {"guided", 0.97}, {"refused", 1}},
	queue.WorkingDays:  {{"received", 0.64}, {"supplement", 0.76}, {"done", 0.88}, {"guided", 0.98}, {"refused", 1}},
	queue.CalendarDays: {{"received", 0.50}, {"done", 0.72}, {"supplement", 0.87}, {"guided", 0.97}, {"refused", 1}},
}

func (d *today) outcome(service string) string {
	x := d.rng.Float64()
	for _, o := range outcomes[d.services[service].Promise.Unit] {
		if x < o.upTo {
			return o.outcome
		}
	}
	return "done"
}
