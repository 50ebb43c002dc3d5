package history

import (
	"context"
	"database/sql"
	"time"

	"motcua/server/queue"
)

// purgeOnceADay purges when a date begins, and at the start.
func (h *History) purgeOnceADay(ctx context.Context) {
	today := queue.DayOf(h.o.Clock.Now())
	if h.purged == today {
		return
	}
	if err := h.Purge(ctx, h.o.Clock.Now()); err != nil {
		if ctx.Err() == nil {
			h.o.Log.Error("old history was not purged", "error", err)
		}
		return
	}
	h.purged = today
}

// Purge takes away what each branch's settings keep no longer (EventMonths,
// VisitMonths): the single events first, then the visits with all that belongs to
// them, of which the sums by day stay for good. A branch without settings keeps all.
func (h *History) Purge(ctx context.Context, now time.Time) error {
	ids, err := h.known(ctx)
	if err != nil {
		return err
	}
	for id, no := range ids {
		set := h.settings(id)
		if set == nil {
			continue
		}
		today := queue.DayOf(now).Start()
		if err := h.purgeEvents(ctx, no, dayNumber(queue.DayOf(today.AddDate(0, -set.Report.EventMonths(), 0)))); err != nil {
			return err
		}
		if err := h.purgeVisits(ctx, no, dayNumber(queue.DayOf(today.AddDate(0, -set.Report.VisitMonths(), 0)))); err != nil {
			return err
		}
	}
	return nil
}

func (h *History) known(ctx context.Context) (map[string]int64, error) {
	rows, err := h.db.QueryContext(ctx, "SELECT id, no FROM branches")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	ids := map[string]int64{}
	for rows.Next() {
		var id string
		var no int64
		if err := rows.Scan(&id, &no); err != nil {
			return nil, err
		}
		ids[id] = no
	}
	return ids, rows.Err()
}

// purgeEvents goes day by day, so that nobody waits long for the one writer.
func (h *History) purgeEvents(ctx context.Context, branch int64, before int) error {
	return h.daysBefore(ctx, "SELECT min(day) FROM events WHERE branch = ? AND day < ?", branch, before, func(tx *sql.Tx, day int) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM events WHERE branch = ? AND day = ?", branch, day)
		return err
	})
}

// belonging are the tables that go with a day's visits.
var belonging = []string{"visits", "transactions", "calls", "spans", "prints", "overrides", "presses", "forms"}

func (h *History) purgeVisits(ctx context.Context, branch int64, before int) error {
	oldest := "SELECT min(d) FROM ("
	for i, table := range belonging {
		if i > 0 {
			oldest += " UNION ALL "
		}
		oldest += "SELECT min(day) AS d FROM " + table + " WHERE branch = ?1 AND day < ?2"
	}
	err := h.write(ctx, "purge the remarks", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM remarks WHERE branch = ? AND month < ?", branch, before/100)
		return err
	})
	if err != nil {
		return err
	}
	return h.daysBefore(ctx, oldest+")", branch, before, func(tx *sql.Tx, day int) error {
		if _, err := tx.ExecContext(ctx, sumUp, branch, day); err != nil {
			return err
		}
		for _, table := range belonging {
			if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE branch = ? AND day = ?", branch, day); err != nil {
				return err
			}
		}
		return nil
	})
}

// daysBefore runs fn for each day that the query still finds, a transaction each.
func (h *History) daysBefore(ctx context.Context, query string, branch int64, before int, fn func(tx *sql.Tx, day int) error) error {
	for {
		var day *int
		if err := h.db.QueryRowContext(ctx, query, branch, before).Scan(&day); err != nil || day == nil {
			return err
		}
		if err := h.write(ctx, "purge the history", func(tx *sql.Tx) error { return fn(tx, *day) }); err != nil {
			return err
		}
	}
}

// sumUp writes a day's sums: visits by the service they were taken for and the
// counter they were last at, transactions by their own service and counter.
const sumUp = `INSERT OR REPLACE INTO sums
SELECT ?1, ?2, service, counter, sum(taken), sum(served), sum(no_shows), sum(cancelled), sum(transfers), sum(waits), sum(wait_sum),
	sum(in_target), sum(spent_sum), sum(kept), sum(broken), sum(rated), sum(points) FROM (
	SELECT service, counter, 1 AS taken, transactions > 0 AS served, no_shows > 0 AS no_shows, state = 'cancelled' AS cancelled, transfers,
		wait IS NOT NULL AS waits, coalesce(wait, 0) AS wait_sum, coalesce(wait <= target, 0) AS in_target,
		0 AS spent_sum, 0 AS kept, 0 AS broken, 0 AS rated, 0 AS points
	FROM visits WHERE branch = ?1 AND day = ?2
	UNION ALL
	SELECT service, counter, 0, 0, 0, 0, 0, 0, 0, 0, coalesce(spent, 0), coalesce(kept = 1, 0), coalesce(kept = 0, 0),
		level IS NOT NULL, coalesce(points, 0)
	FROM transactions WHERE branch = ?1 AND day = ?2)
GROUP BY service, counter`
