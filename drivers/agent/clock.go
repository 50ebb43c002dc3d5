package agent

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"io"
	"sync"
	"time"
)

// Clock tells the time and waits; tests step it.
type Clock interface {
	Now() time.Time
	After(d time.Duration) <-chan time.Time
}

// SystemClock is the machine's clock.
var SystemClock Clock = machineClock{}

type machineClock struct{}

func (machineClock) Now() time.Time                         { return time.Now() }
func (machineClock) After(d time.Duration) <-chan time.Time { return time.After(d) }

// hallTime is the server's clock as far as the agent knows it: a kiosk's own
// clock may be years off, and what it reports must fit what the server saw.
type hallTime struct {
	mu            sync.Mutex
	clock         Clock
	server, local time.Time
}

func newHallTime(c Clock) *hallTime {
	now := c.Now()
	return &hallTime{clock: c, server: now, local: now}
}

// set takes the time a message of the server bears.
func (h *hallTime) set(server time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.server, h.local = server, h.clock.Now()
}

// roughly takes a time in whole seconds: only when what is known is further off.
func (h *hallTime) roughly(server time.Time) {
	if server.Sub(h.now()).Abs() > 3*time.Second {
		h.set(server)
	}
}

func (h *hallTime) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.server.Add(h.clock.Now().Sub(h.local))
}

// Pauses between two tries. Right again within two seconds of the server's return
// needs short ones; a server that has been away for an hour is not there in the
// next second either.
const (
	shortest  = 200 * time.Millisecond
	patient   = time.Second
	longest   = 5 * time.Second
	recently  = time.Hour
	afterDeny = 5 * time.Second // somebody must change something first
)

// pause says how long to wait after so many failures in a row: twice as long each
// time, half of it by chance, so that a hall's agents do not come back in one instant.
func (a *Agent) pause(failures int) time.Duration {
	most := longest
	if _, last := a.line.get(); last.IsZero() || a.Clock.Now().Sub(last) < recently {
		most = patient
	}
	d := min(most, shortest<<min(failures, 10))
	return d/2 + a.chance(d/2)
}

// chance is a random part of d.
func (a *Agent) chance(d time.Duration) time.Duration {
	var b [8]byte
	if _, err := io.ReadFull(a.Rand, b[:]); err != nil || d <= 0 {
		return d
	}
	return time.Duration(binary.BigEndian.Uint64(b[:]) % uint64(d))
}

// randomNumber is one of 31 bits, never 0.
func (a *Agent) randomNumber() (int, error) {
	var b [4]byte
	_, err := io.ReadFull(a.Rand, b[:])
	return int(binary.BigEndian.Uint32(b[:])>>1 | 1), err
}

func (a *Agent) randomWord(bytes int) (string, error) {
	b := make([]byte, bytes)
	if _, err := io.ReadFull(a.Rand, b); err != nil {
		return "", err
	}
	return hex.EncodeToString(b), nil
}

// wait ends early when ctx ends, or when wake (which may be nil) has something.
func (a *Agent) wait(ctx context.Context, d time.Duration, wake <-chan struct{}) {
	select {
	case <-ctx.Done():
	case <-a.Clock.After(d):
	case <-wake:
	}
}

// nudge wakes whoever waits on a channel of one place; twice is once.
func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
