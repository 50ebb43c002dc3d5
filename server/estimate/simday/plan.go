// Package simday plays days of a one-stop hall, to measure waiting-time
// forecasts against what then happened. It has its own hall, written without
// regard to the forecast's assumptions: clerks differ in speed, open late, go
// away unannounced; cases turn out hard; visitors do not come or are sent on.
package simday

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"motcua/server/queue"
)

// Size is how big a hall is.
type Size int

// The sizes of halls, after the volumes that wards and provincial centres report.
const (
	Ward     Size = iota // 80-300 visits, 6-12 counters
	Province             // 1,000 visits, 30 counters
)

// kind is a family of services with the minutes that four of five servings take.
type kind struct {
	name      string
	low, high float64
	share     float64 // of the visits
}

var kinds = []kind{
	{"chung-thuc", 3, 8, 0.30},
	{"ho-tich", 10, 20, 0.16},
	{"dat-dai", 15, 30, 0.12},
	{"tra-ket-qua", 2, 4, 0.20},
	{"cu-tru", 5, 12, 0.10},
	{"bao-tro", 8, 18, 0.07},
	{"kinh-doanh", 10, 22, 0.05},
}

func (k kind) mean() float64 { return (k.low + k.high) / 2 * 0.97 }

// plan is a hall and what will come on its day.
type plan struct {
	rng      *rand.Rand
	settings queue.Settings
	kinds    map[string]kind
	truth    map[string]float64 // true mean by service, minutes
	speed    []float64          // by counter: above 1 is slower
	visits   int
}

func newPlan(seed uint64, size Size) *plan {
	p := &plan{rng: rand.New(rand.NewPCG(seed, uint64(size)+7)), kinds: map[string]kind{}, truth: map[string]float64{}}
	p.settings = queue.Settings{
		ID:       "sim",
		Policy:   queue.PolicySetting{Mode: queue.Interleave, N: 2, MaxWait: 60},
		Calendar: calendar(),
	}
	counters, copies := 6+p.rng.IntN(7), 1
	if size == Province {
		counters, copies = 30, 2
	}
	p.addServices(copies)
	p.addCounters(counters, copies)
	p.visits = p.load(counters, size)
	return p
}

func calendar() queue.Calendar {
	c := queue.Calendar{Halves: []queue.Half{
		{ID: "am", From: "07:30", To: "11:30", CutOff: "11:00", Take: "07:10"},
		{ID: "pm", From: "13:30", To: "17:00", CutOff: "16:30", Take: "13:10"},
	}}
	for d := range 7 {
		c.Week = append(c.Week, queue.WeekDay{Day: d})
	}
	return c
}

func (p *plan) addServices(copies int) {
	for i := range copies {
		for _, k := range kinds {
			id := fmt.Sprintf("%s-%d", k.name, i+1)
			// This hall's cases are harder or easier than elsewhere, and nobody
			// has told the settings.
			mean := k.mean() * p.between(0.85, 1.2)
			p.truth[id], p.kinds[id] = mean, k
			p.settings.Services = append(p.settings.Services, queue.ServiceSetting{ID: id,
				Prefix: string(rune('A' + len(p.settings.Services))), Typical: math.Round(k.mean() * p.between(0.8, 1.25))})
		}
	}
}

// addCounters gives every counter two to four services, neighbours in the list,
// so that queues overlap as they do in real halls.
func (p *plan) addCounters(n, copies int) {
	services := p.settings.Services
	work := make([]float64, len(services))
	for i, s := range services {
		work[i] = p.truth[s.ID] * p.kinds[s.ID].share / float64(copies)
	}
	for i := range n {
		c := queue.CounterSetting{ID: fmt.Sprint(i + 1), Label: fmt.Sprintf("%02d", i+1)}
		width := 2 + p.rng.IntN(3)
		from := p.neediest(work)
		for j := range width {
			at := (from + j) % len(services)
			c.Services = append(c.Services, services[at].ID)
			work[at] *= 1 - 0.6/float64(width)
		}
		p.settings.Counters = append(p.settings.Counters, c)
		p.speed = append(p.speed, p.between(0.82, 1.22))
	}
	p.cover()
}

// cover makes sure that every service has two counters.
func (p *plan) cover() {
	for _, s := range p.settings.Services {
		for n := len(p.settings.CountersOf(s.ID, "2026-11-23")); n < 2; n++ {
			for {
				c := &p.settings.Counters[p.rng.IntN(len(p.settings.Counters))]
				if !has(c.Services, s.ID) {
					c.Services = append(c.Services, s.ID)
					break
				}
			}
		}
	}
}

func has(list []string, id string) bool {
	for _, s := range list {
		if s == id {
			return true
		}
	}
	return false
}

func (p *plan) neediest(work []float64) int {
	best := 0
	for i, w := range work {
		if w > work[best] {
			best = i
		}
	}
	return best
}

// load chooses how many visits come: between a calm day and a crowded one.
func (p *plan) load(counters int, size Size) int {
	if size == Province {
		return 1000
	}
	mean := 0.0
	for _, k := range kinds {
		mean += k.share * k.mean()
	}
	n := int(float64(counters) * 450 * p.between(0.6, 0.95) / (mean + 1))
	return min(max(n, 80), 300)
}

func (p *plan) between(low, high float64) float64 { return low + (high-low)*p.rng.Float64() }

// exponential draws a time with that mean.
func (p *plan) exponential(mean float64) float64 { return p.rng.ExpFloat64() * mean }

// serving draws how many minutes a visit is served: a gamma whose four-of-five
// range is the kind's, times the clerk's speed; some cases take twice as long.
func (p *plan) serving(service string, counter int) float64 {
	k := p.kinds[service]
	spread := (k.high - k.low) / 2.56 / k.mean()
	shape := max(int(math.Round(1/(spread*spread))), 1)
	sum := 0.0
	for range shape {
		sum += p.rng.ExpFloat64()
	}
	t := p.truth[service] * sum / float64(shape) * p.speed[counter]
	if p.rng.Float64() < 0.04 {
		t *= 2
	}
	return t
}

// day of the simulation: a Monday like any other.
var start = time.Date(2026, 11, 23, 0, 0, 0, 0, queue.Zone)

func clock(hour, minute float64) time.Time {
	return start.Add(time.Duration((hour*60 + minute) * float64(time.Minute)))
}

// arrival draws when a visitor comes: a quarter in the half hour about opening, a second
// smaller peak after lunch, the rest spread over the day.
func (p *plan) arrival() time.Time {
	switch x := p.rng.Float64(); {
	case x < 0.25:
		return clock(7, p.between(15, 45))
	case x < 0.62:
		return clock(7, p.between(45, 240))
	case x < 0.72:
		return clock(13, p.between(10, 45))
	}
	return clock(13, p.between(45, 210))
}

// service draws what a visitor comes for.
func (p *plan) service() string {
	x := p.rng.Float64()
	copies := len(p.settings.Services) / len(kinds)
	at := p.rng.IntN(copies) * len(kinds)
	for i, k := range kinds {
		if x -= k.share; x < 0 {
			return p.settings.Services[at+i].ID
		}
	}
	return p.settings.Services[at].ID
}
