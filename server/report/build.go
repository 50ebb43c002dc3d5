package report

import (
	"context"
	"database/sql"
	"slices"

	"motcua/server/queue"
)

// Build makes a report. It reads each table once and stops with the context's error
// when that ends.
func (r *Reader) Build(ctx context.Context, q Query, o Options) (*Report, error) {
	all, branches, err := r.count(ctx, q, o, Dimensions...)
	if err != nil {
		return nil, err
	}
	report := all.report(branches, o)
	report.withhold()
	report.Overrides, err = r.overrides(ctx, q, branches)
	return report, err
}

// count reads everything a query is about, in total and by the dimensions wanted.
func (r *Reader) count(ctx context.Context, q Query, o Options, wanted ...Dimension) (*tally, []branch, error) {
	if err := q.Check(); err != nil {
		return nil, nil, err
	}
	branches, err := r.branches(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	several := len(branches) > 1
	all := newTally(&q, several, wanted)
	err = r.each(ctx, parts(q, branches), o.Progress, func(ctx context.Context, tx *sql.Tx, p part) (*tally, error) {
		t := newTally(&q, several, wanted)
		t.branch = p.branch
		return t, t.read(ctx, tx, p, o)
	}, all.merge)
	return all, branches, err
}

// read counts a part.
func (t *tally) read(ctx context.Context, tx *sql.Tx, p part, o Options) error {
	q, keys := t.query, keyring{}
	seats, recalls := map[string][]seat{}, map[string]int{}
	err := readTransactions(ctx, tx, p, func(x *transaction) {
		s := seat{x.counter, x.clerk}
		if !q.seated(s) {
			return
		}
		seats[x.visit] = append(seats[x.visit], s)
		if q.matches(x.service, x.field, x.procedure, x.priority, x.origin) {
			t.serving(x, keys.of(x.day), func(s *sum) { s.transaction(x) })
			t.sat(s)
		}
	})
	if err == nil {
		err = readRecalls(ctx, tx, p, func(visit string, n int) { recalls[visit] = n })
	}
	if err == nil {
		err = readVisits(ctx, tx, p, func(v *visit) {
			if where, ok := q.takes(v, seats[v.id]); ok {
				v.recalls = recalls[v.id]
				t.visit(v, keys.of(v.day), where)
			}
		})
	}
	if err == nil {
		err = readForms(ctx, tx, p, func(f *form) {
			if q.seated(seat{f.counter, f.clerk}) && q.matches(f.service, f.field, f.procedure, f.priority, f.origin) {
				t.serving(&f.transaction, keys.of(f.day), func(s *sum) { s.form(f) })
			}
		})
	}
	if err == nil && q.old() {
		err = readSums(ctx, tx, p, func(x *summed) {
			if is(q.Service, x.service) && is(q.Counter, x.counter) {
				t.summed(x, keys.of(x.day))
			}
		})
	}
	if err == nil && !q.people() {
		err = t.readCounters(ctx, tx, p, keys, o)
	}
	if err == nil {
		t.sample, err = readSample(ctx, tx, p)
	}
	t.sumDays(keys)
	return err
}

// readCounters counts what belongs to counters and to no visit.
func (t *tally) readCounters(ctx context.Context, tx *sql.Tx, p part, keys keyring, o Options) error {
	q := t.query
	err := readSpans(ctx, tx, p, o.Clock.Now(), func(s *stretch) {
		if q.seated(seat{s.counter, s.clerk}) {
			t.span(s, keys.of(s.day))
		}
	})
	if err != nil || q.Clerk != "" {
		return err
	}
	return readPresses(ctx, tx, p, func(x *press) {
		if is(q.Counter, x.counter) {
			t.press(x, keys.of(x.day))
		}
	})
}

// takes tells whether a query is about a visit, and where it counts: at the counters
// that served it, of those the query asks for. One that nobody served counts where
// it was called last, and with no clerk.
func (q *Query) takes(v *visit, seats []seat) ([]seat, bool) {
	if !q.matches(v.service, v.field, v.procedure, v.priority, v.origin) {
		return nil, false
	}
	if v.transactions == 0 && v.counter != "" && q.seated(seat{counter: v.counter}) {
		seats = []seat{{counter: v.counter}}
	}
	return seats, len(seats) > 0 || !q.places()
}

// keyring remembers the keys of days.
type keyring map[int]*dayKeys

func (r keyring) of(day int) *dayKeys {
	k := r[day]
	if k == nil {
		made := keysOf(day)
		k = &made
		r[day] = k
	}
	return k
}

// report makes the answer of what was counted, whole: who shows it withholds what is too little.
func (t *tally) report(branches []branch, o Options) *Report {
	names := namesOf(branches, o)
	q := *t.query
	if q.Branches == nil {
		q.Branches = []string{}
	}
	report := &Report{Query: q, Made: o.Clock.Now().In(queue.Zone), Sample: t.sample, Days: len(t.days), Old: len(t.old),
		Fewest: names.fewest, Ranked: names.ranked, By: map[Dimension][]Row{},
		Histogram: t.histogram, Pauses: frequent(t.pauses, pauseName, 1000)}
	report.Total = t.total.finish(names.reason)
	for _, d := range Dimensions {
		list := make([]Row, 0, len(t.by[d]))
		for id, s := range t.by[d] {
			list = append(list, Row{ID: id, Name: names.row(d, id), Figures: s.finish(names.reason)})
		}
		names.sort(d, list)
		report.By[d] = list
	}
	for w := range t.heat {
		for h := range t.heat[w] {
			slices.Sort(t.heat[w][h].waits)
			report.Heat[w][h] = Cell{t.heat[w][h].taken, median(t.heat[w][h].waits)}
		}
	}
	report.Dossiers = dossiers(branches, t.query, o)
	return report
}

// dossiers adds up what the one-stop software told of each branch.
func dossiers(branches []branch, q *Query, o Options) *Dossiers {
	if o.Dossiers == nil || q.people() || q.places() {
		return nil
	}
	var all *Dossiers
	for _, b := range branches {
		d := o.Dossiers(b.id, q.From, q.To)
		if d == nil {
			continue
		}
		if all == nil {
			all = &Dossiers{}
		}
		all.Received += d.Received
		all.Resolved += d.Resolved
		all.Pending += d.Pending
		all.Overdue += d.Overdue
	}
	return all
}
