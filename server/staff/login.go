package staff

import (
	"context"
	"errors"
	"fmt"
	"time"

	"motcua/server/queue"
)

// Errors of logging in. ErrWrongLogin is the same for a name nobody has, a wrong
// password and an account that is off.
var (
	ErrWrongLogin   = errors.New("staff: wrong login name or password")
	ErrFactorNeeded = errors.New("staff: the second factor's code is needed")
	ErrFactorWrong  = errors.New("staff: wrong code of the second factor")
)

// LockedError says that after too many wrong passwords nobody can log in by this
// name for a while, not even with the right one. Names nobody has are locked the
// same way, so that a lock tells nothing.
type LockedError struct{ Until time.Time }

func (e *LockedError) Error() string {
	return fmt.Sprintf("staff: locked until %s", e.Until.In(queue.Zone).Format(time.RFC3339))
}

const (
	longestLock = 24 * time.Hour
	// longestTyped bounds what is hashed of what a stranger typed, in bytes.
	longestTyped = 4 * LongestPassword
)

// LoginPerson begins a session of a person. code is the second factor's or a
// recovery code, empty when none was asked yet. rules gives what a branch asks, ""
// for accounts of all. Errors: ErrWrongLogin, *LockedError, ErrFactorNeeded,
// ErrFactorWrong.
func (s *Staff) LoginPerson(ctx context.Context, login, password, code string, rules func(branch string) queue.PeopleSetting) (string, Account, error) {
	return s.LoginAt(ctx, nil, login, password, code, rules)
}

// LoginAt is LoginPerson at a browser with marks (Mark). Tries at one that has the
// account's are counted apart: a stranger who locks an account from elsewhere does not
// keep out whose it is.
func (s *Staff) LoginAt(ctx context.Context, marks []string, login, password, code string, rules func(branch string) queue.PeopleSetting) (string, Account, error) {
	p, err := s.prove(ctx, marks, plainLogin(login), password, rules)
	if err != nil {
		return "", Account{}, err
	}
	asked := rules(p.Branch)
	if p.Factor {
		if err := s.second(ctx, marks, p, code, asked); err != nil {
			return "", Account{}, err
		}
	}
	secret, a, err := s.enter(ctx, marks, p, asked)
	if err == nil && s.dated(p) {
		err = s.rehash(ctx, p, password)
	}
	return secret, a, err
}

// enter begins the session of a person who has proved to be one. Whoever was put off,
// or got another password, since then stays outside: sessions are ended under the same lock.
func (s *Staff) enter(ctx context.Context, marks []string, proved person, asked queue.PeopleSetting) (string, Account, error) {
	s.saving.Lock()
	defer s.saving.Unlock()
	now := s.o.Clock.Now()
	fresh, err := s.secret()
	if err != nil {
		return "", Account{}, err
	}
	p, err := s.change(ctx, proved.ID, func(p *person) error {
		if p.secret.Hash != proved.secret.Hash || !s.good(*p) {
			return ErrWrongLogin
		}
		if p.secret.Marked = (tries{}); !p.marked(marks) { // from elsewhere the lock goes on
			p.unlock()
		}
		if p.secret.Mark == "" {
			p.secret.Mark = fresh[:markSize]
		}
		p.Seen = now
		if asked.Days > 0 && now.Sub(p.secret.Set) > time.Duration(asked.Days)*24*time.Hour {
			p.Renew = true
		}
		return nil
	})
	if err != nil {
		return "", Account{}, err
	}
	secret, err := s.beginPerson(ctx, p.Account, asked)
	return secret, p.Account, err
}

// prove finds the account with this name and password. It reads the account when
// its turn to hash has come: many guesses at once are counted like one after another.
func (s *Staff) prove(ctx context.Context, marks []string, login, password string, rules func(branch string) queue.PeopleSetting) (p person, err error) {
	if len(password) > longestTyped {
		password = "" // nobody's
	}
	turn := s.hasher.behind
	if s.known(login, marks) {
		turn = s.hasher.alone
	}
	err = turn(ctx, func() error {
		p, err = s.byLogin(ctx, login)
		if errors.Is(err, ErrNoAccount) {
			return s.stranger(ctx, login, password, rules(""))
		}
		if err != nil {
			return err
		}
		if until := p.tried(marks).Until; s.o.Clock.Now().Before(until) {
			return &LockedError{Until: until}
		}
		if s.hasher.same(p.secret.Hash, password) && s.good(p) {
			return nil
		}
		return s.wrong(ctx, marks, p.ID, rules(p.Branch), ErrWrongLogin)
	})
	return p, err
}

func (s *Staff) beginPerson(ctx context.Context, a Account, rules queue.PeopleSetting) (string, error) {
	v := session{account: a.ID}
	if a.Role.Powerful() {
		v.idle = time.Duration(rules.IdleMinutes()) * time.Minute
	}
	life := time.Duration(rules.SessionHours()) * time.Hour
	return s.begin(ctx, v, life)
}
