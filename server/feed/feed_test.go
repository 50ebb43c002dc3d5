package feed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"motcua/server/queue"
)

// fake is a store that holds what the test wrote.
type fake struct {
	queue.Store
	mu      sync.Mutex
	at      queue.Position
	streams map[queue.Day][]queue.Event
	version int
	down    bool
	skip    int64 // an event that is never given out
}

func (f *fake) write(kind queue.Kind) int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.at.Seq++
	f.streams[f.at.Day] = append(f.streams[f.at.Day], queue.Event{Seq: f.at.Seq, Kind: kind, Day: f.at.Day,
		Counter: &queue.Counter{ID: fmt.Sprint(f.at.Seq), State: queue.CounterOpen}})
	return f.at.Seq
}

func (f *fake) open(day queue.Day) int64 {
	f.mu.Lock()
	f.at.Day, f.at.Open = day, true
	f.mu.Unlock()
	return f.write(queue.DayOpened)
}

func (f *fake) Events(_ context.Context, _ string, day queue.Day, after int64, max int) ([]queue.Event, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var list []queue.Event
	for _, e := range f.streams[day] {
		if e.Seq > after && e.Seq != f.skip && len(list) < max {
			list = append(list, e)
		}
	}
	return list, f.trouble()
}

func (f *fake) trouble() error {
	if f.down {
		return errors.New("down")
	}
	return nil
}

func (f *fake) Where(context.Context, string) (queue.Position, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.at, f.trouble()
}

func (f *fake) Settings(context.Context, string) ([]byte, int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	set := queue.DemoSettings()
	document, err := json.Marshal(set)
	return document, f.version, err
}

func (f *fake) Branches(context.Context) ([]string, error) { return []string{"b"}, nil }

// watcher notes what a follower is told.
type watcher struct {
	mu     sync.Mutex
	seqs   []int64
	resets []string
}

func (w *watcher) Reset(_ string, s *queue.State, _ *queue.Settings, events []queue.Event) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.resets = append(w.resets, fmt.Sprintf("%s@%d+%d", s.Epoch, s.Seq, len(events)))
	w.seqs = nil
}

func (w *watcher) Applied(_ string, s *queue.State, _ *queue.Settings, e *queue.Event) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if e.Seq != s.Seq {
		panic("told before it was applied")
	}
	w.seqs = append(w.seqs, e.Seq)
}

func (w *watcher) Flush(string) {}

func (w *watcher) told() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return fmt.Sprint(w.resets, w.seqs)
}

func start(t *testing.T, sweep time.Duration) (*fake, *Feed, *watcher) {
	t.Helper()
	store := &fake{at: queue.Position{Epoch: "e1"}, streams: map[queue.Day][]queue.Event{}, version: 1}
	store.open("2026-11-23")
	w := &watcher{}
	f := New(Options{Store: store, Sweep: sweep}, w)
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(func() { cancel(); f.Wait() })
	if err := f.Start(ctx); err != nil {
		t.Fatal(err)
	}
	return store, f, w
}

// wants waits until the follower has been told exactly this.
func (w *watcher) wants(t *testing.T, want string) {
	t.Helper()
	for range 200 {
		if w.told() == want {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("told %s, want %s", w.told(), want)
}

const never = time.Hour

func TestReadsAfterTheBell(t *testing.T) {
	store, f, w := start(t, never)
	for range 3 {
		f.Wake("b", store.write(queue.CounterOpened))
		if err := f.WaitFor(t.Context(), "b"); err != nil {
			t.Fatal(err)
		}
	}
	w.wants(t, "[e1@1+1] [2 3 4]")
	f.View("b", func(s *queue.State, set *queue.Settings) {
		if s.Seq != 4 || set.Version != 1 || s.Counters["4"] == nil {
			t.Errorf("%d %d", s.Seq, set.Version)
		}
	})
	if f.View("c", func(*queue.State, *queue.Settings) {}) {
		t.Error("a branch nobody has")
	}
}

// An answer that was lost rings no bell: the sweep finds its events.
func TestSweepFindsLostAnswers(t *testing.T) {
	store, _, w := start(t, 10*time.Millisecond)
	store.write(queue.CounterOpened)
	store.write(queue.CounterOpened)
	w.wants(t, "[e1@1+1] [2 3]")
}

// The old day is read to its end before the new one.
func TestDayChange(t *testing.T) {
	store, f, w := start(t, never)
	store.write(queue.CounterOpened)
	store.write(queue.DayClosed)
	f.Wake("b", store.open("2026-11-24"))
	w.wants(t, "[e1@1+1] [2 3 4]")
	f.Wake("b", store.write(queue.CounterOpened))
	w.wants(t, "[e1@1+1] [2 3 4 5]")
}

func TestGapAndNewEpoch(t *testing.T) {
	store, f, w := start(t, never)
	store.mu.Lock()
	store.skip = 2
	store.mu.Unlock()
	store.write(queue.CounterOpened)
	seq := store.write(queue.CounterOpened)
	f.Wake("b", seq)
	time.Sleep(20 * time.Millisecond)
	if err := f.WaitFor(t.Context(), "b"); !errors.Is(err, ErrBehind) {
		t.Errorf("reads are let through without what was acknowledged: %v", err)
	}
	store.mu.Lock()
	store.skip = 0
	store.mu.Unlock()
	f.Wake("b", seq)
	w.wants(t, "[e1@1+1] [2 3]")

	store.mu.Lock()
	store.at = queue.Position{Epoch: "e2", Day: "2026-11-23", Open: true}
	store.streams = map[queue.Day][]queue.Event{}
	store.mu.Unlock()
	store.write(queue.DayOpened)
	f.Wake("b", 1)
	w.wants(t, "[e1@1+1 e2@1+1] []")
	if err := f.WaitFor(t.Context(), "b"); err != nil {
		t.Errorf("waits for a past that is gone: %v", err)
	}
}

func TestSettingsAreReadAnew(t *testing.T) {
	store, f, _ := start(t, never)
	store.mu.Lock()
	store.version = 2
	store.mu.Unlock()
	f.Wake("b", store.write(queue.SettingsChanged))
	if err := f.WaitFor(t.Context(), "b"); err != nil {
		t.Fatal(err)
	}
	if set, _ := f.Settings("b"); set.Version != 2 {
		t.Errorf("version %d", set.Version)
	}
}

func TestTrouble(t *testing.T) {
	store, f, w := start(t, 10*time.Millisecond)
	set := func(down bool) {
		store.mu.Lock()
		store.down = down
		store.mu.Unlock()
	}
	ready := func(want bool) {
		t.Helper()
		for range 200 {
			if (f.Ready() == nil) == want {
				return
			}
			time.Sleep(5 * time.Millisecond)
		}
		t.Errorf("ready is not %v", want)
	}
	ready(true)
	set(true)
	ready(false)
	store.write(queue.CounterOpened)
	set(false)
	ready(true)
	w.wants(t, "[e1@1+1] [2]")
}
