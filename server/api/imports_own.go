package api

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/catalogue"
	"motcua/server/queue"
)

type rawAnswer struct {
	Code string `json:"code"`
	// Raw is a JSON line as it came, or the row's cells by heading as JSON.
	Raw string `json:"raw"`
}

// rawProcedure gives a record as its file had it.
func (s *Server) rawProcedure(c *fiber.Ctx) error {
	book, err := s.book(c)
	if err != nil {
		return err
	}
	ctx, cancel := s.life()
	defer cancel()
	code := param(c, "code")
	raw, err := book.Raw(ctx, code)
	if errors.Is(err, catalogue.ErrUnknown) {
		return refuse(codeUnknownProcedure, clip(code))
	}
	if err != nil {
		return err
	}
	return c.JSON(rawAnswer{code, raw})
}

// getOwn gives what the hall itself knows of a procedure; empty when nothing.
func (s *Server) getOwn(c *fiber.Ctx) error {
	book, err := s.book(c)
	if err != nil {
		return err
	}
	ctx, cancel := s.life()
	defer cancel()
	code := param(c, "code")
	if _, err := book.Get(ctx, code); errors.Is(err, catalogue.ErrUnknown) {
		return refuse(codeUnknownProcedure, clip(code))
	} else if err != nil {
		return err
	}
	own, _, err := book.Own(ctx, code)
	if err != nil {
		return err
	}
	return c.JSON(own)
}

// putOwn puts what the hall knows in place of what stood there. A refusal names
// the part that cannot be kept.
func (s *Server) putOwn(c *fiber.Ctx) error {
	caller, book, err := s.librarian(c)
	if err != nil {
		return err
	}
	var o catalogue.Own
	if err := decode(c.Body(), fields{"code": &o.Code, "fee": &o.Fee, "resolution": &o.Resolution, "fee_from": &o.FeeFrom,
		"on_the_spot": &o.OnTheSpot, "promise": &o.Promise, "online": &o.Online, "online_url": &o.OnlineURL,
		"late": &o.Late, "words": &o.Words, "forms": &o.Forms}); err != nil {
		return err
	}
	code := param(c, "code")
	if o.Code != "" && o.Code != code {
		return refuse(queue.BadParameter, "code")
	}
	o.Code = code
	o, wrong := o.Cleaned()
	if wrong != "" {
		return refuse(queue.BadParameter, wrong)
	}
	ctx, cancel := s.life()
	defer cancel()
	before, _, err := book.Own(ctx, code)
	if err != nil {
		return err
	}
	if err := s.note(c, lineOf(c, caller, audit.ProcedureSave, "", code), before, o); err != nil {
		return err
	}
	if err := book.SetOwn(ctx, o); errors.Is(err, catalogue.ErrUnknown) {
		return refuse(codeUnknownProcedure, clip(code))
	} else if err != nil {
		return err
	}
	return c.JSON(o)
}
