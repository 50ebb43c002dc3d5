package report

// rankedGrid is the comparison of branches. It is a self-assessment and says so.
func (l tongue) rankedGrid(r *Report, p Paper) grid {
	g := grid{id: "ranked", title: l.t("part.ranked"), grey: map[int]bool{}, notes: []string{l.t("note.own"), l.t("note.place", r.Ranked)},
		columns: []column{{name: l.t("by.branch"), wide: 28}, {name: l.t("col.unitkind"), wide: 14}, {name: l.t("col.place"), unit: uCount}}}
	for i := range 9 {
		g.columns = append(g.columns, column{name: l.t("col.indicator", i+1), unit: uPoints})
	}
	g.columns = append(g.columns, column{name: l.t("col.points"), unit: uPoints}, column{name: l.t("col.scale"), unit: uPoints},
		column{name: l.t("col.class"), wide: 14}, column{name: l.t("col.ratings"), unit: uCount})
	for _, b := range p.Ranked {
		row := []any{b.Name, l.kindName(b.Kind), nil}
		if b.Place > 0 {
			row[2] = b.Place
		} else {
			g.grey[len(g.rows)] = true
		}
		for _, v := range b.Indicators {
			row = append(row, known(v))
		}
		var scale any
		class := l.t("class." + b.Class)
		switch {
		case b.Class != "":
			scale = amount{b.Scale, uPoints}
		case b.Figures.Rating.Rated < r.Ranked:
			class = l.t("class.unrated")
		}
		g.rows = append(g.rows, append(row, amount{b.Points, uPoints}, scale, class, b.Figures.Rating.Rated))
	}
	return g
}

func known(v *float64) any {
	if v == nil {
		return nil
	}
	return amount{*v, uPoints}
}

// kindName names a kind of branch; what the hall called it itself stays.
func (l tongue) kindName(kind string) string {
	if _, known := texts["kind."+kind]; known {
		return l.t("kind." + kind)
	}
	return kind
}

// meaningGrid is how each figure is counted.
func (l tongue) meaningGrid(list []Definition) grid {
	g := grid{id: "meaning", title: l.t("part.meaning"),
		columns: []column{{name: l.t("col.figure"), wide: 30}, {name: l.t("col.text"), wide: 80}, {name: l.t("col.source"), wide: 30}}}
	for _, d := range list {
		g.rows = append(g.rows, []any{d.Name.In(string(l)), d.Text.In(string(l)), d.Source})
	}
	return g
}

// scope says what a report was restricted to, by the names its rows know.
func (l tongue) scope(r *Report) string {
	q, parts := r.Query, ""
	add := func(d Dimension, id string) {
		if id == "" {
			return
		}
		name := id
		switch {
		case d == ByPriority && (id == "any" || id == "none"):
			name = l.t("scope." + id)
		default:
			for _, row := range r.By[d] {
				if row.ID == id && row.Name != "" {
					name = row.Name
				}
			}
		}
		if parts != "" {
			parts += "; "
		}
		parts += l.t("scope.of", l.t("by."+string(d)), name)
	}
	for _, b := range q.Branches {
		add(ByBranch, b)
	}
	add(ByService, q.Service)
	add(ByField, q.Field)
	add(ByProcedure, q.Procedure)
	add(ByCounter, q.Counter)
	add(ByClerk, q.Clerk)
	add(ByPriority, q.Priority)
	add(ByChannel, q.Channel)
	if parts == "" {
		parts = l.t("scope.all")
	}
	return l.t("scope", parts)
}
