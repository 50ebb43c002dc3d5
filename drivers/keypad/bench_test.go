package keypad_test

import (
	"fmt"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"motcua/server/queue"
)

// BenchmarkPress measures from a key's press to Accept on a line of 19200 baud
// that is as slow as a real one: one unit is pressed at odd moments, the others idle.
func BenchmarkPress(b *testing.B) {
	for _, n := range []int{1, 16, 32} {
		b.Run(fmt.Sprint("units=", n), func(b *testing.B) {
			r := newRig(b, setup{profile: "motcua-kp5", there: units("rate", upTo(n)...)})
			wait(b, "the units", func() bool { return r.in(queue.DeviceReady) == n })
			var took []time.Duration
			for i := 0; b.Loop(); i++ {
				time.Sleep(time.Duration(37*(i%11)) * time.Millisecond)
				pressed := time.Now()
				address := 1 + i*13%n
				before := len(r.of(address))
				if ok, err := r.pads.Press(address, "1"); !ok || err != nil {
					b.Fatal(ok, err)
				}
				wait(b, "the press", func() bool { return len(r.of(address)) > before })
				r.mu.Lock()
				took = append(took, r.at[len(r.at)-1].Sub(pressed))
				r.mu.Unlock()
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkIdle measures what share of one processor 32 idle keypads cost the
// driver, for several paces: the time of the thread that runs the bus.
func BenchmarkIdle(b *testing.B) {
	for _, every := range []time.Duration{250 * time.Millisecond, time.Second, 2 * time.Second} {
		b.Run(fmt.Sprint("every=", every), func(b *testing.B) {
			m := &meter{}
			r := newRig(b, setup{profile: "motcua-kp5", there: units("rate", upTo(32)...), every: every, reads: m})
			wait(b, "the units", func() bool { return r.in(queue.DeviceReady) == 32 })
			asked, spent, start := r.bus.Counts().Asked, m.spent.Load(), time.Now()
			for b.Loop() {
				time.Sleep(200 * time.Millisecond)
			}
			d := time.Since(start)
			b.ReportMetric(100*float64(m.spent.Load()-spent)/float64(d), "cpu-%")
			b.ReportMetric(float64(r.bus.Counts().Asked-asked)/d.Seconds(), "exchanges/s")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// meter is a clock that looks, each time a bus reads it, what its thread has used.
type meter struct {
	reads int
	spent atomic.Int64 // ns
}

func (m *meter) Now() time.Time {
	if m.reads == 0 {
		runtime.LockOSThread() // until the bus ends, and its thread with it
	}
	if m.reads++; m.reads%50 == 0 {
		var u unix.Rusage
		if unix.Getrusage(unix.RUSAGE_THREAD, &u) == nil {
			m.spent.Store(u.Utime.Nano() + u.Stime.Nano())
		}
	}
	return time.Now()
}
