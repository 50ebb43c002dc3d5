package report

import (
	"context"
	"fmt"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// Known is a branch the history has days of. It may have no live hall: one whose
// figures were brought in for the comparison, or that has been closed.
type Known struct {
	ID     string    `json:"id"`
	Name   string    `json:"name"`
	Kind   string    `json:"kind"`
	First  queue.Day `json:"first"` // the first and last day it has; empty for none
	Last   queue.Day `json:"last"`
	Sample bool      `json:"sample"` // some of them were made by the generator
}

// Branches lists the branches of the history by id, but for those for practice.
func (r *Reader) Branches(ctx context.Context) ([]Known, error) {
	rows, err := r.db.QueryContext(ctx, `SELECT b.id, b.name, b.kind, coalesce(min(d.day), 0), coalesce(max(d.day), 0), coalesce(max(d.sample), 0)
		FROM branches b LEFT JOIN days d ON d.branch = b.no GROUP BY b.no ORDER BY b.id`)
	if err != nil {
		return nil, sqlite.Wrap("list branches", err)
	}
	defer rows.Close()
	list := []Known{}
	for rows.Next() {
		var k Known
		var first, last int
		if err := rows.Scan(&k.ID, &k.Name, &k.Kind, &first, &last, &k.Sample); err != nil {
			return nil, sqlite.Wrap("list branches", err)
		}
		k.First, k.Last = writtenDay(first), writtenDay(last)
		if !queue.IsTraining(k.ID) {
			list = append(list, k)
		}
	}
	return list, sqlite.Wrap("list branches", rows.Err())
}

// writtenDay writes a day of the tables; empty for 0.
func writtenDay(n int) queue.Day {
	if n == 0 {
		return ""
	}
	return queue.Day(fmt.Sprintf("%04d-%02d-%02d", n/10000, n/100%100, n%100))
}
