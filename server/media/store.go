package media

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// Errors of a folder.
var (
	ErrName    = errors.New("a file's name has letters a-z, digits, - and _, and an ending")
	ErrKind    = errors.New("not a picture (png, jpeg, webp, avif) or a film (mp4, webm), or with the ending of the other")
	ErrFull    = errors.New("there is no room left on the disk")
	ErrTooMany = errors.New("there are too many files")
	ErrUnknown = errors.New("there is no such file")
)

// mostFiles bounds the list; a playlist has a few dozen.
const mostFiles = 500

// reserve is what stays free for the queue itself, in bytes: a film must not be
// what stops the numbers.
const reserve = 512 << 20

// Store is one folder.
type Store struct {
	dir  string
	free func(dir string) (int64, error)
	open func(path string) (*os.File, error)
	mu   sync.Mutex // one file is written at a time
}

// coming begins the names of files that are under way.
const coming = ".coming-"

// Open makes the folder when it is absent, and deletes what was under way when the
// machine stopped.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), coming) && entry.Type().IsRegular() {
			if err := os.Remove(filepath.Join(dir, entry.Name())); err != nil {
				return nil, err
			}
		}
	}
	return &Store{dir: dir, free: freeBytes, open: openFile}, nil
}

// Look opens a folder to read alone, beside the server that writes there.
func Look(dir string) *Store { return &Store{dir: dir, free: freeBytes, open: openFile} }

// openFile opens a file for reading; neither a link nor a pipe that was put in its
// place meanwhile.
func openFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		f.Close()
		return nil, errors.Join(err, fs.ErrNotExist)
	}
	return f, nil
}

// Item is a file of the folder.
type Item struct {
	Name string `json:"name"`
	Kind Kind   `json:"kind"` // empty when it cannot be shown
	Type string `json:"type"` // content type; empty when it cannot be shown
	Size int64  `json:"size"` // bytes
	// Problem says why a file that lies there is not shown: "name" or "kind".
	Problem string `json:"problem,omitempty"`
}

// List gives what lies in the folder, by name.
func (s *Store) List() ([]Item, error) {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return nil, err
	}
	list := []Item{}
	for _, entry := range entries {
		if !entry.Type().IsRegular() || strings.HasPrefix(entry.Name(), ".") || len(list) >= mostFiles {
			continue
		}
		item, err := s.item(entry)
		if errors.Is(err, fs.ErrNotExist) { // taken away meanwhile
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	return list, nil
}

func (s *Store) item(entry fs.DirEntry) (Item, error) {
	info, err := entry.Info()
	if err != nil {
		return Item{}, err
	}
	item := Item{Name: strings.ToValidUTF8(entry.Name(), "?"), Size: info.Size()}
	if !good(entry.Name()) {
		item.Problem = "name"
		return item, nil
	}
	item.Type, item.Kind, err = s.look(entry.Name())
	if errors.Is(err, fs.ErrNotExist) {
		return item, err
	}
	if err != nil || !fits(item.Name, item.Kind) { // what cannot be read is not shown either
		item.Type, item.Kind, item.Problem = "", "", "kind"
	}
	return item, nil
}

func good(name string) bool {
	return len(name) <= queue.LongestMediaName && queue.MediaName.MatchString(name)
}

func (s *Store) look(name string) (string, Kind, error) {
	f, err := s.open(filepath.Join(s.dir, name))
	if err != nil {
		return "", "", err
	}
	defer f.Close()
	return lookAt(f)
}

func lookAt(f io.ReaderAt) (string, Kind, error) {
	head := make([]byte, sniffed)
	n, err := f.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", "", err
	}
	content, kind := sniff(head[:n])
	return content, kind, nil
}

// File is one that is open to be given out.
type File struct {
	*os.File
	Type string
	Size int64
	At   time.Time // when it was last written
}

// Get opens a file that a screen can show; ErrUnknown when there is none. Links
// that lead out of the folder are not followed.
func (s *Store) Get(name string) (*File, error) {
	if !good(name) {
		return nil, ErrUnknown
	}
	f, err := s.open(filepath.Join(s.dir, name))
	if err != nil {
		return nil, ErrUnknown
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	content, kind, err := lookAt(f)
	if err != nil || !fits(name, kind) {
		f.Close()
		return nil, errors.Join(err, ErrUnknown)
	}
	return &File{File: f, Type: content, Size: info.Size(), At: info.ModTime()}, nil
}

// Put writes a file: complete and on the disk, or not at all. One of the same
// name is replaced. It tells whether the file is a new one.
func (s *Store) Put(name string, from io.Reader) (Item, bool, error) {
	if !good(name) {
		return Item{}, false, ErrName
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := os.Lstat(filepath.Join(s.dir, name))
	fresh := errors.Is(err, fs.ErrNotExist)
	if list, err := s.List(); err != nil {
		return Item{}, false, err
	} else if fresh && len(list) >= mostFiles {
		return Item{}, false, ErrTooMany
	}
	temp, err := os.CreateTemp(s.dir, coming+"*")
	if err != nil {
		return Item{}, false, full(err)
	}
	defer os.Remove(temp.Name()) // gone already when all went well
	item, err := s.fill(temp, from, name)
	if err = errors.Join(err, temp.Close()); err != nil {
		return Item{}, false, full(err)
	}
	item.Name = name
	if err := os.Rename(temp.Name(), filepath.Join(s.dir, name)); err != nil {
		return Item{}, false, full(err)
	}
	return item, fresh, full(sqlite.SyncDir(s.dir))
}

// fill writes the content and looks what it is before the whole has come.
func (s *Store) fill(temp *os.File, from io.Reader, name string) (Item, error) {
	head := make([]byte, sniffed)
	n, err := io.ReadFull(from, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return Item{}, err
	}
	item := Item{}
	if item.Type, item.Kind = sniff(head[:n]); !fits(name, item.Kind) {
		return item, ErrKind
	}
	if _, err := temp.Write(head[:n]); err != nil {
		return item, err
	}
	item.Size = int64(n)
	for err = nil; err == nil; {
		if err := s.Room(); err != nil {
			return item, err
		}
		var part int64
		part, err = io.CopyN(temp, from, 8<<20)
		item.Size += part
	}
	if !errors.Is(err, io.EOF) {
		return item, err
	}
	return item, temp.Sync()
}

// Room tells whether the disk has room for more; ErrFull when what is free is kept
// for the queue.
func (s *Store) Room() error {
	free, err := s.free(s.dir)
	if err == nil && free < reserve {
		err = ErrFull
	}
	return err
}

// full makes one error of the disk's own.
func full(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	return err
}

// Remove takes a file away, also one whose name nobody may ask for: it can only
// have been put there by hand.
func (s *Store) Remove(name string) error {
	if name == "" || name == "." || name == ".." || strings.ContainsAny(name, "/\\\x00") || strings.HasPrefix(name, ".") {
		return ErrUnknown
	}
	err := os.Remove(filepath.Join(s.dir, name))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENAMETOOLONG) {
		return ErrUnknown
	}
	if err != nil {
		return err
	}
	return sqlite.SyncDir(s.dir)
}

func freeBytes(dir string) (int64, error) {
	var f syscall.Statfs_t
	if err := syscall.Statfs(dir, &f); err != nil {
		return 0, err
	}
	return int64(f.Bavail) * f.Bsize, nil
}
