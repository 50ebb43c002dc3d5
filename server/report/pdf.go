package report

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
)

// How many rows of a table are printed; the spreadsheet has them all.
const (
	printedRows      = 40
	printedOverrides = 40
	printedDays      = 62
)

// PDF writes a report as A4 pages in the form of administrative documents, with the
// letterhead, charts, tables and the signature block; how the figures are counted
// follows as an annex.
func PDF(ctx context.Context, w io.Writer, r *Report, paper Paper) error {
	l := tongueOf(paper.Lang)
	mark := ""
	if r.Sample {
		mark = l.t("sample.mark")
	}
	d := &document{pen: newPen(mark), tongue: l, r: r, paper: paper, charts: Charts(r, paper)}
	d.SetTitle(l.t("head.about", l.span(r.Query)), true)
	d.SetAuthor(printable(paper.Letterhead.Body), true)
	d.SetLang(string(l))
	d.SetCreationDate(r.Made)
	d.SetModificationDate(r.Made)
	d.letterhead(l, r, paper)
	for _, part := range []func(){d.sum, d.flow, d.by, d.use, d.rating, d.overrides, d.ranked, d.sign, d.meaning} {
		if err := ctx.Err(); err != nil {
			return err
		}
		part()
	}
	return d.Output(w)
}

type document struct {
	*pen
	tongue
	r      *Report
	paper  Paper
	charts []Chart
	parts  int // sections so far
}

// section begins a numbered section.
func (d *document) section(key string, follows float64) {
	d.parts++
	d.heading(roman(d.parts)+". "+d.t(key), follows)
}

// tall is how high the first of some charts will stand.
func (d *document) tall(ids ...string) float64 {
	for _, c := range d.charts {
		if slices.Contains(ids, c.ID) {
			return c.drawing.h*bodyW/c.drawing.w + 12
		}
	}
	return 30
}

func (d *document) drawn(ids ...string) {
	for _, c := range d.charts {
		if slices.Contains(ids, c.ID) {
			d.chart(c)
		}
	}
}

func (d *document) say(key string, values ...any) {
	written := make([]any, len(values))
	for i, v := range values {
		written[i] = d.write(v)
	}
	d.text("", textSize, inkColour, d.t(key, written...))
	d.y += 1
}

// sum says the main figures in sentences and lists them.
func (d *document) sum() {
	d.section("part.sum", 20)
	t := &d.r.Total
	if t.Taken == 0 {
		d.say("say.empty")
		return
	}
	d.text("", textSize, inkColour, d.t("say.taken", d.r.Days, d.write(t.Taken), d.write(t.Served), d.write(t.NoShow), d.write(t.Cancelled)))
	d.y += 1
	if t.Wait.N > 0 {
		d.say("say.wait", d.number(t.Wait.Median/60, 1), d.number(t.Wait.P90/60, 1), fraction(t.InTarget))
	}
	if p := t.Promise; p.Kept+p.Broken+p.Unknown > 0 {
		d.say("say.promise", p.Kept, p.Broken, p.Unknown)
	}
	if g := t.Rating; g.Withheld > 0 {
		d.say("say.fewrated", g.Rated, g.Asked, answerRate(g), g.Withheld)
	} else if g.Rated > 0 {
		d.say("say.rating", g.Rated, g.Asked, answerRate(g), contentShare(t), amount{g.Low, uShare}, amount{g.High, uShare})
	} else {
		d.say("say.norating", g.Asked)
	}
	if f := d.r.Dossiers; f != nil {
		d.say("say.dossiers", f.Received, f.Resolved, f.Pending, f.Overdue)
	}
	d.sumTable()
}

// sumTable lists the figures in two columns beside each other.
func (d *document) sumTable() {
	all := d.sumGrid(d.r)
	rows := slices.DeleteFunc(all.rows, func(row []any) bool { return row[1] == nil || row[1] == 0 })
	half := (len(rows) + 1) / 2
	g := grid{columns: append(slices.Clone(all.columns), all.columns...)}
	for i := range half {
		row := slices.Clone(rows[i])
		if i+half < len(rows) {
			row = append(row, rows[i+half]...)
		} else {
			row = append(row, "", "", "")
		}
		// The percent sign stands at the number already.
		for _, at := range []int{2, 5} {
			if row[at] == "%" {
				row[at] = ""
			}
		}
		g.rows = append(g.rows, row)
	}
	d.y += 1
	d.table(d.tongue, g, []float64{42, 20, 17, 42, 20, 17}, 0)
}

func (d *document) flow() {
	if d.r.Total.Taken == 0 {
		return
	}
	d.section("part.flow", d.tall("days", "months", "hours"))
	d.drawn("days", "months", "hours", "waits", "lengths", "heat", "services")
}

// by writes one table a dimension; days only of a short span.
func (d *document) by() {
	if d.r.Total.Taken == 0 {
		return
	}
	figures := figuresOf("taken", "served", "no_show", "cancelled", "wait_median", "wait_p90", "in_target", "spent_median", "kept_share", "content")
	d.section("part.by", 30)
	d.note(d.t("note.median"))
	// A report about several branches says first how each of them did.
	for _, dim := range append([]Dimension{ByBranch}, Dimensions[:len(Dimensions)-1]...) {
		rows := d.r.By[dim]
		if len(rows) == 0 || dim == ByDay && len(rows) > printedDays || dim == ByMonth && len(rows) < 2 || dim == ByBranch && len(rows) < 2 {
			continue
		}
		g := d.dimensionGrid(d.r, dim, figures)
		for i := range rows {
			if x := &rows[i].Rating; x.Rated > 0 && x.Small && x.Withheld == 0 {
				last := len(figures)
				g.rows[i+1][last] = d.write(g.rows[i+1][last]) + " *"
			}
		}
		most := printedRows + 1
		if dim == ByDay {
			most = 0
		}
		d.sub(g.title, 25)
		d.table(d.tongue, g, []float64{42, 12, 12, 12, 10, 13, 13, 14, 14, 12.5, 13.5}, most)
	}
	d.note(d.t("note.small", d.r.Ranked))
	d.note(d.t("note.few", d.r.Fewest))
}

func (d *document) use() {
	if d.r.Total.Use.Open == 0 {
		return
	}
	d.section("part.use", d.tall("use"))
	d.drawn("use")
	for _, dim := range []Dimension{ByCounter, ByClerk} {
		if len(d.r.By[dim]) == 0 {
			continue
		}
		g := d.dimensionGrid(d.r, dim, figuresOf("open", "serving", "calling", "idle", "paused"))
		d.table(d.tongue, g, []float64{65, 20, 20, 20, 20, 20}, printedRows+1)
	}
	if len(d.r.Pauses) > 0 {
		var list []string
		for _, n := range d.r.Pauses {
			list = append(list, fmt.Sprintf("%s %s %s", strings.TrimSpace(n.Name), d.number(n.Value/3600, 1), d.t("unit.hours")))
		}
		d.say("say.pauses", strings.Join(list, "; "))
	}
}
