package search

import "math/bits"

// run is a stretch of the name that follows the question word by word up to a slot.
type run struct {
	n     int // slots met, all from the first on; 0 for none
	minus int
	by    how  // the weakest way a word of it was met
	exact bool // every mark typed is there
}

// meeting is what the words of a name have of a question.
type meeting struct {
	slots  [mostSlots]run // for each slot the best token, as a run of one
	seen   uint32         // slots met
	pairs  uint32         // slots met right after the slot before them
	tokens int            // words of the name that meet a slot
	end    int            // token at which all slots stand side by side, -1 if nowhere
	whole  run
	begins bool // and they begin the name
}

// fit weighs a token against a slot.
func (x *Index) fit(sl *slot, t token) run {
	h := sl.means[t.id]
	r := run{n: 1, by: h}
	f := &x.forms[t.form]
	typed := &sl.w
	switch h {
	case byKeys:
		typed, r.minus = &sl.key, ptKeys
	case begun:
		r.minus = ptBegun
		if sl.w.marked() && !sl.w.begins(*f) {
			r.minus += ptOtherMark
		}
		return r
	case slipped:
		r.minus = ptSlip
		return r
	}
	r.exact = typed.same(*f) || !typed.marked()
	if !typed.agrees(*f) {
		r.minus += ptOtherMark
	}
	return r
}

// better tells whether a run is worth more than another of the same length.
func (r run) better(o run) bool {
	return r.minus > o.minus || r.minus == o.minus && r.exact && !o.exact
}

// meetName walks through a name and finds where it follows the question.
func (x *Index) meetName(s *scratch, r *reading, e *entry) meeting {
	n := len(r.slots)
	m := meeting{end: -1}
	var a, b [mostSlots]run
	before, now := a[:n], b[:n]
	last := uint32(0)
	for j, t := range e.name {
		mask := s.slotsOf[t.id]
		if mask == 0 && last == 0 {
			continue
		}
		clear(now)
		for left := mask; left != 0; left &= left - 1 {
			i := bits.TrailingZeros32(left)
			bit := uint32(1) << i
			f := x.fit(&r.slots[i], t)
			if m.seen&bit == 0 || f.better(m.slots[i]) {
				m.slots[i] = f
			}
			m.seen |= bit
			switch {
			case i == 0:
				now[i] = f
			case before[i-1].n == i:
				p := before[i-1]
				now[i] = run{i + 1, p.minus + f.minus, max(p.by, f.by), p.exact && f.exact}
			}
			if last&(bit>>1) != 0 {
				m.pairs |= bit
			}
		}
		if mask != 0 && j >= e.lead {
			m.tokens++
		}
		if end := now[n-1]; end.n == n {
			begins := j-n+1 == e.lead
			if m.end < 0 || end.better(m.whole) || end == m.whole && begins && !m.begins {
				m.end, m.whole, m.begins = j, end, begins
			}
		}
		before, now, last = now, before, mask
	}
	return m
}

// sums is what the slots add up to.
type sums struct {
	met, marked, same, slips int
	minus, place             int
	by                       how
}

// count goes through the slots: met in the name, or at least somewhere else.
func (s *scratch) count(r *reading, at int, m *meeting) sums {
	var c sums
	for i := range r.slots {
		bit := uint32(1) << i
		sl := &r.slots[i]
		marked := sl.w.marked() || sl.key.fold != "" && sl.key.marked()
		if marked {
			c.marked++
		}
		switch {
		case m.seen&bit != 0:
			f := m.slots[i]
			c.met++
			c.minus += f.minus
			c.by = max(c.by, f.by)
			if marked && f.exact {
				c.same++
			}
			if f.by == slipped {
				c.slips++
			}
		case s.have[inKeyword][at]&bit != 0:
			c.met++
			c.place += ptKeyword
		case s.have[inField][at]&bit != 0:
			c.met++
			c.place += ptField
		case s.have[inOther][at]&bit != 0:
			c.met++
			c.place += ptOther
		case sl.unknown:
			c.place += ptUnknown
		}
	}
	return c
}
