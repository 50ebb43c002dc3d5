package report

import (
	"context"
	"slices"

	"motcua/server/queue"
)

// Results gives what a branch publishes: the figures of the last days, as many as it
// set, today's included; its ratings up to yesterday only. A board that counted each
// mark as it comes would tell the clerk, and whoever stands by, how the visitor who
// has just gone rated. What rests on fewer ratings or visits than the hall's least
// number is withheld: a small hall's public must not be able to tell who rated.
func (r *Reader) Results(ctx context.Context, branch string, o Options) (Results, error) {
	set := o.settings(branch)
	now := o.Clock.Now().In(queue.Zone)
	to := queue.DayOf(now)
	from := to.Add(1 - set.Report.PublishedDays())
	res := Results{Branch: branch, From: from, To: to, Levels: []int{}, Published: now}
	if set.Report.Published.Off {
		res.Off = true
		return res, nil
	}
	o.Progress = nil
	all, branches, err := r.count(ctx, Query{Branches: []string{branch}, From: from, To: to}, o, ByDay)
	if err != nil {
		return Results{}, err
	}
	res.publish(all.report(branches, o), to)
	return res, nil
}

func (res *Results) publish(report *Report, today queue.Day) {
	f := report.Total
	for i := range report.By[ByDay] {
		if report.By[ByDay][i].ID == string(today) {
			f.Rating.without(&report.By[ByDay][i].Rating)
		}
	}
	res.Sample, res.Dossiers = report.Sample, report.Dossiers
	res.Taken, res.Served = f.Taken, f.Served
	res.Asked, res.Rated = f.Rating.Asked, f.Rating.Rated
	if f.Wait.N >= report.Fewest {
		res.Wait, res.InTarget = &f.Wait.Median, &f.InTarget
	}
	if f.Promise.Kept+f.Promise.Broken+f.Promise.Unknown >= report.Fewest {
		res.Promise = &f.Promise
	}
	if f.Rating.Rated >= report.Fewest {
		res.Content, res.Levels = &f.Rating.Content, f.Rating.Levels
	}
}

// without takes the ratings of a part out again, as far as they are published.
func (r *Rating) without(o *Rating) {
	r.Asked -= o.Asked
	r.Rated -= o.Rated
	r.Content = Share{r.Content.Yes - o.Content.Yes, r.Content.Of - o.Content.Of}
	r.Levels = slices.Clone(r.Levels)
	for i, n := range o.Levels {
		r.Levels[i] -= n
	}
}
