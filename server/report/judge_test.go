package report

import (
	"fmt"
	"slices"
	"testing"

	"motcua/server/queue"
)

// rated writes n transactions of a clerk, of them so many content.
func (s *tables) rated(branch int, clerk string, day, n, content int) {
	s.t.Helper()
	for i := range n {
		id := fmt.Sprintf("%s-%s%03d", idPrefix(dayOf(day)), clerk[:1], i)
		points, level := 2, 1
		if i >= content {
			points, level = 0, 4
		}
		s.add("visits", cells{"branch": branch, "day": day, "id": id, "transactions": 1, "wait": minutes(1)})
		s.add("transactions", cells{"branch": branch, "day": day, "id": id + ".1", "visit": id, "clerk": clerk, "spent": minutes(1), "ended": 1,
			"level": level, "points": points, "source": "tablet", "rated": i})
	}
}

// Few ratings do not pass many by luck, and too few are in no order at all.
func TestOfficers(t *testing.T) {
	s := newTables(t)
	s.branch(1, "hall", "", "")
	s.rated(1, "An", 20261120, 100, 95)
	s.rated(1, "Bình", 20261120, 30, 30)
	s.rated(1, "Chi", 20261120, 29, 29)
	s.rated(1, "Dung", 20261120, 60, 57)
	s.add("transactions", cells{"day": 20261120, "id": "261120-Z001.1", "visit": "261120-Z001", "clerk": "An", "counter": "02", "spent": 1, "ended": 1})
	s.add("remarks", cells{"clerk": "An", "month": 202611, "text": "Tôi mới chuyển sang quầy này.", "at": atMillis(t, "2026-11-21 08:00:00")})
	s.add("remarks", cells{"clerk": "An", "month": 202610, "text": "Tháng trước."})
	list, err := s.reader().Officers(t.Context(), thatFriday, options())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, o := range list {
		got = append(got, fmt.Sprintf("%d %s %d/%d", o.Place, o.Clerk, o.AnswerRate.Yes, o.AnswerRate.Of))
	}
	// The lower ends: An 0.888, Bình 0.886, Dung 0.863; Chi has one rating too few.
	if want := []string{"1 An 100/101", "2 Bình 30/30", "3 Dung 60/60", "0 Chi 29/29"}; !slices.Equal(got, want) {
		t.Errorf("the list is %v, not %v", got, want)
	}
	if an := list[0]; !slices.Equal(an.Counters, []string{"01", "02"}) || len(an.Remarks) != 1 || an.Remarks[0].Month != "2026-11" ||
		an.Remarks[0].At.Format("02/01 15:04") != "21/11 08:00" || an.Branch != "hall" {
		t.Errorf("An: %v, %+v", an.Counters, an.Remarks)
	}
}

func TestEqualOfficersShareAPlace(t *testing.T) {
	s := newTables(t)
	s.branch(1, "hall", "", "")
	for _, clerk := range []string{"An", "Bình", "Chi"} {
		s.rated(1, clerk, 20261120, 40, 40-5*bit(clerk == "Chi"))
	}
	list, err := s.reader().Officers(t.Context(), thatFriday, options())
	if err != nil || len(list) != 3 || list[0].Place != 1 || list[1].Place != 1 || list[2].Place != 3 {
		t.Errorf("%+v, %v", list, err)
	}
}

// A clerk sees nothing before the fifth rating, and from then on only every fifth
// moves what is seen: nobody learns a single mark by looking before and after.
func TestOwnFigures(t *testing.T) {
	for n, want := range map[int]int{0: 0, 4: 0, 5: 5, 9: 5, 10: 10, 14: 10} {
		s := newTables(t)
		s.branch(1, "hall", "", "")
		s.rated(1, "An", 20261105, n, 5) // the sixth and later are discontent
		s.rated(1, "Bình", 20261105, 7, 0)
		s.rated(1, "An", 20261205, 6, 6) // of another month
		own, err := s.reader().Own(t.Context(), "hall", "An", "2026-11", options())
		if err != nil {
			t.Fatal(err)
		}
		if own.Rated != want || own.Enough != (want > 0) || own.Fewest != 5 || own.Month != "2026-11" || own.Served != n {
			t.Errorf("of %d ratings: %+v", n, own)
		}
		if want > 0 && (own.Content != Share{5, want} || own.High == 0) {
			t.Errorf("of %d ratings: %+v", n, own)
		}
	}
}

func TestOwnFiguresOfNobody(t *testing.T) {
	r := aDay(t).reader()
	for _, x := range [][2]string{{"hall", ""}, {"hall", "Ma"}, {"elsewhere", "Lan"}} {
		if own, err := r.Own(t.Context(), x[0], x[1], "2026-11", options()); err != nil || own.Enough || own.Levels == nil {
			t.Errorf("%v: %+v, %v", x, own, err)
		}
	}
	if _, err := r.Own(t.Context(), "hall", "Lan", "2026-13", options()); !isQuery(err) {
		t.Errorf("a month that is none: %v", err)
	}
}

// What rests on too few is withheld from the public.
func TestResults(t *testing.T) {
	for n, told := range map[int]bool{4: false, 5: true} {
		s := newTables(t)
		s.branch(1, "hall", "", "")
		s.rated(1, "An", 20261120, n, 3)
		s.rated(1, "An", 20260901, 9, 9) // longer ago than is published
		res, err := s.reader().Results(t.Context(), "hall", options())
		if err != nil {
			t.Fatal(err)
		}
		if res.From != "2026-10-24" || res.To != "2026-11-22" || res.Taken != n || res.Rated != n {
			t.Errorf("%+v", res)
		}
		if (res.Content != nil) != told || (res.Wait != nil) != told || (len(res.Levels) > 0) != told || res.Promise != nil {
			t.Errorf("of %d visits: content %v, wait %v, promise %v", n, res.Content, res.Wait, res.Promise)
		}
	}
}

// The public sees no mark on the day it was given: a board watched before and after a
// visitor rates would tell how.
func TestResultsHoldTodaysMarksBack(t *testing.T) {
	s := newTables(t)
	s.branch(1, "hall", "", "")
	s.rated(1, "An", 20261120, 6, 3)
	s.rated(1, "An", 20261122, 9, 9) // today
	res, err := s.reader().Results(t.Context(), "hall", options())
	if err != nil {
		t.Fatal(err)
	}
	marks := 0
	for _, n := range res.Levels {
		marks += n
	}
	if res.Taken != 15 || res.Rated != 6 || res.Asked != 6 || res.Content == nil || *res.Content != (Share{3, 6}) || marks != 6 {
		t.Errorf("%+v, content %v", res, res.Content)
	}
}

func TestNothingIsPublished(t *testing.T) {
	o := options()
	o.Settings = func(string) *queue.Settings {
		return &queue.Settings{Report: queue.ReportSetting{Published: queue.PublishedSetting{Off: true}}}
	}
	if res, err := aDay(t).reader().Results(t.Context(), "hall", o); err != nil || !res.Off || res.Taken != 0 {
		t.Errorf("%+v, %v", res, err)
	}
}
