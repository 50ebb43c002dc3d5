package dossier

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"motcua/server/sheet"
)

// kindOf is the kind of a file, by the end of its name; empty when it is none.
func kindOf(name string) string {
	name = strings.ToLower(name)
	for _, kind := range []string{".jsonl", ".xlsx", ".csv"} {
		if strings.HasSuffix(name, kind) {
			return kind
		}
	}
	return ""
}

// sink receives what a file holds, in its order.
type sink struct {
	record  func(record) error // an error ends the reading
	problem func(Problem)
	ignored func(name string) // a column or field that is not read
}

// read reads a file. What is wrong with it is a Problem; an error is the sink's.
func read(name string, r io.Reader, to sink) error {
	switch kindOf(name) {
	case ".jsonl":
		return readLines(r, to)
	case ".xlsx":
		return readTable(sheet.Read(r), to)
	case ".csv":
		return readTable(sheet.CSV(r), to)
	}
	to.problem(problem(Place{}, "", "", "file_kind"))
	return nil
}

func unreadable(to sink, err error) {
	kind := "file_broken"
	if errors.Is(err, sheet.ErrTooLarge) || errors.Is(err, bufio.ErrTooLong) {
		kind = "file_large"
	} else if errors.Is(err, sheet.ErrOldExcel) {
		kind = "file_old"
	}
	to.problem(problem(Place{}, "", "", kind))
}

func readTable(rows iter.Seq2[sheet.Row, error], to sink) error {
	var at layout
	var in string // the sheet being read
	looked, found, below := 0, false, false
	for row, err := range rows {
		if err != nil {
			unreadable(to, err)
			return nil
		}
		if row.Sheet != in {
			in, looked, below = row.Sheet, 0, false
		}
		if !below {
			if looked++; looked <= headingWithin {
				if l, ok := layoutOf(row); ok {
					at, below, found = l, true, true
					for _, title := range l.ignored {
						to.ignored(title)
					}
				}
			}
			continue
		}
		if r, ok := at.record(row); ok {
			if err := to.record(r); err != nil {
				return err
			}
		}
	}
	if !found {
		to.problem(problem(Place{}, "", "", "no_header"))
	}
	return nil
}

// record takes the known columns of a row; false for a row that holds none of
// them, and for the headings said again.
func (l *layout) record(row sheet.Row) (record, bool) {
	r := record{at: placeOf(row, -1), parts: map[string]value{}}
	for i, part := range l.parts {
		if i < len(row.Cells) && strings.TrimSpace(row.Cells[i].Text) != "" {
			r.parts[part] = value{row.Cells[i].Text, row.Cells[i].Number, placeOf(row, i)}
		}
	}
	if _, again := layoutOf(row); again || len(r.parts) == 0 {
		return r, false
	}
	return r, true
}

// Bounds of a file of JSON lines.
const (
	mostLine  = 64 << 10
	mostLines = sheet.MaxRows
)

func readLines(r io.Reader, to sink) error {
	in := bufio.NewScanner(io.LimitReader(r, sheet.MaxFile))
	in.Buffer(make([]byte, 16<<10), mostLine)
	for n := 1; in.Scan(); n++ {
		text := bytes.TrimSpace(bytes.TrimPrefix(in.Bytes(), []byte("\ufeff")))
		if len(text) == 0 {
			continue
		}
		if n > mostLines {
			unreadable(to, sheet.ErrTooLarge)
			return nil
		}
		if err := readObject(text, n, to); err != nil {
			return err
		}
	}
	if err := in.Err(); err != nil {
		unreadable(to, err)
	}
	return nil
}

// jsonParts are the fields an object may have.
var jsonParts = func() map[string]bool {
	parts := map[string]bool{}
	for _, c := range columns {
		parts[c.part] = c.part != partNumbering
	}
	return parts
}()

func readObject(text []byte, n int, to sink) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil || fields == nil {
		to.problem(problem(Place{Line: n}, "", "", "json"))
		return nil
	}
	r := record{at: Place{Line: n}, parts: map[string]value{}}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if !jsonParts[name] {
			to.ignored(clipped(line(name), 60))
			continue
		}
		at := Place{Line: n, Field: name}
		text, ok := jsonText(fields[name])
		if !ok {
			r.wrong = append(r.wrong, problem(at, "", name, "kind"))
			continue
		}
		r.parts[name] = value{text: text, at: at}
	}
	return to.record(r)
}

// jsonText gives a string, a number as it is written, or nothing for null.
func jsonText(raw json.RawMessage) (string, bool) {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s, true // of null too: ""
	}
	var n json.Number
	if json.Unmarshal(raw, &n) == nil {
		return string(n), true
	}
	return "", false
}
