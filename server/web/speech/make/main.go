// Command make renders the clips of server/web/speech with espeak-ng and packs
// them with opusenc (Debian: espeak-ng, opus-tools). A clip whose words have not
// changed stays as it is; one that nothing needs any more is removed.
//
//	go run ./server/web/speech/make
//	go run ./server/web/speech/make -names hall.tsv -out DATA/speech   a hall's own names
//	go run ./server/web/speech/make -voice say-it -out DATA/speech     everything, in another voice
//
// It runs at a desk, before a release or for one hall, never on the server. The
// voice is a program of its own (GPL); what is kept is what it says.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"motcua/server/queue"
	"motcua/server/web"
	"motcua/server/web/speech"
	"motcua/server/wire"
)

func main() {
	out := flag.String("out", "server/web/speech/clips", "folder of the clips; the hall's own lie in DATA/speech")
	names := flag.String("names", "", "file with the hall's own names, a line each: Vietnamese, tab, English; only these are rendered")
	south := flag.Bool("south", false, "numbers as the South says them: lẻ, ngàn, bốn")
	named := flag.String("voice", "", "a better speech program: gets the language as its argument and words at its input, answers with WAV (docs/speech.md); needs -out")
	flag.Parse()
	region := speech.North
	if *south {
		region = speech.South
	}
	if *named != "" && !isSet("out") {
		fmt.Fprintln(os.Stderr, "-voice needs -out: the built-in clips are said by espeak-ng")
		os.Exit(1)
	}
	by, err := speakerOf(*named)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, lang := range []string{"vi", "en"} {
		needed, err := wanted(lang, *names, region)
		if err == nil {
			err = render(filepath.Join(*out, lang), needed, by, *names != "" || *named != "")
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// isSet tells whether a flag was given.
func isSet(name string) bool {
	found := false
	flag.Visit(func(f *flag.Flag) { found = found || f.Name == name })
	return found
}

// wanted is what there is to say: everything, or a hall's names alone.
func wanted(lang, names string, region speech.Region) ([]speech.Clip, error) {
	if names != "" {
		return ownNames(lang, names, region)
	}
	static, err := fs.Sub(web.FS, "static")
	if err != nil {
		return nil, err
	}
	texts, err := speech.Texts(static, lang)
	if err != nil {
		return nil, err
	}
	return speech.Needed(lang, texts, readyNames(lang), region), nil
}

// readyNames are the names in the settings a hall starts with.
func readyNames(lang string) []string {
	return append(wire.SpokenNames(queue.DemoSettings(), lang), wire.SpokenNames(queue.ProductionSettings(""), lang)...)
}

func ownNames(lang, file string, region speech.Region) ([]speech.Clip, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list []string
	for line := range strings.Lines(string(b)) {
		vi, en, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if lang == "en" && en != "" {
			vi = en
		}
		list = append(list, vi)
	}
	usual := map[string]bool{}
	for _, c := range speech.Needed(lang, nil, nil, speech.North) {
		usual[c.Key] = true
	}
	var own []speech.Clip
	for _, c := range speech.Needed(lang, nil, list, region) {
		if !usual[c.Key] || region == speech.South {
			own = append(own, c)
		}
	}
	return own, nil
}

// render brings a folder in line with what is needed. A hall's folder is added to:
// what lies there may have been recorded by people.
func render(dir string, needed []speech.Clip, by *program, add bool) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	before, err := speech.ReadIndex(os.DirFS(filepath.Dir(dir)), filepath.Base(dir))
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	lengths := map[string]int{}
	for _, e := range before {
		lengths[e.File] = e.MS
	}
	index, made := speech.Index{}, 0
	if add {
		maps.Copy(index, before)
	}
	for _, c := range needed {
		file := by.nameOf(c)
		if _, err := os.Stat(filepath.Join(dir, file)); err != nil || lengths[file] == 0 {
			if lengths[file], err = by.record(c, filepath.Join(dir, file)); err != nil {
				return fmt.Errorf("%q: %w", c.Say, err)
			}
			made++
		}
		index[c.Key] = speech.Entry{File: file, MS: lengths[file], Say: c.Say}
	}
	if err := writeIndex(filepath.Join(dir, "clips.json"), index); err != nil || add {
		fmt.Printf("%s: %d keys, %d clips made\n", dir, len(index), made)
		return err
	}
	removed, err := sweep(dir, index)
	fmt.Printf("%s: %d keys, %d clips made, %d removed\n", dir, len(index), made, removed)
	return err
}

// writeIndex writes one key a line, sorted: a change of words is one line of a diff.
func writeIndex(path string, index speech.Index) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(index); err != nil {
		return err
	}
	lines := strings.NewReplacer("{\n  ", "{", ",\n  ", ", ", "\n },", "},", "\n }\n}", "}\n}").Replace(b.String())
	return os.WriteFile(path, []byte(lines), 0o644)
}

// sweep removes the recordings that no key names.
func sweep(dir string, index speech.Index) (int, error) {
	used := map[string]bool{}
	for _, e := range index {
		used[e.File] = true
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.opus"))
	if err != nil {
		return 0, err
	}
	removed := 0
	for _, file := range files {
		if used[filepath.Base(file)] {
			continue
		}
		if err := os.Remove(file); err != nil {
			return removed, err
		}
		removed++
	}
	return removed, nil
}
