package dossier

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"time"

	"motcua/server/sheet"
	"motcua/server/sqlite"
)

// Where an import came from.
const (
	FromFolder = "folder"
	FromPush   = "push"
	FromUpload = "upload"
	FromCLI    = "cli"
	FromSample = "sample"
)

// Options of an import.
type Options struct {
	File   string // its name; says what kind it is
	Source string
	Branch string // of dossiers that name none
	// Only is the one branch whose dossiers may be told; empty for all.
	Only string
	// Branches are those there are; nil takes every name.
	Branches []string
	Now      time.Time
	// AsOf is when the file was made: what is newer than it is not overwritten by
	// lines that do not say when they were updated. Now when zero.
	AsOf time.Time
	Dry  bool // tell, change nothing
}

// mostRefused bounds the lines told one by one; their number is always told.
const mostRefused = 500

// mostIgnored bounds the names told of columns and fields that are not read.
const mostIgnored = 200

// Report says what an import did. It holds no content but codes.
type Report struct {
	ID        int64     `json:"id,omitempty"`
	At        time.Time `json:"at"`
	Source    string    `json:"source"`
	File      string    `json:"file,omitempty"`
	Branch    string    `json:"branch"`
	Accepted  int       `json:"accepted"`  // new, or with something new
	Unchanged int       `json:"unchanged"` // known, or older than what is known
	Bad       int       `json:"bad"`       // lines refused
	Again     bool      `json:"again,omitempty"`
	Refused   []Problem `json:"refused"`
	Ignored   []string  `json:"ignored"` // columns that are not read, as they are headed
	broken    bool      // the file as a whole could not be read
}

// OK tells whether anything could be taken from it.
func (r *Report) OK() bool { return !r.broken && r.Accepted+r.Unchanged > 0 }

// Import takes a file in: the good lines in one transaction, the others told. A
// file of the same content changes nothing the second time.
func (s *Store) Import(ctx context.Context, file io.Reader, o Options) (Report, error) {
	content, err := io.ReadAll(io.LimitReader(file, sheet.MaxFile+1))
	if err != nil {
		return Report{}, err
	}
	if len(content) > sheet.MaxFile { // its beginning alone would look complete
		return s.take(ctx, o, nil, func(to sink) error { unreadable(to, sheet.ErrTooLarge); return nil })
	}
	sum := sha256.Sum256(content)
	return s.take(ctx, o, sum[:], func(to sink) error { return read(o.File, bytes.NewReader(content), to) })
}

// Push takes the items of a request in.
func (s *Store) Push(ctx context.Context, items []json.RawMessage, o Options) (Report, error) {
	return s.take(ctx, o, nil, func(to sink) error {
		for i, item := range items {
			if err := readObject(item, i+1, to); err != nil {
				return err
			}
		}
		return nil
	})
}

// taking is one import under way.
type taking struct {
	*Report
	o        Options
	store    *Store
	tx       *sql.Tx
	lines    int
	badLines map[int]bool
	ignored  map[string]bool
	branches map[string]bool
}

func (s *Store) take(ctx context.Context, o Options, content []byte, from func(sink) error) (Report, error) {
	if o.AsOf.IsZero() || o.AsOf.After(o.Now) {
		o.AsOf = o.Now
	}
	r := Report{At: o.Now, Source: o.Source, File: clipped(line(o.File), 120), Branch: o.Branch, Refused: []Problem{}}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return r, sqlite.Wrap("import dossiers", err)
	}
	defer tx.Rollback()
	digest := ""
	if content != nil {
		// Keyed, since a file of few lines could be guessed from a bare hash.
		mac := hmac.New(sha256.New, s.key)
		mac.Write(content)
		mac.Write([]byte(o.Branch))
		digest = hex.EncodeToString(mac.Sum(nil))
		var before int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM imports WHERE digest = ?", digest).Scan(&before); err != nil {
			return r, sqlite.Wrap("import dossiers", err)
		}
		r.Again = before > 0
	}
	t := &taking{Report: &r, o: o, store: s, tx: tx, badLines: map[int]bool{}, ignored: map[string]bool{}, branches: map[string]bool{}}
	err = from(sink{record: func(rec record) error { return t.record(ctx, rec) },
		problem: func(p Problem) { t.refuse(p) }, ignored: func(name string) {
			if len(t.ignored) < mostIgnored {
				t.ignored[name] = true
			}
		}})
	if err != nil {
		return r, err
	}
	if t.lines == 0 && len(r.Refused) == 0 {
		t.refuse(problem(Place{}, "", "", "empty"))
	}
	r.Bad += len(t.badLines)
	r.Ignored = slices.Sorted(maps.Keys(t.ignored))
	if r.Ignored == nil {
		r.Ignored = []string{}
	}
	if o.Dry {
		return r, nil
	}
	if err := t.keep(ctx, digest); err != nil {
		return r, err
	}
	return r, sqlite.Wrap("import dossiers", tx.Commit())
}

