package staff

import (
	"context"
	"errors"
	"sync"
	"time"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// mostStrangers bounds what those who guess names can make us keep.
const mostStrangers = 1000

// strangers counts tries at names nobody has.
type strangers struct {
	mu    sync.Mutex
	tried map[string]tries
}

func newStrangers() *strangers { return &strangers{tried: map[string]tries{}} }

// stranger does for a name nobody has what a wrong password does for an account.
// Call it within alone.
func (s *Staff) stranger(ctx context.Context, login, password string, rules queue.PeopleSetting) error {
	now, digest := s.o.Clock.Now(), digestOf(login)
	s.strangers.mu.Lock()
	t := s.strangers.tried[digest]
	s.strangers.mu.Unlock()
	if now.Before(t.Until) {
		return &LockedError{Until: t.Until}
	}
	s.hasher.nobody(password) // two at once, as for names that somebody has
	if err := s.writeNothing(ctx, now); err != nil {
		return err
	}
	s.strangers.mu.Lock()
	defer s.strangers.mu.Unlock()
	t = s.strangers.tried[digest].wrong(now, rules)
	if len(s.strangers.tried) >= mostStrangers {
		for one := range s.strangers.tried { // any: all were guesses
			delete(s.strangers.tried, one)
			break
		}
	}
	s.strangers.tried[digest] = t
	if now.Before(t.Until) {
		return &LockedError{Until: t.Until}
	}
	return ErrWrongLogin
}

// writeNothing writes to the disk what counts for nothing: a wrong password of an account
// is written down, and the time that takes would tell who has one. It is a session that
// has ended, which the next start takes away.
func (s *Staff) writeNothing(ctx context.Context, now time.Time) error {
	_, err := s.change(ctx, "-", nil)
	if !errors.Is(err, ErrNoAccount) {
		return err
	}
	_, err = s.db.ExecContext(ctx, `INSERT OR REPLACE INTO sessions(digest, key, account, begun, seen, idle, expires)
		VALUES('-', '', '', 0, ?, 0, 0)`, millis(now))
	return sqlite.Wrap("count tries", err)
}
