package search

import "math/bits"

// score gives an entry its points under a reading; with a hit it also explains.
func (x *Index) score(s *scratch, r *reading, at int, hit *Hit) int {
	e := &x.entries[at]
	n := len(r.slots)
	m := x.meetName(s, r, e)
	c := s.count(r, at, &m)
	sum := 0
	add := func(name string, p int) {
		sum += p
		if hit != nil && p != 0 {
			hit.Why.Points = append(hit.Why.Points, Point{name, p})
		}
	}
	part := c.met < r.known()
	full := m.end >= 0
	if full {
		c.minus, c.by = m.whole.minus, m.whole.by
	}
	if c.slips > 1 { // further slips cost less than the first
		c.minus += (c.slips - 1) * (ptSlipMore - ptSlip)
	}
	if part {
		add("part of the words", ptWords*c.met/n/2-100)
	} else {
		add("all words", ptWords)
	}
	switch {
	case full:
		add("side by side", ptNear+ptPhrase)
	case n > 1:
		add("near", ptNear*bits.OnesCount32(m.pairs)/(n-1))
	}
	if c.marked > 0 {
		add("same marks", ptMarks*c.same/c.marked)
	}
	add("how the words were met", c.minus)
	add("words outside the name", max(c.place, -500))
	if full && m.begins {
		add("the name begins with it", ptBegins)
	}
	if l := len(e.name) - e.lead; l > 0 {
		add("share of the name", ptShare*min(m.tokens, bits.OnesCount32(m.seen))/l)
	}
	if e.Commune {
		add("done at a commune", ptCommune)
	}
	add("asked for every day", e.bonus)
	add("how the question was read", r.cost())
	if hit != nil {
		exact := c.marked > 0 && c.same == c.marked && full && m.whole.exact
		hit.Rule = r.rule(part, full, c.by, exact)
		x.explain(s, r, at, &m, hit)
	}
	return max(sum, 1)
}

// atMost is a score that no entry can pass under a reading.
func (r *reading) atMost(e *entry) int {
	return ptWords + ptNear + ptPhrase + ptMarks + ptBegins + ptShare + ptCommune + e.bonus + r.cost()
}

// known counts the slots that some word of the catalogue may stand for.
func (r *reading) known() int {
	n := 0
	for i := range r.slots {
		if !r.slots[i].unknown {
			n++
		}
	}
	return n
}

// cost is what comes off for the way the question was read.
func (r *reading) cost() int {
	p := -r.minus
	switch {
	case r.declared:
		p += ptDeclared
	case r.synonym:
		p += ptSynonym
	}
	if r.prefix {
		p += ptBegun
	}
	if r.typo {
		p += ptSlip
	}
	return p
}

func (r *reading) rule(part, full bool, by how, exact bool) Rule {
	switch {
	case part:
		return RulePart
	case by == slipped || r.typo:
		return RuleTypo
	case r.synonym:
		return RuleSynonym
	case by == begun:
		return RulePrefix
	case full && exact:
		return RuleExact
	case full:
		return RulePhrase
	}
	return RuleWords
}
