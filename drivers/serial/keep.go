package serial

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

// How long Keep waits before it opens a port again: 0.2 s, doubling to 2 s, so that
// a device is used again within 3 s of coming back. A port that worked for a while
// starts anew.
const (
	firstWait = 200 * time.Millisecond
	lastWait  = 2 * time.Second
	health    = 5 * time.Second
	lookEvery = time.Second // how often a port in use is asked whether it is still there
)

// Clock is the time Keep lives in.
type Clock interface {
	Now() time.Time
	After(d time.Duration) <-chan time.Time
}

// SystemClock is the machine's clock.
type SystemClock struct{}

// Now is time.Now.
func (SystemClock) Now() time.Time { return time.Now() }

// After is time.After.
func (SystemClock) After(d time.Duration) <-chan time.Time { return time.After(d) }

// KeepOptions are what Keep is told beside the port; the zero value works.
type KeepOptions struct {
	Clock   Clock          // nil is SystemClock
	Rand    func() float64 // in [0,1), spreads the waits of several ports; nil is math/rand
	Changed func(up bool, err error)
	open    func(Settings) (Port, error)
}

func (o *KeepOptions) fill() {
	if o.Clock == nil {
		o.Clock = SystemClock{}
	}
	if o.Rand == nil {
		o.Rand = rand.Float64
	}
	if o.Changed == nil {
		o.Changed = func(bool, error) {}
	}
	if o.open == nil {
		o.open = Open
	}
}

// Keep holds a port open until ctx ends and gives that end's error back. use owns
// the port while it is open; when it returns, the port is closed and opened again.
// The context of use ends with the device, its cause is ErrGone then; when ctx
// ends, the port is closed under use, so that nothing holds the program up. Changed
// hears of each change between up and down, and of each new reason for being down.
func Keep(ctx context.Context, s Settings, o KeepOptions, use func(ctx context.Context, p Port) error) error {
	o.fill()
	if s.Counters == nil {
		s.Counters = new(Counters)
	}
	k := &keeper{o: o, told: "never"}
	for wait := firstWait; ; wait = min(wait*2, lastWait) {
		began := o.Clock.Now()
		err := k.once(ctx, s, use)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		k.down(err)
		if k.wasUp && o.Clock.Now().Sub(began) >= health {
			wait = firstWait
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-o.Clock.After(wait/2 + time.Duration(o.Rand()*float64(wait/2))):
		}
	}
}

type keeper struct {
	o     KeepOptions
	told  string // the reason for being down that Changed heard last; empty when up
	wasUp bool   // the last attempt got as far as use
}

// once opens the port and lets it be used until something ends that.
func (k *keeper) once(ctx context.Context, s Settings, use func(context.Context, Port) error) error {
	p, err := k.o.open(s)
	k.wasUp = err == nil
	if err != nil {
		return err
	}
	defer p.Close()
	k.told = ""
	k.o.Changed(true, nil)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	// A Read that waits for a quiet device returns when the port is closed.
	defer context.AfterFunc(ctx, func() { _ = p.Close() })()
	if a, ok := p.(interface{ alive() error }); ok {
		go k.watch(ctx, a.alive, cancel)
	}
	err = use(ctx, p)
	if errors.Is(context.Cause(ctx), ErrGone) {
		return ErrGone // what use saw was our closing
	}
	return err
}

// watch ends the use of a device that nobody reads from when it is unplugged.
func (k *keeper) watch(ctx context.Context, alive func() error, end context.CancelCauseFunc) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-k.o.Clock.After(lookEvery):
			if err := alive(); err != nil {
				end(err)
				return
			}
		}
	}
}

// down tells of a port that is not there, once for each reason.
func (k *keeper) down(err error) {
	if err == nil {
		err = ErrClosed
	}
	if err.Error() != k.told {
		k.told = err.Error()
		k.o.Changed(false, err)
	}
}
