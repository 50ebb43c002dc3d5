package keypad

import (
	"context"
	"errors"
	"time"

	"motcua/drivers/keypad/ff68"
	"motcua/drivers/panel"
	"motcua/drivers/serial"
	"motcua/server/queue"
)

// heard is what the FF 68 side of a bus remembers. These units have no number on
// a press: the same frame again within Repeat is the same press.
type heard struct {
	buf   []byte
	seq   int
	last  map[byte]*press
	sent  []echo // what an adapter that hears itself may bring back
	quiet time.Time
	shows map[int]shown
}

// press is the last one of a unit.
type press struct {
	frame    ff68.Frame
	seq      int
	at       time.Time // when it was last heard
	accepted bool
}

type echo struct {
	frame ff68.Frame
	at    time.Time
}

// shown is a display as last written.
type shown struct {
	frame ff68.Frame
	at    time.Time
}

const (
	listen     = 100 * time.Millisecond // longest wait before looking what shall be shown
	quietFor   = 60 * time.Millisecond  // of silence before the computer speaks unasked
	echoWithin = 100 * time.Millisecond
	// refresh writes displays again: nothing tells whether one was heard.
	refresh    = 30 * time.Second
	sendWithin = time.Second
)

func (b *Bus) runFF68(ctx context.Context, port serial.Port) error {
	now := b.o.Clock.Now()
	h := &b.heard
	h.buf, h.sent, h.quiet, h.shows = nil, nil, now, map[int]shown{}
	if h.last == nil {
		h.last = map[byte]*press{}
	}
	for _, u := range b.units {
		if !u.health.Online() {
			b.changed(u, queue.DeviceUnknown, "the line is open; it speaks when a key is pressed")
		}
	}
	piece := make([]byte, 256)
	for ctx.Err() == nil {
		n, err := port.Read(piece, b.o.Clock.Now().Add(listen))
		switch {
		case errors.Is(err, serial.ErrTimeout):
			h.buf = h.buf[:0] // what stopped in the middle will be repeated
		case err != nil:
			return err
		default:
			h.quiet = b.o.Clock.Now()
			h.buf = append(h.buf, piece[:n]...)
			if err := b.hearAll(ctx, port); err != nil {
				return err
			}
		}
		if err := b.speak(port); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// hearAll takes every whole frame that came.
func (b *Bus) hearAll(ctx context.Context, port serial.Port) error {
	h := &b.heard
	for {
		f, skip, done := ff68.Find(h.buf)
		if !done {
			b.count(func(c *Counts) { c.Noise += skip })
			h.buf = append(h.buf[:0], h.buf[skip:]...)
			return nil
		}
		b.count(func(c *Counts) { c.Asked++; c.Noise += skip - len(f.Bytes()) })
		h.buf = append(h.buf[:0], h.buf[skip:]...)
		if b.ownEcho(f) {
			continue
		}
		if b.hear(ctx, f) {
			if err := b.say(port, f.Reply()); err != nil {
				return err
			}
		}
	}
}

// ownEcho tells whether a frame is one that was just sent, brought back by an
// adapter that hears itself: answering it would never end. A device that repeats
// just then is heard the next time it does.
func (b *Bus) ownEcho(f ff68.Frame) bool {
	h := &b.heard
	now := b.o.Clock.Now()
	for i, e := range h.sent {
		if e.frame == f && now.Sub(e.at) <= echoWithin {
			h.sent = append(h.sent[:i], h.sent[i+1:]...)
			return true
		}
	}
	return false
}

// hear takes one frame and tells whether to acknowledge it.
func (b *Bus) hear(ctx context.Context, f ff68.Frame) bool {
	u := b.at[int(f.Addr)]
	if u == nil || len(f.Data) < 1 || len(f.Data) > mostData || (f.Cmd == ff68.CmdMark) != (u.Role == "rate") {
		return false
	}
	if u.health.Heard() {
		b.changed(u, queue.DeviceReady, "")
	}
	key, _ := f.Key()
	data := f.Data
	if u.Role == "rate" {
		key, data = f.Data[0], f.Data[:1]
	}
	action, meant := b.meaning(u.Unit, data)
	if !meant {
		b.count(func(c *Counts) { c.Unknown++ })
		return true // acknowledged, or it would repeat for ever
	}
	p := b.pressOf(f)
	if p.accepted {
		b.count(func(c *Counts) { c.Doubled++ })
		return true
	}
	p.accepted = b.accept(ctx, Press{Unit: u.Unit, Key: int(key), Action: action, Boot: b.o.Boot, Seq: p.seq})
	p.at = b.o.Clock.Now()
	return p.accepted
}

// pressOf finds the press a frame belongs to: the unit's last one when it is the
// same and not long ago, else a new one with the next number.
func (b *Bus) pressOf(f ff68.Frame) *press {
	h := &b.heard
	now := b.o.Clock.Now()
	within := time.Duration(b.o.Profile.Repeat) * time.Millisecond
	if within <= 0 {
		within = 400 * time.Millisecond
	}
	p := h.last[f.Addr]
	if p == nil || p.frame != f || now.Sub(p.at) > within {
		h.seq++
		p = &press{frame: f, seq: h.seq}
		h.last[f.Addr] = p
	}
	p.at = now
	return p
}

// say sends a frame at once.
func (b *Bus) say(port serial.Port, f ff68.Frame) error {
	_, err := port.Write(f.Bytes(), b.o.Clock.Now().Add(sendWithin))
	if errors.Is(err, serial.ErrTimeout) {
		return nil // a line that is stopped for a moment: the unit repeats
	}
	now := b.o.Clock.Now()
	h := &b.heard
	h.quiet = now
	h.sent = append(h.sent, echo{f, now})
	if len(h.sent) > 8 {
		h.sent = h.sent[1:]
	}
	return err
}

// speak sends one thing that is wanted, while nobody else speaks.
func (b *Bus) speak(port serial.Port) error {
	h := &b.heard
	now := b.o.Clock.Now()
	if len(h.buf) > 0 || now.Sub(h.quiet) < quietFor {
		return nil
	}
	for _, u := range b.units {
		f, ok := b.toSay(u, now)
		if ok {
			return b.say(port, f)
		}
	}
	return nil
}

// toSay is the next thing a unit shall do. The display of a rating pad shows
// nothing of ours; it only begins ratings.
func (b *Bus) toSay(u *unit, now time.Time) (ff68.Frame, bool) {
	w := b.wishOf(u.Address)
	switch {
	case w.invite && u.Role == "rate":
		return ff68.Frame{Addr: byte(u.Address), Cmd: ff68.CmdStart, Data: string([]byte{ff68.StartRating})}, true
	case (w.beep || w.invite) && u.Role != "rate":
		return ff68.Frame{Addr: byte(u.Address), Cmd: ff68.CmdBeep}, true
	case !w.shown || u.Role == "rate":
		return ff68.Frame{}, false
	}
	f := panel.Display(u.Address, u.text(w.sign))
	if old := b.heard.shows[u.Address]; old.frame == f && now.Sub(old.at) < refresh {
		return f, false
	}
	b.heard.shows[u.Address] = shown{f, now}
	b.count(func(c *Counts) { c.Shown++ })
	return f, true
}
