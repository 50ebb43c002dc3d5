package api

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"motcua/server/queue"
	"motcua/server/report"
	"motcua/server/sqlite"
	"motcua/server/staff"
	"motcua/server/wire"
)

// Figures turns the history into figures. Its errors are report.ErrQuery for a query
// that cannot be answered, or the database's.
type Figures interface {
	Build(ctx context.Context, q report.Query) (*report.Report, error)
	Compare(ctx context.Context, q report.Query) ([]report.Ranked, error)
	Officers(ctx context.Context, q report.Query) ([]report.Officer, error)
	Visits(ctx context.Context, q report.VisitQuery) (report.VisitPage, error)
	// Traced gives one visit; report.ErrNoVisit when there is none.
	Traced(ctx context.Context, branch, visit string) (*report.Traced, error)
	// Own is a clerk's own aggregate of a month, as "2026-11".
	Own(ctx context.Context, branch, clerk, month string) (report.Own, error)
	// RemarkOf is what a clerk says to the own figures of a month; empty for nothing.
	RemarkOf(ctx context.Context, branch, clerk, month string) (string, error)
	// Results is what a branch publishes.
	Results(ctx context.Context, branch string) (report.Results, error)
	// LowMarks gives how many marks a day had, and the low ones, newest first.
	LowMarks(ctx context.Context, branch string, day queue.Day, most int) (int, []report.LowMark, error)
	// Branches lists those the history knows, among them some that have no live hall.
	Branches(ctx context.Context) ([]report.Known, error)
}

// figuresAtOnce bounds how many reports are reckoned at a time: the hall comes first.
const figuresAtOnce = 2

// figuresPatience is how long one may take, its turn included; it ends before the
// answer's own time.
const figuresPatience = 25 * time.Second

// reckon gives one its turn. A caller has one at a time: whoever asks for many, and goes
// away meanwhile, waits for the own ones and keeps no others waiting.
func (s *Server) reckon(caller staff.Caller, fn func(ctx context.Context) error) error {
	ctx, cancel := context.WithTimeout(s.ctx, figuresPatience)
	defer cancel()
	leave, ok := s.asking.enter(ctx, caller.ID)
	if !ok {
		return refuse(codeFiguresBusy, "")
	}
	defer leave()
	select {
	case s.reckoning <- struct{}{}:
		defer func() { <-s.reckoning }()
	case <-ctx.Done():
		return refuse(codeFiguresBusy, "")
	}
	return figuresRefusal(fn(ctx))
}

// figuresRefusal sorts the errors of reading the history; nil stays nil.
func figuresRefusal(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, report.ErrQuery):
		return refuse(queue.BadParameter, clip(err.Error()))
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled), sqlite.KindOf(err) == sqlite.Busy:
		return refuse(codeFiguresBusy, "")
	case sqlite.KindOf(err) == sqlite.Full:
		return refuse(queue.StoreFull, "")
	}
	return err
}

// longestSelection is how many branches one query may name.
const longestSelection = 200

// queryFor reads which visits a request is about, and whether its caller may know.
// No branch means all that the caller may touch.
func (s *Server) queryFor(c *fiber.Ctx) (report.Query, staff.Caller, error) {
	var q report.Query
	var k checker
	for name, to := range map[string]*string{"service": &q.Service, "counter": &q.Counter, "priority": &q.Priority, "channel": &q.Channel,
		"procedure": &q.Procedure} {
		*to = strings.Clone(c.Query(name))
		k.word(name, to, 64)
	}
	for name, to := range map[string]*string{"field": &q.Field, "clerk": &q.Clerk} {
		*to = strings.Clone(c.Query(name))
		k.text(name, to, maxQuery)
	}
	today := queue.DayOf(s.Clock.Now())
	q.From, q.To = k.day("from", c.Query("from"), today), k.day("to", c.Query("to"), today)
	if list := strings.Clone(c.Query("branch")); list != "" {
		q.Branches = strings.Split(list, ",")
	}
	caller, err := s.overFigures(c, &q.Branches)
	if err != nil {
		return q, caller, err
	}
	if k.err == nil {
		k.err = figuresRefusal(q.Check())
	}
	return q, caller, k.err
}

// day reads a day of an address, or gives the usual one.
func (k *checker) day(name, value string, usual queue.Day) queue.Day {
	if value == "" {
		return usual
	}
	day, err := queue.ParseDay(strings.Clone(value))
	k.that(err == nil, name)
	return day
}

