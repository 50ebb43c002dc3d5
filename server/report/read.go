package report

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// idPrefix is how the ids of a day's visits begin: yymmdd. So the days of a part are
// one stretch of the tables, read without an index.
func idPrefix(d queue.Day) string { return strings.ReplaceAll(string(d), "-", "")[2:] }

func (p part) ids() []any {
	return []any{p.branch.no, idPrefix(p.from), idPrefix(p.to.Add(1))}
}

func (p part) days() []any { return []any{p.branch.no, dayNumber(p.from), dayNumber(p.to)} }

// rows runs a statement and scans every row into the same targets.
func rows(ctx context.Context, tx *sql.Tx, statement string, args, targets []any, row func()) error {
	list, err := tx.QueryContext(ctx, statement, args...)
	if err != nil {
		return sqlite.Wrap("read history", err)
	}
	defer list.Close()
	for list.Next() {
		if err := list.Scan(targets...); err != nil {
			return sqlite.Wrap("read history", err)
		}
		row()
	}
	return sqlite.Wrap("read history", list.Err())
}

var visitsSQL = "SELECT " + columns(`id, service, field, procedure, priority, origin, counter, state, day, hour,
	ifnull(wait, -1), target, ifnull(told_high, -1),
	no_shows, transfers, ping_pong, transactions, out_of_turn, again`) + `
	FROM visits WHERE branch = ? AND id >= ? AND id < ? AND state <> 'booked'`

func readVisits(ctx context.Context, tx *sql.Tx, p part, row func(*visit)) error {
	var v visit
	return packedRows(ctx, tx, visitsSQL, p.ids(), func(f *fields) {
		v = visit{id: f.text(), service: f.text(), field: f.text(), procedure: f.text(), priority: f.text(),
			origin: f.text(), counter: f.text(), state: f.text(), day: f.int(), hour: f.below(24),
			wait: f.number(), target: f.number(), told: f.number(),
			noShows: f.int(), transfers: f.int(), pingPong: f.int(), transactions: f.int(), outOfTurn: f.int(), again: f.int()}
		row(&v)
	})
}

var transactionsSQL = "SELECT " + columns(`visit, counter, clerk, service, field, procedure, priority, origin, day, hour,
	ifnull(spent, -1), how, outcome, due_unit, due IS NOT NULL,
	ifnull(kept, -1), ifnull(level, 0), ifnull(points, -1), source, reasons`) + `
	FROM transactions WHERE branch = ? AND id >= ? AND id < ?`

func readTransactions(ctx context.Context, tx *sql.Tx, p part, row func(*transaction)) error {
	var t transaction
	return packedRows(ctx, tx, transactionsSQL, p.ids(), func(f *fields) {
		t = transaction{visit: f.text(), counter: f.text(), clerk: f.text(), service: f.text(), field: f.text(), procedure: f.text(),
			priority: f.text(), origin: f.text(), day: f.int(), hour: f.below(24),
			spent: f.number(), how: f.text(), outcome: f.text(), unit: f.text(), due: f.int() == 1,
			kept: f.int(), level: f.below(mostLevels), points: f.int(), source: f.text(), reasons: f.text()}
		row(&t)
	})
}

const recallsSQL = `SELECT visit, count(*) FROM calls
	WHERE branch = ? AND day BETWEEN ? AND ? AND kind = 'recall' AND undone = 0 GROUP BY visit`

func readRecalls(ctx context.Context, tx *sql.Tx, p part, row func(visit string, recalls int)) error {
	var id string
	var n int
	return rows(ctx, tx, recallsSQL, p.days(), []any{&id, &n}, func() { row(id, n) })
}

// countersSQL steps from counter to counter, over all that lies between them.
const countersSQL = `WITH RECURSIVE list(id) AS (
		SELECT min(counter) FROM spans WHERE branch = ?1
		UNION ALL SELECT (SELECT min(counter) FROM spans WHERE branch = ?1 AND counter > id) FROM list WHERE id IS NOT NULL)
	SELECT id FROM list WHERE id IS NOT NULL`

var spansSQL = "SELECT " + columns("clerk, state, reason, day, began, ifnull(ended, 0)") + `
	FROM spans WHERE branch = ? AND counter = ? AND began >= ? AND began < ? AND state <> 'closed'`

// readSpans reads counter after counter: within one the spans lie in the order of time.
func readSpans(ctx context.Context, tx *sql.Tx, p part, now time.Time, row func(*stretch)) error {
	var counters []string
	var id string
	err := rows(ctx, tx, countersSQL, []any{p.branch.no}, []any{&id}, func() { counters = append(counters, id) })
	if err != nil {
		return err
	}
	from, to := p.from.Start().UnixMilli(), p.to.Add(1).Start().UnixMilli()
	var s stretch
	for _, s.counter = range counters {
		err := packedRows(ctx, tx, spansSQL, []any{p.branch.no, s.counter, from, to}, func(f *fields) {
			s.clerk, s.state, s.reason, s.day, s.began, s.ended = f.text(), f.text(), f.text(), f.int(), f.number(), f.number()
			end := until(s.day, now)
			if s.ended == 0 || s.ended > end {
				s.ended = end // a day that was closed late, at the next start, was over at midnight
			}
			row(&s)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

const pressesSQL = "SELECT counter, day, at FROM presses WHERE branch = ? AND day BETWEEN ? AND ?"

func readPresses(ctx context.Context, tx *sql.Tx, p part, row func(*press)) error {
	var x press
	var at int64
	return rows(ctx, tx, pressesSQL, p.days(), []any{&x.counter, &x.day, &at}, func() {
		x.hour = time.UnixMilli(at).In(queue.Zone).Hour()
		row(&x)
	})
}

const formsSQL = `SELECT f.counter, f.clerk, f.service, f.day, ifnull(t.visit, ''), ifnull(t.field, ''), ifnull(t.procedure, ''),
	ifnull(t.priority, ''), ifnull(t.origin, ''), ifnull(t.hour, 0),
	ifnull(f.q1, -1), ifnull(f.q3, -1), ifnull(f.q4, -1), ifnull(f.q7, -1)
	FROM forms f LEFT JOIN transactions t ON t.branch = f.branch AND t.id = f.transaction_id
	WHERE f.branch = ? AND f.day BETWEEN ? AND ?`

// readForms reads the forms beside their transactions; when that is gone, the form
// knows its counter, clerk and service by itself.
func readForms(ctx context.Context, tx *sql.Tx, p part, row func(*form)) error {
	var f form
	m := &f.marks
	return rows(ctx, tx, formsSQL, p.days(),
		[]any{&f.counter, &f.clerk, &f.service, &f.day, &f.visit, &f.field, &f.procedure,
			&f.priority, &f.origin, &f.hour, &m[0], &m[1], &m[2], &m[3]},
		func() {
			f.hour = min(max(f.hour, 0), 23)
			row(&f)
		})
}

func readSample(ctx context.Context, tx *sql.Tx, p part) (bool, error) {
	var sample bool
	err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM days WHERE branch = ? AND day BETWEEN ? AND ? AND sample = 1)`,
		p.days()...).Scan(&sample)
	return sample, sqlite.Wrap("read history", err)
}
