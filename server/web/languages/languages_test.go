package languages

import (
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"motcua/server/web"
)

func static(t testing.TB) fs.FS {
	t.Helper()
	sub, err := fs.Sub(web.FS, "static")
	if err != nil {
		t.Fatal(err)
	}
	return sub
}

// open reads a folder of files by name, and gives what is logged.
func open(t testing.TB, files map[string]string) (*Library, fstest.MapFS, *strings.Builder) {
	t.Helper()
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	var log strings.Builder
	l, err := New(folder, static(t), func(tag string) bool { return tag == "tyz" }, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return l, folder, &log
}

func table(t *testing.T, l *Library, screen, tag string) map[string]string {
	t.Helper()
	raw, err := l.Table(screen, tag)
	if err != nil {
		t.Fatalf("%s.%s: %v", screen, tag, err)
	}
	texts := map[string]string{}
	if err := json.Unmarshal(raw, &texts); err != nil {
		t.Fatal(err)
	}
	return texts
}

// A folder of texts is a language; what is not translated is not there, and what
// could mislead is not shown.
func TestAFolderIsALanguage(t *testing.T) {
	l, folder, _ := open(t, map[string]string{
		"tyz/language.json": `{"name": "Tày"}`,
		"tyz/kiosk.json": "\xef\xbb\xbf" + `{
  "k.conf.yes": "Au số",
  "k.tile.wait": "{n} gần",
  "k.help": "",
  "k.nowhere": "x",
  "k.pri": "` + "Ăn a\u0301" + `",
  "k.conf.no": "` + strings.Repeat("slảu ", 9) + `"
}`,
		"tyz/names.json":         `{"Hộ tịch": "Hộ tịch Tày"}`,
		"tyz/notes.txt":          "to do",
		"tyz/kiosks.json":        `{`,
		"hmn/language.json":      `{"name": "Hmoob", "short": "H"}`,
		"vi/language.json":       `{"name": "Việt"}`,
		"Bad Name/language.json": `{"name": "x"}`,
	})
	var index []Language
	if err := json.Unmarshal(l.Index(), &index); err != nil {
		t.Fatal(err)
	}
	want := []Language{{"vi", "Tiếng Việt", "Tiếng Việt", true}, {"en", "English", "English", true}, {"hmn", "Hmoob", "H", false}, {"tyz", "Tày", "Tày", true}}
	if !slices.Equal(index, want) {
		t.Errorf("the languages are %v", index)
	}
	if got := table(t, l, "kiosk", "tyz"); !maps.Equal(got, map[string]string{"k.conf.yes": "Au số", "k.pri": "Ăn á", "k.conf.no": strings.Repeat("slảu ", 9)}) {
		t.Errorf("the kiosk's table is %v", got)
	}
	if got := table(t, l, "names", "tyz"); got["Hộ tịch"] != "Hộ tịch Tày" {
		t.Errorf("the names are %v", got)
	}
	if got := table(t, l, "board", "tyz"); len(got) > 0 {
		t.Errorf("the board's table is %v", got)
	}
	for _, none := range [][2]string{{"kiosk", "vi"}, {"kiosk", "nut"}, {"desk", "tyz"}, {"language", "tyz"}, {"../x", "tyz"}, {"kiosk", "../tyz"}} {
		if raw, err := l.Table(none[0], none[1]); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%v gives %s, %v", none, raw, err)
		}
	}
	r := l.Check()[1]
	for what, list := range map[string][]string{"kiosk.json:3 k.tile.wait": r.Places, "kiosk.json:5 k.nowhere": r.Unknown,
		"kiosk.json:6 k.pri": r.NotNFC, "kiosk.json:7 k.conf.no": r.Long, "kiosks.json": r.Strange} {
		if !slices.Equal(list, []string{what}) {
			t.Errorf("%s: the report says %v", what, list)
		}
	}
	if r.Texts != 3 || r.Of < 100 || len(r.Missing) != r.Of-3 || !slices.Contains(r.Missing, "kiosk.json k.help") {
		t.Errorf("%d texts of %d, %d missing", r.Texts, r.Of, len(r.Missing))
	}

	// What is edited counts at once, what is removed goes; its tickets stay.
	folder["tyz/kiosk.json"] = &fstest.MapFile{Data: []byte(`{"k.conf.yes": "Au"}`), ModTime: time.Unix(1, 0)}
	if got := table(t, l, "kiosk", "tyz"); got["k.conf.yes"] != "Au" {
		t.Errorf("after an edit the table is %v", got)
	}
	delete(folder, "hmn/language.json")
	if strings.Contains(string(l.Index()), "hmn") || !l.Known("hmn") || l.Known("nut") || !l.Known("vi") {
		t.Errorf("after the removal: %s", l.Index())
	}
}

