package keypad

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"motcua/drivers/panel"
	"motcua/drivers/serial"
	firmware "motcua/firmware-config"
	"motcua/firmware-config/keypad/registers"
	"motcua/server/queue"
)

// A press is stored before it is acknowledged: while Accept fails no
// acknowledgement leaves, and the press comes again.
func TestAcknowledgedOnlyAfterAccept(t *testing.T) {
	h, l := &hand{}, &log{refuse: 5}
	d := &device{boot: 3, events: []event{{3, 100}, {3, 101}}, key: 2}
	h.serve(map[byte]*device{4: d})
	o := l.options(t, ratingPad(4))
	accept := o.Accept
	o.Accept = func(ctx context.Context, p Press) error {
		if slices.Contains(d.acks, uint16(p.Seq)) {
			t.Errorf("seq %d was acknowledged before it was accepted", p.Seq)
		}
		return accept(ctx, p)
	}
	b, _ := h.run(t, o, 5*time.Second)
	if len(l.presses) != 2 || l.presses[0].Seq != 100 || l.presses[1].Seq != 101 {
		t.Fatalf("accepted %+v", l.presses)
	}
	want := Press{Unit: ratingPad(4), Key: 2, Action: firmware.Action{Do: "rate", Level: 2}, Boot: 3, Seq: 100, Age: 50 * time.Millisecond}
	if l.presses[0] != want {
		t.Errorf("%+v, want %+v", l.presses[0], want)
	}
	if !slices.Equal(d.acks, []uint16{100, 101}) {
		t.Errorf("acknowledged %v", d.acks)
	}
	if c := b.Counts(); c.Refused != 5 || c.Presses != 2 {
		t.Errorf("%+v", c)
	}
}

// When the answer to an acknowledgement is lost, the press was dropped or not: it
// counts once either way.
func TestLostAnswers(t *testing.T) {
	for skip := range 6 {
		h, l := &hand{}, &log{}
		d := &device{boot: 3, events: []event{{3, 7}, {3, 8}, {3, 9}}, key: 1}
		h.serve(map[byte]*device{4: d})
		serve, n := h.answer, 0
		h.answer = func(f []byte) []byte {
			a := serve(f) // the unit heard the question
			if n++; n%3 == skip%3 || n == skip {
				return nil
			}
			return a
		}
		h.run(t, l.options(t, ratingPad(4)), 20*time.Second)
		var seqs []int
		for _, p := range l.presses {
			seqs = append(seqs, p.Seq)
		}
		if !slices.Equal(seqs, []int{7, 8, 9}) || len(d.events) != 0 {
			t.Errorf("skip %d: accepted %v, left %v", skip, seqs, d.events)
		}
	}
}

// A unit that restarts counts anew: the same seq of another boot is another press,
// and what was accepted before the restart is not acknowledged after it.
func TestRestart(t *testing.T) {
	h, l := &hand{}, &log{}
	d := &device{boot: 3, events: []event{{3, 1}}, key: 1}
	h.serve(map[byte]*device{4: d})
	h.at = []step{{time.Second, func() { d.boot, d.events, d.lost = 4, []event{{4, 1}}, 0 }}}
	b, _ := h.run(t, l.options(t, ratingPad(4)), 3*time.Second)
	if len(l.presses) != 2 || l.presses[0].Boot != 3 || l.presses[1].Boot != 4 {
		t.Fatalf("accepted %+v", l.presses)
	}
	if b.Counts().Restarts != 1 || !strings.Contains(strings.Join(l.details, "\n"), "restarted, boot 4") {
		t.Errorf("%+v, told %q", b.Counts(), l.details)
	}
}

func TestLostPressesAreReported(t *testing.T) {
	h, l := &hand{}, &log{}
	d := &device{boot: 3, lost: 2, key: 1} // lost before this program began: not its news
	h.serve(map[byte]*device{4: d})
	h.at = []step{{time.Second, func() { d.lost = 5 }}, {2 * time.Second, func() { d.boot, d.lost = 4, 1 }}}
	h.run(t, l.options(t, ratingPad(4)), 3*time.Second)
	if l.lost != 3+1 || !strings.Contains(strings.Join(l.details, "\n"), "presses lost: 3") {
		t.Errorf("%d lost, told %q", l.lost, l.details)
	}
}