// overFigures finds a caller who may read the figures of all these branches. A key
// of one branch asks for that one when it names none; others mean all.
func (s *Server) overFigures(c *fiber.Ctx, branches *[]string) (staff.Caller, error) {
	if len(*branches) > longestSelection || slices.ContainsFunc(*branches, func(b string) bool { return b == "" || len(b) > maxID }) {
		return staff.Caller{}, refuse(queue.BadParameter, "branch")
	}
	list, err := s.callers(c, "")
	if err != nil {
		return staff.Caller{}, err
	}
	if len(list) == 0 {
		return staff.Caller{}, s.keyless(c)
	}
	for _, caller := range list {
		if !may(caller.Role, maySeeFigures) || slices.ContainsFunc(*branches, func(b string) bool { return !caller.MayBranch(b) }) {
			continue
		}
		if caller.Branch != "" {
			*branches = []string{caller.Branch}
		}
		return caller, s.knowsBranches(*branches)
	}
	return staff.Caller{}, refuse(codeForbidden, string(maySeeFigures))
}

// knowsBranches refuses a branch of which there is neither a hall nor a history.
func (s *Server) knowsBranches(ids []string) error {
	if s.Figures == nil {
		return refuse(codeNotFound, "reports")
	}
	var past []report.Known
	for _, id := range ids {
		if _, live := s.Push.Feed.Settings(id); live {
			continue
		}
		if past == nil {
			ctx, cancel := s.life()
			defer cancel()
			var err error
			if past, err = s.Figures.Branches(ctx); err != nil {
				return figuresRefusal(err)
			}
		}
		if !slices.ContainsFunc(past, func(b report.Known) bool { return b.ID == id }) {
			return refuse(queue.UnknownBranch, clip(id))
		}
	}
	return nil
}

// oneBranch is queryFor a request that must name a single branch.
func (s *Server) oneBranch(c *fiber.Ctx) (report.Query, staff.Caller, error) {
	q, caller, err := s.queryFor(c)
	if err == nil && len(q.Branches) != 1 {
		err = refuse(queue.BadParameter, "branch")
	}
	return q, caller, err
}

// reportAnswer is a report with its moments as everywhere on this interface.
type reportAnswer struct {
	*report.Report
	Made      wire.Time        `json:"made"`
	Overrides []overrideAnswer `json:"overrides"`
}

type overrideAnswer struct {
	report.Override
	At wire.Time `json:"at"`
}

func (s *Server) getReport(c *fiber.Ctx) error {
	q, caller, err := s.queryFor(c)
	if err != nil {
		return err
	}
	return s.reckon(caller, func(ctx context.Context) error {
		r, err := s.Figures.Build(ctx, q)
		if err != nil {
			return err
		}
		answer := reportAnswer{Report: r, Made: wire.TimeOf(r.Made), Overrides: []overrideAnswer{}}
		for _, o := range r.Overrides {
			answer.Overrides = append(answer.Overrides, overrideAnswer{o, wire.TimeOf(o.At.Time())})
		}
		return c.JSON(answer)
	})
}

// compareAnswer is the comparison of branches: a self-assessment of the hall on the
// scale of the circular, never the national index.
type compareAnswer struct {
	From     queue.Day       `json:"from"`
	To       queue.Day       `json:"to"`
	Branches []report.Ranked `json:"branches"`
}

func (s *Server) compareBranches(c *fiber.Ctx) error {
	q, caller, err := s.queryFor(c)
	if err != nil {
		return err
	}
	return s.reckon(caller, func(ctx context.Context) error {
		list, err := s.Figures.Compare(ctx, q)
		if err != nil {
			return err
		}
		return c.JSON(compareAnswer{q.From, q.To, listed(list)})
	})
}

// listed makes an empty list of none.
func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func (s *Server) figureDefinitions(c *fiber.Ctx) error {
	if _, err := s.overFigures(c, &[]string{}); err != nil {
		return err
	}
	return c.JSON(fiber.Map{"definitions": report.Definitions()})
}

// figureBranches lists the branches whose figures the caller may read.
func (s *Server) figureBranches(c *fiber.Ctx) error {
	var mine []string
	caller, err := s.overFigures(c, &mine)
	if err != nil {
		return err
	}
	ctx, cancel := s.life()
	defer cancel()
	list, err := s.Figures.Branches(ctx)
	if err != nil {
		return figuresRefusal(err)
	}
	rows := []figureBranch{}
	for _, b := range list {
		if !caller.MayBranch(b.ID) {
			continue
		}
		row := figureBranch{Known: b}
		if set, live := s.Push.Feed.Settings(b.ID); live {
			row.Letterhead = &set.Report.Letterhead
		}
		rows = append(rows, row)
	}
	return c.JSON(fiber.Map{"branches": rows})
}

// figureBranch is a branch with figures; one that has a hall says who signs its reports.
type figureBranch struct {
	report.Known
	Letterhead *queue.LetterheadSetting `json:"letterhead,omitempty"`
}
