package speech

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
)

//go:embed clips
var embedded embed.FS

// BuiltIn holds vi/ and en/, each with its clips.json and the files named there.
func BuiltIn() fs.FS {
	sub, err := fs.Sub(embedded, "clips")
	if err != nil {
		panic(err) // the name is a constant
	}
	return sub
}

// Entry is what clips.json says of a key.
type Entry struct {
	File string `json:"file"`
	MS   int    `json:"ms,omitempty"`  // its length
	Say  string `json:"say,omitempty"` // the words, for whoever records them anew
}

// Index is a clips.json: keys to files.
type Index map[string]Entry

const indexFile = "clips.json"

// ReadIndex reads the clips.json of a language.
func ReadIndex(folder fs.FS, lang string) (Index, error) {
	b, err := fs.ReadFile(folder, lang+"/"+indexFile)
	if err != nil {
		return nil, err
	}
	var index Index
	if err := json.Unmarshal(b, &index); err != nil {
		return nil, fmt.Errorf("%s/%s: %w", lang, indexFile, err)
	}
	return index, nil
}

// Library serves clips: a hall's own before the built-in ones, file by file.
type Library struct {
	own     fs.FS // may be nil, or a folder that does not exist
	builtIn fs.FS
}

// NewLibrary looks into own first. A folder of an *os.Root keeps what it serves
// inside, whatever links lie there.
func NewLibrary(own fs.FS) *Library { return &Library{own: own, builtIn: BuiltIn()} }

// served are the only names there can be: a language and a plain file in it.
var served = regexp.MustCompile(`^([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)/([A-Za-z0-9][A-Za-z0-9_-]{0,63}\.(?:opus|ogg|mp3|wav)|clips\.json)$`)

// File gives the bytes of "vi/clips.json" or "vi/1f3a….opus". Anything else, and
// whatever there is not, is fs.ErrNotExist.
func (l *Library) File(name string) ([]byte, error) {
	m := served.FindStringSubmatch(name)
	if m == nil {
		return nil, fs.ErrNotExist
	}
	if m[2] == indexFile {
		return l.index(m[1])
	}
	if l.own != nil {
		if b, err := fs.ReadFile(l.own, name); err == nil {
			return b, nil
		}
	}
	return fs.ReadFile(l.builtIn, name)
}

// index puts the two indexes together, without the words nobody needs to play them.
func (l *Library) index(lang string) ([]byte, error) {
	all, err := l.Index(lang)
	if err != nil {
		return nil, err
	}
	for key, e := range all {
		e.Say = ""
		all[key] = e
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(all); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Index is what a language can say: the built-in keys, replaced and added to by
// the hall's own. A hall's index that cannot be read counts as none; Missing tells.
func (l *Library) Index(lang string) (Index, error) {
	all, err := ReadIndex(l.builtIn, lang)
	own, ownErr := l.ownIndex(lang)
	if err != nil && ownErr != nil {
		return nil, fs.ErrNotExist
	}
	if all == nil {
		all = Index{}
	}
	maps.Copy(all, own)
	return all, nil
}

func (l *Library) ownIndex(lang string) (Index, error) {
	if l.own == nil {
		return nil, fs.ErrNotExist
	}
	return ReadIndex(l.own, lang)
}

// Missing says what a language cannot say: the needed keys that no index has or
// whose file is not there, sorted. The error is of the hall's own clips.json.
func (l *Library) Missing(lang string, needed []Clip) ([]string, error) {
	_, broken := l.ownIndex(lang)
	if errors.Is(broken, fs.ErrNotExist) {
		broken = nil
	}
	all, err := l.Index(lang)
	if err != nil {
		all = Index{}
	}
	var missing []string
	for _, c := range needed {
		e, ok := all[c.Key]
		if ok {
			_, err := l.File(lang + "/" + e.File)
			ok = err == nil
		}
		if !ok {
			missing = append(missing, c.Key)
		}
	}
	slices.Sort(missing)
	return missing, broken
}
