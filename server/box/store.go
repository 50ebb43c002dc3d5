package box

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// State is how far a suggestion has come.
type State string

// The states of a suggestion.
const (
	New      State = "new"
	Seen     State = "seen"
	Working  State = "working"
	Done     State = "done"
	SetAside State = "set_aside"
)

// States are all of them, in the order of the inbox.
var States = []State{New, Seen, Working, Done, SetAside}

// Topics are what a suggestion can be about; none is "".
var Topics = []string{"attitude", "time", "facility", "procedure", "other"}

// Longest texts, in characters.
const (
	LongestText = 1000
	LongestNote = 500
)

// Errors of a box.
var (
	ErrText    = errors.New("the text must have 1 to 1000 characters")
	ErrUnknown = errors.New("there is no suggestion of this id")
	ErrReused  = errors.New("the request was another suggestion before")
)

// Suggestion is one, as the inbox shows it.
type Suggestion struct {
	ID     string    `json:"id"`
	Day    queue.Day `json:"day"`
	Half   string    `json:"half"` // "am" or "pm"
	Topic  string    `json:"topic"`
	Lang   string    `json:"lang"`
	Text   string    `json:"text"`
	Purged bool      `json:"purged"` // the text was kept long enough and is gone
	State  State     `json:"state"`
	Note   string    `json:"note"`
}

// Rows lie in the order of their random ids, so that the file does not tell in
// which order people wrote. What was asked, and when it may be forgotten, stands
// in a table of its own that nothing leads from to a suggestion.
var schema = []string{`
CREATE TABLE suggestions(
	id TEXT NOT NULL PRIMARY KEY, branch TEXT NOT NULL, day TEXT NOT NULL, half TEXT NOT NULL, topic TEXT NOT NULL,
	lang TEXT NOT NULL, text TEXT, state TEXT NOT NULL, note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE asked(
	request TEXT NOT NULL PRIMARY KEY, print TEXT NOT NULL, day TEXT NOT NULL, half TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`}

// Store keeps the suggestions of every branch in a database.
type Store struct {
	db     *sql.DB
	clock  queue.Clock
	random io.Reader
}

// Open opens the box at path, creating it when absent.
func Open(ctx context.Context, path string, clock queue.Clock, random io.Reader) (*Store, error) {
	db, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		return nil, err
	}
	if err := sqlite.Migrate(ctx, db, schema); err != nil {
		db.Close()
		return nil, err
	}
	return &Store{db, clock, random}, nil
}

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

// Put is a suggestion on its way into the box.
type Put struct {
	Branch, Topic, Lang, Text string
	// Request names the request, Print what it asked for without the text; the
	// text's own part of it is made here, after masking.
	Request, Print string
}

// When is all the box keeps of the time.
type When struct {
	Day  queue.Day `json:"at"`
	Half string    `json:"half"`
}

// whenOf gives the day and its half.
func whenOf(t time.Time) When {
	half := "am"
	if t.In(queue.Zone).Hour() >= 12 {
		half = "pm"
	}
	return When{queue.DayOf(t), half}
}

// Clean gives a text as it is kept: in NFC, in plain lines, without spaces around
// it, masked. ErrText when nothing or too much is left.
func Clean(text string) (string, error) {
	if len(text) > 8*LongestText || !utf8.ValidString(text) {
		return "", ErrText
	}
	text = strings.TrimSpace(norm.NFC.String(strings.Map(plain, strings.ReplaceAll(text, "\r\n", "\n"))))
	if text == "" || utf8.RuneCountInString(text) > LongestText {
		return "", ErrText
	}
	if text = strings.TrimSpace(Mask(text)); text == "" {
		return "", ErrText
	}
	return text, nil
}

// plain keeps line breaks and makes other control characters a space.
func plain(r rune) rune {
	if r != '\n' && unicode.IsControl(r) || r == utf8.RuneError {
		return ' '
	}
	return r
}

// Again tells when a request was put in before; false when it was not.
func (s *Store) Again(ctx context.Context, p Put) (When, bool, error) {
	clean, err := Clean(p.Text)
	if err != nil {
		return When{}, false, err
	}
	var w When
	var print string
	err = s.db.QueryRowContext(ctx, "SELECT print, day, half FROM asked WHERE request = ?", p.Request).Scan(&print, &w.Day, &w.Half)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return w, false, nil
	case err != nil:
		return w, false, sqlite.Wrap("look for a suggestion", err)
	case print != printOf(p, clean):
		return w, false, ErrReused
	}
	return w, true, nil
}

