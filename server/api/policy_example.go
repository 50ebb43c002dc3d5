package api

import (
	"github.com/gofiber/fiber/v2"

	"motcua/server/queue"
)

// policyExample plays a small made-up queue by a calling order that need not be
// saved: administrators see what a rule does before it is one. It changes nothing.
func (s *Server) policyExample(c *fiber.Ctx) error {
	if _, err := s.branchFor(c, mayManage); err != nil {
		return err
	}
	var p queue.PolicySetting
	if err := decode(c.Body(), fields{"mode": &p.Mode, "n": &p.N, "max_wait": &p.MaxWait, "head_start": &p.HeadStart}); err != nil {
		return err
	}
	if err := p.Validate(); err != nil {
		return err
	}
	return c.JSON(p.Worked())
}
