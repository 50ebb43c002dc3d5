package printer

import (
	"slices"
	"time"

	"motcua/server/queue"
	"motcua/server/wire"
)

// How much longer than MaxAge a job waits while the printer works through a backlog,
// and how soon an outcome that nobody took is told again.
const (
	patience  = 5
	tellEvery = time.Second
)

// Keep does once what time alone demands: old jobs fail, outcomes are told, changes
// reported, yesterday forgotten.
func (p *Printer) Keep() {
	p.telling.Lock()
	defer p.telling.Unlock()
	p.report()
	p.expire()
	p.tell()
	p.report()
}

// expire fails the jobs that waited for too long. The visitor has the number on the
// screen and is gone; a ticket that comes out now is nobody's.
func (p *Printer) expire() {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.Clock.Now()
	limit, reason := p.MaxAge, string(p.state)
	if p.state.Prints() {
		limit, reason = patience*p.MaxAge, TooLate
	}
	for len(p.journal.open) > 0 {
		var old *record
		for _, r := range p.journal.open {
			if r.Step == queued && now.Sub(r.At) > limit {
				old = r
				break
			}
		}
		if old == nil {
			break
		}
		_ = p.finish(old, wire.PrintFailed, reason) // not stored: tried again before it is told
	}
	if p.journal.day != queue.DayOf(now) {
		_ = p.journal.prune(now) // what stays is forgotten tomorrow
	}
}

// Cancelled is the reason of a ticket whose visit was cancelled before its first byte left.
const Cancelled = "cancelled"

// Withdraw takes a visit's tickets out of the queue, those of which nothing has
// left: paper of a cancelled number would send somebody to wait for nothing.
func (p *Printer) Withdraw(visit string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, r := range slices.Clone(p.journal.open) {
		if r.Step == queued && r.Ticket != nil && r.Ticket.Visit == visit {
			_ = p.finish(r, wire.PrintFailed, Cancelled) // not stored: tried again before it is told
		}
	}
}

// tell hands over outcomes, the oldest first, until one is not taken.
func (p *Printer) tell() {
	now := p.Clock.Now()
	if now.Before(p.tellAgain) {
		return
	}
	p.tellAgain = time.Time{}
	for {
		p.mu.Lock()
		r, err := p.journal.next()
		p.mu.Unlock()
		if r == nil && err == nil {
			return
		}
		if err == nil {
			err = p.Done(*r.Result)
		}
		if err != nil {
			p.tellAgain = now.Add(tellEvery)
			return
		}
		p.mu.Lock()
		_ = p.journal.told(r) // not stored: told once more after a restart
		p.mu.Unlock()
	}
}

// finish ends a job. The lock is held, or nobody else is there yet.
func (p *Printer) finish(r *record, state, reason string) error {
	switch state {
	case wire.Printed:
		p.metrics.Printed++
	case wire.PrintSent:
		p.metrics.Sent++
	case wire.PrintFailed:
		p.metrics.Failed++
	default:
		p.metrics.Unknown++
	}
	err := p.journal.finish(r, state, reason)
	p.measure()
	return err
}

// be sets the machine's state.
func (p *Printer) be(state queue.DeviceState, detail string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.state, p.detail = state, detail
}

// report tells of a change, once.
func (p *Printer) report() {
	p.mu.Lock()
	p.measure()
	state, detail := p.shown()
	same := state == p.reported && (detail == p.reportedD || state == queue.DeviceBusy)
	p.reported, p.reportedD = state, detail
	p.mu.Unlock()
	if !same {
		p.Changed(state, detail)
	}
}
