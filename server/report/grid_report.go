package report

import (
	"strconv"
	"strings"
	"time"

	"motcua/server/queue"
)

// dimensionGrid is the figures of a dimension, the total first.
func (l tongue) dimensionGrid(r *Report, d Dimension, figures []figure) grid {
	rows := r.By[d]
	name := column{name: l.t("by." + string(d)), wide: 28}
	if d == ByDay {
		name = column{name: name.name, unit: uDate}
	}
	g := grid{id: string(d), title: name.name, columns: append([]column{name}, l.columns(figures)...), sums: true, grey: map[int]bool{}}
	g.rows = append(g.rows, append([]any{l.t("total")}, valuesOf(figures, &r.Total)...))
	for i := range rows {
		g.rows = append(g.rows, append([]any{l.rowName(d, rows[i])}, valuesOf(figures, &rows[i].Figures)...))
	}
	return g
}

// rowName is what a row is about. Hours and weekdays are named in the language of
// the file; what the hall named keeps its name.
func (l tongue) rowName(d Dimension, row Row) any {
	n, err := strconv.Atoi(row.ID)
	_, known := texts["channel."+row.ID]
	switch {
	case d == ByHour && err == nil:
		return l.t("hour", n)
	case d == ByWeekday && err == nil && n >= 0 && n < 7:
		return l.weekday(n)
	case d == ByDay && isDay(row.ID):
		return queue.Day(row.ID)
	case d == ByMonth && isDay(row.ID+"-01"):
		return row.ID[5:] + "/" + row.ID[:4]
	case d == ByChannel && known:
		return l.t("channel." + row.ID)
	case d == ByPriority && row.ID == none:
		return l.t("scope.none")
	case row.ID == none && l == "en":
		return l.t("unnamed")
	case row.Name != "":
		return row.Name
	case row.ID != "":
		return row.ID
	}
	return l.t("unnamed")
}

func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// sumGrid is the total, one figure a row.
func (l tongue) sumGrid(r *Report) grid {
	g := grid{id: "sum", title: l.t("part.sum"),
		columns: []column{{name: l.t("col.figure"), wide: 40}, {name: l.t("col.value"), unit: uPoints}, {name: l.t("col.unit"), wide: 12}}}
	for _, f := range allFigures {
		g.rows = append(g.rows, []any{l.t("fig." + f.id), f.of(&r.Total), l.unitText(f.unit)})
	}
	return g
}

// heatGrid is taken by weekday, Monday first, and hour; hours nobody came in are
// left out at both ends.
func (l tongue) heatGrid(r *Report) grid {
	from, to := heatHours(r)
	g := grid{id: "heat", title: l.t("part.heat"), columns: []column{{name: l.t("by.weekday"), wide: 12}}}
	for h := from; h <= to; h++ {
		g.columns = append(g.columns, column{name: l.t("hour", h), unit: uCount})
	}
	for _, day := range heatDays(r) {
		row := []any{l.weekday(day)}
		for h := from; h <= to; h++ {
			row = append(row, r.Heat[day][h].Taken)
		}
		g.rows = append(g.rows, row)
	}
	return g
}

// lengthGrid is how many waited how long.
func (l tongue) lengthGrid(r *Report) grid {
	g := grid{id: "lengths", title: l.t("chart.lengths"), columns: []column{{name: l.t("col.span"), wide: 16}, {name: l.t("col.count"), unit: uCount}}}
	for i, n := range r.Histogram {
		name := l.t("minutes.from", 5*i, 5*i+5)
		if i == len(r.Histogram)-1 {
			name = l.t("minutes.over", 5*i)
		}
		g.rows = append(g.rows, []any{name, n})
	}
	return g
}

// heatHours are the first and last hour in which anybody came.
func heatHours(r *Report) (from, to int) {
	from, to = 24, -1
	for _, day := range r.Heat {
		for h, cell := range day {
			if cell.Taken > 0 {
				from, to = min(from, h), max(to, h)
			}
		}
	}
	if to < 0 {
		return 7, 17
	}
	return from, to
}

// heatDays are Monday to Friday, and the weekend when anybody came then.
func heatDays(r *Report) []int {
	days := []int{1, 2, 3, 4, 5}
	for _, day := range []int{6, 0} {
		for _, cell := range r.Heat[day] {
			if cell.Taken > 0 {
				days = append(days, day)
				break
			}
		}
	}
	return days
}

