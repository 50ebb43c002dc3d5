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

// reportCharts draws the charts of the printed report, in the language asked for.
func (s *Server) reportCharts(c *fiber.Ctx) error {
	q, _, err := s.queryFor(c)
	if err != nil {
		return err
	}
	paper := report.Paper{Lang: language(c)}
	if len(q.Branches) == 1 {
		if set, known := s.Push.Feed.Settings(q.Branches[0]); known {
			for _, level := range set.Rating.Levels {
				paper.Levels = append(paper.Levels, level.Name.In(paper.Lang))
			}
		}
	}
	return s.reckon(func(ctx context.Context) error {
		r, err := s.Figures.Build(ctx, q)
		if err != nil {
			return err
		}
		return c.JSON(chartsAnswer{report.Charts(r, paper)})
	})
}
