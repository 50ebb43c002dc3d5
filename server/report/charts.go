package report

import (
	"math"
	"slices"

	"motcua/server/queue"
)

// The most bars that lie in one chart; the rest stands in the tables.
const mostLying = 15

// Charts draws what a report has to show, in the order of the printed report: days
// or months, hours, waits, lengths, heat, services, use, levels, branches. What has
// no figures is left out.
func Charts(r *Report, p Paper) []Chart {
	l := tongueOf(p.Lang)
	list := []Chart{}
	for _, draw := range []func(*Report, Paper) (Chart, bool){l.chartDays, l.chartHours, l.chartWaits, l.chartLengths,
		l.chartHeat, l.chartServices, l.chartUse, l.chartLevels, l.chartBranches} {
		if c, any := draw(r, p); any {
			c.Title = l.t("chart." + c.ID)
			c.SVG = c.drawing.svg("chart-"+c.ID, c.Title, c.Desc)
			list = append(list, c)
		}
	}
	return list
}

// counted makes a chart's table and its sentence from names and counts.
func (l tongue) counted(id, head, value string, names []string, values []float64) Chart {
	c := Chart{ID: id, Heads: []string{head, value}}
	for i, v := range values {
		c.Rows = append(c.Rows, []string{names[i], l.number(v, 0)})
	}
	if len(values) > 0 {
		most, least := slices.Index(values, slices.Max(values)), slices.Index(values, slices.Min(values))
		c.Desc = l.t("desc.most", names[most], l.number(values[most], 0), names[least], l.number(values[least], 0))
	}
	return c
}

// taken gives the names of a dimension's rows and how many visits each has.
func (l tongue) taken(r *Report, d Dimension) (names []string, values []float64) {
	rows := r.By[d]
	if d == ByHour {
		rows = visited(rows)
	}
	for _, row := range rows {
		name := l.write(l.rowName(d, row))
		if d == ByDay && isDay(row.ID) {
			name = queue.Day(row.ID).Start().Format("02/01")
		}
		names, values = append(names, name), append(values, float64(row.Taken))
	}
	return names, values
}

// visited leaves out the hours before the first number and after the last: counters
// may stand open longer.
func visited(rows []Row) []Row {
	for len(rows) > 0 && rows[0].Taken == 0 {
		rows = rows[1:]
	}
	for len(rows) > 0 && rows[len(rows)-1].Taken == 0 {
		rows = rows[:len(rows)-1]
	}
	return rows
}

func (l tongue) chartDays(r *Report, _ Paper) (Chart, bool) {
	id, d := "days", ByDay
	if len(r.By[ByDay]) > 66 && len(r.By[ByMonth]) > 1 {
		id, d = "months", ByMonth
	}
	names, values := l.taken(r, d)
	c := l.counted(id, l.t("by."+string(d)), l.t("fig.taken"), names, values)
	c.drawing = l.bars(names, values)
	return c, len(values) > 1
}

func (l tongue) chartHours(r *Report, _ Paper) (Chart, bool) {
	names, values := l.taken(r, ByHour)
	c := l.counted("hours", l.t("by.hour"), l.t("fig.taken"), names, values)
	c.drawing = l.bars(names, values)
	return c, len(values) > 0
}

func (l tongue) chartWaits(r *Report, _ Paper) (Chart, bool) {
	c := Chart{ID: "waits", Desc: l.t("desc.lines"), Heads: []string{l.t("by.hour"), l.t("fig.wait_median"), l.t("fig.wait_p90")}}
	var names []string
	var medians, p90s []float64
	any := false
	for _, row := range visited(r.By[ByHour]) {
		m, p := math.NaN(), math.NaN()
		cells := []string{l.write(l.rowName(ByHour, row)), l.t("none"), l.t("none")}
		if row.Wait.N > 0 {
			m, p, any = row.Wait.Median/60, row.Wait.P90/60, true
			cells[1], cells[2] = l.number(m, 1), l.number(p, 1)
		}
		names, medians, p90s = append(names, cells[0]), append(medians, m), append(p90s, p)
		c.Rows = append(c.Rows, cells)
	}
	c.drawing = l.lines(names, c.Heads[1:], medians, p90s)
	return c, any
}

func (l tongue) chartLengths(r *Report, _ Paper) (Chart, bool) {
	last := 0
	for i, n := range r.Histogram {
		if n > 0 {
			last = i + 1
		}
	}
	names, values := make([]string, last), make([]float64, last)
	short := make([]string, last)
	for i := range last {
		names[i], values[i] = l.t("minutes.from", 5*i, 5*i+5), float64(r.Histogram[i])
		short[i] = l.number(float64(5*i), 0) + "-" + l.number(float64(5*i+5), 0)
		if i == len(r.Histogram)-1 {
			names[i], short[i] = l.t("minutes.over", 5*i), "≥ "+l.number(float64(5*i), 0)
		}
	}
	c := l.counted("lengths", l.t("col.span"), l.t("col.count"), names, values)
	c.drawing = l.bars(short, values)
	return c, last > 0
}

func (l tongue) chartHeat(r *Report, _ Paper) (Chart, bool) {
	g := l.heatGrid(r)
	c := Chart{ID: "heat"}
	for _, col := range g.columns {
		c.Heads = append(c.Heads, col.name)
	}
	var days []string
	var values [][]int
	most, at := 0, [2]int{}
	for i, row := range g.rows {
		cells := []string{}
		var counts []int
		for k, v := range row {
			cells = append(cells, l.write(v))
			if n, is := v.(int); is {
				if counts = append(counts, n); n > most {
					most, at = n, [2]int{i, k}
				}
			}
		}
		days, values, c.Rows = append(days, cells[0]), append(values, counts), append(c.Rows, cells)
	}
	if most == 0 {
		return c, false
	}
	c.Desc = l.t("desc.heat", days[at[0]], c.Heads[at[1]], l.number(float64(most), 0))
	c.drawing = l.heatMap(days, c.Heads[1:], values)
	return c, true
}
