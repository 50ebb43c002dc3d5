package sheet

import (
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Heading is the head of a column.
type Heading struct {
	Name  string
	Width float64 // in characters; 0 for the usual
	// Text formats the whole column as text, so that a code typed there keeps its zeros.
	Text bool
}

// Table is one sheet to write.
type Table struct {
	Name     string   // of the sheet
	Titles   []string // rows above the headings
	Headings []Heading
	Rows     [][]any // strings, numbers, times; nil for an empty cell
}

// textFormat is Excel's built-in number format "@".
const textFormat = 49

// Write writes tables as an XLSX file. Strings become text cells and are never
// read as formulas, whatever they begin with.
func Write(w io.Writer, tables ...Table) error {
	book := excelize.NewFile()
	defer book.Close()
	for i, t := range tables {
		if i == 0 {
			if err := book.SetSheetName("Sheet1", t.Name); err != nil {
				return err
			}
		} else if _, err := book.NewSheet(t.Name); err != nil {
			return err
		}
		if err := writeTable(book, t); err != nil {
			return err
		}
	}
	return book.Write(w)
}

func writeTable(book *excelize.File, t Table) error {
	out, err := book.NewStreamWriter(t.Name)
	if err != nil {
		return err
	}
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	asText, err := book.NewStyle(&excelize.Style{NumFmt: textFormat, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	for i, h := range t.Headings {
		if h.Width > 0 {
			if err := out.SetColWidth(i+1, i+1, h.Width); err != nil {
				return err
			}
		}
		if h.Text {
			if err := out.SetColStyle(i+1, i+1, asText); err != nil {
				return err
			}
		}
	}
	n := 0
	row := func(cells []any) error {
		n++
		at, err := excelize.CoordinatesToCellName(1, n)
		if err != nil {
			return err
		}
		return out.SetRow(at, cells)
	}
	for _, title := range t.Titles {
		if err := row([]any{excelize.Cell{StyleID: bold, Value: title}}); err != nil {
			return err
		}
	}
	if len(t.Headings) > 0 {
		heads := make([]any, len(t.Headings))
		for i, h := range t.Headings {
			heads[i] = excelize.Cell{StyleID: bold, Value: h.Name}
		}
		if err := row(heads); err != nil {
			return err
		}
	}
	for _, cells := range t.Rows {
		styled := make([]any, len(cells))
		for i, v := range cells {
			styled[i] = v
			if s, ok := v.(string); ok && i < len(t.Headings) && t.Headings[i].Text {
				styled[i] = excelize.Cell{StyleID: asText, Value: s}
			}
		}
		if err := row(styled); err != nil {
			return err
		}
	}
	return out.Flush()
}

// WriteCSV writes a table as CSV for spreadsheets, parted by commas.
func WriteCSV(w io.Writer, headings []string, rows [][]string) error {
	return WriteSeparated(w, ",", headings, rows)
}

// WriteSeparated writes a table as CSV parted by what the reader's spreadsheet
// expects: UTF-8 with a byte order mark, without which Excel reads Vietnamese as
// something else.
func WriteSeparated(w io.Writer, separator string, headings []string, rows [][]string) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	for _, row := range append([][]string{headings}, rows...) {
		quoted := make([]string, len(row))
		for i, s := range row {
			// A cell that begins like a formula would be run by the spreadsheet that opens it.
			if strings.IndexAny(s, "=+-@\t\r") == 0 {
				s = "'" + s
			}
			quoted[i] = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		}
		if _, err := io.WriteString(w, strings.Join(quoted, separator)+"\r\n"); err != nil {
			return err
		}
	}
	return nil
}
