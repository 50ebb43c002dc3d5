package dossier

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// Listed is a dossier that staff should look at.
type Listed struct {
	*Dossier
	Late bool
	// Days are working days: past the deadline when late, else left until it.
	Days int
}

// Overdue lists the branch's dossiers whose day has passed, the oldest first.
func (s *Store) Overdue(ctx context.Context, branch string, c queue.Calendar, now time.Time) ([]Listed, error) {
	return s.listed(ctx, branch, func(d *Dossier) (Listed, bool) {
		return Listed{d, true, workingDays(c, d.Deadline().Day(), queue.DayOf(now))}, d.Late(now)
	})
}

// Soon lists those whose day comes within so many working days.
func (s *Store) Soon(ctx context.Context, branch string, c queue.Calendar, days int, now time.Time) ([]Listed, error) {
	last := queue.DayOf(now)
	for range days {
		if next := c.NextWorkingDay(last); next != "" {
			last = next
		}
	}
	return s.listed(ctx, branch, func(d *Dossier) (Listed, bool) {
		due := d.Deadline().Day()
		return Listed{d, false, workingDays(c, queue.DayOf(now), due)}, d.Stage != Supplement && due != "" && due <= last && !d.Late(now)
	})
}

// mostDays ends the counting: what is later by more is no more urgent.
const mostDays = 999

// workingDays counts those after one day up to another.
func workingDays(c queue.Calendar, from, to queue.Day) int {
	n := 0
	for day := from; day < to && n < mostDays; {
		if day = c.NextWorkingDay(day); day == "" || day > to {
			break
		}
		n++
	}
	return n
}

func (s *Store) listed(ctx context.Context, branch string, pick func(*Dossier) (Listed, bool)) ([]Listed, error) {
	list := []Listed{}
	err := s.each(ctx, branch, "AND stage IN ('received', 'processing', 'supplement')", func(d *Dossier) {
		if l, ok := pick(d); ok {
			list = append(list, l)
		}
	})
	slices.SortFunc(list, func(a, b Listed) int {
		if n := strings.Compare(string(a.Deadline().Day()), string(b.Deadline().Day())); n != 0 {
			return n
		}
		return strings.Compare(a.Code, b.Code)
	})
	return list, err
}

// each goes through the branch's dossiers; more is added to the condition.
func (s *Store) each(ctx context.Context, branch, more string, fn func(*Dossier)) error {
	rows, err := s.db.QueryContext(ctx, "SELECT "+fields+" FROM dossiers WHERE branch = ? "+more, branch)
	if err != nil {
		return sqlite.Wrap("read the dossiers", err)
	}
	defer rows.Close()
	for rows.Next() {
		d, err := scan(rows)
		if err != nil {
			return sqlite.Wrap("read the dossiers", err)
		}
		fn(d)
	}
	return sqlite.Wrap("read the dossiers", rows.Err())
}

// Counts are for the public board.
type Counts struct {
	Received int `json:"received"` // since the first day asked for
	Resolved int `json:"resolved"` // got a result since then
	Pending  int `json:"pending"`  // being worked on now
	Overdue  int `json:"overdue"`  // of those, past their day
}

// Count counts the branch's dossiers since a day.
func (s *Store) Count(ctx context.Context, branch string, since queue.Day, now time.Time) (Counts, error) {
	return s.Between(ctx, branch, since, "9999-12-31", now)
}

// Between counts what was received and resolved from one day to another, both
// included; pending and overdue are as they are now.
func (s *Store) Between(ctx context.Context, branch string, since, until queue.Day, now time.Time) (Counts, error) {
	var n Counts
	within := func(day queue.Day) bool { return since <= day && day <= until }
	err := s.each(ctx, branch, "", func(d *Dossier) {
		if got := d.At[Received]; got != "" && within(got.Day()) {
			n.Received++
		}
		switch {
		case d.Pending():
			n.Pending++
			if d.Late(now) {
				n.Overdue++
			}
		default:
			if within(resolvedOn(d)) {
				n.Resolved++
			}
		}
	})
	return n, err
}

// resolvedOn is the day there was a result.
func resolvedOn(d *Dossier) queue.Day {
	for _, stage := range []Stage{Ready, Returned} {
		if at := d.At[stage]; at != "" {
			return at.Day()
		}
	}
	return queue.DayOf(d.Updated)
}

// How long things are kept.
const (
	KeepReturned  = 90 * 24 * time.Hour      // after the result was handed out
	KeepUntouched = 2 * 365 * 24 * time.Hour // after the software spoke of it last
	KeepImports   = 365 * 24 * time.Hour
	mostImports   = 5000 // reports; software that sends a bad line every minute must not fill the disk
)

// outdated tells whether Purge would delete a returned dossier at once.
func outdated(d *Dossier, now time.Time) bool {
	return d.Stage == Returned && d.At[Returned].Day() < queue.DayOf(now.Add(-KeepReturned))
}

// Purge deletes what is no longer needed and tells how many dossiers that were.
func (s *Store) Purge(ctx context.Context, now time.Time) (int, error) {
	gone, err := s.db.ExecContext(ctx, "DELETE FROM dossiers WHERE seen < ?", now.Add(-KeepUntouched).UnixMilli())
	if err != nil {
		return 0, sqlite.Wrap("delete old dossiers", err)
	}
	untouched, err := gone.RowsAffected()
	if err != nil {
		return 0, sqlite.Wrap("delete old dossiers", err)
	}
	// Days and moments both begin with the day, and compare as text.
	gone, err = s.db.ExecContext(ctx, `DELETE FROM dossiers WHERE stage = ? AND substr(json_extract(stages, '$.returned'), 1, 10) < ?`,
		Returned, queue.DayOf(now.Add(-KeepReturned)))
	if err != nil {
		return int(untouched), sqlite.Wrap("delete old dossiers", err)
	}
	returned, err := gone.RowsAffected()
	if err != nil {
		return int(untouched), sqlite.Wrap("delete old dossiers", err)
	}
	// The name of a file goes with the file: people name files after people.
	if _, err := s.db.ExecContext(ctx, `UPDATE imports SET file = '', report = json_remove(report, '$.file') WHERE at < ? AND file <> ''`,
		now.Add(-KeepFiles).UnixMilli()); err != nil {
		return int(untouched + returned), sqlite.Wrap("forget names of files", err)
	}
	_, err = s.db.ExecContext(ctx, "DELETE FROM imports WHERE at < ? OR id <= (SELECT max(id) FROM imports) - ?",
		now.Add(-KeepImports).UnixMilli(), mostImports)
	return int(untouched + returned), sqlite.Wrap("delete old reports", err)
}

// Imports lists the last imports, newest first, without their lines.
func (s *Store) Imports(ctx context.Context, limit int) ([]Report, error) {
	list := []Report{}
	rows, err := s.db.QueryContext(ctx, "SELECT id, report FROM imports ORDER BY id DESC LIMIT ?", limit)
	if err != nil {
		return nil, sqlite.Wrap("read the imports", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var raw []byte
		if err := rows.Scan(&id, &raw); err != nil {
			return nil, sqlite.Wrap("read the imports", err)
		}
		var r Report
		if err := json.Unmarshal(raw, &r); err != nil {
			return nil, err
		}
		r.ID = id
		list = append(list, r)
	}
	return list, sqlite.Wrap("read the imports", rows.Err())
}
