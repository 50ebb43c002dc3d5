package sample

import "motcua/server/queue"

func (f *floor) noShow(id, by string) queue.Visit {
	k := f.counter(id)
	was, present := k, f.visit(k.Visit)
	v := present
	v.State = queue.NoShow
	v.Revision++
	f.vacate(&k)
	f.remember(queue.MarkNoShow, was, nil, before(present, v))
	f.tell(queue.Event{Kind: queue.TicketNoShow, Verb: queue.MarkNoShow, By: by}, &v, &k)
	return v
}

// reinstate lets who missed the call be next at a counter; false when it is too late.
func (f *floor) reinstate(id, by, visit string) bool {
	k, v := f.counter(id), f.visit(visit)
	if k.State == queue.CounterClosed || v.State != queue.NoShow {
		return false
	}
	v.State, v.Queue, v.Front = queue.Waiting, queue.OwnQueue(id), true
	v.Revision++
	delete(f.last, id)
	f.tell(queue.Event{Kind: queue.TicketReinstated, Verb: queue.Reinstate, By: by}, &v, &k)
	return true
}

func (f *floor) park(id, by string) queue.Visit {
	k := f.counter(id)
	was, present := k, f.visit(k.Visit)
	v := present
	v.State, v.Parked, v.Reason = queue.Parked, f.stamp, ""
	v.Revision++
	f.vacate(&k)
	f.remember(queue.Park, was, nil, before(present, v))
	f.tell(queue.Event{Kind: queue.TicketParked, Verb: queue.Park, By: by}, &v, &k)
	return v
}

// resume calls a parked visit to an open counter.
func (f *floor) resume(id, by, visit string) queue.Visit {
	k, v := f.counter(id), f.visit(visit)
	f.bring(&k, &v)
	delete(f.last, id)
	f.tell(queue.Event{Kind: queue.TicketResumed, Verb: queue.Resume, By: by}, &v, &k)
	return v
}

// transfer sends the present visit to a service, or to a counter when there is none.
func (f *floor) transfer(id, by, service, counter, place string) queue.Visit {
	k := f.counter(id)
	was, present := k, f.visit(k.Visit)
	v := present
	var tx *queue.Transaction
	if v.State == queue.Serving {
		tx = f.finish(&k, &v)
	}
	v.State, v.Counter = queue.Waiting, ""
	if service != "" {
		v.Service, v.Queue = service, service
	} else {
		v.Queue = queue.OwnQueue(counter)
	}
	switch place {
	case "front":
		v.Front = true
	case "back":
		f.arrivals++
		v.Order = f.order()
	}
	v.Revision++
	f.vacate(&k)
	f.remember(queue.Transfer, was, tx, before(present, v))
	f.tell(queue.Event{Kind: queue.TicketTransferred, Verb: queue.Transfer, By: by, From: id, Place: place}, &v, &k)
	return v
}

// setPriority gives or takes a priority group, with a reason.
func (f *floor) setPriority(id, by, visit, priority, reason string) {
	k, v := f.counter(id), f.visit(visit)
	was := v.Priority
	v.Priority = priority
	v.Revision++
	delete(f.last, id)
	f.tell(queue.Event{Kind: queue.TicketPriorityChanged, Verb: queue.SetPriority, By: by, Was: was, Reason: reason}, &v, &k)
}

// taken is what undo needs of a counter's last command.
type taken struct {
	verb   queue.Verb
	at     int64
	k      queue.Counter
	visits []changed
	tx     *queue.Transaction
}

// changed is a visit as it was, and the revision the command left it with.
type changed struct {
	was queue.Visit // empty for a walk-in
	id  string
	rev int
}

func before(was, is queue.Visit) changed { return changed{was, is.ID, is.Revision} }

func (f *floor) remember(verb queue.Verb, k queue.Counter, tx *queue.Transaction, visits ...changed) {
	f.last[k.ID] = &taken{verb, f.now, k, visits, tx}
}

// undo takes a counter's last command back; false when it cannot.
func (f *floor) undo(id, by string) bool {
	u := f.last[id]
	if u == nil || f.now-u.at > queue.UndoWindow || u.tx != nil && u.tx.Level > 0 {
		return false
	}
	for _, c := range u.visits {
		if f.visit(c.id).Revision != c.rev {
			return false
		}
	}
	delete(f.last, id)
	if u.tx != nil {
		delete(f.txs, u.tx.ID)
	}
	for i := len(u.visits) - 1; i >= 0; i-- {
		c := u.visits[i]
		v := f.visit(c.id)
		if c.was.ID == "" {
			v.State, v.Ended, v.Counter = queue.Cancelled, f.stamp, ""
		} else {
			v = c.was
			v.Revision = c.rev
		}
		v.Revision++
		f.tell(queue.Event{Kind: queue.TicketUndone, Verb: queue.Undo, By: by, Undoes: u.verb}, &v, &u.k)
	}
	return true
}
