package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// CSV gives the rows of a CSV file as spreadsheets save it: with or without a
// byte order mark, in UTF-8 or UTF-16, parted by comma, semicolon or tab. Bytes
// that are neither are read as Windows-1252, which shows text typed with old
// Vietnamese fonts the way Excel shows it.
func CSV(r io.Reader) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		if err := readCSV(r, func(row Row) bool { return yield(row, nil) }); err != nil {
			yield(Row{}, err)
		}
	}
}

func readCSV(r io.Reader, yield func(Row) bool) error {
	data, err := readAll(r)
	if err != nil {
		return err
	}
	text, err := decoded(data)
	if err != nil {
		return err
	}
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma, reader.LazyQuotes, reader.FieldsPerRecord, reader.ReuseRecord = separator(text), true, -1, true
	inner, left := 0, MaxRows // line breaks inside cells so far: they make no rows
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		line, _ := reader.FieldPos(0)
		row := Row{First: true, N: line - inner}
		if row.Cells, err = csvCells(row.N, record); err != nil {
			return err
		}
		for _, field := range record {
			inner += strings.Count(field, "\n")
		}
		if len(row.Cells) == 0 {
			continue
		}
		if left--; left < 0 {
			return ErrTooLarge
		}
		if !yield(row) {
			return nil
		}
	}
}

func csvCells(n int, record []string) ([]Cell, error) {
	cells := make([]Cell, min(len(record), MaxColumns))
	for i := range cells {
		if len(record[i]) > MaxCell {
			return nil, cellError(n, i, ErrTooLarge)
		}
		cells[i].Text = strings.Clone(record[i])
	}
	cells, _ = trimmed(cells)
	return cells, nil
}

// decoded gives the text of a file without its byte order mark.
func decoded(data []byte) (string, error) {
	if rest, ok := bytes.CutPrefix(data, []byte("\ufeff")); ok {
		data = rest
	}
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
		return string(out), err
	}
	if utf8.Valid(data) {
		return string(data), nil
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(data)
	return string(out), err
}

// sample is how much of a file is looked at to find its separator.
const sample = 16 << 10

// separator is the candidate that stands most often outside quotes.
func separator(text string) rune {
	counts := map[rune]int{}
	quoted := false
	for i, r := range text {
		if i > sample {
			break
		}
		if r == '"' {
			quoted = !quoted
		} else if !quoted {
			counts[r]++
		}
	}
	best := ','
	for _, r := range ";\t" {
		if counts[r] > counts[best] {
			best = r
		}
	}
	return best
}
