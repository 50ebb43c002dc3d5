package api

import (
	"github.com/gofiber/fiber/v2"

	"motcua/server/queue"
)

// floor gives the hall as it works now, with what needs looking at. Low marks are
// among that: they are for whoever heads the hall, and no guide's or desk's.
func (s *Server) floor(c *fiber.Ctx) error {
	p, err := s.at(c, maySeeFigures, mayFloor)
	if err != nil {
		return err
	}
	ctx, cancel := s.life()
	defer cancel()
	if err := s.Push.Feed.WaitFor(ctx, p.branch); err != nil {
		return err
	}
	figures := s.Push.Figures(p.branch)
	now := s.Clock.Now()
	did := s.Push.today.of(p.branch)
	if !may(p.caller.Role, maySeeFigures) {
		did.low = nil
	}
	var answer floorAnswer
	s.Push.Feed.View(p.branch, func(st *queue.State, set *queue.Settings) {
		answer = floorOf(st, set, figures, did, now)
	})
	return c.JSON(answer)
}
