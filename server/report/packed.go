package report

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"

	"motcua/server/sqlite"
)

// Rows are fetched as one text each, their columns joined by a character that no
// text of ours may hold (settings and commands refuse control characters): to take
// twenty columns out of a row one by one costs several times what reading it costs,
// and a year's report reads millions of rows.
const (
	unit    = "\x1f"
	unitSQL = "char(31)"
)

// errPacked is a row that holds the joining character in a text.
var errPacked = errors.New("a text of the history holds a control character")

// columns joins columns in SQL. None of them may be NULL.
func columns(list string) string { return "concat_ws(" + unitSQL + ", " + list + ")" }

// fields takes a joined row apart, column after column.
type fields struct {
	rest  string
	taken int
	err   error
}

func (f *fields) text() string {
	f.taken++
	value, rest, _ := strings.Cut(f.rest, unit)
	f.rest = rest
	return value
}

func (f *fields) number() int64 {
	n, err := strconv.ParseInt(f.text(), 10, 64)
	if err != nil {
		f.err = errPacked
	}
	return n
}

func (f *fields) int() int { return int(f.number()) }

// below is a number that counts places in a list: what nobody can have written is the
// nearest that somebody can, so that a file changed by hand stops no report.
func (f *fields) below(n int) int { return min(max(f.int(), 0), n-1) }

// mostLevels is more than a scale of satisfaction may have.
const mostLevels = 10

// packedRows runs a statement whose rows are one joined text each.
func packedRows(ctx context.Context, tx *sql.Tx, statement string, args []any, row func(*fields)) error {
	list, err := tx.QueryContext(ctx, statement, args...)
	if err != nil {
		return sqlite.Wrap("read history", err)
	}
	defer list.Close()
	for list.Next() {
		var text string
		if err := list.Scan(&text); err != nil {
			return sqlite.Wrap("read history", err)
		}
		f := fields{rest: text}
		row(&f)
		if f.err != nil || strings.Count(text, unit) != f.taken-1 {
			return sqlite.Wrap("read history", errPacked)
		}
	}
	return sqlite.Wrap("read history", list.Err())
}
