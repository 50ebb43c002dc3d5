package keypad

import (
	"slices"
	"time"

	"motcua/drivers/keypad/modbus"
	"motcua/drivers/panel"
	firmware "motcua/firmware-config"
	"motcua/firmware-config/keypad/registers"
	"motcua/server/queue"
)

// unit is what the bus knows of one device.
type unit struct {
	firmware.Unit
	health  modbus.Health
	places  int // of its display
	letters bool
	due     time.Time // when to ask it next

	shown event // the oldest press in its queue, as last told
	taken event // the last one that Accept stored
	boot  uint16
	known bool   // boot and lost were read
	lost  uint16 // as last told

	is        queue.DeviceState // as last told, with its detail
	detail    string
	unchecked int // so many more times its configuration may be asked for

	lamps  lamps
	shows  []uint16 // display registers as written; nil when not known
	refuse bool     // it refused to show something; asked again after a restart
}

// event names a press of one unit.
type event struct{ boot, seq uint16 }

func newUnit(u firmware.Unit, p *firmware.Keypad) *unit {
	n := &unit{Unit: u, places: p.Digits, letters: p.Protocol == Modbus}
	n.health.Retries = p.Retries
	n.health.Idle = time.Duration(p.Idle) * time.Millisecond
	if n.health.Idle <= 0 {
		n.health.Idle = 5 * time.Second
	}
	return n
}

// The inputs a poll reads: all while the unit must show what it is, later only
// what changes; that makes a round of a full line a fifth shorter.
const (
	pollFrom = registers.InputBoot
	pollEnd  = registers.InputLost + 1
)

// poll asks for the oldest press and acknowledges the one that was stored. A
// number is acknowledged only while the unit shows it; after a restart the unit
// counts from elsewhere, so an acknowledgement that comes late hits nothing.
func (u *unit) poll() modbus.Request {
	ack := uint16(0)
	if u.shown == u.taken {
		ack = u.taken.seq
	}
	from, end := uint16(pollFrom), uint16(pollEnd)
	if !u.health.Online() {
		from, end = 0, registers.InputEnd
	}
	return modbus.Request{Unit: byte(u.Address), Function: modbus.ReadWrite,
		From: registers.HoldingMirror + from, Count: end - from,
		To: registers.HoldingAck, Values: []uint16{ack}}
}

// told is an answer to poll.
type told struct {
	device, version  uint16 // 0 when they were not asked for
	boot, uptime     uint16
	queued, seq, key uint16
	age, lost        uint16
}

func tellOf(r []uint16) (t told) {
	if len(r) == registers.InputEnd {
		t.device, t.version = r[registers.InputDeviceType], r[registers.InputVersion]
		r = r[pollFrom:]
	}
	at := func(reg int) uint16 { return r[reg-pollFrom] }
	t.boot, t.uptime = at(registers.InputBoot), at(registers.InputUptime)
	t.queued, t.seq, t.key = at(registers.InputQueued), at(registers.InputSeq), at(registers.InputKey)
	t.age, t.lost = at(registers.InputAge), at(registers.InputLost)
	return t
}

// note takes what was told; restarted says that the unit began anew since it was
// last heard, lost how many presses it had to drop since.
func (u *unit) note(t told) (restarted bool, lost int) {
	restarted = u.known && t.boot != u.boot
	if restarted {
		u.lost = 0
	}
	if restarted || !u.known {
		u.shows, u.lamps, u.refuse = nil, lamps{}, false
	}
	if u.known && t.lost > u.lost {
		lost = int(t.lost - u.lost)
	}
	u.boot, u.lost, u.known = t.boot, t.lost, true
	u.shown = event{t.boot, t.seq}
	if t.seq == 0 {
		u.shown = event{}
	}
	return restarted, lost
}

// fresh tells whether the unit shows a press that was not stored yet.
func (u *unit) fresh() bool { return u.shown.seq != 0 && u.shown != u.taken }

// pending tells whether the unit shows a press that was stored and can go.
func (u *unit) pending() bool { return u.shown.seq != 0 && u.shown == u.taken }

// lamps is the feedback at the keys.
type lamps struct {
	on, written uint16
	off         time.Time // when to put them out; zero when they are out
	beep        bool      // a beep is owed
}

// How long people see and hear that a press counted.
const (
	thanksTime = 1200 * time.Millisecond
	inviteTime = 8 * time.Second
	beepTicks  = 12 // of 10 ms
	lampA      = 0x01
	lampABlink = 0x10
)

func (l *lamps) light(mask uint16, until time.Time) { l.on, l.off, l.beep = mask, until, true }

// put darkens lamps whose time is over.
func (l *lamps) put(now time.Time) {
	if !l.off.IsZero() && !now.Before(l.off) {
		l.on, l.off = 0, time.Time{}
	}
}

// write is the next thing to write to the unit, if any, and what to note when the
// unit took it.
func (u *unit) write(w wish, now time.Time) (r modbus.Request, done func(), any bool) {
	u.lamps.put(now)
	if u.refuse {
		return r, nil, false
	}
	r = modbus.Request{Unit: byte(u.Address), Function: modbus.WriteMany}
	display := u.display(w)
	switch {
	case u.lamps.on != u.lamps.written:
		on := u.lamps.on
		r.To, r.Values = registers.HoldingLED, []uint16{on}
		return r, func() { u.lamps.written = on }, true
	case u.lamps.beep:
		r.To, r.Values = registers.HoldingBeep, []uint16{beepTicks}
		return r, func() { u.lamps.beep = false }, true
	case display != nil && !slices.Equal(display, u.shows):
		r.To, r.Values = registers.HoldingDigits, display
		return r, func() { u.shows = display }, true
	}
	return r, nil, false
}

// display gives the registers that show what is wanted, nil for none.
func (u *unit) display(w wish) []uint16 {
	if !w.shown || u.places == 0 {
		return nil
	}
	return panel.Registers(u.text(w.sign), w.sign.Blinks())
}

// text is a sign as this unit shows it: panels to the hall, keypads to the clerk.
func (u *unit) text(s panel.Sign) string {
	if u.Role == "panel" {
		return s.Text(u.places, u.letters)
	}
	return s.Desk(u.places, u.letters)
}
