package search

// explain writes the words met and the parts of the name to highlight.
func (x *Index) explain(s *scratch, r *reading, at int, m *meeting, hit *Hit) {
	e := &x.entries[at]
	for i := range r.slots {
		bit := uint32(1) << i
		mt := Match{Asked: r.slots[i].w.fold}
		for p := range placeNames {
			if s.have[p][at]&bit == 0 {
				continue
			}
			mt.Place = placeNames[p]
			if p == inName {
				mt.How = howNames[m.slots[i].by]
			}
			break
		}
		for _, t := range e.name {
			if s.slotsOf[t.id]&bit != 0 && r.slots[i].means[t.id] == m.slots[i].by {
				mt.Found = e.text(t)
				break
			}
		}
		if mt.Found == "" && mt.Place != "" {
			mt.Found = mt.Asked
		}
		hit.Why.Words = append(hit.Why.Words, mt)
	}
	from, to := 0, len(e.name)
	if m.end >= 0 {
		from, to = m.end-len(r.slots)+1, m.end+1
	}
	hit.Marks = [][2]int{}
	for j := from; j < to; j++ {
		t := e.name[j]
		if s.slotsOf[t.id] == 0 {
			continue
		}
		k := len(hit.Marks) - 1
		if k >= 0 && int(t.from) < hit.Marks[k][1] {
			continue // another word of the same abbreviation
		}
		if k >= 0 && j > from && s.slotsOf[e.name[j-1].id] != 0 {
			hit.Marks[k][1] = int(t.to)
			continue
		}
		hit.Marks = append(hit.Marks, [2]int{int(t.from), int(t.to)})
	}
}

func (e *entry) text(t token) string { return string([]rune(e.Name)[t.from:t.to]) }
