package api

import (
	"regexp"
	"strconv"

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
}

// wholeProcedure is a record of the catalogue and the services that take it.
type wholeProcedure struct {
	catalogue.Procedure
	Services []string `json:"services"`
}

// Bounds of a search (outer contract).
const (
	mostFound    = 50
	defaultFound = 10
)

// Procedures is the catalogue as it is now.
type Procedures interface {
	Search(q string, o search.Options) search.Result
	Procedure(code string) (catalogue.Procedure, bool)
}

// searchProcedures answers from the catalogue; without a question it lists a
// field, or everything, by name. Which services take a procedure is the branch's
// own business: the one named, else the server's usual one.
func (s *Server) searchProcedures(c *fiber.Ctx) error {
	if _, err := s.allow(c, mayRead, ""); err != nil {
		return err
	}
	q, err := queryOf(c, "q", maxQuery)
	if err != nil {
		return err
	}
	field, err := queryOf(c, "field", maxQuery)
	if err != nil {
		return err
	}
	limit, err := numberOf(c, "limit", defaultFound, 1, mostFound)
	if err != nil {
		return err
	}
	branch, err := s.pageBranch(c)
	if err != nil {
		return err
	}
	answer := found{Items: []procedureItem{}}
	if s.Procedures == nil {
		return c.JSON(answer)
	}
	result := s.Procedures.Search(norm.NFC.String(q), search.Options{Field: norm.NFC.String(field), Limit: limit})
	answer.Total = result.Total
	for _, hit := range result.Hits {
		if p, ok := s.Procedures.Procedure(hit.Code); ok {
			answer.Items = append(answer.Items, procedureItem{Code: p.Code, Name: p.Name, Field: p.Field, Services: s.servicesOf(branch, p)})
		}
	}
	return c.JSON(answer)
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

func (s *Server) getProcedure(c *fiber.Ctx) error {
	if _, err := s.allow(c, mayRead, ""); err != nil {
		return err
	}
	branch, err := s.pageBranch(c)
	if err != nil {
		return err
	}
	code := param(c, "code")
	if s.Procedures != nil {
		if p, ok := s.Procedures.Procedure(code); ok {
			return c.JSON(wholeProcedure{p, s.servicesOf(branch, p)})
		}
	}
	return refuse(codeUnknownProcedure, clip(code))
}

// dossierCode is the shape of a dossier's code; only such a one counts as a try.
var dossierCode = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// getDossier looks a dossier up. A device has five wrong tries in ten minutes:
// codes can be guessed, and what they open belongs to somebody.
func (s *Server) getDossier(c *fiber.Ctx) error {
	caller, err := s.allow(c, mayRead, "")
	if err != nil {
		return err
	}
	who := caller.ID + " " + address(c)
	if wait := s.limits.over(wrongDossier, who); wait > 0 {
		return s.tooMany(wrongDossier, wait)
	}
	if !dossierCode.MatchString(param(c, "code")) {
		return refuse(codeUnknownDossier, "")
	}
	if wait := s.limits.count(wrongDossier, who); wait > 0 {
		return s.tooMany(wrongDossier, wait)
	}
	return refuse(codeUnknownDossier, "")
}
