// Package keypad drives the keys of a hall: rating pads, which a visitor presses
// once to say how it was, and call keypads, which a clerk works with instead of a
// screen. Many hang on one RS-485 line. Panels may hang on the same line and are
// then driven from here.
//
// Two families are known. "modbus" is our own: units queue presses and are asked
// for them, so that nothing is lost or doubled. "ff68" speaks when pressed and
// repeats until it hears itself back.
package keypad

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"motcua/drivers/panel"
	"motcua/drivers/serial"
	firmware "motcua/firmware-config"
	"motcua/server/queue"
)

// mostData is how many bytes a call keypad sends: two digits and the key.
const mostData = 3

// Press is a key that was pressed. The unit's address, Boot and Seq name it for
// good: the same three are the same press, however often it is told.
type Press struct {
	Unit   firmware.Unit
	Key    int
	Action firmware.Action
	Boot   int // which start of the unit it belongs to
	Seq    int // running number since that start
	Age    time.Duration
}

// Options of a Bus.
type Options struct {
	Profile *firmware.Keypad
	Units   []firmware.Unit
	Clock   queue.Clock
	// After waits; nil is time.After. Tests step it together with Clock.
	After func(time.Duration) <-chan time.Time
	// Accept stores a press. When it returns nil the press is stored for good and
	// the unit is told to forget it; otherwise the unit keeps it and tells it again.
	// It is called by Run alone, one press at a time.
	Accept func(context.Context, Press) error
	// Changed tells how a unit is, with a detail in English for technicians. May be nil.
	Changed func(firmware.Unit, queue.DeviceState, string)
	// Lost tells that a unit had to drop n presses because nobody asked for them. May be nil.
	Lost func(u firmware.Unit, n int)
	// PollEvery is how often a unit is asked while nothing happens, at most 2 s apart:
	// units show "no computer" after 5 s. When 0 it is 25 ms for each unit, but not
	// less than 80 nor more than 250 ms. A line with more units than that allows asks
	// as fast as it can.
	PollEvery time.Duration
	// Boot is the start of this program, for units that have no boot id of their own.
	Boot int
	// Baud is the line's speed, the profile's first when 0; gaps follow from it.
	Baud int
}

// Bus is one line with its units.
type Bus struct {
	o     Options
	rate  meanings
	call  meanings
	units []*unit
	at    map[int]*unit // by address
	wake  chan struct{}

	mu     sync.Mutex // guards what follows, the rest belongs to Run
	wanted map[int]wish
	counts Counts

	heard heard // ff68
}

// wish is what a unit shall show or do, set by other goroutines.
type wish struct {
	sign   panel.Sign
	shown  bool // sign was set
	invite bool // begin a rating
	beep   bool
}

// Counts is what happened on the line since the start.
type Counts struct {
	Asked    int // questions sent, or frames heard
	Silent   int // questions without an answer
	Noise    int // bytes that belonged to no frame
	Presses  int // accepted
	Refused  int // not accepted, to be told again
	Doubled  int // told again although accepted
	Unknown  int // keys without a meaning in the profile
	Lost     int // dropped by units whose queue was full
	Shown    int // displays and lamps written
	Restarts int // of units, as far as seen
}

// NewBus checks the options.
func NewBus(o Options) (*Bus, error) {
	if o.Profile == nil || o.Accept == nil {
		return nil, fmt.Errorf("keypad: a bus needs a profile and something that accepts presses")
	}
	if o.Clock == nil {
		o.Clock = queue.SystemClock
	}
	if o.After == nil {
		o.After = time.After
	}
	if o.PollEvery <= 0 {
		o.PollEvery = min(max(time.Duration(len(o.Units))*25*time.Millisecond, 80*time.Millisecond), 250*time.Millisecond)
	}
	o.PollEvery = min(o.PollEvery, 2*time.Second)
	if o.Baud == 0 && len(o.Profile.Serial.Baud) > 0 {
		o.Baud = o.Profile.Serial.Baud[0]
	}
	b := &Bus{o: o, at: map[int]*unit{}, wanted: map[int]wish{}, wake: make(chan struct{}, 1)}
	var err error
	if b.rate, err = meaningsOf(o.Profile.Protocol, "rate", o.Profile.Rate); err != nil {
		return nil, err
	}
	if b.call, err = meaningsOf(o.Profile.Protocol, "call", o.Profile.Call); err != nil {
		return nil, err
	}
	return b, b.addUnits()
}

