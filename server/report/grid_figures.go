package report

// figure is one number of Figures, as every export names and counts it.
type figure struct {
	id   string
	unit measure
	of   func(f *Figures) any // nil when there is nothing to tell
}

func whole(of func(f *Figures) int) func(f *Figures) any {
	return func(f *Figures) any { return of(f) }
}

// times gives a figure of a spread; nothing when it is of nothing.
func times(spread func(f *Figures) Spread, one func(s Spread) float64) func(f *Figures) any {
	return func(f *Figures) any {
		s := spread(f)
		if s.N == 0 {
			return nil
		}
		return amount{one(s), uMinutes}
	}
}

func ofWait(f *Figures) Spread    { return f.Wait }
func ofService(f *Figures) Spread { return f.Service }
func theMean(s Spread) float64    { return s.Mean }
func theMedian(s Spread) float64  { return s.Median }
func theP90(s Spread) float64     { return s.P90 }
func fraction(s Share) any        { return per(s.Yes, s.Of) }
func keptShare(p Promise) any     { return per(p.Kept, p.Kept+p.Broken) }
func answerRate(r Rating) any     { return per(r.Rated, r.Asked) }

// few stands in the place of a score that is withheld: fewer ratings than so many, or,
// when 0, withheld because of another row.
type few int

func contentShare(f *Figures) any {
	switch r := f.Rating; {
	case r.Withheld == 0:
		return fraction(r.Content)
	case r.Rated < r.Withheld:
		return few(r.Withheld)
	}
	return few(0)
}

func inHours(of func(f *Figures) float64) func(f *Figures) any {
	return func(f *Figures) any { return amount{of(f), uHours} }
}

// rated gives a figure that only ratings have.
func rated(unit measure, of func(r *Rating) float64) func(f *Figures) any {
	return func(f *Figures) any {
		if f.Rating.Rated == 0 || f.Rating.Withheld > 0 {
			return nil
		}
		return amount{of(&f.Rating), unit}
	}
}

func mark(of func(r *Rating) Mark) func(f *Figures) any {
	return func(f *Figures) any {
		m := of(&f.Rating)
		if m.N == 0 {
			return nil
		}
		return amount{m.Mean, uPoints}
	}
}

// allFigures lists what files with room for it show, in the order of a report.
var allFigures = []figure{
	{"taken", uCount, whole(func(f *Figures) int { return f.Taken })},
	{"served", uCount, whole(func(f *Figures) int { return f.Served })},
	{"no_show", uCount, whole(func(f *Figures) int { return f.NoShow })},
	{"cancelled", uCount, whole(func(f *Figures) int { return f.Cancelled })},
	{"expired", uCount, whole(func(f *Figures) int { return f.Expired })},
	{"transferred", uCount, whole(func(f *Figures) int { return f.Transferred })},
	{"transfers", uCount, whole(func(f *Figures) int { return f.Transfers })},
	{"ping_pong", uCount, whole(func(f *Figures) int { return f.PingPong })},
	{"again", uCount, whole(func(f *Figures) int { return f.Again })},
	{"out_of_turn", uCount, whole(func(f *Figures) int { return f.OutOfTurn })},
	{"priority", uCount, whole(func(f *Figures) int { return f.Priority })},
	{"recalls", uCount, whole(func(f *Figures) int { return f.Recalls })},
	{"wait_mean", uMinutes, times(ofWait, theMean)},
	{"wait_median", uMinutes, times(ofWait, theMedian)},
	{"wait_p90", uMinutes, times(ofWait, theP90)},
	{"spent_mean", uMinutes, times(ofService, theMean)},
	{"spent_median", uMinutes, times(ofService, theMedian)},
	{"spent_p90", uMinutes, times(ofService, theP90)},
	{"called", uCount, whole(func(f *Figures) int { return f.InTarget.Of })},
	{"in_target_yes", uCount, whole(func(f *Figures) int { return f.InTarget.Yes })},
	{"in_target", uShare, func(f *Figures) any { return fraction(f.InTarget) }},
	{"told", uShare, func(f *Figures) any { return fraction(f.Told) }},
	{"kept", uCount, whole(func(f *Figures) int { return f.Promise.Kept })},
	{"broken", uCount, whole(func(f *Figures) int { return f.Promise.Broken })},
	{"unknown", uCount, whole(func(f *Figures) int { return f.Promise.Unknown })},
	{"kept_share", uShare, func(f *Figures) any { return keptShare(f.Promise) }},
	{"half_kept", uCount, whole(func(f *Figures) int { return f.HalfDay.Kept })},
	{"half_broken", uCount, whole(func(f *Figures) int { return f.HalfDay.Broken })},
	{"half_unknown", uCount, whole(func(f *Figures) int { return f.HalfDay.Unknown })},
	{"open", uHours, inHours(func(f *Figures) float64 { return f.Use.Open })},
	{"serving", uHours, inHours(func(f *Figures) float64 { return f.Use.Serving })},
	{"calling", uHours, inHours(func(f *Figures) float64 { return f.Use.Calling })},
	{"idle", uHours, inHours(func(f *Figures) float64 { return f.Use.Idle })},
	{"paused", uHours, inHours(func(f *Figures) float64 { return f.Use.Paused })},
	{"done", uCount, whole(func(f *Figures) int { return f.Outcome.Done })},
	{"received", uCount, whole(func(f *Figures) int { return f.Outcome.Received })},
	{"supplement", uCount, whole(func(f *Figures) int { return f.Outcome.Supplement })},
	{"refused", uCount, whole(func(f *Figures) int { return f.Outcome.Refused })},
	{"guided", uCount, whole(func(f *Figures) int { return f.Outcome.Guided })},
	{"asked", uCount, whole(func(f *Figures) int { return f.Rating.Asked })},
	{"rated", uCount, whole(func(f *Figures) int { return f.Rating.Rated })},
	{"answer", uShare, func(f *Figures) any { return answerRate(f.Rating) }},
	{"content", uShare, contentShare},
	{"low", uShare, rated(uShare, func(r *Rating) float64 { return r.Low })},
	{"high", uShare, rated(uShare, func(r *Rating) float64 { return r.High })},
	{"mean", uPoints, rated(uPoints, func(r *Rating) float64 { return r.Mean })},
	{"presses", uCount, whole(func(f *Figures) int { return f.Rating.Refused })},
	{"forms", uCount, whole(func(f *Figures) int { return f.Rating.Forms.N })},
	{"q1", uPoints, mark(func(r *Rating) Mark { return r.Forms.Q1 })},
	{"q3", uPoints, mark(func(r *Rating) Mark { return r.Forms.Q3 })},
	{"q4", uPoints, mark(func(r *Rating) Mark { return r.Forms.Q4 })},
	{"q7", uPoints, mark(func(r *Rating) Mark { return r.Forms.Q7 })},
}

// figuresOf picks figures by their ids, in the order asked for.
func figuresOf(ids ...string) []figure {
	list := make([]figure, 0, len(ids))
	for _, id := range ids {
		for _, f := range allFigures {
			if f.id == id {
				list = append(list, f)
			}
		}
	}
	return list
}

func (l tongue) columns(figures []figure) []column {
	list := make([]column, len(figures))
	for i, f := range figures {
		list[i] = column{name: l.t("fig." + f.id), unit: f.unit}
	}
	return list
}

func valuesOf(figures []figure, f *Figures) []any {
	list := make([]any, len(figures))
	for i := range figures {
		list[i] = figures[i].of(f)
	}
	return list
}
