package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"motcua/server/staff"
)

// checkPeople looks at who administers the server: one person who forgets a password
// must not shut everybody out, and a key that stood on a screen must not stay good.
func checkPeople(ctx context.Context, dir string, now time.Time) []finding {
	path := filepath.Join(dir, "staff.db")
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil // before its first start
	}
	s, known, err := staff.Look(ctx, path, now)
	if err != nil {
		return []finding{{what: "staff.db: " + err.Error(), help: "restore it from the last backup: motcua restore"}}
	}
	if !known {
		return nil // the next start brings the book up to date
	}
	all := []finding{{ok: true, what: fmt.Sprintf("people: %d accounts, %d administrators of all, %d administrators' keys, %d locked now",
		s.Accounts, s.Admins, s.AdminKeys, s.Locked)}}
	note := func(so bool, what, help string) {
		if so {
			all = append(all, finding{hint: true, what: what, help: help})
		}
	}
	note(s.Admins+s.AdminKeys == 1, "only one administrator: whoever loses that password or key loses the server",
		"make a second one under #/people")
	note(s.Admins > 0 && s.AdminKeys > 0, "administrators have accounts, and a key that may do everything is still good",
		"revoke it under #/devices, when no program uses it")
	note(s.NoFactor > 0, fmt.Sprintf("%d administrators have no second factor", s.NoFactor),
		"each turns it on in the own account; #/settings can ask it of all of them")
	note(s.Demo > 0, fmt.Sprintf("%d accounts of the demo stand in this book; serve takes none of them", s.Demo),
		"begin a real hall with a data directory of its own")
	return all
}
