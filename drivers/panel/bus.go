package panel

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"motcua/drivers/keypad/modbus"
	"motcua/drivers/serial"
	firmware "motcua/firmware-config"
	"motcua/firmware-config/keypad/registers"
	"motcua/server/queue"
)

// Options of a Bus.
type Options struct {
	Profile *firmware.Panel
	Units   []firmware.Unit
	Clock   queue.Clock
	// After waits; nil is time.After. Tests step it together with Clock.
	After func(time.Duration) <-chan time.Time
	// Changed tells how a panel is, with a detail in English for technicians. May be nil.
	Changed func(firmware.Unit, queue.DeviceState, string)
}

// Bus is a line with panels and nothing else on it.
type Bus struct {
	o     Options
	units []*unit
	wake  chan struct{}

	mu    sync.Mutex
	signs map[int]Sign
}

// unit is one panel.
type unit struct {
	firmware.Unit
	health modbus.Health
	shows  string    // what was last written to it
	due    time.Time // when to write or ask next
}

// The protocols of profiles.
const (
	protocolModbus = "modbus"
	protocolFF68   = "ff68"
	protocolASCII  = "ascii"
)

const (
	answerIn = 300 * time.Millisecond
	retries  = 2
	// alive is how often a panel is written to when nothing changes: our own show
	// "no computer" after 5 s, the others may have missed a line or restarted.
	alive      = 2 * time.Second
	away       = 5 * time.Second
	blinkEvery = 500 * time.Millisecond
)

// NewBus checks the options.
func NewBus(o Options) (*Bus, error) {
	if o.Profile == nil {
		return nil, errors.New("panel: a bus needs a profile")
	}
	highest := map[string]int{protocolModbus: 247, protocolFF68: 255, protocolASCII: 99}[o.Profile.Protocol]
	if highest == 0 {
		return nil, fmt.Errorf("panel: profile %s: protocol %q is none of modbus, ff68, ascii", o.Profile.ID, o.Profile.Protocol)
	}
	if o.Clock == nil {
		o.Clock = queue.SystemClock
	}
	if o.After == nil {
		o.After = time.After
	}
	b := &Bus{o: o, signs: map[int]Sign{}, wake: make(chan struct{}, 1)}
	seen := map[int]bool{}
	for _, u := range o.Units {
		if u.Address < 1 || u.Address > highest || seen[u.Address] {
			return nil, fmt.Errorf("panel: address %d is not in 1..%d, or there twice", u.Address, highest)
		}
		seen[u.Address] = true
		b.units = append(b.units, &unit{Unit: u, health: modbus.Health{Retries: retries, Idle: away}})
	}
	return b, nil
}

// Show sets what a panel displays. It returns at once.
func (b *Bus) Show(address int, s Sign) {
	b.mu.Lock()
	b.signs[address] = s
	b.mu.Unlock()
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// Run drives the line until ctx ends or the line fails, and tells which. It may be
// called again with a new port. Panels that cannot answer are "unknown" while the
// line is there.
func (b *Bus) Run(ctx context.Context, port serial.Port) error {
	err := b.run(ctx, port)
	if cause := context.Cause(ctx); errors.Is(cause, serial.ErrGone) {
		err = cause // seen by whoever keeps the port before it was seen here
	} else if cause != nil {
		return err
	}
	for _, u := range b.units {
		u.health.Gone()
		b.changed(u, queue.DeviceOffline, "the line is away: "+err.Error())
	}
	return err
}

func (b *Bus) run(ctx context.Context, port serial.Port) error {
	line := &modbus.Line{Port: port, Now: b.o.Clock.Now, Timeout: answerIn, Gap: 4 * time.Millisecond}
	for _, u := range b.units {
		u.shows, u.due = "", time.Time{}
		if b.o.Profile.Protocol != protocolModbus {
			b.changed(u, queue.DeviceUnknown, "it cannot answer; the line is open")
		}
	}
	for ctx.Err() == nil {
		now := b.o.Clock.Now()
		next := now.Add(alive)
		for _, u := range b.units {
			if err := b.refresh(port, line, u, now); err != nil {
				return err
			}
			if u.due.Before(next) {
				next = u.due
			}
		}
		b.rest(ctx, next.Sub(b.o.Clock.Now()))
	}
	return ctx.Err()
}

func (b *Bus) rest(ctx context.Context, wait time.Duration) {
	select {
	case <-ctx.Done():
	case <-b.wake:
	case <-b.o.After(wait):
	}
}

// refresh writes to a panel when what it shall show is another, and now and then.
func (b *Bus) refresh(port serial.Port, line *modbus.Line, u *unit, now time.Time) error {
	b.mu.Lock()
	s, known := b.signs[u.Address]
	b.mu.Unlock()
	if !known {
		s = Sign{State: queue.CounterClosed}
	}
	p := b.o.Profile
	text, blink := s.Text(p.Digits, p.Letters), s.Blinks()
	if blink && !p.Blink && p.Protocol != protocolModbus {
		// The panel cannot blink by itself, so the computer takes the text away.
		if now.UnixMilli()/blinkEvery.Milliseconds()%2 == 1 {
			text = strings.Repeat(" ", len(text))
		}
	}
	want := fmt.Sprint(text, blink)
	if want == u.shows && now.Before(u.due) || !u.health.Online() && u.health.Known() && now.Before(u.due) {
		return nil
	}
	u.due = now.Add(alive)
	if blink && !p.Blink && p.Protocol != protocolModbus {
		u.due = now.Truncate(blinkEvery).Add(blinkEvery)
	}
	if p.Protocol == protocolModbus {
		return b.ask(line, u, now, want, Registers(text, blink))
	}
	u.shows = want
	frame := ASCII(u.Address, text, p.Blink, blink)
	if p.Protocol == protocolFF68 {
		frame = Display(u.Address, text).Bytes()
	}
	_, err := port.Write(frame, now.Add(time.Second))
	if errors.Is(err, serial.ErrTimeout) {
		return nil // written again soon
	}
	return err
}

// ask writes the registers of one of our own panels and notes whether it answered.
func (b *Bus) ask(line *modbus.Line, u *unit, now time.Time, want string, values []uint16) error {
	_, err := line.Ask(modbus.Request{Unit: byte(u.Address), Function: modbus.WriteMany,
		To: registers.HoldingDigits, Values: values})
	var refused modbus.Exception
	switch {
	case err == nil:
		u.shows = want
		if u.health.Heard() {
			b.changed(u, queue.DeviceReady, "")
		}
		return nil
	case errors.As(err, &refused):
		if u.health.Gone() {
			b.changed(u, queue.DeviceUnknown, "it answers, but not as a panel: "+refused.Error())
		}
		u.due = now.Add(away)
		return nil
	case !errors.Is(err, serial.ErrTimeout):
		return err
	}
	changed, wait := u.health.Missed()
	u.due = now.Add(wait)
	if changed {
		b.changed(u, queue.DeviceOffline, fmt.Sprintf("no answer at address %d", u.Address))
	}
	return nil
}

func (b *Bus) changed(u *unit, s queue.DeviceState, detail string) {
	if b.o.Changed != nil {
		b.o.Changed(u.Unit, s, detail)
	}
}

// Units lists what stands on the line.
func (b *Bus) Units() []firmware.Unit { return slices.Clone(b.o.Units) }
