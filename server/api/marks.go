package api

import (
	"context"
	"errors"
	"slices"

	"github.com/gofiber/fiber/v2"

	"motcua/server/history"
	"motcua/server/queue"
)

// ratingsAnswer is what came in on a day: how many marks, which of them were low,
// and what was pressed and did not count. No rater is in it.
type ratingsAnswer struct {
	Day     queue.Day      `json:"day"`
	Given   int            `json:"given"`
	Low     []lowAnswer    `json:"low"`
	Refused []refusedPress `json:"refused"`
}

// refusedPress is a press that did not count.
type refusedPress struct {
	Half    string `json:"half"` // morning, afternoon: that one was rated already is nobody's to know
	Counter string `json:"counter"`
	Source  string `json:"source"`
	Level   int    `json:"level"`
	Why     string `json:"why"` // late, already_rated, nothing_to_rate, foreign
}

// mostMarks bounds both lists.
const mostMarks = 200

func (s *Server) dayRatings(c *fiber.Ctx) error {
	p, err := s.at(c, maySeeFigures)
	if err != nil {
		return err
	}
	ctx, cancel := s.life()
	defer cancel()
	if err := s.Push.Feed.WaitFor(ctx, p.branch); err != nil {
		return err
	}
	var k checker
	a := ratingsAnswer{Day: k.day("day", c.Query("day"), queue.DayOf(s.Clock.Now())), Low: []lowAnswer{}, Refused: []refusedPress{}}
	if k.err != nil {
		return k.err
	}
	if err := s.dayMarks(ctx, p.branch, &a); err != nil {
		return err
	}
	if s.History != nil {
		list, err := s.History.Presses(ctx, p.branch, a.Day)
		if err != nil {
			return figuresRefusal(err)
		}
		for _, x := range list[:min(len(list), mostMarks)] {
			a.Refused = append(a.Refused, refusedPress{halfOf(queue.MillisOf(x.At)), x.Counter, x.Source, x.Level, x.Why})
		}
	}
	return c.JSON(a)
}

// dayMarks gives today's from the events themselves, those of other days from the history.
func (s *Server) dayMarks(ctx context.Context, branch string, a *ratingsAnswer) error {
	var day queue.Day
	var set *queue.Settings
	s.Push.Feed.View(branch, func(st *queue.State, now *queue.Settings) { day, set = st.Day, now })
	defer func() { sortLow(a.Low) }()
	if a.Day != day {
		if s.Figures == nil {
			return nil
		}
		given, low, err := s.Figures.LowMarks(ctx, branch, a.Day, mostMarks)
		a.Given = given
		for _, m := range low {
			a.Low = append(a.Low, lowOf(set, m.At, m.Counter, m.Service, lowAnswer{Level: m.Level, Points: m.Points, Source: m.Source, Reasons: m.Reasons}))
		}
		return figuresRefusal(err)
	}
	did := s.Push.today.of(branch)
	a.Given = did.given
	for i := len(did.low) - 1; i >= 0 && len(a.Low) < mostMarks; i-- {
		m := &did.low[i]
		a.Low = append(a.Low, lowOf(set, queue.MillisOf(m.at), m.Counter, m.Service, lowAnswer{Level: m.Level, Points: m.Points, Source: m.Source, Reasons: m.Reasons}))
	}
	return nil
}

// tellRefused notes a press that did not count, and why; what else a rating may be
// refused for is no press of anybody's. It is told after the answer was found, so
// that a history in trouble keeps no citizen waiting for it.
func (s *Server) tellRefused(branch, counter, source string, level int, err error) {
	why := whyRefused(err)
	if why == "" || s.History == nil || level < 1 {
		return
	}
	now := s.Clock.Now()
	p := history.Press{Branch: branch, At: now, Counter: counter, Source: source, Level: level, Why: why}
	ctx, cancel := s.life()
	defer cancel()
	if err := s.History.Refused(ctx, p); err != nil {
		s.Log.Error("a press that did not count was not noted", "branch", branch, "error", err)
	}
}

// lateDetails are what the refusals say when there was something to rate, but earlier:
// the store's of a window that is over, and of a day that is.
var lateDetails = []string{"late", "day", "the time for paper ratings of this day is over"}

// whyRefused sorts the refusals of a rating; empty for what is no press that came
// too late, twice, for nothing or from elsewhere.
func whyRefused(err error) string {
	switch queue.CodeOf(err) {
	case queue.AlreadyRated:
		return "already_rated"
	case codeForbidden:
		return "foreign"
	case queue.NothingToRate:
		var refusal *queue.Error
		if errors.As(err, &refusal) && slices.Contains(lateDetails, refusal.Detail) {
			return "late"
		}
		return "nothing_to_rate"
	}
	return ""
}
