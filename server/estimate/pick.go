package estimate

import "motcua/server/queue"

// pick chooses whom a counter calls by the policy, or nil if nobody waits: those
// placed before the policy, then by class, then among its services.
func (p *play) pick(c *desk) *lane {
	var front, priority, others *lane
	var frontScore, priorityScore, othersScore float64
	for i, id := range c.lines {
		l := &p.lines[id]
		if s, ok := p.score(c, i, &l.front); ok && (front == nil || s < frontScore) {
			front, frontScore = &l.front, s
		}
		if s, ok := p.score(c, i, &l.priority); ok && (priority == nil || s < priorityScore) {
			priority, priorityScore = &l.priority, s
		}
		if s, ok := p.score(c, i, &l.others); ok && (others == nil || s < othersScore) {
			others, othersScore = &l.others, s
		}
	}
	switch {
	case front != nil:
		return front
	case priority == nil:
		return others
	case others == nil:
		return priority
	}
	if p.priorityFirst(c, p.first(priority), p.first(others)) {
		return priority
	}
	return others
}

func (p *play) first(l *lane) *entry { return &p.entries[l.entries[l.head]] }

// priorityFirst decides between the two classes when both wait, and keeps the
// counter's count.
func (p *play) priorityFirst(c *desk, priority, other *entry) bool {
	switch p.policy.Mode {
	case queue.Strict:
		overdue := c.free-other.order > float64(p.policy.MaxWait)/minute
		return !overdue || priority.order <= other.order
	case queue.HeadStart:
		return priority.order-float64(p.policy.HeadStart)/minute <= other.order
	}
	// A ghost is not really there: it must not change whose turn it is.
	if c.turn > 0 {
		if !other.ghost {
			c.turn--
		}
		return false
	}
	if !priority.ghost {
		c.turn = p.policy.N
	}
	return true
}

// score ranks the head of a lane among the same class of the counter's other
// queues: the lowest is called. The second result is false if nobody is there.
func (p *play) score(c *desk, i int, l *lane) (float64, bool) {
	if l.head >= len(l.entries) {
		return 0, false
	}
	e := p.first(l)
	if e.coming && e.order > c.free {
		return 0, false
	}
	switch c.merge {
	case queue.ByList:
		if c.free-e.order > float64(p.policy.MaxWait)/minute {
			return e.order - 1e6, true // overdue: before every list
		}
		return float64(i)*1e6 + e.order, true
	case queue.ByWeight:
		return -c.weight[i] * (c.free - e.order), true
	}
	return e.order, true
}
