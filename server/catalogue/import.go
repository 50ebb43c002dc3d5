package catalogue

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"time"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// ImportOptions of one import.
type ImportOptions struct {
	File      string    // its name: the ending says what kind it is, the base name is kept
	Now       time.Time // when the import happens
	Decision  string    // number of the decision the file came with, if any
	Effective queue.Day // of that decision
	// Complete withdraws what the file does not hold: kept, and hidden.
	Complete bool
	DryRun   bool // tell what would happen, apply nothing
	Convert  bool // use the Unicode text of cells typed with an old font
	// Progress is told how many records were read, every hundred.
	Progress func(records int)
}

// mostListed is how many problems of each severity, and how many changes of each
// kind, a Plan lists. Its counts are exact.
const mostListed = 1000

// progressEvery is after how many records progress is told.
const progressEvery = 100

// PlanItem is a procedure that an import adds, changes or withdraws.
type PlanItem struct {
	Code  string   `json:"code"`
	Name  string   `json:"name"`
	Parts []string `json:"parts,omitempty"` // which change, by their JSON names
}

// Plan is what an import does, or would do.
type Plan struct {
	Version   int64      `json:"version,omitempty"` // what it became; 0 when nothing was applied
	Records   int        `json:"records"`           // usable records of the file
	Added     int        `json:"added"`
	Changed   int        `json:"changed"`
	Unchanged int        `json:"unchanged"`
	Withdrawn int        `json:"withdrawn"`
	Errors    int        `json:"errors"`
	Warnings  int        `json:"warnings"`
	Add       []PlanItem `json:"add,omitempty"`
	Change    []PlanItem `json:"change,omitempty"`
	Withdraw  []PlanItem `json:"withdraw,omitempty"`
	Problems  []Problem  `json:"problems,omitempty"`
}

// importer is one import in its transaction.
type importer struct {
	ctx     context.Context
	tx      *sql.Tx
	o       ImportOptions
	version int64
	plan    *Plan
	listed  map[Severity]int
	seen    map[string]seen
}

type seen struct {
	digest [sha256.Size]byte
	place  Place
}

// Import reads a file into the catalogue in one transaction: either all of it is
// there afterwards or nothing. With an error in the file, with DryRun and when
// nothing changes, nothing is applied. A damaged or wrong file is a Problem of the
// plan; an error is one of the database, of ctx, or ErrKind.
func (s *Store) Import(ctx context.Context, r io.Reader, o ImportOptions) (*Plan, error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, sqlite.Wrap("import", err)
	}
	defer tx.Rollback()
	im := &importer{ctx: ctx, tx: tx, o: o, plan: &Plan{}, listed: map[Severity]int{}, seen: map[string]seen{}}
	if err := im.begin(); err != nil {
		return nil, sqlite.Wrap("import", err)
	}
	if err := Read(o.File, r, Sink{Record: im.record, Problem: im.problem, Convert: o.Convert}); err != nil {
		return nil, err
	}
	if im.plan.Records == 0 && im.plan.Errors == 0 {
		im.problem(problem(Place{}, "empty"))
	}
	if o.Complete && im.plan.Errors == 0 {
		if err := im.withdrawMissing(); err != nil {
			return nil, sqlite.Wrap("import", err)
		}
	}
	if o.DryRun || im.plan.Errors > 0 || im.plan.Added+im.plan.Changed+im.plan.Withdrawn == 0 {
		return im.plan, nil
	}
	if err := im.finish(); err != nil {
		return nil, sqlite.Wrap("import", err)
	}
	im.plan.Version = im.version
	return im.plan, nil
}

func (im *importer) begin() error {
	done, err := im.tx.ExecContext(im.ctx, `INSERT INTO versions(at, file, decision, effective, complete, added, changed, unchanged, withdrawn, warnings)
		VALUES(?, ?, ?, ?, ?, 0, 0, 0, 0, 0)`,
		im.o.Now.UnixMilli(), CleanLine(filepath.Base(im.o.File)), CleanLine(im.o.Decision), im.o.Effective, im.o.Complete)
	if err != nil {
		return err
	}
	im.version, err = done.LastInsertId()
	return err
}

func (im *importer) finish() error {
	p := im.plan
	if _, err := im.tx.ExecContext(im.ctx, `UPDATE versions SET added = ?, changed = ?, unchanged = ?, withdrawn = ?, warnings = ? WHERE id = ?`,
		p.Added, p.Changed, p.Unchanged, p.Withdrawn, p.Warnings, im.version); err != nil {
		return err
	}
	if _, err := im.tx.ExecContext(im.ctx, "UPDATE edition SET n = n + 1"); err != nil {
		return err
	}
	return im.tx.Commit()
}

