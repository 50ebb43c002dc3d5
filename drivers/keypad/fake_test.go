package keypad

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"testing"
	"time"

	"motcua/drivers/keypad/modbus"
	"motcua/drivers/serial"
	firmware "motcua/firmware-config"
	"motcua/firmware-config/keypad/registers"
	"motcua/server/queue"
)

// hand is a line in memory with a clock that only moves when the driver waits.
type hand struct {
	now    time.Time
	end    time.Time
	cancel context.CancelFunc
	in     []byte
	answer func(frame []byte) []byte // nil: silence
	broken error
	at     []step // what happens when
}

type step struct {
	after time.Duration
	do    func()
}

var begin = time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)

func (h *hand) Now() time.Time { return h.now }

func (h *hand) pass(d time.Duration) {
	h.now = h.now.Add(max(d, 0))
	for len(h.at) > 0 && h.now.Sub(begin) >= h.at[0].after {
		do := h.at[0].do
		h.at = h.at[1:]
		do()
	}
	if !h.now.Before(h.end) {
		h.cancel()
	}
}

func (h *hand) After(d time.Duration) <-chan time.Time {
	h.pass(d)
	c := make(chan time.Time, 1)
	c <- h.now
	return c
}

func (h *hand) Read(p []byte, deadline time.Time) (int, error) {
	if h.broken != nil {
		return 0, h.broken
	}
	if len(h.in) == 0 {
		h.pass(deadline.Sub(h.now))
		return 0, serial.ErrTimeout
	}
	n := copy(p, h.in)
	h.in = h.in[n:]
	return n, nil
}

// exchange is what a question and its answer take on a line of 19200 baud.
const exchange = 20 * time.Millisecond

func (h *hand) Write(p []byte, _ time.Time) (int, error) {
	h.pass(exchange)
	h.in = append(h.in, h.answer(p)...)
	return len(p), h.broken
}

func (h *hand) Drain(time.Time) error        { return nil }
func (h *hand) Flush() error                 { h.in = nil; return nil }
func (h *hand) Modem() (serial.Modem, error) { return serial.Modem{}, nil }
func (h *hand) Close() error                 { return nil }
func (h *hand) run(t *testing.T, o Options, d time.Duration) (*Bus, error) {
	t.Helper()
	if h.now.IsZero() {
		h.now = begin
	}
	h.end = h.now.Add(d)
	o.Clock, o.After = h, h.After
	b, err := NewBus(o)
	if err != nil {
		t.Fatal(err)
	}
	return b, h.again(b)
}

func (h *hand) again(b *Bus) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	h.cancel = cancel
	return b.Run(ctx, h)
}

// device is a keypad as the tests want it, on the hand's line.
type device struct {
	boot, lost uint16
	events     []event
	key        uint16
	asked      []time.Time
	acks       []uint16
	writes     []modbus.Request
	silent     bool
	config     registers.Config // in force; the zero value is the profile's
}

func (h *hand) serve(devices map[byte]*device) {
	h.answer = func(f []byte) []byte {
		d := devices[f[0]]
		if d == nil {
			return nil
		}
		if f[1] == byte(modbus.ReadHolding) && !d.silent {
			return d.configured(f)
		}
		d.asked = append(d.asked, h.now)
		if d.silent {
			return nil
		}
		word := func(at int) uint16 { return binary.BigEndian.Uint16(f[at:]) }
		if f[1] == byte(modbus.WriteMany) {
			w := modbus.Request{To: word(2)}
			for at := 7; at < len(f)-2; at += 2 {
				w.Values = append(w.Values, word(at))
			}
			d.writes = append(d.writes, w)
			return modbus.Sealed(slices.Clone(f[:6]))
		}
		from, count, ack := word(2)-registers.HoldingMirror, word(4), word(11)
		if ack != 0 {
			d.acks = append(d.acks, ack)
		}
		if len(d.events) > 0 && ack == d.events[0].seq {
			d.events = d.events[1:]
		}
		all := make([]uint16, registers.InputEnd)
		all[registers.InputDeviceType], all[registers.InputVersion] = registers.DeviceType, 0x0100
		all[registers.InputBoot], all[registers.InputLost] = d.boot, d.lost
		if len(d.events) > 0 {
			all[registers.InputQueued] = uint16(len(d.events))
			all[registers.InputSeq], all[registers.InputKey], all[registers.InputAge] = d.events[0].seq, d.key, 5
		}
		b := []byte{f[0], f[1], byte(2 * count)}
		for _, v := range all[from : from+count] {
			b = binary.BigEndian.AppendUint16(b, v)
		}
		return modbus.Sealed(b)
	}
}

// configured answers a question for the configuration.
func (d *device) configured(f []byte) []byte {
	c := d.config
	if c == (registers.Config{}) {
		c = registers.DefaultConfig()
		c.Address = int(f[0])
	}
	values := []int{c.Debounce, 0, c.Address, c.Parity, c.Baud}
	if binary.BigEndian.Uint16(f[2:]) == registers.HoldingConfigCRC {
		values = []int{int(c.CRC())}
	}
	b := []byte{f[0], f[1], byte(2 * len(values))}
	for _, v := range values {
		b = binary.BigEndian.AppendUint16(b, uint16(v))
	}
	return modbus.Sealed(b)
}

// log collects what a bus says.
type log struct {
	presses []Press
	states  []queue.DeviceState
	details []string
	lost    int
	refuse  int // so many presses are refused first
}

func (l *log) options(t *testing.T, units ...firmware.Unit) Options {
	t.Helper()
	p, err := firmware.LoadKeypad("motcua-kp5")
	if err != nil {
		t.Fatal(err)
	}
	return Options{Profile: p, Units: units,
		Accept: func(_ context.Context, p Press) error {
			if l.refuse > 0 {
				l.refuse--
				return errors.New("the disk is full")
			}
			l.presses = append(l.presses, p)
			return nil
		},
		Changed: func(_ firmware.Unit, s queue.DeviceState, detail string) {
			l.states, l.details = append(l.states, s), append(l.details, detail)
		},
		Lost: func(_ firmware.Unit, n int) { l.lost += n }}
}

func ratingPad(address int) firmware.Unit {
	return firmware.Unit{Address: address, Counter: "quay-1", Role: "rate"}
}

// resealed gives a frame that was changed its right CRC.
func resealed(f []byte) []byte { return modbus.Sealed(f[:len(f)-2]) }
