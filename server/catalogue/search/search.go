package search

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// scratch is what one search works on; it is used again by the next.
type scratch struct {
	slotsOf []uint32         // word id -> slots it may stand for
	have    [places][]uint32 // entry -> slots met in that place
	best    []int32          // entry -> best score so far, 0 for none
	by      []int16          // entry -> reading of it
	used    []int32
}

func newScratch(vocabulary, entries int) *scratch {
	s := &scratch{slotsOf: make([]uint32, vocabulary), best: make([]int32, entries), by: make([]int16, entries)}
	for p := range s.have {
		s.have[p] = make([]uint32, entries)
	}
	return s
}

// Search answers a question. An empty one finds nothing.
func (x *Index) Search(q string, o Options) Result {
	if o.Limit <= 0 {
		o.Limit = DefaultLimit
	}
	field := Fold(o.Field)
	if digits, ok := codeAsked(q); ok {
		if r := x.byCode(digits, field, o.Offset, o.Limit); r.Total > 0 {
			return r
		}
	}
	s := x.scratch.Get().(*scratch)
	defer x.scratch.Put(s)
	clear(s.best)
	list := x.readings(q, false)
	top := x.try(s, list, 0, field, false)
	if top < enough && len(list) > 0 {
		more := x.readings(q, true)
		for i := range more {
			more[i].minus += 40 // who typed a word that exists probably meant it
		}
		top = max(top, x.try(s, more, len(list), field, false))
		list = append(list, more...)
	}
	if top < poor {
		x.try(s, list[:min(len(list), mostInPart)], 0, field, true)
	}
	return x.gather(s, list, o.Offset, o.Limit)
}

// everyday stands for the entry with the highest bonus a table may give.
var everyday = entry{bonus: 200}

// mostInPart is how many readings are looked at when entries need not hold every word.
const mostInPart = 8

// try scores every entry under each reading and returns the best score. part
// lets entries in that do not hold every word.
func (x *Index) try(s *scratch, list []reading, first int, field string, part bool) int32 {
	top := int32(0)
	for _, n := range s.best {
		top = max(top, n)
	}
	for i := range list {
		r := &list[i]
		if int32(r.atMost(&everyday)) < top {
			continue // nothing it finds could come near what is found already
		}
		x.meet(s, r)
		full := uint32(1)<<len(r.slots) - 1
		for k := range r.slots {
			if r.slots[k].unknown {
				full &^= 1 << k
			}
		}
		var weights []int
		if part {
			weights = x.weights(r)
		}
		for at := range x.entries {
			got := s.have[inName][at] | s.have[inKeyword][at] | s.have[inField][at] | s.have[inOther][at]
			if got == 0 || got&full != full && (!part || share(got, weights) < 50) {
				continue
			}
			if field != "" && x.entries[at].field != field {
				continue
			}
			if s.best[at] > 0 && int(s.best[at]) >= r.atMost(&x.entries[at]) {
				continue
			}
			if n := int32(x.score(s, r, at, nil)); n > s.best[at] {
				s.best[at], s.by[at] = n, int16(first+i)
				top = max(top, n)
			}
		}
		x.leave(s)
	}
	return top
}

// meet marks which slots each entry meets, by place.
func (x *Index) meet(s *scratch, r *reading) {
	for p := range s.have {
		clear(s.have[p])
	}
	for i, sl := range r.slots {
		bit := uint32(1) << i
		for id, h := range sl.means {
			if s.slotsOf[id] == 0 {
				s.used = append(s.used, id)
			}
			s.slotsOf[id] |= bit
			for p := range s.have {
				if p == inOther && h > byKeys {
					continue // pages of text hold something like any word
				}
				for _, at := range x.posts[p][id] {
					s.have[p][at] |= bit
				}
			}
		}
	}
}

func (x *Index) leave(s *scratch) {
	for _, id := range s.used {
		s.slotsOf[id] = 0
	}
	s.used = s.used[:0]
}

// weights says how telling each slot is: a rare word more than a common one.
func (x *Index) weights(r *reading) []int {
	w := make([]int, len(r.slots))
	for i, sl := range r.slots {
		n := 0
		for id := range sl.means {
			n = max(n, len(x.posts[inName][id]))
		}
		w[i] = 1 + bits.Len(uint(len(x.entries)/(n+1)))
		if sl.weak {
			w[i] = 1
		}
		if sl.unknown {
			w[i] = 2
		}
	}
	return w
}

// share is how much of the question was met, in percent.
func share(got uint32, weights []int) int {
	sum, all := 0, 0
	for i, w := range weights {
		all += w
		if got&(1<<i) != 0 {
			sum += w
		}
	}
	return 100 * sum / max(all, 1)
}

// gather sorts what was found and explains the first of it.
func (x *Index) gather(s *scratch, list []reading, offset, limit int) Result {
	found, total := s.foremost(offset + limit)
	slices.SortFunc(found, func(a, b int32) int {
		ea, eb := &x.entries[a], &x.entries[b]
		return cmp.Or(cmp.Compare(s.best[b], s.best[a]), cmp.Compare(ea.runes, eb.runes),
			strings.Compare(ea.Code, eb.Code), cmp.Compare(a, b))
	})
	res := Result{Total: total, Hits: []Hit{}}
	var met *reading
	for _, at := range found[min(offset, len(found)):min(offset+limit, len(found))] {
		if r := &list[s.by[at]]; r != met {
			x.leave(s)
			x.meet(s, r)
			met = r
		}
		h := Hit{Code: x.entries[at].Code, Name: x.entries[at].Name}
		h.Score, h.Said = x.score(s, met, int(at), &h), met.said
		res.Hits = append(res.Hits, h)
	}
	x.leave(s)
	return res
}

// foremost gives the entries whose score is among the limit highest, in no
// order, and the number of all that were found. One letter may find thousands of
// which a screen shows six.
func (s *scratch) foremost(limit int) ([]int32, int) {
	var at [2001]int // entries by score; what is higher counts as the highest
	total := 0
	for _, n := range s.best {
		if n > 0 {
			at[min(n, 2000)]++
			total++
		}
	}
	floor := int32(len(at) - 1)
	for sum := at[floor]; sum < limit && floor > 1; sum += at[floor] {
		floor--
	}
	var found []int32
	for i, n := range s.best {
		if n > 0 && min(n, 2000) >= floor {
			found = append(found, int32(i))
		}
	}
	return found, total
}
