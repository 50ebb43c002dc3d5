package api

import (
	"context"
	"errors"
	"io"
	"net/url"
	"os"
	"syscall"
	"time"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/hallfile"
	"motcua/server/queue"
	"motcua/server/wire"
)

// Why a file of settings is refused.
const (
	codeFileForeign queue.Code = "file_foreign"
	codeFileNewer   queue.Code = "file_newer"
	codeFileDamaged queue.Code = "file_damaged"
	codeFileLarge   queue.Code = "file_large"
)

// takeOver bounds the taking over of a file: hundreds of procedures, each on the disk.
const takeOver = 5 * time.Minute

// exportSettings gives a branch's settings as one file, with what belongs to them.
func (s *Server) exportSettings(c *fiber.Ctx) error {
	p, err := s.at(c, mayManage)
	if err != nil {
		return err
	}
	if err := s.note(c, lineOf(c, p.caller, audit.SettingsExport, p.branch, itoa(p.set.Version)), nil, nil); err != nil {
		return err
	}
	ctx, cancel := s.life()
	defer cancel()
	file, err := hallfile.Prepare(ctx, *p.set, s.Own, s.Product, s.Clock.Now())
	if err != nil {
		return fileRefusal(err)
	}
	name := "cai-dat-" + p.branch + "-" + string(queue.DayOf(s.Clock.Now())) + ".zip"
	c.Set(fiber.HeaderContentType, "application/zip")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+url.PathEscape(name)+`"`)
	read, write := io.Pipe()
	go func() { write.CloseWithError(file.Write(write)) }()
	return c.SendStream(&slowly{ReadCloser: read, conn: c.Context().Conn()})
}

// slowly sends a large answer for as long as the client takes it: a network that
// stands still is cut after largePause.
type slowly struct {
	io.ReadCloser
	conn interface{ SetWriteDeadline(time.Time) error }
}

// Read gives the next bytes, after which the client has time again.
func (r *slowly) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	_ = r.conn.SetWriteDeadline(time.Now().Add(largePause)) // a connection that is gone says so when written to
	return n, err
}

// importAnswer is what a file would do, or has done.
type importAnswer struct {
	previewAnswer
	From fileAnswer `json:"from"`
	hallfile.Plan
	Done bool `json:"done"`
}

// fileAnswer is what a file says of itself.
type fileAnswer struct {
	Branch  string     `json:"branch"`
	Name    queue.Text `json:"name"`
	Product string     `json:"product"`
	Made    wire.Time  `json:"made"`
}

// importSettings takes a file of settings over, or with dry=1 says what that would do.
func (s *Server) importSettings(c *fiber.Ctx) error {
	p, err := s.at(c, mayManage)
	if err != nil {
		return err
	}
	dry, err := numberOf(c, "dry", 0, 0, 1)
	if err != nil {
		return err
	}
	all, err := numberOf(c, "all", 0, 0, 1)
	if err != nil {
		return err
	}
	version, err := numberOf(c, "version", p.set.Version, 0, 1<<30)
	if err != nil {
		return err
	}
	sent, err := s.large(c, hallfile.MaxFile)
	if err != nil {
		return err
	}
	// Two of the largest would fill what the queue needs.
	if !s.spooled.TryLock() {
		return refuse(codeImportRunning, "")
	}
	defer s.spooled.Unlock()
	spooled, err := s.spoolFile(sent)
	if err != nil {
		return err
	}
	defer spooled.Close()
	info, err := spooled.Stat()
	if err != nil {
		return err
	}
	file, err := hallfile.Open(spooled, info.Size())
	if err != nil {
		return fileRefusal(err)
	}
	if !s.imports.one.TryLock() {
		return refuse(codeImportRunning, "")
	}
	defer s.imports.one.Unlock()
	return s.takeOver(c, p, file, all == 1, dry == 1, version)
}

// spoolStep is after how many bytes the disk is looked at again.
const spoolStep = 8 << 20

// spoolFile keeps a body on the disk until it is closed. It has no name there: nothing
// of it is left when the machine stops. What the queue needs of the disk stays free.
func (s *Server) spoolFile(sent io.Reader) (*os.File, error) {
	file, err := os.CreateTemp(s.Own.Dir, ".settings-*")
	if err != nil {
		return nil, err
	}
	err = os.Remove(file.Name())
	for err == nil {
		if s.Own.Media != nil {
			err = s.Own.Media.Room()
		}
		if err == nil {
			_, err = io.CopyN(file, sent, spoolStep)
		}
	}
	if errors.Is(err, io.EOF) {
		return file, nil
	}
	_ = file.Close() // it is thrown away
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		err = refuse(queue.StoreFull, "")
	}
	return nil, mediaRefusal(err)
}

func (s *Server) takeOver(c *fiber.Ctx, p place, file *hallfile.File, all, dry bool, version int) error {
	ctx, cancel := context.WithTimeout(s.ctx, takeOver)
	defer cancel()
	plan, fresh, err := file.Plan(ctx, *p.set, all, s.Own)
	if err != nil {
		return err
	}
	if p.caller.Branch != "" { // words and languages are those of all halls of this server
		plan.Texts = []hallfile.Part{}
	}
	m := file.Manifest
	a := importAnswer{From: fileAnswer{m.Branch, m.Name, m.Product, wire.TimeOf(m.Made)}, Plan: plan}
	if a.previewAnswer, err = s.preview(p, fresh, version); err != nil {
		return err
	}
	if dry {
		return c.JSON(a)
	}
	object := clip(m.Branch) + " " + m.Made.Format(time.DateOnly)
	apply := func() error { return fileRefusal(file.Apply(ctx, plan, s.Own)) }
	if len(a.Changes) > 0 || len(a.Problems) > 0 {
		if a.Version, err = s.saveSettings(c, saving{audit.SettingsImport, object, apply}, p, fresh, version); err != nil {
			return err
		}
	} else {
		if err := s.note(c, lineOf(c, p.caller, audit.SettingsImport, p.branch, object), nil, plan); err != nil {
			return err
		}
		if err := apply(); err != nil {
			return err
		}
	}
	a.Done = true
	return c.JSON(a)
}

// fileRefusal says why a file is not taken over.
func fileRefusal(err error) error {
	var refusal *hallfile.Error
	if errors.As(err, &refusal) {
		return refuse(queue.Code(refusal.Code), clip(refusal.Detail))
	}
	return mediaRefusal(err)
}
