package report

import (
	"fmt"
	"slices"
	"testing"

	"motcua/server/queue"
)

func TestClass(t *testing.T) {
	for points, want := range map[float64]string{18: "excellent", 15: "excellent", 14.9: "good", 12: "good", 11.9: "fair", 9: "fair", 8.9: "average", 6: "average", 5.9: "weak", 0: "weak"} {
		if got := Class(points); got != want {
			t.Errorf("%v points are %s, not %s", points, got, want)
		}
	}
}

// forms writes n forms with the same answers.
func (s *tables) forms(branch, n int, q1, q3, q4, q7 any) {
	s.t.Helper()
	for i := range n {
		s.add("forms", cells{"branch": branch, "day": 20261120, "transaction_id": fmt.Sprint("261120-A", i, ".1"), "q1": q1, "q3": q3, "q4": q4, "q7": q7})
	}
}

func TestSelfAssessment(t *testing.T) {
	s := newTables(t)
	s.branch(1, "hall", "", "commune")
	s.branch(2, "few", "", "commune")
	s.branch(3, "third", "", "district") // its forms are withheld with those of few
	s.forms(1, 6, 2, 1, 2, 2)
	s.forms(2, 4, 2, 2, 2, 2)
	s.forms(3, 5, 2, 2, 2, 2)
	s.rated(3, "An", 20261120, 30, 30)
	s.rated(1, "An", 20261120, 30, 25)
	s.rated(2, "An", 20261120, 30, 30)
	r := s.reader()
	list, err := r.Compare(t.Context(), thatFriday, options())
	if err != nil {
		t.Fatal(err)
	}
	hall, few := find(list, "hall"), find(list, "few")
	// Four known indicators of nine are too few for the scale.
	if hall.Points != 7 || hall.Most != 8 || hall.Scale != 0 || hall.Class != "" || hall.Indicators[1] != nil || *hall.Indicators[2] != 1 {
		t.Errorf("%+v", hall)
	}
	if few.Points != 0 || few.Most != 0 || few.Indicators[0] != nil {
		t.Errorf("four forms are too few, but %+v", few)
	}
	if third := find(list, "third"); third.Most != 0 || third.Figures.Rating.Forms.N != 5 || third.Figures.Rating.Withheld != 0 {
		t.Errorf("the total less these forms are the four, but %+v", third)
	}
	o := told(map[string]map[string]int{"hall": {"6": 1}, "few": {"2": 1, "5": 1, "6": 1, "8": 1, "9": 1}})
	if list, err = r.Compare(t.Context(), thatFriday, o); err != nil {
		t.Fatal(err)
	}
	// 2+1+2+2 of the forms and 1 told are 8 of 10, 14.4 of 18.
	if hall = find(list, "hall"); hall.Points != 8 || hall.Most != 10 || hall.Scale != 14.4 || hall.Class != "good" {
		t.Errorf("%+v", hall)
	}
	if few = find(list, "few"); few.Points != 5 || few.Scale != 9 || few.Class != "fair" {
		t.Errorf("%+v", few)
	}
	if hall.Place != 1 || few.Place != 2 {
		t.Errorf("places %d and %d", hall.Place, few.Place)
	}
}

