package keypad_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"motcua/firmware-config/keypad/chip"
	"motcua/firmware-config/keypad/registers"
)

// taken reads and acknowledges everything the chip keeps.
func taken(c *client) []int {
	var keys []int
	in := c.next(0)
	for in[registers.InputSeq] != 0 {
		keys = append(keys, in[registers.InputKey])
		in = c.next(in[registers.InputSeq])
	}
	return keys
}

// stimuli are things done to a key and how many presses they are.
var stimuli = []struct {
	name    string
	presses int
	do      func(k *chip.Chip, key int)
}{
	{"tap", 1, func(k *chip.Chip, key int) { k.Tap(key) }},
	{"burst of 12 edges, then held", 1, func(k *chip.Chip, key int) { k.Bounce(key) }},
	{"burst of 12 edges, then open", 0, func(k *chip.Chip, key int) { k.Glitch(key) }},
	{"two presses 60 ms apart", 2, func(k *chip.Chip, key int) {
		k.TapFor(key, 30*time.Millisecond, 30*time.Millisecond)
		k.TapFor(key, 30*time.Millisecond, 60*time.Millisecond)
	}},
	{"contact of 15 ms", 0, func(k *chip.Chip, key int) { k.TapFor(key, 15*time.Millisecond, 60*time.Millisecond) }},
	{"held for a second", 1, func(k *chip.Chip, key int) { k.TapFor(key, time.Second, 60*time.Millisecond) }},
}

func TestDebounce(t *testing.T) {
	k, c := start(t)
	for _, s := range stimuli {
		for _, key := range []int{1, 8} {
			s.do(k, key)
			if got := taken(c); len(got) != s.presses || len(got) > 0 && got[0] != key {
				t.Errorf("%s of key %d: presses of keys %v, want %d", s.name, key, got, s.presses)
			}
		}
	}
}

// Any series of stimuli gives just its presses, in order.
func TestDebounceProperty(t *testing.T) {
	k, c := start(t)
	left := 15 // series are tried one after the other on one chip; each takes half a second
	rapid.Check(t, func(r *rapid.T) {
		if left--; left < 0 {
			return
		}
		var want []int
		for range rapid.IntRange(1, 4).Draw(r, "length") {
			s := rapid.SampledFrom(stimuli[:5]).Draw(r, "stimulus")
			key := rapid.IntRange(1, len(registers.Keys)).Draw(r, "key")
			s.do(k, key)
			for range s.presses {
				want = append(want, key)
			}
		}
		got := taken(c)
		if len(got) != len(want) {
			r.Fatalf("presses of keys %v, want %v", got, want)
		}
		for i := range want {
			if got[i] != want[i] {
				r.Fatalf("presses of keys %v, want %v", got, want)
			}
		}
	})
}

// Every key of the map sits on the pin the map names.
func TestEveryKey(t *testing.T) {
	k, c := start(t)
	for _, key := range registers.Keys {
		k.Press(key.Number)
		k.Wait(40 * time.Millisecond)
		if got := c.inputs()[registers.InputRawKeys]; got != 1<<(key.Number-1) {
			t.Errorf("key %d held: raw keys are %b", key.Number, got)
		}
		k.Release(key.Number)
		k.Wait(40 * time.Millisecond)
	}
	if got := taken(c); len(got) != len(registers.Keys) {
		t.Errorf("presses of keys %v", got)
	}
}

func TestDebounceTimeIsConfigured(t *testing.T) {
	k, c := start(t)
	slow := registers.DefaultConfig()
	slow.Debounce = 100
	if err := c.commit(slow, int(slow.CRC())); err != nil {
		t.Fatal(err)
	}
	k.TapFor(3, 60*time.Millisecond, 150*time.Millisecond)
	if got := taken(c); len(got) != 0 {
		t.Errorf("60 ms are a press of %v at 100 ms", got)
	}
	k.TapFor(3, 150*time.Millisecond, 150*time.Millisecond)
	if got := taken(c); len(got) != 1 {
		t.Errorf("150 ms give presses %v at 100 ms", got)
	}
}
