package api

import (
	"bytes"
	"context"
	"mime"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/queue"
	"motcua/server/report"
	"motcua/server/staff"
)

// A report as a file in one answer: for programs, and for whoever may read and start
// nothing. What takes longer than an answer may is made in the background (exports).

// reportFile gives a report as PDF, XLSX or CSV.
func (s *Server) reportFile(c *fiber.Ctx) error {
	q, caller, lang, err := s.paperFor(c)
	if err != nil {
		return err
	}
	format := strings.Clone(c.Query("format"))
	if !slices.Contains(exportFormats, format) {
		return refuse(queue.BadParameter, "format")
	}
	name := report.FileName(q, format)
	if err := s.note(c, lineOf(c, caller, audit.ExportFile, caller.Branch, name), nil, nil); err != nil {
		return err
	}
	return s.reckon(caller, func(ctx context.Context) error {
		r, paper, err := s.onPaper(ctx, q, lang)
		if err != nil {
			return err
		}
		var file bytes.Buffer
		if err := report.Write(ctx, &file, format, r, paper); err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, report.ContentType(format))
		c.Set(fiber.HeaderContentDisposition, attachment(name))
		return c.Send(file.Bytes())
	})
}

// paperFor reads what a report on paper is about, who asks for it and in which language.
func (s *Server) paperFor(c *fiber.Ctx) (q report.Query, caller staff.Caller, lang string, err error) {
	if q, caller, err = s.queryFor(c); err != nil {
		return
	}
	lang, err = langOf(c)
	return
}

// langOf is the language a file is asked for in: the address's, else the reader's.
func langOf(c *fiber.Ctx) (string, error) {
	lang := strings.Clone(c.Query("lang"))
	if lang == "" {
		return language(c), nil
	}
	if lang != "vi" && lang != "en" {
		return "", refuse(queue.BadParameter, "lang")
	}
	return lang, nil
}

// onPaper makes a report with what it needs to become a file.
func (s *Server) onPaper(ctx context.Context, q report.Query, lang string) (*report.Report, report.Paper, error) {
	var paper report.Paper
	if s.Paper != nil {
		paper = s.Paper(q, lang)
	}
	paper.Lang = lang
	r, err := s.Figures.Build(ctx, q)
	if err == nil && len(r.By[report.ByBranch]) > 1 {
		paper.Ranked, err = s.Figures.Compare(ctx, q)
	}
	return r, paper, err
}

// attachment names a file for whoever downloads it.
func attachment(name string) string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": name})
}
