package audit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// page is how many events are read at once; furthest how many days back, since a
// live store holds few.
const (
	page     = 1000
	furthest = 7
)

// ReadQueue writes down what people did to the order of a branch's queue, and what
// they entered from paper, as the store's events tell it. The queue never waits for
// that: what cannot be written now is read again the next time. Every event is
// written down once, however often this is called.
func (l *Log) ReadQueue(ctx context.Context, store queue.Store, branch string) error {
	if l.down != nil {
		return l.down
	}
	at, err := store.Where(ctx, branch)
	if err != nil || at.Day == "" {
		return err
	}
	day, seq, err := l.reading(ctx, branch, at)
	if err != nil {
		return err
	}
	for ; day <= at.Day; day = day.Add(1) {
		for {
			events, err := store.Events(ctx, branch, day, seq, page)
			if err != nil {
				return err
			}
			if len(events) == 0 {
				break
			}
			seq = events[len(events)-1].Seq
			if err := l.write(ctx, branch, at.Epoch, day, seq, events); err != nil {
				return err
			}
		}
	}
	return nil
}

// reading is where a branch's events have been read to.
func (l *Log) reading(ctx context.Context, branch string, at queue.Position) (queue.Day, int64, error) {
	var epoch string
	var day queue.Day
	var seq int64
	err := l.db.QueryRowContext(ctx, "SELECT epoch, day, seq FROM reading WHERE branch = ?", branch).Scan(&epoch, &day, &seq)
	if errors.Is(err, sql.ErrNoRows) || err == nil && epoch != at.Epoch {
		return at.Day, 0, nil // another store, or the first look
	}
	return max(day, at.Day.Add(-furthest)), seq, sqlite.Wrap("read the audit log", err)
}

func (l *Log) write(ctx context.Context, branch, epoch string, day queue.Day, seq int64, events []queue.Event) error {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return sqlite.Wrap("write the audit log", err)
	}
	defer tx.Rollback()
	for i := range events {
		line, ok := told(&events[i])
		if !ok {
			continue
		}
		line.Branch = branch
		if l.FullName != nil {
			line.Who = l.FullName(line.Who, sitting(&events[i]))
		}
		if _, err := l.add(ctx, tx, line); err != nil {
			return sqlite.Wrap("write the audit log", err)
		}
	}
	if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?)", branch, epoch, day, seq); err != nil {
		return sqlite.Wrap("write the audit log", err)
	}
	return sqlite.Wrap("write the audit log", tx.Commit())
}

// sitting is the account of who sits at the event's counter; empty for nobody.
func sitting(e *queue.Event) string {
	if e.Counter == nil {
		return ""
	}
	return e.Counter.Seat.Account
}

// told makes a line of an event that is an exception to the order, or came from paper.
func told(e *queue.Event) (Line, bool) {
	line := Line{Who: e.By}
	switch {
	case e.OutOfTurn:
		line.Action = CallOutOfTurn
	case e.Kind == queue.TicketPriorityChanged:
		line.Action = PriorityChange
		change := Change{Path: "priority", Before: e.Was}
		if e.Visit != nil {
			change.After = e.Visit.Priority
		}
		line.Changes = append(line.Changes, change)
	case e.Kind == queue.TicketTransferred && e.Place == "front":
		line.Action = TransferFront
		line.Changes = append(line.Changes, Change{Path: "from", Before: e.From})
	case e.Kind == queue.RatingGiven && e.Rating != nil && e.Rating.Source == "paper":
		line.Action, line.Object = PaperRating, e.Rating.Number
	default:
		return line, false
	}
	if e.Visit != nil {
		line.Object = e.Visit.Number
	}
	if e.Counter != nil {
		line.Changes = append(line.Changes, Change{Path: "counter", After: e.Counter.ID})
	}
	if e.Reason != "" {
		line.Changes = append(line.Changes, Change{Path: "reason", After: e.Reason})
	}
	line.Changes = append(line.Changes, Change{Path: "event", After: fmt.Sprintf("%s %d", e.Day, e.Seq)})
	if ms, err := strconv.ParseInt(string(e.At), 10, 64); err == nil { // when it was done, not when it was read
		line.At = ms
	}
	return line, true
}
