package keypad

import (
	"context"
	"errors"
	"fmt"
	"time"

	"motcua/drivers/keypad/modbus"
	"motcua/drivers/serial"
	firmware "motcua/firmware-config"
	"motcua/firmware-config/keypad/registers"
	"motcua/server/queue"
)

// burst is how many questions a unit gets before it is the next one's turn: what
// it has queued is fetched at once, but a hand that hammers does not hold up the line.
const burst = 4

func (b *Bus) runModbus(ctx context.Context, port serial.Port) error {
	line := &modbus.Line{Port: port, Now: b.o.Clock.Now, Gap: gapOf(b.o.Baud)}
	now := b.o.Clock.Now()
	for _, u := range b.units {
		u.due, u.shown = now, event{}
	}
	for ctx.Err() == nil {
		u, wait := b.next()
		if wait > 0 {
			b.rest(ctx, wait)
			continue
		}
		err := b.turn(ctx, line, u)
		b.count(func(c *Counts) { c.Noise += line.TakeNoise() })
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// gapOf is the silence of 3.5 characters before a question, and at high speeds
// the fixed time the standard names instead.
func gapOf(baud int) time.Duration {
	if baud <= 0 || baud > 19200 {
		return 1750 * time.Microsecond
	}
	return time.Duration(38_500_000/baud) * time.Microsecond
}

// next is the unit that waited longest, and how long until it may be asked.
func (b *Bus) next() (*unit, time.Duration) {
	now := b.o.Clock.Now()
	var first *unit
	for _, u := range b.units {
		if first == nil || u.due.Before(first.due) {
			first = u
		}
	}
	if first == nil {
		return nil, time.Second
	}
	return first, first.due.Sub(now)
}

// rest waits until a unit is due, or until somebody wants something shown.
func (b *Bus) rest(ctx context.Context, wait time.Duration) {
	select {
	case <-ctx.Done():
	case <-b.o.After(wait):
	case <-b.wake:
		b.hurry()
	}
}

// hurry makes units due that have something to show.
func (b *Bus) hurry() {
	now := b.o.Clock.Now()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, u := range b.units {
		w := b.wanted[u.Address]
		if _, _, any := u.write(w, now); u.health.Online() && (any || w.invite || w.beep) && u.due.After(now) {
			u.due = now
		}
	}
}

// turn asks one unit for its presses and writes what it shall show. The error is
// the line's: silence and refusals are the unit's own affair.
func (b *Bus) turn(ctx context.Context, line *modbus.Line, u *unit) error {
	for range burst {
		line.Timeout = b.timeout(u)
		a, err := line.Ask(u.poll())
		if err != nil {
			return b.failed(u, err)
		}
		again := b.took(ctx, u, tellOf(a.Registers))
		if !again || ctx.Err() != nil {
			break
		}
	}
	now := b.o.Clock.Now()
	u.due = now.Add(b.o.PollEvery)
	if !u.health.Online() {
		u.due = now.Add(u.health.Idle)
		return nil
	}
	if u.pending() {
		u.due = now.Add(b.o.PollEvery / 4)
	}
	if err := b.configure(line, u); err != nil {
		return err
	}
	return b.write(line, u, now)
}

// timeout of an answer: half of it for a unit that is away, so that those that
// are there do not wait long for one that is not.
func (b *Bus) timeout(u *unit) time.Duration {
	d := time.Duration(b.o.Profile.Timeout) * time.Millisecond
	if d <= 0 {
		d = 300 * time.Millisecond
	}
	if u.health.Known() && !u.health.Online() {
		return d / 2
	}
	return d
}

// failed notes that a question was not answered; line errors are given back.
func (b *Bus) failed(u *unit, err error) error {
	b.count(func(c *Counts) { c.Asked++ })
	now := b.o.Clock.Now()
	var refused modbus.Exception
	switch {
	case errors.As(err, &refused):
		if u.health.Online() || !u.health.Known() {
			b.changed(u, queue.DeviceUnknown, "it answers, but not as a keypad: "+refused.Error())
		}
		u.health.Gone()
		u.due = now.Add(u.health.Idle)
		return nil
	case !errors.Is(err, serial.ErrTimeout):
		return err
	}
	b.count(func(c *Counts) { c.Silent++ })
	changed, wait := u.health.Missed()
	u.due = now.Add(wait)
	if changed {
		b.changed(u, queue.DeviceOffline, fmt.Sprintf("no answer at address %d", u.Address))
	}
	return nil
}

// took notes an answer and hands the press in it over; again asks for another
// question at once, because there is something to acknowledge.
func (b *Bus) took(ctx context.Context, u *unit, t told) (again bool) {
	b.count(func(c *Counts) { c.Asked++ })
	if t.device != 0 && t.device != registers.DeviceType {
		if u.health.Online() || !u.health.Known() {
			b.changed(u, queue.DeviceUnknown, fmt.Sprintf("address %d is a device of type %04x, no keypad of ours", u.Address, t.device))
		}
		u.health.Gone()
		return false
	}
	restarted, lost := u.note(t)
	detail := ""
	if restarted {
		b.count(func(c *Counts) { c.Restarts++ })
		detail = fmt.Sprintf("it restarted, boot %d", t.boot)
	}
	if lost > 0 {
		detail = b.dropped(u, lost)
	}
	if u.health.Heard() {
		if b.o.Profile.Debounce > 0 {
			u.unchecked = configTries
		}
		if detail == "" {
			detail = fmt.Sprintf("firmware %x.%02x", t.version>>8, t.version&0xFF)
		}
	}
	if detail != "" {
		b.changed(u, queue.DeviceReady, detail)
	}
	if !u.fresh() {
		if u.pending() {
			b.count(func(c *Counts) { c.Doubled++ })
		}
		return u.pending()
	}
	return b.press(ctx, u, t)
}

func (b *Bus) dropped(u *unit, n int) string {
	b.count(func(c *Counts) { c.Lost += n })
	if b.o.Lost != nil {
		b.o.Lost(u.Unit, n)
	}
	return fmt.Sprintf("its queue was full: presses lost: %d", n)
}

// press stores the press the unit shows. A key without a meaning is dropped, else
// it would stand in the way of the others for ever.
func (b *Bus) press(ctx context.Context, u *unit, t told) bool {
	action, meant := b.meaning(u.Unit, string([]byte{byte(t.key)}))
	if !meant || t.key > 0xFF {
		b.count(func(c *Counts) { c.Unknown++ })
		u.taken = u.shown
		return true
	}
	p := Press{Unit: u.Unit, Key: int(t.key), Action: action, Boot: int(t.boot), Seq: int(t.seq),
		Age: time.Duration(t.age) * registers.EventAgeUnit * time.Millisecond}
	if !b.accept(ctx, p) {
		return false
	}
	u.taken = u.shown
	u.lamps.light(lampA, b.o.Clock.Now().Add(thanksTime))
	return true
}

// meaning of the bytes a unit sent; panels have no keys.
func (b *Bus) meaning(u firmware.Unit, data string) (firmware.Action, bool) {
	switch u.Role {
	case "rate":
		return b.rate.find(data)
	case "call":
		return b.call.find(data)
	}
	return firmware.Action{}, false
}

// write brings lamps and display up to date, one write a turn.
func (b *Bus) write(line *modbus.Line, u *unit, now time.Time) error {
	w := b.wishOf(u.Address)
	if w.invite {
		u.lamps.light(lampABlink, now.Add(inviteTime))
	}
	u.lamps.beep = u.lamps.beep || w.beep
	r, done, any := u.write(w, now)
	if any {
		_, err := line.Ask(r)
		var refused modbus.Exception
		switch {
		case err == nil:
			done()
			b.count(func(c *Counts) { c.Shown++ })
		case errors.As(err, &refused):
			u.refuse = true // a keypad without lamps or display: it still has keys
		case !errors.Is(err, serial.ErrTimeout):
			return err
		}
	}
	if _, _, more := u.write(w, now); more {
		u.due = now
	} else if off := u.lamps.off; !off.IsZero() && off.Before(u.due) {
		u.due = off
	}
	return nil
}
