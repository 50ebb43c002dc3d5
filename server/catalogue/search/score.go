package search

import "math/bits"

// The points. A gap between two rules is wider than what tells two hits of one
// rule apart by a word more or less; place and daily use may bridge it.
const (
	ptWords   = 600 // every word met
	ptNear    = 240 // neighbours in the question are neighbours in the name
	ptPhrase  = 100 // all side by side and in order
	ptMarks   = 60  // every mark typed is in the name
	ptBegins  = 80  // the name begins with it
	ptShare   = 140 // of the name that was asked for
	ptCommune = 80

	ptOtherMark = -130 // for each word with other marks than typed
	ptKeys      = -10
	ptBegun     = -120
	ptSlip      = -280
	ptSlipMore  = -60
	ptUnknown   = -150
	ptSynonym   = -240
	ptDeclared  = -20
	ptKeyword   = -30
	ptField     = -110
	ptOther     = -330

	enough = 760 // a best score below this makes the search look for slips in known words, too
	poor   = 400 // and below this, for entries that do not hold every word
)

// run is a stretch of the name that follows the question word by word.
type run struct {
	n     int // slots
	minus int
}

// meeting is what the words of a name have of a question.
type meeting struct {
	best    [mostSlots]int // slot -> least minus, by its tokens
	by      [mostSlots]how
	other   [mostSlots]bool // met with other marks only
	exact   [mostSlots]bool
	seen    uint32
	tokens  int
	pairs   uint32
	phrase  int // token the full run ends at, -1 for none
	pMinus  int
	pExact  bool
	pBy     how
	pOther  int
	pBegins bool
}

// fit weighs a token against a slot.
func (x *Index) fit(sl *slot, t token) (minus int, h how, exact, other bool) {
	h = sl.means[t.id]
	f := &x.forms[t.form]
	typed := sl.w
	switch h {
	case byKeys:
		typed, minus = sl.key, ptKeys
	case begun:
		if sl.w.marked() && !sl.w.begins(*f) {
			return ptBegun + ptOtherMark, h, false, true
		}
		return ptBegun, h, false, false
	case slipped:
		return ptSlip, h, false, false
	}
	exact = typed.same(*f)
	if !typed.agrees(*f) {
		return minus + ptOtherMark, h, false, true
	}
	return minus, h, exact, false
}

func (x *Index) meetName(s *scratch, r *reading, e *entry, m *meeting) {
	n := len(r.slots)
	m.phrase = -1
	var before, now [mostSlots]run
	var exacts, exactsNow [mostSlots]bool
	var others, othersNow [mostSlots]int
	var hows, howsNow [mostSlots]how
	last := uint32(0)
	for j, t := range e.name {
		mask := s.slotsOf[t.id]
		if mask == 0 {
			if last != 0 {
				before, last = [mostSlots]run{}, 0
			}
			continue
		}
		if j >= e.lead {
			m.tokens++
		}
		now = [mostSlots]run{}
		for left := mask; left != 0; left &= left - 1 {
			i := bits.TrailingZeros32(left)
			minus, h, exact, other := x.fit(&r.slots[i], t)
			if m.seen&(1<<i) == 0 || minus > m.best[i] || minus == m.best[i] && exact {
				m.best[i], m.by[i], m.exact[i], m.other[i] = minus, h, exact, other
			}
			m.seen |= 1 << i
			now[i] = run{1, minus}
			exactsNow[i], howsNow[i] = exact || !r.slots[i].w.marked() && h <= byKeys, h
			othersNow[i] = 0
			if other {
				othersNow[i] = 1
			}
			if i > 0 && before[i-1].n == i {
				now[i] = run{i + 1, before[i-1].minus + minus}
				exactsNow[i] = exactsNow[i] && exacts[i-1]
				howsNow[i] = max(howsNow[i], hows[i-1])
				othersNow[i] += others[i-1]
			} else if i > 0 {
				now[i].n = 0
			}
			if i > 0 && last&(1<<(i-1)) != 0 {
				m.pairs |= 1 << i
			}
		}
		if end := now[n-1]; end.n == n && n > 0 {
			begins := j-n+1 == e.lead
			if m.phrase < 0 || end.minus > m.pMinus || end.minus == m.pMinus && begins && !m.pBegins {
				m.phrase, m.pMinus, m.pExact, m.pBy, m.pOther, m.pBegins = j, end.minus, exactsNow[n-1], howsNow[n-1], othersNow[n-1], begins
			}
		}
		before, exacts, others, hows, last = now, exactsNow, othersNow, howsNow, mask
	}
}

