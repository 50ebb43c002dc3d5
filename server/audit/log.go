package audit

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// File is the database's name within the data directory.
const File = "audit.db"

// steps make the database. Its own rules keep lines as they are: none is changed,
// and none is taken away but what the anchor has taken over.
var steps = []string{`
CREATE TABLE anchor(one INTEGER PRIMARY KEY CHECK (one = 1), n INTEGER NOT NULL, digest TEXT NOT NULL) STRICT;
INSERT INTO anchor VALUES (1, 0, '');
CREATE TABLE lines(
	n INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, role TEXT NOT NULL, address TEXT NOT NULL,
	branch TEXT NOT NULL, action TEXT NOT NULL, object TEXT NOT NULL, outcome TEXT NOT NULL, changes TEXT NOT NULL,
	prev TEXT NOT NULL, digest TEXT NOT NULL) STRICT;
CREATE INDEX lines_at ON lines(at);
CREATE TABLE reading(branch TEXT PRIMARY KEY, epoch TEXT NOT NULL, day TEXT NOT NULL, seq INTEGER NOT NULL) STRICT;
CREATE TRIGGER lines_stay BEFORE UPDATE ON lines BEGIN SELECT RAISE(ABORT, 'lines are not changed'); END;
CREATE TRIGGER lines_kept BEFORE DELETE ON lines WHEN OLD.n > (SELECT n FROM anchor)
	BEGIN SELECT RAISE(ABORT, 'lines are not taken away'); END;
CREATE TRIGGER anchor_forward BEFORE UPDATE ON anchor WHEN NEW.n < OLD.n
	BEGIN SELECT RAISE(ABORT, 'the anchor goes forward only'); END;
CREATE TRIGGER anchor_kept BEFORE DELETE ON anchor BEGIN SELECT RAISE(ABORT, 'the anchor stays'); END;`}

// Log is the hall's audit log. Several processes may add to the same file.
type Log struct {
	db    *sql.DB // one connection: writers queue; nil when down
	clock queue.Clock
	down  error // why nothing can be written or read
	// FullName tells two people of one name apart who stand in the queue's events by
	// name alone; account is who sits at the counter, if anybody. Set it before use.
	FullName func(name, account string) string
}

// Unusable is a log whose file cannot be opened. A hall goes on with it: every line
// fails with the reason, and so no administrator changes anything.
func Unusable(why error) *Log { return &Log{down: why} }

// Open opens the log at path, creating it when absent.
func Open(ctx context.Context, path string, clock queue.Clock) (*Log, error) {
	db, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		return nil, err
	}
	if err := sqlite.Migrate(ctx, db, steps); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &Log{db: db, clock: clock}, nil
}

// Close closes the log.
func (l *Log) Close() error {
	if l.down != nil {
		return nil
	}
	return l.db.Close()
}

// Add writes a line and gives it back complete. It is on the disk when Add returns.
func (l *Log) Add(ctx context.Context, line Line) (Line, error) {
	if l.down != nil {
		return line, l.down
	}
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return line, sqlite.Wrap("write the audit log", err)
	}
	defer tx.Rollback()
	if line, err = l.add(ctx, tx, line); err != nil {
		return line, sqlite.Wrap("write the audit log", err)
	}
	return line, sqlite.Wrap("write the audit log", tx.Commit())
}

func (l *Log) add(ctx context.Context, tx *sql.Tx, line Line) (Line, error) {
	h, err := head(ctx, tx)
	if err != nil {
		return line, err
	}
	line = line.clean()
	line.N, line.Prev = h.N+1, h.Digest
	if line.At == 0 {
		line.At = l.clock.Now().UnixMilli()
	}
	if line.Digest, err = line.digest(); err != nil {
		return line, err
	}
	changes, err := json.Marshal(line.Changes)
	if err != nil {
		return line, err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", line.N, line.At, line.Who, line.Role,
		line.From, line.Branch, line.Action, line.Object, line.Outcome, string(changes), line.Prev, line.Digest)
	return line, err
}

// Head is the end of the chain: who notes it down can tell later that no line
// before it was cut off.
type Head struct {
	N      int64  `json:"n"`
	Digest string `json:"digest"`
}

type rower interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// head is the last line, or the anchor when there is none.
func head(ctx context.Context, db rower) (Head, error) {
	var h Head
	err := db.QueryRowContext(ctx, "SELECT n, digest FROM lines ORDER BY n DESC LIMIT 1").Scan(&h.N, &h.Digest)
	if errors.Is(err, sql.ErrNoRows) {
		err = db.QueryRowContext(ctx, "SELECT n, digest FROM anchor").Scan(&h.N, &h.Digest)
	}
	return h, err
}

// Head gives the end of the chain.
func (l *Log) Head(ctx context.Context) (Head, error) {
	if l.down != nil {
		return Head{}, l.down
	}
	h, err := head(ctx, l.db)
	return h, sqlite.Wrap("read the audit log", err)
}
