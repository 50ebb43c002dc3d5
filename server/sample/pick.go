package sample

import "motcua/server/queue"

func classOf(l *queue.Line, v *queue.Visit) []*queue.Visit {
	switch {
	case v.Front:
		return l.Front
	case v.Priority != "":
		return l.Priority
	}
	return l.Others
}

func entry(v *queue.Visit) string { return v.Order + "|" + v.ID }

// candidate is the first of a queue with what the counter's way of merging needs.
type candidate struct {
	v      *queue.Visit
	weight int
}

func (f *floor) waited(v *queue.Visit) int64 {
	return f.now - queue.Millis(v.Order[:13]).Int()
}

// better is the one of two heads that a counter takes first; a stands earlier in its list.
func (f *floor) better(p *queue.Policy, a, b candidate) candidate {
	if a.v == nil {
		return b
	}
	switch p.Merge {
	case queue.ByWeight:
		wa, wb := f.waited(a.v)*int64(max(a.weight, 1)), f.waited(b.v)*int64(max(b.weight, 1))
		if wa > wb {
			return a
		}
		if wb > wa {
			return b
		}
	case queue.ByList:
		la, lb := f.waited(a.v) > p.MaxWait, f.waited(b.v) > p.MaxWait
		if la && !lb || !la && !lb {
			return a
		}
		if lb && !la {
			return b
		}
	}
	if entry(b.v) < entry(a.v) {
		return b
	}
	return a
}

// pick is the calling order: those placed before the policy, then by the policy's
// turns. It counts the turn of the counter.
func (f *floor) pick(k *queue.Counter) *queue.Visit {
	p := f.policies[k.ID]
	var front *queue.Visit
	var priority, other candidate
	for _, q := range f.refs[k.ID] {
		l := f.state.Lines[q.ID]
		if l == nil {
			continue
		}
		if len(l.Front) > 0 && (front == nil || entry(l.Front[0]) < entry(front)) {
			front = l.Front[0]
		}
		if len(l.Priority) > 0 {
			priority = f.better(p, priority, candidate{l.Priority[0], q.Weight})
		}
		if len(l.Others) > 0 {
			other = f.better(p, other, candidate{l.Others[0], q.Weight})
		}
	}
	switch {
	case front != nil:
		return front
	case priority.v == nil:
		return other.v
	case other.v == nil || f.priorityFirst(k, p, priority.v, other.v):
		return priority.v
	}
	return other.v
}

func (f *floor) priorityFirst(k *queue.Counter, p *queue.Policy, priority, other *queue.Visit) bool {
	return p.PriorityFirst(&k.Turn, f.now, entry(priority), entry(other))
}
