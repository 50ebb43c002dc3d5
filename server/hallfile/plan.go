package hallfile

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"motcua/server/catalogue"
	"motcua/server/media"
	"motcua/server/queue"
	"motcua/server/sqlite"
)

// State is what taking a file over does to one of its parts.
type State string

// The states.
const (
	Fresh    State = "new"
	Same     State = "same"
	Replaced State = "replaced"
	Renamed  State = "renamed" // another picture has the name: both stay
)

// Part is one part of a file, as the hall would have it.
type Part struct {
	Name  string `json:"name"`
	As    string `json:"as"` // its name here
	State State  `json:"state"`
}

// Plan is what taking a file over would change, beside the settings.
type Plan struct {
	Media      []Part   `json:"media"`
	Texts      []Part   `json:"texts"`      // words and languages
	Procedures []Part   `json:"procedures"` // by code, those that change
	Unknown    []string `json:"unknown"`    // codes that the catalogue here does not have: left out
}

// For makes the settings of a hall from those of the file. Its id, tag and version
// stay, and unless all is asked for what belongs to one hall alone: its name and
// place, where complaints go, its letterhead, its Wi-Fi and its clerks. names are the
// pictures that have another name here.
func (f *File) For(target queue.Settings, all bool, names map[string]string) queue.Settings {
	s := f.Settings
	s.ID, s.Tag, s.Version, s.Training = target.ID, target.Tag, target.Version, target.Training
	s.Counters, s.Hall.Playlist = slices.Clone(s.Counters), slices.Clone(s.Hall.Playlist)
	if !all {
		s.Name, s.Place, s.Address = target.Name, target.Place, target.Address
		s.Hall.Complaints, s.Report.Letterhead = target.Hall.Complaints, target.Report.Letterhead
		s.Paper.WiFi, s.Paper.WiFiKey = target.Paper.WiFi, target.Paper.WiFiKey
		for i := range s.Counters {
			own, _ := target.Counter(s.Counters[i].ID)
			s.Counters[i].Clerk, s.Counters[i].Title, s.Counters[i].Photo, s.Counters[i].Shown = own.Clerk, own.Title, own.Photo, own.Shown
		}
	}
	rename := func(name *string) {
		if as, ok := names[*name]; ok {
			*name = as
		}
	}
	for i := range s.Hall.Playlist {
		rename(&s.Hall.Playlist[i].File)
	}
	if s.Brand.Logo != "" {
		rename(&s.Brand.Logo)
	}
	for i := range s.Counters {
		if all {
			rename(&s.Counters[i].Photo)
		}
	}
	return s
}

// Plan says what taking the file over would change here, and gives the settings it
// would make of the hall's.
func (f *File) Plan(ctx context.Context, target queue.Settings, all bool, to Place) (Plan, queue.Settings, error) {
	p := Plan{Media: []Part{}, Texts: []Part{}, Procedures: []Part{}, Unknown: []string{}}
	names := map[string]string{}
	for _, name := range f.pictures(all) {
		sum, ok := f.sums[mediaFolder+name]
		if !ok || to.Media == nil {
			continue
		}
		as, state, err := freeName(to.Media, name, sum)
		if err != nil {
			return p, target, err
		}
		p.Media = append(p.Media, Part{name, as, state})
		names[name] = as // one that is the same may have got another name the last time
	}
	for _, name := range slices.Sorted(maps.Keys(f.texts)) {
		path := to.path(name)
		state := Replaced
		now, err := os.ReadFile(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			state = Fresh
		case err != nil:
			return p, target, err
		case bytes.Equal(now, f.texts[name]):
			state = Same
		}
		p.Texts = append(p.Texts, Part{name, name, state})
	}
	return p, f.For(target, all, names), f.planOwn(ctx, &p, to.Book)
}

// pictures are those of the file that the hall would show.
func (f *File) pictures(all bool) []string {
	s := f.Settings
	if !all { // the clerks stay those of the hall, and so do their photos
		s.Counters = nil
	}
	return Shown(s)
}

func (f *File) planOwn(ctx context.Context, p *Plan, book *catalogue.Store) error {
	if book == nil {
		for _, o := range f.own {
			p.Unknown = append(p.Unknown, o.Code)
		}
		return nil
	}
	owns, err := book.Owns(ctx)
	if err != nil {
		return err
	}
	for _, o := range f.own {
		now, known := owns[o.Code]
		if known && alike(now, o) {
			continue
		}
		if _, err := book.Get(ctx, o.Code); errors.Is(err, catalogue.ErrUnknown) {
			p.Unknown = append(p.Unknown, o.Code)
			continue
		} else if err != nil {
			return err
		}
		state := Fresh
		if known {
			state = Replaced
		}
		p.Procedures = append(p.Procedures, Part{o.Code, o.Code, state})
	}
	return nil
}

// alike compares what is written: an empty list and none are the same.
func alike(a, b catalogue.Own) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// freeName finds a name for a picture: its own when that is free or is the same
// picture already, else one with a part of its checksum, so that what another hall
// of this server shows stays.
func freeName(store *media.Store, name, sum string) (string, State, error) {
	ending := path.Ext(name)
	base := strings.TrimSuffix(name, ending)
	longer := base[:min(len(base), queue.LongestMediaName-len(ending)-9)] + "-" + sum[:8] + ending
	for _, as := range []string{name, longer} {
		now, _, err := sumOf(store, as)
		switch {
		case errors.Is(err, media.ErrUnknown) && as == name:
			return as, Fresh, nil
		case errors.Is(err, media.ErrUnknown):
			return as, Renamed, nil
		case err != nil:
			return "", "", err
		case now == sum:
			return as, Same, nil
		}
	}
	return "", "", fmt.Errorf("%s: no name is free", name)
}

// path is where a table lies.
func (to Place) path(name string) string {
	return filepath.Join(to.Dir, filepath.FromSlash(strings.TrimPrefix(name, wordsFolder)))
}

// Apply takes over what a plan says, but for the settings: they may be put in force
// when everything they name is there. Each part is whole or as it was; what comes
// after one that failed is not begun.
func (f *File) Apply(ctx context.Context, p Plan, to Place) error {
	for _, x := range p.Media {
		if x.State == Same {
			continue
		}
		if err := putMedia(to.Media, x.As, f.media[mediaFolder+x.Name]); err != nil {
			return err
		}
	}
	for _, x := range p.Texts {
		if x.State == Same {
			continue
		}
		if err := replace(to.path(x.Name), f.texts[x.Name]); err != nil {
			return err
		}
	}
	for _, x := range p.Procedures {
		i := slices.IndexFunc(f.own, func(o catalogue.Own) bool { return o.Code == x.Name })
		if err := to.Book.SetOwn(ctx, f.own[i]); err != nil {
			return err
		}
	}
	return nil
}

func putMedia(store *media.Store, name string, entry *zip.File) error {
	r, err := entry.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	_, _, err = store.Put(name, io.LimitReader(r, mostMedia))
	return err
}

// replace writes a small file, whole or not at all.
func replace(path string, content []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	temp, err := os.CreateTemp(dir, ".coming-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name()) // gone already when all went well
	_, err = temp.Write(content)
	if err = errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return err
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return err
	}
	return sqlite.SyncDir(dir)
}
