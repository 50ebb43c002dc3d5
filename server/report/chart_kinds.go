package report

import "math"

// plot is the field of a chart with a standing axis of values.
type plot struct {
	*drawing
	left, top, w, h, most float64
}

// plotH is how high a chart with a standing axis is: four of them share a page.
const plotH = 205.0

// axes draws the lines of values and gives the field between them.
func (l tongue) axes(most, height float64) (*drawing, plot) {
	d := &drawing{w: chartW, h: height}
	list := ticks(most)
	p := plot{drawing: d, left: 58, top: 14, most: list[len(list)-1]}
	p.w, p.h = d.w-p.left-6, height-p.top-26
	for _, v := range list {
		y := p.y(v)
		d.line(map[bool]string{true: "axis", false: "grid"}[v == 0], p.left, y, p.left+p.w, y)
		d.write("label", "end", p.left-8, y+4, l.number(v, 0))
	}
	return d, p
}

func (p plot) y(v float64) float64 { return p.top + p.h*(1-v/p.most) }

// names writes what stands below the axis, as many as have room.
func (p plot) names(names []string, slot float64) {
	longest := 0
	for _, n := range names {
		longest = max(longest, len([]rune(n)))
	}
	each := max(1, int(math.Ceil((float64(longest)*runeWidth+8)/slot)))
	for i := 0; i < len(names); i += each {
		p.write("label", "middle", p.left+slot*(float64(i)+0.5), p.top+p.h+19, names[i])
	}
}

// bars draws standing bars.
func (l tongue) bars(names []string, values []float64) drawing {
	most := 0.0
	for _, v := range values {
		most = max(most, v)
	}
	d, p := l.axes(most, plotH)
	slot := p.w / float64(max(len(values), 1))
	for i, v := range values {
		x, y := p.left+slot*(float64(i)+0.12), p.y(v)
		d.box("bar-1", x, y, slot*0.76, p.top+p.h-y, names[i]+": "+l.number(v, 0))
		if text := l.number(v, 0); v > 0 && float64(len(text))*runeWidth+2 < slot {
			d.write("value", "middle", x+slot*0.38, y-4, text)
		}
	}
	p.names(names, slot)
	return *d
}

// lines draws one line a series; NaN interrupts it.
func (l tongue) lines(names, kinds []string, values ...[]float64) drawing {
	most := 0.0
	for _, one := range values {
		for _, v := range one {
			if v > most {
				most = v
			}
		}
	}
	d, p := l.axes(most, plotH)
	slot := p.w / float64(max(len(names), 1))
	for s, one := range values {
		var points []float64
		flush := func() {
			if len(points) > 2 {
				d.line(series("line", s), points...)
			}
			points = nil
		}
		for i, v := range one {
			if math.IsNaN(v) {
				flush()
				continue
			}
			x, y := p.left+slot*(float64(i)+0.5), p.y(v)
			points = append(points, x, y)
			if len(names) <= 40 {
				d.box(series("dot", s), x-3, y-3, 6, 6, names[i]+", "+kinds[s]+": "+l.number(v, 1))
			}
		}
		flush()
	}
	p.names(names, slot)
	d.h = d.legend(d.h+6, "dot", kinds)
	return *d
}

// lyingBar is one lying bar: its name, its parts, what stands at its right end.
type lyingBar struct {
	name   string
	values []float64
	text   string
	grey   bool
}

// lying draws bars that lie, each of one value or stacked of several. Stacked to the
// full every bar has the same length.
func (l tongue) lying(list []lyingBar, kinds []string, full bool) drawing {
	const left, right, rowH, letters = 210.0, 150.0, 30.0, 27
	d := &drawing{w: chartW}
	most := 0.0
	for _, one := range list {
		most = max(most, total(one.values))
	}
	y := 4.0
	for _, one := range list {
		sum := total(one.values)
		room := d.w - left - right
		if !full && most > 0 {
			room *= sum / most
		}
		lines := fold(one.name, letters)
		for i, text := range lines {
			d.write(labelClass(one.grey), "end", left-10, y+rowH/2+4+lineH*0.85*(float64(i)-float64(len(lines)-1)/2), text)
		}
		x := left
		for i, v := range one.values {
			if sum == 0 || v == 0 {
				continue
			}
			w := room * v / sum
			tip := one.name + ": " + l.number(v, 0)
			if i < len(kinds) {
				tip = one.name + ", " + kinds[i] + ": " + l.number(v, 1)
			}
			d.box(series("bar", i), x, y+4, w, rowH-8, tip)
			x += w
		}
		d.write(labelClass(one.grey), "start", x+8, y+rowH/2+4, one.text)
		y += rowH
	}
	d.line("axis", left, 2, left, y)
	d.h = y + 4
	if len(kinds) > 0 {
		d.h = d.legend(y+8, "bar", kinds)
	}
	return *d
}

func labelClass(grey bool) string {
	if grey {
		return "label-grey"
	}
	return "label"
}

func total(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum
}

// heatLevels is how many shades a heat map has beside the empty one.
const heatLevels = 5

// heatMap draws one box an hour and weekday, with its number in it: the shade helps,
// the number tells.
func (l tongue) heatMap(days, hours []string, values [][]int) drawing {
	const left, rowH, top = 84.0, 30.0, 24.0
	d := &drawing{w: chartW, h: top + rowH*float64(len(days)) + 4}
	most := 0
	for _, row := range values {
		for _, v := range row {
			most = max(most, v)
		}
	}
	slot := (d.w - left) / float64(max(len(hours), 1))
	for i, name := range hours {
		d.write("label", "middle", left+slot*(float64(i)+0.5), top-8, name)
	}
	for r, row := range values {
		y := top + rowH*float64(r)
		d.write("label", "end", left-8, y+rowH/2+4, days[r])
		for i, v := range row {
			level := 0
			if v > 0 {
				level = (v*heatLevels + most - 1) / most
			}
			x := left + slot*float64(i)
			n := string(rune('0' + level))
			d.box("heat-"+n, x+1, y+1, slot-2, rowH-2, days[r]+", "+hours[i]+": "+l.number(float64(v), 0))
			if v > 0 {
				d.write("on-heat-"+n, "middle", x+slot/2, y+rowH/2+4, l.number(float64(v), 0))
			}
		}
	}
	return *d
}
