package api

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"motcua/server/queue"
	"motcua/server/report"
)

// officersAnswer is the officers' list of one branch, with the limits for small samples.
type officersAnswer struct {
	Branch   string           `json:"branch"`
	From     queue.Day        `json:"from"`
	To       queue.Day        `json:"to"`
	Fewest   int              `json:"fewest"`
	Ranked   int              `json:"ranked"`
	Officers []report.Officer `json:"officers"`
}

func (s *Server) listOfficers(c *fiber.Ctx) error {
	q, caller, err := s.oneBranch(c)
	if err != nil {
		return err
	}
	a := officersAnswer{Branch: q.Branches[0], From: q.From, To: q.To}
	var limits queue.ReportSetting
	if set, ok := s.Push.Feed.Settings(a.Branch); ok {
		limits = set.Report
	}
	a.Fewest, a.Ranked = limits.FewestRatings(), limits.FewestRanked()
	return s.reckon(caller, func(ctx context.Context) error {
		list, err := s.Figures.Officers(ctx, q)
		if err != nil {
			return err
		}
		a.Officers = listed(list)
		return c.JSON(a)
	})
}
