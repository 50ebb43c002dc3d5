package catalogue

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"

	"motcua/server/sheet"
)

// Bounds of a file of JSON lines.
const (
	maxLine  = 1 << 20
	maxLines = sheet.MaxRows
	maxBytes = sheet.MaxUnzipped
)

// line is a record as JSON: a Procedure, or the portal's shape of it.
type line struct {
	Procedure
	Code    json.RawMessage `json:"code"`
	Results []result        `json:"results"`
}

// result is a result's name, alone or with its code, which nobody shows.
type result string

func (r *result) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '{' {
		var named struct {
			Name string `json:"name"`
		}
		err := json.Unmarshal(b, &named)
		*r = result(named.Name)
		return err
	}
	return json.Unmarshal(b, (*string)(r))
}

// partNames are the parts of a procedure by their JSON names.
var partNames = func() map[string]bool {
	names := map[string]bool{}
	for f := range reflect.TypeFor[Procedure]().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		names[name] = true
	}
	return names
}()

func readLines(r io.Reader, sink Sink) error {
	in := bufio.NewScanner(io.LimitReader(r, maxBytes))
	in.Buffer(make([]byte, 64<<10), maxLine)
	said := map[string]bool{}
	for n := 1; in.Scan(); n++ {
		text := in.Bytes()
		if n == 1 {
			text = bytes.TrimPrefix(text, []byte("\ufeff"))
		}
		if text = bytes.TrimSpace(text); len(text) == 0 {
			continue
		}
		if n > maxLines {
			return unreadable(sink, sheet.ErrTooLarge)
		}
		if err := readLine(text, Place{Row: n}, said, sink); err != nil {
			return err
		}
	}
	if err := in.Err(); errors.Is(err, bufio.ErrTooLong) {
		return unreadable(sink, sheet.ErrTooLarge)
	} else if err != nil {
		return unreadable(sink, err)
	}
	return nil
}

// readLine reads one record; said are the unknown fields told of already.
func readLine(text []byte, at Place, said map[string]bool, sink Sink) error {
	var l line
	err := json.Unmarshal(text, &l)
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong) && wrong.Field != "":
		at.Field = wrong.Field
		sink.Problem(problem(at, "kind", wrong.Field))
		at.Field = ""
	case err != nil:
		sink.Problem(problem(at, "bad_json", shortened(err.Error())))
		return nil
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil || fields == nil {
		sink.Problem(problem(at, "bad_json", "null"))
		return nil
	}
	parts := map[string]bool{}
	for name := range fields {
		parts[name] = true
		if !partNames[name] && !said[name] {
			said[name] = true
			at.Field = shortened(name)
			sink.Problem(problem(at, "unknown", shortened(name)))
		}
	}
	p := l.Procedure
	p.Withdrawn = false // a file says what is, not what is hidden
	for _, r := range l.Results {
		p.Results = append(p.Results, string(r))
	}
	code, number := codeText(l.Code)
	c := &checker{sink: sink, at: func(part string) Place { return Place{Row: at.Row, Field: fieldOf(part)} }}
	if !c.check(&p, code, number) {
		return nil
	}
	return sink.Record(Record{Procedure: p, Raw: string(text), Place: Place{Row: at.Row}, Parts: parts})
}

// codeText gives a code that should be a string; a number loses its zeros.
func codeText(raw json.RawMessage) (string, bool) {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s, false
	}
	return string(raw), true
}

// fieldOf is where a record as JSON has a part.
func fieldOf(part string) string {
	switch part {
	case "time", "fee", "note", "mode":
		return "channels"
	}
	return part
}
