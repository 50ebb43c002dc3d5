package api

import (
	"regexp"
	"strconv"

	"github.com/gofiber/fiber/v2"

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

// Bounds of a search (outer contract).
const (
	mostFound    = 50
	defaultFound = 10
)

// searchProcedures answers from the catalogue, which holds nothing until one
// has been imported.
func (s *Server) searchProcedures(c *fiber.Ctx) error {
	if _, err := s.allow(c, mayRead, ""); err != nil {
		return err
	}
	if _, err := queryOf(c, "q", maxQuery); err != nil {
		return err
	}
	if _, err := queryOf(c, "field", maxQuery); err != nil {
		return err
	}
	if _, err := numberOf(c, "limit", defaultFound, 1, mostFound); err != nil {
		return err
	}
	return c.JSON(found{Items: []procedureItem{}})
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
	return refuse(codeUnknownProcedure, clip(param(c, "code")))
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
