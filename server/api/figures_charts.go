package api

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"motcua/server/report"
)

// chartsAnswer is what a report draws, for whoever puts it into a page of their own:
// pictures in SVG, each with its figures as a table.
type chartsAnswer struct {
	Charts []report.Chart `json:"charts"`
}

// reportCharts draws the charts of the printed report.
func (s *Server) reportCharts(c *fiber.Ctx) error {
	q, caller, lang, err := s.paperFor(c)
	if err != nil {
		return err
	}
	return s.reckon(caller, func(ctx context.Context) error {
		r, paper, err := s.onPaper(ctx, q, lang)
		if err != nil {
			return err
		}
		return c.JSON(chartsAnswer{report.Charts(r, paper)})
	})
}
