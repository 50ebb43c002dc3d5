package sim

import (
	"errors"
	"slices"
	"testing"
	"time"

	firmware "motcua/firmware-config"
	"motcua/firmware-config/keypad/registers"
)

func newPads(t *testing.T, profile string, there ...firmware.Unit) *Keypads {
	t.Helper()
	p, err := firmware.LoadKeypad(profile)
	if err != nil {
		t.Fatal(err)
	}
	k, err := NewKeypads(KeypadOptions{ID: "keypads", Cable: newCable(t), Profile: p, Units: there, Clock: Faster(20)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = k.Close() })
	return k
}

// The chip's rules: the oldest presses stay, the others are counted; a press goes
// when just its number is acknowledged; a restart begins elsewhere.
func TestChip(t *testing.T) {
	now := time.Now()
	c := newChip(6)
	c.start(now, 4)
	first := registers.FirstSeq(7)
	for range registers.EventRing + 2 {
		c.press(3, now)
	}
	see := func(reg int) int { return int(c.input(reg, now.Add(70*time.Millisecond))) }
	if see(registers.InputQueued) != 16 || see(registers.InputLost) != 2 || see(registers.InputSeq) != first ||
		see(registers.InputKey) != 3 || see(registers.InputAge) != 7 || see(registers.InputBoot) != 7 {
		t.Fatalf("%+v", c)
	}
	for _, ack := range []int{0, first + 1, first, first} { // only the third hits
		c.write(registers.HoldingAck, uint16(ack))
	}
	if see(registers.InputQueued) != 15 || see(registers.InputSeq) != first+1 {
		t.Errorf("after the acknowledgement: %+v", c)
	}
	c.start(now, 4)
	if see(registers.InputQueued) != 0 || see(registers.InputLost) != 0 || see(registers.InputBoot) != 8 || c.seq != registers.FirstSeq(8) {
		t.Errorf("after the restart: %+v", c)
	}
}

func TestChipRefuses(t *testing.T) {
	c := newChip(0)
	c.start(time.Now(), 4)
	body := func(b ...byte) []byte { return c.answer(b, time.Now()) }
	cases := map[string]struct{ got, want []byte }{
		"unknown function":   {body(0x2B, 0x0D, 1, 0), []byte{0xAB, 3}},
		"no such register":   {body(0x03, 0, 30, 0, 1), []byte{0x83, 2}},
		"read past the end":  {body(0x04, 0, 10, 0, 2), []byte{0x84, 2}},
		"read-only":          {body(0x06, 0, 16, 0, 1), []byte{0x86, 2}},
		"too big":            {body(0x06, 0, 1, 0, 201), []byte{0x86, 3}},
		"wrong commit":       {body(0x06, 0, 65, 0, 1), []byte{0x86, 3}},
		"half a good write":  {body(0x10, 0, 42, 0, 2, 4, 0, 5, 0, 5), []byte{0x90, 2}},
		"a good one":         {body(0x06, 0, 1, 0, 50), []byte{0x06, 0, 1, 0, 50}},
		"no registers asked": {body(0x03, 0, 0, 0, 0), []byte{0x83, 3}},
	}
	for name, x := range cases {
		if !slices.Equal(x.got, x.want) {
			t.Errorf("%s: % x, want % x", name, x.got, x.want)
		}
	}
	if c.beeps != 0 {
		t.Error("a write that was refused did a half of itself")
	}
	config := c.config
	config.Debounce = 50
	crc := config.CRC()
	if got := body(0x06, 0, 65, byte(crc>>8), byte(crc)); got[0] != 0x06 || c.config.Debounce != 50 {
		t.Errorf("commit: % x, %+v", got, c.config)
	}
}

