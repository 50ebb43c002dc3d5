package report

import (
	"fmt"
	"slices"
	"testing"
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
	s.forms(1, 5, 2, 1, 2, 2)
	s.forms(2, 4, 2, 2, 2, 2)
	r := s.reader()
	list, err := r.Compare(t.Context(), thatFriday, nil, options())
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
	one, two := 1.0, 2.0
	given := Given{"hall": {5: &two, 2: &two}, "few": {0: &one, 1: &one, 4: &one, 5: &one, 7: &one}}
	if list, err = r.Compare(t.Context(), thatFriday, given, options()); err != nil {
		t.Fatal(err)
	}
	// What people told wins: 2+2+2+2+2 of 10, all of it.
	if hall = find(list, "hall"); hall.Points != 10 || hall.Most != 10 || hall.Scale != 18 || hall.Class != "excellent" {
		t.Errorf("%+v", hall)
	}
	if few = find(list, "few"); few.Points != 5 || few.Scale != 9 || few.Class != "fair" {
		t.Errorf("%+v", few)
	}
	if hall.Place != 0 || few.Place != 0 {
		t.Error("without ratings there is no order")
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
	given := Given{}
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
			v := 2 - float64(i/2)/5 // two by two they are equal
			given[id] = [9]*float64{&v, &v, &v, &v, &v, &v, &v, &v, &v}
		}
	}
	list, err := s.reader().Compare(t.Context(), thatFriday, given, options())
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
