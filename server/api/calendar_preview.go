package api

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"motcua/server/queue"
	"motcua/server/wire"
)

// calendarAnswer is what the settings, saved or not, make of a day and its month.
type calendarAnswer struct {
	dayAnswer
	Next     queue.Day      `json:"next"`   // the next working day, empty when there is none
	Season   int            `json:"season"` // which of the seasons, -1 for the usual hours
	Services []serviceOnDay `json:"services"`
	Spells   []spellAnswer  `json:"spells"`
	Month    []monthAnswer  `json:"month"`
}

// dayAnswer is what a month's table tells of a day too.
type dayAnswer struct {
	Day     queue.Day    `json:"day"`
	Like    int          `json:"like"` // the weekday whose hours it has
	MadeUp  bool         `json:"made_up"`
	Holiday bool         `json:"holiday"`
	Name    queue.Text   `json:"name"`
	Halves  []halfAnswer `json:"halves"`
}

type halfAnswer struct {
	ID     string     `json:"id"`
	Name   queue.Text `json:"name"`
	Take   queue.HM   `json:"take"`
	From   queue.HM   `json:"from"`
	CutOff queue.HM   `json:"cut_off"`
	To     queue.HM   `json:"to"`
	Quota  int        `json:"quota"` // 0 for no limit
}

type monthAnswer struct {
	dayAnswer
	Golden []string `json:"golden"`
	NoSlip []string `json:"no_slip"`
}

type serviceOnDay struct {
	ID       string             `json:"id"`
	Halves   []halfAnswer       `json:"halves"`
	Reason   queue.ClosedReason `json:"reason"` // why it does not open at all that day
	Promise  queue.Text         `json:"promise"`
	Due      *wire.Time         `json:"due"`
	Golden   bool               `json:"golden"`
	NoSlip   bool               `json:"no_slip"`
	Counters []string           `json:"counters"` // their labels
}

// spellAnswer is a part of the day in which kiosks say one and the same.
type spellAnswer struct {
	From    queue.HM      `json:"from"`
	Until   queue.HM      `json:"until"`
	At      wire.Time     `json:"at"` // its first moment
	Figures []spellFigure `json:"figures"`
}

// spellFigure has what a kiosk is told of a service, but for the people who wait.
type spellFigure struct {
	ID      string             `json:"id"`
	Open    bool               `json:"open"`
	Reason  queue.ClosedReason `json:"reason,omitempty"`
	Opens   *wire.Time         `json:"opens,omitempty"`
	Holiday *queue.Text        `json:"holiday,omitempty"`
}

// calendarPreview tells what the calendar makes of any day, by the rules that give
// the numbers: of the settings in force, or of a draft that nobody has saved.
func (s *Server) calendarPreview(c *fiber.Ctx) error {
	p, err := s.at(c, mayManage)
	if err != nil {
		return err
	}
	var wish string
	var document json.RawMessage
	if err := decode(c.Body(), fields{"day": &wish, "settings": &document}); err != nil {
		return err
	}
	day, err := queue.ParseDay(wish)
	if err != nil {
		return refuse(queue.BadParameter, "day")
	}
	set := *p.set
	if document != nil {
		if set, err = queue.ParseSettings(document); err != nil {
			return err
		}
		if err := set.Validate(); err != nil {
			return asInvalid(err)
		}
	}
	return c.JSON(calendarOf(set, day))
}

func calendarOf(set queue.Settings, day queue.Day) calendarAnswer {
	f := set.On(day)
	a := calendarAnswer{dayAnswer: dayOf(f), Next: f.Next, Season: f.Season,
		Services: []serviceOnDay{}, Spells: []spellAnswer{}, Month: []monthAnswer{}}
	for _, service := range f.Services {
		a.Services = append(a.Services, onDay(set, service))
	}
	for _, spell := range f.Spells {
		a.Spells = append(a.Spells, spellOf(set, f, spell))
	}
	for _, m := range set.MonthOf(day) {
		a.Month = append(a.Month, monthAnswer{dayOf(m.DayFacts), orEmpty(m.Golden), orEmpty(m.NoSlip)})
	}
	return a
}

