package sim

import "motcua/drivers/sim/paper"

// answer takes what the machine says; it goes out when the paper before it is
// printed. Printers that do not know a command say nothing. p.mu held.
func (p *Printer) answer(kind string, b []byte) {
	knows := map[string]bool{
		paper.AnswerStatus: p.pr.GSR, paper.AnswerID: p.pr.ProcessID,
		paper.AnswerName: p.pr.GSR || p.pr.DLEEOT,
	}
	if knows[kind] {
		p.late = append(p.late, b)
	}
}

// realTime executes a command that was found in what arrived, p.mu held.
func (p *Printer) realTime(cmd []byte) {
	switch {
	case cmd[1] == 4:
		if p.pr.DLEEOT {
			p.say([]byte{p.now(cmd[2])})
		}
	case cmd[1] == 5:
		p.recover(cmd[2] == 2)
	case cmd[1] == 0x14 && string(cmd[2:]) == "\x08\x01\x03\x14\x01\x06\x02\x08":
		p.empty()
		p.changed()
	}
}

// recover is DLE ENQ: after an error it goes on (1) or begins anew without what
// it held (2). Clearing also gives up a ticket that waits for paper.
func (p *Printer) recover(clear bool) {
	if clear {
		p.empty()
	}
	if p.fault.jammed && !p.fault.hard {
		p.fault.jam, p.fault.jammed = false, false
		if p.stuck != nil {
			p.deliver(p.stuck)
			p.stuck = nil
		}
	}
	p.changed()
}

// empty loses what was received and not printed.
func (p *Printer) empty() {
	p.buffer, p.late = nil, nil
	p.machine.Restart()
	p.hold()
}

// now is the byte of DLE EOT n; bits 1 and 4 are always 1.
func (p *Printer) now(n byte) byte {
	b, f := byte(0x12), p.fault
	switch n {
	case 1:
		b |= bit(!p.online(), 3) | bit(f.jammed, 5)
	case 2:
		b |= bit(f.cover, 2) | bit(f.end, 5) | bit(f.jammed, 6)
	case 3:
		b |= bit(f.jammed, 3)
	case 4:
		b |= bit(p.nearEnd(), 2) | bit(p.nearEnd(), 3) | bit(f.end, 5) | bit(f.end, 6)
	}
	return b
}

// inOrder is the byte of GS r.
func (p *Printer) inOrder(n byte) byte {
	if n != 1 {
		return 0
	}
	return bit(p.nearEnd(), 0) | bit(p.nearEnd(), 1) | bit(p.fault.end, 2) | bit(p.fault.end, 3)
}

func (p *Printer) nearEnd() bool { return p.fault.low && p.pr.NearEnd }

func bit(is bool, n int) byte {
	if is {
		return 1 << n
	}
	return 0
}

// setASB is GS a: from now on each change is told, and the state at once.
func (p *Printer) setASB(n byte) {
	if !p.pr.ASB {
		return
	}
	p.asb = n
	if n != 0 {
		p.lastASB = p.status()
		now := p.lastASB
		p.say(now[:])
	}
}

// tellASB sends the four bytes when they are others than the last, p.mu held.
func (p *Printer) tellASB() {
	if now := p.status(); p.asb&0x0E != 0 && now != p.lastASB {
		p.lastASB = now
		p.say(now[:])
	}
}

// status is the four bytes of ASB (TM-T88III, App. G).
func (p *Printer) status() [4]byte {
	f := p.fault
	return [4]byte{
		0x10 | bit(!p.online(), 3) | bit(f.cover, 5),
		bit(f.jammed, 0) | bit(f.jammed, 3),
		bit(p.nearEnd(), 0) | bit(p.nearEnd(), 1) | bit(f.end, 2) | bit(f.end, 3),
		0,
	}
}
