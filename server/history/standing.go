package history

import (
	"context"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// Standing is how far a branch's stream was read.
type Standing struct {
	Branch string
	Day    queue.Day
	Seq    int64
}

// Standings tells how far a history file was read, beside the server that writes
// it. It changes nothing. Made-up days are not in it.
func Standings(ctx context.Context, path string) ([]Standing, error) {
	db, err := sqlite.Open(ctx, path, sqlite.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer db.Close()
	rows, err := db.QueryContext(ctx, `SELECT b.id, p.day, p.seq FROM branches b JOIN progress p ON p.branch = b.no
		WHERE p.no = (SELECT max(no) FROM progress WHERE branch = b.no AND epoch <> ?) ORDER BY b.id`, loaded)
	if err != nil {
		return nil, sqlite.Wrap("read the history", err)
	}
	defer rows.Close()
	var list []Standing
	for rows.Next() {
		var s Standing
		var day int
		if err := rows.Scan(&s.Branch, &day, &s.Seq); err != nil {
			return nil, sqlite.Wrap("read the history", err)
		}
		s.Day = dayOf(day)
		list = append(list, s)
	}
	return list, sqlite.Wrap("read the history", rows.Err())
}
