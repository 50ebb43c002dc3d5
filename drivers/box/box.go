// Package box keeps records that must survive a power cut: one file a record,
// written beside its place, synced, renamed, and the folder synced after it. There
// is no format of our own to repair: a record is there whole or not at all.
package box

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
)

// Box is a folder of records. Ids sort in the order records shall be read in.
// Its methods may be called by several goroutines, but not two for one id.
type Box struct{ dir string }

const (
	ending = ".json"
	fresh  = ".new-"
)

var idShape = regexp.MustCompile(`^[A-Za-z0-9._-]{1,120}$`)

// Open makes the folder when it is absent, and removes what a crash left half written.
func Open(dir string) (*Box, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	left, err := filepath.Glob(filepath.Join(dir, fresh+"*"))
	if err != nil {
		return nil, err
	}
	for _, name := range left {
		if err := os.Remove(name); err != nil {
			return nil, err
		}
	}
	return &Box{dir: dir}, syncFolder(dir)
}

// Put stores a record, whole; when it returns nil a power cut cannot take it.
func (b *Box) Put(id string, record []byte) error {
	if !idShape.MatchString(id) || strings.HasPrefix(id, ".") {
		return fmt.Errorf("box: %q is no id of a record", id)
	}
	f, err := os.CreateTemp(b.dir, fresh+"*")
	if err != nil {
		return err
	}
	_, err = f.Write(record)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), b.path(id))
	}
	if err != nil {
		os.Remove(f.Name())
		return err
	}
	return syncFolder(b.dir)
}

// Get reads a record; os.ErrNotExist when there is none.
func (b *Box) Get(id string) ([]byte, error) { return os.ReadFile(b.path(id)) }

// Has tells whether there is a record of that id.
func (b *Box) Has(id string) bool {
	_, err := os.Stat(b.path(id))
	return err == nil
}

// Remove forgets a record; that it is not there is no error.
func (b *Box) Remove(id string) error {
	if err := os.Remove(b.path(id)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return syncFolder(b.dir)
}

// List gives the ids, sorted.
func (b *Box) List() ([]string, error) {
	entries, err := os.ReadDir(b.dir)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, e := range entries {
		if id, is := strings.CutSuffix(e.Name(), ending); is && !strings.HasPrefix(id, ".") {
			ids = append(ids, id)
		}
	}
	sort.Strings(ids)
	return ids, nil
}

func (b *Box) path(id string) string { return filepath.Join(b.dir, id+ending) }

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
