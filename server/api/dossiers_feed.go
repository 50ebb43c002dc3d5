package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"io"
	"net/url"
	"path"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/dossier"
	"motcua/server/queue"
	"motcua/server/sqlite"
	"motcua/server/staff"
)

// Bounds of what the one-stop software may send.
const (
	mostPushed    = 500      // items of a request; its 64 KiB hold about 200
	largestUpload = 16 << 20 // bytes of a file
	mostImports   = 50
)

// pushed is what a push did.
type pushed struct {
	Accepted  int               `json:"accepted"`
	Unchanged int               `json:"unchanged"`
	Refused   []dossier.Problem `json:"refused"`
	Ignored   []string          `json:"ignored"` // fields that are not read and not kept
}

// pushDossiers takes in what the one-stop software tells. The good items are
// taken, the others told one by one.
func (s *Server) pushDossiers(c *fiber.Ctx) error {
	caller, o, err := s.feeder(c)
	if err != nil {
		return err
	}
	var named queue.Command
	if err := s.name(c, &named, caller.ID); err != nil {
		return err
	}
	var items []json.RawMessage
	if err := decode(c.Body(), fields{"items": &items}); err != nil {
		return err
	}
	if len(items) == 0 || len(items) > mostPushed {
		return refuse(queue.BadParameter, "items")
	}
	o.Source = dossier.FromPush
	answer, _, err := s.makeOnce(named, func(ctx context.Context) (any, error) {
		r, err := s.Dossiers.Push(ctx, items, o)
		return pushed{r.Accepted, r.Unchanged, r.Refused, r.Ignored}, s.dossiersDown(err)
	})
	if err != nil {
		return err
	}
	return c.JSON(answer)
}

// feeder finds who tells of dossiers, and of which. The branch of what names none
// is that of the key, else the usual one.
func (s *Server) feeder(c *fiber.Ctx) (staff.Caller, dossier.Options, error) {
	caller, err := s.allow(c, mayFeed, "")
	if err != nil {
		return caller, dossier.Options{}, err
	}
	if s.Dossiers == nil {
		return caller, dossier.Options{}, refuse(codeNotFound, "")
	}
	o := dossier.Options{Branch: s.Branch, Only: caller.Branch, Branches: s.Push.Feed.Branches(), Now: s.Clock.Now()}
	if caller.Branch != "" {
		o.Branch = caller.Branch
	}
	return caller, o, nil
}

// importDossiers takes in a file. It stands in memory alone: it holds what we do
// not keep.
func (s *Server) importDossiers(c *fiber.Ctx) error {
	caller, o, err := s.feeder(c)
	if err != nil {
		return err
	}
	if _, err := idempotency(c); err != nil {
		return err
	}
	raw, err := queryOf(c, "file", 3*maxQuery)
	if err != nil {
		return err
	}
	if o.File, err = text("file", fileName(raw), maxQuery); err != nil || o.File == "" {
		return refuse(queue.BadParameter, "file")
	}
	dry, err := numberOf(c, "dry", 0, 0, 1)
	if err != nil {
		return err
	}
	if branch, err := queryOf(c, "branch", maxID); err != nil {
		return err
	} else if branch != "" {
		if _, err := s.known(branch); err != nil {
			return err
		}
		if !caller.MayBranch(branch) {
			return refuse(codeForbidden, clip(branch))
		}
		o.Branch = branch
	}
	sent, err := s.large(c, largestUpload)
	if err != nil {
		return err
	}
	content, err := io.ReadAll(sent)
	if err != nil {
		return err
	}
	o.Source, o.Dry = dossier.FromUpload, dry == 1
	sum := sha256.Sum256(content)
	named, err := s.nameFile(c, caller.ID, sum[:])
	if err != nil {
		return err
	}
	report, _, err := s.makeOnce(named, func(context.Context) (any, error) {
		ctx, cancel := context.WithTimeout(s.ctx, importLife)
		defer cancel()
		if !o.Dry {
			if err := s.note(c, lineOf(c, caller, audit.DossierImport, o.Branch, o.File), nil, nil); err != nil {
				return nil, err
			}
		}
		report, err := s.Dossiers.Import(ctx, bytes.NewReader(content), o)
		if err != nil {
			return nil, s.dossiersDown(err)
		}
		s.Log.Info("a file of dossiers was taken in", "by", caller.Name, "accepted", report.Accepted, "unchanged", report.Unchanged,
			"refused", report.Bad, "dry", o.Dry)
		return report, nil
	})
	if err != nil {
		return err
	}
	return c.JSON(report)
}

// dossiersDown is the refusal when the database does not answer: a long import may
// hold it, and the software sends again.
func (s *Server) dossiersDown(err error) error {
	if err == nil {
		return nil
	}
	s.Log.Error("the dossiers were not written", "error", err)
	if sqlite.KindOf(err) == sqlite.Full {
		return refuse(queue.StoreFull, "")
	}
	return refuse(queue.StoreDown, "")
}

// fileName is the last part of a name, however a browser wrote it.
func fileName(raw string) string {
	if name, err := url.QueryUnescape(raw); err == nil {
		raw = name
	}
	if raw = path.Base(raw); raw == "." || raw == "/" {
		return ""
	}
	return raw
}

// dossierImports lists what was taken in lately, with the reports.
func (s *Server) dossierImports(c *fiber.Ctx) error {
	caller, _, err := s.feeder(c)
	if err != nil {
		return err
	}
	limit, err := numberOf(c, "limit", 20, 1, mostImports)
	if err != nil {
		return err
	}
	ctx, cancel := s.life()
	defer cancel()
	list, err := s.Dossiers.Imports(ctx, limit)
	if err != nil {
		return err
	}
	mine := []dossier.Report{}
	for _, r := range list {
		if caller.MayBranch(r.Branch) {
			mine = append(mine, r)
		}
	}
	return c.JSON(fiber.Map{"items": mine})
}

// dossierTemplate is the empty table.
func (s *Server) dossierTemplate(c *fiber.Ctx) error {
	if _, _, err := s.feeder(c); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := dossier.Template(&b); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="ho-so-mau.xlsx"`)
	return c.Send(b.Bytes())
}
