package search

import (
	"slices"
	"strings"
)

// saying is a line of the table met in a question.
type saying struct {
	saidLine
	at     int
	typo   bool
	prefix bool
}

// sayings finds the lines of the table in a question, the longest first.
func (x *Index) sayings(slots []slot) []saying {
	var found []saying
	for _, l := range x.lines {
		for at := 0; at+len(l.ids) <= len(slots); at++ {
			if s, ok := l.met(slots[at:at+len(l.ids)], at); ok {
				found = append(found, s)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b saying) int { return len(b.ids) - len(a.ids) })
	return found
}

func (l saidLine) met(slots []slot, at int) (saying, bool) {
	s := saying{saidLine: l, at: at}
	for i, id := range l.ids {
		h, ok := slots[i].means[id]
		if !ok {
			return s, false
		}
		switch h {
		case whole:
			ok = slots[i].w.agrees(l.said[i])
		case byKeys:
			ok = slots[i].key.agrees(l.said[i])
		case begun:
			// One letter may begin any word: let it end a phrase, not be one.
			ok = slots[i].w.begins(l.said[i]) && (len(l.ids) > 1 || len(slots[i].w.fold) > 2)
			s.prefix = true
		case slipped:
			ok = len(l.said[i].fold) > 3 || len(l.ids) > 1
			s.typo = true
		}
		if !ok {
			return s, false
		}
	}
	return s, l.sign != signWeak || !s.typo && !s.prefix
}

// holds tells whether s is longer than o and stands around it.
func (s saying) holds(o saying) bool {
	return len(s.ids) > len(o.ids) && s.at <= o.at && o.at+len(o.ids) <= s.at+len(s.ids)
}

// replaced gives the readings with people's words put into official ones: each
// saying alone, and all that fit side by side.
func (x *Index) replaced(slots []slot, found []saying) []reading {
	var list []reading
	var together []saying
	taken := make([]bool, len(slots))
	for _, f := range found {
		if f.sign == signWeak {
			continue
		}
		minus := 0
		if slices.ContainsFunc(found, func(o saying) bool { return o.sign != signWeak && o.holds(f) }) {
			minus = 80 // "làm sổ đỏ" is a saying of its own; "sổ đỏ" in it counts less
		}
		for k := range f.means {
			if len(list) < mostReadings {
				r := x.replace(slots, []saying{f}, k)
				r.minus += minus
				list = append(list, r)
			}
		}
		if !slices.Contains(taken[f.at:f.at+len(f.ids)], true) {
			together = append(together, f)
			for i := f.at; i < f.at+len(f.ids); i++ {
				taken[i] = true
			}
		}
	}
	if len(together) > 1 {
		slices.SortFunc(together, func(a, b saying) int { return a.at - b.at })
		for k := range 3 {
			list = append(list, x.replace(slots, together, k))
		}
	}
	return list
}

// replace builds one reading; k chooses among the meanings.
func (x *Index) replace(slots []slot, with []saying, k int) reading {
	r := reading{synonym: true, minus: 10 * k, declared: true}
	covered := 0
	for i := 0; i < len(slots); {
		if len(with) > 0 && with[0].at == i {
			f := with[0]
			r.said = strings.TrimSpace(r.said + " " + f.written)
			for _, w := range f.means[min(k, len(f.means)-1)] {
				r.slots = append(r.slots, x.slotFor(w, false, false))
			}
			r.typo, r.prefix = r.typo || f.typo, r.prefix || f.prefix
			i += len(f.ids)
			covered += len(f.ids)
			with = with[1:]
			continue
		}
		if !slots[i].weak {
			r.declared = false
			r.slots = append(r.slots, slots[i])
		} else {
			r.minus += 20
		}
		i++
	}
	r.slots = r.slots[:min(len(r.slots), mostSlots)]
	return r
}
