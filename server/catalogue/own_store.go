package catalogue

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// ownSchema keeps what the hall knows apart from the imports: an import, and an
// undo, leave it alone.
const ownSchema = `CREATE TABLE own(code TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT;`

// Bounds of what a hall enters.
const (
	mostOwnText  = 500 // characters
	mostOwnWords = 50
	mostOwnForms = 100
)

// IsZero tells whether the hall knows nothing of its own.
func (o Own) IsZero() bool {
	return o.Fee == "" && o.Resolution == "" && o.FeeFrom == "" && !o.OnTheSpot && o.Promise.Unit == "" && o.Promise.Amount == 0 &&
		o.Online == "" && o.OnlineURL == "" && o.Late.From == "" && o.Late.Text.VI == "" && o.Late.Text.EN == "" &&
		len(o.Words) == 0 && len(o.Forms) == 0
}

// Cleaned gives the hall's entry with clean texts, and the JSON name of the first
// part that cannot be kept, "" when all can.
func (o Own) Cleaned() (Own, string) {
	for _, s := range []*string{&o.Code, &o.Fee, &o.Resolution, &o.OnlineURL, &o.Late.Text.VI, &o.Late.Text.EN} {
		*s = CleanLine(*s)
	}
	o.Words = lines(o.Words)
	forms := make(map[string]string, len(o.Forms))
	for name, address := range o.Forms {
		if name, address = CleanLine(name), strings.TrimSpace(address); address != "" {
			forms[name] = address
		}
	}
	o.Forms = forms
	return o, o.wrong()
}

func (o Own) wrong() string {
	long := func(s string) bool { return utf8.RuneCountInString(s) > mostOwnText }
	_, hour := o.Late.From.Minutes()
	for _, check := range []struct {
		ok   bool
		part string
	}{
		{!long(o.Fee), "fee"}, {!long(o.Resolution), "resolution"},
		// A fee without what it leans on, or the other way round, must not be shown.
		{(o.Fee == "") == (o.Resolution == ""), "resolution"},
		{o.FeeFrom == "" || readDay(string(o.FeeFrom)) == o.FeeFrom, "fee_from"},
		{promises(o.Promise), "promise"},
		{slices.Contains([]string{"", OnlineFull, OnlinePart, OnlineNone}, o.Online), "online"},
		{o.OnlineURL == "" || webAddress(o.OnlineURL), "online_url"},
		{(o.Late.From == "") == (o.Late.Text.VI == ""), "late"},
		{o.Late.From == "" || hour, "late"},
		{!long(o.Late.Text.VI) && !long(o.Late.Text.EN), "late"},
		{len(o.Words) <= mostOwnWords && !slices.ContainsFunc(o.Words, long), "words"},
		{len(o.Forms) <= mostOwnForms, "forms"},
	} {
		if !check.ok {
			return check.part
		}
	}
	for name, address := range o.Forms {
		if name == "" || !webAddress(address) {
			return "forms"
		}
	}
	return ""
}

// promises tells whether a promise can be kept by a calendar.
func promises(p queue.Promise) bool {
	switch p.Unit {
	case "", queue.ThisWeek:
		return p.Amount == 0
	case queue.HalfDays, queue.WorkingDays, queue.CalendarDays:
		return p.Amount >= 0 && p.Amount <= 365 && p.Amount*2 == math.Trunc(p.Amount*2)
	}
	return false
}

// How much of a procedure can be done online (NĐ 224/2026: full or in part).
const (
	OnlineFull = "full"
	OnlinePart = "part"
	OnlineNone = "none"
)

func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil && len(s) <= 2000
}

// SetOwn puts what the hall knows of a procedure in place of what stood there;
// an empty one takes it away. The edition grows. ErrUnknown when the catalogue
// has no such procedure.
func (s *Store) SetOwn(ctx context.Context, o Own) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return sqlite.Wrap("keep the hall's own", err)
	}
	defer tx.Rollback()
	now, err := current(ctx, tx, o.Code)
	if err != nil {
		return err
	}
	if now.content == nil {
		return ErrUnknown
	}
	content, err := json.Marshal(o)
	if err != nil {
		return err
	}
	statement, values := "INSERT INTO own(code, content) VALUES(?, ?) ON CONFLICT(code) DO UPDATE SET content = excluded.content", []any{o.Code, string(content)}
	if o.IsZero() {
		statement, values = "DELETE FROM own WHERE code = ?", values[:1]
	}
	if _, err := tx.ExecContext(ctx, statement, values...); err != nil {
		return sqlite.Wrap("keep the hall's own", err)
	}
	if _, err := tx.ExecContext(ctx, "UPDATE edition SET n = n + 1"); err != nil {
		return sqlite.Wrap("keep the hall's own", err)
	}
	return sqlite.Wrap("keep the hall's own", tx.Commit())
}

// Own gives what the hall knows of a procedure, and whether it knows anything.
func (s *Store) Own(ctx context.Context, code string) (Own, bool, error) {
	var content []byte
	err := s.db.QueryRowContext(ctx, "SELECT content FROM own WHERE code = ?", code).Scan(&content)
	if errors.Is(err, sql.ErrNoRows) {
		return Own{Code: code}, false, nil
	}
	if err != nil {
		return Own{}, false, sqlite.Wrap("read the hall's own", err)
	}
	var o Own
	return o, true, json.Unmarshal(content, &o)
}

// Owns gives all the hall knows of its own, by code.
func (s *Store) Owns(ctx context.Context) (map[string]Own, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT code, content FROM own")
	if err != nil {
		return nil, sqlite.Wrap("read the hall's own", err)
	}
	defer rows.Close()
	all := map[string]Own{}
	for rows.Next() {
		var code string
		var content []byte
		if err := rows.Scan(&code, &content); err != nil {
			return nil, sqlite.Wrap("read the hall's own", err)
		}
		var o Own
		if err := json.Unmarshal(content, &o); err != nil {
			return nil, fmt.Errorf("the hall's own of %s: %w", code, err)
		}
		all[code] = o
	}
	return all, sqlite.Wrap("read the hall's own", rows.Err())
}
