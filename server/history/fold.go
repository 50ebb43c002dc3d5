package history

import (
	"strconv"
	"strings"
	"time"

	"motcua/server/queue"
)

func timeOf(ms int64) time.Time { return time.UnixMilli(ms).In(queue.Zone) }

// folded is all rows that come of one visit's events.
type folded struct {
	visit        visitRow
	transactions []transactionRow
	calls        []callRow
}

type visitRow struct {
	id, day                     string
	half, field                 string
	service, procedure          string
	priority, lang, origin      string
	state                       queue.VisitState
	outcome, reason, counter    string
	taken                       int64
	called, served, ended, wait *int64
	target                      int64
	low, high                   *int64
	calls, noShows, reinstated  int
	parked, transfers, pingPong int
	transactions, outOfTurn     int
	again                       bool
}

type transactionRow struct {
	id, counter, clerk, service, field string
	n                                  int
	procedure, priority, origin        string
	started                            int64
	ended                              *int64
	how, outcome                       string
	due                                *int64
	dueUnit                            string
	kept                               *bool
	level, points                      *int64
	source                             string
	rated                              *int64
	reasons                            string
}

type callRow struct {
	entry  *entry
	kind   string
	undone bool
}

// fold derives a visit's rows from its events, in order. Nothing but them goes
// in, so that reading a part of the stream again gives the same rows.
func fold(id string, events []entry) (folded, bool) {
	f := folder{left: map[string]bool{}}
	f.out.visit.id = id
	standing := stand(events)
	for i := range events {
		f.see(&events[i], standing[i])
	}
	return f.out, f.last != nil
}

// stand tells which events were not taken back. An undo takes back the last
// standing event of its verb: undo is refused once the visit has moved on.
func stand(events []entry) []bool {
	standing := make([]bool, len(events))
	for i := range events {
		standing[i] = true
		if events[i].kind != queue.TicketUndone {
			continue
		}
		for j := i - 1; j >= 0; j-- {
			if standing[j] && events[j].kind != queue.TicketUndone && events[j].body.Verb == events[i].body.Undoes {
				standing[j] = false
				break
			}
		}
	}
	return standing
}

// folder is the work on one visit.
type folder struct {
	out   folded
	last  *visitBody      // as the newest event has it
	place string          // the service it waits for or is served in
	left  map[string]bool // services, and "@" counters, it was sent away from
	open  bool            // the last transaction has not ended
}

func (f *folder) see(e *entry, stands bool) {
	v := &f.out.visit
	if b := e.body.Visit; b != nil {
		if f.last == nil {
			v.day, v.service, v.taken, f.place = string(e.day), b.Service, b.Taken, b.Service
		}
		f.last = b
		v.state, v.priority, v.outcome, v.reason = b.State, b.Priority, b.Outcome, b.Reason
		v.procedure, v.lang, v.origin = b.Procedure, b.Lang, b.Origin
		v.ended = moment(b.Ended)
		if b.Counter != "" && stands {
			v.counter = b.Counter
		}
	}
	if k := e.body.Known; k != nil && e.first {
		v.half, v.field, v.target = k.Half, k.Field, k.Target
		if k.Told {
			v.low, v.high = &k.Low, &k.High
		}
	}
	f.call(e, stands)
	if stands {
		f.count(e)
	}
}

// moment is a moment or nothing.
func moment(ms int64) *int64 {
	if ms == 0 {
		return nil
	}
	return &ms
}

var callKinds = map[queue.Kind]string{queue.TicketCalled: "call", queue.TicketRecalled: "recall", queue.TicketResumed: "resume"}

// call keeps a call, also one that was taken back.
func (f *folder) call(e *entry, stands bool) {
	kind, ok := callKinds[e.kind]
	if !ok {
		return
	}
	f.out.calls = append(f.out.calls, callRow{e, kind, !stands})
	v := &f.out.visit
	if !stands || kind == "resume" {
		return
	}
	v.calls++
	if kind != "call" || v.called != nil {
		return
	}
	v.called = &e.at
	if v.served == nil { // a walk-in that is sent on was served before any call
		wait := max(0, e.at-max(v.taken, e.body.Visit.Booked)) // who is called before the booked time did not wait
		v.wait = &wait
	}
}

