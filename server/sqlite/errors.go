package sqlite

import (
	"errors"
	"fmt"
	"syscall"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"
)

// Kind sorts errors by what can be done about them.
type Kind int

// The kinds of errors.
const (
	Other   Kind = iota // a mistake in a statement, a cancelled context
	None                // no error
	Full                // no space left: rolled back, may be tried again
	Corrupt             // the file's content is damaged
	IO                  // reading, writing or fsync failed: memory and disk may differ
	Busy                // another process holds the database
)

// Error is an error of a database with its kind.
type Error struct {
	Kind Kind
	Op   string // what was being done
	Err  error
}

func (e *Error) Error() string { return fmt.Sprintf("database: %s: %v", e.Op, e.Err) }

// Unwrap gives the library's error.
func (e *Error) Unwrap() error { return e.Err }

// Wrap names what was being done and keeps the kind; nil stays nil.
func Wrap(op string, err error) error { return wrap(op, err) }

func wrap(op string, err error) error {
	if err == nil {
		return nil
	}
	return &Error{Kind: KindOf(err), Op: op, Err: err}
}

// KindOf sorts an error that came from a database, wrapped or not.
//
// SQLITE_IOERR_SHMSIZE is IO although a full disk can be its cause: SQLite
// meets it after the commit is in the log, so nobody knows whether a restart
// would find that commit.
func KindOf(err error) Kind {
	if err == nil {
		return None
	}
	var ours *Error
	if errors.As(err, &ours) {
		return ours.Kind
	}
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return Full
	}
	var theirs *driver.Error
	if !errors.As(err, &theirs) {
		return Other
	}
	switch theirs.Code() & 0xff { // the primary code of an extended one
	case codes.SQLITE_FULL:
		return Full
	case codes.SQLITE_CORRUPT, codes.SQLITE_NOTADB:
		return Corrupt
	case codes.SQLITE_IOERR, codes.SQLITE_CANTOPEN, codes.SQLITE_READONLY, codes.SQLITE_PROTOCOL:
		return IO
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED:
		return Busy
	}
	return Other
}