// score gives an entry its points under a reading; with a hit it also explains.
func (x *Index) score(s *scratch, r *reading, at int, hit *Hit) int {
	e := &x.entries[at]
	n := len(r.slots)
	var m meeting
	x.meetName(s, r, e, &m)
	sum := 0
	add := func(name string, p int) {
		sum += p
		if hit != nil && p != 0 {
			hit.Why.Points = append(hit.Why.Points, Point{name, p})
		}
	}
	marked, exact, met := 0, 0, 0
	worst, slips := 0, 0
	place := 0
	var how how
	for i := range r.slots {
		bit := uint32(1) << i
		sl := &r.slots[i]
		if sl.w.marked() || sl.key.fold != "" && sl.key.marked() {
			marked++
		}
		switch {
		case m.seen&bit != 0:
			met++
			if m.exact[i] && marked > 0 && (sl.w.marked() || m.by[i] == byKeys) {
				exact++
			}
			how = max(how, m.by[i])
			if m.by[i] == slipped {
				slips++
			}
			worst += m.best[i]
		case s.have[inKeyword][at]&bit != 0:
			met++
			place += ptKeyword
		case s.have[inField][at]&bit != 0:
			met++
			place += ptField
		case s.have[inOther][at]&bit != 0:
			met++
			place += ptOther
		case sl.unknown:
			place += ptUnknown
		}
	}
	part := met < known(r)
	full := m.phrase >= 0 && m.seen == 1<<n-1
	if full {
		worst, how = m.pMinus, m.pBy
		if m.pBy == slipped {
			slips = (-worst + 100) / -ptSlip
		}
	}
	if slips > 1 { // further slips cost less than the first
		worst += (slips - 1) * (ptSlipMore - ptSlip)
	}
	if part {
		add("part of the words", ptWords*met/max(n, 1)/2-100)
	} else {
		add("all words", ptWords)
	}
	if full {
		add("side by side", ptNear+ptPhrase)
	} else if n > 1 {
		add("near", ptNear*bits.OnesCount32(m.pairs)/(n-1))
	}
	if marked > 0 {
		add("same marks", ptMarks*exact/marked)
	}
	add("how the words were met", worst)
	add("place", max(place, -500))
	if full && m.pBegins {
		add("the name begins with it", ptBegins)
	}
	if l := len(e.name) - e.lead; l > 0 {
		add("share of the name", ptShare*min(m.tokens, bits.OnesCount32(m.seen))/l)
	}
	if e.Commune {
		add("done at a commune", ptCommune)
	}
	add("field", e.bonus)
	add("how the question was read", x.minusOf(r))
	if hit != nil {
		hit.Rule = ruleOf(r, part, full, how, marked > 0 && exact == marked && (!full || m.pExact), place)
		x.explain(s, r, at, &m, full, hit)
	}
	return max(sum, 1)
}

func known(r *reading) int {
	n := 0
	for i := range r.slots {
		if !r.slots[i].unknown {
			n++
		}
	}
	return n
}

func (x *Index) minusOf(r *reading) int {
	minus := -r.minus
	switch {
	case r.declared:
		minus += ptDeclared
	case r.synonym:
		minus += ptSynonym
	}
	if r.prefix {
		minus += ptBegun
	}
	if r.typo {
		minus += ptSlip
	}
	return minus
}

func ruleOf(r *reading, part, full bool, h how, exact bool, place int) Rule {
	switch {
	case part:
		return RulePart
	case h == slipped || r.typo:
		return RuleTypo
	case r.synonym:
		return RuleSynonym
	case h == begun:
		return RulePrefix
	case full && exact:
		return RuleExact
	case full:
		return RulePhrase
	}
	return RuleWords
}
