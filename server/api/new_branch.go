package api

import (
	"context"
	"encoding/json"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/queue"
)

// newBranch makes a branch that the store does not hold yet, from its first
// settings. Only who may manage all branches can; the token tag must be free.
func (s *Server) newBranch(c *fiber.Ctx, fresh queue.Settings) error {
	caller, err := s.allow(c, mayManage, fresh.ID)
	if err != nil {
		return err
	}
	if caller.Branch != "" || s.MakeBranch == nil {
		return refuse(codeForbidden, fresh.ID)
	}
	if err := fresh.Validate(); err != nil {
		return asInvalid(err)
	}
	for _, name := range s.Push.Feed.Branches() {
		if other, ok := s.Push.Feed.Settings(name); ok && other.Tag == fresh.Tag {
			return refuse(queue.SettingsInvalid, "tag: "+name+" has it already")
		}
	}
	if err := s.note(c, lineOf(c, caller, audit.BranchMake, fresh.ID, fresh.Name.VI), nil, nil); err != nil {
		return err
	}
	ctx, cancel := s.life()
	defer cancel()
	if err := s.makeBranch(ctx, fresh); err != nil {
		return err
	}
	fresh.Version = 1
	if document, err := json.Marshal(fresh); err == nil {
		s.keepVersion(fresh.ID, 1, document, by(caller))
	}
	return c.Status(fiber.StatusCreated).JSON(settingsAnswer{Version: 1})
}

func (s *Server) makeBranch(ctx context.Context, fresh queue.Settings) error {
	if err := s.MakeBranch(ctx, fresh); err != nil {
		return err
	}
	return s.Push.Feed.Add(ctx, fresh.ID)
}
