package staff

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"motcua/server/sqlite"
)

// ErrOtherBranch says that the account does not belong to the branch.
var ErrOtherBranch = errors.New("staff: the account belongs to another branch")

// SeatElsewhereError says that the clerk sits at another counter: moving is asked.
type SeatElsewhereError struct{ Seat Seat }

func (e *SeatElsewhereError) Error() string {
	return fmt.Sprintf("staff: sits at counter %s of %s", e.Seat.Counter, e.Seat.Branch)
}

// SeatTakenError says that somebody else sits at the counter.
type SeatTakenError struct{ Seat Seat }

func (e *SeatTakenError) Error() string {
	return fmt.Sprintf("staff: %s sits at counter %s", e.Seat.Account, e.Seat.Counter)
}

// Sit seats an account at a counter, and gives the seat it had before, if another.
// Errors: ErrNoAccount (also when it is off), ErrOtherBranch, *SeatElsewhereError
// (unless move), *SeatTakenError.
func (s *Staff) Sit(ctx context.Context, account, branch, counter string, move bool) (Seat, *Seat, error) {
	s.saving.Lock()
	defer s.saving.Unlock()
	seat := Seat{Account: account, Branch: branch, Counter: counter, Since: time.UnixMilli(millis(s.o.Clock.Now()))}
	before, err := s.maySit(seat, move)
	if err != nil {
		return Seat{}, nil, err
	}
	if before != nil && before.Branch == branch && before.Counter == counter {
		return *before, nil, nil
	}
	_, err = s.db.ExecContext(ctx, "INSERT OR REPLACE INTO seats(account, branch, counter, since) VALUES(?, ?, ?, ?)",
		account, branch, counter, millis(seat.Since))
	if err != nil {
		return Seat{}, nil, sqlite.Wrap("sit", err)
	}
	s.mu.Lock()
	s.seats[account] = seat
	s.mu.Unlock()
	return seat, before, nil
}

// maySit gives the seat the account has now.
func (s *Staff) maySit(seat Seat, move bool) (*Seat, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	p, ok := s.people[seat.Account]
	if !ok || !s.good(p) {
		return nil, ErrNoAccount
	}
	if !p.caller().MayBranch(seat.Branch) {
		return nil, ErrOtherBranch
	}
	for _, other := range s.seats {
		if other.Branch == seat.Branch && other.Counter == seat.Counter && other.Account != seat.Account {
			return nil, &SeatTakenError{Seat: other}
		}
	}
	before, sits := s.seats[seat.Account]
	switch {
	case !sits:
		return nil, nil
	case !move && (before.Branch != seat.Branch || before.Counter != seat.Counter):
		return nil, &SeatElsewhereError{Seat: before}
	}
	return &before, nil
}

// Stand gives up an account's seat, and gives the seat it was; nil when it had none.
func (s *Staff) Stand(ctx context.Context, account string) (*Seat, error) {
	if _, err := s.db.ExecContext(ctx, "DELETE FROM seats WHERE account = ?", account); err != nil {
		return nil, sqlite.Wrap("stand up", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	seat, sat := s.seats[account]
	delete(s.seats, account)
	if !sat {
		return nil, nil
	}
	return &seat, nil
}

// ClearSeats gives up every seat of a branch, as its day ends.
func (s *Staff) ClearSeats(ctx context.Context, branch string) error {
	if _, err := s.db.ExecContext(ctx, "DELETE FROM seats WHERE branch = ?", branch); err != nil {
		return sqlite.Wrap("clear seats", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for account, seat := range s.seats {
		if seat.Branch == branch {
			delete(s.seats, account)
		}
	}
	return nil
}

// Seats lists who sits where in a branch, sorted by counter.
func (s *Staff) Seats(branch string) []Seat {
	s.mu.RLock()
	defer s.mu.RUnlock()
	list := []Seat{}
	for _, seat := range s.seats {
		if seat.Branch == branch {
			list = append(list, seat)
		}
	}
	slices.SortFunc(list, func(a, b Seat) int { return strings.Compare(a.Counter, b.Counter) })
	return list
}

// SeatOf gives an account's seat.
func (s *Staff) SeatOf(account string) (Seat, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	seat, ok := s.seats[account]
	return seat, ok
}

func (s *Staff) loadSeats(ctx context.Context) error {
	rows, err := s.db.QueryContext(ctx, "SELECT account, branch, counter, since FROM seats")
	if err != nil {
		return sqlite.Wrap("read seats", err)
	}
	defer rows.Close()
	s.seats = map[string]Seat{}
	for rows.Next() {
		var seat Seat
		var since int64
		if err := rows.Scan(&seat.Account, &seat.Branch, &seat.Counter, &since); err != nil {
			return sqlite.Wrap("read seats", err)
		}
		seat.Since = time.UnixMilli(since)
		s.seats[seat.Account] = seat
	}
	return sqlite.Wrap("read seats", rows.Err())
}
