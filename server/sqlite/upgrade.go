package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// BeforeUpgrade is the folder beside a database with the copies that Migrate makes.
const BeforeUpgrade = "before-upgrade"

// copiesKept is how many copies of one database are kept.
const copiesKept = 2

// spare is what must be free on the disk beside the copy itself.
const spare = 64 << 20

// keepBefore copies a database that is about to be changed, so that the older
// program can go on with it: BeforeUpgrade/staff.db-schema-3 is what staff.db was.
func keepBefore(ctx context.Context, db *sql.DB, schema int) error {
	path, err := fileOf(ctx, db)
	if err != nil || path == "" {
		return err
	}
	if err := roomFor(path); err != nil {
		return err
	}
	dir := filepath.Join(filepath.Dir(path), BeforeUpgrade)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	to := filepath.Join(dir, fmt.Sprintf("%s-schema-%d", filepath.Base(path), schema))
	half := to + ".new"
	if err := os.RemoveAll(half); err != nil { // of a start that did not get to its end
		return err
	}
	if err := Copy(ctx, db, half); err != nil {
		return err
	}
	if err := os.Rename(half, to); err != nil {
		return err
	}
	return prune(dir, filepath.Base(path))
}

// fileOf gives a database's file; empty for one that is in memory.
func fileOf(ctx context.Context, db *sql.DB) (path string, err error) {
	err = db.QueryRowContext(ctx, "SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&path)
	return path, wrap("name of the file", err)
}

func roomFor(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	var fs syscall.Statfs_t
	if err := syscall.Statfs(filepath.Dir(path), &fs); err != nil {
		return err
	}
	if free, needed := int64(fs.Bavail)*fs.Bsize, info.Size()+spare; free < needed {
		return &Error{Kind: Full, Op: "copy before the upgrade", Err: fmt.Errorf(
			"%d MiB are needed and %d MiB are free: make room, or go on with the older program", needed>>20, free>>20)}
	}
	return nil
}

// prune leaves the newest copies of one database.
func prune(dir, base string) error {
	names, err := filepath.Glob(filepath.Join(dir, base+"-schema-*"))
	if err != nil {
		return err
	}
	schema := func(name string) int {
		_, number, _ := strings.Cut(filepath.Base(name), "-schema-")
		n, err := strconv.Atoi(number)
		if err != nil {
			return -1 // not whole
		}
		return n
	}
	slices.SortFunc(names, func(a, b string) int { return schema(b) - schema(a) })
	for _, name := range names[min(copiesKept, len(names)):] {
		if err := os.Remove(name); err != nil {
			return err
		}
	}
	return SyncDir(dir)
}

// Schema tells how far Migrate has brought a database.
func Schema(ctx context.Context, db *sql.DB) (n int, err error) {
	err = db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&n)
	return n, wrap("read schema version", err)
}
