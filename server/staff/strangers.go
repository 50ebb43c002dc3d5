package staff

import (
	"sync"

	"motcua/server/queue"
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
func (s *Staff) stranger(login, password string, rules queue.PeopleSetting) error {
	now, digest := s.o.Clock.Now(), digestOf(login)
	s.strangers.mu.Lock()
	t := s.strangers.tried[digest]
	s.strangers.mu.Unlock()
	if now.Before(t.Until) {
		return &LockedError{Until: t.Until}
	}
	s.hasher.nobody(password) // two at once, as for names that somebody has
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
