package api

import (
	"context"
	"errors"
	"slices"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/queue"
	"motcua/server/report"
	"motcua/server/staff"
	"motcua/server/wire"
)

// exportAnswer is a file that is being made, or was.
type exportAnswer struct {
	report.Job
	Made wire.Time `json:"made"`
}

func exportOf(j report.Job) exportAnswer { return exportAnswer{j, wire.TimeOf(j.Made)} }

// exportRefusal sorts the errors of making files; nil stays nil.
func exportRefusal(err error) error {
	switch {
	case errors.Is(err, report.ErrNoJob):
		return refuse(codeUnknownExport, "")
	case errors.Is(err, report.ErrNotReady):
		return refuse(codeExportNotReady, "")
	case errors.Is(err, report.ErrTooManyJobs):
		return refuse(codeTooManyExports, "")
	case errors.Is(err, report.ErrFormat):
		return refuse(queue.BadParameter, "format")
	}
	return figuresRefusal(err)
}

// makeExport begins a file and answers before it is made.
func (s *Server) makeExport(c *fiber.Ctx) error {
	if _, err := s.allow(c, mayExport, ""); err != nil {
		return err
	}
	q, format, lang, err := exportInput(c.Body(), language(c))
	if err != nil {
		return err
	}
	caller, err := s.exporter(c, &q.Branches)
	if err != nil {
		return err
	}
	if err := figuresRefusal(q.Check()); err != nil {
		return err
	}
	var named queue.Command
	if err := s.name(c, &named, caller.ID); err != nil {
		return err
	}
	made, _, err := s.makeOnce(named, func(context.Context) (any, error) {
		if err := s.note(c, lineOf(c, caller, audit.ExportMake, caller.Branch, format), nil, q); err != nil {
			return nil, err
		}
		job, err := s.Exports.Start(report.Request{Query: q, Format: format, Lang: lang, Owner: caller.ID})
		return exportOf(job), exportRefusal(err)
	})
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusAccepted).JSON(made)
}

// exporter finds who may make files about these branches.
func (s *Server) exporter(c *fiber.Ctx, branches *[]string) (staff.Caller, error) {
	if _, err := s.allow(c, mayExport, ""); err != nil {
		return staff.Caller{}, err
	}
	if s.Exports == nil {
		return staff.Caller{}, refuse(codeNotFound, "reports")
	}
	return s.overFigures(c, branches)
}

var exportFormats = []string{report.FormatXLSX, report.FormatCSV, report.FormatPDF}

// exportInput reads what file is wanted; usual is the language when none is named.
func exportInput(body []byte, usual string) (q report.Query, format, lang string, err error) {
	lang = usual
	if err = decode(body, fields{"query": &q, "format": &format, "lang": &lang}); err != nil {
		return
	}
	var k checker
	for name, to := range map[string]*string{"service": &q.Service, "counter": &q.Counter, "priority": &q.Priority, "channel": &q.Channel,
		"procedure": &q.Procedure} {
		k.word(name, to, 64)
	}
	k.text("field", &q.Field, maxQuery)
	k.text("clerk", &q.Clerk, maxQuery)
	for i := range q.Branches {
		k.word("branches", &q.Branches[i], maxID)
	}
	k.that(slices.Contains(exportFormats, format), "format")
	k.that(lang == "vi" || lang == "en", "lang")
	return q, format, lang, k.err
}

// export finds the file of the request's address. Whose it is not does not learn
// that there is one.
func (s *Server) export(c *fiber.Ctx) (staff.Caller, report.Job, error) {
	caller, err := s.exporter(c, &[]string{})
	if err != nil {
		return caller, report.Job{}, err
	}
	job, err := s.Exports.Get(param(c, "export"))
	if err == nil && job.Owner != caller.ID {
		err = report.ErrNoJob
	}
	return caller, job, exportRefusal(err)
}

func (s *Server) getExport(c *fiber.Ctx) error {
	_, job, err := s.export(c)
	if err != nil {
		return err
	}
	return c.JSON(exportOf(job))
}

func (s *Server) listExports(c *fiber.Ctx) error {
	caller, err := s.exporter(c, &[]string{})
	if err != nil {
		return err
	}
	list := []exportAnswer{}
	for _, job := range s.Exports.List(caller.ID) {
		list = append(list, exportOf(job))
	}
	return c.JSON(fiber.Map{"exports": list})
}

// cancelExport ends one. Sent twice it does the same again, so its key is asked for
// and not kept.
func (s *Server) cancelExport(c *fiber.Ctx) error {
	caller, job, err := s.export(c)
	if err != nil {
		return err
	}
	if _, err := idempotency(c); err != nil {
		return err
	}
	if err := decode(c.Body(), fields{}); err != nil {
		return err
	}
	if err := s.note(c, lineOf(c, caller, audit.ExportCancel, caller.Branch, job.Name), nil, nil); err != nil {
		return err
	}
	if job, err = s.Exports.Cancel(job.ID); err != nil {
		return exportRefusal(err)
	}
	return c.JSON(exportOf(job))
}

// exportFile sends the file. Its name has Vietnamese letters nowhere, so that every
// browser and file system keeps it.
func (s *Server) exportFile(c *fiber.Ctx) error {
	caller, job, err := s.export(c)
	if err != nil {
		return err
	}
	file, job, err := s.Exports.Open(job.ID)
	if err != nil {
		return exportRefusal(err)
	}
	if err := s.note(c, lineOf(c, caller, audit.ExportFile, caller.Branch, job.Name), nil, nil); err != nil {
		return errors.Join(err, file.Close())
	}
	c.Set(fiber.HeaderContentType, report.ContentType(job.Format))
	c.Set(fiber.HeaderContentDisposition, attachment(job.Name))
	return c.SendStream(file, int(job.Size)) // the library closes it
}
