package report

import (
	"io"
	"strconv"
	"strings"

	"motcua/server/queue"
	"motcua/server/sheet"
)

// CSV writes a report as one table: the total, then every dimension, one row a
// value, all figures as columns. It is the form Vietnamese Excel opens by a double
// click: semicolons, decimal commas, a byte order mark; in English decimal points
// and commas between the cells. Times are minutes and hours, shares per cent.
func CSV(w io.Writer, r *Report, p Paper) error {
	l := tongueOf(p.Lang)
	heads := []string{l.t("col.dimension"), l.t("col.id"), l.t("col.name")}
	for _, c := range l.columns(allFigures) {
		if c.unit == uShare {
			c.name += " (%)"
		}
		heads = append(heads, l.head(c))
	}
	row := func(d, id, name string, f *Figures) []string {
		list := []string{d, id, name}
		for _, v := range valuesOf(allFigures, f) {
			list = append(list, l.plain(v))
		}
		return list
	}
	rows := [][]string{row(l.t("total"), "", l.span(r.Query), &r.Total)}
	for _, d := range Dimensions {
		for i := range r.By[d] {
			one := &r.By[d][i]
			rows = append(rows, row(l.t("by."+string(d)), one.ID, l.plain(l.rowName(d, *one)), &one.Figures))
		}
	}
	if r.Sample {
		rows = append(rows, []string{l.t("sample")})
	}
	separator := ";"
	if l == "en" {
		separator = ","
	}
	return sheet.WriteSeparated(w, separator, heads, rows)
}

// plain writes a cell for a program that reads numbers: not grouped, exact to four
// decimals, empty when there is nothing to tell.
func (l tongue) plain(v any) string {
	switch v := v.(type) {
	case int:
		return strconv.Itoa(v)
	case string:
		return v
	case queue.Day:
		return l.date(v)
	case few:
		return l.few(v)
	case amount:
		s := strconv.FormatFloat(v.scaled(), 'f', 4, 64)
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
		if l != "en" {
			s = strings.Replace(s, ".", ",", 1)
		}
		return s
	}
	return ""
}
