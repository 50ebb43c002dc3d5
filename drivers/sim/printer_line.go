package sim

import "time"

// The control characters of XON/XOFF flow control.
const (
	xon  = 0x11
	xoff = 0x13
)

// piece is how many bytes are taken off the line at a time.
const piece = 32

// receive takes bytes off the line at its rate. A printer that said "wait" does
// not read: a pseudo-terminal has no control lines and delivers what XOFF should
// have stopped, so not reading is how the computer's write is made to wait.
func (p *Printer) receive() {
	line := pacer{clock: p.clock}
	var buf [piece]byte
	for {
		room, open := p.awaitRoom()
		if !open {
			return
		}
		n, err := p.cable.Read(buf[:room])
		if err != nil {
			return
		}
		p.begin(n)
		line.add(time.Duration(n) * 10 * time.Second / time.Duration(p.baud))
		if line.wait(p.ctx, 0) != nil {
			return
		}
		p.take(buf[:n])
	}
}

// begin notes when the first bytes of a ticket came. A question about the status
// has three or four bytes, and is no ticket.
func (p *Printer) begin(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.began.IsZero() && n > 8 {
		p.began = p.clock.Now()
	}
}

// awaitRoom gives how many bytes may be read now.
func (p *Printer) awaitRoom() (n int, open bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.held && !p.closed {
		p.moved.Wait()
	}
	n = piece
	if p.flow != "none" && p.flow != "" {
		n = max(min(n, p.size()-len(p.buffer)), 1)
	}
	return n, !p.closed
}

func (p *Printer) size() int {
	if p.pr.Buffer > 0 {
		return p.pr.Buffer
	}
	return 4096
}

// marks gives at how much room a printer says "wait", and at how much "go on":
// 128 and 256 bytes (TM-T88III), less where the buffer itself is tiny.
func (p *Printer) marks() (wait, goOn int) {
	return min(128, p.size()/4), min(256, p.size()/2)
}

func (p *Printer) take(b []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.taken += len(b)
	if p.isDeaf() {
		return
	}
	for _, c := range b {
		if cmd := p.sniff.Next(c); cmd != nil {
			p.realTime(cmd)
		}
		if len(p.buffer) < p.size() {
			p.buffer = append(p.buffer, c)
		} else {
			p.lost++
		}
	}
	p.hold()
	p.moved.Broadcast()
}

// hold sets and clears "wait", p.mu held.
func (p *Printer) hold() {
	if p.flow != "rtscts" && p.flow != "xonxoff" {
		return
	}
	wait, goOn := p.marks()
	room := p.size() - len(p.buffer)
	switch {
	case !p.held && room <= wait:
		p.held = true
		p.signal(xoff)
	case p.held && room >= goOn:
		p.held = false
		p.signal(xon)
		p.moved.Broadcast()
	}
}

func (p *Printer) signal(c byte) {
	if p.flow == "xonxoff" {
		p.out = append(p.out, []byte{c})
		p.moved.Broadcast()
	}
}

// say queues an answer, p.mu held. A silent printer has none.
func (p *Printer) say(b []byte) {
	if p.fault.silent || p.isDeaf() {
		return
	}
	p.out = append(p.out, b)
	p.moved.Broadcast()
}

func (p *Printer) isDeaf() bool { return p.clock.Now().Before(p.deaf) }

// send writes answers, one after the other.
func (p *Printer) send() {
	for {
		p.mu.Lock()
		for len(p.out) == 0 && !p.closed {
			p.moved.Wait()
		}
		if p.closed {
			p.mu.Unlock()
			return
		}
		next := p.out[0]
		p.out, p.saying = p.out[1:], true
		p.mu.Unlock()
		n, _ := p.cable.Write(next) // pulled: nobody hears it
		p.mu.Lock()
		p.said, p.saying = p.said+n, false
		p.mu.Unlock()
	}
}