func (f *folder) count(e *entry) {
	v := &f.out.visit
	switch e.kind {
	case queue.TicketCalled:
		if e.body.OutOfTurn {
			v.outOfTurn++
		}
	case queue.TicketNoShow:
		v.noShows++
	case queue.TicketReinstated:
		v.reinstated++
	case queue.TicketServing:
		f.start(e)
	case queue.TicketParked:
		v.parked++
		f.stop(e, "parked")
	case queue.TicketTransferred:
		f.transfer(e)
	case queue.TicketEnded:
		f.end(e)
	case queue.RatingGiven:
		f.rate(e)
	}
}

// transfer counts who was sent on by somebody. A counter that closes gives its
// visits back to their service: nobody decided about them.
func (f *folder) transfer(e *entry) {
	f.stop(e, "transferred")
	if e.body.Verb == queue.Close || e.body.Visit == nil {
		return
	}
	v, b := &f.out.visit, e.body.Visit
	v.transfers++
	f.left["@"+e.body.From] = true
	to := b.To
	if to == "" && b.Service != f.place {
		f.left[f.place] = true
		to = b.Service
	}
	f.place = b.Service
	if f.left[to] {
		v.pingPong++
	}
}

func (f *folder) start(e *entry) {
	v, b := &f.out.visit, e.body.Visit
	if b == nil {
		return
	}
	v.transactions++
	if v.served == nil {
		v.served = moment(b.Served)
	}
	t := transactionRow{id: v.id + "." + strconv.Itoa(b.Tx), n: b.Tx, counter: e.counter, service: b.Service,
		procedure: b.Procedure, priority: b.Priority, origin: b.Origin, started: b.Served}
	if k := e.body.Known; k != nil {
		t.clerk, t.field, t.due, t.dueUnit = k.Clerk, k.Field, moment(k.Due), k.DueUnit
	}
	f.goesOn(&t)
	f.out.transactions = append(f.out.transactions, t)
	f.open = true
}

// goesOn looks for earlier transactions of the same service. The promise was given
// when the first of them took the visit in: who is kept aside, or sent away and
// back, does not get a later one. To be kept aside is not to be served again.
func (f *folder) goesOn(t *transactionRow) {
	first := true
	for _, other := range f.out.transactions {
		if other.service != t.service {
			continue
		}
		if first {
			t.due, t.dueUnit, first = other.due, other.dueUnit, false
		}
		f.out.visit.again = f.out.visit.again || other.how != "parked"
	}
}

// stop ends the present transaction, if the visit is in one.
func (f *folder) stop(e *entry, how string) *transactionRow {
	if !f.open {
		return nil
	}
	f.open = false
	t := &f.out.transactions[len(f.out.transactions)-1]
	t.ended, t.how = &e.at, how
	return t
}

func (f *folder) end(e *entry) {
	how := "ended"
	if e.body.Visit.Reason == dayClosed {
		how = dayClosed
	}
	t := f.stop(e, how)
	if t == nil {
		return
	}
	t.outcome = e.body.Visit.Outcome
	t.priority = e.body.Visit.Priority
	f.out.visit.again = f.out.visit.again || t.outcome == "supplement"
	if t.due != nil && t.outcome == "done" {
		kept := e.at <= *t.due
		t.kept = &kept
	}
}

const dayClosed = "day_closed"

func (f *folder) rate(e *entry) {
	r := e.body.Rating
	if r == nil {
		return
	}
	for i := range f.out.transactions {
		t := &f.out.transactions[i]
		if r.ID[strings.LastIndexByte(r.ID, '.')+1:] != strconv.Itoa(t.n) {
			continue
		}
		level := int64(r.Level)
		t.level, t.source, t.rated, t.reasons = &level, r.Source, &e.at, strings.Join(e.body.Reasons, " ")
		if k := e.body.Known; k != nil && k.Points != nil {
			points := int64(*k.Points)
			t.points = &points
		}
	}
}

// promised tells whether the transaction's promise holds: only what was taken in
// has one. An unknown outcome keeps it, so that it is counted as unknown.
func (t *transactionRow) promised() bool {
	if t.how != "ended" && t.how != dayClosed {
		return false
	}
	return t.outcome == "" || t.outcome == "done" || t.outcome == "received"
}
