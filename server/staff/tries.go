package staff

import (
	"context"
	"slices"
	"time"

	"motcua/server/queue"
)

// tries is how often a name was tried in vain.
type tries struct {
	Wrongs int       `json:"wrong,omitempty"`
	Locks  int       `json:"locks,omitempty"`
	Until  time.Time `json:"until,omitzero"` // end of the last lock
}

// wrong counts one more: each lock lasts twice as long as the one before it, up to
// a day. Locks that ended more than a day ago are forgotten.
func (t tries) wrong(now time.Time, rules queue.PeopleSetting) tries {
	if t.Locks > 0 && now.Sub(t.Until) > longestLock {
		t = tries{}
	}
	t.Wrongs++
	if t.Wrongs < rules.WrongTries() {
		return t
	}
	lock := time.Duration(rules.LockedMinutes()) * time.Minute
	for range t.Locks {
		lock = min(2*lock, longestLock)
	}
	return tries{Locks: t.Locks + 1, Until: now.Add(lock)}
}

// wrong counts a wrong password or code; it gives why, or the lock it led to.
func (s *Staff) wrong(ctx context.Context, marks []string, id string, rules queue.PeopleSetting, why error) error {
	now := s.o.Clock.Now()
	p, err := s.change(ctx, id, func(p *person) error {
		p.setTried(marks, p.tried(marks).wrong(now, rules))
		return nil
	})
	if err != nil {
		return err
	}
	if until := p.tried(marks).Until; now.Before(until) {
		return &LockedError{Until: until}
	}
	return why
}

// markSize is 132 random bits in base64url.
const markSize = 22

// Mark is what a browser is given at which an account was logged in. It opens nothing:
// it tells the tries of the account's holder from those of strangers.
func (s *Staff) Mark(id string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.people[id].secret.Mark
}

// marked tells whether the browser with these marks is one of the account's.
func (p person) marked(marks []string) bool {
	return p.secret.Mark != "" && slices.Contains(marks, p.secret.Mark)
}

// known tells whether somebody has logged in by a name at the browser with these marks.
func (s *Staff) known(login string, marks []string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, p := range s.people {
		if p.Login == login {
			return p.marked(marks)
		}
	}
	return false
}

func (p person) tried(marks []string) tries {
	if p.marked(marks) {
		return p.secret.Marked
	}
	return tries{p.secret.Wrong, p.secret.Locks, p.Locked}
}

func (p *person) setTried(marks []string, t tries) {
	if p.marked(marks) {
		p.secret.Marked = t
		return
	}
	p.secret.Wrong, p.secret.Locks, p.Locked = t.Wrongs, t.Locks, t.Until
}
