package sheet

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// How charts stand on their page: two beside each other, below the titles.
const (
	chartWidth, chartHeight  = 620, 340 // pixels
	chartColumns, chartLines = 10, 22   // cells one of them covers, also where rows are lower
)

// palette is the colours of the series, dark to light, so that a grey print keeps
// them apart.
var palette = []string{"0F5A50", "F2B233", "9A6B2F", "B9CFC6", "B3261E"}

func (b *book) charts(p *page) error {
	top := len(p.Titles) + 2
	if len(p.Columns) > 0 {
		top += len(p.Rows) + len(p.Notes) + 3
	}
	for i, c := range p.Charts {
		from := b.pages[c.Page]
		if from == nil || from.first == 0 || len(from.Rows) <= c.Skip {
			continue // nothing to draw
		}
		at, err := excelize.CoordinatesToCellName(1+i%2*chartColumns, top+i/2*chartLines)
		if err != nil {
			return err
		}
		if err := b.file.AddChart(p.sheet, at, b.chart(c, from)); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) chart(c Chart, from *page) *excelize.Chart {
	first := from.first + c.Skip
	last := from.first + len(from.Rows) - 1
	if c.Rows > 0 {
		last = min(last, first+c.Rows-1)
	}
	quoted := "'" + strings.ReplaceAll(from.sheet, "'", "''") + "'"
	column := func(i int) string {
		return fmt.Sprintf("%s!$%s$%d:$%s$%d", quoted, Column(i), first, Column(i), last)
	}
	types := map[Figure]excelize.ChartType{Columns: excelize.Col, Bars: excelize.Bar, Stacked: excelize.BarStacked, Lines: excelize.Line}
	chart := &excelize.Chart{Type: types[c.Figure], Dimension: excelize.ChartDimension{Width: chartWidth, Height: chartHeight},
		Title:  excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Title}}},
		Legend: excelize.ChartLegend{Position: "bottom"}, YAxis: excelize.ChartAxis{MajorGridLines: true}, ShowBlanksAs: "gap"}
	// The library's own axes are so pale that a print loses them.
	chart.XAxis.Font, chart.YAxis.Font = excelize.Font{Color: "17231F", Size: 9}, excelize.Font{Color: "17231F", Size: 9}
	gap, zero := uint(60), 0.0
	chart.GapWidth, chart.YAxis.Minimum = &gap, &zero
	if from.Columns[c.Names].Kind == Date {
		chart.XAxis.NumFmt = excelize.ChartNumFmt{CustomNumFmt: "dd/mm"}
		chart.XAxis.TickLabelSkip = max(1, (last-first)/10)
	}
	if len(c.Values) == 1 {
		chart.Legend.Position = "none"
	}
	// Lying bars begin below: turned round, the first row is the uppermost.
	chart.XAxis.ReverseOrder = c.Figure == Bars || c.Figure == Stacked
	for i, v := range c.Values {
		series := excelize.ChartSeries{Name: fmt.Sprintf("%s!$%s$%d", quoted, Column(v), from.first-1), Categories: column(c.Names), Values: column(v),
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{palette[i%len(palette)]}}}
		if c.Figure == Lines {
			series.Line = excelize.LineOptions{Width: 2}
			series.Marker = excelize.ChartMarker{Symbol: "circle", Size: 5, Fill: series.Fill}
		}
		chart.Series = append(chart.Series, series)
	}
	return chart
}
