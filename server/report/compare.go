package report

import (
	"cmp"
	"context"
	"slices"
	"strconv"
)

// The indicators of TT 01/2018/TT-VPCP Đ13, by their places in Ranked.Indicators.
const (
	indicatorTime     = 0 // 1: total time against the legal time
	indicatorContacts = 2 // 3: how often one had to come to complete the dossier
	indicatorOffices  = 3 // 4: how many offices one had to go to
	indicatorAttitude = 6 // 7: attitude
)

// fewestKnown is from how many known indicators on a sum is projected on the whole
// scale: fewer say too little of a hall.
const fewestKnown = 5

// Compare puts the branches of a query beside each other and judges each on the 0-18
// scale. It is a self-assessment and must be named so. Branches are in an order only
// among their own kind, and only those with enough ratings.
func (r *Reader) Compare(ctx context.Context, q Query, o Options) ([]Ranked, error) {
	all, branches, err := r.count(ctx, q, o, ByBranch)
	if err != nil {
		return nil, err
	}
	names := namesOf(branches, o)
	list := make([]Ranked, 0, len(branches))
	rows := make([]ratedRow, len(branches))
	for i, b := range branches {
		f := all.row(ByBranch, b.id).finish(names.reason)
		list = append(list, Ranked{Branch: b.id, Name: names.branches[b.id], Kind: b.kind, Figures: f})
		rows[i] = ratedRow{b.id, &list[i].Figures.Rating}
	}
	withhold(rows, names.fewest, names.ranked)
	for i, b := range branches {
		list[i].assess(names.fewest, names.ranked, names.settings[b.id].Report.Indicators)
	}
	rank(list)
	return list, nil
}

// assess fills in the indicators and the scale. Indicators 3, 4 and 7 are the answers
// to the form, indicator 1 too, or else the promises: what was done before it fell due
// was earlier than promised (2), what came after was later (0); but only when nearly
// all promises are known, because those known first are those kept on the spot. told
// are the indicators that people told, by their number. A scale and a class are a
// judgement of the whole hall: below ranked ratings there is none, as there is no place.
func (r *Ranked) assess(fewest, ranked int, told map[string]int) {
	forms := r.Figures.Rating.Forms
	if p := r.Figures.Promise; p.Kept+p.Broken >= max(fewest, 9*p.Unknown) {
		kept := mean(best*p.Kept, p.Kept+p.Broken)
		r.Indicators[indicatorTime] = &kept
	}
	for i, m := range map[int]Mark{indicatorTime: forms.Q1, indicatorContacts: forms.Q3, indicatorOffices: forms.Q4, indicatorAttitude: forms.Q7} {
		if m.N >= fewest {
			mean := m.Mean
			r.Indicators[i] = &mean
		}
	}
	known := 0
	for i := range r.Indicators {
		if points, ok := told[strconv.Itoa(i+1)]; ok {
			value := float64(points)
			r.Indicators[i] = &value
		}
		if r.Indicators[i] != nil {
			known++
			r.Points += *r.Indicators[i]
		}
	}
	r.Points, r.Most = tenth(r.Points), float64(best*known)
	if known >= fewestKnown && r.Figures.Rating.Rated >= ranked {
		r.Scale = tenth(r.Points * float64(best*len(r.Indicators)) / r.Most)
		r.Class = Class(r.Scale)
	}
}

// Class is the class of a sum on the 0-18 scale (TT 01/2018/TT-VPCP Đ15).
func Class(points float64) string {
	switch {
	case points >= 15:
		return "excellent"
	case points >= 12:
		return "good"
	case points >= 9:
		return "fair"
	case points >= 6:
		return "average"
	}
	return "weak"
}

// tenth rounds to one decimal, which also takes away what adding tenths leaves.
func tenth(v float64) float64 { return float64(int64(v*10+0.5+1e-9)) / 10 }

// rank orders the list: kind by kind, those with a class by their places, the others by name.
// Places go by the scale, then by the lower end of the interval of content raters.
func rank(list []Ranked) {
	placed := func(r *Ranked) int { return bit(r.Class == "") }
	value := func(a, b *Ranked) int {
		return cmp.Or(cmp.Compare(b.Scale, a.Scale), cmp.Compare(b.Figures.Rating.Low, a.Figures.Rating.Low))
	}
	slices.SortStableFunc(list, func(a, b Ranked) int {
		order := cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(placed(&a), placed(&b)))
		if order == 0 && placed(&a) == 0 {
			order = value(&a, &b)
		}
		return cmp.Or(order, cmp.Compare(a.Name, b.Name))
	})
	place := 0
	for i := range list {
		first := i == 0 || list[i-1].Kind != list[i].Kind
		switch {
		case placed(&list[i]) == 1:
			continue
		case first:
			place = 1
		case value(&list[i-1], &list[i]) != 0:
			place = 1 + placesBefore(list[:i], list[i].Kind)
		}
		list[i].Place = place
	}
}

func placesBefore(list []Ranked, kind string) int {
	n := 0
	for _, r := range list {
		n += bit(r.Kind == kind)
	}
	return n
}
