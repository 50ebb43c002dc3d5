package report

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// LowMark is a mark below the best of the 0-2 scale, without its rater: no number,
// no visit.
type LowMark struct {
	At      queue.Millis
	Counter string
	Service string
	Level   int
	Points  int
	Source  string
	Reasons []string
}

// LowMarks gives how many marks came in on a day, and the low ones of them, newest
// first and at most so many. A mark belongs to the day it was given on.
func (r *Reader) LowMarks(ctx context.Context, branch string, day queue.Day, most int) (given int, low []LowMark, err error) {
	from := day.Start().UnixMilli()
	rows, err := r.db.QueryContext(ctx, `SELECT t.rated, t.counter, t.service, t.level, ifnull(t.points, 2), t.source, t.reasons
		FROM transactions t JOIN branches b ON b.no = t.branch
		WHERE b.id = ? AND t.day BETWEEN ? AND ? AND t.rated >= ? AND t.rated < ? ORDER BY t.rated DESC, t.id`,
		branch, dayNumber(day.Add(-paperDays)), dayNumber(day), from, day.Add(1).Start().UnixMilli())
	if err != nil {
		return 0, nil, sqlite.Wrap("read low marks", err)
	}
	defer rows.Close()
	for rows.Next() {
		var m LowMark
		var at int64
		var reasons string
		if err := rows.Scan(&at, &m.Counter, &m.Service, &m.Level, &m.Points, &m.Source, &reasons); err != nil {
			return 0, nil, sqlite.Wrap("read low marks", err)
		}
		given++
		if m.Points < 2 && len(low) < most {
			m.At, m.Reasons = queue.MillisOf(hallTime(at)), strings.Fields(reasons)
			low = append(low, m)
		}
	}
	return given, low, sqlite.Wrap("read low marks", rows.Err())
}

// paperDays is how many days before its mark a transaction may lie: paper is entered
// until the end of the next working day, and Tết is the longest pause.
const paperDays = 14

// RemarkOf gives what a clerk says to the own figures of a month, as "2026-11"; empty
// for nothing.
func (r *Reader) RemarkOf(ctx context.Context, branch, clerk, month string) (string, error) {
	number, err := strconv.Atoi(strings.ReplaceAll(month, "-", ""))
	if err != nil {
		return "", fmt.Errorf("%w: month: %w", ErrQuery, err)
	}
	var text string
	err = r.db.QueryRowContext(ctx, `SELECT r.text FROM remarks r JOIN branches b ON b.no = r.branch
		WHERE b.id = ? AND r.clerk = ? AND r.month = ?`, branch, clerk, number).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return text, sqlite.Wrap("read a remark", err)
}
