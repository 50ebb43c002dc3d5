package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

var thatMonth = Query{From: "2026-11-01", To: "2026-11-30"}

// counters gives each of some clerks so many ratings of a day, one of them a low one.
func counters(t *testing.T, ratings ...int) *Reader {
	s := newTables(t)
	s.branch(1, "hall", "", "")
	for i, n := range ratings {
		s.rated(1, fmt.Sprint("clerk", i), 20261102+i, n, n-1)
	}
	return s.reader()
}

func TestFewRatingsAreWithheld(t *testing.T) {
	for name, x := range map[string]struct {
		ratings  []int
		withheld string // of each row, by its place
		total    bool
	}{
		"none small":                         {[]int{5, 9}, "00", false},
		"one small: the smallest other too":  {[]int{9, 4, 7, 40}, "0110", false},
		"two small that are enough together": {[]int{3, 2, 7, 40}, "1100", false},
		"two small that are still too few":   {[]int{1, 2, 7, 6, 40}, "11010", false},
		"equals: the first by its id":        {[]int{4, 8, 8}, "110", false},
		"nobody else":                        {[]int{4}, "1", true},
		"all together enough":                {[]int{4, 4}, "11", false},
	} {
		t.Run(name, func(t *testing.T) {
			r := counters(t, x.ratings...)
			report := build(t, r, thatMonth)
			got := ""
			for i, row := range report.By[ByClerk] {
				g := row.Rating
				got += fmt.Sprint(g.Withheld / 5)
				if told := len(g.Levels) > 0 || g.Points > 0 || g.Mean > 0 || g.Content != (Share{}) || g.Low > 0 || g.High < 1; told == (g.Withheld > 0) || g.Rated != x.ratings[i] {
					t.Errorf("%+v", g)
				}
				if row.Service.N != x.ratings[i] || row.Outcome == (Outcomes{}) && row.Taken == 0 {
					t.Errorf("only ratings are withheld: %+v", row.Figures)
				}
				if g.Small != (g.Rated < 30) {
					t.Errorf("%d ratings and small %v", g.Rated, g.Small)
				}
			}
			if got != x.withheld || report.Total.Rating.Withheld > 0 != x.total {
				t.Errorf("withheld %s, want %s; the total %d", got, x.withheld, report.Total.Rating.Withheld)
			}
			officers, err := r.Officers(t.Context(), thatMonth, options())
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range officers {
				for i, row := range report.By[ByClerk] {
					if o.Clerk == row.ID && (o.Rating.Withheld > 0) != (x.withheld[i] == '1') || o.Rating.Withheld > 0 && o.Place != 0 {
						t.Errorf("in the officers' list: %+v", o.Rating)
					}
				}
			}
		})
	}
}

// What is withheld is in no file and no chart either.
func TestFilesWithhold(t *testing.T) {
	report := build(t, counters(t, 40, 4, 17), thatMonth)
	var out bytes.Buffer
	if err := CSV(&out, report, Paper{Lang: "vi"}); err != nil {
		t.Fatal(err)
	}
	clerks := map[string]string{}
	for line := range strings.Lines(out.String()) {
		line = strings.ReplaceAll(line, `"`, "")
		if cells := strings.Split(line, ";"); cells[0] == "Cán bộ" {
			clerks[cells[1]] = line
		}
	}
	if !strings.Contains(clerks["clerk1"], ";Chưa đủ 5 lượt;;;;") || !strings.Contains(clerks["clerk2"], ";Giữ kín;;;;") || strings.Contains(clerks["clerk0"], "Giữ kín") {
		t.Errorf("%q", clerks)
	}
	g := tongue("vi").ratingGrid(report, Paper{}, ByClerk)
	if text := fmt.Sprint(g.rows, g.notes); !strings.Contains(text, "Dưới 5 lượt") {
		t.Error(text)
	}
	if few := build(t, counters(t, 4), thatMonth); len(few.Total.Rating.Levels) != 0 {
		t.Errorf("%+v", few.Total.Rating)
	} else {
		for _, c := range Charts(few, Paper{Lang: "vi"}) {
			if c.ID == "levels" {
				t.Error("a chart of what is withheld")
			}
		}
	}
}
