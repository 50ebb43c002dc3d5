package api

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/box"
	"motcua/server/queue"
	"motcua/server/sqlite"
)

// makeSuggestion puts what somebody wrote on a screen into the box. Nothing of
// who wrote is kept, and the text never gets into a log.
func (s *Server) makeSuggestion(c *fiber.Ctx) error {
	p, err := s.at(c, mayTell)
	if err != nil {
		return err
	}
	put, err := s.tellInput(c, true, p.caller.ID)
	if err != nil {
		return err
	}
	put.Branch = p.branch
	when, again, err := s.tellOnce(put, p.set, nil)
	if err != nil {
		return err
	}
	return c.Status(created(queue.Result{Again: again})).JSON(when)
}

// passSuggestion does so by phone, once for each pass.
func (s *Server) passSuggestion(c *fiber.Ctx) error {
	secret, found, err := s.passFor(c, forSuggestion)
	if err != nil {
		return err
	}
	put, err := s.tellInput(c, false, "pass:"+secret)
	if err != nil {
		return err
	}
	set, err := s.known(found.branch)
	if err != nil {
		return err
	}
	put.Branch = found.branch
	ctx, cancel := s.life()
	defer cancel()
	turn := "pass:" + digest("pass:"+secret)
	if err := s.twins.enter(ctx, turn); err != nil {
		return refuse(queue.StoreDown, "")
	}
	defer s.twins.leave(turn)
	if _, found, err = s.passFor(c, forSuggestion); err != nil { // as the one before left it
		return err
	}
	if found.told && found.request != put.Request {
		return refuse(codePassUsed, "")
	}
	when, again, err := s.tellOnce(put, set, func() error {
		if wait := s.limits.count(oneAddress, counted(c)); wait > 0 {
			return s.tooMany(oneAddress, wait)
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.passes.toldBy(secret, put.Request)
	return c.Status(created(queue.Result{Again: again})).JSON(when)
}

// tellInput reads a suggestion. The language is the page's own; a phone's is
// told by its browser.
func (s *Server) tellInput(c *fiber.Ctx, chosen bool, caller string) (box.Put, error) {
	put := box.Put{Lang: language(c)}
	into := fields{"text": &put.Text, "topic": &put.Topic}
	if chosen {
		into["lang"] = &put.Lang
	}
	key, err := idempotency(c)
	if err != nil {
		return put, err
	}
	if err := decode(c.Body(), into); err != nil {
		return put, err
	}
	put.Request = digest(caller + "\n" + key)
	put.Print = c.Method() + " " + pathOf(c)
	var k checker
	k.that(put.Topic == "" || slices.Contains(box.Topics, put.Topic), "topic")
	k.that(put.Lang == "" || languageTag.MatchString(put.Lang), "lang")
	if _, err := box.Clean(put.Text); err != nil {
		k.that(false, "text")
	}
	return put, k.err
}

// tellOnce keeps a suggestion, or finds that this request was kept before. A new
// one is put to counted, unless that is nil; its error is the refusal.
func (s *Server) tellOnce(put box.Put, set *queue.Settings, counted func() error) (box.When, bool, error) {
	if s.Box == nil || !set.Box.Open {
		return box.When{}, false, refuse(codeBoxClosed, "")
	}
	ctx, cancel := s.life()
	defer cancel()
	if err := s.twins.enter(ctx, "box "+put.Request); err != nil {
		return box.When{}, false, refuse(queue.StoreDown, "")
	}
	defer s.twins.leave("box " + put.Request)
	when, again, err := s.Box.Again(ctx, put)
	if again || err != nil {
		return when, again, s.boxRefusal(err)
	}
	if counted != nil {
		if err := counted(); err != nil {
			return when, false, err
		}
	}
	when, err = s.Box.Add(ctx, put)
	return when, false, s.boxRefusal(err)
}

// boxRefusal sorts the box's errors; nil stays nil.
func (s *Server) boxRefusal(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, box.ErrReused):
		return refuse(queue.KeyReused, "")
	case errors.Is(err, box.ErrText):
		return refuse(queue.BadParameter, "text")
	case errors.Is(err, box.ErrUnknown):
		return refuse(codeUnknownWords, "")
	case sqlite.KindOf(err) == sqlite.Full:
		return refuse(queue.StoreFull, "")
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled), sqlite.KindOf(err) == sqlite.Busy:
		return refuse(queue.StoreDown, "")
	}
	return err
}