// A slip of the editor leaves the language out, and is named by file and line.
func TestSlips(t *testing.T) {
	const about = `{"name": "Tày"}`
	for text, says := range map[string]string{
		"{\n  \"k.help\": \"a\"\n  \"k.pri\": \"b\"\n}":             "kiosk.json: line 3: ",
		"{\n  \"k.help\": \"a\",\n}":                                "kiosk.json: line 3: ",
		"{\n  \"k.help\": \"a\n\",\n}":                              "kiosk.json: line 2: ",
		"{\n  \"k.help\": \"a\"\n\n":                                "kiosk.json: line 4: the file ends too early",
		"{\n  \"k.help\": [\"a\"]\n}":                               "kiosk.json: line 2: \"k.help\" is not followed by a text",
		"{\n  \"k.help\": \"a\",\n  \"k.help\": \"b\"\n}":           "kiosk.json: line 3: \"k.help\" stands here a second time",
		"{\n  \"k.help\": \"a\\u0007\"\n}":                          "kiosk.json: line 2: the text of \"k.help\" holds a control",
		"{\n  \"k.help\": \"" + strings.Repeat("a", 2001) + "\"\n}": "longer than 2000",
		"{\n\n  \"k.help\": \"\xe0y\"\n}":                           "kiosk.json: line 3: not saved as UTF-8",
		"[]":                                                        "kiosk.json: line 1: a table begins with {",
		"":                                                          "kiosk.json: line 1: the file ends",
		"{} x":                                                      "kiosk.json: line 1: something follows",
		"{\"k.help\": \"" + strings.Repeat("a", 300<<10) + "\"}": "larger than 256 KB",
	} {
		l, _, log := open(t, map[string]string{"tyz/language.json": about, "tyz/kiosk.json": text})
		r := l.Check()
		if len(r) != 1 || r[0].Broken == nil || !strings.Contains(r[0].Broken.Error(), says) {
			t.Errorf("%.60q: %v, want %q", text, r[0].Broken, says)
		}
		if strings.Contains(string(l.Index()), "tyz") || !strings.Contains(log.String(), "left out") {
			t.Errorf("%.60q is offered; logged: %s", text, log)
		}
		if _, err := l.Table("kiosk", "tyz"); err == nil {
			t.Errorf("%.60q is served", text)
		}
	}
	for about, says := range map[string]string{`{}`: `"name" is missing`, `{"name": "` + strings.Repeat("a", 25) + `"}`: "longer than 24", `{"name": "Tiếng Tày Bắc Sơn"}`: `"short"`} {
		if l, _, _ := open(t, map[string]string{"tyz/language.json": about}); l.Check()[0].Broken == nil || !strings.Contains(l.Check()[0].Broken.Error(), says) {
			t.Errorf("%s: %v", about, l.Check()[0].Broken)
		}
	}
	files := map[string]string{}
	for _, x := range []string{"aa", "bb", "cc", "dd", "ee", "ff", "gg"} {
		files[x+"/language.json"] = about
	}
	l, _, _ := open(t, files)
	if strings.Contains(string(l.Index()), "gg") || !strings.Contains(string(l.Index()), "ff") || l.Check()[6].Broken == nil {
		t.Errorf("seven further languages: %s", l.Index())
	}
}

// No folder is no language, and no reason to stop.
func TestNoFolder(t *testing.T) {
	for _, folder := range []fs.FS{nil, os.DirFS(filepath.Join(t.TempDir(), "none"))} {
		l, err := New(folder, static(t), nil, slog.New(slog.DiscardHandler))
		if err != nil || strings.Count(string(l.Index()), `"tag"`) != 2 || len(l.Check()) != 0 {
			t.Errorf("%v: %s", err, l.Index())
		}
	}
}

