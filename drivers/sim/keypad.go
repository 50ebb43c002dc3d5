package sim

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"

	firmware "motcua/firmware-config"
	"motcua/firmware-config/keypad/registers"
)

// KeypadOptions describe a bus of keypads and panels.
type KeypadOptions struct {
	ID      string
	Cable   *Cable
	Profile *firmware.Keypad
	Units   []firmware.Unit
	Baud    int   // of the line, the profile's first when 0: bytes take their time
	Clock   Clock // nil is the machine's
	Seed    uint64
	Boot    int // boot id the units begin with, 1 when 0
}

// Keypads is a bus of keypads and panels on one cable, of either family.
//
// Its actions: press "4:1" (address and key as the profile names it), power "4"
// (off and on again), off "4", on "4", mute "4" and unmute "4" (it hears but its
// answers are lost), drop "33" (percent of answers lost), noise "20" (percent of
// answers with rubbish), half "20" (percent of frames that stop in the middle,
// FF 68), unplug, plug.
type Keypads struct {
	o        KeypadOptions
	protocol busProtocol

	mu      sync.Mutex
	units   map[int]*padUnit
	rand    *rand.Rand
	drop    int // percent
	noise   int
	half    int
	changed func()

	ctx    context.Context
	cancel context.CancelFunc
	wg     sync.WaitGroup
}

// busProtocol is how the units of a bus speak. Its methods are called with the
// bus locked, run excepted.
type busProtocol interface {
	run(*Keypads)
	press(u *padUnit, key string) (took bool, err error)
	power(u *padUnit)
	draw(u *padUnit, s *PadState)
}

// padUnit is one unit; chip or pad holds what its family remembers.
type padUnit struct {
	firmware.Unit
	on    bool
	mute  bool
	heard time.Time // when the computer last spoke to it
	chip  *chip
	pad   *pad
}

// NewKeypads starts a bus.
func NewKeypads(o KeypadOptions) (*Keypads, error) {
	if o.Clock == nil {
		o.Clock = Faster(1)
	}
	if o.Baud == 0 && len(o.Profile.Serial.Baud) > 0 {
		o.Baud = o.Profile.Serial.Baud[0]
	}
	o.Boot = max(o.Boot, 1)
	k := &Keypads{o: o, units: map[int]*padUnit{}, rand: rand.New(rand.NewPCG(o.Seed, 1))}
	switch o.Profile.Protocol {
	case "modbus":
		k.protocol = &slaves{}
	case "ff68":
		k.protocol = newTalkers()
	default:
		return nil, fmt.Errorf("sim: no keypads that speak %q", o.Profile.Protocol)
	}
	for _, u := range o.Units {
		p := &padUnit{Unit: u, on: true, chip: newChip(o.Boot - 1), pad: &pad{}}
		k.protocol.power(p)
		k.units[u.Address] = p
	}
	k.ctx, k.cancel = context.WithCancel(context.Background())
	k.protocol.run(k)
	return k, nil
}

// ID is the device's id in its site file.
func (k *Keypads) ID() string { return k.o.ID }

// Kind is keypad, or panel when nothing else hangs on the line.
func (k *Keypads) Kind() string {
	for _, u := range k.o.Units {
		if u.Role != "panel" {
			return "keypad"
		}
	}
	return "panel"
}

// Cable is the line.
func (k *Keypads) Cable() *Cable { return k.o.Cable }

// Close ends the bus and its cable.
func (k *Keypads) Close() error {
	k.cancel()
	err := k.o.Cable.Close()
	k.wg.Wait()
	return err
}

// Watch sets what is called when State is another.
func (k *Keypads) Watch(changed func()) {
	k.mu.Lock()
	k.changed = changed
	k.mu.Unlock()
}

func (k *Keypads) tell() {
	k.mu.Lock()
	changed := k.changed
	k.mu.Unlock()
	if changed != nil {
		changed()
	}
}

// Press pushes a key and tells whether the unit keeps the press: one that is off
// or has no room does not.
func (k *Keypads) Press(address int, key string) (took bool, err error) {
	defer k.tell()
	k.mu.Lock()
	defer k.mu.Unlock()
	u := k.units[address]
	switch {
	case u == nil:
		return false, fmt.Errorf("%w: no unit has address %d", ErrAction, address)
	case !u.on:
		return false, nil
	}
	return k.protocol.press(u, key)
}

