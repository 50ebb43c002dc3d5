package staff

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"motcua/server/queue"
)

// DayKeys keeps the key with which agents hash identity numbers, one a branch and
// day. An identity number has so few possible values that a hash alone hides
// nothing: the key does, and it is destroyed when the day is over. So it stands in
// a file of its own, which no backup copies.
type DayKeys struct {
	path string
	rand io.Reader
	mu   sync.Mutex
	kept map[string]dayKey // by branch
}

type dayKey struct {
	Day queue.Day `json:"day"`
	Key []byte    `json:"key"`
}

// DayKeysFile is its name within the data directory; the dot keeps backups from it.
const DayKeysFile = ".day-keys.json"

// OpenDayKeys reads the keys in a data directory; a damaged file is begun anew,
// since nothing of an earlier day may be known any more.
func OpenDayKeys(dir string, rand io.Reader) (*DayKeys, error) {
	d := &DayKeys{path: filepath.Join(dir, DayKeysFile), rand: rand, kept: map[string]dayKey{}}
	raw, err := os.ReadFile(d.path)
	if errors.Is(err, os.ErrNotExist) {
		return d, nil
	}
	if err != nil {
		return nil, err
	}
	if json.Unmarshal(raw, &d.kept) != nil || d.kept == nil {
		d.kept = map[string]dayKey{}
	}
	return d, nil
}

// Key gives the branch's key of a day: 32 bytes, made at the first asking. The
// keys of earlier days are forgotten then.
func (d *DayKeys) Key(branch string, day queue.Day) ([]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if k := d.kept[branch]; k.Day == day && len(k.Key) == sha256.Size {
		return k.Key, nil
	}
	key := make([]byte, sha256.Size)
	if _, err := io.ReadFull(d.rand, key); err != nil {
		return nil, fmt.Errorf("no random bytes: %w", err)
	}
	d.kept[branch] = dayKey{day, key}
	return key, d.forgetLocked(day)
}

// Forget destroys the keys of days before this one.
func (d *DayKeys) Forget(today queue.Day) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.forgetLocked(today)
}

func (d *DayKeys) forgetLocked(today queue.Day) error {
	for branch, k := range d.kept {
		if k.Day < today {
			delete(d.kept, branch)
		}
	}
	raw, err := json.Marshal(d.kept)
	if err != nil {
		return err
	}
	return d.write(raw)
}

// write replaces the file; the old bytes are overwritten first, as well as a file
// system allows.
func (d *DayKeys) write(raw []byte) error {
	if old, err := os.Stat(d.path); err == nil {
		if f, err := os.OpenFile(d.path, os.O_WRONLY, 0o600); err == nil {
			_, err = f.WriteAt(make([]byte, old.Size()), 0)
			if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
				return err
			}
		}
	}
	temp, err := os.CreateTemp(filepath.Dir(d.path), ".day-keys-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(raw)
	if err = errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return err
	}
	return os.Rename(temp.Name(), d.path)
}