// pageSize is how many suggestions an answer lists when nothing is asked for.
const pageSize = 50

func (s *Server) listSuggestions(c *fiber.Ctx) error {
	p, err := s.at(c, mayHear)
	if err != nil {
		return err
	}
	page := box.Page{Branch: p.branch, Limit: c.QueryInt("limit", pageSize)}
	state, err := queryOf(c, "state", maxID)
	if err != nil {
		return err
	}
	page.State = box.State(state)
	if page.Before, err = queryOf(c, "before", maxID); err != nil {
		return err
	}
	var k checker
	k.that(state == "" || slices.Contains(box.States, page.State), "state")
	k.that(page.Limit >= 1 && page.Limit <= 200, "limit")
	if k.err != nil {
		return k.err
	}
	list, more := []box.Suggestion{}, false
	if s.Box != nil {
		ctx, cancel := s.life()
		defer cancel()
		if list, more, err = s.Box.List(ctx, page); err != nil {
			return s.boxRefusal(err)
		}
	}
	return c.JSON(fiber.Map{"items": list, "more": more})
}

func (s *Server) countSuggestions(c *fiber.Ctx) error {
	p, err := s.at(c, mayServe)
	if err != nil {
		return err
	}
	if s.Box == nil {
		return c.JSON(map[box.State]int{box.New: 0, box.Seen: 0, box.Working: 0, box.Done: 0, box.SetAside: 0})
	}
	ctx, cancel := s.life()
	defer cancel()
	counts, err := s.Box.Counts(ctx, p.branch)
	if err != nil {
		return s.boxRefusal(err)
	}
	return c.JSON(counts)
}

// moveSuggestion sets how far one has come. Sent twice it does the same again,
// so its key is asked for and not kept.
func (s *Server) moveSuggestion(c *fiber.Ctx) error {
	p, err := s.at(c, mayHear)
	if err != nil {
		return err
	}
	if _, err := idempotency(c); err != nil {
		return err
	}
	var state string
	var note *string
	if err := decode(c.Body(), fields{"state": &state, "note": &note}); err != nil {
		return err
	}
	var k checker
	k.that(slices.Contains(box.States, box.State(state)), "state")
	if note != nil {
		clean := strings.Map(onOneLine, *note)
		k.text("note", &clean, box.LongestNote)
		clean = strings.TrimSpace(clean)
		note = &clean
	}
	if k.err != nil {
		return k.err
	}
	if s.Box == nil {
		return refuse(codeUnknownWords, "")
	}
	ctx, cancel := s.life()
	defer cancel()
	if err := s.note(c, lineOf(c, p.caller, audit.SuggestionState, p.branch, param(c, "suggestion")), nil, map[string]string{"state": state}); err != nil {
		return err
	}
	moved, err := s.Box.Move(ctx, p.branch, param(c, "suggestion"), box.State(state), note)
	if err != nil {
		return s.boxRefusal(err)
	}
	return c.JSON(moved)
}

func onOneLine(r rune) rune {
	if r == '\n' || r == '\r' || r == '\t' {
		return ' '
	}
	return r
}

// portalQR draws the address where formal complaints are filed.
func (s *Server) portalQR(c *fiber.Ctx) error {
	p, err := s.at(c, mayRead)
	if err != nil {
		return err
	}
	if p.set.Hall.Portal == "" {
		return refuse(codeNotFound, "portal")
	}
	return sendQR(c, p.set.Hall.Portal)
}