func (b *Bus) addUnits() error {
	highest := map[string]int{Modbus: 247, FF68: 255}[b.o.Profile.Protocol]
	if highest == 0 {
		return fmt.Errorf("keypad: profile %s: protocol %q is none of modbus, ff68", b.o.Profile.ID, b.o.Profile.Protocol)
	}
	for _, u := range b.o.Units {
		switch {
		case u.Address < 1 || u.Address > highest:
			return fmt.Errorf("keypad: address %d is not in 1..%d", u.Address, highest)
		case b.at[u.Address] != nil:
			return fmt.Errorf("keypad: two units have address %d", u.Address)
		case u.Role != "rate" && u.Role != "call" && u.Role != "panel":
			return fmt.Errorf("keypad: unit %d: role %q is none of rate, call, panel", u.Address, u.Role)
		}
		n := newUnit(u, b.o.Profile)
		b.units, b.at[u.Address] = append(b.units, n), n
	}
	return nil
}

// The protocols of profiles.
const (
	Modbus = "modbus"
	FF68   = "ff68"
)

// Run drives the line until ctx ends or the line fails, and tells which. After a
// failure every unit counts as off-line; Run may be called again with a new port
// and goes on where it stopped.
func (b *Bus) Run(ctx context.Context, port serial.Port) error {
	run := b.runModbus
	if b.o.Profile.Protocol == FF68 {
		run = b.runFF68
	}
	err := run(ctx, port)
	if cause := context.Cause(ctx); errors.Is(cause, serial.ErrGone) {
		err = cause // seen by whoever keeps the port before it was seen here
	} else if cause != nil {
		return err
	}
	b.gone(err)
	return err
}

func (b *Bus) gone(err error) {
	for _, u := range b.units {
		if u.health.Gone() {
			b.changed(u, queue.DeviceOffline, "the line is away: "+err.Error())
		}
	}
}

// Show sets what a unit displays. It returns at once; the bus writes it when the
// unit answers, again after the unit restarted, and not when nothing changed.
func (b *Bus) Show(address int, s panel.Sign) {
	b.want(address, func(w *wish) { w.sign, w.shown = s, true })
}

// Invite asks for a rating: the pad beeps and lights its keys, or begins its own
// rating sequence.
func (b *Bus) Invite(address int) { b.want(address, func(w *wish) { w.invite = true }) }

// Beep lets a unit beep once.
func (b *Bus) Beep(address int) { b.want(address, func(w *wish) { w.beep = true }) }

func (b *Bus) want(address int, set func(*wish)) {
	b.mu.Lock()
	w := b.wanted[address]
	set(&w)
	b.wanted[address] = w
	b.mu.Unlock()
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// wishOf gives what a unit shall do, and takes the things that happen once.
func (b *Bus) wishOf(address int) wish {
	b.mu.Lock()
	defer b.mu.Unlock()
	w := b.wanted[address]
	if w.invite || w.beep {
		b.wanted[address] = wish{sign: w.sign, shown: w.shown}
	}
	return w
}

// Counts tells what happened on the line.
func (b *Bus) Counts() Counts {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.counts
}

func (b *Bus) count(add func(*Counts)) {
	b.mu.Lock()
	add(&b.counts)
	b.mu.Unlock()
}

func (b *Bus) changed(u *unit, s queue.DeviceState, detail string) {
	u.is, u.detail = s, detail
	if b.o.Changed != nil {
		b.o.Changed(u.Unit, s, detail)
	}
}

// accept hands a press over and tells whether it is stored for good.
func (b *Bus) accept(ctx context.Context, p Press) bool {
	err := b.o.Accept(ctx, p)
	b.count(func(c *Counts) {
		if err != nil {
			c.Refused++
		} else {
			c.Presses++
		}
	})
	return mayForget(err == nil)
}
