package estimate

import (
	"math"

	"motcua/server/queue"
)

const (
	minute = 60_000.0 // milliseconds

	// A setting's typical time is believed like this many servings, and one
	// serving is forgotten at this rate: after forgetAfter newer ones it counts
	// a third.
	priorWeight = 4.0
	forgetAfter = 40.0
	priorSpread = 0.45 // standard deviation of a serving, as a share of its mean, until the hall knows better

	defaultTypical = 10.0 // minutes, for a service without a setting
	longestGap     = 5 * minute
	longestPause   = int64(45 * minute)
)

// Times is what the hall knows of its own pace: how long a visit keeps a
// counter, by service, how long clerks take between two visits, how many called
// visitors do not come, and how often priority visits arrive. It is not safe for
// concurrent use.
type Times struct {
	services map[string]*pace
	gap      pace               // between the end of one visit and the next call
	absent   pace               // from a call to giving the visitor up
	pause    pace               // from a pause to the next opening
	noShow   share              // of the calls, those nobody came for
	again    share              // of the servings, those after which the visitor waits once more
	pauses   share              // a minute of serving
	counters map[string]spell   // what each counter has been doing
	arrivals map[string]*stream // of priority visits, by service
}

// pace is a mean and a spread that lean on a guess while there is little to go by.
type pace struct {
	guess, spread float64 // minutes; share of the mean
	weight        float64
	sum, squares  float64
}

// stream is a rate of arrivals that forgets with the time constant rateMemory.
type stream struct {
	rate float64 // a minute, as of at
	at   int64
}

const rateMemory = 40 * minute

// NewTimes starts from the services' typical times.
func NewTimes(services []queue.ServiceSetting) *Times {
	t := &Times{
		services: map[string]*pace{},
		gap:      pace{guess: 0.3, spread: 0.8},
		absent:   pace{guess: 2, spread: 0.5},
		counters: map[string]spell{},
		arrivals: map[string]*stream{},
		pause:    pace{guess: 12, spread: 0.6},
		noShow:   share{1, 25},
		again:    share{1, 40},
		pauses:   share{4, 800},
	}
	for _, s := range services {
		t.services[s.ID] = newPace(s.Typical)
	}
	return t
}

// settle takes new typical times and keeps what was seen.
func (t *Times) settle(services []queue.ServiceSetting) {
	for _, s := range services {
		if s.Typical > 0 {
			t.of(s.ID).guess = s.Typical
		}
	}
}

func newPace(typical float64) *pace {
	if typical <= 0 {
		typical = defaultTypical
	}
	return &pace{guess: typical, spread: priorSpread}
}

// Add tells how many minutes one visit kept a counter, from its call to its end.
func (t *Times) Add(service string, minutes float64) { t.of(service).add(minutes) }

// Mean is the time in minutes that a visit of a service is expected to take.
func (t *Times) Mean(service string) float64 { return t.of(service).mean() }

func (t *Times) of(service string) *pace {
	p := t.services[service]
	if p == nil {
		p = newPace(0)
		t.services[service] = p
	}
	return p
}

func (p *pace) add(x float64) {
	// A visit nobody ended must not spoil the day: it counts as a long one.
	x = min(max(x, 0), 5*p.mean()+1)
	keep := 1 - 1/forgetAfter
	p.weight = p.weight*keep + 1
	p.sum = p.sum*keep + x
	p.squares = p.squares*keep + x*x
}

func (p *pace) mean() float64 {
	return (priorWeight*p.guess + p.sum) / (priorWeight + p.weight)
}

// deviation is the standard deviation of one value, in minutes.
func (p *pace) deviation() float64 {
	m := p.mean()
	seen := p.squares - 2*m*p.sum + m*m*p.weight
	expected := priorWeight * (p.spread * m) * (p.spread * m)
	return math.Sqrt(max(seen+expected, 0) / (priorWeight + p.weight))
}

// doubt is the standard error of the mean, as a share of it.
func (p *pace) doubt() float64 {
	m := p.mean()
	if m <= 0 {
		return 0
	}
	return p.deviation() / m / math.Sqrt(priorWeight/2+p.weight)
}

// share counts how often something happens, from a guess on.
type share struct{ count, of float64 }

func (s share) value() float64 { return s.count / s.of }

// arrive notes a priority visit.
func (t *Times) arrive(service string, at int64) {
	s := t.arrivals[service]
	if s == nil {
		s = &stream{at: at}
		t.arrivals[service] = s
	}
	s.rate = s.now(at) + minute/rateMemory
	s.at = at
}

// priorityRate is how many priority visits a minute come for a service.
func (t *Times) priorityRate(service string, now int64) float64 {
	s := t.arrivals[service]
	if s == nil {
		return 0
	}
	return s.now(now)
}

func (s *stream) now(at int64) float64 {
	return s.rate * math.Exp(-float64(max(at-s.at, 0))/rateMemory)
}