// Whoever has too few ratings has no place, and no class and scale either: the points
// stay, so that one sees what is known.
func TestTooFewRatingsAreNotJudged(t *testing.T) {
	s := newTables(t)
	s.branch(1, "thirty", "", "commune")
	s.branch(2, "fewer", "", "commune")
	s.rated(1, "An", 20261120, 30, 30)
	s.rated(2, "An", 20261120, 29, 29)
	all := map[string]int{"2": 2, "5": 2, "6": 2, "8": 2, "9": 2}
	list, err := s.reader().Compare(t.Context(), thatFriday, told(map[string]map[string]int{"thirty": all, "fewer": all}))
	if err != nil {
		t.Fatal(err)
	}
	if thirty := find(list, "thirty"); thirty.Class != "excellent" || thirty.Scale != 18 || thirty.Place != 1 {
		t.Errorf("%+v", thirty)
	}
	if fewer := find(list, "fewer"); fewer.Class != "" || fewer.Scale != 0 || fewer.Place != 0 || fewer.Points != 10 || fewer.Most != 10 {
		t.Errorf("%+v", fewer)
	}
	// The files say which of the two is missing.
	for i, want := range map[int]string{0: "Xuất sắc", 1: "Chưa đủ lượt đánh giá"} {
		g := tongue("vi").rankedGrid(&Report{Ranked: 30}, Paper{Ranked: list[i : i+1]})
		if got := g.rows[0][14]; got != want {
			t.Errorf("%s: %v, not %s", list[i].Branch, got, want)
		}
	}
	list[1].Figures.Rating.Rated = 30
	if got := tongue("vi").rankedGrid(&Report{Ranked: 30}, Paper{Ranked: list[1:]}).rows[0][14]; got != "Chưa đủ chỉ số" {
		t.Errorf("without a class: %v", got)
	}
}

// told gives branches settings with the indicators people told.
func told(indicators map[string]map[string]int) Options {
	o := options()
	o.Settings = func(id string) *queue.Settings {
		return &queue.Settings{ID: id, Name: queue.Text{VI: "Đơn vị " + id}, Report: queue.ReportSetting{Indicators: indicators[id]}}
	}
	return o
}

// Without forms the promises tell of indicator 1; what nobody knows is on no side.
func TestIndicatorOfPromises(t *testing.T) {
	for _, x := range []struct {
		kept, broken, unknown int
		want                  float64 // -1: not known
	}{{4, 0, 0, -1}, {5, 0, 0, 2}, {9, 0, 1, 2}, {9, 0, 2, -1}, {3, 1, 0, -1}, {3, 2, 0, 1.2}, {0, 5, 0, 0}} {
		r := Ranked{Figures: Figures{Promise: Promise{x.kept, x.broken, x.unknown}}}
		r.assess(5, 30, nil)
		got := -1.0
		if r.Indicators[0] != nil {
			got = *r.Indicators[0]
		}
		if got != x.want {
			t.Errorf("%+v: indicator 1 is %v, not %v", x, got, x.want)
		}
	}
}

func find(list []Ranked, id string) Ranked {
	i := slices.IndexFunc(list, func(r Ranked) bool { return r.Branch == id })
	return list[i]
}

// Nineteen units as in the pilot: seven departments, four former districts, eight
// communes. Each is in an order among its own kind only.
func TestOrderAmongEquals(t *testing.T) {
	s := newTables(t)
	indicators := map[string]map[string]int{}
	no := 0
	for kind, n := range map[string]int{"department": 7, "district": 4, "commune": 8} {
		for i := range n {
			no++
			id := fmt.Sprint(kind, "-", i)
			s.branch(no, id, "Đơn vị "+id, kind)
			ratings := 30
			if i == n-1 {
				ratings = 29 // the last of each kind has one too few
			}
			s.rated(no, "An", 20261120, ratings, 25)
			v := 10 - i/2 // two by two they are equal
			indicators[id] = map[string]int{}
			for _, n := range []string{"2", "5", "6", "8", "9"} {
				indicators[id][n] = min(v, 2)
				v -= min(v, 2)
			}
		}
	}
	list, err := s.reader().Compare(t.Context(), thatFriday, told(indicators))
	if err != nil || len(list) != 19 {
		t.Fatalf("%d, %v", len(list), err)
	}
	var got []string
	for _, r := range list {
		got = append(got, fmt.Sprintf("%s %d", r.Branch, r.Place))
	}
	want := []string{
		"commune-0 1", "commune-1 1", "commune-2 3", "commune-3 3", "commune-4 5", "commune-5 5", "commune-6 7", "commune-7 0",
		"department-0 1", "department-1 1", "department-2 3", "department-3 3", "department-4 5", "department-5 5", "department-6 0",
		"district-0 1", "district-1 1", "district-2 3", "district-3 0",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the order is\n%v, not\n%v", got, want)
	}
}
