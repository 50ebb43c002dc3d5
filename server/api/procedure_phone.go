package api

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"motcua/server/catalogue"
	"motcua/server/qr"
	"motcua/server/queue"
	"motcua/server/wire"
)

// procedurePath starts the page of a procedure; everybody may read it, as the law
// has procedures published.
const procedurePath = "/p/"

// procedurePage is what the page of a procedure is drawn from. Of one that holds no
// more it has the name alone, and says so.
type procedurePage struct {
	Branch string     `json:"branch"`
	Hall   queue.Text `json:"hall"`
	Person string     `json:"person,omitempty"` // how people are addressed
	wholeProcedure
}

// procedureFile serves the page, the same for every procedure: which one, it asks
// itself. Of a code that nobody knows it says so, and answers 404.
func (s *Server) procedureFile(c *fiber.Ctx) error {
	branch, err := s.pageBranch(c)
	if err != nil {
		return err
	}
	a := s.pages.files["phone/proc.html"]
	if a == nil {
		return refuse(codeNotFound, "")
	}
	if _, err := s.procedurePageOf(c); err != nil {
		if queue.CodeOf(err) != codeUnknownProcedure {
			return err
		}
		c.Status(fiber.StatusNotFound)
	}
	return send(c, a.filled(map[string]string{"branch": branch, "lang": language(c)}))
}

// procedureRecord is the data of that page.
func (s *Server) procedureRecord(c *fiber.Ctx) error {
	page, err := s.procedurePageOf(c)
	if err != nil {
		return err
	}
	body, err := json.Marshal(page)
	if err != nil {
		return err
	}
	return send(c, newAsset(body, kinds[".json"]))
}

// procedurePageOf finds the procedure of the request; unknown codes are counted.
func (s *Server) procedurePageOf(c *fiber.Ctx) (procedurePage, error) {
	branch, err := s.pageBranch(c)
	if err != nil {
		return procedurePage{}, err
	}
	set, err := s.known(branch)
	if err != nil {
		return procedurePage{}, err
	}
	code := param(c, "code")
	page := procedurePage{Branch: set.ID, Hall: both(set.Name), Person: set.Address}
	if p, ok := s.here(set, code); ok {
		page.wholeProcedure = p
		return page, nil
	}
	if p, ok := s.withdrawn(code); ok {
		page.Procedure = catalogue.Procedure{Code: p.Code, Name: p.Name, Field: p.Field, Withdrawn: true}
		return page, nil
	}
	return procedurePage{}, s.miss(c, wrongProcedure, codeUnknownProcedure)
}

// withdrawn finds a procedure that holds no more.
func (s *Server) withdrawn(code string) (catalogue.Procedure, bool) {
	if s.Book == nil {
		return catalogue.Procedure{}, false
	}
	ctx, cancel := s.life()
	defer cancel()
	p, err := s.Book.Get(ctx, code)
	if err != nil && !errors.Is(err, catalogue.ErrUnknown) {
		s.Log.Warn("the catalogue could not be asked", "error", err)
	}
	return p, err == nil && p.Withdrawn
}

// here finds a procedure that is shown, as this hall does it.
func (s *Server) here(set *queue.Settings, code string) (wholeProcedure, bool) {
	if s.Procedures == nil {
		return wholeProcedure{}, false
	}
	p, ok := s.Procedures.Procedure(code)
	if !ok {
		return wholeProcedure{}, false
	}
	return s.whole(set.ID, p), true
}

// procedureURL is the address of a procedure's page, in one case of it, from 1; 0
// when none was chosen.
func procedureURL(base, code, branch string, which int) string {
	url, sign := base+procedurePath+code, "?"
	if which > 0 {
		url += sign + "case=" + strconv.Itoa(which)
		sign = "&"
	}
	if branch != "" {
		url += sign + "branch=" + branch
	}
	return url
}

// mostCases is more than any record has.
const mostCases = 1000

// procedureAt finds the procedure of a request that shows a code of it.
func (s *Server) procedureAt(c *fiber.Ctx) (wholeProcedure, string, error) {
	if _, err := s.allow(c, mayRead, ""); err != nil {
		return wholeProcedure{}, "", err
	}
	branch, err := s.pageBranch(c)
	if err != nil {
		return wholeProcedure{}, "", err
	}
	set, err := s.known(branch)
	if err != nil {
		return wholeProcedure{}, "", err
	}
	p, ok := s.here(set, param(c, "code"))
	if !ok {
		return wholeProcedure{}, "", refuse(codeUnknownProcedure, clip(param(c, "code")))
	}
	return p, branch, nil
}

// named is the branch as an address needs it: the server's usual one is left out.
func (s *Server) named(branch string) string {
	if branch == s.Branch {
		return ""
	}
	return branch
}

// procedureLink draws the address of the procedure's page.
func (s *Server) procedureLink(c *fiber.Ctx) error {
	p, branch, err := s.procedureAt(c)
	if err != nil {
		return err
	}
	which, err := numberOf(c, "case", 0, 0, mostCases)
	if err != nil {
		return err
	}
	base := s.base(c)
	if base == "" {
		return refuse(codeNotFound, "base_url") // a code that leads nowhere is worse than none
	}
	return sendQR(c, procedureURL(base, p.Code, s.named(branch), which))
}

// procedureForm draws the address of the form of a paper: the n-th of a case, both
// from 1. An address too long for a code that a phone reads has none.
func (s *Server) procedureForm(c *fiber.Ctx) error {
	p, _, err := s.procedureAt(c)
	if err != nil {
		return err
	}
	which, err := numberOf(c, "case", 0, 0, mostCases)
	if err != nil {
		return err
	}
	number, svg := strings.CutSuffix(param(c, "form"), ".svg") // the router ends no name at a dot
	n, err := strconv.Atoi(number)
	if url := formAt(p.Plain, which, n); svg && err == nil && url != "" && len(url) <= qr.Longest {
		return sendQR(c, url)
	}
	return refuse(codeNotFound, "form")
}

// caseAt finds a case by its number from 1; 0, for none chosen, is the first.
func caseAt(plain catalogue.Plain, which int) (catalogue.PlainCase, bool) {
	if i := max(which, 1) - 1; i < len(plain.Cases) {
		return plain.Cases[i], true
	}
	return catalogue.PlainCase{}, false
}

// formAt is the address of the form of a paper; empty when it has none.
func formAt(plain catalogue.Plain, which, n int) string {
	found, ok := caseAt(plain, which)
	if !ok || n < 1 || n > len(found.Bring) {
		return ""
	}
	return found.Bring[n-1].FormURL
}

// ticketProcedure adds to a ticket what it was taken for.
func (p *Push) ticketProcedure(info *wire.TicketInfo, v *queue.Visit) {
	known := p.procedures.Load()
	if v.Procedure == "" || known == nil {
		return
	}
	record, ok := (*known).Procedure(v.Procedure)
	if !ok {
		return
	}
	own, _ := (*known).Own(v.Procedure)
	info.Procedure = &wire.ProcedureRef{Code: record.Code, Name: record.Name, OnlineURL: own.OnlineURL}
	if promise := wire.PromiseText(own.Promise); promise != (queue.Text{}) {
		info.Promise = promise
	}
	if own.Late.From != "" {
		info.Late = wire.LateAt(own.Late, v.Taken.Time())
	}
}