// The template is a language with nothing to mend and everything to translate.
func TestTemplate(t *testing.T) {
	dir := t.TempDir()
	folder, err := WriteTemplate(dir, "tyz", "Tày", static(t), []string{"Hộ tịch", "Đất đai", "Hộ tịch"})
	if err != nil {
		t.Fatal(err)
	}
	l, err := New(os.DirFS(dir), static(t), func(string) bool { return false }, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	r := l.Check()[0]
	if r.Broken != nil || r.Texts != 0 || len(r.Unknown)+len(r.Places)+len(r.Long)+len(r.NotNFC)+len(r.Strange) > 0 {
		t.Errorf("the template has faults: %+v", r)
	}
	if got := table(t, l, "names", "tyz"); len(got) != 2 {
		t.Errorf("the names are %v", got)
	}
	raw, err := os.ReadFile(filepath.Join(folder, "kiosk.json"))
	if err != nil || !strings.HasPrefix(string(raw), "{\n  \"k.title\": \"Lấy số thứ tự\",\n") {
		t.Errorf("kiosk.json begins %.80s: %v", raw, err)
	}
	if _, err := os.Stat(filepath.Join(folder, "desk.json")); err == nil {
		t.Error("the staff's screens are to be translated")
	}
	for _, bad := range []string{"tyz", "vi", "Tày", "../x", ""} {
		if _, err := WriteTemplate(dir, bad, "x", static(t), nil); err == nil {
			t.Errorf("%q was made", bad)
		}
	}
}

// tried are long in English all the same: the tests of the kiosk's shape measure
// each of them in English on every glass.
var tried = []string{"k.done.undo", "k.done.sub0", "k.tile.full.pm", "k.full.h.pm"}

// Our own English obeys the rules that are asked of others, staff's screens too.
func TestEnglishKeepsTheRules(t *testing.T) {
	files, err := fs.Glob(static(t), "i18n/*.vi.json")
	if err != nil || len(files) < 5 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		read := func(name string) map[string]string {
			raw, err := fs.ReadFile(static(t), name)
			if err != nil {
				t.Fatal(err)
			}
			all, err := parse(raw)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			texts := map[string]string{}
			for _, s := range all {
				texts[s.key] = s.text
			}
			return texts
		}
		vi, en := read(file), read(strings.Replace(file, ".vi.", ".en.", 1))
		for key, text := range vi {
			if TooLong(en[key], text) != slices.Contains(tried, key) {
				t.Errorf("%s: the English is too long for the place of %q, or need not stand in the list of those: %q", key, text, en[key])
			}
			if !SamePlaces(en[key], text) {
				t.Errorf("%s has other places in English: %q, %q", key, text, en[key])
			}
		}
	}
	if !TooLong(strings.Repeat("a", 43), strings.Repeat("a", 30)) || TooLong(strings.Repeat("a", 42), strings.Repeat("a", 30)) || TooLong("abcdefghijklmno", "abc") {
		t.Error("the rule of length is another one")
	}
}

// Whatever stands in a file, it is read or refused with a line of the file.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{`{}`, `{"a":"b"}`, `{"a":"b",}`, "{\n\"a\" \"b\"}", `{"a":{}}`, `[`, "\xef\xbb\xbf{}", "{\"a\":\"\xff\"}", `{"a":"\ud800"}`, `{"a":1e999}`, `{"a":"b"} {}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		all, err := parse(raw)
		var at *lineError
		if errors.As(err, &at) && (at.line < 1 || at.line > 1+strings.Count(string(raw), "\n")) {
			t.Errorf("%v in %d lines", err, 1+strings.Count(string(raw), "\n"))
		}
		if err != nil {
			return
		}
		texts := map[string]string{}
		if err := json.Unmarshal([]byte(strings.TrimPrefix(string(raw), "\xef\xbb\xbf")), &texts); err != nil || len(texts) != len(all) {
			t.Errorf("read %d sentences where there are %d: %v", len(all), len(texts), err)
		}
		for _, s := range all {
			if texts[s.key] != s.text {
				t.Errorf("%q is read as %q", texts[s.key], s.text)
			}
		}
	})
}
