package keypad_test

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"motcua/drivers/keypad"
	"motcua/drivers/panel"
	"motcua/drivers/sim"
	firmware "motcua/firmware-config"
	"motcua/firmware-config/keypad/registers"
	"motcua/server/queue"
)

// inOrder checks that the presses of one boot are all there, once, in order.
func inOrder(t *testing.T, all []keypad.Press, boot, least, most int) {
	t.Helper()
	n := 0
	for _, p := range all {
		if p.Boot != boot {
			continue
		}
		if want := registers.FirstSeq(boot) + n; p.Seq != want {
			t.Fatalf("boot %d: press %d has seq %d, want %d", boot, n+1, p.Seq, want)
		}
		n++
	}
	if n < least || n > most {
		t.Errorf("boot %d: %d presses, want %d to %d", boot, n, least, most)
	}
}

// A hundred presses on two units, with a third of the answers lost, rubbish on the
// line, one unit switched off and on in the middle and a disk that is full for a
// while: none that a unit kept is lost or doubled.
func TestHundredPresses(t *testing.T) {
	t.Parallel()
	r := newRig(t, setup{profile: "motcua-kp5", there: units("rate", 4, 5), clock: sim.Faster(5), every: 30 * time.Millisecond,
		change: func(p *firmware.Keypad) { p.Timeout, p.Idle = 60, 200 }})
	wait(t, "both units", func() bool { return r.in(queue.DeviceReady) == 2 })
	r.act(t, "drop", "33")
	r.act(t, "noise", "20")
	for i := range 25 { // two hands at once
		r.press(t, 4, fmt.Sprint(1+i%5))
		r.press(t, 5, fmt.Sprint(1+i%5))
		if i == 10 {
			r.refuse(15)
		}
	}
	wait(t, "a few presses of unit 4", func() bool { return len(r.of(4)) > 15 })
	left := r.unit(4).Queued // at most so many die with the power
	r.act(t, "power", "4")
	for i := range 25 {
		r.press(t, 4, fmt.Sprint(1+i%5))
		r.press(t, 5, fmt.Sprint(1+i%5))
	}
	wait(t, "empty queues", func() bool { return r.unit(4).Queued == 0 && r.unit(5).Queued == 0 })
	inOrder(t, r.of(5), 40, 50, 50)
	inOrder(t, r.of(4), 40, 25-left, 25)
	inOrder(t, r.of(4), 41, 25, 25)
	t.Logf("%+v", r.bus.Counts())
	if c := r.bus.Counts(); c.Silent == 0 || c.Noise == 0 || c.Refused != 15 {
		t.Errorf("the line was too good to prove anything: %+v", c)
	}
}

// A full line of which a quarter is missing: all others are served, and those that
// come back are.
func TestMissingUnits(t *testing.T) {
	t.Parallel()
	r := newRig(t, setup{profile: "motcua-kp5", there: units("call", upTo(24)...), known: units("call", upTo(32)...),
		clock: sim.Faster(10), change: func(p *firmware.Keypad) { p.Timeout, p.Idle = 100, 500 }})
	wait(t, "24 ready and 8 off-line", func() bool { return r.in(queue.DeviceReady) == 24 && r.in(queue.DeviceOffline) == 8 })
	r.act(t, "off", "3")
	wait(t, "unit 3 off-line", func() bool { return r.in(queue.DeviceOffline) == 9 })
	for _, a := range upTo(24) {
		if a != 3 {
			r.press(t, a, "6")
		}
	}
	r.act(t, "on", "3")
	wait(t, "unit 3 on-line", func() bool { return r.in(queue.DeviceReady) == 24 })
	r.press(t, 3, "7")
	for _, a := range upTo(24) {
		wait(t, fmt.Sprint("the press of unit ", a), func() bool { return len(r.of(a)) == 1 })
	}
	if p := r.of(3)[0]; p.Action.Do != "recall" || p.Boot != 41 {
		t.Errorf("%+v", p)
	}
}

// The cable is pulled while presses wait: they are told after it is back.
func TestUnplugged(t *testing.T) {
	t.Parallel()
	r := newRig(t, setup{profile: "motcua-kp5", there: units("rate", 4), clock: sim.Faster(5), every: 30 * time.Millisecond})
	wait(t, "the unit", func() bool { return r.in(queue.DeviceReady) == 1 })
	for i := range 3 {
		r.press(t, 4, "1")
		r.act(t, "unplug", "")
		wait(t, "off-line", func() bool { return r.in(queue.DeviceOffline) == 1 })
		r.press(t, 4, "2")
		r.act(t, "plug", "")
		wait(t, "both presses", func() bool { return len(r.of(4)) == 2*i+2 && r.unit(4).Queued == 0 })
	}
	inOrder(t, r.of(4), 40, 6, 6)
}

