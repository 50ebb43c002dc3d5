package catalogue

import (
	"compress/gzip"
	"errors"
	"io"
	"strings"

	"motcua/server/sheet"
)

// Record is one procedure of a file.
type Record struct {
	Procedure Procedure
	Raw       string // the record as it came: a JSON line, or its cells by heading as JSON
	Place     Place
	// Parts are those the file speaks of, by their JSON names; nil for all. A list
	// with five columns does not take the documents away from a full record.
	Parts map[string]bool
}

// Sink receives what a file holds, in its order.
type Sink struct {
	Record  func(Record) error // an error ends the reading and is what Read returns
	Problem func(Problem)
	// Convert uses the Unicode text where a cell was typed with an old font,
	// instead of telling only what it would be.
	Convert bool
}

// ErrKind is a file of a kind that cannot be imported.
var ErrKind = errors.New("the file must end in .xlsx, .csv, .jsonl or .jsonl.gz")

// Kinds of files, by the end of their name.
func kindOf(name string) string {
	name = strings.ToLower(name)
	for _, kind := range []string{".jsonl.gz", ".jsonl", ".xlsx", ".csv"} {
		if strings.HasSuffix(name, kind) {
			return kind
		}
	}
	return ""
}

// Read reads a file of procedures; its name says what kind it is. What is wrong
// with its content is a Problem; an error is one of the sink, or ErrKind.
func Read(name string, r io.Reader, sink Sink) error {
	switch kindOf(name) {
	case ".jsonl":
		return readLines(r, sink)
	case ".jsonl.gz":
		z, err := gzip.NewReader(r)
		if err != nil {
			return unreadable(sink, err)
		}
		return readLines(z, sink)
	case ".xlsx":
		return readTable(sheet.Read(r), sink)
	case ".csv":
		return readTable(sheet.CSV(r), sink)
	}
	return ErrKind
}

// unreadable tells why a file could not be read to its end.
func unreadable(sink Sink, err error) error {
	vi := map[error]string{
		sheet.ErrTooLarge: "tệp hoặc một ô lớn hơn mức cho phép",
		sheet.ErrOldExcel: "đây là tệp .xls hoặc tệp có mật khẩu; mở bằng Excel và lưu lại thành .xlsx không có mật khẩu",
		sheet.ErrNotSheet: "tệp không phải .xlsx hoặc bị hỏng",
	}
	said := "tệp bị hỏng hoặc bị cắt giữa chừng"
	for known, words := range vi {
		if errors.Is(err, known) {
			said = words
		}
	}
	sink.Problem(problem(Place{}, "file", said, strings.ReplaceAll(err.Error(), "\n", ": ")))
	return nil
}
