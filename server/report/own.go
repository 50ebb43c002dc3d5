package report

import (
	"context"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// Own gives a clerk, by the name the history has, the own aggregate of a month,
// written "2026-11". Only every Fewest-th rating moves it on (see the type).
func (r *Reader) Own(ctx context.Context, branchID, clerk, month string, o Options) (Own, error) {
	q := Query{Branches: []string{branchID}, From: queue.Day(month + "-01"), To: queue.Day(month + "-01")}
	own := Own{Month: month, Levels: []int{}, Reasons: []Named{}}
	if err := q.Check(); err != nil {
		return own, err
	}
	branches, err := r.branches(ctx, q)
	if err != nil {
		return own, err
	}
	names := namesOf(branches, o)
	own.Fewest = names.fewest
	if len(branches) == 0 || clerk == "" {
		return own, nil
	}
	err = r.ownRatings(ctx, &own, branches[0].no, clerk, dayNumber(q.From)/100, names)
	return own, err
}

const ownSQL = `SELECT ifnull(level, 0), ifnull(points, -1), source, reasons FROM transactions
		WHERE branch = ? AND day BETWEEN ? AND ? AND clerk = ? AND ended IS NOT NULL
		ORDER BY rated, id`

func (r *Reader) ownRatings(ctx context.Context, own *Own, branch int64, clerk string, month int, names *names) error {
	found, err := r.db.QueryContext(ctx, ownSQL, branch, month*100, month*100+99, clerk)
	if err != nil {
		return sqlite.Wrap("read own ratings", err)
	}
	defer found.Close()
	var ratings []transaction
	for found.Next() {
		var t transaction
		if err := found.Scan(&t.level, &t.points, &t.source, &t.reasons); err != nil {
			return sqlite.Wrap("read own ratings", err)
		}
		own.Served++
		if t.level > 0 {
			ratings = append(ratings, t)
		}
	}
	own.fill(ratings, names)
	return sqlite.Wrap("read own ratings", found.Err())
}

// fill shows the ratings in the order they came, cut at a multiple of Fewest.
func (own *Own) fill(ratings []transaction, names *names) {
	s := &sum{}
	for i := range ratings[:len(ratings)/own.Fewest*own.Fewest] {
		s.rated(&ratings[i])
	}
	f := s.finish(names.reason)
	own.Rated, own.Enough = f.Rating.Rated, f.Rating.Rated > 0
	own.Levels, own.Mean, own.Content, own.Reasons = f.Rating.Levels, f.Rating.Mean, f.Rating.Content, f.Rating.Reasons
	if own.Enough {
		own.Low, own.High = f.Rating.Low, f.Rating.High
	}
}
