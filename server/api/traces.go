package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"motcua/server/history"
	"motcua/server/queue"
	"motcua/server/report"
	"motcua/server/wire"
)

// visitsBehind lists the visits behind a figure, a page at a time.
func (s *Server) visitsBehind(c *fiber.Ctx) error {
	base, caller, err := s.queryFor(c)
	if err != nil {
		return err
	}
	q := report.VisitQuery{Query: base, Figure: strings.Clone(c.Query("figure")), Cursor: strings.Clone(c.Query("cursor"))}
	var k checker
	k.word("figure", &q.Figure, maxID)
	k.that(q.Figure != "", "figure")
	k.word("cursor", &q.Cursor, maxKey)
	if limit := k.number(c, "limit", 200); limit != nil {
		q.Limit = *limit
	}
	q.Hour = k.number(c, "hour", 23)
	q.Weekday = k.number(c, "weekday", 6)
	if k.err != nil {
		return k.err
	}
	return s.reckon(caller, func(ctx context.Context) error {
		page, err := s.Figures.Visits(ctx, q)
		if err != nil {
			return err
		}
		page.Visits = listed(page.Visits)
		return c.JSON(page)
	})
}

// number reads a whole number from 0 to most of the address; nil when it is not there.
func (k *checker) number(c *fiber.Ctx, name string, most int) *int {
	if c.Query(name) == "" {
		return nil
	}
	n := c.QueryInt(name, -1)
	k.that(n >= 0 && n <= most, name)
	return &n
}

// traceAnswer is one visit with everything that is kept of it: a figure's last witness.
type traceAnswer struct {
	Visit        *report.Traced             `json:"visit"`
	Transactions []report.TracedTransaction `json:"transactions"`
	Events       []tracedEvent              `json:"events"` // none once they are purged
}

type tracedEvent struct {
	Seq     int64           `json:"seq"`
	At      wire.Time       `json:"at"`
	Kind    queue.Kind      `json:"kind"`
	Counter string          `json:"counter"`
	By      string          `json:"by"`
	Body    json.RawMessage `json:"body"`
}

// traceVisit gives one visit with its events: where every figure comes from.
func (s *Server) traceVisit(c *fiber.Ctx) error {
	q, _, err := s.oneBranch(c)
	if err != nil {
		return err
	}
	if s.History == nil {
		return refuse(codeNotFound, "reports")
	}
	ctx, cancel := s.life()
	defer cancel()
	a := traceAnswer{Events: []tracedEvent{}}
	if a.Visit, err = s.Figures.Traced(ctx, q.Branches[0], param(c, "visit")); err != nil {
		return traceRefusal(err)
	}
	events, err := s.History.Trace(ctx, q.Branches[0], a.Visit.ID)
	if err != nil {
		return traceRefusal(err)
	}
	a.Transactions = listed(a.Visit.Transactions)
	for i := range events {
		e := &events[i]
		if e.Kind == queue.RatingGiven || e.Kind == queue.RatingInvited { // raters are secret: nothing tells whether there is a mark
			continue
		}
		a.Events = append(a.Events, tracedEvent{e.Seq, wire.TimeOf(e.At.Time()), e.Kind, e.Counter, e.By, unrated(e.Body)})
	}
	return c.JSON(a)
}

// unrated is an event's body without what says that the visit had been rated by then. Every
// body is written anew, so that its form does not tell it either.
func unrated(body json.RawMessage) json.RawMessage {
	var whole map[string]any
	numbers := json.NewDecoder(bytes.NewReader(body))
	numbers.UseNumber()
	if numbers.Decode(&whole) != nil {
		return json.RawMessage("{}")
	}
	delete(whole, "rating")
	for _, part := range whole {
		if fields, is := part.(map[string]any); is {
			delete(fields, "rated")
		}
	}
	clean, err := json.Marshal(whole)
	if err != nil {
		return json.RawMessage("{}")
	}
	return clean
}

func traceRefusal(err error) error {
	if errors.Is(err, report.ErrNoVisit) || errors.Is(err, history.ErrUnknown) {
		return refuse(codeUnknownVisit, "")
	}
	return figuresRefusal(err)
}
