package agent

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// face is the last complete set of the kiosk's page files, kept on the disk so
// that the screen comes up while the server is away. A set is used whole or not at
// all: half an old page and half a new one would be worse than either.
type face struct {
	mu     sync.Mutex
	dir    string
	now    *faceSet
	asked  map[string]bool // files browsers asked for: no page names all it needs
	wanted chan struct{}
}

// faceSet is one build of the pages.
type faceSet struct {
	Build string               `json:"build"`
	Files map[string]*faceFile `json:"files"` // by path: "/kiosk/", "/web/dom.js"
}

// faceFile is one file; its bytes lie beside the manifest under the name Sum.
type faceFile struct {
	Sum    string            `json:"sum"` // SHA-256
	ETag   string            `json:"etag"`
	Header map[string]string `json:"header"`
	body   []byte
}

const (
	manifestName = "manifest.json"
	currentName  = "current"
	mostAsked    = 500
)

// openFace reads the set a former run left. One that is damaged is forgotten: the
// server gives another.
func openFace(dir string) (*face, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	f := &face{dir: dir, asked: map[string]bool{}, wanted: make(chan struct{}, 1)}
	current, err := os.ReadFile(filepath.Join(dir, currentName))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	if set, err := readSet(filepath.Join(dir, filepath.Base(string(current)))); len(current) > 0 && err == nil {
		f.now = set
	}
	return f, nil
}

func readSet(dir string) (*faceSet, error) {
	body, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		return nil, err
	}
	set := new(faceSet)
	if err := json.Unmarshal(body, set); err != nil {
		return nil, err
	}
	for path, file := range set.Files {
		if file.body, err = os.ReadFile(filepath.Join(dir, filepath.Base(file.Sum))); err != nil {
			return nil, err
		}
		if sumOf(file.body) != file.Sum {
			return nil, fmt.Errorf("%s is damaged", path)
		}
	}
	return set, nil
}

func sumOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// name gives a set its build id: another when any file is another.
func (s *faceSet) name() {
	h := sha256.New()
	for _, path := range slices.Sorted(maps.Keys(s.Files)) {
		fmt.Fprintln(h, path, s.Files[path].Sum)
	}
	s.Build = hex.EncodeToString(h.Sum(nil)[:8])
}

func (f *face) build() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.now == nil {
		return ""
	}
	return f.now.Build
}

func (f *face) set() *faceSet {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

// mirrored tells which paths belong to the kiosk's page.
func mirrored(path string) bool {
	return len(path) <= 200 && (strings.HasPrefix(path, "/kiosk/") || strings.HasPrefix(path, "/web/")) &&
		!strings.Contains(path, "..") && !strings.ContainsAny(path, "?#\\ ")
}

// seen notes a file that a browser was given; a new one is fetched for the set.
func (f *face) seen(path string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !mirrored(path) || f.asked[path] || len(f.asked) >= mostAsked {
		return
	}
	f.asked[path] = true
	if f.now == nil || f.now.Files[path] == nil {
		nudge(f.wanted)
	}
}

func (f *face) known() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Collect(maps.Keys(f.asked))
}

// serve answers with a kept file, and tells whether there was one.
func (f *face) serve(w http.ResponseWriter, r *http.Request) bool {
	set := f.set()
	if set == nil {
		return false
	}
	file := set.Files[r.URL.Path]
	if file == nil {
		if set.Files[r.URL.Path+"/"] == nil {
			return false
		}
		http.Redirect(w, r, r.URL.Path+"/", http.StatusPermanentRedirect)
		return true
	}
	h := w.Header()
	for name, value := range file.Header {
		h.Set(name, value)
	}
	h.Set("Cache-Control", "no-cache")
	if file.ETag != "" {
		h.Set("ETag", file.ETag)
		if r.Header.Get("If-None-Match") == file.ETag {
			w.WriteHeader(http.StatusNotModified)
			return true
		}
	}
	if r.Method != http.MethodHead {
		_, _ = w.Write(file.body) // a page that has gone needs no answer
	}
	return true
}

// swap puts a whole set in the place of the one before.
func (f *face) swap(set *faceSet) error {
	set.name()
	fresh, err := os.MkdirTemp(f.dir, ".new-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(fresh)
	for _, file := range set.Files {
		if err := writeFile(filepath.Join(fresh, file.Sum), file.body); err != nil {
			return err
		}
	}
	manifest, err := json.Marshal(set)
	if err != nil {
		return err
	}
	if err := writeFile(filepath.Join(fresh, manifestName), manifest); err != nil {
		return err
	}
	home := filepath.Join(f.dir, set.Build)
	if err := errors.Join(os.RemoveAll(home), os.Rename(fresh, home), syncFolder(f.dir)); err != nil {
		return err
	}
	if err := writeFile(filepath.Join(f.dir, currentName), []byte(set.Build)); err != nil {
		return err
	}
	f.mu.Lock()
	f.now = set
	f.mu.Unlock()
	return f.sweep(set.Build)
}

// sweep removes every other set, and what a crash left.
func (f *face) sweep(build string) error {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.IsDir() && e.Name() != build {
			err = errors.Join(err, os.RemoveAll(filepath.Join(f.dir, e.Name())))
		}
	}
	return err
}
