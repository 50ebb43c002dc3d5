package hallfile

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"motcua/server/catalogue"
	"motcua/server/media"
	"motcua/server/queue"
)

// Place is where what is the hall's own lies.
type Place struct {
	Dir   string           // data directory: words and languages
	Media *media.Store     // nil for none
	Book  *catalogue.Store // nil for none
}

// part is one entry that is to be written.
type part struct {
	Entry
	content []byte // nil for a file of the media
}

// Export is a file about to be written: all is read and counted, but for the
// content of pictures and films.
type Export struct {
	Manifest Manifest
	parts    []part
	media    *media.Store
}

// Prepare collects what belongs to the settings. A picture that the settings name
// and the folder lacks is left out.
func Prepare(ctx context.Context, set queue.Settings, from Place, product string, now time.Time) (*Export, error) {
	x := &Export{media: from.Media, Manifest: Manifest{Kind: kind, Format: format, Product: product, Made: now.UTC().Truncate(time.Second),
		Branch: set.ID, Name: set.Name}}
	document, err := json.MarshalIndent(set, "", " ")
	if err != nil {
		return nil, err
	}
	x.add(settingsName, document)
	if err := x.addOwn(ctx, from.Book); err != nil {
		return nil, err
	}
	for _, name := range WordFiles {
		if err := x.addFile(filepath.Join(from.Dir, name), wordsFolder+name); err != nil {
			return nil, err
		}
	}
	if err := x.addLanguages(filepath.Join(from.Dir, "languages")); err != nil {
		return nil, err
	}
	if err := x.addMedia(set); err != nil {
		return nil, err
	}
	var total int64
	for _, p := range x.parts {
		x.Manifest.Files = append(x.Manifest.Files, p.Entry)
		total += p.Size
	}
	if total > MaxFile || len(x.parts) > mostEntries {
		return nil, refuse(Large, "%d files, %d MiB", len(x.parts), total>>20)
	}
	return x, nil
}

func (x *Export) add(name string, content []byte) {
	sum := sha256.Sum256(content)
	x.parts = append(x.parts, part{Entry{name, int64(len(content)), hex.EncodeToString(sum[:])}, content})
}

func (x *Export) addOwn(ctx context.Context, book *catalogue.Store) error {
	if book == nil {
		return nil
	}
	owns, err := book.Owns(ctx)
	if err != nil || len(owns) == 0 {
		return err
	}
	list := make([]catalogue.Own, 0, len(owns))
	for _, code := range slices.Sorted(maps.Keys(owns)) {
		list = append(list, owns[code])
	}
	content, err := json.MarshalIndent(list, "", " ")
	if err == nil {
		x.add(ownName, content)
	}
	return err
}

// addFile adds a small file when it is there. Whatever else may lie under its name
// is not the hall's words.
func (x *Export) addFile(path, name string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil || !info.Mode().IsRegular() || info.Size() > mostText {
		return err
	}
	content, err := os.ReadFile(path)
	if err == nil {
		x.add(name, content)
	}
	return err
}

func (x *Export) addLanguages(dir string) error {
	tags, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, tag := range tags {
		if !tag.IsDir() {
			continue
		}
		files, err := os.ReadDir(filepath.Join(dir, tag.Name()))
		if err != nil {
			return err
		}
		for _, f := range files {
			name := talkFolder + tag.Name() + "/" + f.Name()
			if !talkName.MatchString(name) {
				continue
			}
			if err := x.addFile(filepath.Join(dir, tag.Name(), f.Name()), name); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *Export) addMedia(set queue.Settings) error {
	if x.media == nil {
		return nil
	}
	for _, name := range Shown(set) {
		sum, size, err := sumOf(x.media, name)
		if errors.Is(err, media.ErrUnknown) {
			continue
		}
		if err != nil {
			return err
		}
		x.parts = append(x.parts, part{Entry: Entry{mediaFolder + name, size, sum}})
	}
	return nil
}

// Shown are the files of the media that settings name, each once.
func Shown(set queue.Settings) []string {
	names := []string{set.Brand.Logo}
	for _, slide := range set.Hall.Playlist {
		names = append(names, slide.File)
	}
	for _, counter := range set.Counters {
		names = append(names, counter.Photo)
	}
	slices.Sort(names)
	return slices.DeleteFunc(slices.Compact(names), func(s string) bool { return s == "" })
}

func sumOf(store *media.Store, name string) (string, int64, error) {
	f, err := store.Get(name)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, f)
	return hex.EncodeToString(sum.Sum(nil)), n, err
}

// Write writes the archive. A picture that was replaced since Prepare is an error:
// the file would not be whole.
func (x *Export) Write(to io.Writer) error {
	archive := zip.NewWriter(to)
	head, err := json.MarshalIndent(x.Manifest, "", " ")
	if err != nil {
		return err
	}
	if err := x.entry(archive, manifestName, zip.Deflate, bytes.NewReader(head), int64(len(head))); err != nil {
		return err
	}
	for _, p := range x.parts {
		if p.content != nil {
			err = x.entry(archive, p.Name, zip.Deflate, bytes.NewReader(p.content), p.Size)
		} else {
			err = x.picture(archive, p)
		}
		if err != nil {
			return err
		}
	}
	return archive.Close()
}

func (x *Export) picture(archive *zip.Writer, p part) error {
	name, _ := cutMedia(p.Name)
	f, err := x.media.Get(name)
	if err != nil {
		return err
	}
	defer f.Close()
	sum := sha256.New()
	if err := x.entry(archive, p.Name, zip.Store, io.TeeReader(f, sum), p.Size); err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != p.SHA256 {
		return fmt.Errorf("%s was replaced meanwhile", name)
	}
	return nil
}

func (x *Export) entry(archive *zip.Writer, name string, method uint16, from io.Reader, size int64) error {
	w, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: x.Manifest.Made})
	if err != nil {
		return err
	}
	n, err := io.Copy(w, from)
	if err == nil && n != size {
		err = fmt.Errorf("%s was replaced meanwhile", name)
	}
	return err
}

func cutMedia(name string) (string, bool) { return strings.CutPrefix(name, mediaFolder) }
