package speech

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"motcua/server/queue"
	"motcua/server/web"
	"motcua/server/wire"
)

// needed is everything the ready-made halls need in a language.
func needed(t *testing.T, lang string) []Clip {
	t.Helper()
	static, err := fs.Sub(web.FS, "static")
	if err != nil {
		t.Fatal(err)
	}
	texts, err := Texts(static, lang)
	if err != nil {
		t.Fatal(err)
	}
	names := append(wire.SpokenNames(queue.DemoSettings(), lang), wire.SpokenNames(queue.ProductionSettings("x"), lang)...)
	if len(texts) < 50 || len(names) < 10 {
		t.Fatalf("only %d texts and %d names found", len(texts), len(names))
	}
	return Needed(lang, texts, names, North)
}

const again = "go run ./server/web/speech/make"

// Every piece has its clip, made of the words it needs now, and no clip is left over.
func TestEveryPieceHasItsClip(t *testing.T) {
	total := 0
	for _, lang := range []string{"vi", "en"} {
		index, err := ReadIndex(BuiltIn(), lang)
		if err != nil {
			t.Fatal(err)
		}
		keys := map[string]bool{}
		for _, c := range needed(t, lang) {
			keys[c.Key] = true
			if e, ok := index[c.Key]; !ok || e.Say != c.Say {
				t.Errorf("%s: no clip says %q (%s): %s", lang, c.Say, c.Key, again)
			}
		}
		used := map[string]bool{}
		for key, e := range index {
			used[e.File] = true
			if !keys[key] {
				t.Errorf("%s: nothing asks for %q: %s", lang, key, again)
			}
		}
		files, err := fs.Glob(BuiltIn(), lang+"/*.opus")
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		for _, file := range files {
			if !used[filepath.Base(file)] {
				t.Errorf("%s is named by no key: %s", file, again)
			}
			b, err := fs.ReadFile(BuiltIn(), file)
			if err != nil {
				t.Fatal(err)
			}
			total += len(b)
		}
	}
	t.Logf("%d bytes of clips", total)
	if total > 5<<20 { // the kiosk's are four fifths
		t.Errorf("the clips are %d bytes, at most %d", total, 5<<20)
	}
}

// Every clip is a whole Ogg Opus file, as long as the index says.
func TestClipsAreWhole(t *testing.T) {
	for _, lang := range []string{"vi", "en"} {
		index, err := ReadIndex(BuiltIn(), lang)
		if err != nil {
			t.Fatal(err)
		}
		for key, e := range index {
			b, err := fs.ReadFile(BuiltIn(), lang+"/"+e.File)
			if err != nil {
				t.Errorf("%s: %q: %v", lang, key, err)
				continue
			}
			ms, err := oggLength(b)
			if err != nil || ms < e.MS-2 || ms > e.MS+2 || ms < 100 || ms > 15_000 {
				t.Errorf("%s: %q in %s lasts %d ms, want %d: %v", lang, key, e.File, ms, e.MS, err)
			}
		}
	}
}

// oggLength walks the pages of an Ogg Opus file and gives its length in
// milliseconds (RFC 7845: 48,000 positions a second, less the pre-skip).
func oggLength(b []byte) (int, error) {
	var granule uint64
	var skip, pages int
	for len(b) > 0 {
		if len(b) < 27 || string(b[:4]) != "OggS" {
			return 0, errors.New("not a page")
		}
		body := 27 + int(b[26])
		if len(b) < body {
			return 0, errors.New("a torn page")
		}
		size := body
		for _, lace := range b[27:body] {
			size += int(lace)
		}
		if len(b) < size {
			return 0, errors.New("a torn page")
		}
		if pages == 0 {
			if !strings.HasPrefix(string(b[body:]), "OpusHead") || b[body+9] != 1 {
				return 0, errors.New("not one channel of Opus")
			}
			skip = int(binary.LittleEndian.Uint16(b[body+10:]))
		}
		granule = binary.LittleEndian.Uint64(b[6:14])
		b, pages = b[size:], pages+1
	}
	if pages < 3 {
		return 0, errors.New("no sound in it")
	}
	return (int(granule) - skip) / 48, nil
}

func TestOggLengthFindsTornFiles(t *testing.T) {
	index, err := ReadIndex(BuiltIn(), "vi")
	if err != nil {
		t.Fatal(err)
	}
	b, err := fs.ReadFile(BuiltIn(), "vi/"+index["5"].File)
	if err != nil {
		t.Fatal(err)
	}
	for _, broken := range [][]byte{nil, b[:len(b)-1], b[10:], []byte("OggS")} {
		if _, err := oggLength(broken); err == nil {
			t.Errorf("%d bytes pass for a whole file", len(broken))
		}
	}
}

