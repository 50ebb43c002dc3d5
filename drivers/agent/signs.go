package agent

import (
	"sync"
	"time"

	"motcua/drivers/panel"
	"motcua/server/queue"
	"motcua/server/wire"
)

// signs keeps what hangs at counters showing what the counters are: numbers on
// panels and keypads, and the lamp of a pad that may be pressed.
type signs struct {
	mu       sync.Mutex
	now      func() time.Time
	seq      int64
	units    []signUnit
	counters map[string]wire.CounterInfo
	serves   map[string][]string // counter -> its services
	waiting  map[string]int      // service -> waiting
	shown    map[int]panel.Sign  // by place in units
	invited  map[int]string      // the transaction a pad was last told of
}

// signUnit is one unit that can show something.
type signUnit struct {
	counter string
	rates   bool
	show    func(panel.Sign)
	invite  func() // lets a pad ask for a rating
}

func newSigns(now func() time.Time) *signs {
	return &signs{now: now, counters: map[string]wire.CounterInfo{}, serves: map[string][]string{},
		waiting: map[string]int{}, shown: map[int]panel.Sign{}, invited: map[int]string{}}
}

func (s *signs) wanted() bool { return len(s.units) > 0 }

// snapshot takes the whole hall, unless it is older than what is known.
func (s *signs) snapshot(seq int64, state *wire.State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seq = seq
	for _, c := range state.Counters {
		s.counters[c.ID] = c
	}
	for _, c := range state.Branch.Counters {
		s.serves[c.ID] = c.Services
	}
	s.count(state.Figures.Services)
	s.draw()
}

// counter takes one counter's change; invited tells that its clerk asked for a rating.
func (s *signs) counter(seq int64, c wire.CounterInfo, invited bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if seq <= s.seq {
		return
	}
	s.seq = seq
	s.counters[c.ID] = c
	for i, u := range s.units {
		if invited && u.counter == c.ID {
			delete(s.invited, i)
		}
	}
	s.draw()
}

func (s *signs) figures(list []wire.ServiceFigure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count(list)
	s.draw()
}

func (s *signs) count(list []wire.ServiceFigure) {
	for _, f := range list {
		s.waiting[f.ID] = f.Waiting
	}
}

// draw tells each unit what has changed for it, and nothing else: a bus is slow.
func (s *signs) draw() {
	for i, u := range s.units {
		c, known := s.counters[u.counter]
		if !known {
			continue
		}
		sign := panel.Sign{Number: c.Number, State: c.State, Blink: c.State == queue.CounterCalling}
		for _, service := range s.serves[u.counter] {
			sign.Waiting += s.waiting[service]
		}
		if old, was := s.shown[i]; !was || old != sign {
			s.shown[i] = sign
			u.show(sign)
		}
		if u.rates && s.mayRate(c) && s.invited[i] != c.Rate.Tx {
			s.invited[i] = c.Rate.Tx
			u.invite()
		}
	}
}

// rateWindow is how long a keypad may rate after a transaction's end (product: 30 s).
const rateWindow = 30 * time.Second

func (s *signs) mayRate(c wire.CounterInfo) bool {
	if c.Rate == nil || c.Rate.Rated {
		return false
	}
	from, err := time.Parse(time.RFC3339, string(c.Rate.From))
	return err == nil && s.now().Sub(from) < rateWindow
}
