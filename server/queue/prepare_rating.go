package queue

import (
	"slices"
	"time"
)

// Sources of a rating.
const (
	fromKeypad = "keypad"
	fromTablet = "tablet"
	fromPhone  = "phone"
	fromPaper  = "paper"
)

// prepareRating checks level, reasons and source. Keypad and tablet have a
// window after the end of the transaction; the phone has until midnight, which
// the day's close sees to; paper has until the end of the next working day.
func (s Settings) prepareRating(c *Command, now time.Time) error {
	if c.Level < 1 || c.Level > len(s.Rating.Levels) {
		return Refuse(BadParameter, "level")
	}
	if err := s.knowsReasons(c.Reasons); err != nil {
		return err
	}
	if c.Source != fromPaper && (c.Number != "" || c.RateDay != "") {
		return Refuse(BadParameter, "number and day are for paper only")
	}
	switch c.Source {
	case fromKeypad, fromTablet:
		c.Window = int64(s.Rating.Window) * 1000
	case fromPhone:
		return nil
	case fromPaper:
		if err := s.preparePaper(c, now); err != nil {
			return err
		}
	default:
		return Refuse(BadParameter, "source")
	}
	if _, ok := s.Counter(c.Counter); !ok {
		return Refuse(UnknownCounter, c.Counter)
	}
	return nil
}

func (s Settings) knowsReasons(ids []string) error {
	for i, id := range ids {
		known := slices.ContainsFunc(s.Rating.Reasons, func(r RatingLevel) bool { return r.ID == id })
		if !known || slices.Index(ids, id) != i {
			return Refuse(BadParameter, "reasons")
		}
	}
	return nil
}

// preparePaper takes today's paper, and that of the last working day.
func (s Settings) preparePaper(c *Command, now time.Time) error {
	if c.Number == "" {
		return Refuse(BadParameter, "number")
	}
	today := DayOf(now)
	if c.RateDay == "" {
		c.RateDay = today
	}
	if _, err := ParseDay(string(c.RateDay)); err != nil || c.RateDay > today {
		return Refuse(BadParameter, "day")
	}
	if last := s.Calendar.NextWorkingDay(c.RateDay); last == "" || today > last {
		return Refuse(NothingToRate, "the time for paper ratings of this day is over")
	}
	return nil
}
