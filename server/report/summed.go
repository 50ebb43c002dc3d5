package report

import (
	"context"
	"database/sql"
)

// summed is a row of sums: what stays of a day whose visits the history gave up.
// Only counts and totals are left, so medians, ratings by level, outcomes and the
// counters' time of such days are gone.
type summed struct {
	service, counter                             string
	day                                          int
	taken, served, noShows, cancelled, transfers int
	waits                                        int
	waited                                       int64
	inTarget, kept, broken                       int
}

// The days that still have visits are counted from these.
const sumsSQL = `SELECT service, counter, day, taken, served, no_shows, cancelled, transfers, waits, wait_sum, in_target, kept, broken
	FROM sums WHERE branch = ? AND day BETWEEN ? AND ?
	AND NOT EXISTS (SELECT 1 FROM visits v WHERE v.branch = sums.branch AND v.day = sums.day)`

func readSums(ctx context.Context, tx *sql.Tx, p part, row func(*summed)) error {
	var s summed
	return rows(ctx, tx, sumsSQL, p.days(),
		[]any{&s.service, &s.counter, &s.day, &s.taken, &s.served, &s.noShows, &s.cancelled, &s.transfers, &s.waits, &s.waited, &s.inTarget, &s.kept, &s.broken},
		func() { row(&s) })
}

// old tells whether a query can be answered from sums: they know no more than the
// service and the counter.
func (q *Query) old() bool { return q.Field+q.Procedure+q.Clerk+q.Priority+q.Channel == "" }

// summed counts a row of sums.
func (t *tally) summed(x *summed, k *dayKeys) {
	add := func(s *sum) { s.summed(x) }
	t.dated(k, add)
	t.add(ByService, t.local(x.service), add)
	if x.counter != "" {
		t.add(ByCounter, t.local(x.counter), add)
	}
	t.days[x.day], t.old[x.day] = true, true
}

func (s *sum) summed(x *summed) {
	s.Taken += x.taken
	s.Served += x.served
	s.NoShow += x.noShows
	s.Cancelled += x.cancelled
	s.Transfers += x.transfers
	s.InTarget.merge(Share{x.inTarget, x.waits})
	s.Promise.merge(Promise{Kept: x.kept, Broken: x.broken})
	s.oldWaits += x.waits
	s.oldWaited += x.waited
}
