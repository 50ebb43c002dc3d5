package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// Officers lists the clerks of a query, for commendation and replacement: with the
// sample size, the interval, the answer rate and the officer's own remarks. Nobody
// with fewer ratings than the hall's limit is put into an order.
func (r *Reader) Officers(ctx context.Context, q Query, o Options) ([]Officer, error) {
	report, err := r.Build(ctx, q, o)
	if err != nil {
		return nil, err
	}
	branches, err := r.branches(ctx, q)
	if err != nil {
		return nil, err
	}
	remarks, err := r.remarks(ctx, q, branches)
	if err != nil {
		return nil, err
	}
	names := namesOf(branches, o)
	list := make([]Officer, 0, len(report.By[ByClerk]))
	for _, row := range report.By[ByClerk] {
		one := Officer{Figures: row.Figures, AnswerRate: Share{row.Rating.Rated, row.Rating.Asked}}
		one.Branch, one.Clerk = names.split(row.ID)
		one.Remarks = append([]Remark{}, remarks[seat{one.Branch, one.Clerk}]...)
		list = append(list, one)
	}
	order(list, report.Ranked)
	return list, nil
}

// order gives the places: by the lower end of the interval, so that few ratings do
// not pass many by luck. The others follow by name, without a place.
func order(list []Officer, fewest int) {
	few := func(o *Officer) bool { return o.Rating.Rated < fewest }
	slices.SortStableFunc(list, func(a, b Officer) int {
		c := cmp.Compare(bit(few(&a)), bit(few(&b)))
		if c == 0 && !few(&a) {
			c = cmp.Compare(b.Rating.Low, a.Rating.Low)
		}
		return cmp.Or(c, cmp.Compare(a.Clerk, b.Clerk), cmp.Compare(a.Branch, b.Branch))
	})
	for i := range list {
		switch {
		case few(&list[i]):
		case i > 0 && list[i].Rating.Low == list[i-1].Rating.Low:
			list[i].Place = list[i-1].Place
		default:
			list[i].Place = i + 1
		}
	}
}

// remarks gives the remarks on the months a query touches, by branch and clerk.
func (r *Reader) remarks(ctx context.Context, q Query, branches []branch) (map[seat][]Remark, error) {
	all := map[seat][]Remark{}
	for _, b := range branches {
		found, err := r.db.QueryContext(ctx, "SELECT clerk, month, text, by FROM remarks WHERE branch = ? AND month BETWEEN ? AND ? ORDER BY clerk, month",
			b.no, dayNumber(q.From)/100, dayNumber(q.To)/100)
		if err != nil {
			return nil, sqlite.Wrap("read remarks", err)
		}
		defer found.Close()
		for found.Next() {
			var clerk string
			var month int
			var one Remark
			if err := found.Scan(&clerk, &month, &one.Text, &one.By); err != nil {
				return nil, sqlite.Wrap("read remarks", err)
			}
			one.Month = monthOf(month)
			all[seat{b.id, clerk}] = append(all[seat{b.id, clerk}], one)
		}
		if err := found.Err(); err != nil {
			return nil, sqlite.Wrap("read remarks", err)
		}
	}
	return all, nil
}

func monthOf(n int) string { return fmt.Sprintf("%04d-%02d", n/100, n%100) }

// Own gives the clerk of a counter, by name, the own aggregate of the month that
// holds a day. Only every Fewest-th rating moves it on (see Own).
func (r *Reader) Own(ctx context.Context, branchID, clerk string, day queue.Day, o Options) (*Own, error) {
	q := Query{Branches: []string{branchID}, From: day, To: day}
	if err := q.Check(); err != nil {
		return nil, err
	}
	branches, err := r.branches(ctx, q)
	if err != nil {
		return nil, err
	}
	names := namesOf(branches, o)
	own := &Own{Month: string(day)[:7], Fewest: names.fewest, Levels: []int{}, Reasons: []Named{}}
	if len(branches) == 0 || clerk == "" {
		return own, nil
	}
	month := dayNumber(day) / 100
	err = r.ownRatings(ctx, own, branches[0].no, clerk, month, names)
	return own, err
}

func (r *Reader) ownRatings(ctx context.Context, own *Own, branch int64, clerk string, month int, names *names) error {
	found, err := r.db.QueryContext(ctx, `SELECT ifnull(level, 0), ifnull(points, -1), source, reasons FROM transactions
		WHERE branch = ? AND day BETWEEN ? AND ? AND clerk = ? AND ended IS NOT NULL
		ORDER BY rated, id`, branch, month*100, month*100+99, clerk)
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
	f := s.finish(own.Fewest, names.reason)
	own.Rated, own.Enough = f.Rating.Rated, f.Rating.Rated > 0
	own.Levels, own.Mean, own.Content, own.Reasons = f.Rating.Levels, f.Rating.Mean, f.Rating.Content, f.Rating.Reasons
	if own.Enough {
		own.Low, own.High = f.Rating.Low, f.Rating.High
	}
}
