package sheet

import (
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// Kind is how a cell of a page shows its number.
type Kind int

// The kinds of cells. Shares are fractions: 0.934 is shown as 93.4 %.
const (
	Words Kind = iota
	Whole
	Decimal
	Share
	Date   // a time: its day as it stands on the wall
	Moment // a time: its day and minute
)

// formats are the number formats of the kinds; the spreadsheet shows them with the
// signs of its reader's country.
var formats = map[Kind]string{Whole: "#,##0", Decimal: "#,##0.0", Share: "0.0%", Date: "dd/mm/yyyy", Moment: "dd/mm/yyyy hh:mm"}

// PageColumn is one column of a page.
type PageColumn struct {
	Name  string
	Width float64 // in characters; 0 for the usual
	Kind  Kind
}

// Page is one sheet of a report: titles, one row of heads that stays in sight,
// cells with real numbers and dates.
type Page struct {
	Name    string   // of the sheet; cut and cleaned to what a spreadsheet takes
	Titles  []string // rows above the heads; the first is written large
	Columns []PageColumn
	Rows    [][]any // string, int, float64, time.Time; nil for an empty cell
	Notes   []string
	Bold    int          // how many rows from the top are totals
	Grey    map[int]bool // rows that say little
	Heat    bool         // colour the numbers from light to dark
	Charts  []Chart
}

// Figure is what kind of chart it is.
type Figure int

// The charts: columns stand, bars lie, stacked bars lie and add up, lines connect.
const (
	Columns Figure = iota
	Bars
	Stacked
	Lines
)

// Chart is a native chart about a range of a page of the same book.
type Chart struct {
	Title  string
	Figure Figure
	Page   string // the Page it reads, by its Name
	Names  int    // column of the names, from 0
	Values []int  // columns of the series
	Skip   int    // rows at the top that are no part of it, such as the total
	Rows   int    // how many rows it shows; 0 for all
}

// WriteBook writes pages as one XLSX file.
func WriteBook(w io.Writer, pages ...Page) error {
	if len(pages) == 0 {
		return errors.New("a book needs a page")
	}
	file := excelize.NewFile()
	defer file.Close()
	b := &book{file: file, styles: map[style]int{}, pages: map[string]*page{}}
	names := map[string]bool{}
	for i := range pages {
		p := &page{Page: pages[i], sheet: sheetName(pages[i].Name, names)}
		b.pages[p.Name] = p
		if i == 0 {
			if err := file.SetSheetName("Sheet1", p.sheet); err != nil {
				return err
			}
		} else if _, err := file.NewSheet(p.sheet); err != nil {
			return err
		}
		if err := b.page(p); err != nil {
			return err
		}
	}
	// Charts come last: they may read pages that stand behind their own.
	for i := range pages {
		if err := b.charts(b.pages[pages[i].Name]); err != nil {
			return err
		}
	}
	return file.Write(w)
}

// sheetName makes a name a spreadsheet takes: 31 letters, none of []:*?/\, no twin.
func sheetName(name string, used map[string]bool) string {
	clean := []rune(strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return ' '
		}
		return r
	}, name), " '"))
	for n := 1; ; n++ {
		tail := ""
		if n > 1 {
			tail = " " + strconv.Itoa(n)
		}
		s := string(clean[:min(len(clean), 31-len(tail))]) + tail
		if s != "" && !used[strings.ToLower(s)] {
			used[strings.ToLower(s)] = true
			return s
		}
	}
}

// onTheWall gives the same clock in UTC: a spreadsheet knows no zones.
func onTheWall(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
}
