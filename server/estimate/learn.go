package estimate

import "motcua/server/queue"

// spell is what a counter has been doing: since when it is free to call, or
// since when it has its present visit or its pause; 0 for unknown.
type spell struct{ free, busy, paused int64 }

// Learn takes what an event of the day says about the hall's pace. Feed it every
// event once, in order; after a restart, the day's events from the first.
func (t *Times) Learn(e queue.Event) {
	at := e.At.Int()
	switch e.Kind {
	case queue.DayOpened:
		clear(t.counters)
		clear(t.arrivals)
	case queue.TicketTaken:
		if e.Visit != nil && e.Visit.IsPriority() {
			t.arrive(e.Visit.Service, at)
		}
	}
	if e.Counter == nil {
		return
	}
	was := t.counters[e.Counter.ID]
	switch e.Kind {
	case queue.TicketCalled:
		t.learnGap(e, was, at)
		t.counters[e.Counter.ID] = spell{busy: at}
	case queue.TicketServing, queue.TicketResumed:
		// A walk-in is never called. Otherwise the visit has the counter already.
		if was.busy == 0 {
			t.counters[e.Counter.ID] = spell{busy: at}
		}
	case queue.TicketEnded:
		t.learnServing(e, was, at)
		t.counters[e.Counter.ID] = spell{free: at}
	case queue.TicketNoShow:
		t.learnAbsence(was, at)
		t.counters[e.Counter.ID] = spell{free: at}
	case queue.TicketParked, queue.TicketTransferred:
		t.again.count++
		t.counters[e.Counter.ID] = spell{free: at}
	case queue.TicketReinstated:
		t.again.count++
	case queue.CounterOpened:
		t.learnPause(was, at)
		t.counters[e.Counter.ID] = spell{free: at}
	case queue.CounterPausedKind:
		t.pauses.count++
		t.counters[e.Counter.ID] = spell{paused: at}
	case queue.CounterClosedKind, queue.TicketUndone:
		// After an undo nothing is sure: one measurement is lost, none is wrong.
		delete(t.counters, e.Counter.ID)
	}
}

// learnGap measures the clerk's own time between two visits, but only when the
// next visitor was there already: an empty hall says nothing about the clerk.
func (t *Times) learnGap(e queue.Event, was spell, at int64) {
	if e.Visit == nil || was.free == 0 || orderTime(e.Visit.Order) > was.free {
		return
	}
	if gap := float64(at - was.free); gap >= 0 && gap <= longestGap {
		t.gap.add(gap / minute)
	}
}

// dayClosed is the reason of visits that the evening ended, not the clerk.
const dayClosed = "day_closed"

func (t *Times) learnServing(e queue.Event, was spell, at int64) {
	if e.Visit == nil || e.Visit.Reason == dayClosed || e.Reason == dayClosed {
		return
	}
	if was.busy == 0 || was.busy > at {
		return
	}
	minutes := float64(at-was.busy) / minute
	t.noShow.of++
	t.again.of++
	t.pauses.of += minutes
	t.Add(e.Visit.Service, minutes)
}

func (t *Times) learnAbsence(was spell, at int64) {
	if was.busy == 0 || was.busy > at {
		return
	}
	t.noShow.count++
	t.noShow.of++
	t.absent.add(float64(at-was.busy) / minute)
}

func (t *Times) learnPause(was spell, at int64) {
	// Lunch is in the calendar, and who is away for longer went home.
	if was.paused > 0 && at > was.paused && at-was.paused < longestPause {
		t.pause.add(float64(at-was.paused) / minute)
	}
}

// orderTime is the moment a visit counts as having come: the first 13 digits of
// its place in the queue.
func orderTime(order string) int64 {
	return queue.Millis(order[:min(13, len(order))]).Int()
}
