package api

import (
	"cmp"
	"time"

	"motcua/server/queue"
	"motcua/server/wire"
)

// floorAnswer is the hall as it works now, for whoever heads it.
type floorAnswer struct {
	Day      queue.Day      `json:"day"`
	Open     bool           `json:"open"`
	Now      wire.Time      `json:"now"`
	Half     *floorHalf     `json:"half"` // the one being worked; null outside all, and where the hall never closes
	Services []floorService `json:"services"`
	Counters []floorCounter `json:"counters"`
	Devices  []floorDevice  `json:"devices"`
	Alerts   []alert        `json:"alerts"`
}

type floorHalf struct {
	ID   string     `json:"id"`
	Name queue.Text `json:"name"`
	From queue.HM   `json:"from"`
	To   queue.HM   `json:"to"`
	Ends wire.Time  `json:"ends"`
}

// floorService is one service's queue. Minutes are whole ones that have passed.
type floorService struct {
	ID       string         `json:"id"`
	Open     bool           `json:"open"`
	Reason   string         `json:"reason"`
	Waiting  int            `json:"waiting"`
	Longest  *longestWait   `json:"longest"`
	Target   int            `json:"target"`   // minutes
	Late     int            `json:"late"`     // of the waiting, beyond the target
	Estimate *wire.Interval `json:"estimate"` // minutes, for who comes now
	// ExpectedEnd is when all who wait will have been served: when somebody who came
	// now would be called. Empty when nothing honest can be said.
	ExpectedEnd wire.Time `json:"expected_end"`
	Fits        bool      `json:"fits"` // that is before the service's half-day ends, as far as is known
	Served      int       `json:"served"`
	Counters    []string  `json:"counters"` // that are open and serve it

	ends, end time.Time
}

type longestWait struct {
	Number  string    `json:"number"`
	Since   wire.Time `json:"since"`
	Minutes int       `json:"minutes"`

	at time.Time
}

type floorCounter struct {
	ID       string             `json:"id"`
	Label    string             `json:"label"`
	State    queue.CounterState `json:"state"`
	Since    wire.Time          `json:"since"`
	Clerk    string             `json:"clerk"`
	Number   string             `json:"number"`
	Reason   string             `json:"reason"` // of a pause
	Served   int                `json:"served"` // transactions that ended today
	Idle     int                `json:"idle"`   // seconds it stood open without anybody today
	Services []string           `json:"services"`

	at     time.Time // start of the state
	wanted time.Time // since when somebody waits whom it could call; zero when nobody does
}

type floorDevice struct {
	ID      string            `json:"id"`
	Kind    string            `json:"kind"`
	State   queue.DeviceState `json:"state"`
	Counter string            `json:"counter"`
	Since   wire.Time         `json:"since"`
	Detail  string            `json:"detail"`

	at time.Time
}

// floorOf gives the hall of a moment. It changes nothing of what it is given.
func floorOf(st *queue.State, set *queue.Settings, figures []wire.ServiceFigure, did todayFacts, now time.Time) floorAnswer {
	f := floorAnswer{Day: st.Day, Open: st.Open, Now: wire.TimeOf(now), Services: []floorService{}, Counters: []floorCounter{}, Devices: []floorDevice{}}
	if h, working := set.Calendar.HalfAt(now); working && !set.Calendar.Always {
		f.Half = &floorHalf{ID: h.ID, Name: both(h.Name), From: h.From, To: h.To, Ends: wire.TimeOf(h.Ends())}
	}
	lines := waitingLines(st)
	for i := range set.Services {
		f.Services = append(f.Services, serviceOnFloor(st, set, &set.Services[i], figures, lines, now))
	}
	for i := range set.Counters {
		c := counterOnFloor(st, set, &set.Counters[i], lines, did, now)
		f.Counters = append(f.Counters, c)
	}
	for _, d := range wire.DevicesOf(st) {
		f.Devices = append(f.Devices, floorDevice{ID: d.ID, Kind: d.Kind, State: d.State, Counter: d.Counter,
			Since: wire.TimeOf(d.Since.Time()), Detail: d.Detail, at: d.Since.Time()})
	}
	f.Alerts = alertsOf(&f, set.Report.Alerts, did.low, now)
	return f
}

