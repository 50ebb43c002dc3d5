package staff

import (
	"context"
	"errors"

	"motcua/server/sqlite"
)

// Restored ends the sessions of people in a book that came out of a backup: some of them
// had been ended since it was made. Machines' go on, or every screen of the hall would
// have to be paired again.
func Restored(ctx context.Context, path string) (err error) {
	db, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var there int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master WHERE name = 'accounts'").Scan(&there); err != nil || there == 0 {
		return sqlite.Wrap("look for accounts", err) // from before there were any
	}
	_, err = db.ExecContext(ctx, "DELETE FROM sessions WHERE account <> ''")
	return sqlite.Wrap("end sessions", err)
}
