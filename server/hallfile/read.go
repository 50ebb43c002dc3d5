package hallfile

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"motcua/server/catalogue"
	"motcua/server/queue"
)

// File is a file that was read and found whole.
type File struct {
	Manifest Manifest
	Settings queue.Settings
	own      []catalogue.Own
	texts    map[string][]byte // words and languages, by name in the archive
	media    map[string]*zip.File
	sums     map[string]string // by name in the archive
}

// Open reads a file and checks every part of it against its checksum. Its errors
// are an *Error, or those of reading. The archive must stay readable for Apply.
func Open(from io.ReaderAt, size int64) (*File, error) {
	if size > MaxFile {
		return nil, refuse(Large, "%d MiB", size>>20)
	}
	if err := bounded(from, size); err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(from, size)
	if err != nil {
		return nil, refuse(Foreign, "%v", err)
	}
	entries := map[string]*zip.File{}
	for _, f := range archive.File {
		if strings.HasSuffix(f.Name, "/") { // a folder: some programs list them
			continue
		}
		if entries[f.Name] != nil {
			return nil, refuse(Damaged, "%.80q is there twice", f.Name)
		}
		entries[f.Name] = f
	}
	f := &File{texts: map[string][]byte{}, media: map[string]*zip.File{}, sums: map[string]string{}}
	if err := f.readManifest(entries[manifestName]); err != nil {
		return nil, err
	}
	return f, f.readParts(entries)
}

// endSize is the length of the record that ends an archive without a remark.
const endSize = 22

// bounded looks at the archive's end: its list of entries is read into memory as
// long as it goes on, and so must be short.
func bounded(from io.ReaderAt, size int64) error {
	end := make([]byte, endSize)
	if size < endSize {
		return refuse(Foreign, "%d bytes", size)
	}
	if _, err := from.ReadAt(end, size-endSize); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if !bytes.HasPrefix(end, []byte("PK\x05\x06")) {
		return refuse(Foreign, "no zip archive")
	}
	count := binary.LittleEndian.Uint16(end[10:])
	list, begins := binary.LittleEndian.Uint32(end[12:]), binary.LittleEndian.Uint32(end[16:])
	if count > mostEntries || list > mostList {
		return refuse(Large, "%d entries", count)
	}
	if int64(begins)+int64(list)+endSize != size {
		return refuse(Damaged, "something stands before or behind the archive")
	}
	return nil
}

func (f *File) readManifest(entry *zip.File) error {
	if entry == nil {
		return refuse(Foreign, "no %s", manifestName)
	}
	raw, err := read(entry, mostManifest)
	if err != nil {
		return err
	}
	if json.Unmarshal(raw, &f.Manifest) != nil || f.Manifest.Kind != kind {
		return refuse(Foreign, "%s is of something else", manifestName)
	}
	if f.Manifest.Format > format {
		return refuse(Newer, "%.40s", f.Manifest.Product)
	}
	if f.Manifest.Format < 1 {
		return refuse(Foreign, "format %d", f.Manifest.Format)
	}
	return nil
}

// readParts wants exactly the parts that the manifest lists.
func (f *File) readParts(entries map[string]*zip.File) error {
	var total int64
	for _, e := range f.Manifest.Files {
		limit := most(e.Name)
		entry := entries[e.Name]
		switch {
		case limit == 0:
			return refuse(Foreign, "%.80q", e.Name)
		case entry == nil || f.sums[e.Name] != "" || e.SHA256 == "":
			return refuse(Damaged, "%.80s", e.Name)
		case e.Size < 0 || e.Size > limit:
			return refuse(Large, "%.80s", e.Name)
		}
		if total += e.Size; total > MaxFile {
			return refuse(Large, "%d MiB", total>>20)
		}
		f.sums[e.Name] = e.SHA256
		if err := f.readPart(entry, e); err != nil {
			return err
		}
	}
	for name := range entries {
		if name != manifestName && f.sums[name] == "" {
			return refuse(Foreign, "%.80q is not in the manifest", name)
		}
	}
	if f.sums[settingsName] == "" {
		return refuse(Foreign, "no %s", settingsName)
	}
	return nil
}

func (f *File) readPart(entry *zip.File, e Entry) error {
	if _, ok := cutMedia(e.Name); ok {
		f.media[e.Name] = entry
		return checkSum(entry, e)
	}
	raw, err := read(entry, e.Size)
	if err != nil {
		return err
	}
	if sum := sha256.Sum256(raw); int64(len(raw)) != e.Size || hex.EncodeToString(sum[:]) != e.SHA256 {
		return refuse(Damaged, "%s", e.Name)
	}
	switch e.Name {
	case settingsName:
		f.Settings, err = queue.ParseSettings(raw)
		return err
	case ownName:
		return f.readOwn(raw)
	}
	f.texts[e.Name] = raw // whoever reads them leaves out what is wrong, line by line
	return nil
}

// checkSum reads a picture or film through without keeping it.
func checkSum(entry *zip.File, e Entry) error {
	r, err := entry.Open()
	if err != nil {
		return refuse(Damaged, "%s", e.Name)
	}
	defer r.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, io.LimitReader(r, e.Size+1))
	if err != nil || n != e.Size || hex.EncodeToString(sum.Sum(nil)) != e.SHA256 {
		return refuse(Damaged, "%s", e.Name)
	}
	return nil
}

// read unpacks an entry of at most so many bytes, whatever it says of itself.
func read(entry *zip.File, limit int64) ([]byte, error) {
	r, err := entry.Open()
	if err != nil {
		return nil, refuse(Damaged, "%.80s", entry.Name)
	}
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, refuse(Damaged, "%.80s", entry.Name)
	}
	if int64(len(raw)) > limit {
		return nil, refuse(Large, "%.80s", entry.Name)
	}
	return raw, nil
}

// readOwn takes the hall's own of each procedure as a form would have to send it.
func (f *File) readOwn(raw []byte) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&f.own); err != nil {
		return refuse(Damaged, "%s: %.100v", ownName, err)
	}
	seen := map[string]bool{}
	for i, o := range f.own {
		clean, wrong := o.Cleaned()
		if wrong != "" || clean.Code == "" || seen[clean.Code] {
			return refuse(Damaged, "%s: %.40s %s", ownName, o.Code, wrong)
		}
		seen[clean.Code] = true
		f.own[i] = clean
	}
	return nil
}
