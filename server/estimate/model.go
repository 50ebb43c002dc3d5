package estimate

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"motcua/server/queue"
)

// Tuned on simulated days (package simday), reported on others.
const (
	budget     = 1900 // calls played for one forecast, which bounds its cost
	mostThrows = 48
	minThrows  = 4

	// An interval reaches so many standard deviations below and above the mean:
	// together four fifths of all waits, which are rather longer than shorter.
	below, above = 1.1, 1.4
	// A hall changes in ways nobody announces. The wait errs by this share of
	// itself, by a share of its root, and never by less than the floor.
	hallDoubt  = 0.14
	slotDoubt  = 0.3 // minutes
	floorDoubt = 0.4 // minutes
	longest    = 600 // minutes; nothing beyond is worth saying

	// mostWaiting bounds the cost when a hall is flooded: the visits behind the
	// first so many are forecast by the slope of those before them.
	mostWaiting = 400
)

// Model forecasts the hall's queues from this moment on, by queue id. Services
// that no counter serves, nor is expected to, are not in it.
func Model(h Hall) map[string]Params {
	h.Waiting = earliest(h.Waiting)
	p := newPlay(&h)
	for i, n := 0, p.affordable(); i < n; i++ {
		p.throw(i)
	}
	out := make(map[string]Params, len(p.queues))
	for i, q := range p.queues {
		if p.sure[i] {
			if params, ok := p.params(i); ok {
				out[q] = params
			}
		}
	}
	return out
}

// earliest keeps the first mostWaiting of those who wait.
func earliest(waiting []Waiter) []Waiter {
	if len(waiting) <= mostWaiting {
		return waiting
	}
	sorted := slices.Clone(waiting)
	slices.SortStableFunc(sorted, func(a, b Waiter) int {
		if a.Front != b.Front {
			if a.Front {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Order, b.Order)
	})
	return sorted[:mostWaiting]
}

func (p *play) affordable() int {
	n := budget / (len(p.entries) + 2*len(p.desks) + 1)
	n = min(max(n, minThrows), mostThrows)
	return n + n%2 // throws come in pairs
}

// params reduces what was played of one queue to its curves.
func (p *play) params(i int) (Params, bool) {
	l := &p.lines[i]
	others := p.beyond(p.points(l, &l.others, false), i)
	priority := p.beyond(p.points(l, &l.priority, true), i)
	if len(others) == 0 && len(priority) == 0 {
		return Params{}, false
	}
	return Params{others: curveOf(others, knots-min(len(priority), fewKnots)),
		priority: curveOf(priority, min(len(priority), fewKnots))}, true
}

// point is what was played for one place of a queue.
type point struct {
	ahead     int
	low, high float64
}

// points gives the places of a class, by people ahead as tickets show it.
func (p *play) points(l *line, class *lane, priority bool) []point {
	out := make([]point, 0, len(l.front.entries)+len(class.entries))
	for rank, id := range l.front.entries {
		out = append(out, p.point(id, rank))
	}
	for rank, id := range class.entries {
		if e := &p.entries[id]; !e.coming {
			out = append(out, p.point(id, p.ahead(l, e, rank, priority)))
		}
	}
	return smooth(out)
}

// beyond adds a place behind everybody, for tickets that are taken before the
// next forecast is made.
func (p *play) beyond(pts []point, i int) []point {
	if len(pts) == 0 || strings.HasPrefix(p.queues[i], "@") {
		return pts
	}
	last := pts[len(pts)-1]
	step := p.step(i)
	if first := pts[0]; last.ahead >= first.ahead+4 {
		step = (last.low + last.high - first.low - first.high) / 2 / float64(last.ahead-first.ahead)
	}
	return append(pts, point{last.ahead + more, min(last.low+more*step*0.85, longest), min(last.high+more*step*1.15, longest)})
}

// more is how many people further the added place stands.
const more = 8

// step is how much longer one more visit ahead makes the wait, if only the
// counters that serve the queue share it.
func (p *play) step(i int) float64 {
	counters := 0
	for _, d := range p.desks {
		if slices.Contains(d.lines, int32(i)) {
			counters++
		}
	}
	return p.hall.Times.Mean(p.queues[i]) / float64(max(counters, 1))
}

// point reduces the call times of one entry to an interval.
func (p *play) point(id int32, ahead int) point {
	mean := p.sum[id] / p.throws
	variance := max(p.sumSq[id]/p.throws-mean*mean, 0)
	worked := p.worked(mean)
	variance += hallDoubt*hallDoubt*worked*worked + slotDoubt*worked + floorDoubt*floorDoubt
	sigma := math.Sqrt(variance)
	return point{ahead, min(max(mean-below*sigma, 0), longest), min(mean+above*sigma, longest)}
}

// worked is how much of a wait is no break: breaks are as certain as the calendar.
func (p *play) worked(wait float64) float64 {
	from, to := p.hall.Now, p.hall.Now+int64(wait*minute)
	for _, b := range p.hall.Breaks {
		wait -= float64(max(min(to, b.To)-max(from, b.From), 0)) / minute
	}
	return max(wait, 0)
}

// ahead counts as queue.Line does for the same visit.
func (p *play) ahead(l *line, e *entry, rank int, priority bool) int {
	class, shift := &l.priority, p.policy.HeadStart
	if priority {
		class, shift = &l.others, -shift
	}
	others := class.real
	if p.policy.Mode == queue.HeadStart {
		others = 0
		for _, id := range class.entries[:class.real] {
			if p.entries[id].order < e.order+float64(shift)/minute {
				others++
			}
		}
	}
	return queue.AheadOf(p.policy, priority, rank, others, len(l.front.entries))
}

// smooth makes the places rise: nobody waits less for standing further back.
func smooth(pts []point) []point {
	for i := 1; i < len(pts); i++ {
		pts[i].low = max(pts[i].low, pts[i-1].low)
		pts[i].high = max(pts[i].high, pts[i-1].high)
	}
	return pts
}
