package report

import "testing"

// What the history gave up is still counted, by what is left of it.
func TestOldDays(t *testing.T) {
	s := aDay(t)
	sums := cells{"day": 20210104, "service": "ct", "counter": "01", "taken": 10, "served": 8, "no_shows": 1, "cancelled": 1, "transfers": 2,
		"waits": 9, "wait_sum": minutes(90), "in_target": 7, "spent_sum": minutes(40), "kept": 5, "broken": 1, "rated": 3, "points": 6}
	s.add("sums", sums)
	sums["day"] = 20261120 // whose visits are still there
	s.add("sums", sums)
	r := s.reader()
	report := build(t, r, Query{From: "2021-01-01", To: "2026-12-31"})
	f := report.Total
	if report.Days != 2 || report.Old != 1 || f.Taken != 14 || f.Served != 10 || f.NoShow != 2 || f.Cancelled != 2 || f.Transfers != 3 {
		t.Errorf("%d days, %d old, %+v", report.Days, report.Old, f)
	}
	if f.Wait.N != 12 || f.Wait.Mean != (90+71)*60/12.0 || f.Wait.Median != 1800 || f.InTarget != (Share{9, 12}) || f.Promise != (Promise{6, 1, 1}) {
		t.Errorf("%+v, %+v, %+v", f.Wait, f.InTarget, f.Promise)
	}
	if f.Rating.Rated != 2 || f.Rating.Asked != 3 || f.Service.N != 3 {
		t.Errorf("a sum tells of no levels, but %+v", f.Rating)
	}
	if got := row(t, report, ByCounter, "01"); got.Taken != 13 {
		t.Errorf("counter 01 took %d", got.Taken)
	}
	if got := row(t, report, ByMonth, "2021-01"); got.Taken != 10 || got.Wait.Mean != 600 {
		t.Errorf("the month took %d, waited %v", got.Taken, got.Wait.Mean)
	}
	if f := build(t, r, Query{From: "2021-01-01", To: "2021-12-31", Clerk: "Lan"}); f.Total.Taken != 0 || f.Old != 0 {
		t.Errorf("sums know no clerks, but %+v", f.Total)
	}
	if f := build(t, r, Query{From: "2021-01-01", To: "2021-12-31", Service: "ht"}); f.Total.Taken != 0 {
		t.Errorf("of another service %+v", f.Total)
	}
}