func (im *importer) problem(p Problem) {
	if p.Severity == Error {
		im.plan.Errors++
	} else {
		im.plan.Warnings++
	}
	if im.listed[p.Severity]++; im.listed[p.Severity] <= mostListed {
		im.plan.Problems = append(im.plan.Problems, p)
	}
}

func (im *importer) record(r Record) error {
	if err := im.ctx.Err(); err != nil {
		return err
	}
	p := r.Procedure
	own, err := json.Marshal(p)
	if err != nil {
		return err
	}
	digest := sha256.Sum256(own)
	if before, twice := im.seen[p.Code]; twice {
		kind := "twice"
		if before.digest == digest {
			kind = "repeated"
		}
		im.problem(problem(r.Place, kind, p.Code, before.place.Words("vi"), before.place.Words("en")))
		return nil
	}
	im.seen[p.Code] = seen{digest, r.Place}
	if im.plan.Records++; im.o.Progress != nil && im.plan.Records%progressEvery == 0 {
		im.o.Progress(im.plan.Records)
	}
	return sqlite.Wrap("import", im.compare(r, own))
}

// compare puts a record beside what the catalogue holds of its code.
func (im *importer) compare(r Record, own []byte) error {
	now, err := current(im.ctx, im.tx, r.Procedure.Code)
	if err != nil {
		return err
	}
	if now.content == nil {
		p := r.Procedure
		im.plan.Added++
		im.plan.Add = listed(im.plan.Add, PlanItem{Code: p.Code, Name: p.Name})
		return im.write(p, Added, []string{}, r.Raw)
	}
	p, parts, err := merged(now.content, own, r.Parts)
	if err != nil {
		return err
	}
	if now.withdrawn {
		parts = append(parts, "withdrawn")
	}
	if len(parts) == 0 {
		im.plan.Unchanged++
		return nil
	}
	im.plan.Changed++
	im.plan.Change = listed(im.plan.Change, PlanItem{Code: p.Code, Name: p.Name, Parts: parts})
	return im.write(p, Changed, parts, r.Raw)
}

func listed(list []PlanItem, item PlanItem) []PlanItem {
	if len(list) < mostListed {
		list = append(list, item)
	}
	return list
}

// merged gives a record as it is after an import, and which parts of it differ.
// Parts that the file does not speak of stay as they are; nil stands for all.
func merged(now, own []byte, speaks map[string]bool) (p Procedure, parts []string, err error) {
	var before, after map[string]json.RawMessage
	if err := errors.Join(json.Unmarshal(now, &before), json.Unmarshal(own, &after)); err != nil {
		return p, nil, err
	}
	for name := range partNames {
		if speaks != nil && !speaks[name] {
			if old, held := before[name]; held {
				after[name] = old
			} else {
				delete(after, name)
			}
		}
		if !bytes.Equal(before[name], after[name]) {
			parts = append(parts, name)
		}
	}
	slices.Sort(parts)
	joined, err := json.Marshal(after)
	if err != nil {
		return p, nil, err
	}
	err = json.Unmarshal(joined, &p)
	return p, parts, err
}

func (im *importer) write(p Procedure, kind string, parts []string, raw string) error {
	list, err := json.Marshal(parts)
	if err != nil {
		return err
	}
	content, err := json.Marshal(p)
	if err != nil {
		return err
	}
	_, err = im.tx.ExecContext(im.ctx, `INSERT INTO records(code, version, kind, parts, withdrawn, name, as_of, content, raw)
		VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		p.Code, im.version, kind, string(list), kind == Withdrawn, p.Name, p.AsOf, string(content), raw)
	return err
}

// withdrawMissing hides what the file does not hold.
func (im *importer) withdrawMissing() error {
	rows, err := im.tx.QueryContext(im.ctx, `SELECT code, content, raw FROM records r WHERE withdrawn = 0
		AND version = (SELECT max(version) FROM records WHERE code = r.code) ORDER BY code`)
	if err != nil {
		return err
	}
	defer rows.Close()
	type missing struct{ code, content, raw string }
	var list []missing
	for rows.Next() {
		var m missing
		if err := rows.Scan(&m.code, &m.content, &m.raw); err != nil {
			return err
		}
		if _, held := im.seen[m.code]; !held {
			list = append(list, m)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	rows.Close()
	for _, m := range list {
		var p Procedure
		if err := json.Unmarshal([]byte(m.content), &p); err != nil {
			return err
		}
		im.plan.Withdrawn++
		im.plan.Withdraw = listed(im.plan.Withdraw, PlanItem{Code: p.Code, Name: p.Name})
		if err := im.write(p, Withdrawn, []string{}, m.raw); err != nil {
			return err
		}
	}
	return nil
}
