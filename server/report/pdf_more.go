package report

import "slices"

// rating writes the ratings: the answer rate and the interval beside every score.
func (d *document) rating() {
	if d.r.Total.Rating.Rated == 0 {
		return
	}
	d.section("part.rating", d.tall("levels"))
	d.drawn("levels")
	for _, dim := range []Dimension{ByService, ByCounter, ByClerk} {
		if len(d.r.By[dim]) == 0 {
			continue
		}
		g := d.printedRating(dim)
		widths := []float64{33, 17}
		for range len(g.columns) - 3 {
			widths = append(widths, 12)
		}
		d.sub(g.title, 25)
		d.table(d.tongue, g, append(widths, 24), printedRows+1)
	}
	if reasons := d.r.Total.Rating.Reasons; len(reasons) > 0 {
		g := d.namedGrid("reasons", d.t("part.reasons"), reasons, column{name: d.t("col.count"), unit: uCount})
		d.sub(g.title, 20)
		d.table(d.tongue, g, []float64{130, 35}, printedRows)
	}
	if f := d.r.Total.Rating.Forms; f.Q1.N+f.Q3.N+f.Q4.N+f.Q7.N > 0 {
		g := grid{columns: []column{{name: d.t("fig.forms")}, {name: d.t("col.count"), unit: uCount}, {name: d.t("fig.mean"), unit: uPoints}}}
		for _, q := range []struct {
			key string
			m   Mark
		}{{"fig.q1", f.Q1}, {"fig.q3", f.Q3}, {"fig.q4", f.Q4}, {"fig.q7", f.Q7}} {
			row := []any{d.t(q.key), q.m.N, nil}
			if q.m.N > 0 {
				row[2] = amount{q.m.Mean, uPoints}
			}
			g.rows = append(g.rows, row)
		}
		d.sub(d.t("fig.forms"), 20)
		d.table(d.tongue, g, []float64{95, 35, 35}, 0)
	}
}

// printedRating is the grid of ratings for a page's width: the interval in one cell,
// no column for small samples, which are grey.
func (d *document) printedRating(dim Dimension) grid {
	g := d.ratingGrid(d.r, d.paper, dim)
	n := len(g.columns)
	low, high, mean := n-4, n-3, n-2
	g.columns = append(g.columns[:low:low], g.columns[mean], column{name: d.t("fig.interval"), unit: uShare})
	for i, row := range g.rows {
		interval := any(nil)
		if row[low] != nil {
			interval = d.write(row[low]) + " - " + d.write(row[high])
		}
		g.rows[i] = append(row[:low:low], row[mean], interval)
	}
	return g
}

func (d *document) overrides() {
	if len(d.r.Overrides) == 0 {
		return
	}
	d.section("part.overrides", 25)
	d.text("", textSize, inkColour, d.t("say.overrides", d.write(d.r.Total.OutOfTurn), d.write(d.r.Total.Transfers), d.write(d.r.Total.PingPong)))
	d.y += 2
	// Transfers are counted above: they are many, and no exception from the order.
	r := *d.r
	r.Overrides = slices.DeleteFunc(slices.Clone(r.Overrides), func(o Override) bool { return o.Kind == "transfer" })
	if g := d.overrideGrid(&r); len(g.rows) > 0 {
		d.table(d.tongue, g, []float64{29, 26, 11, 11, 28, 22, 38}, printedOverrides)
	}
}

func (d *document) ranked() {
	if len(d.paper.Ranked) < 2 {
		return
	}
	d.section("part.ranked", d.tall("branches"))
	d.drawn("branches")
	g := d.rankedGrid(d.r, d.paper)
	for i := range 9 {
		g.columns[3+i].name = d.t("col.indicator.short", i+1)
	}
	g.grey = nil // what is not placed shows no place; its points are no ratings
	d.table(d.tongue, g, []float64{34, 23, 9, 7.5, 7.5, 7.5, 7.5, 7.5, 7.5, 7.5, 7.5, 7.5, 11, 12, 19, 12}, 0)
}

func (d *document) sign() { d.signature(d.tongue, d.paper) }

// meaning is the annex: how each figure is counted.
func (d *document) meaning() {
	g := d.meaningGrid(Definitions())
	d.page()
	d.heading(g.title, 30)
	d.table(d.tongue, g, []float64{38, 92, 35}, 0)
}
