package api

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"motcua/server/queue"
	"motcua/server/report"
	"motcua/server/staff"
)

// resultsLast is how long an answer for the public board stands: many boards ask,
// and its figures are of weeks.
const resultsLast = time.Minute

// publishedResults keeps the last answer of each branch.
type publishedResults struct {
	mu   sync.Mutex
	kept map[string]keptResults
}

type keptResults struct {
	at      time.Time
	version int // of the settings
	results report.Results
}

// results gives what a hall publishes of itself.
func (s *Server) results(c *fiber.Ctx) error {
	p, err := s.at(c, mayRead, maySeeFigures)
	if err != nil {
		return err
	}
	if s.Figures == nil {
		return refuse(codeNotFound, "reports")
	}
	// Who has just hidden the results finds them hidden.
	ctx, cancel := s.life()
	defer cancel()
	if err := s.Push.Feed.WaitFor(ctx, p.branch); err != nil {
		return err
	}
	if p.set, err = s.known(p.branch); err != nil {
		return err
	}
	if kept, ok := s.published.get(p.branch, p.set.Version, s.Clock.Now()); ok {
		return c.JSON(kept)
	}
	return s.reckon(p.caller, func(ctx context.Context) error {
		if kept, ok := s.published.get(p.branch, p.set.Version, s.Clock.Now()); ok {
			return c.JSON(kept) // somebody else's turn made it
		}
		r, err := s.Figures.Results(ctx, p.branch)
		if err != nil {
			return err
		}
		s.published.put(p.branch, keptResults{s.Clock.Now(), p.set.Version, r})
		return c.JSON(r)
	})
}

func (p *publishedResults) get(branch string, version int, now time.Time) (report.Results, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	k, ok := p.kept[branch]
	age := now.Sub(k.at)
	return k.results, ok && k.version == version && age >= 0 && age < resultsLast
}

func (p *publishedResults) put(branch string, k keptResults) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.kept == nil {
		p.kept = map[string]keptResults{}
	}
	p.kept[branch] = k
}

// ownAnswer is what a clerk may see of the own ratings.
type ownAnswer struct {
	Counter string `json:"counter"`
	Clerk   string `json:"clerk"`
	report.Own
	Remark string `json:"remark"` // the clerk's own, on this month
}

// ownFigures gives the aggregate of whoever the settings name at a counter: to its
// desk alone, and to whoever heads the hall.
func (s *Server) ownFigures(c *fiber.Ctx) error {
	branch, counter := param(c, "branch"), param(c, "counter")
	caller, err := s.allowCounter(c, mayServe, branch, counter)
	if err != nil {
		return err
	}
	set, err := s.known(branch)
	if err != nil {
		return err
	}
	sits, ok := set.Counter(counter)
	if !ok {
		return refuse(queue.UnknownCounter, clip(counter))
	}
	if s.Figures == nil {
		return refuse(codeNotFound, "reports")
	}
	month := strings.Clone(c.Query("month"))
	if month == "" {
		month = string(queue.DayOf(s.Clock.Now()))[:len("2026-11")]
	}
	var k checker
	if k.month("month", month); k.err != nil {
		return k.err
	}
	// A clerk's month is read at once; a desk does not queue behind reports.
	ctx, cancel := s.life()
	defer cancel()
	clerk := s.clerkAt(branch, sits, caller)
	own, err := s.Figures.Own(ctx, branch, clerk, month)
	if err != nil {
		return figuresRefusal(err)
	}
	said, err := s.Figures.RemarkOf(ctx, branch, clerk, month)
	if err != nil {
		return figuresRefusal(err)
	}
	return c.JSON(ownAnswer{counter, clerk, own, said})
}

// clerkAt names who sits at a counter as the history does: by the account that sits
// there, else by the settings, else by whose key gives the commands.
func (s *Server) clerkAt(branch string, counter queue.CounterSetting, caller staff.Caller) string {
	if account, ok := s.clerkOf(branch, counter.ID); ok {
		return account.Name
	}
	if counter.Clerk != "" {
		return counter.Clerk
	}
	return caller.Name
}
