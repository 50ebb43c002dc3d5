package audit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"motcua/server/sqlite"
)

// Broken is a chain that does not hold.
type Broken struct {
	N   int64 // the first line that is not as it was written
	Why string
}

func (b *Broken) Error() string { return fmt.Sprintf("line %d of the audit log %s", b.N, b.Why) }

// Verified says what a chain holds.
type Verified struct {
	Lines int64 // that are kept
	Head  Head
}

// Verify goes through the chain from the anchor to its head. A Broken names the
// first line that was changed, or behind which one is missing.
func (l *Log) Verify(ctx context.Context) (Verified, error) {
	if l.down != nil {
		return Verified{}, l.down
	}
	return verify(ctx, l.db)
}

// Check verifies the log at path beside whoever has it open, and changes nothing.
func Check(ctx context.Context, path string) (Verified, error) {
	db, err := sqlite.Open(ctx, path, sqlite.Options{ReadOnly: true})
	if err != nil {
		return Verified{}, err
	}
	v, err := verify(ctx, db)
	return v, errors.Join(err, db.Close())
}

func verify(ctx context.Context, db *sql.DB) (Verified, error) {
	var v Verified
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return v, sqlite.Wrap("read the audit log", err)
	}
	defer tx.Rollback()
	if err := tx.QueryRowContext(ctx, "SELECT n, digest FROM anchor").Scan(&v.Head.N, &v.Head.Digest); err != nil {
		return v, sqlite.Wrap("read the audit log", err)
	}
	rows, err := tx.QueryContext(ctx, "SELECT "+columns+" FROM lines ORDER BY n")
	if err != nil {
		return v, sqlite.Wrap("read the audit log", err)
	}
	defer rows.Close()
	for rows.Next() {
		line, err := scan(rows)
		if err != nil {
			return v, &Broken{v.Head.N + 1, "cannot be read"}
		}
		if err := follows(v.Head, line); err != nil {
			return v, err
		}
		v.Lines, v.Head = v.Lines+1, Head{line.N, line.Digest}
	}
	return v, sqlite.Wrap("read the audit log", rows.Err())
}

// follows tells whether a line is whole and the next one of the chain.
func follows(before Head, line Line) error {
	if line.N != before.N+1 {
		return &Broken{before.N + 1, "is missing"}
	}
	want, err := line.digest()
	if err != nil {
		return err
	}
	if line.Digest != want {
		return &Broken{line.N, "was changed after it was written"}
	}
	if line.Prev != before.Digest {
		return &Broken{line.N, "does not follow the line before it"}
	}
	return nil
}

// Purge takes lines away that are older than so many months; the anchor keeps the
// digest of the last one, so that the rest can still be verified. Only the oldest go,
// and nothing goes from a chain that does not hold: it would hide what was done to
// it. That lines went is a line too.
func (l *Log) Purge(ctx context.Context, months int) (int64, error) {
	if l.down != nil {
		return 0, l.down
	}
	old := l.clock.Now().AddDate(0, -months, 0).UnixMilli()
	var first Head
	var n sql.NullInt64
	err := l.db.QueryRowContext(ctx, "SELECT min(n) FROM lines WHERE at >= ?", old).Scan(&n)
	if err != nil {
		return 0, sqlite.Wrap("purge the audit log", err)
	}
	last := n.Int64 - 1
	if !n.Valid {
		h, err := l.Head(ctx)
		if err != nil {
			return 0, err
		}
		last = h.N
	}
	err = l.db.QueryRowContext(ctx, "SELECT n, digest FROM lines WHERE n = ?", last).Scan(&first.N, &first.Digest)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil // nothing is so old
	}
	if err != nil {
		return 0, sqlite.Wrap("purge the audit log", err)
	}
	if _, err := l.Verify(ctx); err != nil {
		return 0, err
	}
	return l.drop(ctx, first)
}

// drop moves the anchor to a line and takes away all up to it.
func (l *Log) drop(ctx context.Context, to Head) (int64, error) {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return 0, sqlite.Wrap("purge the audit log", err)
	}
	defer tx.Rollback()
	if _, err := l.add(ctx, tx, Line{Who: hall, Action: AuditPurge, Object: fmt.Sprintf("… %d", to.N)}); err != nil {
		return 0, sqlite.Wrap("purge the audit log", err)
	}
	if _, err := tx.ExecContext(ctx, "UPDATE anchor SET n = ?, digest = ?", to.N, to.Digest); err != nil {
		return 0, sqlite.Wrap("purge the audit log", err)
	}
	done, err := tx.ExecContext(ctx, "DELETE FROM lines WHERE n <= ?", to.N)
	if err != nil {
		return 0, sqlite.Wrap("purge the audit log", err)
	}
	n, err := done.RowsAffected()
	return n, sqlite.Wrap("purge the audit log", errors.Join(err, tx.Commit()))
}

// hall is the name of what the server does by itself, as in events.
const hall = "hall"

// Often is how often old lines are looked for.
const Often = time.Hour
