package staff

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"slices"

	"motcua/server/queue"
)

// ErrNoFactorBegun says that there is no second factor to confirm.
var ErrNoFactorBegun = errors.New("staff: no second factor was begun")

const (
	recoveryCodes   = 8
	recoveryLetters = 12
)

// BeginFactor makes the seed of a second factor and gives the address that an
// authenticator reads from a picture. The factor counts once it is confirmed.
func (s *Staff) BeginFactor(ctx context.Context, id string) (uri string, err error) {
	seed := make([]byte, seedSize)
	if _, err := io.ReadFull(s.o.Rand, seed); err != nil {
		return "", fmt.Errorf("no random bytes: %w", err)
	}
	p, err := s.change(ctx, id, func(p *person) error {
		p.secret.Begun = seed
		return nil
	})
	return factorURI(p.Login, seed), err
}

// ConfirmFactor begins to ask for the second factor, now that its holder has shown
// a code of it, and gives the recovery codes, which nobody can read again. Errors:
// ErrNoFactorBegun, ErrFactorWrong.
func (s *Staff) ConfirmFactor(ctx context.Context, id, code string) (recovery []string, err error) {
	recovery, digests, err := s.recovery()
	if err != nil {
		return nil, err
	}
	_, err = s.change(ctx, id, func(p *person) error {
		if len(p.secret.Begun) == 0 {
			return ErrNoFactorBegun
		}
		step, ok := totpStepOf(p.secret.Begun, plainCode(code), s.o.Clock.Now(), 0)
		if !ok {
			return ErrFactorWrong
		}
		p.secret.Seed, p.secret.Begun, p.secret.Step = p.secret.Begun, nil, step
		p.secret.Recovery, p.Factor = digests, true
		return nil
	})
	if err != nil {
		return nil, err
	}
	return recovery, nil
}

// EndFactor takes the second factor away.
func (s *Staff) EndFactor(ctx context.Context, id string) error {
	_, err := s.change(ctx, id, func(p *person) error {
		p.secret.Begun, p.secret.Seed, p.secret.Step, p.secret.Recovery, p.Factor = nil, nil, 0, nil, false
		return nil
	})
	return err
}

// recovery makes the codes for whoever has lost the phone, and their digests. They
// are 12 letters of 26: no salt or slow hash is needed against guessing.
func (s *Staff) recovery() (codes, digests []string, err error) {
	for range recoveryCodes {
		raw := make([]byte, recoveryLetters)
		for i := range raw {
			if raw[i], err = s.letter(); err != nil {
				return nil, nil, err
			}
		}
		code := string(raw)
		codes = append(codes, code[:4]+"-"+code[4:8]+"-"+code[8:])
		digests = append(digests, digestOf(code))
	}
	return codes, digests, nil
}

// letter is one of pairingLetters, each as likely as the other.
func (s *Staff) letter() (byte, error) {
	one := make([]byte, 1)
	for {
		if _, err := io.ReadFull(s.o.Rand, one); err != nil {
			return 0, fmt.Errorf("no random bytes: %w", err)
		}
		if n := len(pairingLetters); int(one[0]) < 256/n*n {
			return pairingLetters[int(one[0])%n], nil
		}
	}
}

// second takes the second factor's code, each only once. A wrong one counts like a
// wrong password.
func (s *Staff) second(ctx context.Context, marks []string, p person, code string, rules queue.PeopleSetting) error {
	code = plainCode(code)
	if code == "" {
		return ErrFactorNeeded
	}
	if until := p.tried(marks).Until; s.o.Clock.Now().Before(until) {
		return &LockedError{Until: until}
	}
	_, err := s.change(ctx, p.ID, func(p *person) error {
		step, ok := totpStepOf(p.secret.Seed, code, s.o.Clock.Now(), p.secret.Step)
		if ok {
			p.secret.Step = step
			return nil
		}
		digest := []byte(digestOf(code))
		i := slices.IndexFunc(p.secret.Recovery, func(d string) bool { return subtle.ConstantTimeCompare([]byte(d), digest) == 1 })
		if i < 0 {
			return ErrFactorWrong
		}
		p.secret.Recovery = slices.Delete(p.secret.Recovery, i, i+1)
		return nil
	})
	if errors.Is(err, ErrFactorWrong) {
		return s.wrong(ctx, marks, p.ID, rules, ErrFactorWrong)
	}
	return err
}
