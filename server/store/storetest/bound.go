package storetest

import (
	"fmt"
	"math/rand"
	"testing"
	"time"

	"motcua/server/queue"
)

// The bound on how long anyone can be passed (docs/adr): a visit that stands
// with r of its own class before it, and nobody placed before the policy,
//
//   - interleave 1:N: without priority it is passed by at most r/N + 1 visits
//     with priority, whenever they come; with priority by at most N others for
//     each one of its own class before it, and N more that were still due;
//   - strict: without priority only until it has waited max_wait, after that
//     nobody who came later passes it;
//   - head start: only by visits with priority that came less than that later.
func bound(t *testing.T, h *Hall) {
	for _, mode := range []queue.Mode{queue.Interleave, queue.Strict, queue.HeadStart} {
		for seed := range int64(4) {
			h := NewHall(t, h.Store, fmt.Sprintf("%s-%s-%d", h.Branch, mode, seed))
			h.Policy.Mode, h.Policy.N = mode, 1+int(seed)%3
			h.Policy.MaxWait, h.Policy.HeadStart = 20*60000, 8*60000
			boundDay(t, h, rand.New(rand.NewSource(seed)))
		}
	}
}

type passed struct {
	visit  queue.Visit
	rank   int // of its own class before it when taken
	before int // later arrivals of the other class called before it
}

// boundDay lets many with priority come, which is the hard case, calls one every
// two minutes, and counts by how many each visit was passed.
func boundDay(t *testing.T, h *Hall, r *rand.Rand) {
	h.Open("1")
	var waiting []*passed
	for step := 0; step < 120 || len(waiting) > 0; step++ {
		for n := r.Intn(3); step < 120 && n > 0; n-- {
			prio := []string{"", "NCT"}[r.Intn(2)]
			res := h.Do(queue.Command{Verb: queue.Take, Service: "A", Priority: prio})
			waiting = append(waiting, &passed{visit: *res.Visit, rank: res.Rank})
			h.Step(20 * time.Second)
		}
		called, err := h.Try(queue.Command{Verb: queue.Next, Counter: "1"})
		if queue.CodeOf(err) == queue.NoOneWaiting {
			h.Step(time.Minute)
			continue
		}
		waiting = count(t, h, waiting, *called.Visit)
		h.At("1", queue.Serve)
		h.Step(2 * time.Minute)
	}
}

func count(t *testing.T, h *Hall, waiting []*passed, called queue.Visit) []*passed {
	t.Helper()
	var rest []*passed
	for _, p := range waiting {
		if p.visit.ID == called.ID {
			limit := p.rank/h.Policy.N + 1
			if p.visit.IsPriority() {
				limit = (p.rank + 1) * h.Policy.N
			}
			if h.Policy.Mode == queue.Interleave && p.before > limit {
				t.Errorf("1:%d: %s was passed by %d, the bound is %d", h.Policy.N, p.visit.Number, p.before, limit)
			}
			continue
		}
		rest = append(rest, p)
		if p.visit.IsPriority() == called.IsPriority() {
			if called.Order > p.visit.Order {
				t.Errorf("%s of the same class passed %s", called.Number, p.visit.Number)
			}
			continue
		}
		later := called.Order > p.visit.Order
		if h.Policy.Mode == queue.Interleave {
			p.before++
		} else if later {
			p.checkLater(t, h, called)
		}
	}
	return rest
}

// checkLater is about one who came later and was called first.
func (p *passed) checkLater(t *testing.T, h *Hall, called queue.Visit) {
	t.Helper()
	waited := queue.MillisOf(h.Time).Int() - p.visit.Taken.Int()
	gap := called.Taken.Int() - p.visit.Taken.Int()
	switch {
	case p.visit.IsPriority():
		t.Errorf("%s without priority came later and passed %s with", called.Number, p.visit.Number)
	case h.Policy.Mode == queue.Strict && waited > h.Policy.MaxWait:
		t.Errorf("%s was passed by %s after %d min", p.visit.Number, called.Number, waited/60000)
	case h.Policy.Mode == queue.HeadStart && gap >= h.Policy.HeadStart:
		t.Errorf("%s was passed by %s, who came %d s later", p.visit.Number, called.Number, gap/1000)
	}
}