func dayOf(f queue.DayFacts) dayAnswer {
	a := dayAnswer{Day: f.Day, Like: int(f.Like), MadeUp: f.MadeUp, Holiday: f.Holiday, Name: both(f.Name), Halves: []halfAnswer{}}
	for _, h := range f.Halves {
		a.Halves = append(a.Halves, halfShown(h, 0))
	}
	return a
}

func halfShown(h queue.DayHalf, quota int) halfAnswer {
	return halfAnswer{ID: h.ID, Name: both(h.Name), Take: clockOf(h.FirstNumber(), h.Day), From: h.From,
		CutOff: clockOf(h.LastNumber(), h.Day), To: h.To, Quota: quota}
}

// clockOf writes a moment of a day as people read it; its end is 24:00.
func clockOf(t time.Time, day queue.Day) queue.HM {
	if queue.DayOf(t) != day {
		return queue.EndOfDay
	}
	return queue.HM(t.In(queue.Zone).Format("15:04"))
}

func onDay(set queue.Settings, f queue.ServiceFacts) serviceOnDay {
	a := serviceOnDay{ID: f.ID, Halves: []halfAnswer{}, Reason: f.Reason, Promise: wire.PromiseText(f.Promise),
		Due: momentOf(f.Due), Golden: f.Golden, NoSlip: f.NoSlip, Counters: []string{}}
	for _, h := range f.Halves {
		a.Halves = append(a.Halves, halfShown(h.DayHalf, h.Quota))
	}
	for _, counter := range set.Counters {
		if slices.Contains(f.Counters, counter.ID) {
			a.Counters = append(a.Counters, counter.Label)
		}
	}
	return a
}

func spellOf(set queue.Settings, f queue.DayFacts, spell queue.Spell) spellAnswer {
	a := spellAnswer{From: spell.From, Until: spell.Until, At: wire.TimeOf(spell.From.On(f.Day)), Figures: []spellFigure{}}
	for i, at := range spell.Services {
		figure := spellFigure{ID: set.Services[i].ID, Open: at.Open, Reason: at.Reason, Opens: momentOf(at.Opens)}
		if at.Reason == queue.ReasonHoliday {
			name := both(f.Name)
			figure.Holiday = &name
		}
		a.Figures = append(a.Figures, figure)
	}
	return a
}

// momentOf is a moment, or null when there is none.
func momentOf(t time.Time) *wire.Time {
	if t.IsZero() {
		return nil
	}
	at := wire.TimeOf(t)
	return &at
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// holidaysAnswer suggests the public holidays of a year.
type holidaysAnswer struct {
	Year  int             `json:"year"`
	Years []int           `json:"years"` // that can be asked for
	Items []holidayAnswer `json:"items"`
}

type holidayAnswer struct {
	From  queue.Day  `json:"from"`
	To    queue.Day  `json:"to,omitempty"`
	Name  queue.Text `json:"name"`
	Basis string     `json:"basis"`
	Open  bool       `json:"open"` // its days are settled by a decision of the year
}

// publicHolidays suggests; whoever keeps the calendar takes over what has been decided.
func (s *Server) publicHolidays(c *fiber.Ctx) error {
	p, err := s.at(c, mayManage)
	if err != nil {
		return err
	}
	years := queue.HolidayYears()
	year := c.QueryInt("year", s.Clock.Now().In(queue.Zone).Year())
	if c.Query("year") == "" {
		year = min(max(year, years[0]), years[len(years)-1])
	}
	if !slices.Contains(years, year) {
		return refuse(queue.BadParameter, "year")
	}
	a := holidaysAnswer{Year: year, Years: years, Items: []holidayAnswer{}}
	for _, h := range p.set.Calendar.PublicHolidays(year) {
		a.Items = append(a.Items, holidayAnswer{h.From, h.To, both(h.Name), h.Basis, h.Open})
	}
	return c.JSON(a)
}
