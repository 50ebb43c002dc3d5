package staff

import (
	"context"
	"time"

	"motcua/server/queue"
)

// SetPassword gives an account another password, as an administrator does; renew
// asks its holder to change it at the next login. It ends the account's sessions
// and its lock. Errors: ErrNoAccount, *PasswordError.
func (s *Staff) SetPassword(ctx context.Context, id, password string, renew bool, rules queue.PeopleSetting) error {
	if err := s.newPassword(ctx, id, password, renew, rules); err != nil {
		return err
	}
	// Somebody may have had the old one: no browser is known any more.
	if _, err := s.change(ctx, id, func(p *person) error { p.secret.Mark = ""; return nil }); err != nil {
		return err
	}
	return s.EndSessions(ctx, id)
}

// ChangePassword is how people change their own; the other sessions stay open until
// EndOtherSessions. A wrong old password counts as a wrong login. Errors:
// ErrWrongLogin, *LockedError, *PasswordError, ErrNoAccount.
func (s *Staff) ChangePassword(ctx context.Context, id, old, fresh string, rules queue.PeopleSetting) error {
	a, ok := s.Account(id)
	if !ok {
		return ErrNoAccount
	}
	if _, err := s.prove(ctx, []string{s.Mark(id)}, a.Login, old, func(string) queue.PeopleSetting { return rules }); err != nil {
		return err
	}
	return s.newPassword(ctx, id, fresh, false, rules)
}

func (s *Staff) newPassword(ctx context.Context, id, password string, renew bool, rules queue.PeopleSetting) error {
	p, err := s.byID(ctx, id)
	if err != nil {
		return err
	}
	least := rules.LeastLength(p.Role == Admin)
	if err := CheckPassword(p.Login, password, least); err != nil {
		return err
	}
	used, err := s.used(ctx, p, password)
	if err != nil {
		return err
	}
	if used {
		return &PasswordError{Why: UsedLast, Least: least}
	}
	hash, err := s.hasher.make(ctx, password)
	if err != nil {
		return err
	}
	_, err = s.change(ctx, id, func(p *person) error {
		p.secret.Old = append([]string{p.secret.Hash}, p.secret.Old...)
		p.secret.Old = p.secret.Old[:min(len(p.secret.Old), keptPasswords-1)]
		p.secret.Hash, p.secret.Set, p.Renew = hash, s.o.Clock.Now(), renew
		p.secret.Demo = false
		p.unlock()
		return nil
	})
	return err
}

// dated tells whether a password was hashed at another cost than is usual now.
func (s *Staff) dated(p person) bool {
	c, _, _, err := parseHash(p.secret.Hash)
	return err == nil && c != s.hasher.cost && !p.secret.Demo
}

// rehash hashes a password anew that was just found right.
func (s *Staff) rehash(ctx context.Context, proved person, password string) error {
	hash, err := s.hasher.make(ctx, password)
	if err != nil {
		return err
	}
	_, err = s.change(ctx, proved.ID, func(p *person) error {
		if p.secret.Hash == proved.secret.Hash { // and not another password's by now
			p.secret.Hash = hash
		}
		return nil
	})
	return err
}

// used tells whether a password is one of the account's last ones.
func (s *Staff) used(ctx context.Context, p person, password string) (found bool, err error) {
	err = s.hasher.alone(ctx, func() error {
		for _, hash := range append([]string{p.secret.Hash}, p.secret.Old...) {
			found = found || s.hasher.same(hash, password)
		}
		return nil
	})
	return found, err
}

func (p *person) unlock() {
	p.secret.Wrong, p.secret.Locks, p.Locked, p.secret.Marked = 0, 0, time.Time{}, tries{}
}

// Unlock ends the lock that wrong passwords brought about.
func (s *Staff) Unlock(ctx context.Context, id string) error {
	_, err := s.change(ctx, id, func(p *person) error {
		p.unlock()
		return nil
	})
	return err
}
