package report

import (
	"encoding/xml"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"
)

func TestChartsShowTheReport(t *testing.T) {
	r, charts := exampleReport(), map[string]Chart{}
	for _, c := range Charts(r, examplePaper("vi")) {
		charts[c.ID] = c
		shots(t, "chart-"+c.ID+".svg", []byte(c.SVG))
	}
	for _, c := range []struct {
		id   string
		row  int
		want string
	}{
		{"days", 0, "02/11 141"}, {"hours", 0, "07 giờ 929"}, {"waits", 0, "07 giờ " + tongue("vi").number(r.By[ByHour][0].Wait.Median/60, 1) + " " + tongue("vi").number(r.By[ByHour][0].Wait.P90/60, 1)},
		{"lengths", 1, "5-10 phút 611"}, {"heat", 0, "Thứ Hai 237 197 138 98 19 0 148 88 49 9"},
		{"services", 0, "Chứng thực 1.200"}, {"use", 0, "Quầy 01 90,3 6,5 38,7 15,1"}, {"levels", 0, "Tổng 940 176 35 25 1.176 33,0%"}, {"branches", 0, "Đơn vị thứ 1 15,8 Xuất sắc"},
	} {
		chart, has := charts[c.id]
		if !has || len(chart.Rows) <= c.row || strings.Join(chart.Rows[c.row], " ") != c.want {
			t.Errorf("%s: the table says %v, want %q", c.id, chart.Rows, c.want)
		}
		for _, row := range chart.Rows {
			if len(row) != len(chart.Heads) {
				t.Errorf("%s: a row %v below %v", c.id, row, chart.Heads)
			}
		}
		if chart.Title == "" || chart.Desc == "" {
			t.Errorf("%s says nothing to who does not see it", c.id)
		}
	}
	if n := len(charts["hours"].Rows); n != 9 || len(charts["waits"].Rows) != n {
		t.Errorf("%d hours are drawn, with those nobody came in", n)
	}
	if !strings.Contains(charts["heat"].Desc, "Thứ Hai lúc 07 giờ, 237") {
		t.Errorf("the busiest hour: %q", charts["heat"].Desc)
	}
}

// What goes into a page is XML without styles and scripts, inside its frame, and
// every class has a look for print.
func TestSVGIsSafeAndWhole(t *testing.T) {
	r := exampleReport()
	r.By[ByService][0].Name = `<script>alert("x")</script> & 'more' ` + "\x07"
	for _, c := range Charts(r, examplePaper("en")) {
		dec := xml.NewDecoder(strings.NewReader(c.SVG))
		for {
			token, err := dec.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", c.ID, err)
			}
			e, is := token.(xml.StartElement)
			if !is {
				continue
			}
			if e.Name.Local == "script" || e.Name.Local == "style" || e.Name.Local == "foreignObject" {
				t.Errorf("%s has a %s", c.ID, e.Name.Local)
			}
			for _, a := range e.Attr {
				if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") {
					t.Errorf("%s has an attribute %s", c.ID, a.Name.Local)
				}
				if f, err := strconv.ParseFloat(a.Value, 64); err == nil && (math.IsNaN(f) || f < -20 || f > 2000) {
					t.Errorf("%s: %s=%s", c.ID, a.Name.Local, a.Value)
				}
			}
		}
		for _, want := range []string{`role="img"`, "<title id=", "<desc id=", "viewBox="} {
			if !strings.Contains(c.SVG, want) {
				t.Errorf("%s lacks %s", c.ID, want)
			}
		}
		for _, s := range c.drawing.shapes {
			if _, known := looks[s.class]; !known {
				t.Errorf("%s: nothing says how %q looks", c.ID, s.class)
			}
			if s.x < 0 || s.x+s.w > c.drawing.w+0.5 || s.y < 0 || s.y+s.h > c.drawing.h+0.5 {
				t.Errorf("%s: %+v lies outside", c.ID, s)
			}
		}
	}
}

// The bars are as long as the figures they show.
func TestBarsAreInProportion(t *testing.T) {
	l := tongue("vi")
	bars := l.lying([]lyingBar{{name: "a", values: []float64{10}}, {name: "b", values: []float64{30, 10}}}, []string{"x", "y"}, false)
	var widths []float64
	for _, s := range bars.shapes {
		if strings.HasPrefix(s.class, "bar") && s.tip != "" {
			widths = append(widths, s.w)
		}
	}
	if len(widths) != 3 || math.Abs(widths[1]-3*widths[0]) > 1e-6 || math.Abs(widths[0]-widths[2]) > 1e-6 {
		t.Errorf("widths are %v", widths)
	}
	standing := l.bars([]string{"a", "b"}, []float64{5, 20})
	var heights []float64
	for _, s := range standing.shapes {
		if s.class == "bar-1" {
			heights = append(heights, s.h)
		}
	}
	if len(heights) != 2 || math.Abs(heights[1]-4*heights[0]) > 1e-6 {
		t.Errorf("heights are %v", heights)
	}
}

func TestTicksAreRound(t *testing.T) {
	for most, want := range map[float64]int{1: 1, 3: 3, 7: 8, 175: 200, 929: 1000, 1200: 1500, 0: 1} {
		list := ticks(most)
		if last := int(list[len(list)-1]); last != want || len(list) > 6 {
			t.Errorf("up to %v: %v", most, list)
		}
	}
}
