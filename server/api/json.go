package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"motcua/server/queue"
)

// fields names the members an object may have and where their values go.
type fields map[string]any

// decode reads one JSON object strictly: exactly these fields in this spelling,
// none twice, nothing behind the object. An empty body counts as {}. The
// standard decoder alone would take "SERVICE" for "service", the last of two
// equal fields, and bytes that are no UTF-8.
func decode(body []byte, into fields) error {
	if len(bytes.TrimSpace(body)) == 0 {
		return nil
	}
	if !utf8.Valid(body) {
		return refuse(codeBadJSON, "not UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields() // of objects within
	if err := expect(d, json.Delim('{')); err != nil {
		return err
	}
	seen := map[string]bool{}
	for d.More() {
		name, err := name(d)
		if err != nil {
			return err
		}
		to, known := into[name]
		if !known || seen[name] {
			return refuse(codeUnknownField, clip(name))
		}
		seen[name] = true
		if err := d.Decode(to); err != nil {
			return refuse(codeBadJSON, clip(name))
		}
	}
	if err := expect(d, json.Delim('}')); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return refuse(codeBadJSON, "something behind the object")
	}
	return nil
}

func expect(d *json.Decoder, want json.Delim) error {
	if got, err := d.Token(); err != nil || got != want {
		return refuse(codeBadJSON, "not an object")
	}
	return nil
}

func name(d *json.Decoder) (string, error) {
	token, err := d.Token()
	name, ok := token.(string)
	if err != nil || !ok {
		return "", refuse(codeBadJSON, "not an object")
	}
	return name, nil
}

// clip bounds what of a client's text comes back in a problem.
func clip(s string) string {
	if len(s) <= 40 {
		return s
	}
	cut := 40
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut]
}

// text checks a string of a client: at most max characters, nothing invisible,
// valid UTF-8; it gives the NFC form.
func text(name, value string, max int) (string, error) {
	if len(value) > 4*max+16 || !utf8.ValidString(value) {
		return "", refuse(queue.BadParameter, name)
	}
	value = norm.NFC.String(value)
	if utf8.RuneCountInString(value) > max {
		return "", refuse(queue.BadParameter, name)
	}
	for _, r := range value {
		if unicode.IsControl(r) || r == '\uFFFD' {
			return "", refuse(queue.BadParameter, name)
		}
	}
	return value, nil
}

// word is a string that ids and codes are made of; empty is allowed.
func word(name, value string, max int) (string, error) {
	if len(value) > max {
		return "", refuse(queue.BadParameter, name)
	}
	for i := 0; i < len(value); i++ {
		if value[i] <= ' ' || value[i] > '~' {
			return "", refuse(queue.BadParameter, name)
		}
	}
	return value, nil
}
