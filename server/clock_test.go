package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"motcua/server/queue"
)

// stepped is a machine's clock that somebody sets.
type stepped struct {
	mu sync.Mutex
	at time.Time
}

func (c *stepped) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *stepped) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

func (c *stepped) step(d time.Duration) { c.set(c.Now().Add(d)) }

// steppedHall is the demo's whole hall, reached over HTTP, on a clock set by hand.
type steppedHall struct {
	t     *testing.T
	hall  *hall
	clock *stepped
	url   string
	n     int
	end   func()
}

// afternoon is 15:00 of a Monday in the hall, whatever zone the code believes in.
var afternoon = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

func newSteppedHall(t *testing.T, dir string, clock *stepped) *steppedHall {
	t.Helper()
	c := &config{Data: dir, Store: "embedded", Branch: queue.DemoSettings().ID, demo: true}
	opened, err := openHall(t.Context(), c, clock, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- opened.serve(ctx, l) }()
	h := &steppedHall{t: t, hall: opened, clock: clock, url: "http://" + l.Addr().String()}
	h.end = sync.OnceFunc(func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
		opened.close()
	})
	t.Cleanup(h.end)
	return h
}

// taken is what the tests read of an answer.
type taken struct {
	ID, Number string
	Code       queue.Code
	Ticket     *struct{ ID, Number string }
}

