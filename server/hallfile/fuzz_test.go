package hallfile

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"motcua/server/media"
	"motcua/server/queue"
)

const png = "\x89PNG\r\n\x1a\n0000000000000000000000000000"

// sample is a file with a picture, words and a language.
func sample(t testing.TB) []byte {
	t.Helper()
	dir := t.TempDir()
	store, err := media.Open(filepath.Join(dir, "media"))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := store.Put("a.png", strings.NewReader(png)); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"synonyms.tsv": "a\t>\tb\n", "languages/tyz/kiosk.json": `{"k":"x"}`, "languages/tyz/notes.txt": "x", "secret": "x"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	set := queue.DemoSettings()
	set.Brand.Logo, set.Hall.Playlist = "a.png", []queue.SlideSetting{{File: "gone.png"}}
	x, err := Prepare(context.Background(), set, Place{Dir: dir, Media: store}, "1", time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func opened(raw []byte) (*File, error) { return Open(bytes.NewReader(raw), int64(len(raw))) }

func TestRoundTrip(t *testing.T) {
	f, err := opened(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range f.Manifest.Files {
		names = append(names, e.Name)
	}
	if got := strings.Join(names, " "); got != "settings.json words/synonyms.tsv languages/tyz/kiosk.json media/a.png" {
		t.Error(got)
	}
	dir := t.TempDir()
	store, err := media.Open(filepath.Join(dir, "media"))
	if err != nil {
		t.Fatal(err)
	}
	to := Place{Dir: dir, Media: store}
	target := queue.ProductionSettings("khac")
	plan, set, err := f.Plan(context.Background(), target, true, to)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Apply(context.Background(), plan, to); err != nil {
		t.Fatal(err)
	}
	if set.ID != "khac" || set.Tag != target.Tag || set.Brand.Logo != "a.png" || len(set.Services) != len(f.Settings.Services) {
		t.Errorf("%s %s %s", set.ID, set.Tag, set.Brand.Logo)
	}
	for name, want := range map[string]string{"synonyms.tsv": "a\t>\tb\n", "languages/tyz/kiosk.json": `{"k":"x"}`, "media/a.png": png} {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != want {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
}

// packed is an archive whose manifest is true, with these files.
func packed(t testing.TB, files map[string][]byte, lie func(*Manifest)) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	m := Manifest{Kind: kind, Format: format}
	for name, content := range files {
		sum := sha256.Sum256(content)
		m.Files = append(m.Files, Entry{name, int64(len(content)), hex.EncodeToString(sum[:])})
		e, err := w.Create(name)
		if err == nil {
			_, err = e.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if lie != nil {
		lie(&m)
	}
	head, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	e, err := w.Create(manifestName)
	if err == nil {
		_, err = e.Write(head)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestBombs(t *testing.T) {
	document, err := json.Marshal(queue.DemoSettings())
	if err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 8<<20) // packs a thousand times
	for name, test := range map[string]struct {
		raw  []byte
		code Code
	}{
		"a table of 8 MiB": {packed(t, map[string][]byte{settingsName: document, "words/synonyms.tsv": zeros}, nil), Large},
		"one that lies about it": {packed(t, map[string][]byte{settingsName: document, "words/synonyms.tsv": zeros},
			func(m *Manifest) {
				for i := range m.Files {
					m.Files[i].Size = min(m.Files[i].Size, mostText)
				}
			}), Large},
		"many of the largest": {packed(t, map[string][]byte{settingsName: document}, func(m *Manifest) {
			for range 9 {
				m.Files = append(m.Files, Entry{"media/a.png", mostMedia, "00"})
			}
		}), Damaged},
		"a path that leads out": {packed(t, map[string][]byte{settingsName: document, "media/../../x.png": []byte(png)}, nil), Foreign},
		"a program":             {packed(t, map[string][]byte{settingsName: document, "languages/tyz/run.sh": []byte("x")}, nil), Foreign},
		"no settings":           {packed(t, map[string][]byte{"words/synonyms.tsv": nil}, nil), Foreign},
		"a long list":           {longList(sample(t)), Large},
	} {
		var refused *Error
		if _, err := opened(test.raw); !errors.As(err, &refused) || refused.Code != test.code {
			t.Errorf("%s: %v, want %s", name, err, test.code)
		}
	}
	if _, err := opened(packed(t, map[string][]byte{settingsName: []byte(`{"nonsense":1}`)}, nil)); queue.CodeOf(err) != queue.SettingsInvalid {
		t.Error(err)
	}
}

// longList says that the archive lists more than there can be.
func longList(raw []byte) []byte {
	raw = bytes.Clone(raw)
	binary.LittleEndian.PutUint16(raw[len(raw)-endSize+10:], 60000)
	return raw
}

// Whatever somebody hands in, it is a file or a refusal.
func FuzzOpen(f *testing.F) {
	whole := packed(f, map[string][]byte{settingsName: []byte(`{"id":"b"}`), "words/synonyms.tsv": []byte("a\t>\tb"), "media/a.png": []byte(png)}, nil)
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		file, err := opened(raw)
		var refused *Error
		if err != nil && !errors.As(err, &refused) && queue.CodeOf(err) == "" {
			t.Fatal(err)
		}
		if err == nil {
			_ = file.For(queue.DemoSettings(), true, nil)
		}
	})
}