func TestOverflowIsTold(t *testing.T) {
	r := newRig(t, setup{profile: "motcua-kp5", there: units("rate", 4), clock: sim.Faster(5)})
	wait(t, "the unit", func() bool { return r.in(queue.DeviceReady) == 1 })
	r.act(t, "mute", "4")
	for range 18 {
		if _, err := r.pads.Press(4, "1"); err != nil {
			t.Fatal(err)
		}
	}
	r.act(t, "unmute", "4")
	wait(t, "16 presses and 2 lost", func() bool { return len(r.of(4)) >= 16 && r.bus.Counts().Lost >= 2 })
	// One press may have left the queue before the last were made: it made room.
	if n, lost := len(r.of(4)), r.bus.Counts().Lost; n+lost != 18 {
		t.Errorf("%d presses and %d lost", n, lost)
	}
}

func TestDisplaysAndLamps(t *testing.T) {
	t.Parallel()
	there := append(units("call", 4), units("panel", 6)...)
	r := newRig(t, setup{profile: "motcua-kp5", there: there, clock: sim.Faster(5), every: 50 * time.Millisecond})
	r.bus.Show(4, panel.Sign{Number: "A012", Waiting: 7, State: queue.CounterCalling})
	r.bus.Show(6, panel.Sign{Number: "A012", Waiting: 7, State: queue.CounterServing})
	wait(t, "the number on both", func() bool {
		return r.unit(4).Display == "  7 A012" && r.unit(4).Blink && r.unit(6).Display == "    A012" && !r.unit(6).Blink
	})
	r.act(t, "power", "6")
	wait(t, "the number after the restart", func() bool { return r.unit(6).Boot == 41 && r.unit(6).Display == "    A012" })
	r.press(t, 4, "6")
	wait(t, "the lamp", func() bool { return r.unit(4).Lamps[0] == "on" && r.unit(4).Beeps == 1 })
	wait(t, "the lamp to go out", func() bool { return r.unit(4).Lamps[0] == "off" })
	r.bus.Invite(4)
	wait(t, "the blinking", func() bool { return r.unit(4).Lamps[0] == "blink" && r.unit(4).Beeps == 2 })
}

// mbpoll is a Modbus master that is not ours: what it reads off the simulated
// keypad shows that the simulator does not only understand our own mistakes.
func TestSimulatorThroughMbpoll(t *testing.T) {
	t.Parallel()
	tool, err := exec.LookPath("mbpoll")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("mbpoll is missing")
		}
		t.Skip("mbpoll is not installed")
	}
	p, err := firmware.LoadKeypad("motcua-kp5")
	if err != nil {
		t.Fatal(err)
	}
	cable, err := sim.NewCable(t.TempDir(), "ttyPads")
	if err != nil {
		t.Fatal(err)
	}
	pads, err := sim.NewKeypads(sim.KeypadOptions{Cable: cable, Profile: p, Units: units("rate", 4), Boot: 40})
	if err != nil {
		t.Fatal(err)
	}
	defer pads.Close()
	if _, err := pads.Press(4, "2"); err != nil {
		t.Fatal(err)
	}
	read := func(args ...string) string {
		args = append([]string{"-0", "-m", "rtu", "-b", "19200", "-P", "none", "-o", "2", "-1", "-q"}, args...)
		out, err := exec.Command(tool, args...).CombinedOutput()
		return fmt.Sprint(string(out), err)
	}
	if out := read("-a", "4", "-t", "3:hex", "-r", "0", "-c", "7", cable.Path()); !strings.Contains(out, "0x5151") ||
		!strings.Contains(out, "[6]: \t0x0002") {
		t.Errorf("inputs: %s", out)
	}
	seq := fmt.Sprint(registers.FirstSeq(40))
	if out := read("-a", "4", "-t", "4", "-r", "0", cable.Path(), seq); !strings.Contains(out, "Written 1") {
		t.Errorf("acknowledgement: %s", out)
	}
	if n := pads.Bus().Units[0].Queued; n != 0 {
		t.Errorf("%d presses left after their acknowledgement", n)
	}
	if out := read("-a", "4", "-t", "4", "-r", "200", "-c", "1", cable.Path()); !strings.Contains(out, "Illegal data address") {
		t.Errorf("a register that is not there: %s", out)
	}
	if out := read("-a", "5", "-t", "4", "-r", "0", "-c", "1", cable.Path()); !strings.Contains(out, "timed out") {
		t.Errorf("a unit that is not there: %s", out)
	}
}
