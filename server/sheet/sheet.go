// Package sheet is the one home of the spreadsheet library: it reads the tables
// officials keep (XLSX, CSV) row by row, and writes templates and reports. What
// it reads comes from anywhere, so everything is bounded.
package sheet

import (
	"errors"
	"fmt"
	"io"
)

// Bounds of a file. Officials' lists of procedures are below a tenth of each.
const (
	MaxFile     = 64 << 20  // bytes of the file as it came
	MaxUnzipped = 512 << 20 // bytes of all its parts unpacked
	MaxRows     = 50_000    // rows with something in them
	MaxColumns  = 256       // what stands further right is not read
	MaxCell     = 64 << 10  // bytes of one cell
)

// The errors a person can do something about; others name what was met.
var (
	ErrTooLarge = errors.New("the file is larger than a table of this kind can be")
	ErrOldExcel = errors.New("this is an .xls or a file with a password: open it in Excel and save it as .xlsx without one")
	ErrNotSheet = errors.New("this is not an .xlsx file, or it is damaged")
)

// Cell is what one cell shows.
type Cell struct {
	Text string
	// Number tells that the spreadsheet holds a number, not text: zeros at the end
	// of a code kept so are gone. A CSV file cannot tell: false.
	Number bool
}

// Row is one row that has something in it.
type Row struct {
	Sheet string // name of the sheet; empty in a CSV file
	First bool   // the sheet is the file's first
	N     int    // its number as the spreadsheet program shows it, from 1
	Cells []Cell // from column A; empty cells at the end are left out
}

// Text gives the text of a column counted from 0; empty when there is none.
func (r Row) Text(column int) string {
	if column < 0 || column >= len(r.Cells) {
		return ""
	}
	return r.Cells[column].Text
}

// Column names a column counted from 0 as spreadsheets do: A … Z, AA …
func Column(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

// readAll reads at most MaxFile bytes.
func readAll(r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return nil, err
	}
	if len(b) > MaxFile {
		return nil, ErrTooLarge
	}
	return b, nil
}

// cellError says which cell broke a bound.
func cellError(n, column int, err error) error {
	return fmt.Errorf("row %d, column %s: %w", n, Column(column), err)
}

// trimmed drops the empty cells at the end; false when nothing is left.
func trimmed(cells []Cell) ([]Cell, bool) {
	for len(cells) > 0 && cells[len(cells)-1].Text == "" {
		cells = cells[:len(cells)-1]
	}
	return cells, len(cells) > 0
}