// A unit that does not answer is asked three times, then it is off-line and asked
// once in 5 s; the others are asked all the while.
func TestOfflineAndBack(t *testing.T) {
	h, l := &hand{}, &log{}
	gone, there := &device{boot: 1, silent: true}, &device{boot: 1}
	h.serve(map[byte]*device{4: gone, 5: there})
	h.at = []step{{21 * time.Second, func() { gone.silent = false }}}
	o := l.options(t, ratingPad(4), ratingPad(5))
	var states []queue.DeviceState
	o.Changed = func(u firmware.Unit, s queue.DeviceState, _ string) {
		if u.Address == 4 {
			states = append(states, s)
		}
	}
	h.run(t, o, 30*time.Second)
	if !slices.Equal(states, []queue.DeviceState{queue.DeviceOffline, queue.DeviceReady}) {
		t.Fatalf("states %v", states)
	}
	early := 0
	for _, at := range gone.asked {
		if at.Sub(begin) < 20*time.Second {
			early++
		}
	}
	if early != 3+3 && early != 3+4 { // within the first second, then once in 5 s
		t.Errorf("asked %d times in 20 s", early)
	}
	for i := 1; i < len(there.asked); i++ {
		if gap := there.asked[i].Sub(there.asked[i-1]); gap > 700*time.Millisecond {
			t.Errorf("unit 5 waited %v while 4 was silent", gap)
		}
	}
}

// A unit that somebody hammers does not hold the others up, and an idle one is
// still asked at its pace.
func TestFairness(t *testing.T) {
	h, l := &hand{}, &log{}
	busy, idle := &device{boot: 1, key: 1}, &device{boot: 1}
	for i := range 400 {
		busy.events = append(busy.events, event{1, uint16(i + 1)})
	}
	h.serve(map[byte]*device{4: busy, 5: idle})
	h.run(t, l.options(t, ratingPad(4), ratingPad(5)), 10*time.Second)
	if len(idle.asked) < 30 {
		t.Errorf("the idle unit was asked %d times in 10 s", len(idle.asked))
	}
	for i, p := range l.presses {
		if p.Seq != i+1 {
			t.Fatalf("press %d has seq %d", i, p.Seq)
		}
	}
}

func TestPace(t *testing.T) {
	h, l := &hand{}, &log{}
	d := &device{boot: 1}
	h.serve(map[byte]*device{4: d})
	o := l.options(t, ratingPad(4))
	o.PollEvery = time.Minute // more than a unit bears: 2 s is the most
	h.run(t, o, 60*time.Second)
	if len(d.asked) < 29 || len(d.asked) > 31 {
		t.Errorf("asked %d times in 60 s, want once in 2 s", len(d.asked))
	}
}

func TestLineGone(t *testing.T) {
	h, l := &hand{}, &log{}
	d := &device{boot: 3, events: []event{{3, 1}}, key: 1}
	h.serve(map[byte]*device{4: d})
	h.at = []step{{time.Second, func() { h.broken = serial.ErrGone }}}
	b, err := h.run(t, l.options(t, ratingPad(4)), 3*time.Second)
	if err != serial.ErrGone {
		t.Fatalf("Run: %v", err)
	}
	h.broken = nil
	d.events = append(d.events, event{3, 1}) // its acknowledgement never arrived
	h.end = h.now.Add(time.Second)
	_ = h.again(b)
	if want := []queue.DeviceState{queue.DeviceReady, queue.DeviceOffline, queue.DeviceReady}; !slices.Equal(l.states, want) {
		t.Errorf("states %v, want %v", l.states, want)
	}
	if len(l.presses) != 1 || len(d.events) != 0 {
		t.Errorf("accepted %+v, left %v", l.presses, d.events)
	}
}

// Whoever keeps the port may see first that it is gone, and ends the context: the
// units are off-line then, but not when the program ends.
func TestContextEnds(t *testing.T) {
	for cause, want := range map[error]int{serial.ErrGone: 1, context.Canceled: 0} {
		h, l := &hand{now: begin}, &log{}
		h.serve(nil)
		b, err := NewBus(l.options(t, ratingPad(4)))
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancelCause(context.Background())
		cancel(cause)
		if err := b.Run(ctx, h); err != cause || len(l.states) != want {
			t.Errorf("%v: Run says %v, states %v", cause, err, l.states)
		}
	}
}