// What a voice must never be given, because it says something else.
func TestVoiceIsFedWords(t *testing.T) {
	for _, lang := range []string{"vi", "en"} {
		for _, c := range needed(t, lang) {
			if strings.ContainsAny(c.Say, "0123456789{}/\n·") || !strings.ContainsAny(c.Say[len(c.Say)-1:], ".,?") {
				t.Errorf("%s: the voice would be given %q for %q", lang, c.Say, c.Key)
			}
		}
	}
	say := map[string]string{}
	for _, c := range Needed("vi", []string{"Trước ông/bà có {n} người"}, []string{"Người từ 75 tuổi"}, South) {
		say[c.Key] = c.Say
	}
	for key, want := range map[string]string{"Trước ông/bà có,": "Trước ông bà có,", "Người từ 75 tuổi": "Người từ bảy mươi lăm tuổi.",
		"15": "mười lăm,", "24": "hai mươi bốn,", "&": "lẻ,", "8:": "tám giờ,", ":05": "năm phút,", "/4": "tháng tư,", "K": "ca,"} {
		if say[key] != want {
			t.Errorf("%q is said as %q, want %q", key, say[key], want)
		}
	}
}

// A hall's own recordings stand in for the built-in ones, file by file, and a
// language of its own needs no program.
func TestOwnClips(t *testing.T) {
	built, err := ReadIndex(BuiltIn(), "vi")
	if err != nil {
		t.Fatal(err)
	}
	own := fstest.MapFS{
		"vi/clips.json":         {Data: []byte(`{"5":{"file":"five.wav"},"Thuế phường":{"file":"gone.wav","say":"x"}}`)},
		"vi/five.wav":           {Data: []byte("five")},
		"vi/" + built["6"].File: {Data: []byte("six")},
		"tyz/clips.json":        {Data: []byte(`{"5":{"file":"5.opus"}}`)},
		"tyz/5.opus":            {Data: []byte("5")},
		"secret.wav":            {Data: []byte("x")},
	}
	l := NewLibrary(own)
	read := func(name string) string {
		b, err := l.File(name)
		if err != nil {
			return err.Error()
		}
		return string(b)
	}
	var index Index
	if err := json.Unmarshal([]byte(read("vi/clips.json")), &index); err != nil {
		t.Fatal(err)
	}
	if index["5"].File != "five.wav" || index["6"] != (Entry{File: built["6"].File, MS: built["6"].MS}) || len(index) != len(built)+1 {
		t.Errorf("the index has %d keys, 5: %v, 6: %v", len(index), index["5"], index["6"])
	}
	if got := read("vi/five.wav") + read("vi/"+built["6"].File) + read("tyz/5.opus"); got != "fivesix5" {
		t.Errorf("served %q", got)
	}
	if !strings.HasPrefix(read("vi/"+built["7"].File), "OggS") {
		t.Error("the built-in clip is not served")
	}
	for _, name := range []string{"../secret.wav", "vi/../secret.wav", "secret.wav", "vi/", "vi", "", "vi/.wav", "vi/five.txt", "/vi/five.wav", "xx/clips.json", "VI/five.wav"} {
		if _, err := l.File(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: %v", name, err)
		}
	}
	missing, err := l.Missing("vi", []Clip{{Key: "5"}, {Key: "6"}, {Key: "Thuế phường"}, {Key: "Nông nghiệp"}})
	if want := []string{"Nông nghiệp", "Thuế phường"}; err != nil || !slices.Equal(missing, want) {
		t.Errorf("missing %q, %v, want %q", missing, err, want)
	}
	own["vi/clips.json"].Data = []byte("{")
	if missing, err = l.Missing("vi", []Clip{{Key: "5"}}); err == nil || len(missing) > 0 {
		t.Errorf("a broken index: missing %q, error %v", missing, err)
	}
}

// Nothing outside the folder is served, whatever lies in it.
func TestOwnFolderKeepsInside(t *testing.T) {
	dir := t.TempDir()
	l := NewLibrary(Folder(filepath.Join(dir, "speech")))
	if _, err := l.File("vi/a.wav"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without the folder: %v", err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "speech", "vi"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"secret.wav": "secret", "speech/vi/a.wav": "a"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(dir, "secret.wav"), filepath.Join(dir, "speech", "vi", "b.wav")); err != nil {
		t.Fatal(err)
	}
	if b, err := l.File("vi/a.wav"); string(b) != "a" {
		t.Errorf("%q, %v", b, err)
	}
	if b, err := l.File("vi/b.wav"); err == nil {
		t.Errorf("a link out of the folder gave %q", b)
	}
}
