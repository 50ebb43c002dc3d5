package api

import (
	"path"

	"github.com/gofiber/fiber/v2"
)

// speech serves the clips of the voice. They are read anew each time, not with
// the pages: a hall may record its own while the server runs.
func (s *Server) speech(c *fiber.Ctx) error {
	if s.Speech == nil {
		return refuse(codeNotFound, "")
	}
	name := rest(c)
	body, err := s.Speech(name)
	if err != nil {
		return refuse(codeNotFound, "")
	}
	return send(c, newAsset(body, kinds[path.Ext(name)]))
}
