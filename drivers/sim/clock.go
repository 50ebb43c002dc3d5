package sim

import (
	"context"
	"errors"
	"time"
)

// ErrAction says that a device cannot do what was asked.
var ErrAction = errors.New("sim: no such action")

// Clock tells the time and waits. Tests give one that they step, or one that is faster.
type Clock interface {
	Now() time.Time
	// Sleep waits for d, or until ctx ends; then it says so.
	Sleep(ctx context.Context, d time.Duration) error
}

// Faster is a clock that runs faster than life: at 10 a printer prints ten times
// as fast as a real one. Now runs faster in the same way, from the present on.
func Faster(factor float64) Clock { return faster{start: time.Now(), factor: factor} }

type faster struct {
	start  time.Time
	factor float64
}

func (f faster) Now() time.Time {
	return f.start.Add(time.Duration(float64(time.Since(f.start)) * f.factor))
}

func (f faster) Sleep(ctx context.Context, d time.Duration) error {
	d = time.Duration(float64(d) / f.factor)
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// pacer spaces things out so that each takes its time, without adding up the
// little that a sleeper wakes late.
type pacer struct {
	clock Clock
	free  time.Time // when all that was added is over
}

// slack is how late a pacer may be and still make up for it; after a longer
// pause it begins anew.
const slack = 200 * time.Millisecond

func (p *pacer) add(d time.Duration) {
	if now := p.clock.Now(); now.Sub(p.free) > slack {
		p.free = now
	}
	p.free = p.free.Add(d)
}

// wait returns when no more than ahead is left.
func (p *pacer) wait(ctx context.Context, ahead time.Duration) error {
	if left := p.free.Sub(p.clock.Now()); left > ahead {
		return p.clock.Sleep(ctx, left)
	}
	return ctx.Err()
}
