package report

import (
	"fmt"
	"math"
	"strings"
)

// svg writes a drawing as SVG for a page or a file. There is no style and no script
// in it: the colours are presentation attributes, which a page's style sheet
// overrides by the classes "chart-…". Ids begin with the chart's own.
func (d drawing) svg(id, title, desc string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 %s %s" role="img" aria-labelledby="%s-title %s-desc" font-family="Be Vietnam Pro, Noto Sans, sans-serif" font-size="%s">`,
		px(d.w), px(d.h), id, id, px(fontSize))
	fmt.Fprintf(&b, `<title id="%s-title">%s</title><desc id="%s-desc">%s</desc>`, id, escaped(title), id, escaped(desc))
	d.hatches(&b, id)
	for _, s := range d.shapes {
		s.svg(&b, id)
	}
	b.WriteString("</svg>")
	return b.String()
}

// hatches defines the patterns the drawing uses.
func (d drawing) hatches(b *strings.Builder, id string) {
	done := map[string]bool{}
	for _, s := range d.shapes {
		l := looks[s.class]
		if l.hatch == "" || done[s.class] {
			continue
		}
		done[s.class] = true
		fmt.Fprintf(b, `<pattern id="%s-%s" class="chart-%s" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="chart-ground" width="6" height="6" fill="%s"/><path d="%s" fill="none" stroke="%s" stroke-width="1"/></pattern>`,
			id, s.class, s.class, hex(l.fill), hatchPath(l.hatch), hex(l.stroke))
	}
}

func hatchPath(hatch string) string {
	switch hatch {
	case "/":
		return "M-1 1L1 -1M0 6L6 0M5 7L7 5"
	case "-":
		return "M0 3H6"
	case "|":
		return "M3 0V6"
	}
	return "M0 0L6 6M0 6L6 0"
}

func (s shape) svg(b *strings.Builder, id string) {
	l := looks[s.class]
	switch {
	case l.text:
		weight := ""
		if l.bold {
			weight = ` font-weight="700"`
		}
		fmt.Fprintf(b, `<text class="chart-%s" x="%s" y="%s" text-anchor="%s" fill="%s"%s>%s</text>`, s.class, px(s.x), px(s.y), s.anchor, hex(l.fill), weight, escaped(s.text))
	case s.points != nil:
		dash := ""
		if l.dash > 0 {
			dash = fmt.Sprintf(` stroke-dasharray="%s"`, px(l.dash))
		}
		points := make([]string, len(s.points))
		for i, v := range s.points {
			points[i] = px(v)
		}
		fmt.Fprintf(b, `<polyline class="chart-%s" points="%s" fill="none" stroke="%s" stroke-width="%s"%s/>`, s.class, strings.Join(points, " "), hex(l.stroke), px(l.width), dash)
	default:
		fill, stroke := hex(l.fill), ""
		if l.stroke != nil {
			stroke = fmt.Sprintf(` stroke="%s" stroke-width="%s"`, hex(l.stroke), px(max(l.width, 0.8)))
		}
		if l.hatch != "" {
			fill = fmt.Sprintf("url(#%s-%s)", id, s.class)
		}
		fmt.Fprintf(b, `<rect class="chart-%s" x="%s" y="%s" width="%s" height="%s" fill="%s"%s>`, s.class, px(s.x), px(s.y), px(s.w), px(s.h), fill, stroke)
		if s.tip != "" {
			fmt.Fprintf(b, "<title>%s</title>", escaped(s.tip))
		}
		b.WriteString("</rect>")
	}
}

// px writes a measure with one decimal at most.
func px(v float64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", math.Round(v*10)/10), ".0")
}

func hex(c *rgb) string {
	if c == nil {
		return "none"
	}
	return fmt.Sprintf("#%02X%02X%02X", c[0], c[1], c[2])
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// escaped makes text safe in a page; signs that steer a machine have no place in XML.
func escaped(s string) string { return escaper.Replace(printable(s)) }
