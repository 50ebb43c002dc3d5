package embedded

import (
	"context"
	"fmt"
	"strconv"

	"motcua/server/sqlite"
)

// Dump gives all keys with their values, sorted by name.
func (e *Engine) Dump(ctx context.Context) (all []KeyDump, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if locked := e.locked(func(m *memory) { all, err = m.dump() }); locked != nil {
		return nil, locked
	}
	return all, err
}

// Doer runs one command on a real Redis.
type Doer interface {
	Do(ctx context.Context, args ...string) error
}

// loadChunk is how many values go into one command.
const loadChunk = 256

// Load writes a dump into a Redis. Each key is replaced whole, so an
// interrupted Load may be repeated; keys that are not in the dump stay as they
// are, so the caller makes sure that the Redis holds no day of its own.
func Load(ctx context.Context, to Doer, all []KeyDump) error {
	for i := range all {
		if err := loadOne(ctx, to, &all[i]); err != nil {
			return fmt.Errorf("key %q: %w", all[i].Key, err)
		}
	}
	return nil
}

func loadOne(ctx context.Context, to Doer, k *KeyDump) error {
	if err := to.Do(ctx, "DEL", k.Key); err != nil {
		return err
	}
	switch k.Type {
	case String:
		return to.Do(ctx, "SET", k.Key, k.Values[0])
	case Hash:
		return inChunks(ctx, to, "HSET", k.Key, k.Values)
	case List:
		return inChunks(ctx, to, "RPUSH", k.Key, k.Values)
	case Set:
		return inChunks(ctx, to, "SADD", k.Key, k.Values)
	case ZSet:
		values := make([]string, 0, 2*len(k.Members))
		for _, m := range k.Members {
			values = append(values, strconv.FormatFloat(m.Score, 'g', -1, 64), m.Name)
		}
		return inChunks(ctx, to, "ZADD", k.Key, values)
	case Stream:
		for _, e := range k.Entries {
			if err := to.Do(ctx, append([]string{"XADD", k.Key, e.ID}, e.Values...)...); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("unknown type %q", k.Type)
}

func inChunks(ctx context.Context, to Doer, command, key string, values []string) error {
	for len(values) > 0 {
		n := min(loadChunk, len(values))
		if err := to.Do(ctx, append([]string{command, key}, values[:n]...)...); err != nil {
			return err
		}
		values = values[n:]
	}
	return nil
}

// Backup writes a consistent copy of the queue to a new file while the engine
// runs. Opening a directory that holds the copy under the name queue.db gives
// the state at the moment of the copy.
func (e *Engine) Backup(ctx context.Context, path string) error { return BackupDir(ctx, e.dir, path) }

// BackupDir is Backup for another process than the one that runs the engine:
// it takes no lock, opens the file for reading only, and never waits for the
// writer nor lets it wait.
func BackupDir(ctx context.Context, dir, path string) error {
	db, err := sqlite.Open(ctx, dbPath(dir), sqlite.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer db.Close()
	return sqlite.Copy(ctx, db, path)
}
