package queue

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
)

// State is one branch's day rebuilt from its events. It decides nothing: what a
// screen shows is what the store accepted. The store's own records and this
// must agree after any sequence of commands (tested).
type State struct {
	Epoch    string
	Seq      int64
	Day      Day
	Open     bool
	Visits   map[string]*Visit
	Counters map[string]*Counter
	Bookings map[string]*Booking
	Lines    map[string]*Line // by queue id: service, or "@" + counter
	Ratings  []Transaction    // today's, in order
	Devices  map[string]*Device
	Notices  map[string]*Notice
	Prints   map[string]Print // by visit: what became of its ticket on paper
	byToken  map[[sha256.Size]byte]*Visit
	byCode   map[string]*Visit
	byNumber map[string]*Visit
}

// NewState is a branch before its first day.
func NewState(epoch string) *State {
	s := &State{Epoch: epoch, Bookings: map[string]*Booking{}, Devices: map[string]*Device{}, Notices: map[string]*Notice{}}
	s.reset()
	return s
}

func (s *State) reset() {
	s.Visits = map[string]*Visit{}
	s.Counters = map[string]*Counter{}
	s.Lines = map[string]*Line{}
	s.Ratings = nil
	s.Prints = map[string]Print{}
	s.byToken = map[[sha256.Size]byte]*Visit{}
	s.byCode = map[string]*Visit{}
	s.byNumber = map[string]*Visit{}
}

// Apply takes the next event. An event out of sequence is an error: its owner
// must read the stream again rather than show a wrong hall.
func (s *State) Apply(e Event) error {
	if e.Seq != s.Seq+1 {
		return fmt.Errorf("event %d after %d", e.Seq, s.Seq)
	}
	s.Seq = e.Seq
	switch e.Kind {
	case DayOpened:
		s.reset()
		s.Day, s.Open = e.Day, true
		s.Bookings = map[string]*Booking{}
		for i := range e.Bookings {
			s.Bookings[e.Bookings[i].Code] = &e.Bookings[i]
		}
		s.Notices = map[string]*Notice{}
		for i := range e.Notices {
			s.Notices[e.Notices[i].ID] = &e.Notices[i]
		}
	case DayClosed:
		s.Open = false
	case RatingGiven:
		if e.Rating != nil {
			s.Ratings = append(s.Ratings, *e.Rating)
		}
	}
	s.applyDevice(&e)
	s.applyNotice(&e)
	if e.Booking != nil {
		s.Bookings[e.Booking.Code] = e.Booking
	}
	if e.Counter != nil {
		s.Counters[e.Counter.ID] = e.Counter
	}
	if e.Visit != nil && e.Day == s.Day {
		s.put(e.Visit)
	}
	return nil
}

// Start sets where the day's first event follows: the sequence counts on over
// days, so a state that is rebuilt begins just before the first event it is given.
func (s *State) Start(epoch string, before int64) {
	s.Epoch, s.Seq = epoch, before
}

func (s *State) put(v *Visit) {
	if old := s.Visits[v.ID]; old != nil && old.State == Waiting {
		s.Line(old.Queue).remove(old)
	}
	s.Visits[v.ID] = v
	if v.State == Waiting {
		s.Line(v.Queue).insert(v)
	}
	s.byNumber[v.Number] = v
	if v.Token != "" {
		s.byToken[sha256.Sum256([]byte(v.Token))] = v
	}
	if v.Code != "" {
		s.byCode[v.Code] = v
	}
}

// Find looks a visit of today up; nil if there is none.
func (s *State) Find(by Index, value string) *Visit {
	switch by {
	case ByToken:
		return s.ofToken(value)
	case ByCode:
		return s.byCode[value]
	case ByNumber:
		return s.byNumber[value]
	}
	return nil
}

// ofToken finds the visit of a token in a time that tells nothing of any token:
// the map compares hashes, which a guess cannot steer letter by letter, and the
// secret itself is compared in constant time.
func (s *State) ofToken(token string) *Visit {
	v := s.byToken[sha256.Sum256([]byte(token))]
	if v == nil || subtle.ConstantTimeCompare([]byte(v.Token), []byte(token)) != 1 {
		return nil
	}
	return v
}

// Line gives a queue, made empty if nobody stood in it yet.
func (s *State) Line(id string) *Line {
	l := s.Lines[id]
	if l == nil {
		l = &Line{}
		s.Lines[id] = l
	}
	return l
}

// Waiting counts the visits that wait for a service, those sent to one counter included.
func (s *State) Waiting(service string) int {
	n := 0
	for id, l := range s.Lines {
		if id == service {
			n += l.Len()
		} else if len(id) > 0 && id[0] == '@' {
			n += l.countService(service)
		}
	}
	return n
}

// CounterOf gives a counter's state, closed when nobody opened it today.
func (s *State) CounterOf(id string) Counter {
	if c := s.Counters[id]; c != nil {
		return *c
	}
	return Counter{ID: id, State: CounterClosed}
}
