package history

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// Errors of what people tell the history.
var (
	ErrPoints = errors.New("an answer has 0, 1 or 2 points")
	ErrEmpty  = errors.New("no question was answered")
	ErrGiven  = errors.New("this transaction has its form already")
	ErrText   = errors.New("the text must have at most 500 characters")
)

// Press is a rating that did not count.
type Press struct {
	Branch  string
	At      time.Time
	Counter string // empty when the source does not stand at one
	Source  string // keypad, tablet, phone, paper
	Level   int    // 1 = best
	Why     string // late, already_rated, nothing_to_rate, foreign
}

// mostPresses is how many of a branch's day are kept: a jammed key is told by fewer.
const mostPresses = 5000

// Refused keeps a press that did not count, and why. No rater is kept.
func (h *History) Refused(ctx context.Context, p Press) error {
	return h.write(ctx, "keep a refused press", func(tx *sql.Tx) error {
		no, err := number(ctx, tx, p.Branch, h.settings(p.Branch))
		if err != nil {
			return err
		}
		day := dayNumber(queue.DayOf(p.At))
		_, err = tx.ExecContext(ctx, `INSERT INTO presses(branch, day, at, counter, source, level, why) SELECT ?,?,?,?,?,?,?
			WHERE (SELECT count(*) FROM presses WHERE branch = ? AND day = ?) < ?`,
			no, day, p.At.UnixMilli(), p.Counter, p.Source, p.Level, p.Why, no, day, mostPresses)
		return err
	})
}

// Form is the answers to the four questions, points 0 to 2 each; nil for no answer.
type Form struct {
	Branch         string
	Transaction    queue.Transaction // id, counter, service and start are used
	Source         string            // phone, tablet, paper
	Q1, Q3, Q4, Q7 *int              // indicators 1, 3, 4 and 7 of the circular's nine
}

// SaveForm keeps a transaction's form; the first one counts, then ErrGiven. It
// keeps the day, not the moment, and no rater.
func (h *History) SaveForm(ctx context.Context, f Form) error {
	empty := true
	for _, q := range []*int{f.Q1, f.Q3, f.Q4, f.Q7} {
		if q != nil && (*q < 0 || *q > 2) {
			return ErrPoints
		}
		empty = empty && q == nil
	}
	if empty {
		return ErrEmpty
	}
	set, clerk := h.settings(f.Branch), ""
	if set != nil {
		c, _ := set.Counter(f.Transaction.Counter)
		clerk = c.Clerk
	}
	return h.write(ctx, "keep a form", func(tx *sql.Tx) error {
		no, err := number(ctx, tx, f.Branch, set)
		if err != nil {
			return err
		}
		// Who sat there when it was served, if that is known already.
		err = tx.QueryRowContext(ctx, "SELECT clerk FROM transactions WHERE branch = ? AND id = ?", no, f.Transaction.ID).Scan(&clerk)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		done, err := tx.ExecContext(ctx, "INSERT INTO forms VALUES(?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING", no, f.Transaction.ID,
			dayNumber(queue.DayOf(f.Transaction.Started.Time())), f.Transaction.Counter, clerk, f.Transaction.Service, f.Source, f.Q1, f.Q3, f.Q4, f.Q7)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrGiven)
		}
		return nil
	})
}

// Remark is what an officer says to the own figures of a month.
type Remark struct {
	Branch string    `json:"branch"`
	Clerk  string    `json:"clerk"`
	Month  int       `json:"month"` // 202611
	Text   string    `json:"text"`
	By     string    `json:"by"` // the account that wrote it
	At     time.Time `json:"at"`
}

const longestRemark = 500

// SaveRemark keeps a remark in place of the one before; an empty text takes it away.
func (h *History) SaveRemark(ctx context.Context, r Remark) error {
	text := strings.TrimSpace(norm.NFC.String(r.Text))
	if !utf8.ValidString(text) || utf8.RuneCountInString(text) > longestRemark {
		return ErrText
	}
	return h.write(ctx, "keep a remark", func(tx *sql.Tx) error {
		no, err := number(ctx, tx, r.Branch, h.settings(r.Branch))
		if err != nil {
			return err
		}
		if text == "" {
			_, err = tx.ExecContext(ctx, "DELETE FROM remarks WHERE branch = ? AND clerk = ? AND month = ?", no, r.Clerk, r.Month)
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO remarks VALUES(?,?,?,?,?,?)", no, r.Clerk, r.Month, text, r.By, h.o.Clock.Now().UnixMilli())
		return err
	})
}

// Presses gives a day's presses that did not count, newest first.
func (h *History) Presses(ctx context.Context, branch string, day queue.Day) ([]Press, error) {
	rows, err := h.read.QueryContext(ctx, `SELECT p.at, p.counter, p.source, p.level, p.why FROM presses p JOIN branches b ON b.no = p.branch
		WHERE b.id = ? AND p.day = ? ORDER BY p.no DESC`, branch, dayNumber(day))
	if err != nil {
		return nil, sqlite.Wrap("read the refused presses", err)
	}
	defer rows.Close()
	var list []Press
	for rows.Next() {
		p := Press{Branch: branch}
		var at int64
		if err := rows.Scan(&at, &p.Counter, &p.Source, &p.Level, &p.Why); err != nil {
			return nil, sqlite.Wrap("read the refused presses", err)
		}
		p.At = timeOf(at)
		list = append(list, p)
	}
	return list, sqlite.Wrap("read the refused presses", rows.Err())
}
