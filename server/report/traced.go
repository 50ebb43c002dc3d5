package report

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// ErrNoVisit says that the history has no visit of this id, or keeps it no longer.
var ErrNoVisit = errors.New("the history has no such visit")

// Traced is one visit whole: what its figures were counted from, with its servings.
// Raters are secret (NĐ 61/2018 Đ27): nothing in it tells whether it was rated.
type Traced struct {
	Branch     string     `json:"branch"`
	ID         string     `json:"id"`
	Number     string     `json:"number"`
	Day        queue.Day  `json:"day"`
	Service    string     `json:"service"`
	Field      string     `json:"field"`
	Procedure  string     `json:"procedure"`
	Priority   string     `json:"priority"`
	Channel    string     `json:"channel"`
	Counter    string     `json:"counter"`
	State      string     `json:"state"`
	Outcome    string     `json:"outcome"`
	Reason     string     `json:"reason"`
	Taken      time.Time  `json:"taken"`
	Called     *time.Time `json:"called"`
	Served     *time.Time `json:"served"`
	Ended      *time.Time `json:"ended"`
	Wait       *float64   `json:"wait"` // seconds, like all below
	Target     float64    `json:"target"`
	ToldLow    *float64   `json:"told_low"`
	ToldHigh   *float64   `json:"told_high"`
	Calls      int        `json:"calls"`
	NoShows    int        `json:"no_shows"`
	Reinstated int        `json:"reinstated"`
	Parked     int        `json:"parked"`
	Transfers  int        `json:"transfers"`
	PingPong   int        `json:"ping_pong"`
	OutOfTurn  int        `json:"out_of_turn"`
	Again      bool       `json:"again"`

	Transactions []TracedTransaction `json:"-"`
}

// TracedTransaction is one serving of it.
type TracedTransaction struct {
	ID      string     `json:"id"`
	N       int        `json:"n"`
	Counter string     `json:"counter"`
	Clerk   string     `json:"clerk"`
	Service string     `json:"service"`
	Started time.Time  `json:"started"`
	Ended   *time.Time `json:"ended"`
	Spent   *float64   `json:"spent"` // seconds
	How     string     `json:"how"`
	Outcome string     `json:"outcome"`
	Due     *time.Time `json:"due"`
	Kept    *bool      `json:"kept"`
}

// Traced gives one visit of a branch; ErrNoVisit when there is none.
func (r *Reader) Traced(ctx context.Context, branch, id string) (*Traced, error) {
	t := &Traced{Branch: branch, ID: id}
	var no, taken int64
	var day int
	var called, served, ended, wait, low, high *int64
	var target int64
	err := r.db.QueryRowContext(ctx, `SELECT b.no, v.number, v.day, v.service, v.field, v.procedure, v.priority, v.origin, v.counter, v.state,
			v.outcome, v.reason, v.taken, v.called, v.served, v.ended, v.wait, v.target, v.told_low, v.told_high, v.calls, v.no_shows,
			v.reinstated, v.parked, v.transfers, v.ping_pong, v.out_of_turn, v.again
		FROM branches b JOIN visits v ON v.branch = b.no WHERE b.id = ? AND v.id = ?`, branch, id).Scan(
		&no, &t.Number, &day, &t.Service, &t.Field, &t.Procedure, &t.Priority, &t.Channel, &t.Counter, &t.State,
		&t.Outcome, &t.Reason, &taken, &called, &served, &ended, &wait, &target, &low, &high, &t.Calls, &t.NoShows,
		&t.Reinstated, &t.Parked, &t.Transfers, &t.PingPong, &t.OutOfTurn, &t.Again)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNoVisit
	}
	if err != nil {
		return nil, sqlite.Wrap("trace a visit", err)
	}
	t.Day, t.Taken, t.Target = writtenDay(day), hallTime(taken), float64(target)/1000
	t.Called, t.Served, t.Ended = hallTimeOf(called), hallTimeOf(served), hallTimeOf(ended)
	t.Wait, t.ToldLow, t.ToldHigh = secondsOf(wait), secondsOf(low), secondsOf(high)
	t.Transactions, err = r.tracedServings(ctx, no, id)
	return t, err
}

func (r *Reader) tracedServings(ctx context.Context, branch int64, visit string) ([]TracedTransaction, error) {
	// "." is followed by "/": the servings of a visit are a range of the key.
	rows, err := r.db.QueryContext(ctx, `SELECT id, n, counter, clerk, service, started, ended, spent, how, outcome, due, kept
		FROM transactions WHERE branch = ? AND id >= ? AND id < ? ORDER BY n`, branch, visit+".", visit+"/")
	if err != nil {
		return nil, sqlite.Wrap("trace a visit", err)
	}
	defer rows.Close()
	list := []TracedTransaction{}
	for rows.Next() {
		var t TracedTransaction
		var started int64
		var ended, spent, due *int64
		if err := rows.Scan(&t.ID, &t.N, &t.Counter, &t.Clerk, &t.Service, &started, &ended, &spent, &t.How, &t.Outcome, &due, &t.Kept); err != nil {
			return nil, sqlite.Wrap("trace a visit", err)
		}
		t.Started, t.Ended, t.Spent, t.Due = hallTime(started), hallTimeOf(ended), secondsOf(spent), hallTimeOf(due)
		list = append(list, t)
	}
	return list, sqlite.Wrap("trace a visit", rows.Err())
}

func hallTime(ms int64) time.Time { return time.UnixMilli(ms).In(queue.Zone) }

func hallTimeOf(ms *int64) *time.Time {
	if ms == nil {
		return nil
	}
	t := hallTime(*ms)
	return &t
}

func secondsOf(ms *int64) *float64 {
	if ms == nil {
		return nil
	}
	s := float64(*ms) / 1000
	return &s
}
