package report

import (
	"context"

	"motcua/server/queue"
)

// Results gives what a branch publishes: the figures of the days before today, as
// many as it set. What rests on fewer ratings or visits than the hall's least number
// is withheld: a small hall's public must not be able to tell who rated.
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
	all, branches, err := r.count(ctx, Query{Branches: []string{branch}, From: from, To: to}, o)
	if err != nil {
		return Results{}, err
	}
	res.publish(all.report(branches, o))
	return res, nil
}

func (res *Results) publish(report *Report) {
	f := report.Total
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
