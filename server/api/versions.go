package api

import (
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/queue"
	"motcua/server/versions"
	"motcua/server/wire"
)

const codeUnknownVersion queue.Code = "unknown_version"

// How many versions one answer lists, and of how many changes of each it tells.
const (
	versionsPage = 50
	versionsMost = 200
	changesTold  = 12
)

// settingsRoutes are those around the settings document.
func (s *Server) settingsRoutes() []route {
	const settings = "/api/v1/branches/:branch/settings"
	return []route{
		{fiber.MethodGet, settings + "/versions", s.listVersions},
		{fiber.MethodGet, settings + "/versions/:version", s.getVersion},
		{fiber.MethodPost, settings + "/preview", s.previewSettings},
		{fiber.MethodPost, settings + "/undo", s.undoSettings},
		{fiber.MethodGet, settings + "/file", s.exportSettings},
		{fiber.MethodPost, settings + "/file", s.importSettings},
	}
}

// changeAnswer is one value that differs. Passwords are hidden.
type changeAnswer struct {
	Path   string     `json:"path"`
	Name   queue.Text `json:"name"` // what people call it
	Before string     `json:"before"`
	After  string     `json:"after"`
}

func changeAnswers(list []audit.Change, sets ...queue.Settings) []changeAnswer {
	out := make([]changeAnswer, len(list))
	for i, c := range list {
		out[i] = changeAnswer{c.Path, queue.NameOf(c.Path, sets...), c.Before, c.After}
	}
	return out
}

// versionAnswer is a version of the list, or one with its document.
type versionAnswer struct {
	Version  int             `json:"version"`
	At       wire.Time       `json:"at"`
	Who      string          `json:"who"`   // empty for one from before versions were kept
	Count    int             `json:"count"` // of all changes
	Changes  []changeAnswer  `json:"changes"`
	Settings json.RawMessage `json:"settings,omitempty"`
}

// listVersions gives the versions of the settings that are kept, the newest first.
func (s *Server) listVersions(c *fiber.Ctx) error {
	branch, err := s.branchFor(c, mayManage)
	if err != nil {
		return err
	}
	limit, err := numberOf(c, "limit", versionsPage, 1, versionsMost)
	if err != nil {
		return err
	}
	before, err := numberOf(c, "before", 0, 0, 1<<30)
	if err != nil {
		return err
	}
	now, err := s.known(branch)
	if err != nil {
		return err
	}
	items, more := []versionAnswer{}, false
	if s.Versions != nil {
		ctx, cancel := s.life()
		defer cancel()
		var list []versions.Version
		if list, more, err = s.Versions.List(ctx, branch, before, limit); err != nil {
			return err
		}
		for _, v := range list {
			items = append(items, versionOf(v, v.Changes[:min(len(v.Changes), changesTold)], *now))
		}
	}
	return c.JSON(fiber.Map{"version": now.Version, "items": items, "more": more})
}

func versionOf(v versions.Version, changes []audit.Change, now ...queue.Settings) versionAnswer {
	return versionAnswer{Version: v.Version, At: wire.TimeOf(time.UnixMilli(v.At)), Who: v.Who, Count: len(v.Changes), Changes: changeAnswers(changes, now...)}
}

// getVersion gives one version whole.
func (s *Server) getVersion(c *fiber.Ctx) error {
	branch, err := s.branchFor(c, mayManage)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(param(c, "version"))
	if err != nil {
		return refuse(codeUnknownVersion, "")
	}
	v, document, err := s.version(branch, n)
	if err != nil {
		return err
	}
	var then queue.Settings
	if err := json.Unmarshal(document, &then); err != nil {
		return err
	}
	sets := []queue.Settings{then}
	if now, err := s.known(branch); err == nil {
		sets = append(sets, *now) // for what that version took away and a later one brought back
	}
	a := versionOf(v, v.Changes, sets...)
	a.Settings = document
	return c.JSON(a)
}

func (s *Server) version(branch string, n int) (versions.Version, []byte, error) {
	if s.Versions == nil {
		return versions.Version{}, nil, refuse(codeUnknownVersion, itoa(n))
	}
	ctx, cancel := s.life()
	defer cancel()
	v, document, err := s.Versions.Get(ctx, branch, n)
	if errors.Is(err, versions.ErrUnknown) {
		err = refuse(codeUnknownVersion, itoa(n))
	}
	return v, document, err
}

// undoSettings saves an old document as a new version: nothing of what was between
// is lost, and the running hall is asked as for every change.
func (s *Server) undoSettings(c *fiber.Ctx) error {
	p, err := s.at(c, mayManage)
	if err != nil {
		return err
	}
	var version, to int
	if err := decode(c.Body(), fields{"version": &version, "to": &to}); err != nil {
		return err
	}
	_, document, err := s.version(p.branch, to)
	if err != nil {
		return err
	}
	fresh, err := queue.ParseSettings(document)
	if err != nil {
		return err
	}
	saved, err := s.saveSettings(c, saving{action: audit.SettingsUndo, object: itoa(version+1) + " = " + itoa(to)}, p, fresh, version)
	if err != nil {
		return err
	}
	return c.JSON(settingsAnswer{Version: saved})
}

// saving is how a document came to be saved.
type saving struct {
	action audit.Action
	object string
	before func() error // what must be there before the document is in force; nil for nothing
}

// saveSettings checks a document against the running hall and puts it in force, and
// gives its version. The line of the audit log is written first.
func (s *Server) saveSettings(c *fiber.Ctx, how saving, p place, fresh queue.Settings, version int) (int, error) {
	cmd, err := s.settle(p.branch, p.set, fresh, version)
	if err != nil {
		return 0, err
	}
	cmd.By = by(p.caller)
	fresh.Version = p.set.Version // the store counts it; it is no change of anybody's
	if err := s.note(c, lineOf(c, p.caller, how.action, p.branch, how.object), *p.set, fresh); err != nil {
		return 0, err
	}
	if how.before != nil {
		if err := how.before(); err != nil {
			return 0, err
		}
	}
	result, err := s.do(cmd)
	if err != nil {
		return 0, err
	}
	s.keepVersion(p.branch, result.Version, []byte(cmd.Document), cmd.By)
	return result.Version, nil
}

// keepVersion takes a version into the book at once. What fails here is made up for
// from the stream of events: a change that was made is no error of its caller.
func (s *Server) keepVersion(branch string, version int, document []byte, who string) {
	if s.Versions == nil {
		return
	}
	ctx, cancel := s.life()
	defer cancel()
	if err := s.Versions.Keep(ctx, branch, version, document, who, s.Clock.Now().UnixMilli()); err != nil {
		s.Log.Error("a version of the settings is not kept yet", "branch", branch, "version", version, "error", err)
	}
}