// levelNames are the names of the rating levels.
func (l tongue) levelNames(r *Report, p Paper) []string {
	names := make([]string, len(r.Total.Rating.Levels))
	for i := range names {
		if names[i] = l.t("level", i+1); i < len(p.Levels) && p.Levels[i] != "" {
			names[i] = p.Levels[i]
		}
	}
	return names
}

// ratingGrid is the ratings of a dimension: never a score without its sample, its
// answer rate and its interval.
func (l tongue) ratingGrid(r *Report, p Paper, d Dimension) grid {
	before, after := figuresOf("asked", "rated", "answer"), figuresOf("content", "low", "high", "mean")
	g := grid{id: "rating-" + string(d), title: l.t("by." + string(d)), sums: true, grey: map[int]bool{},
		columns: append([]column{{name: l.t("by." + string(d)), wide: 28}}, l.columns(before)...)}
	levels, withheld := l.levelNames(r, p), false
	for _, name := range levels {
		g.columns = append(g.columns, column{name: name, unit: uCount})
	}
	g.columns = append(append(g.columns, l.columns(after)...), column{name: l.t("fig.small"), wide: 8})
	add := func(name any, f *Figures) {
		row := append([]any{name}, valuesOf(before, f)...)
		for i := range levels {
			var n any = 0
			if i < len(f.Rating.Levels) {
				n = f.Rating.Levels[i]
			}
			if f.Rating.Withheld > 0 {
				n, withheld = nil, true
			}
			row = append(row, n)
		}
		small := ""
		if f.Rating.Small {
			small, g.grey[len(g.rows)] = l.t("yes"), true
		}
		g.rows = append(g.rows, append(append(row, valuesOf(after, f)...), small))
	}
	add(l.t("total"), &r.Total)
	for i := range r.By[d] {
		add(l.rowName(d, r.By[d][i]), &r.By[d][i].Figures)
	}
	if len(g.grey) > 0 {
		g.notes = append(g.notes, l.t("note.small", r.Ranked))
	}
	if withheld {
		g.notes = append(g.notes, l.t("note.few", r.Fewest))
	}
	return g
}

// namedGrid lists numbers with names.
func (l tongue) namedGrid(id, title string, of []Named, value column) grid {
	g := grid{id: id, title: title, columns: []column{{name: l.t("col.reason"), wide: 40}, value}}
	for _, n := range of {
		name, v := n.Name, any(int(n.Value))
		if name == "" {
			name = n.ID
		}
		if name == "" {
			name = l.t("unnamed")
		}
		if value.unit != uCount {
			v = amount{n.Value, value.unit}
		}
		g.rows = append(g.rows, []any{name, v})
	}
	return g
}

// overrideGrid lists what was done out of the order.
func (l tongue) overrideGrid(r *Report) grid {
	g := grid{id: "overrides", title: l.t("part.overrides"), columns: []column{{name: l.t("col.at"), unit: uMoment},
		{name: l.t("col.kind"), wide: 18}, {name: l.t("col.number"), wide: 8}, {name: l.t("col.counter"), wide: 10},
		{name: l.t("col.by"), wide: 18}, {name: l.t("col.change"), wide: 20}, {name: l.t("col.reason"), wide: 36}}}
	for _, o := range r.Overrides {
		kind := "override." + o.Kind
		g.rows = append(g.rows, []any{o.At.Time(), l.t(kind), o.Number, o.Counter, o.By, l.change(r, o), o.Reason})
	}
	return g
}

// change says what became of what, by the names the report's rows know.
func (l tongue) change(r *Report, o Override) string {
	where := []Dimension{ByCounter, ByService}
	if o.Kind == "priority" {
		where = []Dimension{ByPriority}
	}
	was, became := r.named(o.Branch, o.Was, where...), r.named(o.Branch, o.Became, where...)
	switch {
	case was != "" && became != "":
		return l.t("override.change", was, became)
	case was != "":
		return l.t("override.gone", was)
	}
	return became
}

// named finds the name of an id in the rows of some dimensions: there it stands
// alone, or behind its branch when the report is about several. A counter that a
// visit was sent to is written "@3".
func (r *Report) named(branch, id string, where ...Dimension) string {
	bare := strings.TrimPrefix(id, "@")
	for _, d := range where {
		for _, row := range r.By[d] {
			if id != "" && row.Name != "" && (row.ID == bare || row.ID == branch+"/"+bare) {
				return row.Name
			}
		}
	}
	return bare
}