// Act does what a hand does to the bus.
func (k *Keypads) Act(action, arg string) error {
	defer k.tell()
	switch action {
	case "press":
		address, key, ok := strings.Cut(arg, ":")
		n, err := strconv.Atoi(address)
		if !ok || err != nil {
			return fmt.Errorf("%w: press wants address:key, not %q", ErrAction, arg)
		}
		_, err = k.Press(n, key)
		return err
	case "plug":
		return k.o.Cable.Plug()
	case "unplug":
		k.o.Cable.Unplug()
		return nil
	}
	n, err := strconv.Atoi(arg)
	if err != nil {
		return fmt.Errorf("%w: %s wants a number, not %q", ErrAction, action, arg)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	for name, percent := range map[string]*int{"drop": &k.drop, "noise": &k.noise, "half": &k.half} {
		if name == action {
			*percent = min(max(n, 0), 100)
			return nil
		}
	}
	return k.treat(action, n)
}

// treat does something to one unit.
func (k *Keypads) treat(action string, address int) error {
	u := k.units[address]
	if u == nil {
		return fmt.Errorf("%w: no unit has address %d", ErrAction, address)
	}
	switch action {
	case "off":
		u.on = false
	case "on", "power":
		if action == "power" || !u.on {
			u.on = true
			k.protocol.power(u)
		}
	case "mute", "unmute":
		u.mute = action == "mute"
	default:
		return fmt.Errorf("%w: %q", ErrAction, action)
	}
	return nil
}

// BusState is what a page draws of a bus.
type BusState struct {
	Protocol string     `json:"protocol"`
	Plugged  bool       `json:"plugged"`
	Drop     int        `json:"drop"`
	Noise    int        `json:"noise"`
	Half     int        `json:"half"`
	Units    []PadState `json:"units"`
}

// PadState is one unit of it.
type PadState struct {
	Address  int      `json:"address"`
	Counter  string   `json:"counter"`
	Role     string   `json:"role"`
	On       bool     `json:"on"`
	Mute     bool     `json:"mute"`
	HostLost bool     `json:"host_lost"` // no computer spoke to it for 5 s
	Boot     int      `json:"boot,omitempty"`
	Queued   int      `json:"queued"` // presses that the computer does not have yet
	Lost     int      `json:"lost"`
	Lamps    []string `json:"lamps"` // A and B: off, on, blink
	Display  string   `json:"display"`
	Blink    bool     `json:"blink"`
	Beeps    int      `json:"beeps"` // since it was switched on
	Rating   bool     `json:"rating,omitempty"`
	Keys     []PadKey `json:"keys,omitempty"`
}

// PadKey is a key with what it means; Key is what "press" takes.
type PadKey struct {
	Key   string `json:"key"`
	Do    string `json:"do"`
	Level int    `json:"level,omitempty"`
}

const hostLost = 5 * time.Second

// Config is what a unit of our own keypads works with, false for no such unit.
func (k *Keypads) Config(address int) (registers.Config, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	u := k.units[address]
	if u == nil {
		return registers.Config{}, false
	}
	return u.chip.config, true
}

// State is a copy of everything a page needs.
func (k *Keypads) State() any { return k.Bus() }

// Bus is State with its type.
func (k *Keypads) Bus() BusState {
	k.mu.Lock()
	defer k.mu.Unlock()
	s := BusState{Protocol: k.o.Profile.Protocol, Plugged: k.o.Cable.Plugged(), Drop: k.drop, Noise: k.noise, Half: k.half}
	for _, known := range k.o.Units {
		u := k.units[known.Address]
		p := PadState{Address: u.Address, Counter: u.Counter, Role: u.Role, On: u.on, Mute: u.mute, Lamps: []string{"off", "off"},
			HostLost: u.on && k.o.Clock.Now().Sub(u.heard) > hostLost, Keys: k.keys(u.Role)}
		if u.on {
			k.protocol.draw(u, &p)
		}
		s.Units = append(s.Units, p)
	}
	return s
}

// keys lists the keys of a role in the order of their names.
func (k *Keypads) keys(role string) (keys []PadKey) {
	all := map[string]map[string]firmware.Action{"rate": k.o.Profile.Rate, "call": k.o.Profile.Call}[role]
	for name, a := range all {
		keys = append(keys, PadKey{Key: strings.TrimSpace(a.With + " " + name), Do: a.Do, Level: a.Level})
	}
	sort.Slice(keys, func(i, j int) bool {
		a, b := keys[i].Key, keys[j].Key
		return len(a) < len(b) || len(a) == len(b) && a < b
	})
	return keys
}

// lineTime is how long n bytes take, 8N1.
func (k *Keypads) lineTime(n int) time.Duration {
	if k.o.Baud <= 0 {
		return 0
	}
	return time.Duration(n) * 10 * time.Second / time.Duration(k.o.Baud)
}

// dice tells whether something that happens in so many percent happens now.
func (k *Keypads) dice(percent int) bool { return k.rand.IntN(100) < percent }

// rubbish is what interference looks like to the other end.
func (k *Keypads) rubbish() []byte {
	b := make([]byte, 1+k.rand.IntN(6))
	for i := range b {
		b[i] = byte(k.rand.IntN(256))
	}
	return b
}
