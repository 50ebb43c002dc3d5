package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"motcua/server/catalogue/search"
)

// The hall's own words and life events, in its data directory.
const (
	synonymsFile = "synonyms.tsv"
	eventsFile   = "events.tsv"
)

// mostWords bounds such a file.
const mostWords = 1 << 20

// ownWords follows the hall's own files. They are read again only when they
// change: somebody may have them open in an editor for hours.
type ownWords struct {
	dir   string
	log   *slog.Logger
	seen  string // how the files looked when they were read
	shown search.Tables
}

// tables gives the words and events as they are now.
func (w *ownWords) tables() search.Tables {
	look := appearance(w.dir)
	if look == w.seen {
		return w.shown
	}
	tables, wrong := readWords(w.dir)
	for _, err := range wrong {
		w.log.Warn("a line of the hall's own words does not count", "error", err)
	}
	w.seen, w.shown = look, tables
	return tables
}

// appearance is the size and time of the files, which tell whether one changed.
func appearance(dir string) string {
	look := "read"
	for _, name := range []string{synonymsFile, eventsFile} {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil {
			look += fmt.Sprintf(" %s %d %s", name, info.Size(), info.ModTime().Format(time.RFC3339Nano))
		}
	}
	return look
}

// readWords puts the hall's own words and events over the built-in ones, and
// lists what is wrong with them.
func readWords(dir string) (tables search.Tables, wrong []error) {
	tables = search.DefaultTables()
	synonyms, errs := readOwn(dir, synonymsFile)
	sum := sha256.New()
	if synonyms != nil {
		own, bad := search.ReadSynonyms(bytes.NewReader(synonyms))
		tables.Synonyms = tables.Synonyms.With(own)
		errs = append(errs, withFile(synonymsFile, bad)...)
		sum.Write(synonyms)
	}
	wrong = append(wrong, errs...)
	events, errs := readOwn(dir, eventsFile)
	if events != nil {
		own, bad := search.ReadEvents(bytes.NewReader(events))
		tables.Events = search.WithEvents(tables.Events, own)
		errs = append(errs, withFile(eventsFile, bad)...)
		sum.Write([]byte{0})
		sum.Write(events)
	}
	wrong = append(wrong, errs...)
	if synonyms != nil || events != nil {
		tables.Mark = hex.EncodeToString(sum.Sum(nil)[:6])
	}
	return tables, wrong
}

// readOwn gives the content of a file; nil when there is none.
func readOwn(dir, name string) ([]byte, []error) {
	path := filepath.Join(dir, name)
	info, err := os.Stat(path)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err == nil && !info.Mode().IsRegular() { // reading a pipe would never end
		err = &fs.PathError{Op: "read", Path: path, Err: fs.ErrInvalid}
	}
	if err == nil && info.Size() > mostWords {
		err = &fs.PathError{Op: "read", Path: path, Err: fmt.Errorf("larger than %d KiB", mostWords>>10)}
	}
	var content []byte
	if err == nil {
		content, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, []error{err}
	}
	return content, nil
}

func withFile(file string, list []error) []error {
	out := make([]error, len(list))
	for i, err := range list {
		out[i] = fmt.Errorf("%s, %w", file, err)
	}
	return out
}

// checkWords tells whether the hall's own words and events can be read.
func checkWords(dir string) []finding {
	_, wrong := readWords(dir)
	var found []finding
	for _, err := range wrong {
		found = append(found, finding{what: err.Error(), help: "mend this line (docs/search.md); the other lines count"})
	}
	for _, name := range []string{synonymsFile, eventsFile} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil && len(wrong) == 0 {
			found = append(found, finding{ok: true, what: name + ": every line counts"})
		}
	}
	return found
}
