package sim

import "time"

const (
	cutTime = 300 * time.Millisecond
	ahead   = 10 * time.Millisecond // bundles rows of less than a millisecond
)

// print feeds the machine from the buffer at the pace of the paper.
func (p *Printer) print() {
	head := pacer{clock: p.clock}
	for {
		rows, done, open := p.step()
		if !open {
			return
		}
		head.add(p.takes(rows))
		left := ahead
		if done {
			left = 0
		}
		if p.cuts() {
			head.add(cutTime)
		}
		if head.wait(p.ctx, left) != nil {
			return
		}
		if done {
			p.finish()
		}
	}
}

// takes is how long so many rows need.
func (p *Printer) takes(rows int) time.Duration {
	return time.Duration(rows) * 25_400 * time.Millisecond / time.Duration(p.dpi()*max(p.pr.Speed, 1))
}

// step waits for bytes and executes some: up to the first that moves paper, asks
// for something or cuts. done says that there are answers or a ticket to finish.
func (p *Printer) step() (rows int, done, open bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.closed && (len(p.buffer) == 0 || !p.online()) {
		if p.printing && len(p.buffer) == 0 {
			p.printing = false
			p.changed()
		}
		p.moved.Wait()
	}
	if p.closed {
		return 0, false, false
	}
	p.printing = true
	before := p.machine.Moved()
	for len(p.buffer) > 0 && rows == 0 && !done {
		b := p.buffer[0]
		p.buffer = p.buffer[1:]
		_, _ = p.machine.Write([]byte{b})
		rows = p.machine.Moved() - before
		done = len(p.late) > 0 || len(p.pages) > 0
	}
	p.hold()
	p.use(rows)
	return rows, done, true
}

// use takes paper off the roll, p.mu held.
func (p *Printer) use(rows int) {
	if rows == 0 {
		return
	}
	if p.rows >= 0 {
		if p.rows = max(p.rows-rows, 0); p.rows == 0 {
			p.fault.end = true
		}
	}
	p.changed()
}

func (p *Printer) cuts() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.pages) > 0
}

// finish gives out what the paper had to be waited for.
func (p *Printer) finish() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, page := range p.pages {
		if p.fault.jam {
			p.fault.jammed = true
			p.stuck = page
			continue
		}
		p.deliver(page)
	}
	p.pages = nil
	for _, b := range p.late {
		p.say(b)
	}
	p.late = nil
	p.changed()
}

// online tells whether it prints, p.mu held.
func (p *Printer) online() bool {
	f := p.fault
	return !f.end && !f.cover && !f.jammed
}
