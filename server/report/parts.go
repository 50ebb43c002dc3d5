package report

import (
	"context"
	"database/sql"
	"sync"
	"time"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// part is what is read at one go: a branch and some of its days, in one snapshot of
// the tables. No visit and no span reaches over two parts, for none reaches over
// two business days.
type part struct {
	branch   branch
	from, to queue.Day // included
}

// parts cuts a query. Long spans are read in months, short ones in weeks, so that a
// report can be cancelled soon and two of them are read at once.
func parts(q Query, branches []branch) []part {
	step := 8
	if q.From.Add(92) < q.To {
		step = 31
	}
	var list []part
	for _, b := range branches {
		for from := q.From; from <= q.To; from = from.Add(step) {
			list = append(list, part{b, from, min(from.Add(step-1), q.To)})
		}
	}
	return list
}

// each reads all parts, a few at once, and calls done with each result, one at a
// time. The first error ends it.
func (r *Reader) each(ctx context.Context, list []part, progress func(done, of int), read func(context.Context, *sql.Tx, part) (*tally, error), done func(*tally)) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	work := make(chan part)
	var mu sync.Mutex
	finished := 0
	var group sync.WaitGroup
	for range readers() {
		group.Go(func() {
			for p := range work {
				t, err := r.snapshot(ctx, p, read)
				if err != nil {
					stop(err)
					return
				}
				mu.Lock()
				done(t)
				finished++
				if progress != nil {
					progress(finished, len(list))
				}
				mu.Unlock()
			}
		})
	}
feed:
	for _, p := range list {
		select {
		case work <- p:
		case <-ctx.Done():
			break feed
		}
	}
	close(work)
	group.Wait()
	return context.Cause(ctx)
}

func (r *Reader) snapshot(ctx context.Context, p part, read func(context.Context, *sql.Tx, part) (*tally, error)) (*tally, error) {
	tx, err := r.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, sqlite.Wrap("read history", err)
	}
	defer tx.Rollback() // it wrote nothing
	return read(ctx, tx, p)
}

// until is where a state that still lasts is cut: now, or the end of its day.
func until(day int, now time.Time) int64 {
	return min(dayOf(day).Add(1).Start().UnixMilli(), now.UnixMilli())
}
