package api

import (
	"slices"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/unicode/norm"

	"motcua/server/catalogue"
	"motcua/server/catalogue/search"
	"motcua/server/queue"
)

// found is a page of procedures, best first.
type found struct {
	Total int             `json:"total"`
	Items []procedureItem `json:"items"`
}

type procedureItem struct {
	Code     string   `json:"code"`
	Name     string   `json:"name"`
	Field    string   `json:"field"`
	Services []string `json:"services"`
	*explained
}

// explained says why an item was found.
type explained struct {
	Marks [][2]int `json:"marks"` // parts of the name, from and to, in characters
	Why   why      `json:"why"`
	Said  string   `json:"said"` // the people's words that were met; "" if none
}

type why struct {
	Rule search.Rule `json:"rule"` // the main reason; "" when nothing was asked
	search.Why
}

// Bounds of a search (outer contract).
const (
	mostFound    = 50
	defaultFound = 10
	mostSkipped  = 10_000
)

// Procedures is the catalogue as it is shown now.
type Procedures interface {
	Search(q string, o search.Options) search.Result
	Procedure(code string) (catalogue.Procedure, bool)
	Own(code string) (catalogue.Own, bool)
	Changed(code string) time.Time
	Overview() search.Overview
}

// searchProcedures answers from the catalogue; without a question it lists a life
// event in its order, a field, or everything, by name. Which services take a
// procedure is the branch's own business: the one named, else the server's usual one.
func (s *Server) searchProcedures(c *fiber.Ctx) error {
	branch, err := s.reader(c)
	if err != nil {
		return err
	}
	q, err := queryOf(c, "q", maxQuery)
	if err != nil {
		return err
	}
	o, err := searchOptions(c)
	if err != nil {
		return err
	}
	explain, err := numberOf(c, "explain", 0, 0, 1)
	if err != nil {
		return err
	}
	if o.Event != "" && !s.knowsEvent(o.Event) {
		return refuse(queue.BadParameter, "event")
	}
	answer := found{Items: []procedureItem{}}
	if s.Procedures == nil {
		return c.JSON(answer)
	}
	result := s.Procedures.Search(norm.NFC.String(q), o)
	answer.Total = result.Total
	for _, hit := range result.Hits {
		if p, ok := s.Procedures.Procedure(hit.Code); ok {
			item := procedureItem{Code: p.Code, Name: p.Name, Field: p.Field, Services: s.servicesOf(branch, p)}
			if explain == 1 {
				item.explained = explanation(hit)
			}
			answer.Items = append(answer.Items, item)
		}
	}
	return c.JSON(answer)
}

// explanation has no null in it, also for what was listed and not searched.
func explanation(h search.Hit) *explained {
	x := &explained{h.Marks, why{h.Rule, h.Why}, h.Said}
	if x.Marks == nil {
		x.Marks = [][2]int{}
	}
	if x.Why.Words == nil {
		x.Why.Words = []search.Match{}
	}
	if x.Why.Points == nil {
		x.Why.Points = []search.Point{}
	}
	return x
}

// reader gives the branch whose services are named to who may read.
func (s *Server) reader(c *fiber.Ctx) (string, error) {
	if _, err := s.allow(c, mayRead, ""); err != nil {
		return "", err
	}
	return s.pageBranch(c)
}

func searchOptions(c *fiber.Ctx) (search.Options, error) {
	var o search.Options
	var err error
	if o.Field, err = queryOf(c, "field", maxQuery); err != nil {
		return o, err
	}
	if o.Event, err = queryOf(c, "event", maxID); err != nil {
		return o, err
	}
	o.Field = norm.NFC.String(o.Field)
	if o.Limit, err = numberOf(c, "limit", defaultFound, 1, mostFound); err != nil {
		return o, err
	}
	o.Offset, err = numberOf(c, "offset", 0, 0, mostSkipped)
	return o, err
}

func (s *Server) knowsEvent(id string) bool {
	return s.Procedures != nil && slices.ContainsFunc(s.Procedures.Overview().Events, func(e search.EventFound) bool { return e.ID == id })
}

// servicesOf lists the services that visitors with a procedure queue for; those
// closed for good are not among them.
func (s *Server) servicesOf(branch string, p catalogue.Procedure) []string {
	list := []string{}
	set, ok := s.Push.Feed.Settings(branch)
	if !ok {
		return list
	}
	for _, service := range set.Services {
		if !service.Closed && service.Covers(p.Code, p.Field) {
			list = append(list, service.ID)
		}
	}
	return list
}

// numberOf gives a whole number of the address within its bounds.
func numberOf(c *fiber.Ctx, name string, usual, least, most int) (int, error) {
	raw, err := queryOf(c, name, 10)
	if err != nil || (raw == "" && !c.Context().QueryArgs().Has(name)) {
		return usual, err
	}
	n, err := strconv.Atoi(raw)
	if err != nil || n < least || n > most {
		return 0, refuse(queue.BadParameter, name)
	}
	return n, nil
}
