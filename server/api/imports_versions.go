package api

import (
	"bytes"
	"context"
	"errors"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/catalogue"
	"motcua/server/queue"
)

// Bounds of the list of what is old.
const (
	staleDays  = 180
	mostStale  = 3650 // days
	staleShown = 1000 // procedures
)

type versionsAnswer struct {
	Edition int64                   `json:"edition"`
	Items   []catalogue.VersionInfo `json:"items"`
}

// importVersions lists the imports, the last first.
func (s *Server) importVersions(c *fiber.Ctx) error {
	book, err := s.book(c)
	if err != nil {
		return err
	}
	ctx, cancel := s.life()
	defer cancel()
	list, err := book.Versions(ctx)
	if err != nil {
		return err
	}
	edition, err := book.Version(ctx)
	if err != nil {
		return err
	}
	return c.JSON(versionsAnswer{edition, append([]catalogue.VersionInfo{}, list...)})
}

// undoImport takes the last import back. Who names one means that one: a second
// touch must not take away the import before it, too.
func (s *Server) undoImport(c *fiber.Ctx) error {
	caller, book, err := s.librarian(c)
	if err != nil {
		return err
	}
	var named queue.Command
	if err := s.name(c, &named, caller.ID); err != nil {
		return err
	}
	var version int64
	if err := decode(c.Body(), fields{"version": &version}); err != nil {
		return err
	}
	undone, _, err := s.makeOnce(named, func(ctx context.Context) (any, error) {
		if err := s.note(c, lineOf(c, caller, audit.ImportUndo, "", itoa(int(version))), nil, nil); err != nil {
			return nil, err
		}
		return s.undo(ctx, book, version)
	})
	if err != nil {
		return err
	}
	return c.JSON(undone)
}

// undo takes the last import back, if it is this version; 0 stands for any.
func (s *Server) undo(ctx context.Context, book *catalogue.Store, version int64) (any, error) {
	if !s.imports.one.TryLock() {
		return nil, refuse(codeImportRunning, "")
	}
	defer s.imports.one.Unlock()
	if version > 0 {
		list, err := book.Versions(ctx)
		if err != nil {
			return nil, err
		}
		if lastOf(list) != version {
			return nil, refuse(codeNoUndo, "")
		}
	}
	undone, err := book.Undo(ctx)
	if errors.Is(err, catalogue.ErrNoUndo) {
		err = refuse(codeNoUndo, "")
	}
	return undone, err
}

// lastOf is the import that an undo would take back; 0 when there is none.
func lastOf(list []catalogue.VersionInfo) int64 {
	for _, v := range list {
		if !v.Undone {
			return v.ID
		}
	}
	return 0
}

// importTemplate is the table to fill in.
func (s *Server) importTemplate(c *fiber.Ctx) error {
	if _, err := s.book(c); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := catalogue.WriteTemplate(&b); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="mau-danh-muc-tthc.xlsx"`)
	return c.Send(b.Bytes())
}

type staleAnswer struct {
	Before queue.Day       `json:"before"`
	Total  int             `json:"total"`
	Items  []catalogue.Old `json:"items"`
}

// staleProcedures lists what was read from its source more than some days ago.
func (s *Server) staleProcedures(c *fiber.Ctx) error {
	book, err := s.book(c)
	if err != nil {
		return err
	}
	days, err := numberOf(c, "days", staleDays, 1, mostStale)
	if err != nil {
		return err
	}
	ctx, cancel := s.life()
	defer cancel()
	answer := staleAnswer{Before: queue.DayOf(s.Clock.Now()).Add(-days), Items: []catalogue.Old{}}
	list, err := book.Stale(ctx, answer.Before)
	if err != nil {
		return err
	}
	answer.Total = len(list)
	answer.Items = append(answer.Items, list[:min(len(list), staleShown)]...)
	return c.JSON(answer)
}