func TestKeypadsAreDrawn(t *testing.T) {
	k := newPads(t, "motcua-kp5", firmware.Unit{Address: 4, Counter: "quay-1", Role: "call"}, firmware.Unit{Address: 6, Role: "panel"})
	told := make(chan bool, 16)
	k.Watch(func() { told <- true })
	if err := k.Act("press", "4:6"); err != nil {
		t.Fatal(err)
	}
	<-told
	s := k.State().(BusState)
	u := s.Units[0]
	if !s.Plugged || len(s.Units) != 2 || u.Queued != 1 || !u.On || !u.HostLost || u.Lamps[1] != "on" {
		t.Errorf("%+v", s)
	}
	var keys []string
	for _, key := range u.Keys {
		keys = append(keys, key.Key+" "+key.Do)
	}
	if want := []string{"6 next", "7 recall", "8 no-show", "9 pause", "10 invite-rating"}; !slices.Equal(keys, want) {
		t.Errorf("keys %q, want %q", keys, want)
	}
	if k.Kind() != "keypad" || k.ID() != "keypads" {
		t.Errorf("%s %s", k.Kind(), k.ID())
	}
	for action, arg := range map[string]string{"press": "4", "power": "9", "paint": "4", "drop": "all"} {
		if err := k.Act(action, arg); !errors.Is(err, ErrAction) {
			t.Errorf("%s %s: %v", action, arg, err)
		}
	}
	if err := k.Act("off", "4"); err != nil {
		t.Fatal(err)
	}
	if took, err := k.Press(4, "6"); took || err != nil {
		t.Errorf("a dead keypad took a press: %v, %v", took, err)
	}
}

// Two that are pressed at once speak into each other, and part at a repeat.
func TestTalkersCollide(t *testing.T) {
	k := newPads(t, "ff68", firmware.Unit{Address: 1, Role: "call"}, firmware.Unit{Address: 2, Role: "call"})
	a, b := ftFrame(1, 1, []byte{0x0C}), ftFrame(2, 1, []byte{0x0D})
	if both := collide(collide(nil, a), b); slices.Equal(both, a) || slices.Equal(both, b) {
		t.Error("a collision leaves a frame whole")
	}
	f := open(t, k.Cable())
	for _, press := range []string{"1:0C", "2:0D"} {
		if err := k.Act("press", press); err != nil {
			t.Fatal(err)
		}
	}
	var buf []byte
	piece := make([]byte, 64)
	for len(buf) < 4096 {
		n, err := f.Read(piece)
		if err != nil {
			t.Fatal(err)
		}
		buf = append(buf, piece[:n]...)
		frame, rest := ftCut(buf)
		buf = append([]byte(nil), rest...)
		if frame == nil {
			continue
		}
		if _, err := f.Write(frame); err != nil { // it hears itself back
			t.Fatal(err)
		}
		if k.wait(func(s BusState) bool { return s.Units[0].Queued+s.Units[1].Queued == 0 }) {
			return
		}
	}
	t.Error("the presses never came through")
}

// wait looks for a moment whether something has come true.
func (k *Keypads) wait(met func(BusState) bool) bool {
	for range 20 {
		if met(k.Bus()) {
			return true
		}
		time.Sleep(5 * time.Millisecond)
	}
	return false
}

func TestSigns(t *testing.T) {
	p, err := firmware.LoadPanel("generic-ascii-led")
	if err != nil {
		t.Fatal(err)
	}
	d, err := NewPanels(PanelOptions{ID: "panels", Cable: newCable(t), Profile: p, Units: []firmware.Unit{{Address: 3, Role: "panel"}}})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	told := make(chan bool, 16)
	d.(Watched).Watch(func() { told <- true })
	f := open(t, d.Cable())
	// For another panel, too long, no address, and at last one that is right.
	if _, err := f.WriteString("04B007\r03TOO LONG\rxy\r\r03A012\r"); err != nil {
		t.Fatal(err)
	}
	<-told
	if got := d.State().(BusState).Units[0].Display; got != "A012" {
		t.Errorf("shows %q", got)
	}
}