func (h *steppedHall) post(key, path, body string) (int, taken) {
	h.t.Helper()
	h.n++
	r, err := http.NewRequest(http.MethodPost, h.url+"/api/v1/branches/hoabinh/"+path, strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+key)
	r.Header.Set("Idempotency-Key", fmt.Sprint("clock-", h.n))
	got, err := http.DefaultClient.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	defer got.Body.Close()
	raw, err := io.ReadAll(got.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	var answer taken
	if err := json.Unmarshal(raw, &answer); err != nil {
		h.t.Fatalf("%s: %d %s", path, got.StatusCode, raw)
	}
	return got.StatusCode, answer
}

// take takes a number, which must be the next of a day.
func (h *steppedHall) take(want string) {
	h.t.Helper()
	status, got := h.post("demo-kiosk", "tickets", `{"service":"ho-tich"}`)
	if status != http.StatusCreated || got.ID != want {
		h.t.Fatalf("at %v: %d %s %s, want %s", h.clock.Now().UTC(), status, got.ID, got.Code, want)
	}
}

func (h *steppedHall) at(counter, verb string) (int, taken) {
	h.t.Helper()
	return h.post("demo-desk", "counters/"+counter+"/"+verb, "{}")
}

// check reads every event there is: no gap, and time and days only forwards.
func (h *steppedHall) check() {
	h.t.Helper()
	ctx := context.Background()
	store := h.hall.opened.store
	at, err := store.Where(ctx, "hoabinh")
	if err != nil {
		h.t.Fatal(err)
	}
	last := queue.Event{}
	for day := at.Day.Add(-kept); day <= at.Day; day = day.Add(1) {
		for {
			events, err := store.Events(ctx, "hoabinh", day, last.Seq, 1000)
			if err != nil {
				h.t.Fatal(err)
			}
			if len(events) == 0 {
				break
			}
			for _, e := range events {
				if last.Seq != 0 && e.Seq != last.Seq+1 || e.At.Int() < last.At.Int() || e.Day < last.Day {
					h.t.Fatalf("%+v\nfollows %+v", e, last)
				}
				last = e
			}
		}
	}
	if last.Seq != at.Seq {
		h.t.Fatalf("the events end at %d, the store stands at %d", last.Seq, at.Seq)
	}
}

// TestClockJumpsBack: numbers go on, and the queue keeps its order.
func TestClockJumpsBack(t *testing.T) {
	h := newSteppedHall(t, t.TempDir(), &stepped{at: afternoon})
	h.at("1", "open")
	for n := 1; n <= 10; n++ {
		h.take(fmt.Sprintf("261123-A%03d", n))
		h.clock.step(time.Second)
		if n == 5 {
			h.clock.step(-3 * time.Hour)
		}
	}
	for n := 1; n <= 10; n++ {
		status, got := h.at("1", "next")
		if want := fmt.Sprintf("A%03d", n); status != http.StatusOK || got.Ticket.Number != want {
			t.Fatalf("called %d %+v, want %s", status, got, want)
		}
		h.at("1", "serve")
	}
	h.check()
}

// TestClockOverMidnight: the day turns in the hall's zone, once, and a clock
// that jumps back over midnight does not bring the old day back.
func TestClockOverMidnight(t *testing.T) {
	h := newSteppedHall(t, t.TempDir(), &stepped{at: afternoon})
	h.take("261123-A001")
	h.clock.set(time.Date(2026, 11, 23, 16, 59, 50, 0, time.UTC)) // 23:59:50
	h.take("261123-A002")
	h.clock.step(20 * time.Second) // 00:00:10
	h.take("261124-A001")
	h.clock.step(-time.Minute) // 23:59:10 of the day before
	h.take("261124-A002")
	h.clock.step(-30 * time.Hour)
	h.take("261124-A003")
	if status, _ := h.at("1", "open"); status != http.StatusOK {
		t.Errorf("open on the day that is open: %d", status)
	}
	if status, got := h.at("1", "next"); status != http.StatusOK || got.Ticket.ID != "261124-A001" {
		t.Errorf("next: %d %+v", status, got)
	}
	h.check()
}

// TestClockMissedClose: a day whose close was missed is closed at the next
// start, before the next one opens.
func TestClockMissedClose(t *testing.T) {
	dir, clock := t.TempDir(), &stepped{at: afternoon}
	h := newSteppedHall(t, dir, clock)
	h.take("261123-A001")
	h.end()
	clock.step(16 * time.Hour) // 07:00 on the next day
	keys := h.n
	h = newSteppedHall(t, dir, clock)
	h.n = keys // a key stays used over the restart
	v, err := h.hall.opened.store.FindVisit(t.Context(), "hoabinh", "2026-11-23", queue.ByNumber, "A001")
	if err != nil || v.State != queue.Expired {
		t.Errorf("the visit of the missed day: %+v, %v", v, err)
	}
	h.take("261124-A001")
	h.check()
}

// TestClockJumpsAnywhere: whatever the clock does, by up to 48 hours either way,
// days only go forwards, their numbers are dense, and nobody passes anybody.
func TestClockJumpsAnywhere(t *testing.T)     { jumps(t, 4) }
func TestClockJumpsAnywhereSoak(t *testing.T) { jumps(t, 150) }

func jumps(t *testing.T, seeds int64) {
	for seed := range seeds {
		h := newSteppedHall(t, t.TempDir(), &stepped{at: afternoon})
		jumpAnywhere(h, rand.New(rand.NewSource(seed)))
		h.end()
	}
}

func jumpAnywhere(h *steppedHall, r *rand.Rand) {
	day, given, called := "", 0, 0
	latest := h.clock.Now()
	for range 120 {
		step := time.Duration(r.Int63n(int64(4*time.Second))) - time.Second
		if r.Intn(6) == 0 {
			step = time.Duration(r.Int63n(int64(96*time.Hour))) - 48*time.Hour
		}
		h.clock.step(step)
		if now := h.clock.Now(); now.After(latest) {
			latest = now
		}
		if today := latest.Add(7 * time.Hour).UTC().Format("060102"); today != day { // the hall's day
			day, given, called = today, 0, 0
		}
		if given == called || r.Intn(3) > 0 {
			given++
			h.take(fmt.Sprintf("%s-A%03d", day, given))
			continue
		}
		h.at("1", "open")
		status, got := h.at("1", "next")
		if want := fmt.Sprintf("%s-A%03d", day, called+1); status != http.StatusOK || got.Ticket.ID != want {
			h.t.Fatalf("called %d %+v, want %s", status, got, want)
		}
		called++
		h.at("1", "serve")
	}
	h.check()
}
