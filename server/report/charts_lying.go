package report

import (
	"cmp"
	"slices"
)

// most sorts rows by a number, largest first, and keeps what a chart has room for.
func most(rows []Row, of func(*Row) float64) []Row {
	list := slices.Clone(rows)
	slices.SortStableFunc(list, func(a, b Row) int { return cmp.Compare(of(&b), of(&a)) })
	list = slices.DeleteFunc(list, func(r Row) bool { return of(&r) == 0 })
	return list[:min(len(list), mostLying)]
}

func (l tongue) chartServices(r *Report, _ Paper) (Chart, bool) {
	rows := most(r.By[ByService], func(r *Row) float64 { return float64(r.Taken) })
	var names []string
	var values []float64
	var parts []lyingBar
	for _, row := range rows {
		name, v := l.write(l.rowName(ByService, row)), float64(row.Taken)
		names, values = append(names, name), append(values, v)
		parts = append(parts, lyingBar{name: name, values: []float64{v}, text: l.number(v, 0)})
	}
	c := l.counted("services", l.t("by.service"), l.t("fig.taken"), names, values)
	c.drawing = l.lying(parts, nil, false)
	return c, len(parts) > 0
}

func (l tongue) chartUse(r *Report, _ Paper) (Chart, bool) {
	kinds := []string{l.t("fig.serving"), l.t("fig.calling"), l.t("fig.idle"), l.t("fig.paused")}
	c := Chart{ID: "use", Desc: l.t("desc.use"), Heads: append([]string{l.t("by.counter")}, kinds...)}
	var parts []lyingBar
	for _, row := range r.By[ByCounter] {
		u := row.Use
		values := []float64{u.Serving / 3600, u.Calling / 3600, u.Idle / 3600, u.Paused / 3600}
		if total(values) == 0 || len(parts) == mostLying {
			continue
		}
		name := l.write(l.rowName(ByCounter, row))
		cells := []string{name}
		for _, v := range values {
			cells = append(cells, l.number(v, 1))
		}
		c.Rows = append(c.Rows, cells)
		parts = append(parts, lyingBar{name: name, values: values, text: l.number(total(values), 1) + " " + l.t("unit.hours")})
	}
	c.drawing = l.lying(parts, kinds, false)
	return c, len(parts) > 0
}

func (l tongue) chartLevels(r *Report, p Paper) (Chart, bool) {
	kinds := l.levelNames(r, p)
	c := Chart{ID: "levels", Desc: l.t("desc.levels"), Heads: append([]string{l.t("by.service")}, kinds...)}
	c.Heads = append(c.Heads, l.t("col.ratings"), l.t("fig.answer"))
	var parts []lyingBar
	add := func(name string, f *Figures) {
		if f.Rating.Withheld > 0 {
			return
		}
		cells, values := []string{name}, make([]float64, len(kinds))
		for i := range kinds {
			if i < len(f.Rating.Levels) {
				values[i] = float64(f.Rating.Levels[i])
			}
			cells = append(cells, l.number(values[i], 0))
		}
		rate := l.write(answerRate(f.Rating))
		c.Rows = append(c.Rows, append(cells, l.number(float64(f.Rating.Rated), 0), rate))
		text := l.number(float64(f.Rating.Rated), 0) + " · " + rate
		if f.Rating.Small {
			text += " *"
		}
		parts = append(parts, lyingBar{name: name, values: values, text: text, grey: f.Rating.Small})
	}
	add(l.t("total"), &r.Total)
	rows := most(r.By[ByService], func(r *Row) float64 { return float64(r.Rating.Rated) })
	for i := range rows {
		add(l.write(l.rowName(ByService, rows[i])), &rows[i].Figures)
	}
	c.drawing = l.lying(parts, kinds, true)
	return c, r.Total.Rating.Rated > 0 && r.Total.Rating.Withheld == 0
}

func (l tongue) chartBranches(_ *Report, p Paper) (Chart, bool) {
	c := Chart{ID: "branches", Desc: l.t("note.own"), Heads: []string{l.t("by.branch"), l.t("col.scale"), l.t("col.class")}}
	var parts []lyingBar
	for _, b := range p.Ranked {
		if b.Class == "" {
			continue
		}
		class := l.t("class." + b.Class)
		c.Rows = append(c.Rows, []string{b.Name, l.number(b.Scale, 1), class})
		parts = append(parts, lyingBar{name: b.Name, values: []float64{b.Scale}, text: l.number(b.Scale, 1) + " · " + class, grey: b.Place == 0})
	}
	c.drawing = l.lying(parts, nil, false)
	return c, len(parts) > 1
}
