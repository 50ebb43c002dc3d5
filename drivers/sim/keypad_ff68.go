package sim

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// talkers are call keypads and rating pads of the FF 68 family: they speak when a
// key is pressed, all on one line and without a turn, and repeat until they hear
// themselves back.
type talkers struct {
	kick chan struct{}
}

// pad is what such a unit remembers.
type pad struct {
	frame  []byte // being told; nil for none
	want   []byte // what acknowledges it
	next   time.Time
	left   int // repeats before it gives up
	lost   int
	digits string
	beeps  int
	rating bool
}

const (
	repeatEvery = 180 * time.Millisecond // and up to a third more, so that two that collide part
	repeats     = 40
)

func newTalkers() *talkers { return &talkers{kick: make(chan struct{}, 1)} }

func (t *talkers) power(u *padUnit) { *u.pad = pad{digits: strings.Repeat(" ", 6)} }

// press begins to tell a key: hex bytes, of a rating pad the mark. A unit that is
// still telling the last one does not take another.
func (t *talkers) press(u *padUnit, key string) (bool, error) {
	if u.pad.frame != nil {
		u.pad.lost++
		return false, nil
	}
	cmd, data := byte(0x01), []byte(nil)
	if u.Role == "rate" {
		mark, err := strconv.ParseUint(key, 10, 8)
		if err != nil {
			return false, fmt.Errorf("%w: %q is no mark", ErrAction, key)
		}
		cmd, data = 0x11, []byte{byte(mark)}
	} else {
		b, err := hex.DecodeString(strings.ReplaceAll(key, " ", ""))
		if err != nil || len(b) < 1 || len(b) > 3 {
			return false, fmt.Errorf("%w: %q is not 1 to 3 hex bytes", ErrAction, key)
		}
		data = b
	}
	u.pad.frame = ftFrame(byte(u.Address), cmd, data)
	u.pad.want = u.pad.frame
	if cmd == 0x11 {
		u.pad.want = ftFrame(byte(u.Address), 0x01, data)
	}
	u.pad.next, u.pad.left = time.Now(), repeats
	select {
	case t.kick <- struct{}{}:
	default:
	}
	return true, nil
}

func (t *talkers) draw(u *padUnit, s *PadState) {
	s.Display, s.Beeps, s.Rating, s.Lost = u.pad.digits, u.pad.beeps, u.pad.rating, u.pad.lost
	if u.pad.frame != nil {
		s.Queued = 1
	}
}

// ftFrame is FF 68 L L 68 ADDR CMD DATA SUM 16.
func ftFrame(address, cmd byte, data []byte) []byte {
	n := byte(len(data) + 2)
	b := append([]byte{0xFF, 0x68, n, n, 0x68, address, cmd}, data...)
	total := byte(0)
	for _, v := range b[5:] {
		total += v
	}
	return append(b, total, 0x16)
}

func (t *talkers) run(k *Keypads) {
	k.wg.Go(func() { t.talk(k) })
	k.wg.Go(func() { t.listen(k) })
}

// talk sends what is due, until the bus is closed.
func (t *talkers) talk(k *Keypads) {
	for {
		frame, wait := t.due(k)
		if frame != nil {
			if k.o.Clock.Sleep(k.ctx, k.lineTime(len(frame))) != nil {
				return
			}
			_, _ = k.o.Cable.Write(frame) // unplugged: it repeats
			continue
		}
		timer := time.NewTimer(wait)
		select {
		case <-k.ctx.Done():
			timer.Stop()
			return
		case <-t.kick:
			timer.Stop()
		case <-timer.C:
		}
	}
}

// due gives what goes over the line now, or how long nothing does. Units that
// begin within one frame's time speak into each other.
func (t *talkers) due(k *Keypads) ([]byte, time.Duration) {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := time.Now()
	wait := time.Hour
	var line []byte
	for _, known := range k.o.Units {
		u := k.units[known.Address]
		p := u.pad
		if p.frame == nil || !u.on {
			continue
		}
		if p.next.After(now) {
			wait = min(wait, p.next.Sub(now))
			continue
		}
		if !u.mute && !k.dice(k.drop) {
			line = collide(line, p.frame)
		}
		p.next = now.Add(repeatEvery + time.Duration(k.rand.Int64N(int64(repeatEvery)/3)))
		if p.left--; p.left <= 0 {
			p.frame, p.lost = nil, p.lost+1
		}
	}
	if line == nil {
		return nil, max(min(wait, repeatEvery), time.Millisecond)
	}
	switch {
	case k.dice(k.half):
		line = line[:1+k.rand.IntN(len(line)-1)]
	case k.dice(k.noise):
		line = k.disturb(append([]byte(nil), line...))
	}
	return line, 0
}

// collide is what two that speak at once leave on the line.
func collide(a, b []byte) []byte {
	if a == nil {
		return append([]byte(nil), b...)
	}
	for i := range min(len(a), len(b)) {
		a[i] &= b[i]
	}
	return a
}

// listen takes what the computer says.
func (t *talkers) listen(k *Keypads) {
	var buf []byte
	piece := make([]byte, 256)
	for {
		n, err := k.o.Cable.Read(piece)
		if err != nil {
			return
		}
		buf = append(buf, piece[:n]...)
		for {
			frame, rest := ftCut(buf)
			buf = append(buf[:0], rest...)
			if frame == nil {
				break
			}
			if k.o.Clock.Sleep(k.ctx, k.lineTime(len(frame))) != nil {
				return
			}
			t.take(k, frame)
			k.tell()
		}
	}
}

// ftCut cuts the first whole frame off.
func ftCut(b []byte) (frame, rest []byte) {
	for ; len(b) > 0; b = b[1:] {
		if b[0] != 0xFF || len(b) > 1 && b[1] != 0x68 {
			continue
		}
		if len(b) < 9 || len(b) < int(b[2])+7 {
			return nil, b
		}
		n := int(b[2]) + 7
		if n < 9 || string(ftFrame(b[5], b[6], b[7:n-2])) != string(b[:n]) {
			continue
		}
		return append([]byte(nil), b[:n]...), b[n:]
	}
	return nil, nil
}

// take does what a frame says to its unit. An answer can be lost as well.
func (t *talkers) take(k *Keypads, f []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	u := k.units[int(f[5])]
	if u == nil || !u.on || u.mute || k.dice(k.drop) {
		return
	}
	u.heard = time.Now()
	p, data := u.pad, f[7:len(f)-2]
	switch {
	case p.frame != nil && string(f) == string(p.want):
		p.frame, p.rating = nil, false
	case f[6] == 0x02 && len(data) == 6 && u.Role != "rate":
		p.digits = ""
		for _, d := range data {
			p.digits += string(" 0123456789"[(int(d)+1)%11])
		}
	case f[6] == 0x03:
		p.beeps++
	case f[6] == 0x01 && u.Role == "rate" && string(data) == "\x0b":
		p.rating = true
	}
}
