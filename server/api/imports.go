package api

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/catalogue"
	"motcua/server/queue"
	"motcua/server/sheet"
	"motcua/server/staff"
)

// importLife bounds one import; the largest file it takes needs a tenth of that.
const importLife = 10 * time.Minute

// imports is the one import that may run, for whoever looks on.
type imports struct {
	one sync.Mutex // held while one runs
	mu  sync.Mutex
	now importing
}

// importing says how far an import is.
type importing struct {
	Running bool      `json:"running"`
	File    string    `json:"file,omitempty"`
	Records int       `json:"records"` // read so far
	Begun   time.Time `json:"begun,omitzero"`
}

func (i *imports) set(change func(*importing)) {
	i.mu.Lock()
	defer i.mu.Unlock()
	change(&i.now)
}

func (i *imports) get() importing {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.now
}

// planAnswer is a plan as the page reads it: places in both languages.
type planAnswer struct {
	*catalogue.Plan
	Problems []planProblem `json:"problems"`
}

type planProblem struct {
	catalogue.Problem
	Place queue.Text `json:"place"`
}

func answerOf(p *catalogue.Plan) planAnswer {
	a := planAnswer{Plan: p, Problems: make([]planProblem, len(p.Problems))}
	for i, problem := range p.Problems {
		a.Problems[i] = planProblem{problem, queue.Text{VI: problem.Place.Words("vi"), EN: problem.Place.Words("en")}}
	}
	return a
}

// importFailed is the problem of a file with errors, with what is wrong in it.
type importFailed struct {
	Problem
	Plan planAnswer `json:"plan"`
}

// book gives the catalogue's store to who manages the hall.
func (s *Server) book(c *fiber.Ctx) (*catalogue.Store, error) {
	_, book, err := s.librarian(c)
	return book, err
}

// librarian is book with who asks.
func (s *Server) librarian(c *fiber.Ctx) (staff.Caller, *catalogue.Store, error) {
	caller, err := s.allow(c, mayManage, "")
	if err == nil && s.Book == nil {
		err = refuse(codeNotFound, "")
	}
	return caller, s.Book, err
}

// nameFile is name for a request whose body is a file, by the file's digest; the
// parameters of its address belong to it.
func (s *Server) nameFile(c *fiber.Ctx, caller string, file []byte) (named queue.Command, err error) {
	key, err := idempotency(c)
	if err != nil {
		return named, err
	}
	named.Request = digest(caller + "\n" + key)
	named.Print = digest(c.Method() + " " + strings.Clone(c.OriginalURL()) + "\n" + string(file))
	return named, nil
}

// importProcedures reads a file into the catalogue, or tells what it would do.
func (s *Server) importProcedures(c *fiber.Ctx) error {
	caller, book, err := s.librarian(c)
	if err != nil {
		return err
	}
	if _, err := idempotency(c); err != nil {
		return err
	}
	o, err := s.importOptions(c)
	if err != nil {
		return err
	}
	sent, err := s.large(c, sheet.MaxFile)
	if err != nil {
		return err
	}
	// The database is not locked while a slow network brings the file.
	sum := sha256.New()
	file, err := spool(io.TeeReader(sent, sum))
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	if o.DryRun {
		plan, err := s.importFile(book, file, o)
		if err != nil {
			return err
		}
		return s.answerPlan(c, plan, true)
	}
	named, err := s.nameFile(c, caller.ID, sum.Sum(nil))
	if err != nil {
		return err
	}
	var failed *catalogue.Plan // a refusal, and so not remembered
	plan, again, err := s.makeOnce(named, func(context.Context) (any, error) {
		if err := s.note(c, lineOf(c, caller, audit.Import, "", o.File), nil, importTold(o)); err != nil {
			return nil, err
		}
		plan, err := s.importFile(book, file, o)
		if err == nil && plan.Errors > 0 {
			failed, err = plan, refuse(codeImportFailed, "")
		}
		return plan, err
	})
	switch {
	case failed != nil:
		return s.answerPlan(c, failed, false)
	case err != nil:
		return err
	case again:
		return c.JSON(answerOf(plan.(*catalogue.Plan)))
	}
	return s.answerPlan(c, plan.(*catalogue.Plan), false)
}

