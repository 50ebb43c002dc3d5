package api

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/unicode/norm"

	"motcua/server/catalogue"
	"motcua/server/catalogue/search"
	"motcua/server/queue"
	"motcua/server/wire"
)

// newsItem is what an import did to a procedure.
type newsItem struct {
	Code      string    `json:"code"`
	Name      string    `json:"name"`
	Kind      string    `json:"kind"`
	At        wire.Time `json:"at"`
	Decision  string    `json:"decision"`
	Effective queue.Day `json:"effective"`
	Parts     []string  `json:"parts"` // that changed, by their JSON names
}

// catalogueChanges lists procedures that are new, changed or withdrawn, the last
// first. What first filled the catalogue is no news.
func (s *Server) catalogueChanges(c *fiber.Ctx) error {
	if _, err := s.reader(c); err != nil {
		return err
	}
	limit, err := numberOf(c, "limit", defaultFound, 1, mostFound)
	if err != nil {
		return err
	}
	since, err := sinceOf(c)
	if err != nil {
		return err
	}
	items := []newsItem{}
	if s.Book == nil {
		return c.JSON(fiber.Map{"items": items})
	}
	ctx, cancel := s.life()
	defer cancel()
	list, err := s.Book.News(ctx, since, limit)
	if err != nil {
		return err
	}
	for _, n := range list {
		item := newsItem{n.Code, n.Name, n.Kind, wire.TimeOf(n.At), n.Decision, n.Effective, n.Parts}
		if item.Parts == nil {
			item.Parts = []string{}
		}
		items = append(items, item)
	}
	return c.JSON(fiber.Map{"items": items})
}

// sinceOf reads a day, which begins at midnight here, or a moment.
func sinceOf(c *fiber.Ctx) (time.Time, error) {
	raw, err := queryOf(c, "since", 40)
	if err != nil || raw == "" {
		return time.Time{}, err
	}
	if day, err := time.ParseInLocation(time.DateOnly, raw, queue.Zone); err == nil {
		return day, nil
	}
	at, err := time.Parse(time.RFC3339, raw)
	if err != nil {
		return time.Time{}, refuse(queue.BadParameter, "since")
	}
	return at, nil
}

// feeItem is a procedure on the fee board.
type feeItem struct {
	Code  string               `json:"code"`
	Name  string               `json:"name"`
	Field string               `json:"field"`
	Fees  []catalogue.PlainFee `json:"fees"`
}

// catalogueFees is the fee board, by field and name. With a branch named it holds
// what that branch takes.
func (s *Server) catalogueFees(c *fiber.Ctx) error {
	branch, err := s.reader(c)
	if err != nil {
		return err
	}
	o, err := searchOptions(c)
	if err != nil {
		return err
	}
	items := []feeItem{}
	if s.Procedures == nil {
		return c.JSON(fiber.Map{"total": 0, "items": items})
	}
	all := s.listed(o.Field, branch, c.Context().QueryArgs().Has("branch"))
	for _, p := range all[min(o.Offset, len(all)):min(o.Offset+o.Limit, len(all))] {
		own, known := s.Procedures.Own(p.Code)
		fees := p.PlainFees(nil)
		if known {
			fees = p.PlainFees(&own)
		}
		items = append(items, feeItem{p.Code, p.Name, p.Field, fees})
	}
	return c.JSON(fiber.Map{"total": len(all), "items": items})
}

// listed gives the procedures of a field, or all, by field and name; with taken
// only those the branch has a service for.
func (s *Server) listed(field, branch string, taken bool) []catalogue.Procedure {
	rank := map[string]int{}
	for i, f := range s.Procedures.Overview().Fields {
		rank[f.Name] = i
	}
	var list []catalogue.Procedure
	for _, hit := range s.Procedures.Search("", search.Options{Field: norm.NFC.String(field), Limit: 1 << 30}).Hits {
		if p, ok := s.Procedures.Procedure(hit.Code); ok && (!taken || len(s.servicesOf(branch, p)) > 0) {
			list = append(list, p)
		}
	}
	slices.SortStableFunc(list, func(a, b catalogue.Procedure) int { return rank[a.Field] - rank[b.Field] })
	return list
}
