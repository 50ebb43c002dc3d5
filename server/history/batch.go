package history

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"motcua/server/queue"
)

// batch writes a part of one branch's stream, and how far it was read, in one
// transaction that its caller commits.
type batch struct {
	ctx    context.Context
	tx     *sql.Tx
	branch int64
	set    *queue.Settings
	epoch  string
	sample bool
	old    bool                         // days of before what was read: later events may stand in the tables already
	alias  func(*entry) (string, error) // its visit's id in the tables
	stmts  map[string]*sql.Stmt
	rows   map[string]*many
	order  []*many
}

// exec runs a statement that is prepared once a transaction.
func (b *batch) exec(query string, args ...any) error {
	s, err := b.prepared(query)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(b.ctx, args...)
	return err
}

func (b *batch) prepared(query string) (*sql.Stmt, error) {
	if s := b.stmts[query]; s != nil {
		return s, nil
	}
	s, err := b.tx.PrepareContext(b.ctx, query)
	if err == nil {
		b.stmts[query] = s
	}
	return s, err
}

// What was written is written once, whatever is read again.
const once = " ON CONFLICT DO NOTHING"

// put writes events in order and derives anew whatever they touched.
func (b *batch) put(entries []entry) error {
	visits, fresh := map[string][]entry{}, map[string]string{} // fresh: those that came in these events, by their number
	var order []string
	for i := range entries {
		e := &entries[i]
		if e.visit != "" {
			if err := b.name(e, fresh); err != nil {
				return err
			}
			if visits[e.visit] == nil {
				order = append(order, e.visit)
			}
			visits[e.visit] = append(visits[e.visit], *e)
		}
		if err := b.event(e); err != nil {
			return err
		}
	}
	if err := b.flush(); err != nil { // before they are read back
		return err
	}
	for _, id := range order {
		if err := b.derive(id, visits[id]); err != nil {
			return fmt.Errorf("visit %s: %w", id, err)
		}
	}
	if err := b.spans(entries); err != nil {
		return err
	}
	return b.flush()
}

// name gives an entry its visit's id in the tables.
func (b *batch) name(e *entry, fresh map[string]string) error {
	number := e.visit
	if id, ok := fresh[number]; ok && !e.first {
		e.visit = id
		return nil
	}
	id, err := b.alias(e)
	if e.visit = id; e.first {
		fresh[number] = id
	}
	return err
}

func (b *batch) event(e *entry) error {
	raw, err := json.Marshal(e.body)
	if err != nil {
		return err
	}
	day := dayNumber(e.day)
	if err := b.add("INSERT INTO events VALUES", once, b.branch, e.epoch, e.seq, e.at, day, string(e.kind), null(e.visit), null(e.counter), null(e.by), string(raw)); err != nil {
		return err
	}
	if err := b.day(e, day); err != nil {
		return err
	}
	return b.beside(e, day)
}

// day keeps what an event tells of its day.
func (b *batch) day(e *entry, day int) error {
	switch e.kind {
	case queue.DayOpened:
		golden, noSlip := "", ""
		if b.set != nil {
			golden = special(b.set, e.day, b.set.Calendar.GoldenOn)
			noSlip = special(b.set, e.day, b.set.Calendar.NoSlipOn)
		}
		return b.exec(`INSERT INTO days VALUES(?,?,?,?,NULL,?,?,?) ON CONFLICT DO UPDATE SET opened = coalesce(opened, excluded.opened)`,
			b.branch, day, int(e.day.Weekday()), e.at, golden, noSlip, b.sample)
	case queue.DayClosed:
		return b.exec("UPDATE days SET closed = ? WHERE branch = ? AND day = ?", e.at, b.branch, day)
	}
	return nil
}

// beside writes the rows that come of one event alone.
func (b *batch) beside(e *entry, day int) error {
	switch e.kind {
	case queue.TicketPrinted, queue.TicketPrintFailed:
		why := e.body.Note
		if e.kind == queue.TicketPrinted {
			why = ""
		}
		return b.add("INSERT INTO prints VALUES", once, b.branch, e.epoch, e.seq, e.visit, day, e.at,
			e.kind == queue.TicketPrinted, why, e.body.Copy)
	}
	kind, was, became := override(e)
	if kind == "" {
		return nil
	}
	return b.add("INSERT INTO overrides VALUES", once, b.branch, e.epoch, e.seq, e.visit, e.counter, day, e.at,
		kind, e.by, was, became, e.body.Reason)
}

// override tells what an event did out of the order; "" for nothing.
func override(e *entry) (kind, was, became string) {
	v := e.body.Visit
	if v == nil {
		return "", "", ""
	}
	switch e.kind {
	case queue.TicketCalled:
		if e.body.OutOfTurn {
			return "out_of_turn", "", ""
		}
	case queue.TicketPriorityChanged:
		return "priority", e.body.Was, v.Priority
	case queue.TicketTransferred:
		if e.body.Verb == queue.Close {
			return "", "", ""
		}
		if v.To != "" {
			return "transfer", e.body.From, v.To
		}
		return "transfer", e.body.From, v.Service
	case queue.TicketUndone:
		return "undo", string(e.body.Undoes), string(v.State)
	}
	return "", "", ""
}

// derive makes a visit's rows anew from all its events.
func (b *batch) derive(id string, fresh []entry) error {
	events, begins := fresh, fresh[0].first && !b.old
	if !begins {
		var err error
		if events, err = eventsOf(b.ctx, b.tx, b.branch, id); err != nil {
			return err
		}
	}
	f, ok := fold(id, events)
	if !ok {
		return nil // a rating of a visit that nothing else is known of
	}
	if err := b.visit(&f.visit); err != nil {
		return err
	}
	if !begins {
		err := b.exec("DELETE FROM transactions WHERE branch = ? AND id >= ? AND id < ?", b.branch, id+".", id+"/")
		if err != nil {
			return err
		}
	}
	for i := range f.transactions {
		if err := b.transaction(&f.visit, &f.transactions[i]); err != nil {
			return err
		}
	}
	for _, c := range f.calls {
		if err := b.add("INSERT INTO calls VALUES", " ON CONFLICT DO UPDATE SET undone = excluded.undone", b.branch, c.entry.seq, c.entry.epoch, id, c.entry.counter, dayNumber(c.entry.day), c.entry.at, c.kind, c.undone); err != nil {
			return err
		}
	}
	return nil
}

// eventsOf reads a visit's events back.
func eventsOf(ctx context.Context, tx *sql.Tx, branch int64, visit string) ([]entry, error) {
	rows, err := tx.QueryContext(ctx, `SELECT epoch, seq, at, day, kind, coalesce(counter, ''), coalesce(by, ''), body
		FROM events INDEXED BY events_visit WHERE branch = ? AND visit = ? ORDER BY at, seq`, branch, visit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []entry
	for rows.Next() {
		e := entry{visit: visit}
		var raw []byte
		var day int
		if err := rows.Scan(&e.epoch, &e.seq, &e.at, &day, &e.kind, &e.counter, &e.by, &raw); err != nil {
			return nil, err
		}
		e.day = dayOf(day)
		if err := json.Unmarshal(raw, &e.body); err != nil {
			return nil, err
		}
		e.first = len(list) == 0
		list = append(list, e)
	}
	return list, rows.Err()
}

// dayOf is the day of such a number.
func dayOf(n int) queue.Day {
	return queue.Day(fmt.Sprintf("%04d-%02d-%02d", n/10000, n/100%100, n%100))
}

func null(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// marks gives so many question marks.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }
