package sheet

import (
	"bytes"
	"errors"
	"io"
	"iter"

	"github.com/xuri/excelize/v2"
)

// unzipInMemory is how much of one part is held in memory; what is larger goes
// through a temporary file.
const unzipInMemory = 16 << 20

// oldMagic begins the files of Excel before 2007, and those with a password.
var oldMagic = []byte{0xD0, 0xCF, 0x11, 0xE0}

// Read gives the rows of every visible sheet of an XLSX file, in order. It ends
// at the first error, which comes with an empty row.
//
// The library reads the cells' text as Excel shows it, but says neither which
// cells are numbers nor that a sheet broke off in the middle; kinds reads the
// same part beside it and says both.
func Read(r io.Reader) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		if err := read(r, func(row Row) bool { return yield(row, nil) }); err != nil {
			yield(Row{}, err)
		}
	}
}

func read(r io.Reader, yield func(Row) bool) error {
	data, err := readAll(r)
	if err != nil {
		return err
	}
	if bytes.HasPrefix(data, oldMagic) {
		return ErrOldExcel
	}
	parts, err := openParts(data)
	if err != nil {
		return err
	}
	book, err := excelize.OpenReader(bytes.NewReader(data),
		excelize.Options{UnzipSizeLimit: MaxUnzipped, UnzipXMLSizeLimit: unzipInMemory})
	if err != nil {
		return errors.Join(ErrNotSheet, err)
	}
	defer book.Close()
	left, first := MaxRows, true
	for i, name := range book.GetSheetList() {
		if visible, err := book.GetSheetVisible(name); err != nil || !visible {
			continue
		}
		goOn, err := readSheet(book, parts, i, Row{Sheet: name, First: first}, &left, yield)
		if err != nil || !goOn {
			return err
		}
		first = false
	}
	return nil
}

func readSheet(book *excelize.File, parts *parts, index int, head Row, left *int, yield func(Row) bool) (bool, error) {
	part, err := parts.sheet(index)
	if err != nil {
		return false, err
	}
	if part == nil { // a sheet that is a chart
		return true, nil
	}
	defer part.Close()
	rows, err := book.Rows(head.Sheet)
	if err != nil {
		return false, errors.Join(ErrNotSheet, err)
	}
	defer rows.Close()
	kinds := newKinds(part)
	for n := 1; rows.Next(); n++ {
		texts, err := rows.Columns()
		if err != nil {
			return false, errors.Join(ErrNotSheet, err)
		}
		numbers, err := kinds.row(n)
		if err != nil {
			return false, err
		}
		cells, err := cellsOf(n, texts, numbers)
		if err != nil {
			return false, err
		}
		if len(cells) == 0 {
			continue
		}
		if *left--; *left < 0 {
			return false, ErrTooLarge
		}
		head.N, head.Cells = n, cells
		if !yield(head) {
			return false, nil
		}
	}
	if err := rows.Error(); err != nil {
		return false, errors.Join(ErrNotSheet, err)
	}
	return true, kinds.end()
}

func cellsOf(n int, texts []string, numbers map[int]bool) ([]Cell, error) {
	cells := make([]Cell, min(len(texts), MaxColumns))
	for i := range cells {
		if len(texts[i]) > MaxCell {
			return nil, cellError(n, i, ErrTooLarge)
		}
		cells[i] = Cell{Text: texts[i], Number: numbers[i] && texts[i] != ""}
	}
	cells, _ = trimmed(cells)
	return cells, nil
}