// importTold is what the audit log keeps of an import.
func importTold(o catalogue.ImportOptions) any {
	return map[string]any{"decision": o.Decision, "effective": o.Effective, "complete": o.Complete, "convert": o.Convert}
}

// importFile reads a file in, the only one at a time.
func (s *Server) importFile(book *catalogue.Store, file io.Reader, o catalogue.ImportOptions) (*catalogue.Plan, error) {
	if !s.imports.one.TryLock() {
		return nil, refuse(codeImportRunning, "")
	}
	defer s.imports.one.Unlock()
	s.imports.set(func(i *importing) { *i = importing{Running: true, File: o.File, Begun: s.Clock.Now()} })
	defer s.imports.set(func(i *importing) { *i = importing{} })
	o.Progress = func(records int) { s.imports.set(func(i *importing) { i.Records = records }) }
	ctx, cancel := context.WithTimeout(s.ctx, importLife)
	defer cancel()
	plan, err := book.Import(ctx, file, o)
	if errors.Is(err, catalogue.ErrKind) {
		err = refuse(codeImportKind, "")
	}
	return plan, err
}

func (s *Server) answerPlan(c *fiber.Ctx, plan *catalogue.Plan, dry bool) error {
	switch {
	case plan.Errors > 0 && !dry:
		lang := language(c)
		body, err := json.Marshal(importFailed{Problem{Type: "urn:motcua:problem:" + string(codeImportFailed),
			Title: sentence(codeImportFailed, "", lang), Status: statuses[codeImportFailed], Code: codeImportFailed,
			Instance: requestID(c)}, answerOf(plan)})
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentLanguage, lang)
		c.Set(fiber.HeaderContentType, "application/problem+json; charset=utf-8")
		return c.Status(statuses[codeImportFailed]).Send(body)
	case plan.Version > 0:
		c.Status(http.StatusCreated)
	}
	return c.JSON(answerOf(plan))
}

func (s *Server) importOptions(c *fiber.Ctx) (catalogue.ImportOptions, error) {
	o := catalogue.ImportOptions{Now: s.Clock.Now()}
	var err error
	if o.File, err = queryOf(c, "file", maxQuery); err != nil {
		return o, err
	}
	if o.File == "" {
		return o, refuse(queue.BadParameter, "file")
	}
	if o.Decision, err = queryOf(c, "decision", maxQuery); err != nil {
		return o, err
	}
	effective, err := queryOf(c, "effective", maxID)
	if err != nil {
		return o, err
	}
	if effective != "" {
		if o.Effective, err = queue.ParseDay(effective); err != nil {
			return o, refuse(queue.BadParameter, "effective")
		}
	}
	for name, to := range map[string]*bool{"dry": &o.DryRun, "complete": &o.Complete, "convert": &o.Convert} {
		n, err := numberOf(c, name, 0, 0, 1)
		if err != nil {
			return o, err
		}
		*to = n == 1
	}
	return o, nil
}

// spool keeps what is sent in a file of its own, read from its beginning.
func spool(sent io.Reader) (*os.File, error) {
	file, err := os.CreateTemp("", "motcua-import-*")
	if err != nil {
		return nil, err
	}
	if _, err = io.Copy(file, sent); err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		_ = file.Close() // it is thrown away
		_ = os.Remove(file.Name())
		if errors.Is(err, syscall.ENOSPC) {
			err = refuse(queue.StoreFull, "")
		}
		return nil, err
	}
	return file, nil
}

// importProgress says how far the running import is.
func (s *Server) importProgress(c *fiber.Ctx) error {
	if _, err := s.book(c); err != nil {
		return err
	}
	return c.JSON(s.imports.get())
}
