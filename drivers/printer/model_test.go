package printer

import (
	"bytes"
	"strings"
	"time"

	"motcua/firmware-config"
)

// paper is a printer at the end of a line, in time that only goes by while
// somebody waits: a computer's buffer, a paced line, a receive buffer, an
// interpreter that takes time for rows, and everything that can go wrong.
type paper struct {
	now     time.Time
	profile *firmware.Printer
	baud    int
	slow    float64 // how much slower than its data sheet it prints; 0 is 1
	flow    bool    // the line stops while its buffer is full

	plugged  bool
	kernel   []byte
	lineFree time.Time

	rx              []byte
	tail            []byte // last bytes received, for real-time commands
	received        int
	lost            int
	eat, width, row int // raster bytes still to come, bytes a row, of this row
	busy            time.Time
	asb             bool
	end, near       bool // of paper
	cover, jam      bool
	hold            bool // off-line without a cause told
	silent          bool
	jamAtCut        bool
	page            strings.Builder
	papers          []string

	toHost []said
	last   [4]byte
	events []event
	onByte func(n int)
}

type said struct {
	at time.Time
	b  byte
}

type event struct {
	at time.Time
	do func()
}

func (m *paper) after(d time.Duration, do func()) {
	m.events = append(m.events, event{m.now.Add(d), do})
}

func (m *paper) stopped() bool { return m.end || m.cover || m.jam || m.hold }

func (m *paper) byteTime() time.Duration { return lineTime(1, m.baud) }

func (m *paper) rowTime(rows int) time.Duration {
	t := paperTime(rows, m.profile)
	if m.slow > 0 {
		t = time.Duration(float64(t) * m.slow)
	}
	return t
}

// advance lets time go by until t, or until something was said to the computer.
func (m *paper) advance(t time.Time) {
	for {
		next, do := t, func() {}
		take := func(at time.Time, f func()) {
			if at.Before(m.now) {
				at = m.now
			}
			if at.Before(next) {
				next, do = at, f
			}
		}
		for i := range m.events {
			take(m.events[i].at, func() { m.fire(i) })
		}
		if len(m.kernel) > 0 && (!m.flow || len(m.rx) < buffer) {
			take(m.lineFree, m.transmit)
		}
		if len(m.rx) > 0 && !m.stopped() && m.progress() {
			take(m.busy, m.interpret)
		}
		m.now = next
		if next.Equal(t) {
			return
		}
		before := len(m.toHost)
		do()
		m.status()
		if len(m.toHost) > before {
			return
		}
	}
}

const buffer = 4096

func (m *paper) fire(i int) {
	do := m.events[i].do
	m.events = append(m.events[:i:i], m.events[i+1:]...)
	do()
}

func (m *paper) transmit() {
	b := m.kernel[0]
	m.kernel = m.kernel[1:]
	m.lineFree = m.now.Add(m.byteTime())
	m.received++
	if m.onByte != nil {
		m.onByte(m.received)
	}
	m.tail = append(m.tail, b)
	m.tail = m.tail[max(0, len(m.tail)-3):]
	m.realTime()
	if len(m.rx) >= buffer {
		m.lost++
		return
	}
	m.rx = append(m.rx, b)
}

func (m *paper) say(bytes ...byte) {
	if m.silent {
		return
	}
	for i, b := range bytes {
		m.toHost = append(m.toHost, said{m.now.Add(time.Duration(i+1) * m.byteTime()), b})
	}
}

func (m *paper) realTime() {
	if len(m.tail) < 3 || m.tail[0] != 0x10 {
		return
	}
	switch n := m.tail[2]; {
	case m.tail[1] == 0x04 && n >= 1 && n <= 4 && m.profile.DLEEOT:
		m.say(m.eot(n))
	case m.tail[1] == 0x05 && n == 1:
		m.jam = false
	case m.tail[1] == 0x05 && n == 2:
		m.jam = false
		m.rx, m.tail, m.eat = nil, nil, 0
		m.tear()
	}
}

func (m *paper) eot(n byte) byte {
	b := byte(0x12)
	set := func(on bool, bits byte) {
		if on {
			b |= bits
		}
	}
	switch n {
	case 1:
		set(m.stopped(), 0x08)
	case 2:
		set(m.cover, 0x04)
		set(m.end, 0x20)
		set(m.jam, 0x40)
	case 3:
		set(m.jam, 0x08)
	case 4:
		set(m.near, 0x0C)
		set(m.end, 0x60)
	}
	return b
}

// status sends ASB when something changed.
func (m *paper) status() {
	if s := m.auto(); m.asb && s != m.last {
		m.last = s
		m.say(s[:]...)
	}
}

