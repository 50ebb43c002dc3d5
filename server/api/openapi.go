package api

import (
	_ "embed"

	"github.com/gofiber/fiber/v2"
)

// openapiDocument is written by hand; a test holds it against the routes and
// their answers.
//
//go:embed openapi.json
var openapiDocument []byte

func (s *Server) openAPI(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, kinds[".json"])
	return c.Send(openapiDocument)
}
