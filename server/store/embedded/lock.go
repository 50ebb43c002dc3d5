package embedded

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// ErrLocked says that another process works on the data directory.
var ErrLocked = errors.New("another motcua process (serve, demo, restore or migrate) is using it; stop that one first")

// LockDir creates the data directory when it is absent (mode 0700) and takes
// it for this process alone. A second holder gets ErrLocked at once. The lock
// is an flock: it dies with the process, however that ends, and a file left
// behind means nothing.
func LockDir(dir string) (release func(), err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("data directory: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("data directory: %w", err)
	}
	for {
		err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if err != unix.EINTR {
			break
		}
	}
	if err == nil {
		return func() { f.Close() }, nil
	}
	f.Close()
	if err == unix.EWOULDBLOCK {
		err = ErrLocked
	}
	return nil, fmt.Errorf("data directory %s: %w", dir, err)
}

// freeBytes is the space an ordinary user may still fill on dir's file system.
func freeBytes(dir string) (int64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, err
	}
	return int64(s.Bavail) * int64(s.Bsize), nil
}