func (m *paper) auto() [4]byte {
	s := [4]byte{0x10}
	if m.stopped() {
		s[0] |= 0x08
	}
	if m.cover {
		s[0] |= 0x20
	}
	if m.jam {
		s[1] |= 0x08
	}
	if m.near {
		s[2] |= 0x03
	}
	if m.end {
		s[2] |= 0x0C
	}
	return s
}

// progress tells whether what is in the buffer is enough for a step.
func (m *paper) progress() bool { return m.eat > 0 || commandLength(m.rx) <= len(m.rx) }

// commandLength is how long the command at the front is (more than there is when
// that is not known yet).
func commandLength(b []byte) int {
	need := func(n int) int { return n }
	if len(b) < 2 && bytes.IndexByte([]byte{0x10, 0x1B, 0x1C, 0x1D}, b[0]) >= 0 {
		return need(2)
	}
	switch b[0] {
	case 0x10:
		return 3
	case 0x1C:
		return 2
	case 0x1B:
		return max(2, map[byte]int{0x40: 2, 0x63: 4, 0x64: 3}[b[1]])
	case 0x1D:
		switch b[1] {
		case 0x28:
			if len(b) < 5 {
				return 5
			}
			return 5 + int(b[3]) + 256*int(b[4])
		case 0x56:
			if len(b) < 3 || b[2] != 0x42 {
				return 3
			}
			return 4
		case 0x76:
			return 8
		}
		return 3
	}
	return 1
}

func (m *paper) interpret() {
	if m.eat > 0 {
		m.rx, m.eat, m.row = m.rx[1:], m.eat-1, m.row+1
		if m.row == m.width {
			m.row = 0
			m.busy = m.now.Add(m.rowTime(1))
		}
		return
	}
	n := commandLength(m.rx)
	c := m.rx[:n]
	m.rx = m.rx[n:]
	switch {
	case c[0] == '\n':
		m.page.WriteByte(c[0])
		m.busy = m.now.Add(m.rowTime(24))
	case c[0] >= 0x20:
		m.page.WriteByte(c[0])
	case c[0] == 0x1B && c[1] == 0x40:
		m.asb = false
	case c[0] == 0x1D:
		m.group(c)
	}
}

func (m *paper) group(c []byte) {
	switch c[1] {
	case 0x61:
		if m.asb = m.profile.ASB && c[2] != 0; m.asb {
			m.last = m.auto()
			m.say(m.last[:]...)
		}
	case 0x49:
		m.say([]byte("\x5fMODEL\x00")...)
	case 0x72:
		if m.profile.GSR {
			m.say(0x00)
		}
	case 0x28:
		if c[2] == 0x48 && m.profile.ProcessID {
			m.say(append(append([]byte{0x37, 0x22}, c[7:11]...), 0)...)
		}
	case 0x56:
		m.jam = m.jamAtCut
		m.jamAtCut = false
		m.tear()
		m.busy = m.now.Add(m.rowTime(100))
	case 0x76:
		m.width, m.row = int(c[4])+256*int(c[5]), 0
		m.eat = m.width * (int(c[6]) + 256*int(c[7]))
	}
}

// tear takes what is printed so far as a paper of its own.
func (m *paper) tear() {
	if m.page.Len() > 0 {
		m.papers = append(m.papers, m.page.String())
	}
	m.page.Reset()
}

// begun counts how often a ticket began to come out; came tells whether it did whole.
func (m *paper) begun(job string) int {
	return strings.Count(strings.Join(m.papers, "")+m.page.String(), "#"+job+"\n")
}

func (m *paper) came(job string) bool {
	for _, p := range m.papers {
		if p == "#"+job+"\n!"+job+"\n" {
			return true
		}
	}
	return false
}

// ticket is the bytes that the model takes for a job.
func ticket(job string) (out []byte, rows int) {
	out = append(out, 0x1B, 0x40)
	out = append(out, "#"+job+"\n"...)
	for range 3 {
		out = append(out, 0x1D, 0x76, 0x30, 0x00, 0x08, 0x00, 0x18, 0x00)
		out = append(out, bytes.Repeat([]byte{0x55}, 8*24)...)
	}
	out = append(out, "!"+job+"\n"...)
	return append(out, 0x1D, 0x56, 0x42, 0x00), 3*24 + 2*24 + 100
}

// unplug pulls the cable: what had not left the computer is gone.
func (m *paper) unplug() { m.plugged, m.kernel = false, nil }

// powerCycle forgets everything but the paper.
func (m *paper) powerCycle() {
	m.rx, m.tail, m.eat, m.asb, m.toHost = nil, nil, 0, false, nil
	m.tear()
}
