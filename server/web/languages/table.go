package languages

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of what is read from a hall's folder. The largest table of ours has a
// tenth of them.
const (
	maxFile = 256 << 10 // bytes
	maxText = 2000      // characters
)

// sentence is one line of a table, as somebody wrote it.
type sentence struct {
	key, text string
	line      int
}

// lineError is a fault at a line of a file.
type lineError struct {
	line int
	what string
}

func (e *lineError) Error() string { return fmt.Sprintf("line %d: %s", e.line, e.what) }

// parse reads a table: one JSON object of texts. It is stricter than JSON where
// a slip of the editor would go unnoticed, such as a key that stands twice.
func parse(raw []byte) ([]sentence, error) {
	if len(raw) > maxFile {
		return nil, fmt.Errorf("larger than %d KB", maxFile>>10)
	}
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")) // Notepad's mark
	at := func(offset int) int { return 1 + bytes.Count(raw[:min(offset, len(raw))], []byte("\n")) }
	if i := invalid(raw); i >= 0 {
		return nil, &lineError{at(i), "not saved as UTF-8"}
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	fault := func(err error) error { return &lineError{at(faultAt(err, d, raw)), plain(err)} }
	if open, err := d.Token(); err != nil {
		return nil, fault(err)
	} else if open != json.Delim('{') {
		return nil, &lineError{1, "a table begins with {"}
	}
	var all []sentence
	seen := map[string]bool{}
	for d.More() {
		s, err := next(d, at)
		if err != nil {
			var known *lineError
			if errors.As(err, &known) {
				return nil, err
			}
			return nil, fault(err)
		}
		if seen[s.key] {
			return nil, &lineError{s.line, fmt.Sprintf("%q stands here a second time", s.key)}
		}
		seen[s.key] = true
		all = append(all, s)
	}
	if _, err := d.Token(); err != nil {
		return nil, fault(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, &lineError{at(int(d.InputOffset())), "something follows the closing }"}
	}
	return all, nil
}

// next reads one key with its text.
func next(d *json.Decoder, at func(int) int) (sentence, error) {
	key, err := d.Token()
	if err != nil {
		return sentence{}, err
	}
	s := sentence{line: at(int(d.InputOffset()))}
	s.key, _ = key.(string) // the decoder lets nothing else be a key
	value, err := d.Token()
	if err != nil {
		return s, err
	}
	text, ok := value.(string)
	switch {
	case !ok:
		return s, &lineError{s.line, fmt.Sprintf("%q is not followed by a text in quotes", s.key)}
	case utf8.RuneCountInString(text) > maxText:
		return s, &lineError{s.line, fmt.Sprintf("the text of %q is longer than %d characters", s.key, maxText)}
	case strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }):
		return s, &lineError{s.line, fmt.Sprintf("the text of %q holds a control character", s.key)}
	}
	s.text = text
	return s, nil
}

// invalid is the place of the first byte that is no UTF-8, or -1.
func invalid(raw []byte) int {
	for i := 0; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// faultAt is where a fault was found. Blanks before it do not count: a comma that
// is missing is missed at the next key, on the line below or further.
func faultAt(err error, d *json.Decoder, raw []byte) int {
	var syntax *json.SyntaxError
	at := int(d.InputOffset())
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return len(raw)
	case errors.As(err, &syntax):
		at = max(at, int(syntax.Offset)-1)
	}
	for at < len(raw) && strings.ContainsRune(" \t\r\n", rune(raw[at])) {
		at++
	}
	return at
}

// plain says what is wrong for somebody who does not know JSON by heart.
func plain(err error) string {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return "the file ends too early: a quote or the closing } is missing"
	}
	return err.Error() + " (look for a comma or a quote that is missing here or one line above)"
}
