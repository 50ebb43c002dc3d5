package sample

import (
	"fmt"

	"motcua/server/queue"
)

func (f *floor) occupy(k *queue.Counter, v *queue.Visit, s queue.CounterState) {
	k.State, k.Visit, k.Number, k.Since, k.Reason = s, v.ID, v.Number, f.stamp, ""
}

func (f *floor) vacate(k *queue.Counter) {
	k.State, k.Visit, k.Number, k.Since = queue.CounterOpen, "", "", f.stamp
}

// openCounter, pause and closeCounter change what a counter does without a visit.
func (f *floor) openCounter(id, by string) {
	k := f.counter(id)
	k.State, k.Reason, k.Since = queue.CounterOpen, "", f.stamp
	delete(f.last, id)
	f.tell(queue.Event{Kind: queue.CounterOpened, Verb: queue.Open, By: by}, nil, &k)
}

func (f *floor) pause(id, by, reason string) {
	k := f.counter(id)
	k.State, k.Reason, k.Since = queue.CounterPaused, reason, f.stamp
	delete(f.last, id)
	f.tell(queue.Event{Kind: queue.CounterPausedKind, Verb: queue.Pause, By: by, Reason: reason}, nil, &k)
}

// closeCounter sends those who wait for this counter alone back to their service.
func (f *floor) closeCounter(id, by string) {
	k := f.counter(id)
	for _, waiting := range f.waitingIn(queue.OwnQueue(id)) {
		v := *waiting
		v.Queue = v.Service
		v.Revision++
		f.tell(queue.Event{Kind: queue.TicketTransferred, Verb: queue.Close, By: by, From: id, Place: "arrival"}, &v, nil)
	}
	k.State, k.Reason, k.Since = queue.CounterClosed, "", f.stamp
	delete(f.last, id)
	f.tell(queue.Event{Kind: queue.CounterClosedKind, Verb: queue.Close, By: by}, nil, &k)
}

func (f *floor) waitingIn(id string) []*queue.Visit {
	l := f.state.Lines[id]
	if l == nil || l.Len() == 0 {
		return nil
	}
	var list []*queue.Visit
	for _, class := range [][]*queue.Visit{l.Front, l.Priority, l.Others} {
		list = append(list, class...)
	}
	return list
}

// bring calls a visit to a counter.
func (f *floor) bring(k *queue.Counter, v *queue.Visit) {
	v.State, v.Counter, v.Called, v.Calls, v.Front, v.Parked = queue.Called, k.ID, f.stamp, 1, false, ""
	v.Revision++
	f.occupy(k, v, queue.CounterCalling)
}

// call brings the next visit to an open counter; false when nobody waits.
func (f *floor) call(id, by string) (queue.Visit, bool) {
	k := f.counter(id)
	was := k
	next := f.pick(&k)
	if next == nil {
		return queue.Visit{}, false
	}
	v := *next
	f.bring(&k, &v)
	f.remember(queue.Call, was, nil, before(*next, v))
	f.tell(queue.Event{Kind: queue.TicketCalled, Verb: queue.Call, By: by}, &v, &k)
	return v, true
}

// callNumber brings a chosen visit, out of turn.
func (f *floor) callNumber(id, by string, chosen queue.Visit, reason string) queue.Visit {
	k := f.counter(id)
	was, v := k, chosen
	f.bring(&k, &v)
	f.remember(queue.Call, was, nil, before(chosen, v))
	f.tell(queue.Event{Kind: queue.TicketCalled, Verb: queue.Call, By: by, OutOfTurn: true, Reason: reason}, &v, &k)
	return v
}

// next ends the present visit and calls the next in one step; false when nobody waits.
func (f *floor) next(id, by, outcome string) (ended, called queue.Visit, ok bool) {
	k := f.counter(id)
	was := k
	following := f.pick(&k)
	if following == nil {
		return ended, called, false
	}
	present := f.visit(k.Visit)
	ended = present
	tx := f.finish(&k, &ended)
	ended.State, ended.Ended, ended.Outcome = queue.Ended, f.stamp, outcome
	ended.Revision++
	f.vacate(&k)
	f.tell(queue.Event{Kind: queue.TicketEnded, Verb: queue.Next, By: by}, &ended, &k)
	called = *following
	f.bring(&k, &called)
	f.remember(queue.Next, was, tx, before(present, ended), before(*following, called))
	f.tell(queue.Event{Kind: queue.TicketCalled, Verb: queue.Next, By: by}, &called, &k)
	return ended, called, true
}

func (f *floor) recall(id, by string) {
	k := f.counter(id)
	v := f.visit(k.Visit)
	v.Called = f.stamp
	v.Calls++
	v.Revision++
	delete(f.last, id)
	f.tell(queue.Event{Kind: queue.TicketRecalled, Verb: queue.Recall, By: by}, &v, &k)
}

func (f *floor) begin(k *queue.Counter, v *queue.Visit) {
	v.State, v.Counter, v.Served = queue.Serving, k.ID, f.stamp
	v.Tx++
	f.occupy(k, v, queue.CounterServing)
}

func (f *floor) serve(id, by string) {
	k := f.counter(id)
	v := f.visit(k.Visit)
	f.begin(&k, &v)
	v.Revision++
	delete(f.last, id)
	f.tell(queue.Event{Kind: queue.TicketServing, Verb: queue.Serve, By: by}, &v, &k)
}

// walkIn serves somebody without a number at once.
func (f *floor) walkIn(id, by string, w wish) queue.Visit {
	k := f.counter(id)
	was := k
	v := f.issue(w, queue.Called, "desk")
	f.begin(&k, &v)
	f.remember(queue.WalkIn, was, nil, before(queue.Visit{}, v))
	f.tell(queue.Event{Kind: queue.TicketServing, Verb: queue.WalkIn, By: by}, &v, &k)
	return v
}

// finish ends the transaction of a serving visit: from now on it can be rated.
func (f *floor) finish(k *queue.Counter, v *queue.Visit) *queue.Transaction {
	tx := &queue.Transaction{ID: fmt.Sprintf("%s.%d", v.ID, v.Tx), Visit: v.ID, Number: v.Number, Counter: k.ID,
		Service: v.Service, Started: v.Served, Ended: f.stamp}
	f.txs[tx.ID] = tx
	k.LastTx, k.LastAt, k.Rated = tx.ID, f.stamp, false
	return tx
}

func (f *floor) end(id, by, outcome string) queue.Visit {
	k := f.counter(id)
	was, present := k, f.visit(k.Visit)
	v := present
	tx := f.finish(&k, &v)
	v.State, v.Ended, v.Outcome = queue.Ended, f.stamp, outcome
	v.Revision++
	f.vacate(&k)
	f.remember(queue.End, was, tx, before(present, v))
	f.tell(queue.Event{Kind: queue.TicketEnded, Verb: queue.End, By: by}, &v, &k)
	return v
}
