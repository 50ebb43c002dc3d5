package keypad_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"motcua/drivers/keypad"
	"motcua/drivers/serial"
	firmware "motcua/firmware-config"
	"motcua/firmware-config/keypad/chip"
	"motcua/firmware-config/keypad/registers"
)

// lossy is a line that swallows a fifth of the answers, whole; of those a third
// because the question never arrived.
type lossy struct {
	serial.Port
	chance  *rand.Rand
	deaf    bool
	mu      sync.Mutex
	asked   int
	dropped int
}

func (l *lossy) Write(p []byte, deadline time.Time) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked++
	l.deaf = l.chance.IntN(5) == 0
	if l.deaf {
		l.dropped++
		if l.chance.IntN(3) == 0 {
			return len(p), nil
		}
	}
	return l.Port.Write(p, deadline)
}

func (l *lossy) Read(p []byte, deadline time.Time) (int, error) {
	for {
		n, err := l.Port.Read(p, deadline)
		if err != nil || !l.deaf {
			return n, err
		}
	}
}

// heardPresses is what the driver accepted.
type heardPresses struct {
	mu   sync.Mutex
	list []keypad.Press
}

func (h *heardPresses) accept(_ context.Context, p keypad.Press) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.list = append(h.list, p)
	return nil
}

func (h *heardPresses) ofBoot(boot int) (list []keypad.Press) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.list {
		if p.Boot == boot {
			list = append(list, p)
		}
	}
	return list
}

// life is what one start of the chip had accepted, seen in its own memory.
type life struct {
	boot int
	keys []int        // in the order of their numbers
	kept []chip.Event // still there when the power went
}

// The real firmware on a simulated chip, the real driver, 100 presses, a third of
// them bouncing, a fifth of the answers lost, a power cut in the middle: of what
// the chip had accepted nothing is lost or doubled, except what it still kept when
// the power went, which may be either.
func TestDriverAgainstTheFirmware(t *testing.T) {
	t.Parallel()
	k := chip.Start(t, t.TempDir())
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	chance := rand.New(rand.NewPCG(seed, 3))
	var heard heardPresses
	line := &lossy{chance: rand.New(rand.NewPCG(seed, 4))}
	stop := drive(t, k.Path, line, &heard)

	first := life{boot: 1, keys: hammer(k, chance, 50)}
	interrupted := 1 + chance.IntN(5) // a finger is on a key when the power goes
	k.Press(interrupted)
	k.Wait(time.Duration(chance.IntN(40)) * time.Millisecond)
	k.Pause()
	var next int
	first.kept, next = k.Events()
	if next-registers.FirstSeq(1) > len(first.keys) {
		first.keys = append(first.keys, interrupted)
	}
	checkAccepted(t, first, next)
	k.Power()
	k.Release(interrupted)
	k.Wait(100 * time.Millisecond)
	second := life{boot: 2} // the finger that stayed on the key is its first press
	if _, next = k.Events(); next > registers.FirstSeq(2) {
		second.keys = append(second.keys, interrupted)
	}
	t.Logf("at the power cut %d presses were kept", len(first.kept))
	second.keys = append(second.keys, hammer(k, chance, 50)...)
	emptied(t, k)
	_, next = k.Events()
	checkAccepted(t, second, next)
	stop()
	check(t, first, &heard)
	check(t, second, &heard)
	t.Logf("%d presses heard, %d questions, %d answers thrown away", len(heard.list), line.asked, line.dropped)
	if line.dropped < line.asked/10 {
		t.Errorf("only %d of %d answers were thrown away", line.dropped, line.asked)
	}
}

// drive runs the driver on the chip's line through the filter.
func drive(t *testing.T, path string, line *lossy, heard *heardPresses) (stop func()) {
	t.Helper()
	p, err := firmware.LoadKeypad("motcua-kp5")
	if err != nil {
		t.Fatal(err)
	}
	p.Timeout, p.Retries, p.Idle = 150, 20, 300 // a line that loses this much must not count as dead
	bus, err := keypad.NewBus(keypad.Options{Profile: p, Accept: heard.accept, PollEvery: 50 * time.Millisecond,
		Units: []firmware.Unit{{Address: registers.AddressDefault, Counter: "q1", Role: "rate"}}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() {
		err := serial.Keep(ctx, serial.Settings{Name: path, Baud: 19200}, serial.KeepOptions{},
			func(ctx context.Context, port serial.Port) error {
				line.Port = port
				return bus.Run(ctx, line)
			})
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("the line: %v", err)
		}
	})
	stop = sync.OnceFunc(func() { cancel(); wg.Wait() })
	t.Cleanup(stop)
	return stop
}

// hammer presses keys, a third of them bouncing, and lets a driver that cannot
// keep up on a slow machine catch up before the ring of 16 is full.
func hammer(k *chip.Chip, chance *rand.Rand, count int) (keys []int) {
	for i := range count {
		if i%5 == 0 {
			for kept, _ := k.Events(); len(kept) > registers.EventRing/2; kept, _ = k.Events() {
				k.Wait(100 * time.Millisecond)
			}
		}
		key := 1 + chance.IntN(5)
		if i%3 == 0 {
			k.Bounce(key)
		} else {
			k.TapFor(key, 40*time.Millisecond, 60*time.Millisecond)
		}
		keys = append(keys, key)
	}
	return keys
}

// checkAccepted compares the presses made with the chip's own count.
func checkAccepted(t *testing.T, l life, next int) {
	t.Helper()
	if got := next - registers.FirstSeq(l.boot); got != len(l.keys) {
		t.Errorf("boot %d: the chip accepted %d presses of %d", l.boot, got, len(l.keys))
	}
}

// emptied waits until the driver has fetched everything.
func emptied(t *testing.T, k *chip.Chip) {
	t.Helper()
	for range 300 {
		if kept, _ := k.Events(); len(kept) == 0 {
			return
		}
		k.Wait(100 * time.Millisecond)
	}
	t.Fatal("the chip still keeps presses after half a minute")
}

func check(t *testing.T, l life, heard *heardPresses) {
	t.Helper()
	got := heard.ofBoot(l.boot)
	missing := map[int]bool{}
	for i := range l.keys {
		missing[registers.FirstSeq(l.boot)+i] = true
	}
	last := 0
	for _, p := range got {
		i := p.Seq - registers.FirstSeq(l.boot)
		switch {
		case i < 0 || i >= len(l.keys):
			t.Errorf("boot %d: seq %d was never given", l.boot, p.Seq)
			continue
		case !missing[p.Seq]:
			t.Errorf("boot %d: seq %d twice", l.boot, p.Seq)
		case p.Seq < last:
			t.Errorf("boot %d: seq %d after %d", l.boot, p.Seq, last)
		case p.Key != l.keys[i]:
			t.Errorf("boot %d: seq %d is key %d, want %d", l.boot, p.Seq, p.Key, l.keys[i])
		}
		delete(missing, p.Seq)
		last = p.Seq
	}
	for seq := range missing {
		if !slices.ContainsFunc(l.kept, func(e chip.Event) bool { return e.Seq == seq }) {
			t.Errorf("boot %d: seq %d is lost, and the chip had let go of it", l.boot, seq)
		}
	}
}
