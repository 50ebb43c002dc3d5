package report

import (
	"math"
	"strings"
)

// Chart is a drawing of some figures, with the same figures as a table for those who
// do not see it.
type Chart struct {
	ID    string     `json:"id"`
	Title string     `json:"title"`
	Desc  string     `json:"desc"` // what there is to see, in a sentence
	SVG   string     `json:"svg"`
	Heads []string   `json:"heads"`
	Rows  [][]string `json:"rows"`

	drawing drawing
}

// drawing is a chart as shapes, measured in pixels of a screen. The screen's SVG and
// the PDF are both drawn from it, so they cannot differ.
type drawing struct {
	w, h   float64
	shapes []shape
}

// shape is a box, a line through points or a text. Its class says what it means; how
// that looks stands in looks.go, and pages may look otherwise by their own style.
type shape struct {
	class      string
	x, y, w, h float64   // of a box; of a text x and y are the base line's
	points     []float64 // x, y, x, y …
	text       string
	anchor     string // start, middle, end
	tip        string // told when one points at it
}

// The measures of charts.
const (
	chartW    = 720.0
	fontSize  = 13.0
	runeWidth = 0.56 * fontSize // a letter's, on average
	lineH     = 17.0
)

func (d *drawing) box(class string, x, y, w, h float64, tip string) {
	d.shapes = append(d.shapes, shape{class: class, x: x, y: y, w: max(w, 0), h: max(h, 0), tip: tip})
}

func (d *drawing) line(class string, points ...float64) {
	d.shapes = append(d.shapes, shape{class: class, points: points})
}

func (d *drawing) write(class, anchor string, x, y float64, text string) {
	d.shapes = append(d.shapes, shape{class: class, anchor: anchor, x: x, y: y, text: text})
}

// ticks gives the round values of an axis from 0 on, five at most, the last one not
// below most.
func ticks(most float64) []float64 {
	if most <= 0 {
		return []float64{0, 1}
	}
	step := math.Pow(10, math.Floor(math.Log10(most/4)))
	for _, f := range []float64{1, 2, 2.5, 5, 10} {
		if step*f*4 >= most && (step*f >= 1 || most < 1) && (f != 2.5 || step >= 10) {
			step *= f
			break
		}
	}
	step = max(step, 1)
	list := []float64{0}
	for v := step; ; v += step {
		list = append(list, v)
		if v >= most {
			return list
		}
	}
}

// fold breaks a label into at most two lines of n letters; what is longer ends with "…".
func fold(s string, n int) []string {
	line, lines := "", []string{}
	for _, word := range strings.Fields(s) {
		if line != "" && len([]rune(line))+1+len([]rune(word)) > n {
			lines = append(lines, line)
			line = ""
		}
		line = strings.TrimSpace(line + " " + word)
	}
	lines = append(lines, line)
	if len(lines) > 2 {
		lines = []string{lines[0], lines[1] + " …"}
	}
	for i, l := range lines {
		if r := []rune(l); len(r) > n+2 {
			lines[i] = string(r[:n]) + "…"
		}
	}
	return lines
}

// legend writes the names of series below each other's boxes and gives the height it took.
func (d *drawing) legend(y float64, class string, names []string) float64 {
	x := 0.0
	for i, name := range names {
		w := 22 + runeWidth*float64(len([]rune(name))) + 16
		if x > 0 && x+w > d.w {
			x, y = 0, y+lineH
		}
		d.box(series(class, i), x, y+2, 14, 11, "")
		d.write("label", "start", x+20, y+12, name)
		x += w
	}
	return y + lineH
}

// series is the class of the n-th of several, from 0.
func series(class string, n int) string { return class + "-" + string(rune('1'+n%5)) }