// A display is written when what it shows is another, and again after a restart.
func TestShow(t *testing.T) {
	h, l := &hand{}, &log{}
	d := &device{boot: 3}
	h.serve(map[byte]*device{4: d})
	o := l.options(t, firmware.Unit{Address: 4, Role: "call"})
	var b *Bus
	show := func(n string, s queue.CounterState) func() {
		return func() { b.Show(4, panel.Sign{Number: n, Waiting: 12, State: s}) }
	}
	h.at = []step{
		{1 * time.Second, show("A012", queue.CounterCalling)}, {2 * time.Second, show("A012", queue.CounterCalling)},
		{3 * time.Second, func() { d.boot = 4 }}, {5 * time.Second, show("A012", queue.CounterServing)},
	}
	h.now, h.end = begin, begin.Add(8*time.Second)
	o.Clock, o.After = h, h.After
	b, err := NewBus(o)
	if err != nil {
		t.Fatal(err)
	}
	_ = h.again(b)
	var got []string
	for _, w := range d.writes {
		text := ""
		for _, v := range w.Values[:8] {
			text += string(rune(v))
		}
		if w.To != registers.HoldingDigits || len(w.Values) != 9 {
			t.Errorf("wrote %+v", w)
		}
		if w.Values[8] != 0 {
			text += " blinking"
		}
		got = append(got, text)
	}
	if want := []string{" 12 A012 blinking", " 12 A012 blinking", " 12 A012"}; !slices.Equal(got, want) {
		t.Errorf("wrote %q, want %q", got, want)
	}
}

// The key that counted lights up for a moment and beeps.
func TestFeedback(t *testing.T) {
	h, l := &hand{}, &log{}
	d := &device{boot: 3, events: []event{{3, 1}}, key: 1}
	h.serve(map[byte]*device{4: d})
	h.run(t, l.options(t, ratingPad(4)), 4*time.Second)
	var got []uint16
	for _, w := range d.writes {
		got = append(got, w.To, w.Values[0])
	}
	if want := []uint16{registers.HoldingLED, 1, registers.HoldingBeep, beepTicks, registers.HoldingLED, 0}; !slices.Equal(got, want) {
		t.Errorf("wrote %v, want %v", got, want)
	}
}

func TestForeignDevice(t *testing.T) {
	h, l := &hand{}, &log{}
	d := &device{boot: 3, events: []event{{3, 1}}, key: 1}
	h.serve(map[byte]*device{4: d})
	serve := h.answer
	h.answer = func(f []byte) []byte {
		a := serve(f)
		a[4]++ // another device type
		return resealed(a)
	}
	h.run(t, l.options(t, ratingPad(4)), 11*time.Second)
	if !slices.Equal(l.states, []queue.DeviceState{queue.DeviceUnknown}) || len(l.presses) != 0 || len(d.asked) > 4 {
		t.Errorf("states %v %q, %d presses, asked %d times", l.states, l.details, len(l.presses), len(d.asked))
	}
}

// A key nobody gave a meaning is dropped, else it would stand before all others.
func TestKeyWithoutMeaning(t *testing.T) {
	h, l := &hand{}, &log{}
	d := &device{boot: 3, events: []event{{3, 1}}, key: 9}
	h.serve(map[byte]*device{4: d})
	b, _ := h.run(t, l.options(t, ratingPad(4)), time.Second)
	if len(d.events) != 0 || len(l.presses) != 0 || b.Counts().Unknown != 1 {
		t.Errorf("left %v, accepted %v, %+v", d.events, l.presses, b.Counts())
	}
}

func TestOptionsAreChecked(t *testing.T) {
	l := &log{}
	for name, change := range map[string]func(*Options){
		"no profile":    func(o *Options) { o.Profile = nil },
		"no Accept":     func(o *Options) { o.Accept = nil },
		"address 0":     func(o *Options) { o.Units = []firmware.Unit{ratingPad(0)} },
		"address 248":   func(o *Options) { o.Units = []firmware.Unit{ratingPad(248)} },
		"address twice": func(o *Options) { o.Units = []firmware.Unit{ratingPad(1), ratingPad(1)} },
		"unknown role":  func(o *Options) { o.Units = []firmware.Unit{{Address: 1, Role: "lamp"}} },
		"unknown protocol": func(o *Options) {
			p := *o.Profile
			p.Protocol = "smoke"
			o.Profile = &p
		},
		"key that is no number": func(o *Options) {
			p := *o.Profile
			p.Rate = map[string]firmware.Action{"one": {Do: "rate"}}
			o.Profile = &p
		},
	} {
		o := l.options(t, ratingPad(1))
		change(&o)
		if _, err := NewBus(o); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}
