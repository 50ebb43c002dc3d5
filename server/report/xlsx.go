package report

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"motcua/server/queue"
	"motcua/server/sheet"
)

// XLSX writes a report as a workbook: the total, charts the spreadsheet draws
// itself, one sheet a dimension, the heat map, ratings, exceptions, definitions.
// Numbers are exact; dates are dates.
func XLSX(ctx context.Context, w io.Writer, r *Report, p Paper) error {
	b := workbook{tongue: tongueOf(p.Lang), r: r, p: p}
	b.add(b.sumGrid(r), b.t("part.sum"))
	charts := len(b.pages)
	for _, d := range Dimensions {
		if err := ctx.Err(); err != nil {
			return err
		}
		if len(r.By[d]) > 0 {
			b.add(b.dimensionGrid(r, d, allFigures), b.t("by."+string(d)))
		}
	}
	b.heat()
	b.lengths()
	b.ratings()
	if g := b.overrideGrid(r); len(g.rows) > 0 {
		b.add(g, b.t("sheet.overrides"))
	}
	if len(r.Pauses) > 0 {
		b.add(b.namedGrid("pauses", b.t("part.pauses"), r.Pauses, column{name: b.t("col.hours"), unit: uHours}), b.t("sheet.pauses"))
	}
	if len(p.Ranked) > 1 {
		b.add(b.rankedGrid(r, p), b.t("sheet.ranked"))
	}
	b.add(b.meaningGrid(Definitions()), b.t("sheet.meaning"))
	b.pages = slices.Insert(b.pages, charts, b.drawn())
	return sheet.WriteBook(w, b.pages...)
}

type workbook struct {
	tongue
	r     *Report
	p     Paper
	pages []sheet.Page
}

// titles stand above every sheet, so that one printed alone still says what it is.
func (b *workbook) titles(title string) []string {
	about := b.t("head.about", b.span(b.r.Query))
	list := []string{title, about, b.scope(b.r) + ". " + b.t("made", b.write(b.r.Made)) + "."}
	if b.r.Sample {
		list = append(list, b.t("sample"))
	}
	return list
}

func (b *workbook) add(g grid, name string) *sheet.Page {
	page := sheet.Page{Name: name, Titles: b.titles(g.title), Notes: g.notes, Grey: g.grey}
	if g.sums {
		page.Bold = 1
	}
	for _, c := range g.columns {
		page.Columns = append(page.Columns, sheet.PageColumn{Name: b.head(c), Width: float64(c.wide), Kind: kindOf(c.unit)})
	}
	for _, row := range g.rows {
		cells := make([]any, len(row))
		for i, v := range row {
			if n, withheld := v.(few); withheld {
				v = b.few(n)
			}
			cells[i] = sheetCell(v, g.columns[i].unit)
		}
		page.Rows = append(page.Rows, cells)
	}
	b.pages = append(b.pages, page)
	return &b.pages[len(b.pages)-1]
}

func kindOf(u measure) sheet.Kind {
	switch u {
	case uCount:
		return sheet.Whole
	case uShare:
		return sheet.Share
	case uDate:
		return sheet.Date
	case uMoment:
		return sheet.Moment
	case uWords:
		return sheet.Words
	}
	return sheet.Decimal
}

// sheetCell gives a number as the spreadsheet holds it: exact, a share as a fraction
// where its column is one.
func sheetCell(v any, in measure) any {
	switch v := v.(type) {
	case amount:
		if in == uShare {
			return v.n
		}
		return v.scaled()
	case queue.Day:
		return v.Start()
	case time.Time:
		return v.In(queue.Zone)
	}
	return v
}

func (b *workbook) heat() {
	b.add(b.heatGrid(b.r), b.t("sheet.heat")).Heat = true
	waits := b.heatGrid(b.r)
	from, _ := heatHours(b.r)
	for i, day := range heatDays(b.r) {
		for h := range waits.rows[i][1:] {
			waits.columns[h+1].unit = uPoints // the sheet says minutes already
			cell := b.r.Heat[day][from+h]
			if waits.rows[i][h+1] = nil; cell.Taken > 0 {
				waits.rows[i][h+1] = amount{cell.Wait, uMinutes}
			}
		}
	}
	waits.title = b.t("sheet.heatwait")
	b.add(waits, waits.title).Heat = true
}

func (b *workbook) lengths() { b.add(b.lengthGrid(b.r), b.t("col.span")) }

func (b *workbook) ratings() {
	b.add(b.ratingGrid(b.r, b.p, ByService), b.t("sheet.rating"))
	for _, d := range []Dimension{ByCounter, ByClerk, ByBranch} {
		if len(b.r.By[d]) > 0 {
			b.add(b.ratingGrid(b.r, b.p, d), b.t("sheet.rating.by", strings.ToLower(b.t("by."+string(d)))))
		}
	}
	if reasons := b.r.Total.Rating.Reasons; len(reasons) > 0 {
		b.add(b.namedGrid("reasons", b.t("part.reasons"), reasons, column{name: b.t("col.count"), unit: uCount}), b.t("sheet.reasons"))
	}
}

// drawn is the page of charts.
func (b *workbook) drawn() sheet.Page {
	page := sheet.Page{Name: b.t("part.charts"), Titles: b.titles(b.t("part.charts"))}
	at := func(id string) int {
		return 1 + slices.IndexFunc(allFigures, func(f figure) bool { return f.id == id })
	}
	by := func(title string, figure sheet.Figure, d Dimension, ids ...string) {
		if len(b.r.By[d]) == 0 || d == ByMonth && len(b.r.By[d]) == 1 {
			return
		}
		c := sheet.Chart{Title: b.t(title), Figure: figure, Page: b.t("by." + string(d)), Skip: 1, Rows: 25}
		if figure == sheet.Lines {
			c.Rows = 0
		}
		for _, id := range ids {
			c.Values = append(c.Values, at(id))
		}
		page.Charts = append(page.Charts, c)
	}
	by("chart.days", sheet.Lines, ByDay, "taken", "served")
	by("chart.months", sheet.Columns, ByMonth, "taken", "served")
	by("chart.hours", sheet.Columns, ByHour, "taken")
	by("chart.waits", sheet.Lines, ByHour, "wait_median", "wait_p90")
	by("chart.services", sheet.Bars, ByService, "taken")
	by("chart.use", sheet.Stacked, ByCounter, "serving", "calling", "idle", "paused")
	page.Charts = append(page.Charts, sheet.Chart{Title: b.t("chart.lengths"), Figure: sheet.Columns, Page: b.t("col.span"), Values: []int{1}})
	levels := sheet.Chart{Title: b.t("chart.levels"), Figure: sheet.Stacked, Page: b.t("sheet.rating"), Skip: 1, Rows: 25}
	for i := range b.r.Total.Rating.Levels {
		levels.Values = append(levels.Values, 4+i)
	}
	if len(levels.Values) > 0 && b.r.Total.Rating.Rated > 0 {
		page.Charts = append(page.Charts, levels)
	}
	if len(b.p.Ranked) > 1 {
		page.Charts = append(page.Charts, sheet.Chart{Title: b.t("chart.branches"), Figure: sheet.Bars, Page: b.t("sheet.ranked"), Values: []int{13}})
	}
	return page
}
