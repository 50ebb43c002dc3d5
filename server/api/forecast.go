package api

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"time"

	"motcua/server/estimate"
	"motcua/server/queue"
	"motcua/server/wire"
)

// Forecast keeps what can be said of each branch's waiting times. It learns
// from the events, and plays the hall forward once a second, and at once when a
// counter opens or closes; a take never waits for it.
type Forecast struct {
	clock queue.Clock
	view  func(string, func(*queue.State, *queue.Settings)) bool

	urgent chan struct{} // a counter opened, paused or closed: that changes everybody's time

	mu       sync.RWMutex
	branches map[string]*outlook
}

// outlook is one branch's. The live part belongs to whoever holds working.
type outlook struct {
	working sync.Mutex
	live    *estimate.Live
	set     *queue.Settings

	pending []queue.Event // to learn from
	anew    bool          // forget what was learned first
	changed bool
	at      time.Time
	queues  map[string]estimate.Params
}

// forecastEvery is how old a forecast gets when nothing happens: the clock alone
// moves it.
const forecastEvery = 10 * time.Second

func newForecast(clock queue.Clock, view func(string, func(*queue.State, *queue.Settings)) bool) *Forecast {
	return &Forecast{clock: clock, view: view, urgent: make(chan struct{}, 1), branches: map[string]*outlook{}}
}

// Reset is the feed's.
func (f *Forecast) Reset(branch string, _ *queue.State, _ *queue.Settings, events []queue.Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	o := f.outlook(branch)
	o.pending, o.anew, o.changed = events, true, true
}

// Applied is the feed's.
func (f *Forecast) Applied(branch string, _ *queue.State, _ *queue.Settings, e *queue.Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	o := f.outlook(branch)
	o.pending = append(o.pending, *e)
	o.changed = true
	switch e.Kind {
	case queue.CounterOpened, queue.CounterPausedKind, queue.CounterClosedKind:
		select {
		case f.urgent <- struct{}{}:
		default:
		}
	}
}

// Flush is the feed's.
func (f *Forecast) Flush(string) {}

func (f *Forecast) outlook(branch string) *outlook {
	o := f.branches[branch]
	if o == nil {
		o = &outlook{}
		f.branches[branch] = o
	}
	return o
}

// Run refreshes until the context ends.
func (f *Forecast) Run(ctx context.Context) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		f.Refresh()
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		case <-f.urgent:
		}
	}
}

// Refresh makes the forecasts that are due.
func (f *Forecast) Refresh() {
	now := f.clock.Now()
	f.mu.RLock()
	var due []string
	for branch, o := range f.branches {
		if o.changed || now.Sub(o.at) >= forecastEvery || now.Before(o.at) {
			due = append(due, branch)
		}
	}
	f.mu.RUnlock()
	for _, branch := range due {
		f.refresh(branch, now)
	}
}

func (f *Forecast) refresh(branch string, now time.Time) {
	f.mu.Lock()
	o := f.outlook(branch)
	events, anew := o.pending, o.anew
	o.pending, o.anew, o.changed, o.at = nil, false, false, now
	f.mu.Unlock()
	o.working.Lock()
	defer o.working.Unlock()
	var hall estimate.Hall
	known := f.view(branch, func(s *queue.State, set *queue.Settings) {
		if anew || o.live == nil {
			o.live = estimate.NewLive(set)
		} else if o.set != set {
			o.live.Settle(set)
		}
		o.set = set
		for i := range events {
			o.live.Learn(events[i])
		}
		hall = o.live.Hall(s, now)
	})
	if !known {
		return
	}
	queues := estimate.Model(hall)
	f.mu.Lock()
	o.queues = queues
	f.mu.Unlock()
}

func (f *Forecast) params(branch, id string) estimate.Params {
	f.mu.RLock()
	defer f.mu.RUnlock()
	if o := f.branches[branch]; o != nil {
		return o.queues[id]
	}
	return estimate.Params{}
}

// Interval gives the minutes for somebody in a queue with so many ahead; nil
// when nothing honest can be said.
func (f *Forecast) Interval(branch, id string, ahead int, priority bool) *wire.Interval {
	return interval(f.params(branch, id), ahead, priority)
}

func interval(p estimate.Params, ahead int, priority bool) *wire.Interval {
	low, high, ok := p.Interval(ahead, priority)
	if !ok {
		return nil
	}
	return &wire.Interval{Low: low, High: high}
}

// Stamp is what a ticket keeps of this moment, so that the answer to its take
// can be given again word for word: the policy, and the forecast of its queue.
func (f *Forecast) Stamp(branch, service string, set *queue.Settings) string {
	p := set.Policy
	return string(p.Mode) + " " + strconv.Itoa(p.N) + " " + f.params(branch, service).String()
}

// readStamp gives back what Stamp wrote; an unreadable one knows nothing.
func readStamp(stamp string) (queue.Policy, estimate.Params) {
	mode, rest, _ := strings.Cut(stamp, " ")
	n, text, _ := strings.Cut(rest, " ")
	params, err := estimate.Parse(text)
	if err != nil {
		params = estimate.Params{}
	}
	count, err := strconv.Atoi(n)
	if err != nil {
		count = 1
	}
	return queue.Policy{Mode: queue.Mode(mode), N: count}, params
}

// Told gives the wait that was told with a ticket, from what the ticket keeps of
// that moment and the line it had just joined; false when nothing was told.
func Told(set *queue.Settings, v *queue.Visit, line *queue.Line) (low, high time.Duration, ok bool) {
	if v.Forecast == "" {
		return 0, 0, false
	}
	_, params := readStamp(v.Forecast)
	i := interval(params, line.Ahead(v, *set.PolicyOf(queue.CounterSetting{})), v.IsPriority())
	if i == nil {
		return 0, 0, false
	}
	return time.Duration(i.Low) * time.Minute, time.Duration(i.High) * time.Minute, true
}
