package report_test

import (
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The recount is a program of its own that reads a hall's events as they are, line
// by line, and counts with plain loops what a report says. It knows the events'
// JSON and the words of the product, and shares nothing with the history, its
// tables or the reports: what both say is not one mistake made twice.

// line is what the recount reads of an event.
type line struct {
	Kind, At, Day, Verb, Undoes, From string
	OutOfTurn                         bool `json:"out_of_turn"`
	Visit                             *struct {
		ID, Service, State, Priority, Origin, Counter, Outcome, Reason, Taken, Booked, Q string
		Tx                                                                               int
	}
	Counter *struct{ ID, State, Reason, Since string }
	Rating  *struct {
		ID, Source string
		Level      int
	}
	Reasons []string
}

func ms(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}

// story is what became of a visit.
type story struct {
	day, service, origin, priority, state, counter   string
	taken                                            int64
	called                                           bool
	wait                                             int64
	recalls, noShows, transfers, pingPong, outOfTurn int
	again                                            bool
	now                                              string   // the service it stands for at the moment
	left                                             []string // where it was sent away from
	servings                                         []serving
}

type serving struct {
	id, service, counter string
	began, ended         int64
	received             int64 // when the visit was first served for this service
	how, outcome         string
}

// mark is a rating.
type mark struct {
	level   int
	source  string
	reasons []string
}

// stay is a counter's state from a moment on.
type stay struct {
	from          int64
	state, reason string
}

// recount holds what was read.
type recount struct {
	stories map[string]*story
	before  map[string][]moment // how a visit was before each command
	marks   map[string]mark     // by transaction
	stays   map[string][]stay   // by day and counter
	events  int
}

type moment struct {
	verb string
	was  story
}

func read(in io.Reader) (*recount, error) {
	r := &recount{stories: map[string]*story{}, before: map[string][]moment{}, marks: map[string]mark{}, stays: map[string][]stay{}}
	lines := json.NewDecoder(in)
	for {
		var e line
		if err := lines.Decode(&e); err == io.EOF {
			return r, nil
		} else if err != nil {
			return r, err
		}
		r.events++
		if e.Visit != nil && e.Verb != "note" {
			r.visit(&e)
		}
		if e.Counter != nil {
			r.counter(&e)
		}
		if e.Rating != nil {
			r.marks[e.Rating.ID] = mark{e.Rating.Level, e.Rating.Source, e.Reasons}
		}
	}
}

func (r *recount) visit(e *line) {
	v := e.Visit
	s := r.stories[v.ID]
	if s == nil {
		s = &story{day: e.Day, service: v.Service, now: v.Service, origin: v.Origin, taken: ms(v.Taken)}
		r.stories[v.ID] = s
	}
	if e.Kind == "ticket.undone" {
		r.takenBack(s, e)
	} else {
		kept := *s
		kept.left, kept.servings = slices.Clone(s.left), slices.Clone(s.servings)
		r.before[v.ID] = append(r.before[v.ID], moment{e.Verb, kept})
		s.goesOn(e)
	}
	s.state, s.priority = v.State, v.Priority
	if v.Counter != "" {
		s.counter = v.Counter
	}
}

// takenBack makes a visit what it was before the command that is undone.
func (r *recount) takenBack(s *story, e *line) {
	list := r.before[e.Visit.ID]
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].verb == e.Undoes {
			*s = list[i].was
			r.before[e.Visit.ID] = list[:i]
			return
		}
	}
}

func (s *story) goesOn(e *line) {
	at := ms(e.At)
	switch e.Kind {
	case "ticket.called":
		// A walk-in was served before any call; who is called before the booked time did not wait.
		if !s.called && len(s.servings) == 0 {
			s.called, s.wait = true, max(0, at-max(s.taken, ms(e.Visit.Booked)))
		}
		if e.OutOfTurn {
			s.outOfTurn++
		}
	case "ticket.recalled":
		s.recalls++
	case "ticket.no_show":
		s.noShows++
	case "ticket.serving":
		x := serving{id: e.Visit.ID + "." + strconv.Itoa(e.Visit.Tx), service: e.Visit.Service, counter: e.Counter.ID, began: at, received: at}
		for i := len(s.servings) - 1; i >= 0; i-- { // the serving before it for the same service, if there was one
			if before := s.servings[i]; before.service == x.service {
				x.received = before.received // what is promised is promised once
				if before.how != "parked" {
					s.again = true
				}
				break
			}
		}
		s.servings = append(s.servings, x)
	case "ticket.parked":
		s.stops(at, "parked", "")
	case "ticket.transferred":
		s.stops(at, "transferred", "")
		if e.Verb != "close" {
			s.sent(e)
		}
	case "ticket.ended":
		s.stops(at, e.Visit.Reason, e.Visit.Outcome)
		if e.Visit.Outcome == "supplement" {
			s.again = true
		}
	}
}

func (s *story) stops(at int64, how, outcome string) {
	if n := len(s.servings); n > 0 && s.servings[n-1].ended == 0 {
		s.servings[n-1].ended, s.servings[n-1].how, s.servings[n-1].outcome = at, how, outcome
	}
}

// sent is a transfer somebody decided: back where it was sent away from, it is a ping-pong.
func (s *story) sent(e *line) {
	s.transfers++
	to := e.Visit.Service
	if strings.HasPrefix(e.Visit.Q, "@") {
		to = e.Visit.Q
	} else {
		s.left = append(s.left, s.now)
	}
	if slices.Contains(s.left, to) {
		s.pingPong++
	}
	s.left = append(s.left, "@"+e.From)
	s.now = e.Visit.Service
}

// counter notes what a counter does. A record that is older than the last one came
// by an undo: what began after it did not happen.
func (r *recount) counter(e *line) {
	key := e.Day + " " + e.Counter.ID
	list, from := r.stays[key], ms(e.Counter.Since)
	if from == 0 {
		from = ms(e.At)
	}
	for len(list) > 0 && list[len(list)-1].from > from {
		list = list[:len(list)-1]
	}
	if n := len(list); n == 0 || list[n-1].from < from || list[n-1].state != e.Counter.State {
		list = append(list, stay{from, e.Counter.State, e.Counter.Reason})
	}
	r.stays[key] = list
}

// at is a moment's place in a day: the hall's zone is seven hours before Greenwich
// all the year.
func hourAt(moment int64) int { return int((moment/3600000 + 7) % 24) }

func weekdayOf(t *testing.T, day string) int {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	return int(d.Weekday())
}
