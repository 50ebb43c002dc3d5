package staff

import (
	"context"
	"errors"
	"time"

	"motcua/server/sqlite"
)

// Follow reads the book anew whenever another process wrote into it, as the command
// line does, and notes when sessions were last used; until the context ends. told
// hears of errors.
func (s *Staff) Follow(ctx context.Context, every time.Duration, told func(error)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := s.Refresh(ctx); err != nil && ctx.Err() == nil {
			told(err)
		}
	}
}

// Refresh is one step of Follow.
func (s *Staff) Refresh(ctx context.Context) error {
	var version int64
	// It moves with what others commit, and not with what this connection does.
	if err := s.db.QueryRowContext(ctx, "PRAGMA data_version").Scan(&version); err != nil {
		return sqlite.Wrap("look for changes", err)
	}
	if err := errors.Join(s.noteSeen(ctx), s.noteUses(ctx)); err != nil {
		return err
	}
	if s.version.Swap(version) == version {
		return nil
	}
	return s.load(ctx)
}

// seenEvery is how old the last use of a session that stands in the database may be.
const seenEvery = time.Minute

// noteSeen writes when sessions that end by idleness were last used: a restart may
// not keep one alive.
func (s *Staff) noteSeen(ctx context.Context) error {
	s.mu.Lock()
	used := map[string]int64{}
	for digest, v := range s.sessions {
		if seen := v.seen.Load(); v.idle > 0 && seen-v.noted.Load() >= seenEvery.Milliseconds() {
			used[digest] = seen
			v.noted.Store(seen)
		}
	}
	s.mu.Unlock()
	for digest, seen := range used {
		if _, err := s.db.ExecContext(ctx, "UPDATE sessions SET seen = ? WHERE digest = ?", seen, digest); err != nil {
			return sqlite.Wrap("note use of session", err)
		}
	}
	return nil
}
