package sample

import (
	"strconv"

	"motcua/server/queue"
)

// forecast is what a ticket keeps of the wait it told, in the form the tickets of
// real halls have it: the calling policy, and for both classes the minutes by people
// ahead. It is a plain estimate: the work that waits, shared by the counters that
// may do it. Nobody is told anything in working hours while no
// counter is open.
func (d *today) forecast(service string) string {
	open, work := 0, 0.0
	for _, i := range d.serving[service] {
		if d.counter(d.idAt(i)).State != queue.CounterClosed {
			open++
		}
	}
	if open == 0 && d.untilOpening() > 0 { // before the doors open, all are expected
		open = len(d.serving[service])
	}
	if open == 0 {
		return ""
	}
	for id, s := range d.services {
		if n := d.waitingOf(id); n > 0 {
			work += float64(n) * (s.Typical + 1) * d.overlap(id, service)
		}
	}
	own := d.waitingOf(service)
	slope := (d.services[service].Typical + 1) / float64(open)
	start := max(0, work/float64(open)-float64(own)*slope) + d.untilOpening()
	p := d.set.Policy
	return string(p.Mode) + " " + strconv.Itoa(p.N) + " 1|" + knots(start, slope, own) + "|" + knots(start/3, slope, own)
}

// waitingOf counts who waits for a service.
func (d *today) waitingOf(service string) int {
	if l := d.state.Lines[service]; l != nil {
		return l.Len()
	}
	return 0
}

// overlap is the share of a service's counters that serve another service too.
func (d *today) overlap(other, service string) float64 {
	if other == service {
		return 1
	}
	both := 0
	for _, i := range d.serving[other] {
		for _, j := range d.serving[service] {
			if i == j {
				both++
			}
		}
	}
	return float64(both) / float64(max(len(d.serving[other]), 1))
}

// untilOpening is the minutes until a half-day that is about to begin.
func (d *today) untilOpening() float64 {
	for _, h := range d.halves {
		if left := h.Starts().UnixMilli() - d.now; left > 0 && left < 60*minute {
			return float64(left) / float64(minute)
		}
	}
	return 0
}

// knots writes two points of a curve: nobody ahead, and as many as wait now. Numbers
// are tenths of minutes, to the base of 36.
func knots(start, slope float64, waiting int) string {
	at := func(ahead int) string {
		middle := start + slope*float64(ahead)
		low, high := int64(middle*6), int64(middle*14+40)
		return base36(int64(ahead)) + "," + base36(low) + "," + base36(high)
	}
	return at(0) + ";" + at(max(waiting, 5))
}

func base36(n int64) string { return strconv.FormatInt(n, 36) }
