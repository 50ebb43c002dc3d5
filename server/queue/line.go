package queue

import (
	"slices"
	"strings"
)

// Line is one queue in calling order: visits placed before the policy, visits
// with priority, and the others, each by its order string.
type Line struct {
	Front    []*Visit
	Priority []*Visit
	Others   []*Visit
}

// Len counts everybody in the line.
func (l *Line) Len() int { return len(l.Front) + len(l.Priority) + len(l.Others) }

// class gives the part of the line a visit stands in.
func (l *Line) class(v *Visit) *[]*Visit {
	switch {
	case v.Front:
		return &l.Front
	case v.IsPriority():
		return &l.Priority
	}
	return &l.Others
}

func place(list []*Visit, order string) int {
	// Almost everybody joins at the end; only then is the search skipped.
	if n := len(list); n == 0 || list[n-1].Order < order {
		return n
	}
	i, _ := slices.BinarySearchFunc(list, order, func(v *Visit, o string) int { return strings.Compare(v.Order, o) })
	return i
}

func (l *Line) insert(v *Visit) {
	list := l.class(v)
	*list = slices.Insert(*list, place(*list, v.Order), v)
}

func (l *Line) remove(v *Visit) {
	list := l.class(v)
	i := place(*list, v.Order)
	if i >= len(*list) || (*list)[i].ID != v.ID {
		return
	}
	if i == 0 { // the usual case: whoever is called stood first
		(*list)[0] = nil
		*list = (*list)[1:]
		return
	}
	*list = slices.Delete(*list, i, i+1)
}

// Next gives the visit that is called first; nil when the line is empty, or when
// priority and the others both wait: then the store alone knows whose turn it is.
func (l *Line) Next() *Visit {
	switch {
	case len(l.Front) > 0:
		return l.Front[0]
	case len(l.Priority) > 0 && len(l.Others) == 0:
		return l.Priority[0]
	case len(l.Others) > 0 && len(l.Priority) == 0:
		return l.Others[0]
	}
	return nil
}

func (l *Line) countService(service string) int {
	n := 0
	for _, list := range [][]*Visit{l.Front, l.Priority, l.Others} {
		for _, v := range list {
			if v.Service == service {
				n++
			}
		}
	}
	return n
}

// Ahead counts who will be called before a visit that waits in this line, by
// the branch's policy, as if the line had a counter of its own. It is what
// "people ahead" means on tickets and phones.
func (l *Line) Ahead(v *Visit, p Policy) int {
	list := *l.class(v)
	rank := place(list, v.Order)
	if v.Front {
		return rank
	}
	others := len(l.Others)
	if !v.IsPriority() {
		others = len(l.Priority)
	}
	if p.Mode == HeadStart {
		others = l.earlier(v, p.HeadStart)
	}
	return AheadOf(p, v.IsPriority(), rank, others, len(l.Front))
}

// Behind counts the visits of its own class that wait behind a visit in this
// line: those it can let go first.
func (l *Line) Behind(v *Visit) int {
	list := *l.class(v)
	i := place(list, v.Order)
	if i >= len(list) || list[i].ID != v.ID {
		return 0
	}
	return len(list) - i - 1
}

// earlier counts the visits of the other class that come before v when
// priority counts as having come headStart ms earlier.
func (l *Line) earlier(v *Visit, headStart int64) int {
	if v.IsPriority() {
		return place(l.Others, shifted(v.Order, -headStart))
	}
	return place(l.Priority, shifted(v.Order, headStart))
}

// shifted moves an order string in time by ms.
func shifted(order string, ms int64) string {
	t := Millis(order[:min(13, len(order))])
	return string(Millis(formatInt(t.Int()+ms))) + order[min(13, len(order)):]
}

// AheadOf counts who comes before a visit: rank visits of its own class, others
// of the other class (under a head start only those that count as earlier), and
// fronts before the policy. Interleave 1:N lets one priority visit go first and
// then up to N others.
func AheadOf(p Policy, priority bool, rank, others, fronts int) int {
	switch p.Mode {
	case Interleave:
		n := max(p.N, 1)
		if priority {
			return fronts + rank + min(others, rank*n)
		}
		return fronts + rank + min(others, rank/n+1)
	case Strict:
		if priority {
			return fronts + rank
		}
	}
	return fronts + rank + others
}
