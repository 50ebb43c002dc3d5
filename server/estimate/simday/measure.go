package simday

import (
	"time"

	"motcua/server/estimate"
	"motcua/server/queue"
)

// sample is one question "how long still?" with its answers and, later, the truth.
type sample struct {
	atTake    bool
	priority  bool
	said      bool // the forecast said something
	overLunch bool
	low, high int
	naive     float64 // people ahead x mean service time
	shared    float64 // the same, divided by the counters open for the service
	asked     time.Time
	truth     float64
}

type samples struct {
	open  map[string][]sample // by visit, while it waits
	known []sample
}

func newSamples() *samples { return &samples{open: map[string][]sample{}} }

// called fills in the truth for everything asked about a visit.
func (s *samples) called(visit string, now time.Time) {
	for _, x := range s.open[visit] {
		x.truth = now.Sub(x.asked).Minutes()
		x.overLunch = x.asked.Before(clock(11, 30)) && now.After(clock(13, 0))
		s.known = append(s.known, x)
	}
	delete(s.open, visit)
}

// askAll asks for everybody who waits, as their phones do.
func (d *day) askAll() {
	all := d.live.Forecast(d.state, d.now)
	for _, c := range d.settings.Counters {
		d.askLine("@"+c.ID, all)
	}
	for _, s := range d.settings.Services {
		d.askLine(s.ID, all)
	}
}

func (d *day) askLine(id string, all map[string]estimate.Params) {
	l := d.state.Line(id)
	for _, part := range [][]*queue.Visit{l.Front, l.Priority, l.Others} {
		for _, v := range part {
			d.ask(v, all[id], false)
		}
	}
}

// ask puts one question. The answer goes through the text that the store keeps.
func (d *day) ask(v *queue.Visit, params estimate.Params, atTake bool) {
	ahead := d.state.Line(v.Queue).Ahead(v, queue.Policy{Mode: d.settings.Policy.Mode, N: d.settings.Policy.N})
	x := sample{atTake: atTake, priority: v.IsPriority(), asked: d.now}
	kept, err := estimate.Parse(params.String())
	if err != nil {
		panic(err) // the package does not read its own text
	}
	x.low, x.high, x.said = kept.Interval(ahead, v.IsPriority())
	x.naive = float64(ahead) * d.live.Times.Mean(v.Service)
	x.shared = x.naive / float64(max(d.counters(v.Service), 1))
	d.samples.open[v.ID] = append(d.samples.open[v.ID], x)
}

// counters counts those open for a service.
func (d *day) counters(service string) int {
	n := 0
	for i, c := range d.settings.Counters {
		switch d.counter(i).State {
		case queue.CounterOpen, queue.CounterCalling, queue.CounterServing:
			if has(c.Services, service) {
				n++
			}
		}
	}
	return n
}
