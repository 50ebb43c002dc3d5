package api

import (
	"github.com/gofiber/fiber/v2"

	"motcua/server/dossier"
	"motcua/server/queue"
)

// listedDossier is one that staff should look at.
type listedDossier struct {
	Code        string        `json:"code"`
	Degree      dossier.Stage `json:"degree"`
	Procedure   string        `json:"procedure"` // its name, or its code when the catalogue has none
	Received    dossier.When  `json:"received"`
	Due         dossier.When  `json:"due"`
	Reappointed dossier.When  `json:"reappointed"`
	Late        bool          `json:"late"`
	Days        int           `json:"days"` // working days late, or left
	Apology     queue.Text    `json:"apology"`
}

// dossierCounts are for the public board.
type dossierCounts struct {
	Period string `json:"period"`
	dossier.Counts
	UpdatedAt string `json:"updated_at"`
}

// mostListed bounds a list; what is worst comes first.
const mostListed = 500

// usualSoon is how many working days before its day a dossier is nearly overdue.
const usualSoon = 1

// listDossiers lists what is overdue, or will be soon.
func (s *Server) listDossiers(c *fiber.Ctx) error {
	p, err := s.at(c, mayServe)
	if err != nil {
		return err
	}
	which, err := queryOf(c, "list", 20)
	if err != nil {
		return err
	}
	if which != "overdue" && which != "soon" {
		return refuse(queue.BadParameter, "list")
	}
	answer := []listedDossier{}
	if s.Dossiers == nil {
		return c.JSON(fiber.Map{"total": 0, "items": answer, "updated_at": ""})
	}
	list, err := s.listOf(p, which)
	if err != nil {
		return err
	}
	for i, l := range list {
		if i == mostListed {
			break
		}
		answer = append(answer, s.listedOf(l))
	}
	updated, err := s.freshness(p.branch)
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"total": len(list), "items": answer, "updated_at": updated})
}

func (s *Server) listOf(p place, which string) ([]dossier.Listed, error) {
	ctx, cancel := s.life()
	defer cancel()
	now := s.Clock.Now()
	if which == "overdue" {
		return s.Dossiers.Overdue(ctx, p.branch, p.set.Calendar, now)
	}
	days := p.set.Dossiers.SoonDays
	if days == 0 {
		days = usualSoon
	}
	return s.Dossiers.Soon(ctx, p.branch, p.set.Calendar, days, now)
}

func (s *Server) listedOf(l dossier.Listed) listedDossier {
	procedure := l.Procedure
	if s.Procedures != nil && procedure != "" {
		if p, ok := s.Procedures.Procedure(procedure); ok {
			procedure = p.Name
		}
	}
	return listedDossier{Code: l.Code, Degree: l.Stage, Procedure: procedure, Received: l.Received, Due: l.Due,
		Reappointed: l.Reappointed, Late: l.Late, Days: l.Days, Apology: dossier.Apology(l.Dossier, l.Late)}
}

// countDossiers gives the figures for the public board: of today, or of this month.
func (s *Server) countDossiers(c *fiber.Ctx) error {
	branch, err := s.branchFor(c, mayRead)
	if err != nil {
		return err
	}
	answer := dossierCounts{Period: "today"}
	if period, err := queryOf(c, "period", 20); err != nil {
		return err
	} else if period != "" {
		answer.Period = period
	}
	now := s.Clock.Now()
	since := queue.DayOf(now)
	switch answer.Period {
	case "today":
	case "month":
		since = since[:len("2026-11-")] + "01"
	default:
		return refuse(queue.BadParameter, "period")
	}
	if s.Dossiers == nil {
		return c.JSON(answer)
	}
	ctx, cancel := s.life()
	defer cancel()
	if answer.Counts, err = s.Dossiers.Count(ctx, branch, since, now); err != nil {
		return err
	}
	if answer.UpdatedAt, err = s.freshness(branch); err != nil {
		return err
	}
	return c.JSON(answer)
}
