package sheet

import (
	"fmt"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

type book struct {
	file   *excelize.File
	styles map[style]int
	pages  map[string]*page
}

type page struct {
	Page
	sheet string
	first int // row of the first cells, from 1
}

// style is what a cell looks like.
type style struct {
	kind              Kind
	bold, head, title bool
	grey, note        bool
}

func (b *book) style(s style) (int, error) {
	if id, made := b.styles[s]; made {
		return id, nil
	}
	look := &excelize.Style{Font: &excelize.Font{Bold: s.bold || s.head || s.title}, Alignment: &excelize.Alignment{Vertical: "top"}}
	if format, has := formats[s.kind]; has {
		look.CustomNumFmt = &format
	}
	switch {
	case s.title:
		look.Font.Size = 14
	case s.head:
		look.Alignment = &excelize.Alignment{WrapText: true, Vertical: "center", Horizontal: "center"}
		look.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DCEBE4"}}
		look.Border = []excelize.Border{{Type: "bottom", Style: 2, Color: "0F5A50"}}
	case s.note:
		look.Font.Italic = true
	case s.kind == Words:
		look.Alignment.WrapText = true
	}
	if s.grey {
		look.Font.Color, look.Font.Italic = "6E6858", true
	}
	id, err := b.file.NewStyle(look)
	b.styles[s] = id
	return id, err
}

func (b *book) set(sheet string, column, row int, v any, s style) error {
	at, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return err
	}
	// A count in a column of decimals stays whole, a text is no number.
	switch v.(type) {
	case int:
		if s.kind == Decimal {
			s.kind = Whole
		}
	case string:
		s.kind = Words
	}
	id, err := b.style(s)
	if err != nil {
		return err
	}
	if err := b.file.SetCellStyle(sheet, at, at, id); err != nil {
		return err
	}
	switch v := v.(type) {
	case nil:
		return nil
	case string: // never a formula, whatever it begins with
		return b.file.SetCellStr(sheet, at, v)
	case time.Time:
		return b.file.SetCellValue(sheet, at, onTheWall(v))
	}
	return b.file.SetCellValue(sheet, at, v)
}

// page writes titles, heads, rows and notes, in this order.
func (b *book) page(p *page) error {
	n := 0
	for i, title := range p.Titles {
		n++
		if err := b.set(p.sheet, 1, n, title, style{title: i == 0, note: i > 0}); err != nil {
			return err
		}
	}
	if len(p.Columns) == 0 {
		return b.paper(p)
	}
	n++
	if err := b.heads(p, n); err != nil {
		return err
	}
	p.first = n + 1
	for i, row := range p.Rows {
		n++
		for c, v := range row {
			s := style{bold: i < p.Bold, grey: p.Grey[i]}
			if c < len(p.Columns) {
				s.kind = p.Columns[c].Kind
			}
			if err := b.set(p.sheet, c+1, n, v, s); err != nil {
				return err
			}
		}
		if err := b.tall(p, n, row); err != nil {
			return err
		}
	}
	if err := b.colour(p, n); err != nil {
		return err
	}
	for _, note := range p.Notes {
		n++
		if err := b.set(p.sheet, 1, n+1, note, style{note: true}); err != nil {
			return err
		}
	}
	return b.paper(p)
}

// tall makes a row as high as its folded texts: not every program does it by itself.
func (b *book) tall(p *page, n int, row []any) error {
	lines := 1
	for c, v := range row {
		if s, is := v.(string); is && c < len(p.Columns) {
			width := max(int(max(p.Columns[c].Width, usualWidth)), 1)
			lines = max(lines, (len([]rune(s))*11/10+width-1)/width)
		}
	}
	if lines == 1 {
		return nil
	}
	return b.file.SetRowHeight(p.sheet, n, min(15*float64(lines), 400))
}

// heads writes the heads and keeps them in sight.
func (b *book) heads(p *page, n int) error {
	for c, column := range p.Columns {
		if err := b.set(p.sheet, c+1, n, column.Name, style{head: true}); err != nil {
			return err
		}
		width := column.Width
		if width == 0 {
			width = usualWidth
		}
		if column.Kind == Moment {
			width = max(width, 17)
		}
		name := Column(c)
		if err := b.file.SetColWidth(p.sheet, name, name, width); err != nil {
			return err
		}
	}
	if err := b.file.SetRowHeight(p.sheet, n, 45); err != nil {
		return err
	}
	corner, err := excelize.CoordinatesToCellName(2, n+1)
	if err != nil {
		return err
	}
	return b.file.SetPanes(p.sheet, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: n, TopLeftCell: corner, ActivePane: "bottomRight"})
}

// colour shades the numbers of a heat map.
func (b *book) colour(p *page, last int) error {
	if !p.Heat || len(p.Rows) == 0 || len(p.Columns) < 2 {
		return nil
	}
	from, err := excelize.CoordinatesToCellName(2, p.first)
	if err != nil {
		return err
	}
	to, err := excelize.CoordinatesToCellName(len(p.Columns), last)
	if err != nil {
		return err
	}
	return b.file.SetConditionalFormat(p.sheet, from+":"+to, []excelize.ConditionalFormatOptions{
		{Type: "2_color_scale", Criteria: "=", MinType: "min", MaxType: "max", MinColor: "#FFFFFF", MaxColor: "#5FA394"}})
}

// usualWidth of a column, in characters: a number with its unit in the head.
const usualWidth = 12

// fitting is how many columns are still read when they share one page.
const fitting = 18

// paper is how the sheet is printed: A4 across, heads and names on every page, as
// wide as one page, or as many as it takes to be read.
func (b *book) paper(p *page) error {
	a4, across, wide, tall, fit := 9, "landscape", (len(p.Columns)+fitting)/(fitting+1), 0, true
	wide = max(wide, 1)
	if p.first > 0 {
		name := "'" + strings.ReplaceAll(p.sheet, "'", "''") + "'"
		titles := &excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: p.sheet, RefersTo: fmt.Sprintf("%s!$A:$A,%s!$%d:$%d", name, name, p.first-1, p.first-1)}
		if err := b.file.SetDefinedName(titles); err != nil {
			return err
		}
	}
	if err := b.file.SetPageLayout(p.sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &across, FitToWidth: &wide, FitToHeight: &tall}); err != nil {
		return err
	}
	return b.file.SetSheetProps(p.sheet, &excelize.SheetPropsOptions{FitToPage: &fit})
}
