package report

import (
	"maps"
	"slices"
	"strconv"
	"time"
)

// tally counts one part of a report: a branch, some days. Parts are counted beside
// each other and merged.
type tally struct {
	query     *Query
	branch    branch
	several   bool // the report is about several branches: services and counters need their name before them
	total     *sum
	wanted    map[Dimension]bool
	by        map[Dimension]map[string]*sum
	heat      [7][24]heatCell
	histogram [25]int
	pauses    map[string]int64 // milliseconds by reason
	days      map[int]bool
	sample    bool
	old       map[int]bool               // days of which only sums are left
	desks     map[string]map[string]bool // counters by clerk
}

type heatCell struct {
	taken int
	waits []int32
}

func newTally(q *Query, several bool, wanted []Dimension) *tally {
	t := &tally{query: q, several: several, total: &sum{}, wanted: map[Dimension]bool{}, by: map[Dimension]map[string]*sum{}, pauses: map[string]int64{}, days: map[int]bool{}, old: map[int]bool{}, desks: map[string]map[string]bool{}}
	for _, d := range Dimensions {
		t.by[d] = map[string]*sum{}
		t.wanted[d] = slices.Contains(wanted, d)
	}
	return t
}

// add counts in one value of a dimension, if anybody wants that dimension.
func (t *tally) add(d Dimension, id string, add func(*sum)) {
	if t.wanted[d] {
		add(t.row(d, id))
	}
}

// row gives the sum of one value of a dimension.
func (t *tally) row(d Dimension, id string) *sum {
	s := t.by[d][id]
	if s == nil {
		s = &sum{}
		t.by[d][id] = s
	}
	return s
}

// local is the id of what belongs to one branch.
func (t *tally) local(id string) string {
	if t.several {
		return t.branch.id + "/" + id
	}
	return id
}

func orNone(id string) string {
	if id == "" {
		return none
	}
	return id
}

// dayKeys are the ids of a day in the dimensions of time.
type dayKeys struct {
	day, weekday, month string
	number              int // of the weekday
}

func keysOf(day int) dayKeys {
	d := dayOf(day)
	n := int(d.Weekday())
	return dayKeys{day: string(d), weekday: strconv.Itoa(n), month: string(d)[:7], number: n}
}

// hourIDs are the ids of the hours.
var hourIDs = func() (list [24]string) {
	for h := range list {
		list[h] = strconv.Itoa(h)
	}
	return list
}()

// dated calls add for the row of a day. The other rows of time, the branch's and the
// total are sums of days: see sumDays.
func (t *tally) dated(k *dayKeys, add func(*sum)) { add(t.row(ByDay, k.day)) }

// sumDays adds up the days of a part.
func (t *tally) sumDays(keys keyring) {
	for _, k := range keys {
		day, found := t.by[ByDay][k.day]
		if !found {
			continue
		}
		t.total.merge(day)
		t.add(ByBranch, t.branch.id, func(s *sum) { s.merge(day) })
		t.add(ByWeekday, k.weekday, func(s *sum) { s.merge(day) })
		t.add(ByMonth, k.month, func(s *sum) { s.merge(day) })
	}
	if !t.wanted[ByDay] {
		clear(t.by[ByDay])
	}
}

// visit counts a visit. seats are the places it belongs to.
func (t *tally) visit(v *visit, k *dayKeys, seats []seat) {
	add := func(s *sum) { s.visit(v) }
	t.dated(k, add)
	t.add(ByHour, hourIDs[v.hour], add)
	t.add(ByService, t.local(v.service), add)
	t.add(ByField, orNone(v.field), add)
	t.add(ByProcedure, orNone(v.procedure), add)
	t.add(ByPriority, orNone(v.priority), add)
	t.add(ByChannel, orNone(v.origin), add)
	for i, s := range seats {
		if s.counter != "" && !has(seats[:i], func(o seat) bool { return o.counter == s.counter }) {
			t.add(ByCounter, t.local(s.counter), add)
		}
		if s.clerk != "" && !has(seats[:i], func(o seat) bool { return o.clerk == s.clerk }) {
			t.add(ByClerk, t.local(s.clerk), add)
		}
	}
	t.days[v.day] = true
	t.draw(v, k)
}

