package keypad_test

import (
	"fmt"
	"testing"

	"motcua/drivers/panel"
	"motcua/drivers/sim"
	firmware "motcua/firmware-config"
	"motcua/server/queue"
)

// Call keypads and rating pads that speak when pressed, on a bad line: frames
// that collide, stop in the middle or carry rubbish, a third of the
// acknowledgements lost, and a disk that is full for a while. Each press counts once.
func TestFF68OnABadLine(t *testing.T) {
	t.Parallel()
	there := append(units("call", 1, 2, 3), units("rate", 11, 12)...)
	r := newRig(t, setup{profile: "ff68", there: there,
		// Three repeats in a row may be lost here, so the same key counts as
		// repeated for longer than on a line that one would leave in use.
		change: func(p *firmware.Keypad) { p.Repeat = 3000 }})
	r.act(t, "drop", "33")
	r.act(t, "half", "10")
	r.act(t, "noise", "20")
	keys := map[string][]string{"call": {"0C", "0D"}, "rate": {"1", "3"}}
	const rounds = 4
	for i := range rounds {
		for _, u := range there {
			if i == 2 && u.Address == 1 {
				r.refuse(7)
			}
			// Keys take turns: pressed twice in a row within the time, one counts once.
			if took, err := r.pads.Press(u.Address, keys[u.Role][i%2]); err != nil || !took {
				t.Fatalf("unit %d: took %v, %v", u.Address, took, err)
			}
		}
		for _, u := range there {
			wait(t, "the acknowledgement", func() bool { return r.unit(u.Address).Queued == 0 })
		}
	}
	seqs := map[int]bool{}
	for _, u := range there {
		all := r.of(u.Address)
		if len(all) != rounds || r.unit(u.Address).Lost != 0 {
			t.Errorf("unit %d: %d presses of %d, it gave up %d", u.Address, len(all), rounds, r.unit(u.Address).Lost)
		}
		for i, p := range all {
			want := r.profile.Call[keys["call"][i%2]]
			if u.Role == "rate" {
				want = r.profile.Rate[keys["rate"][i%2]]
			}
			if p.Action != want || p.Boot != 9 || seqs[p.Seq] {
				t.Errorf("unit %d, press %d: %+v, want %+v and a new seq", u.Address, i, p, want)
			}
			seqs[p.Seq] = true
		}
	}
	t.Logf("%+v", r.bus.Counts())
	if c := r.bus.Counts(); c.Doubled == 0 || c.Noise == 0 || c.Refused != 7 {
		t.Errorf("the line was too good to prove anything: %+v", c)
	}
}

func TestFF68Keys(t *testing.T) {
	r := newRig(t, setup{profile: "ff68", there: units("call", 1), clock: sim.Faster(5)})
	wait(t, "unknown until it is heard", func() bool { return r.in(queue.DeviceUnknown) == 1 })
	for i, c := range []struct{ key, do string }{{"0C", "next"}, {"06 0F", "no-show"}, {"00 0F", "park"}, {"05 0C", "next"}, {"0E", ""}, {"0D", "recall"}} {
		r.press(t, 1, c.key)
		wait(t, "the acknowledgement", func() bool { return r.unit(1).Queued == 0 })
		all := r.of(1)
		if c.do == "" { // a key without a meaning is acknowledged and no more
			continue
		}
		if last := all[len(all)-1]; last.Action.Do != c.do {
			t.Errorf("press %d, %s: %+v", i, c.key, last)
		}
	}
	if n := len(r.of(1)); n != 5 || r.in(queue.DeviceReady) != 1 {
		t.Errorf("%d presses, %d units ready", n, r.in(queue.DeviceReady))
	}
	r.act(t, "unplug", "")
	wait(t, "off-line", func() bool { return r.in(queue.DeviceOffline) == 1 })
	r.act(t, "plug", "")
	wait(t, "unknown again", func() bool { return r.in(queue.DeviceUnknown) == 1 })
	r.press(t, 1, "0C")
	wait(t, "the press after the replugging", func() bool { return len(r.of(1)) == 6 && r.in(queue.DeviceReady) == 1 })
}

func TestFF68Displays(t *testing.T) {
	there := append(append(units("call", 1), units("panel", 2)...), units("rate", 11)...)
	r := newRig(t, setup{profile: "ff68", there: there, clock: sim.Faster(5)})
	for _, a := range []int{1, 2, 11} {
		r.bus.Show(a, panel.Sign{Number: "A012", Waiting: 7, State: queue.CounterServing})
	}
	wait(t, "the displays", func() bool { return r.unit(1).Display == "  7012" && r.unit(2).Display == "   012" })
	r.bus.Beep(1)
	r.bus.Invite(11)
	wait(t, "the beep and the rating", func() bool { return r.unit(1).Beeps == 1 && r.unit(11).Rating })
	r.press(t, 11, "2")
	wait(t, "the rating", func() bool { return len(r.of(11)) == 1 && !r.unit(11).Rating })
	if got := fmt.Sprintf("%+v", r.of(11)[0].Action); got != "{Do:rate Level:2 With:}" {
		t.Errorf("rating %s", got)
	}
}
