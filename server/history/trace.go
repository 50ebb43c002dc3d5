package history

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// ErrUnknown says that there is no visit of this id.
var ErrUnknown = errors.New("the history has no such visit")

// Event is one event as the history keeps it.
type Event struct {
	Epoch   string          `json:"epoch"`
	Seq     int64           `json:"seq"`
	At      queue.Millis    `json:"at"`
	Day     queue.Day       `json:"day"`
	Kind    queue.Kind      `json:"kind"`
	Visit   string          `json:"visit,omitempty"`
	Counter string          `json:"counter,omitempty"`
	By      string          `json:"by,omitempty"`
	Body    json.RawMessage `json:"body"`
}

// Trace gives the events of one visit, in order: what its figures were counted
// from. ErrUnknown when there is no such visit; nothing when its events were purged.
func (h *History) Trace(ctx context.Context, branch, visit string) ([]Event, error) {
	var no int64
	err := h.read.QueryRowContext(ctx, `SELECT b.no FROM branches b JOIN visits v ON v.branch = b.no WHERE b.id = ? AND v.id = ?`, branch, visit).Scan(&no)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrUnknown
	}
	if err != nil {
		return nil, sqlite.Wrap("trace a visit", err)
	}
	return h.events(ctx, "INDEXED BY events_visit WHERE branch = ? AND visit = ? ORDER BY at, seq", no, visit)
}

// Cursor is where a page of events ended; the zero one is before the first.
type Cursor struct {
	Day   queue.Day
	Epoch string
	Seq   int64
}

// Events gives up to limit events of a branch's days, in order, behind a cursor.
func (h *History) Events(ctx context.Context, branch string, from, to queue.Day, after Cursor, limit int) ([]Event, Cursor, error) {
	list, err := h.events(ctx, `INDEXED BY events_day WHERE branch = (SELECT no FROM branches WHERE id = ?) AND day BETWEEN ? AND ? AND (day, epoch, seq) > (?, ?, ?)
		ORDER BY day, epoch, seq LIMIT ?`, branch, dayNumber(max(from, after.Day)), dayNumber(to), dayNumber(after.Day), after.Epoch, after.Seq, limit)
	if n := len(list); err == nil && n > 0 {
		after = Cursor{list[n-1].Day, list[n-1].Epoch, list[n-1].Seq}
	}
	return list, after, err
}

func (h *History) events(ctx context.Context, where string, args ...any) ([]Event, error) {
	rows, err := h.read.QueryContext(ctx, `SELECT epoch, seq, at, day, kind, coalesce(visit, ''), coalesce(counter, ''), coalesce(by, ''), body
		FROM events `+where, args...)
	if err != nil {
		return nil, sqlite.Wrap("read events", err)
	}
	defer rows.Close()
	list := []Event{}
	for rows.Next() {
		var e Event
		var at int64
		var day int
		var raw []byte
		if err := rows.Scan(&e.Epoch, &e.Seq, &at, &day, &e.Kind, &e.Visit, &e.Counter, &e.By, &raw); err != nil {
			return nil, sqlite.Wrap("read events", err)
		}
		e.At, e.Day, e.Body = queue.MillisOf(timeOf(at)), dayOf(day), raw
		list = append(list, e)
	}
	return list, sqlite.Wrap("read events", rows.Err())
}