// waitingLines lists who waits, by queue: a service's, or that of one counter.
func waitingLines(st *queue.State) map[string][]*queue.Visit {
	lines := map[string][]*queue.Visit{}
	for _, v := range st.Visits {
		if v.State == queue.Waiting {
			lines[v.Queue] = append(lines[v.Queue], v)
		}
	}
	return lines
}

// waitsSince is from when a visit waits: it came, or its booked time, or it was
// sent on after a call.
func waitsSince(v *queue.Visit) time.Time {
	since := v.Taken.Time()
	for _, m := range []queue.Millis{v.Booked, v.Called} {
		if t := m.Time(); t.After(since) {
			since = t
		}
	}
	return since
}

func serviceOnFloor(st *queue.State, set *queue.Settings, service *queue.ServiceSetting, figures []wire.ServiceFigure,
	lines map[string][]*queue.Visit, now time.Time) floorService {
	f := floorService{ID: service.ID, Target: service.WaitTarget, Fits: true, Counters: []string{}}
	for i := range figures {
		if figures[i].ID == service.ID {
			f.Open, f.Reason, f.Estimate = figures[i].Open, figures[i].Reason, figures[i].Estimate
		}
	}
	for _, line := range lines {
		for _, v := range line {
			if v.Service == service.ID {
				f.wait(v, now)
			}
		}
	}
	for _, v := range st.Visits {
		if v.Service == service.ID && v.State == queue.Ended && v.Tx > 0 {
			f.Served++
		}
	}
	for _, id := range set.CountersOf(service.ID, queue.DayOf(now)) {
		if st.CounterOf(id).State != queue.CounterClosed {
			f.Counters = append(f.Counters, id)
		}
	}
	f.ends = set.ServedUntil(service.ID, now)
	f.expect(now)
	return f
}

// wait counts somebody who waits.
func (f *floorService) wait(v *queue.Visit, now time.Time) {
	f.Waiting++
	since := waitsSince(v)
	minutes := int(now.Sub(since) / time.Minute)
	if now.Sub(since) > time.Duration(f.Target)*time.Minute {
		f.Late++
	}
	if f.Longest == nil || since.Before(f.Longest.at) || since.Equal(f.Longest.at) && v.Number < f.Longest.Number {
		f.Longest = &longestWait{Number: v.Number, Since: wire.TimeOf(since), Minutes: max(0, minutes), at: since}
	}
}

// expect says when those who wait will have been served, and whether that is in time.
func (f *floorService) expect(now time.Time) {
	if f.Waiting == 0 {
		return
	}
	if f.Estimate != nil {
		f.end = now.Add(time.Duration(f.Estimate.Low+f.Estimate.High) * time.Minute / 2)
		f.ExpectedEnd = wire.TimeOf(f.end)
	}
	switch {
	case f.ends.IsZero():
	case !f.end.IsZero():
		f.Fits = !f.end.After(f.ends)
	default: // nobody serves them, as far as is known
		f.Fits = len(f.Counters) > 0
	}
}

func counterOnFloor(st *queue.State, set *queue.Settings, counter *queue.CounterSetting, lines map[string][]*queue.Visit,
	did todayFacts, now time.Time) floorCounter {
	c := st.CounterOf(counter.ID)
	f := floorCounter{ID: c.ID, Label: counter.Label, State: c.State, Since: wire.TimeOf(c.Since.Time()), Clerk: cmp.Or(c.Seat.Name, counter.Clerk),
		Number: c.Number, Reason: c.Reason, Services: set.ServicesOf(*counter, queue.DayOf(now)), at: c.Since.Time()}
	f.Served = did.served[c.ID]
	idle := did.idle[c.ID]
	if c.State == queue.CounterServing {
		f.Served-- // the one that still lasts
	}
	if c.State == queue.CounterOpen && !f.at.IsZero() {
		idle += now.Sub(f.at)
	}
	f.Served, f.Idle = max(0, f.Served), max(0, int(idle/time.Second))
	for _, id := range append([]string{"@" + c.ID}, f.Services...) {
		for _, v := range lines[id] {
			if since := waitsSince(v); f.wanted.IsZero() || since.Before(f.wanted) {
				f.wanted = since
			}
		}
	}
	return f
}
