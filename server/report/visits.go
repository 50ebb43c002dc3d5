package report

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// The most visits of one page, and how many when none is asked for.
const (
	mostVisits  = 200
	usualVisits = 50
)

// visitFigures says which visits are behind a figure: as a condition on a row v of
// visits, or on a row t of the visit's transactions.
var visitFigures = map[string]string{
	"taken":       "1",
	"served":      "v.transactions > 0",
	"no_show":     "v.no_shows > 0",
	"cancelled":   "v.state = 'cancelled'",
	"expired":     "v.state = 'expired'",
	"transferred": "v.transfers > 0",
	"transfers":   "v.transfers > 0",
	"ping_pong":   "v.ping_pong > 0",
	"again":       "v.again = 1",
	"out_of_turn": "v.out_of_turn > 0",
	"priority":    "v.priority <> ''",
	"recalls":     "EXISTS (SELECT 1 FROM calls c WHERE c.branch = v.branch AND c.day = v.day AND c.visit = v.id AND c.kind = 'recall' AND c.undone = 0)",
	"wait":        "v.wait IS NOT NULL",
	"in_target":   "v.wait <= v.target",
	"over_target": "v.wait > v.target",
	"told":        "v.wait <= v.told_high",
	"over_told":   "v.wait > v.told_high",
}

var transactionFigures = map[string]string{
	"service":            endedSQL + " AND t.how <> 'day_closed'",
	"promise":            promisedSQL,
	"kept":               promisedSQL + " AND t.kept = 1",
	"broken":             promisedSQL + " AND t.kept = 0",
	"unknown":            promisedSQL + " AND t.kept IS NULL",
	"half_day":           halfDaySQL,
	"outcome_done":       endedSQL + " AND t.outcome = 'done'",
	"outcome_received":   endedSQL + " AND t.outcome = 'received'",
	"outcome_supplement": endedSQL + " AND t.outcome = 'supplement'",
	"outcome_refused":    endedSQL + " AND t.outcome = 'refused'",
	"outcome_guided":     endedSQL + " AND t.outcome = 'guided'",
	"asked":              endedSQL + " AND t.how NOT IN ('day_closed', 'parked')",
	"answers":            endedSQL + " AND t.how NOT IN ('day_closed', 'parked')",
	// None of who rated: raters are secret (NĐ 61/2018 Đ27).
}

const endedSQL = "t.spent IS NOT NULL"

// promisedSQL is transaction.promised in SQL.
const promisedSQL = endedSQL + " AND t.due IS NOT NULL AND t.how NOT IN ('transferred', 'parked')"

const halfDaySQL = promisedSQL + " AND t.due_unit = 'half_days'"

// Visits gives the visits behind a figure, page by page. Every one of them leads to
// its events, which the history keeps.
func (r *Reader) Visits(ctx context.Context, q VisitQuery, o Options) (VisitPage, error) {
	page := VisitPage{Visits: []VisitRow{}}
	if err := q.Check(); err != nil {
		return page, err
	}
	after, err := cursorOf(q.Cursor)
	if err != nil {
		return page, err
	}
	branches, err := r.branches(ctx, q.Query)
	if err != nil {
		return page, err
	}
	limit := min(cmp.Or(q.Limit, usualVisits), mostVisits)
	for _, b := range branches {
		if b.id < after.branch {
			continue
		}
		from := ""
		if b.id == after.branch {
			from = after.visit
		}
		if err := r.visitsOf(ctx, &page, q, b, from, limit+1, o); err != nil {
			return page, err
		}
		if len(page.Visits) > limit {
			page.Visits = page.Visits[:limit]
			last := page.Visits[limit-1]
			page.Next = last.Branch + "/" + last.ID
			break
		}
	}
	return page, nil
}

// Check tells whether the question can be answered; the error is an ErrQuery.
func (q VisitQuery) Check() error {
	if err := q.Query.Check(); err != nil {
		return err
	}
	if visitFigures[q.Figure]+transactionFigures[q.Figure] == "" {
		return fmt.Errorf("%w: no figure is named %q", ErrQuery, q.Figure)
	}
	if q.Limit < 0 || q.Hour != nil && (*q.Hour < 0 || *q.Hour > 23) || q.Weekday != nil && (*q.Weekday < 0 || *q.Weekday > 6) {
		return fmt.Errorf("%w: hour, weekday or limit is out of range", ErrQuery)
	}
	return nil
}

type cursor struct{ branch, visit string }

func cursorOf(s string) (cursor, error) {
	if s == "" {
		return cursor{}, nil
	}
	branch, visit, found := strings.Cut(s, "/")
	if !found {
		return cursor{}, fmt.Errorf("%w: the cursor is not readable", ErrQuery)
	}
	return cursor{branch, visit}, nil
}

func (r *Reader) visitsOf(ctx context.Context, page *VisitPage, q VisitQuery, b branch, after string, limit int, o Options) error {
	where, args := q.condition(b, after)
	args = append(args, limit-len(page.Visits))
	found, err := r.db.QueryContext(ctx, `SELECT v.id, v.number, v.day, v.service, v.procedure, v.priority, v.origin, v.counter,
		v.state, v.outcome, v.taken, v.called, v.served, v.ended, v.wait, v.target
		FROM visits v WHERE `+where+" ORDER BY v.id LIMIT ?", args...)
	if err != nil {
		return sqlite.Wrap("read visits", err)
	}
	defer found.Close()
	set := o.settings(b.id)
	for found.Next() {
		v, err := scanVisit(found)
		if err != nil {
			return err
		}
		v.Branch, v.Name = b.id, serviceName(set, v.Service)
		page.Visits = append(page.Visits, v)
	}
	return sqlite.Wrap("read visits", found.Err())
}

func scanVisit(found *sql.Rows) (VisitRow, error) {
	var v VisitRow
	var day int
	var taken, target int64
	var called, served, ended, wait sql.NullInt64
	err := found.Scan(&v.ID, &v.Number, &day, &v.Service, &v.Procedure, &v.Priority, &v.Channel, &v.Counter,
		&v.State, &v.Outcome, &taken, &called, &served, &ended, &wait, &target)
	v.Day, v.Taken, v.Target = dayOf(day), time.UnixMilli(taken).In(queue.Zone), seconds(target)
	v.Called, v.Served, v.Ended = momentOf(called), momentOf(served), momentOf(ended)
	if wait.Valid {
		s := seconds(wait.Int64)
		v.Wait = &s
	}
	return v, sqlite.Wrap("read visits", err)
}

func momentOf(ms sql.NullInt64) *time.Time {
	if !ms.Valid {
		return nil
	}
	t := time.UnixMilli(ms.Int64).In(queue.Zone)
	return &t
}
