package staff

import (
	"context"
	"errors"
	"fmt"
)

// AddDemo makes the demo's accounts, all with one password that everybody knows,
// unless their login names are there already. In serve they are no accounts: nobody
// logs in by them, and they are nobody's administrators.
func (s *Staff) AddDemo(ctx context.Context, list []Account, password string) error {
	if !s.o.Demo {
		return errors.New("staff: accounts of the demo in a book that is not the demo's")
	}
	cheap := newHasher(Options{Rand: s.o.Rand, Cost: Cost{Memory: 8, Time: 1, Threads: 1}}) // no secret is kept by it
	hash, err := cheap.make(ctx, password)
	if err != nil {
		return err
	}
	for _, a := range list {
		if err := s.addDemo(ctx, tidy(a), hash); err != nil && !errors.Is(err, ErrLoginTaken) {
			return fmt.Errorf("account %s: %w", a.Login, err)
		}
	}
	return nil
}

func (s *Staff) addDemo(ctx context.Context, a Account, hash string) error {
	if err := a.check(); err != nil {
		return err
	}
	if _, err := s.byLogin(ctx, a.Login); err == nil {
		return ErrLoginTaken
	}
	id, err := s.accountID()
	if err != nil {
		return err
	}
	a.ID, a.Made = id, s.o.Clock.Now()
	return s.insert(ctx, person{Account: a, secret: secret{Hash: hash, Set: a.Made, Demo: true}})
}

// good tells whether the account counts here at all.
func (s *Staff) good(p person) bool { return !p.Off && (s.o.Demo || !p.secret.Demo) }
