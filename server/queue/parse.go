package queue

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"
)

// MaxSettings is the size of the largest settings document, in bytes.
const MaxSettings = 1 << 20

// fieldPattern is how every field of the document is spelled, ids of half-days included.
var fieldPattern = regexp.MustCompile(`^[a-z0-9_-]{1,32}$`)

// ParseSettings reads a settings document. Unknown and repeated fields, text
// that is not UTF-8 and anything after the document are errors (SettingsInvalid).
// It checks the form only; Validate checks what it says.
func ParseSettings(document []byte) (Settings, error) {
	if len(document) > MaxSettings {
		return Settings{}, Refuse(SettingsInvalid, "the document is larger than 1 MiB")
	}
	if !utf8.Valid(document) {
		return Settings{}, Refuse(SettingsInvalid, "the document is not UTF-8")
	}
	if err := refuseRepeats(document); err != nil {
		return Settings{}, Refuse(SettingsInvalid, err.Error())
	}
	var s Settings
	d := json.NewDecoder(bytes.NewReader(document))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return Settings{}, Refuse(SettingsInvalid, fmt.Sprintf("%.300s", strings.TrimPrefix(err.Error(), "json: ")))
	}
	return s, nil
}

// refuseRepeats walks the document's tokens: it must be one object, and no
// object in it may name a field twice or in another spelling. The standard
// decoder takes the last of two, and "ID" for "id", so that a person and the
// program could read the same document differently.
func refuseRepeats(document []byte) error {
	d := json.NewDecoder(bytes.NewReader(document))
	d.UseNumber()
	var open []*level
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && len(open) == 0 {
			return errors.New("the document is empty")
		}
		if err != nil {
			return err
		}
		if len(open) > 0 {
			if err := open[len(open)-1].take(token); err != nil {
				return err
			}
		}
		switch token {
		case json.Delim('{'):
			open = append(open, &level{object: true, names: map[string]bool{}})
		case json.Delim('['):
			open = append(open, &level{})
		case json.Delim('}'), json.Delim(']'):
			open = open[:len(open)-1]
		}
		if len(open) == 0 {
			return onlyOneObject(token, d)
		}
	}
}

func onlyOneObject(last json.Token, d *json.Decoder) error {
	if last != json.Delim('}') {
		return errors.New("the document is not an object")
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands after the document")
	}
	return nil
}

// level is one object or list on the way down to a token.
type level struct {
	object bool
	value  bool // the next token is a value, not a name
	names  map[string]bool
}

// take notes the next token of a level; its own closing bracket is none of its names.
func (l *level) take(token json.Token) error {
	if !l.object || token == json.Delim('}') {
		return nil
	}
	if l.value {
		l.value = false
		return nil
	}
	name, _ := token.(string)
	if !fieldPattern.MatchString(name) {
		return fmt.Errorf("unknown field %.40q", name)
	}
	if l.names[name] {
		return fmt.Errorf("the field %q is given twice", name)
	}
	l.names[name] = true
	l.value = true
	return nil
}
