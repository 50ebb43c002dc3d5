package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// sum gathers the figures of one row while the tables are read. The counts are in
// Figures; what needs every single value, or milliseconds, stands beside them.
type sum struct {
	Figures
	waits, spents []int32 // milliseconds
	use           [5]int64
	points        [4]Mark
	reasons       map[string]int
	// Waits of days of which only sums are left: their number and milliseconds.
	oldWaits  int
	oldWaited int64
}

func (s *sum) visit(v *visit) {
	s.Taken++
	s.Served += bit(v.transactions > 0)
	s.NoShow += bit(v.noShows > 0)
	s.Cancelled += bit(v.state == "cancelled")
	s.Expired += bit(v.state == "expired")
	s.Transferred += bit(v.transfers > 0)
	s.Transfers += v.transfers
	s.PingPong += v.pingPong
	s.Again += v.again
	s.OutOfTurn += v.outOfTurn
	s.Priority += bit(v.priority != "")
	s.Recalls += v.recalls
	if v.wait < 0 {
		return
	}
	s.waits = append(s.waits, small(v.wait))
	s.InTarget.add(v.wait <= v.target)
	if v.told >= 0 {
		s.Told.add(v.wait <= v.told)
	}
}

func (s *sum) transaction(t *transaction) {
	if t.spent < 0 {
		return
	}
	if t.how != dayClosed {
		s.spents = append(s.spents, small(t.spent))
	}
	s.Outcome.add(t.outcome)
	if t.promised() {
		s.Promise.add(t.kept)
		if t.unit == "half_days" {
			s.HalfDay.add(t.kept)
		}
	}
	s.Rating.Asked += bit(t.asked())
	if t.level > 0 {
		s.rated(t)
	}
}

func (s *sum) rated(t *transaction) {
	r := &s.Rating
	r.Rated++
	for len(r.Levels) < t.level {
		r.Levels = append(r.Levels, 0)
	}
	r.Levels[t.level-1]++
	r.Points += max(t.points, 0)
	r.Content.add(t.points == best)
	if r.Sources == nil {
		r.Sources, s.reasons = map[string]int{}, map[string]int{}
	}
	r.Sources[t.source]++
	for reason := range strings.FieldsSeq(t.reasons) {
		s.reasons[reason]++
	}
}

func (s *sum) form(f *form) {
	s.Rating.Forms.N++
	for i, points := range f.marks {
		if points >= 0 {
			s.points[i].N++
			s.points[i].Points += points
		}
	}
}

// The places of sum.use.
const (
	useIdle = iota
	useCalling
	useServing
	usePaused
)

var useOf = map[string]int{"open": useIdle, "calling": useCalling, "serving": useServing, "paused": usePaused}

// merge adds what another part counted.
func (s *sum) merge(o *sum) {
	s.counts(&o.Figures)
	s.waits, s.spents = append(s.waits, o.waits...), append(s.spents, o.spents...)
	for i := range s.use {
		s.use[i] += o.use[i]
	}
	for i := range s.points {
		s.points[i].N += o.points[i].N
		s.points[i].Points += o.points[i].Points
	}
	s.oldWaits += o.oldWaits
	s.oldWaited += o.oldWaited
	s.Rating.merge(&o.Rating)
	s.reasons = plus(s.reasons, o.reasons)
}

func (s *sum) counts(o *Figures) {
	s.Taken += o.Taken
	s.Served += o.Served
	s.NoShow += o.NoShow
	s.Cancelled += o.Cancelled
	s.Expired += o.Expired
	s.Transferred += o.Transferred
	s.Transfers += o.Transfers
	s.PingPong += o.PingPong
	s.Again += o.Again
	s.OutOfTurn += o.OutOfTurn
	s.Priority += o.Priority
	s.Recalls += o.Recalls
	s.InTarget.merge(o.InTarget)
	s.Told.merge(o.Told)
	s.Promise.merge(o.Promise)
	s.HalfDay.merge(o.HalfDay)
	s.Outcome.merge(o.Outcome)
}

func (r *Rating) merge(o *Rating) {
	r.Asked += o.Asked
	r.Rated += o.Rated
	for len(r.Levels) < len(o.Levels) {
		r.Levels = append(r.Levels, 0)
	}
	for i, n := range o.Levels {
		r.Levels[i] += n
	}
	r.Points += o.Points
	r.Content.merge(o.Content)
	r.Sources = plus(r.Sources, o.Sources)
	r.Refused += o.Refused
	r.Forms.N += o.Forms.N
}

func (s *Share) add(yes bool) {
	s.Of++
	s.Yes += bit(yes)
}

func (s *Share) merge(o Share) {
	s.Yes += o.Yes
	s.Of += o.Of
}

func (p *Promise) add(kept int) {
	p.Kept += bit(kept == 1)
	p.Broken += bit(kept == 0)
	p.Unknown += bit(kept < 0)
}

func (p *Promise) merge(o Promise) {
	p.Kept += o.Kept
	p.Broken += o.Broken
	p.Unknown += o.Unknown
}

func (u *Outcomes) add(outcome string) {
	u.Done += bit(outcome == "done")
	u.Received += bit(outcome == "received")
	u.Supplement += bit(outcome == "supplement")
	u.Refused += bit(outcome == "refused")
	u.Guided += bit(outcome == "guided")
}

func (u *Outcomes) merge(o Outcomes) {
	u.Done += o.Done
	u.Received += o.Received
	u.Supplement += o.Supplement
	u.Refused += o.Refused
	u.Guided += o.Guided
}

func bit(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// plus adds the counts of b to a, which may be nil.
func plus(a, b map[string]int) map[string]int {
	if a == nil {
		return maps.Clone(b)
	}
	for id, n := range b {
		a[id] += n
	}
	return a
}

// frequent lists counts by their names, most frequent first.
func frequent[N int | int64](counts map[string]N, name func(string) string, unit float64) []Named {
	list := make([]Named, 0, len(counts))
	for id, n := range counts {
		list = append(list, Named{ID: id, Name: name(id), Value: float64(n) / unit})
	}
	slices.SortFunc(list, func(a, b Named) int {
		return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.ID, b.ID))
	})
	return list
}