// printOf is made of the masked text: kept beside it, a digest of the whole text
// would let somebody try out telephone numbers.
func printOf(p Put, clean string) string {
	return digest(p.Print + "\n" + p.Topic + "\n" + p.Lang + "\n" + clean)
}

// Add puts a suggestion in. The same request twice is the caller's to find (Again).
func (s *Store) Add(ctx context.Context, p Put) (When, error) {
	clean, err := Clean(p.Text)
	if err != nil {
		return When{}, err
	}
	id, err := newID(s.random)
	if err != nil {
		return When{}, err
	}
	w := whenOf(s.clock.Now())
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return w, sqlite.Wrap("keep a suggestion", err)
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "INSERT INTO suggestions VALUES(?,?,?,?,?,?,?,?,'')",
		id, p.Branch, w.Day, w.Half, p.Topic, p.Lang, clean, New); err != nil {
		return w, sqlite.Wrap("keep a suggestion", err)
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO asked VALUES(?,?,?,?)", p.Request, printOf(p, clean), w.Day, w.Half); err != nil {
		return w, sqlite.Wrap("keep a suggestion", err)
	}
	return w, sqlite.Wrap("keep a suggestion", tx.Commit())
}

// Page asks for a part of a branch's inbox, the newest half-day first.
type Page struct {
	Branch string
	State  State  // "" for all
	Before string // the id after which the list goes on
	Limit  int
}

// List gives a page of the inbox, and whether more follows.
func (s *Store) List(ctx context.Context, p Page) ([]Suggestion, bool, error) {
	query := "SELECT id, day, half, topic, lang, coalesce(text, ''), text IS NULL, state, note FROM suggestions WHERE branch = ?"
	args := []any{p.Branch}
	if p.State != "" {
		query, args = query+" AND state = ?", append(args, p.State)
	}
	if p.Before != "" {
		query += " AND (day, half, id) < (SELECT day, half, id FROM suggestions WHERE branch = ? AND id = ?)"
		args = append(args, p.Branch, p.Before)
	}
	rows, err := s.db.QueryContext(ctx, query+" ORDER BY day DESC, half DESC, id DESC LIMIT ?", append(args, p.Limit+1)...)
	if err != nil {
		return nil, false, sqlite.Wrap("read the box", err)
	}
	defer rows.Close()
	list := []Suggestion{}
	for rows.Next() {
		var x Suggestion
		if err := rows.Scan(&x.ID, &x.Day, &x.Half, &x.Topic, &x.Lang, &x.Text, &x.Purged, &x.State, &x.Note); err != nil {
			return nil, false, sqlite.Wrap("read the box", err)
		}
		list = append(list, x)
	}
	if err := rows.Err(); err != nil {
		return nil, false, sqlite.Wrap("read the box", err)
	}
	if len(list) > p.Limit {
		return list[:p.Limit], true, nil
	}
	return list, false, nil
}

// Counts gives how many suggestions of a branch are in each state.
func (s *Store) Counts(ctx context.Context, branch string) (map[State]int, error) {
	counts := map[State]int{}
	for _, state := range States {
		counts[state] = 0
	}
	rows, err := s.db.QueryContext(ctx, "SELECT state, count(*) FROM suggestions WHERE branch = ? GROUP BY state", branch)
	if err != nil {
		return nil, sqlite.Wrap("count the box", err)
	}
	defer rows.Close()
	for rows.Next() {
		var state State
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return nil, sqlite.Wrap("count the box", err)
		}
		counts[state] = n
	}
	return counts, sqlite.Wrap("count the box", rows.Err())
}

// Move sets the state of a suggestion, and its note unless note is nil. The note
// is masked like the text: it may repeat it.
func (s *Store) Move(ctx context.Context, branch, id string, state State, note *string) (Suggestion, error) {
	if !slices.Contains(States, state) {
		return Suggestion{}, fmt.Errorf("no state %q", state)
	}
	var masked sql.NullString
	if note != nil {
		masked = sql.NullString{String: Mask(*note), Valid: true}
	}
	var x Suggestion
	err := s.db.QueryRowContext(ctx, `UPDATE suggestions SET state = ?, note = coalesce(?, note) WHERE branch = ? AND id = ?
		RETURNING id, day, half, topic, lang, coalesce(text, ''), text IS NULL, state, note`, state, masked, branch, id).
		Scan(&x.ID, &x.Day, &x.Half, &x.Topic, &x.Lang, &x.Text, &x.Purged, &x.State, &x.Note)
	if errors.Is(err, sql.ErrNoRows) {
		return x, ErrUnknown
	}
	return x, sqlite.Wrap("move a suggestion", err)
}
