package sample

import (
	"maps"
	"slices"

	"motcua/server/queue"
)

// usualClose is when the days of an ordinary hall close by themselves.
const usualClose queue.HM = "23:55"

// open begins a business day.
func (f *floor) open(day queue.Day) {
	f.day, f.events, f.arrivals = day, nil, 0
	f.numbers, f.txs, f.last = map[string]int{}, map[string]*queue.Transaction{}, map[string]*taken{}
	f.at(day.Start().UnixMilli())
	maps.DeleteFunc(f.given, func(key string, _ int) bool { return key[:len(day)] < string(day) })
	f.refs = map[string][]queue.QueueRef{}
	for i := range f.set.Counters {
		f.refs[f.set.Counters[i].ID] = f.set.QueuesOf(f.set.Counters[i], day)
	}
	var kept []queue.Booking
	for _, code := range slices.Sorted(maps.Keys(f.state.Bookings)) {
		if b := f.state.Bookings[code]; b.State == "booked" && b.Day >= day {
			kept = append(kept, *b)
		}
	}
	f.tell(queue.Event{Kind: queue.DayOpened, Verb: queue.DayOpen, By: "hall", Bookings: kept}, nil, nil)
}

// close ends it: who was not served is expired, who is being served is ended.
func (f *floor) close() []queue.Event {
	closing := usualClose
	if f.set.Calendar.CloseAt != "" {
		closing = f.set.Calendar.CloseAt
	}
	f.at(closing.On(f.day).UnixMilli())
	for _, id := range f.all {
		for _, v := range f.waitingIn(id) {
			f.stop(*v, queue.Expired)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(f.state.Visits)) {
		if v := f.state.Visits[id]; v.State == queue.Parked || v.State == queue.NoShow {
			f.stop(*v, queue.Expired)
		}
	}
	for i := range f.set.Counters {
		f.stopCounter(f.set.Counters[i].ID)
	}
	for _, code := range slices.Sorted(maps.Keys(f.state.Bookings)) {
		if b := *f.state.Bookings[code]; b.State == "booked" && b.Day == f.day {
			b.State = "expired"
			f.tell(queue.Event{Kind: queue.TicketExpired, Verb: queue.DayClose, By: "hall", Booking: &b}, nil, nil)
		}
	}
	f.tell(queue.Event{Kind: queue.DayClosed, Verb: queue.DayClose, By: "hall"}, nil, nil)
	return f.events
}

func (f *floor) stop(v queue.Visit, state queue.VisitState) {
	kind := queue.TicketExpired
	if state == queue.Ended {
		kind = queue.TicketEnded
	}
	v.State, v.Ended, v.Reason = state, f.stamp, "day_closed"
	v.Revision++
	f.tell(queue.Event{Kind: kind, Verb: queue.DayClose, By: "hall"}, &v, nil)
}

func (f *floor) stopCounter(id string) {
	k, ok := f.state.Counters[id]
	if !ok {
		return
	}
	if k.Visit != "" {
		state := queue.Expired
		if k.State == queue.CounterServing {
			state = queue.Ended
		}
		f.stop(f.visit(k.Visit), state)
	}
	if k.State != queue.CounterClosed {
		closed := queue.Counter{ID: id, State: queue.CounterClosed, Since: f.stamp}
		f.tell(queue.Event{Kind: queue.CounterClosedKind, Verb: queue.DayClose, By: "hall"}, nil, &closed)
	}
}
