package box

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"time"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// UsualKeepDays is how long texts are kept where the hall has set nothing.
const UsualKeepDays = 90

// Purge empties the texts and notes of a branch's suggestions that are older
// than so many days, 0 for the usual number; how many there were, when and about
// what stays, for the counts. It gives how many were emptied.
func (s *Store) Purge(ctx context.Context, branch string, keepDays int) (int, error) {
	if keepDays <= 0 {
		keepDays = UsualKeepDays
	}
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return 0, sqlite.Wrap("empty old suggestions", err)
	}
	defer conn.Close()
	// The bytes too, not only what a query finds.
	if _, err := conn.ExecContext(ctx, "PRAGMA secure_delete = ON"); err != nil {
		return 0, sqlite.Wrap("empty old suggestions", err)
	}
	today := queue.DayOf(s.clock.Now())
	done, err := conn.ExecContext(ctx, "UPDATE suggestions SET text = NULL, note = '' WHERE branch = ? AND day < ? AND (text IS NOT NULL OR note <> '')",
		branch, today.Add(-keepDays))
	if err != nil {
		return 0, sqlite.Wrap("empty old suggestions", err)
	}
	// A client repeats a request for seconds; a day is long enough to know it.
	if _, err := conn.ExecContext(ctx, "DELETE FROM asked WHERE day < ?", today.Add(-1)); err != nil {
		return 0, sqlite.Wrap("empty old suggestions", err)
	}
	n, err := done.RowsAffected()
	return int(n), err
}

// Often is how often old texts should be looked for.
const Often = time.Hour

// Keep purges every branch at once and then at each tick until ctx ends. keep
// gives the days of each branch by id. The ticks decide when it looks, the clock
// what is old: a hall that was off for a week catches up at its start.
func (s *Store) Keep(ctx context.Context, ticks <-chan time.Time, keep func() map[string]int, failed func(error)) {
	for {
		if err := s.purgeAll(ctx, keep()); err != nil && ctx.Err() == nil {
			failed(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticks:
		}
	}
}

func (s *Store) purgeAll(ctx context.Context, keep map[string]int) error {
	gone := 0
	for branch, days := range keep {
		n, err := s.Purge(ctx, branch, days)
		if err != nil {
			return err
		}
		gone += n
	}
	if gone == 0 {
		return nil
	}
	return sqlite.Checkpoint(ctx, s.db, true) // the log holds the old pages until then
}

// newID makes an id that tells nothing, of 72 random bits.
func newID(random io.Reader) (string, error) {
	var raw [9]byte
	if _, err := io.ReadFull(random, raw[:]); err != nil {
		return "", fmt.Errorf("no random bytes: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(raw[:]), nil
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:16])
}
