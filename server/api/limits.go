package api

import (
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"motcua/server/queue"
)

// limit is how many misses of a kind are let through in a time. Whoever holds a
// valid key is not counted: behind one address of the hall's Wi-Fi or a mobile
// network stand hundreds of citizens.
type limit struct {
	name string
	most int
	in   time.Duration
}

var (
	wrongKey   = limit{"key", 60, 10 * time.Minute}
	wrongLogin = limit{"login", 10, 10 * time.Minute}
	// Lines in the audit log about wrong logins, of all addresses together: whoever has
	// many may not fill the disk with them.
	wrongLines = limit{"login_lines", 600, 10 * time.Minute}
	// Of one account, by whoever sits before its open session.
	wrongSecret = limit{"secret", 10, 10 * time.Minute}
	wrongToken  = limit{"token", 300, 10 * time.Minute}
	wrongCode   = limit{"code", 30, 10 * time.Minute} // short enough to be guessed: a right one is not let through either
	newPairing  = limit{"pairing", 30, 10 * time.Minute}
	noKey       = limit{"no_key", 600, time.Minute}
	// A procedure is public and its code short: who tries them all reads what is posted anyway.
	wrongProcedure = limit{"procedure", 300, 10 * time.Minute}
	// A phone's suggestions are let through, and counted by its address: all phones
	// of a hall may stand behind one. A screen's are not: it has a key.
	oneAddress   = limit{"suggestion_phone", 30, 10 * time.Minute}
	wrongDossier = limit{"dossier", 5, 10 * time.Minute} // outer contract
)

// mostWindows bounds the memory that strangers can make us use.
const mostWindows = 20_000

// limits counts misses by kind and address, in memory: a restart forgives.
type limits struct {
	clock   queue.Clock
	mu      sync.Mutex
	windows map[string]*window
}

type window struct {
	until time.Time
	count int
}

func newLimits(clock queue.Clock) *limits {
	return &limits{clock: clock, windows: map[string]*window{}}
}

// count notes a miss and gives for how long nothing more is let through, 0 when
// this one still is.
func (l *limits) count(kind limit, who string) time.Duration {
	now := l.clock.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	w := l.window(kind, who, now)
	w.count++
	if w.count > kind.most {
		return w.until.Sub(now)
	}
	return 0
}

// over tells whether the limit has been reached already, without counting.
func (l *limits) over(kind limit, who string) time.Duration {
	now := l.clock.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	w := l.windows[kind.name+" "+who]
	if w == nil || !now.Before(w.until) || w.count < kind.most {
		return 0
	}
	return w.until.Sub(now)
}

// left is how many misses are still let through.
func (l *limits) left(kind limit, who string) int {
	now := l.clock.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	return max(0, kind.most-l.window(kind, who, now).count)
}

func (l *limits) window(kind limit, who string, now time.Time) *window {
	id := kind.name + " " + who
	w := l.windows[id]
	// A clock that jumped back must not lock anybody out for longer than the limit's time.
	if w != nil && now.Before(w.until) && w.until.Sub(now) <= kind.in {
		return w
	}
	if w == nil && len(l.windows) >= mostWindows {
		l.forget(now)
	}
	w = &window{until: now.Add(kind.in)}
	l.windows[id] = w
	return w
}

// forget drops what has run out, and if that is too little some of the rest:
// rather forgive than grow.
func (l *limits) forget(now time.Time) {
	for id, w := range l.windows {
		if !now.Before(w.until) {
			delete(l.windows, id)
		}
	}
	for id := range l.windows {
		if len(l.windows) < mostWindows*3/4 {
			return
		}
		delete(l.windows, id)
	}
}

// miss counts a miss of the request's address and gives the refusal: the code,
// or 429 when there were too many.
func (s *Server) miss(c *fiber.Ctx, kind limit, code queue.Code) error {
	return s.missBy(kind, counted(c), code)
}

// missBy counts it for somebody known by more than an address.
func (s *Server) missBy(kind limit, who string, code queue.Code) error {
	if wait := s.limits.count(kind, who); wait > 0 {
		return s.tooMany(kind, wait)
	}
	return refuse(code, "")
}

func (s *Server) tooMany(kind limit, wait time.Duration) error {
	s.Metrics.Limited(kind.name)
	return limited{refuse(codeTooMany, ""), int((wait + time.Second - 1) / time.Second)}
}