// has is slices.ContainsFunc for the one or two seats of a visit.
func has(seats []seat, fits func(seat) bool) bool {
	for _, s := range seats {
		if fits(s) {
			return true
		}
	}
	return false
}

// draw counts a visit in the heat map and the histogram.
func (t *tally) draw(v *visit, k *dayKeys) {
	cell := &t.heat[k.number][v.hour]
	cell.taken++
	if v.wait < 0 {
		return
	}
	cell.waits = append(cell.waits, small(v.wait))
	five := int(v.wait / (5 * time.Minute).Milliseconds())
	t.histogram[min(five, len(t.histogram)-1)]++
}

// serving counts what belongs to a transaction.
func (t *tally) serving(x *transaction, k *dayKeys, add func(*sum)) {
	t.dated(k, add)
	t.add(ByHour, hourIDs[x.hour], add)
	t.add(ByService, t.local(x.service), add)
	t.add(ByField, orNone(x.field), add)
	t.add(ByProcedure, orNone(x.procedure), add)
	t.add(ByPriority, orNone(x.priority), add)
	t.add(ByChannel, orNone(x.origin), add)
	t.add(ByCounter, t.local(x.counter), add)
	if x.clerk != "" {
		t.add(ByClerk, t.local(x.clerk), add)
	}
}

// sat notes that a clerk served at a counter.
func (t *tally) sat(s seat) {
	id := t.local(s.clerk)
	if t.desks[id] == nil {
		t.desks[id] = map[string]bool{}
	}
	t.desks[id][s.counter] = true
}

// span counts what a counter did, in every hour it touches its share.
func (t *tally) span(s *stretch, k *dayKeys) {
	use, known := useOf[s.state]
	if !known || s.ended <= s.began {
		return
	}
	spent := s.ended - s.began
	add := func(o *sum) { o.use[use] += spent }
	t.dated(k, add)
	t.add(ByCounter, t.local(s.counter), add)
	if s.clerk != "" {
		t.add(ByClerk, t.local(s.clerk), add)
	}
	if use == usePaused {
		t.pauses[s.reason] += spent
	}
	const hour, zone = int64(time.Hour / time.Millisecond), 7 // Asia/Ho_Chi_Minh, without daylight saving
	for at := s.began; at < s.ended; {
		next := min((at/hour+1)*hour, s.ended)
		t.add(ByHour, hourIDs[(at/hour+zone)%24], func(o *sum) { o.use[use] += next - at })
		at = next
	}
}

// press counts a press that did not count.
func (t *tally) press(p *press, k *dayKeys) {
	add := func(s *sum) { s.Rating.Refused++ }
	t.dated(k, add)
	t.add(ByHour, hourIDs[p.hour], add)
	if p.counter != "" {
		t.add(ByCounter, t.local(p.counter), add)
	}
}

// merge adds another part.
func (t *tally) merge(o *tally) {
	t.total.merge(o.total)
	for d, rows := range o.by {
		for id, s := range rows {
			t.row(d, id).merge(s)
		}
	}
	for w := range t.heat {
		for h := range t.heat[w] {
			t.heat[w][h].taken += o.heat[w][h].taken
			t.heat[w][h].waits = append(t.heat[w][h].waits, o.heat[w][h].waits...)
		}
	}
	for i, n := range o.histogram {
		t.histogram[i] += n
	}
	for reason, ms := range o.pauses {
		t.pauses[reason] += ms
	}
	maps.Copy(t.days, o.days)
	maps.Copy(t.old, o.old)
	for clerk, counters := range o.desks {
		if t.desks[clerk] == nil {
			t.desks[clerk] = map[string]bool{}
		}
		maps.Copy(t.desks[clerk], counters)
	}
	t.sample = t.sample || o.sample
}
