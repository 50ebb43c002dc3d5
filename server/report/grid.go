package report

import (
	"math"
	"strconv"
	"strings"
	"time"

	"motcua/server/queue"
)

// measure is what a column of a grid holds, and so how it is written.
type measure int

const (
	uWords   measure = iota // string
	uCount                  // int
	uMinutes                // float64, seconds
	uHours                  // float64, seconds
	uShare                  // float64, 0-1
	uPoints                 // float64, one decimal
	uDate                   // queue.Day
	uMoment                 // time.Time
)

// column is the head of a column.
type column struct {
	name string
	unit measure
	wide int // of words: how many characters it likes to have; 0 for the usual
}

// grid is a table that is written alike to a page, a sheet and beside a chart. A
// cell is nil when there is nothing to tell, for instance a share of nothing.
type grid struct {
	id      string
	title   string
	columns []column
	rows    [][]any
	grey    map[int]bool // rows of small samples
	notes   []string
	sums    bool // the first row is the total
}

// write writes a cell for people: one decimal, the signs of the language.
func (l tongue) write(v any) string {
	switch v := v.(type) {
	case nil:
		return l.t("none")
	case string:
		return v
	case int:
		return l.number(float64(v), 0)
	case queue.Day:
		return l.date(v)
	case time.Time:
		return v.In(queue.Zone).Format("02/01/2006 15:04")
	case amount:
		return v.text(l)
	case few:
		return l.few(v)
	}
	return ""
}

// few says why there is no score.
func (l tongue) few(v few) string {
	if v == 0 {
		return l.t("withheld")
	}
	return l.t("few", int(v))
}

// amount is a number with what it counts.
type amount struct {
	n    float64
	unit measure
}

// scaled is the number in its unit: minutes, hours, per cent.
func (a amount) scaled() float64 {
	switch a.unit {
	case uMinutes:
		return a.n / 60
	case uHours:
		return a.n / 3600
	case uShare:
		return a.n * 100
	}
	return a.n
}

func (a amount) text(l tongue) string {
	if a.unit == uShare {
		return l.number(a.scaled(), 1) + "%"
	}
	return l.number(a.scaled(), 1)
}

// number writes a number with grouped thousands: 1.234,5 in Vietnamese.
func (l tongue) number(n float64, decimals int) string {
	s := strconv.FormatFloat(math.Abs(n), 'f', decimals, 64)
	whole, part, _ := strings.Cut(s, ".")
	group, comma := ".", ","
	if l == "en" {
		group, comma = ",", "."
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + group + whole[i:]
	}
	if part != "" {
		whole += comma + part
	}
	if n < 0 && strings.Trim(s, "0.") != "" {
		whole = "-" + whole
	}
	return whole
}

// per is a share; nothing when it is of nothing.
func per(yes, of int) any {
	if of == 0 {
		return nil
	}
	return amount{float64(yes) / float64(of), uShare}
}

// unitText names a unit.
func (l tongue) unitText(u measure) string {
	switch u {
	case uCount:
		return l.t("unit.count")
	case uMinutes:
		return l.t("unit.minutes")
	case uHours:
		return l.t("unit.hours")
	case uShare:
		return l.t("unit.share")
	case uPoints:
		return l.t("unit.points")
	}
	return ""
}

// head is a column's name with its unit where the cells do not show it.
func (l tongue) head(c column) string {
	if c.unit == uMinutes || c.unit == uHours {
		return c.name + " (" + l.unitText(c.unit) + ")"
	}
	return c.name
}
