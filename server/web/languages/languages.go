// Package languages reads what a hall adds to Vietnamese and English: folders of
// texts in its data directory, one for each language (docs/languages.md).
//
// The folder belongs to people with a text editor. Whatever they leave in it, the
// server goes on: a language with a broken file is left out, and said to be.
package languages

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Language is one the screens can be shown in.
type Language struct {
	Tag   string `json:"tag"`   // "vi", "tyz"
	Name  string `json:"name"`  // in the language itself
	Short string `json:"short"` // where there is little room
	Voice bool   `json:"voice"` // it has clips of its own; otherwise Vietnamese is read aloud
}

// ours are built in, and come first.
var ours = []Language{{"vi", "Tiếng Việt", "Tiếng Việt", true}, {"en", "English", "English", true}}

// most is how many languages there can be: more choices than eight are too many
// for one screen.
const most = 8

// tag is what a folder may be called: a code of ISO 639, and a region or script.
var tag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$`)

// Names of files with a meaning of their own.
const (
	aboutFile = "language.json"
	namesFile = "names"
)

// language is one as it was read.
type language struct {
	Language
	tables map[string]map[string]string // texts by screen; "names" by the Vietnamese name
	report Report
}

// Library gives the texts of the languages in a folder. It looks again when
// something in the folder has changed.
type Library struct {
	folder fs.FS // may be nil, or a folder that does not exist
	static fs.FS
	voice  func(tag string) bool
	log    *slog.Logger

	vietnamese map[string]map[string]string // texts by screen

	mu    sync.Mutex
	stamp string // of the folder, when it was read
	all   []*language
	known map[string]bool // every language there has been since the start
}

// New reads our own tables from static (i18n/{screen}.vi.json). A folder of an
// *os.Root keeps what is read inside. voice tells which language has clips.
func New(folder, static fs.FS, voice func(tag string) bool, log *slog.Logger) (*Library, error) {
	l := &Library{folder: folder, static: static, voice: voice, log: log, known: map[string]bool{"vi": true, "en": true}}
	var err error
	if l.vietnamese, err = builtIn(static, "vi"); err != nil {
		return nil, err
	}
	l.languages() // what is wrong is logged at the start
	return l, nil
}

// staff are the screens of people who work here: they are not translated.
var staff = []string{"admin", "desk", "paper", "report", "sim"}

// builtIn reads our own tables of a language, those of the visitors' screens.
func builtIn(static fs.FS, tag string) (map[string]map[string]string, error) {
	files, err := fs.Glob(static, "i18n/*."+tag+".json")
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no tables of %s", tag)
	}
	all := map[string]map[string]string{}
	for _, file := range files {
		screen, _, _ := strings.Cut(path.Base(file), ".")
		if slices.Contains(staff, screen) {
			continue
		}
		raw, err := fs.ReadFile(static, file)
		if err != nil {
			return nil, err
		}
		texts := map[string]string{}
		if err := json.Unmarshal(raw, &texts); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		all[screen] = texts
	}
	return all, nil
}

// Index is the list the pages ask for, as JSON.
func (l *Library) Index() []byte {
	list := slices.Clone(ours)
	for _, x := range l.languages() {
		if x.report.Broken == nil {
			one := x.Language
			one.Voice = l.voice(one.Tag)
			list = append(list, one)
		}
	}
	return encode(list)
}

// Table gives the texts of a screen, or the "names", in a language of the
// folder; an empty table where it has none. Unknown ones are fs.ErrNotExist.
func (l *Library) Table(screen, tag string) ([]byte, error) {
	for _, x := range l.languages() {
		if x.Tag != tag || x.report.Broken != nil {
			continue
		}
		if texts := x.tables[screen]; texts != nil {
			return encode(texts), nil
		}
		if l.vietnamese[screen] != nil || screen == namesFile {
			return []byte("{}\n"), nil
		}
	}
	return nil, fs.ErrNotExist
}

// Shown is a table as visitors see it: the language's own texts, Vietnamese where
// it has none. Of "names" there are its own alone.
func (l *Library) Shown(screen, tag string) map[string]string {
	all := maps.Clone(l.vietnamese[screen])
	if all == nil {
		all = map[string]string{}
	}
	for _, x := range l.languages() {
		if x.Tag == tag && x.report.Broken == nil {
			maps.Copy(all, x.tables[screen])
		}
	}
	return all
}

// Known tells whether a ticket can be in a language. One that has been removed
// since stays known: a page may still show it.
func (l *Library) Known(tag string) bool {
	l.languages()
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.known[tag]
}

// languages gives what lies in the folder now.
func (l *Library) languages() []*language {
	l.mu.Lock()
	defer l.mu.Unlock()
	folders, stamp := l.look()
	if stamp == l.stamp {
		return l.all
	}
	l.stamp, l.all = stamp, nil
	for _, name := range folders {
		x := l.read(name)
		if x.report.Broken == nil && len(ours)+l.sound() >= most {
			x.report.Broken = fmt.Errorf("there are %d languages already", most)
		}
		l.all = append(l.all, x)
		if x.report.Broken != nil {
			l.log.Error("a language is left out", "language", name, "error", x.report.Broken)
			continue
		}
		l.known[name] = true
		l.log.Info("a language is there", "language", name, "name", x.Name, "texts", x.report.Texts)
	}
	return l.all
}

// sound counts the languages that can be shown.
func (l *Library) sound() int {
	n := 0
	for _, x := range l.all {
		if x.report.Broken == nil {
			n++
		}
	}
	return n
}

// look lists the folders of languages, and a stamp that changes with any file.
func (l *Library) look() (folders []string, stamp string) {
	if l.folder == nil {
		return nil, "none"
	}
	entries, err := fs.ReadDir(l.folder, ".")
	if err != nil {
		return nil, "none"
	}
	var b strings.Builder
	for _, e := range entries {
		if !e.IsDir() || !tag.MatchString(e.Name()) || e.Name() == "vi" || e.Name() == "en" {
			continue
		}
		folders = append(folders, e.Name())
		fmt.Fprintln(&b, e.Name())
		files, err := fs.ReadDir(l.folder, e.Name())
		if err != nil {
			fmt.Fprintln(&b, err)
		}
		for _, f := range files {
			if about, err := f.Info(); err == nil {
				fmt.Fprintln(&b, f.Name(), about.Size(), about.ModTime().UnixNano(), about.Mode())
			}
		}
	}
	return folders, b.String()
}

// read reads one language. What is wrong with it is in its report.
func (l *Library) read(name string) *language {
	x := &language{Language: Language{Tag: name}, tables: map[string]map[string]string{}, report: Report{Tag: name}}
	about, err := l.file(name, aboutFile)
	if err == nil {
		err = x.describe(about)
	}
	if err != nil {
		x.report.Broken = fmt.Errorf("%s/%s: %w", name, aboutFile, err)
		return x
	}
	entries, err := fs.ReadDir(l.folder, name)
	if err != nil {
		x.report.Broken = err
		return x
	}
	for _, e := range entries {
		screen, ok := strings.CutSuffix(e.Name(), ".json")
		if !ok || e.Name() == aboutFile || e.IsDir() {
			continue
		}
		if l.vietnamese[screen] == nil && screen != namesFile {
			x.report.Strange = append(x.report.Strange, e.Name())
			continue
		}
		all, err := l.file(name, e.Name())
		if err != nil {
			x.report.Broken = fmt.Errorf("%s/%s: %w", name, e.Name(), err)
			return x
		}
		x.add(screen, all, l.vietnamese[screen])
	}
	x.report.missing(l.vietnamese, x.tables)
	return x
}

// file reads and parses one file of a language. What is not a plain file is not
// opened: a pipe would never answer.
func (l *Library) file(folder, name string) ([]sentence, error) {
	entries, err := fs.ReadDir(l.folder, folder)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(entries, func(e fs.DirEntry) bool { return e.Name() == name })
	switch {
	case i < 0:
		return nil, fmt.Errorf("there is no such file")
	case !entries[i].Type().IsRegular():
		return nil, fmt.Errorf("not a plain file")
	}
	f, err := l.folder.Open(folder + "/" + name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, err
	}
	return parse(raw)
}

// describe takes the name of the language from its language.json.
func (x *language) describe(about []sentence) error {
	for _, s := range about {
		text := norm.NFC.String(strings.TrimSpace(s.text))
		switch s.key {
		case "name":
			x.Name = text
		case "short":
			x.Short = text
		}
	}
	if x.Short == "" {
		x.Short = x.Name
	}
	switch {
	case x.Name == "":
		return fmt.Errorf(`"name" is missing: the name of the language, in the language itself`)
	case utf8.RuneCountInString(x.Name) > 24:
		return fmt.Errorf(`"name" is longer than 24 characters`)
	case utf8.RuneCountInString(x.Short) > 12:
		return fmt.Errorf(`"short" (or "name", without it) is longer than 12 characters`)
	}
	x.report.Name = x.Name
	return nil
}

func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // maps and lists of texts
	}
	return b.Bytes()
}
