package audit

import (
	"context"
	"database/sql"
	"encoding/json"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// Query says which lines are wanted, the newest first. Empty members ask for
// everything; branches are of a caller who may not see all.
type Query struct {
	Branch   string
	Action   Action
	Who      string // exactly the name, or the name or the login of "name (login)"
	From, To queue.Day
	Before   int64 // lines before this number; 0 from the newest
	Limit    int   // at least 1
}

const columns = "n, at, who, role, address, branch, action, object, outcome, changes, prev, digest"

// List gives lines and whether there are more.
func (l *Log) List(ctx context.Context, q Query) ([]Line, bool, error) {
	if l.down != nil {
		return nil, false, l.down
	}
	list := []Line{}
	where, args := q.where()
	rows, err := l.db.QueryContext(ctx, "SELECT "+columns+" FROM lines"+where+" ORDER BY n DESC LIMIT ?", append(args, q.Limit+1)...)
	if err != nil {
		return nil, false, sqlite.Wrap("read the audit log", err)
	}
	defer rows.Close()
	for rows.Next() {
		line, err := scan(rows)
		if err != nil {
			return nil, false, sqlite.Wrap("read the audit log", err)
		}
		list = append(list, line)
	}
	if err := rows.Err(); err != nil {
		return nil, false, sqlite.Wrap("read the audit log", err)
	}
	if len(list) > q.Limit {
		return list[:q.Limit], true, nil
	}
	return list, false, nil
}

func (q Query) where() (string, []any) {
	text, args := " WHERE 1", []any{}
	and := func(more string, values ...any) { text, args = text+" AND "+more, append(args, values...) }
	if q.Branch != "" {
		and("branch = ?", q.Branch)
	}
	if q.Action != "" {
		and("action = ?", q.Action)
	}
	if q.Who != "" {
		and("(who = ? OR instr(who, ? || ' (') = 1 OR instr(who, ' (' || ? || ')') > 0)", q.Who, q.Who, q.Who)
	}
	if q.From != "" {
		and("at >= ?", q.From.Start().UnixMilli())
	}
	if q.To != "" {
		and("at < ?", q.To.Add(1).Start().UnixMilli())
	}
	if q.Before > 0 {
		and("n < ?", q.Before)
	}
	return text, args
}

func scan(rows *sql.Rows) (Line, error) {
	var line Line
	var changes string
	err := rows.Scan(&line.N, &line.At, &line.Who, &line.Role, &line.From, &line.Branch, &line.Action, &line.Object,
		&line.Outcome, &changes, &line.Prev, &line.Digest)
	if err != nil {
		return line, err
	}
	return line, json.Unmarshal([]byte(changes), &line.Changes)
}
