package history

import (
	"slices"

	"motcua/server/queue"
)

// span is what a counter did from a moment on.
type span struct {
	began  int64
	ended  *int64
	clerk  string
	state  queue.CounterState
	reason string
}

// step takes a counter's next record. Another person with an account begins a span. What began after the record's own state is
// taken back by it: an undo carries the state of before, with its beginning.
func step(spans []span, at int64, c *counterBody, clerk string) []span {
	since := c.Since
	if since == 0 {
		since = at
	}
	for n := len(spans); n > 0 && spans[n-1].began > since; n = len(spans) {
		spans = spans[:n-1]
	}
	if n := len(spans); n > 0 {
		last := &spans[n-1]
		if last.state == c.State && last.reason == c.Reason && (c.Clerk == "" || c.Clerk == last.clerk) && (last.began == since || last.ended == nil) {
			last.ended = nil
			return spans
		}
		last.ended = &since
		if last.began == since { // it lasted no time
			spans = spans[:n-1]
		}
	}
	if c.State == queue.CounterClosed && len(spans) == 0 {
		return spans // before its first opening
	}
	return append(spans, span{began: since, clerk: clerk, state: c.State, reason: c.Reason})
}

// shownReason is kept of pauses alone.
func shownReason(c *counterBody) *counterBody {
	if c.State == queue.CounterPaused || c.Reason == "" {
		return c
	}
	return &counterBody{State: c.State, Since: c.Since, Clerk: c.Clerk}
}

// newest is how many of a counter's spans are read back: more than an undo takes.
const newest = 8

// spans goes on with each counter's spans, day by day.
func (b *batch) spans(entries []entry) error {
	for len(entries) > 0 {
		n := 1
		for n < len(entries) && entries[n].day == entries[0].day {
			n++
		}
		if err := b.spansOfDay(entries[:n]); err != nil {
			return err
		}
		entries = entries[n:]
	}
	return nil
}

func (b *batch) spansOfDay(entries []entry) error {
	all, began := map[string][]span{}, map[string]int64{}
	var order []string
	closes := false
	for i := range entries {
		e := &entries[i]
		closes = closes || e.kind == queue.DayClosed
		if e.body.Counter == nil {
			continue
		}
		list, seen := all[e.counter]
		if !seen {
			var err error
			if list, err = b.newest(e.counter, e.day); err != nil {
				return err
			}
			order = append(order, e.counter)
			began[e.counter] = e.day.Start().UnixMilli()
			if len(list) == newest {
				began[e.counter] = list[0].began
			}
		}
		all[e.counter] = step(list, e.at, shownReason(e.body.Counter), b.clerkAt(e))
	}
	for _, id := range order {
		if err := b.rewrite(id, entries[0].day, began[id], all[id]); err != nil {
			return err
		}
	}
	if !closes {
		return nil
	}
	if err := b.flush(); err != nil {
		return err
	}
	// The night between two days is nobody's closed time.
	return b.exec("DELETE FROM spans INDEXED BY spans_day WHERE branch = ? AND day = ? AND state = 'closed' AND ended IS NULL", b.branch, dayNumber(entries[0].day))
}

func (b *batch) clerkAt(e *entry) string {
	named := ""
	if b.set != nil {
		c, _ := b.set.Counter(e.counter)
		named = c.Clerk
	}
	return clerkOf(e, named)
}

// newest reads the last spans of a counter's day, oldest first.
func (b *batch) newest(counter string, day queue.Day) ([]span, error) {
	rows, err := b.tx.QueryContext(b.ctx, `SELECT began, ended, clerk, state, reason FROM spans
		WHERE branch = ? AND counter = ? AND began >= ? AND day = ? ORDER BY began DESC LIMIT ?`,
		b.branch, counter, day.Start().UnixMilli(), dayNumber(day), newest)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []span
	for rows.Next() {
		var s span
		if err := rows.Scan(&s.began, &s.ended, &s.clerk, &s.state, &s.reason); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	slices.Reverse(list)
	return list, rows.Err()
}

// rewrite puts a counter's spans from a moment on in place of what stood there.
func (b *batch) rewrite(counter string, day queue.Day, from int64, spans []span) error {
	n := dayNumber(day)
	if err := b.exec("DELETE FROM spans WHERE branch = ? AND counter = ? AND began >= ? AND day = ?", b.branch, counter, from, n); err != nil {
		return err
	}
	for _, s := range spans {
		if err := b.add("INSERT OR REPLACE INTO spans VALUES", "", b.branch, counter, s.began, s.ended, n, s.clerk, string(s.state), s.reason); err != nil {
			return err
		}
	}
	return nil
}
