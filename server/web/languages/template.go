package languages

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ErrTag is a name that no folder of a language can have.
var ErrTag = errors.New("a language is named by its code of two or three small letters, such as tyz (Tày), nut (Nùng) or hmn (H'Mông)")

// WriteTemplate makes the folder of a new language below dir, with every sentence
// of the visitors' screens in Vietnamese, to be translated where it stands, and
// the names of the settings. It gives the folder; what is there is not touched.
func WriteTemplate(dir, newTag, name string, static fs.FS, names []string) (string, error) {
	if !tag.MatchString(newTag) {
		return "", ErrTag
	}
	if newTag == "vi" || newTag == "en" {
		return "", fmt.Errorf("%s is built in", newTag)
	}
	tables, err := builtIn(static, "vi")
	if err != nil {
		return "", err
	}
	folder := filepath.Join(dir, newTag)
	if _, err := os.Stat(folder); err == nil {
		return "", fmt.Errorf("%s is there already", folder)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	write := func(file, text string) {
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, file), []byte(text), 0o644)
		}
	}
	write(aboutFile, object([][2]string{{"name", name}, {"short", name}}))
	for screen := range tables {
		lines, readErr := inOrder(static, screen)
		if readErr != nil {
			return "", readErr
		}
		write(screen+".json", object(lines))
	}
	own := map[string]string{}
	for _, n := range names {
		own[n] = n
	}
	var lines [][2]string
	for _, n := range slices.Sorted(maps.Keys(own)) {
		lines = append(lines, [2]string{n, n})
	}
	write(namesFile+".json", object(lines))
	return folder, err
}

// inOrder gives a table of ours in the order it is written in.
func inOrder(static fs.FS, screen string) ([][2]string, error) {
	raw, err := fs.ReadFile(static, "i18n/"+screen+".vi.json")
	if err != nil {
		return nil, err
	}
	all, err := parse(raw)
	var lines [][2]string
	for _, s := range all {
		lines = append(lines, [2]string{s.key, s.text})
	}
	return lines, err
}

// object writes a table as people edit it: a line for each sentence.
func object(lines [][2]string) string {
	var b strings.Builder
	for i, line := range lines {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, "\n  %s: %s", quoted(line[0]), quoted(line[1]))
	}
	return "{" + b.String() + "\n}\n"
}

func quoted(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(err) // a text
	}
	return strings.TrimSuffix(b.String(), "\n")
}
