package estimate

import (
	"cmp"
	"slices"

	"motcua/server/queue"
)

// How late counters open: most in a few minutes, some much later, some not at all.
const (
	lateness     = 7.0 // minutes, on average
	latenessWide = 1.8 // standard deviation as a share of it
	onLeave      = 0.08
	grace        = int64(50 * minute) // after that nobody is expected any more
	punctual     = int64(5 * minute)  // until then everybody is
)

// never is a time in minutes that no wait reaches.
const never = 1e9

// entry is somebody who stands in a line of the play: a waiting visit, the
// ghost of the next visitor (takes a place but no time), or a priority visit
// that may yet come and pass others.
type entry struct {
	order   float64 // minutes from now; negative for those who came already
	service int32
	ghost   bool
	coming  bool
}

// lane is one class of one queue; its entries are in order.
type lane struct {
	entries []int32
	head    int
	real    int // entries that are visits
}

type line struct {
	front, priority, others lane
}

// desk is a counter in the play.
type desk struct {
	free   float64 // when it calls next, in minutes from now; never or more for not at all
	turn   int
	lines  []int32
	weight []float64
	merge  queue.Merge
}

// play is the hall prepared for being played forward.
type play struct {
	hall     *Hall
	policy   queue.Policy
	services []string
	queues   []string
	lines    []line
	entries  []entry
	called   []bool // lines that some counter may call from
	sure     []bool // lines that a counter will surely call from
	desks    []desk
	heap     []int32 // the desks, the one that calls soonest first

	times       []table // by service
	doubts      []float64
	gap, absent table
	pauses      table

	noShow, again, pauseRate float64

	factor     []float64 // of this throw, by service
	sum, sumSq []float64 // of the call times, by entry
	throws     float64
}

func newPlay(h *Hall) *play {
	p := &play{hall: h, policy: h.Policy, gap: h.Times.gap.table(), absent: h.Times.absent.table(),
		pauses: h.Times.pause.table(), noShow: h.Times.noShow.value(),
		again: h.Times.again.value(), pauseRate: h.Times.pauses.value()}
	for _, s := range h.Services {
		p.line(s)
		p.service(s)
	}
	p.entries = make([]entry, 0, len(h.Waiting)+len(h.Services)*(2+mostComing))
	p.desks, p.heap = make([]desk, 0, len(h.Counters)), make([]int32, len(h.Counters))
	for _, w := range h.Waiting {
		p.addWaiter(w)
	}
	for i := range h.Counters {
		p.addDesk(&h.Counters[i])
	}
	for i := range p.queues {
		p.sort(&p.lines[i])
	}
	for i, s := range h.Services {
		p.addNext(int32(i), s)
	}
	p.sum, p.sumSq = make([]float64, len(p.entries)), make([]float64, len(p.entries))
	p.factor = make([]float64, len(p.services))
	return p
}

var lateTable = lognormal(lateness, latenessWide)

func (p *play) line(id string) int32 {
	if i := slices.Index(p.queues, id); i >= 0 {
		return int32(i)
	}
	p.queues = append(p.queues, id)
	p.lines = append(p.lines, line{})
	p.called, p.sure = append(p.called, false), append(p.sure, false)
	return int32(len(p.queues) - 1)
}

func (p *play) service(id string) int32 {
	if i := slices.Index(p.services, id); i >= 0 {
		return int32(i)
	}
	t := p.hall.Times.of(id)
	p.services = append(p.services, id)
	p.times = append(p.times, t.table())
	p.doubts = append(p.doubts, t.doubt())
	return int32(len(p.services) - 1)
}

func (p *play) addDesk(c *Counter) {
	n := 1 + len(c.Services)
	d := desk{merge: c.Merge, lines: make([]int32, 0, n), weight: make([]float64, 0, n)}
	if i := slices.Index(p.queues, "@"+c.ID); i >= 0 { // only if somebody was sent there
		p.serve(&d, c, int32(i), 1)
	}
	for i, s := range c.Services {
		weight := 1.0
		if i < len(c.Weights) {
			weight = float64(c.Weights[i])
		}
		p.serve(&d, c, p.line(s), weight)
	}
	p.desks = append(p.desks, d)
}

func (p *play) serve(d *desk, c *Counter, id int32, weight float64) {
	p.called[id] = true
	p.sure[id] = p.sure[id] || c.sure(p.hall.Now)
	d.lines = append(d.lines, id)
	d.weight = append(d.weight, weight)
}

func (p *play) add(l *lane, e entry) {
	if l.entries == nil {
		l.entries = make([]int32, 0, 16)
	}
	l.entries = append(l.entries, int32(len(p.entries)))
	p.entries = append(p.entries, e)
	if !e.ghost && !e.coming {
		l.real++
	}
}

func (p *play) addWaiter(w Waiter) {
	e := entry{order: float64(w.Order-p.hall.Now) / minute, service: p.service(w.Service)}
	l := &p.lines[p.line(w.Queue)]
	switch {
	case w.Front:
		p.add(&l.front, e)
	case w.Priority:
		p.add(&l.priority, e)
	default:
		p.add(&l.others, e)
	}
}

func (p *play) sort(l *line) {
	byOrder := func(a, b int32) int { return cmp.Compare(p.entries[a].order, p.entries[b].order) }
	for _, part := range []*lane{&l.front, &l.priority, &l.others} {
		if !slices.IsSortedFunc(part.entries, byOrder) {
			slices.SortStableFunc(part.entries, byOrder)
		}
	}
}

// mostComing bounds how many priority visits of one service are foreseen.
const mostComing = 10

// addNext adds the ghosts of a service, one in each class, and the priority
// visits that are likely to come.
func (p *play) addNext(service int32, id string) {
	l := &p.lines[p.line(id)]
	p.add(&l.others, entry{service: service, ghost: true})
	p.add(&l.priority, entry{service: service, ghost: true})
	rate := p.hall.Times.priorityRate(id, p.hall.Now)
	for i := 0; i < mostComing && rate > 0.004; i++ {
		p.add(&l.priority, entry{service: service, order: (float64(i) + 0.5) / rate, coming: true})
	}
}
