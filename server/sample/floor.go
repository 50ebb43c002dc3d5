package sample

import (
	"fmt"
	"strconv"

	"motcua/server/queue"
)

// floor keeps a hall's records and writes its events. Each verb does what the
// store does for it, record by record; a test compares the two.
type floor struct {
	set      *queue.Settings
	services map[string]*queue.ServiceSetting
	counters map[string]*queue.CounterSetting
	state    *queue.State
	all      []string // every queue, in the order of the settings

	day      queue.Day
	now      int64 // milliseconds; never runs backwards
	stamp    queue.Millis
	events   []queue.Event
	arrivals int
	numbers  map[string]int // by prefix
	given    map[string]int // by day, service and half-day
	txs      map[string]*queue.Transaction
	last     map[string]*taken // what undo would take back, by counter
	refs     map[string][]queue.QueueRef
	policies map[string]*queue.Policy
}

func newFloor(set *queue.Settings) *floor {
	f := &floor{set: set, services: map[string]*queue.ServiceSetting{}, counters: map[string]*queue.CounterSetting{},
		state: queue.NewState("sample"), given: map[string]int{}, policies: map[string]*queue.Policy{}}
	for i := range set.Services {
		f.services[set.Services[i].ID] = &set.Services[i]
		f.all = append(f.all, set.Services[i].ID)
	}
	for i := range set.Counters {
		c := &set.Counters[i]
		f.counters[c.ID], f.policies[c.ID] = c, set.PolicyOf(*c)
		f.all = append(f.all, queue.OwnQueue(c.ID))
	}
	return f
}

func (f *floor) at(ms int64) {
	if ms > f.now {
		f.now = ms
		f.stamp = queue.Millis(strconv.FormatInt(ms, 10))
	}
}

// tell writes an event with copies of the records it changed.
func (f *floor) tell(e queue.Event, v *queue.Visit, c *queue.Counter) {
	e.Seq, e.At, e.Day = f.state.Seq+1, f.stamp, f.day
	if v != nil {
		copied := *v
		e.Visit = &copied
	}
	if c != nil {
		copied := *c
		e.Counter = &copied
	}
	f.events = append(f.events, e)
	if err := f.state.Apply(e); err != nil {
		panic(err) // a fault of this program: events are numbered a few lines above
	}
}

// visit and counter give copies of the records as they are.
func (f *floor) visit(id string) queue.Visit { return *f.state.Visits[id] }

func (f *floor) counter(id string) queue.Counter { return f.state.CounterOf(id) }

// wish is what somebody wants a number for.
type wish struct {
	service, priority, procedure, lang string
	forecast                           string // what the ticket keeps of the wait it told
	by                                 string
}

// allowed counts a number towards its half-day; false when none is given now.
func (f *floor) allowed(service string) bool {
	a := f.set.ServiceAt(service, queue.Millis(f.stamp).Time())
	key := string(f.day) + service + a.Half
	if !a.Open || a.Quota > 0 && f.given[key] >= a.Quota {
		return false
	}
	f.given[key]++
	return true
}

// take gives out a number; false when the service gives none now.
func (f *floor) take(w wish) (queue.Visit, bool) {
	if !f.allowed(w.service) {
		return queue.Visit{}, false
	}
	v := f.issue(w, queue.Waiting, "kiosk")
	f.tell(queue.Event{Kind: queue.TicketTaken, Verb: queue.Take, By: w.by}, &v, nil)
	return v, true
}

func (f *floor) issue(w wish, state queue.VisitState, origin string) queue.Visit {
	s := f.services[w.service]
	f.numbers[s.Prefix]++
	f.arrivals++
	number := fmt.Sprintf("%s%03d", s.Prefix, f.numbers[s.Prefix])
	return queue.Visit{ID: f.idOf(number), Number: number, Service: w.service, State: state, Priority: w.priority, Queue: w.service,
		Order: f.order(), Procedure: w.procedure, Lang: w.lang, Forecast: w.forecast, Origin: origin, Taken: f.stamp, Revision: 1}
}

// idOf is a visit's id: its day and its number.
func (f *floor) idOf(number string) string {
	return string(f.day[2:4]) + string(f.day[5:7]) + string(f.day[8:10]) + "-" + number
}

func (f *floor) order() string { return fmt.Sprintf("%s.%06d", f.stamp, f.arrivals) }

// shifted moves an order string in time by ms.
func shifted(order string, ms int64) string {
	at, _ := strconv.ParseInt(order[:13], 10, 64)
	return strconv.FormatInt(at+ms, 10) + order[13:]
}

// arrive turns a booking into a visit.
func (f *floor) arrive(code, forecast, by string) (queue.Visit, bool) {
	b := f.state.Bookings[code]
	if b == nil || b.State != "booked" || b.Day != f.day {
		return queue.Visit{}, false
	}
	v := f.issue(wish{service: b.Service, priority: b.Priority, forecast: forecast}, queue.Waiting, "booking")
	v.Booked = b.At
	if late := f.now - b.At.Int(); late <= int64(f.set.Booking.LateMinutes)*60_000 {
		v.Order = shifted(v.Order, -late)
	}
	arrived := *b
	arrived.State, arrived.Visit = "arrived", v.ID
	f.tell(queue.Event{Kind: queue.BookingArrived, Verb: queue.Arrive, By: by, Booking: &arrived}, &v, nil)
	return v, true
}

// book keeps a place; false when the service cannot be booked then.
func (f *floor) book(b queue.Booking, by string) bool {
	a := f.set.ServiceAt(b.Service, b.At.Time())
	key := string(b.Day) + b.Service + a.Half
	if !a.Open || !f.set.OpenAt(b.At.Time()) || a.Quota > 0 && f.given[key] >= a.Quota {
		return false
	}
	f.given[key]++
	b.Half, b.State = a.Half, "booked"
	f.tell(queue.Event{Kind: queue.BookingMade, Verb: queue.Book, By: by, Booking: &b}, nil, nil)
	return true
}

// cancel and delay are what a visitor asks for on the phone.
func (f *floor) cancel(id string) bool {
	v := f.visit(id)
	if v.State != queue.Waiting {
		return false
	}
	v.State, v.Ended = queue.Cancelled, f.stamp
	v.Revision++
	f.tell(queue.Event{Kind: queue.TicketCancelled, Verb: queue.Cancel}, &v, nil)
	return true
}

func (f *floor) delay(id string, people int) {
	v := f.visit(id)
	if v.State != queue.Waiting {
		return
	}
	line := classOf(f.state.Line(v.Queue), &v)
	passed := 0
	for i, other := range line {
		if other.ID == id {
			rest := line[i+1:]
			if passed = min(people, len(rest)); passed > 0 {
				v.Order = rest[passed-1].Order + fmt.Sprintf("~%04d", v.Revision)
			}
			break
		}
	}
	v.Revision++
	f.tell(queue.Event{Kind: queue.TicketDelayed, Verb: queue.Delay, Note: strconv.Itoa(passed)}, &v, nil)
}

// note tells of a ticket's paper or of a device.
func (f *floor) note(e queue.Event, visit string) {
	e.Verb = queue.Note
	if visit == "" {
		f.tell(e, nil, nil)
		return
	}
	v := f.visit(visit)
	f.tell(e, &v, nil)
}
