package report

// chart draws a chart as wide as the text.
func (p *pen) chart(c Chart) {
	scale := bodyW / c.drawing.w
	p.sub(c.Title, c.drawing.h*scale)
	p.draw(c.drawing, pageLeft, p.y, scale)
	p.y += c.drawing.h*scale + 2
}

// draw draws the shapes of a drawing; scale is millimetres a pixel.
func (p *pen) draw(d drawing, x, y, scale float64) {
	for _, s := range d.shapes {
		l := looks[s.class]
		switch {
		case l.text:
			weight := ""
			if l.bold {
				weight = "B"
			}
			p.style(weight, fontSize*scale/point, l.fill)
			p.at(x+s.x*scale, y+s.y*scale, map[string]string{"start": "L", "middle": "C", "end": "R"}[s.anchor], s.text)
		case s.points != nil:
			p.polyline(s.points, l, x, y, scale)
		default:
			p.rect(l, x+s.x*scale, y+s.y*scale, s.w*scale, s.h*scale, scale)
		}
	}
}

func (p *pen) polyline(points []float64, l look, x, y, scale float64) {
	p.lineColour(l.stroke)
	p.SetLineWidth(l.width * scale)
	if l.dash > 0 {
		p.SetDashPattern([]float64{l.dash * scale, l.dash * scale}, 0)
		defer p.SetDashPattern(nil, 0)
	}
	p.MoveTo(x+points[0]*scale, y+points[1]*scale)
	for i := 2; i+1 < len(points); i += 2 {
		p.LineTo(x+points[i]*scale, y+points[i+1]*scale)
	}
	p.DrawPath("D")
}

func (p *pen) rect(l look, x, y, w, h, scale float64) {
	p.fillColour(l.fill)
	p.Rect(x, y, w, h, "F")
	if l.stroke == nil {
		return
	}
	p.lineColour(l.stroke)
	p.SetLineWidth(max(l.width, 0.8) * scale)
	if l.hatch != "" {
		p.hatch(l.hatch, x, y, w, h, 6*scale)
	}
	p.Rect(x, y, w, h, "D")
}

// hatch draws lines over a box, one step apart.
func (p *pen) hatch(kind string, x, y, w, h, step float64) {
	p.ClipRect(x, y, w, h, false)
	defer p.ClipEnd()
	if kind == "-" {
		for v := step / 2; v < h; v += step {
			p.Line(x, y+v, x+w, y+v)
		}
	}
	if kind == "|" {
		for v := step / 2; v < w; v += step {
			p.Line(x+v, y, x+v, y+h)
		}
	}
	if kind == "/" || kind == "x" {
		for v := 0.0; v < w+h; v += step {
			p.Line(x+v, y, x+v-h, y+h)
		}
	}
	if kind == "x" {
		for v := -h; v < w; v += step {
			p.Line(x+v, y, x+v+h, y+h)
		}
	}
}