func (t *taking) refuse(p Problem) {
	if p.Line == 0 {
		t.broken = true
		t.Bad++
	} else {
		t.badLines[p.Line] = true
	}
	if len(t.Refused) < mostRefused {
		t.Refused = append(t.Refused, p)
	}
}

// record takes one line in.
func (t *taking) record(ctx context.Context, rec record) error {
	t.lines++
	it, wrong := t.store.item(rec)
	if it.Branch == "" {
		it.Branch = t.o.Branch
	} else if t.o.Branches != nil && !slices.Contains(t.o.Branches, it.Branch) {
		wrong = append(wrong, problem(rec.parts[partBranch].at, it.Code, partBranch, "branch"))
	}
	if t.o.Only != "" && it.Branch != t.o.Only {
		wrong = append(wrong, problem(rec.at, it.Code, partBranch, "not_yours"))
	}
	if len(wrong) == 0 {
		var err error
		if wrong, err = t.put(ctx, &it); err != nil {
			return err
		}
	}
	for _, p := range wrong {
		t.refuse(p)
	}
	return nil
}

// put writes what is new of a line.
func (t *taking) put(ctx context.Context, it *item) ([]Problem, error) {
	known, err := get(ctx, t.tx, it.Code)
	if err != nil {
		return nil, err
	}
	if known != nil && t.o.Only != "" && known.Branch != t.o.Only {
		return []Problem{problem(it.at, it.Code, partBranch, "not_yours")}, nil
	}
	if !it.own {
		it.Updated = t.o.AsOf
	}
	t.branches[it.Branch] = true
	if known != nil && (t.Again || older(known, it)) {
		t.Unchanged++
		return nil, t.seen(ctx, it.Code)
	}
	next := merged(known, it, it.Updated)
	if wrong := fits(known, &next, it); wrong != nil {
		return wrong, nil
	}
	if known == nil && outdated(&next, t.o.Now) { // an export that still lists what was deleted here
		t.Unchanged++
		return nil, nil
	}
	if known != nil && same(known, &next) {
		t.Unchanged++
		if next.Updated.Before(known.Updated) {
			next.Updated = known.Updated
		}
	} else {
		t.Accepted++
	}
	return nil, write(ctx, t.tx, &next, t.o.Now)
}

// older tells whether a line speaks of a state before the known one. A line that
// does not say when it was updated does not take back a result either: old files
// are copied, and then look new.
func older(known *Dossier, it *item) bool {
	if it.Updated.Before(known.Updated.Truncate(time.Second)) {
		return true
	}
	return !it.own && known.Stage.resolved() && it.Stage.rank() < known.Stage.rank()
}

func same(a, b *Dossier) bool {
	return a.Branch == b.Branch && a.Procedure == b.Procedure && a.Stage == b.Stage && a.Received == b.Received && a.Due == b.Due &&
		a.Reappointed == b.Reappointed && a.Collect == b.Collect && a.Note == b.Note && a.digits == b.digits && maps.Equal(a.At, b.At)
}

func (t *taking) seen(ctx context.Context, code string) error {
	_, err := t.tx.ExecContext(ctx, "UPDATE dossiers SET seen = ? WHERE code = ?", t.o.Now.UnixMilli(), code)
	return sqlite.Wrap("write a dossier", err)
}

// keep notes the import itself. A push that says nothing new is not listed: the
// software may send every minute.
func (t *taking) keep(ctx context.Context, digest string) error {
	for branch := range t.branches {
		if _, err := t.tx.ExecContext(ctx, "INSERT OR REPLACE INTO fresh(branch, at) VALUES(?, ?)", branch, t.o.Now.UnixMilli()); err != nil {
			return sqlite.Wrap("note the import", err)
		}
	}
	if t.o.Source == FromPush && t.Accepted+t.Bad == 0 {
		return nil
	}
	report, err := json.Marshal(t.Report)
	if err != nil {
		return err
	}
	done, err := t.tx.ExecContext(ctx, `INSERT INTO imports(at, source, file, branch, digest, accepted, unchanged, bad, report)
		VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)`, t.At.UnixMilli(), t.Source, t.File, t.Branch, digest, t.Accepted, t.Unchanged, t.Bad, string(report))
	if err != nil {
		return sqlite.Wrap("note the import", err)
	}
	t.ID, err = done.LastInsertId()
	return sqlite.Wrap("note the import", err)
}
