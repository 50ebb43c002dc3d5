//go:build linux

package serial

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/creack/pty"
)

// stepped is a clock that jumps to the end of every wait and notes it.
type stepped struct {
	now   time.Time
	waits []time.Duration
}

func (c *stepped) Now() time.Time { return c.now }

func (c *stepped) After(d time.Duration) <-chan time.Time {
	c.waits = append(c.waits, d)
	c.now = c.now.Add(d)
	ch := make(chan time.Time, 1)
	ch <- c.now
	return ch
}

type nothing struct{ Port } // a port that only closes

func (nothing) Close() error { return nil }

func TestKeepBacksOff(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	clock := &stepped{now: time.Unix(1e9, 0)}
	tries := 0
	var told []string
	o := KeepOptions{Clock: clock, Rand: func() float64 { return 0.5 },
		Changed: func(up bool, err error) {
			if up {
				told = append(told, "up")
			} else {
				told = append(told, err.Error())
			}
		},
		open: func(s Settings) (Port, error) {
			if tries++; tries <= 6 {
				return nil, missing(s.Name)
			}
			return nothing{}, nil
		}}
	uses := 0
	err := Keep(ctx, Settings{Name: "p"}, o, func(context.Context, Port) error {
		switch uses++; uses {
		case 1:
			clock.now = clock.now.Add(time.Second) // not long enough to count as health
		case 2:
			clock.now = clock.now.Add(health)
		default:
			cancel()
		}
		return ErrGone
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Keep ended with %v", err)
	}
	// Half of each wait is fixed, the other half times 0.5.
	ms := time.Millisecond
	want := []time.Duration{150 * ms, 300 * ms, 600 * ms, 1200 * ms, 1500 * ms, 1500 * ms, 1500 * ms, 150 * ms}
	if !slices.Equal(clock.waits, want) {
		t.Errorf("waits %v, want %v", clock.waits, want)
	}
	if want := []string{missing("p").Error(), "up", ErrGone.Error(), "up", ErrGone.Error(), "up"}; !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
}

// Even the longest wait leaves time to open the port within 3 s of its return.
func TestKeepIsBackWithinThreeSeconds(t *testing.T) {
	if lastWait > 2500*time.Millisecond {
		t.Errorf("waits up to %v", lastWait)
	}
}

// plug makes a new device behind a steady name.
func plug(t *testing.T, link string) *os.File {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { master.Close(); slave.Close() })
	next := link + ".new"
	if err := os.Symlink(slave.Name(), next); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(next, link); err != nil {
		t.Fatal(err)
	}
	return master
}

func TestKeepReopensAfterReplugging(t *testing.T) {
	link := filepath.Join(t.TempDir(), "printer0")
	device := plug(t, link)
	ctx, cancel := context.WithCancel(context.Background())
	count, got, down := new(Counters), make(chan string, 10), make(chan error, 10)
	ended := make(chan error, 1)
	o := KeepOptions{Changed: func(up bool, err error) {
		if !up {
			down <- err
		}
	}}
	go func() {
		ended <- Keep(ctx, Settings{Name: link, Baud: 9600, Counters: count}, o, func(ctx context.Context, p Port) error {
			for {
				buf := make([]byte, 16)
				n, err := p.Read(buf, time.Time{})
				if err != nil {
					return err
				}
				got <- string(buf[:n])
			}
		})
	}()
	for _, word := range []string{"one", "two", "three"} {
		if _, err := device.WriteString(word); err != nil {
			t.Fatal(err)
		}
		within(t, 30*time.Second, "heard "+word, func() {
			if w := <-got; w != word {
				t.Errorf("got %q, want %q", w, word)
			}
		})
		device.Close()
		if err := <-down; !errors.Is(err, ErrGone) {
			t.Errorf("unplugged: %v", err)
		}
		device = plug(t, link)
	}
	cancel()
	within(t, 10*time.Second, "Keep ends", func() {
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
	if s := count.Stats(); s.Opens < 3 || s.BytesIn != int64(len("onetwothree")) {
		t.Errorf("counted %+v", s)
	}
}

// A panel is only written to: its driver sleeps, and still hears of the unplugging.
func TestKeepTellsAUserWhoDoesNotRead(t *testing.T) {
	link := filepath.Join(t.TempDir(), "panel0")
	device := plug(t, link)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	using, down := make(chan bool, 10), make(chan error, 10)
	o := KeepOptions{Changed: func(up bool, err error) {
		if !up {
			down <- err
		}
	}}
	go func() {
		_ = Keep(ctx, Settings{Name: link, Baud: 9600}, o, func(ctx context.Context, p Port) error {
			using <- true
			<-ctx.Done()
			return ctx.Err()
		})
	}()
	<-using
	device.Close()
	within(t, 15*time.Second, "unplugging told", func() {
		if err := <-down; !errors.Is(err, ErrGone) {
			t.Error(err)
		}
	})
}
