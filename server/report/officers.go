package report

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// Officers lists the clerks of a query, for commendation and replacement: with the
// sample size, the interval, the answer rate and the officer's own remarks. Nobody
// with fewer ratings than the hall's limit is put into an order.
func (r *Reader) Officers(ctx context.Context, q Query, o Options) ([]Officer, error) {
	all, branches, err := r.count(ctx, q, o, ByClerk)
	if err != nil {
		return nil, err
	}
	remarks, err := r.remarks(ctx, q, branches)
	if err != nil {
		return nil, err
	}
	names := namesOf(branches, o)
	list := make([]Officer, 0, len(all.by[ByClerk]))
	rows := make([]ratedRow, 0, cap(list))
	for id, s := range all.by[ByClerk] {
		one := Officer{Figures: s.finish(names.reason), Counters: slices.AppendSeq([]string{}, maps.Keys(all.desks[id]))}
		slices.Sort(one.Counters)
		one.AnswerRate = Share{one.Rating.Rated, one.Rating.Asked}
		one.Branch, one.Clerk = names.split(id)
		one.Remarks = append([]Remark{}, remarks[seat{one.Branch, one.Clerk}]...)
		list = append(list, one)
		rows = append(rows, ratedRow{id, &list[len(list)-1].Rating})
	}
	withhold(rows, names.fewest, names.ranked)
	order(list, names.ranked)
	return list, nil
}

// order gives the places: by the lower end of the interval, so that few ratings do
// not pass many by luck. The others follow by name, without a place.
func order(list []Officer, fewest int) {
	few := func(o *Officer) bool { return o.Rating.Rated < fewest || o.Rating.Withheld > 0 }
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
		found, err := r.db.QueryContext(ctx, "SELECT clerk, month, text, by, at FROM remarks WHERE branch = ? AND month BETWEEN ? AND ? ORDER BY clerk, month",
			b.no, dayNumber(q.From)/100, dayNumber(q.To)/100)
		if err != nil {
			return nil, sqlite.Wrap("read remarks", err)
		}
		defer found.Close()
		for found.Next() {
			var clerk string
			var month int
			var at int64
			var one Remark
			if err := found.Scan(&clerk, &month, &one.Text, &one.By, &at); err != nil {
				return nil, sqlite.Wrap("read remarks", err)
			}
			one.Month, one.At = monthOf(month), time.UnixMilli(at).In(queue.Zone)
			all[seat{b.id, clerk}] = append(all[seat{b.id, clerk}], one)
		}
		if err := found.Err(); err != nil {
			return nil, sqlite.Wrap("read remarks", err)
		}
	}
	return all, nil
}

func monthOf(n int) string { return fmt.Sprintf("%04d-%02d", n/100, n%100) }
