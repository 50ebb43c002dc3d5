package staff

import (
	"context"
	"time"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// Summary is what a look at a book tells of its people.
type Summary struct {
	Accounts  int // that may log in
	Admins    int // of them administrators of all
	NoFactor  int // of the administrators, of a branch too, those without a second factor
	Locked    int
	Demo      int // the demo's, which count nowhere else here
	AdminKeys int // keys that may do everything
}

// Look reads a book beside a running server, and changes nothing. false when the book
// was written before there were accounts.
func Look(ctx context.Context, path string, now time.Time) (Summary, bool, error) {
	db, err := sqlite.Open(ctx, path, sqlite.Options{ReadOnly: true})
	if err != nil {
		return Summary{}, false, err
	}
	defer db.Close()
	var there int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master WHERE name = 'accounts'").Scan(&there); err != nil || there == 0 {
		return Summary{}, false, sqlite.Wrap("look for accounts", err)
	}
	s := &Staff{db: db, o: Options{Clock: queue.ClockFunc(func() time.Time { return now })}}
	if err := s.loadKeys(ctx); err != nil {
		return Summary{}, true, err
	}
	if err := s.loadPeople(ctx); err != nil {
		return Summary{}, true, err
	}
	return s.summary(now), true, nil
}

func (s *Staff) summary(now time.Time) Summary {
	var sum Summary
	for _, k := range s.keys {
		if k.Role == Admin && k.Branch == "" {
			sum.AdminKeys++
		}
	}
	for _, p := range s.people {
		switch {
		case p.secret.Demo:
			sum.Demo++
			continue
		case p.Off:
			continue
		}
		sum.Accounts++
		if p.everywhere() {
			sum.Admins++
		}
		if p.Role == Admin && !p.Factor {
			sum.NoFactor++
		}
		if now.Before(p.Locked) {
			sum.Locked++
		}
	}
	return sum
}
