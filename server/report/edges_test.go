package report

import (
	"context"
	"errors"
	"testing"

	"motcua/server/queue"
)

func isQuery(err error) bool { return errors.Is(err, ErrQuery) }

func TestNothingHappened(t *testing.T) {
	s := newTables(t)
	s.branch(1, "hall", "Trung tâm A", "commune")
	report := build(t, s.reader(), Query{From: "2026-01-01", To: "2026-12-31"})
	f := report.Total
	if report.Days != 0 || f.Taken != 0 || f.Wait != (Spread{}) || f.Rating.Mean != 0 || f.Rating.Low != 0 || f.Rating.High != 1 {
		t.Errorf("of nothing there is %d days, %+v", report.Days, f)
	}
	for d, rows := range report.By {
		if rows == nil || len(rows) != 0 {
			t.Errorf("by %s there is %v", d, rows)
		}
	}
	if report.Overrides == nil || report.Pauses == nil {
		t.Error("an empty list is null")
	}
}

// A quarter holds its first and last day and no other, also in a leap year; parts
// are cut at no visit's expense.
func TestBordersOfASpan(t *testing.T) {
	s := newTables(t)
	s.branch(1, "hall", "", "")
	for i, day := range []int{20231231, 20240101, 20240229, 20240301, 20240331, 20240401} {
		id := dayOf(day)
		s.add("visits", cells{"day": day, "id": idPrefix(id) + "-A001", "wait": minutes(float64(i + 1)), "transactions": 1})
		s.add("transactions", cells{"day": day, "id": idPrefix(id) + "-A001.1", "visit": idPrefix(id) + "-A001", "spent": minutes(1)})
		s.add("spans", cells{"day": day, "began": id.Start().UnixMilli(), "ended": id.Add(1).Start().UnixMilli()})
	}
	r := s.reader()
	for _, x := range []struct {
		from, to queue.Day
		days     int
	}{
		{"2024-01-01", "2024-03-31", 4},
		{"2024-02-29", "2024-02-29", 1},
		{"2024-02-28", "2024-02-28", 0},
		{"2024-02-01", "2024-02-29", 1},
		{"2023-01-01", "2023-12-31", 1},
		{"2023-12-31", "2024-04-01", 6},
		{"2020-01-01", "2029-12-31", 6},
	} {
		f := build(t, r, Query{From: x.from, To: x.to})
		if f.Days != x.days || f.Total.Taken != x.days || f.Total.Served != x.days || f.Total.Service.N != x.days || f.Total.Use.Open != float64(x.days*86400) {
			t.Errorf("%s to %s: %d days, %d taken, %d served, open %v; want %d", x.from, x.to, f.Days, f.Total.Taken, f.Total.Service.N, f.Total.Use.Open, x.days)
		}
	}
	by := build(t, r, Query{From: "2023-12-31", To: "2024-04-01"}).By
	if len(by[ByMonth]) != 5 || by[ByMonth][0].ID != "2023-12" || by[ByDay][2].ID != "2024-02-29" {
		t.Errorf("months %v, days %v", by[ByMonth], by[ByDay])
	}
	for h, row := range by[ByHour] {
		if want := float64(6 * 3600); row.Use.Open != want || row.ID != hourIDs[h] {
			t.Errorf("hour %s was open %v, not %v", row.ID, row.Use.Open, want)
		}
	}
}

// What lasts is counted until now; what was left open on an earlier day, until its end.
func TestStatesThatLast(t *testing.T) {
	s := newTables(t)
	s.branch(1, "hall", "", "")
	s.add("spans", cells{"day": 20261122, "began": atMillis(t, "2026-11-22 17:30:00")})
	s.add("spans", cells{"counter": "02", "day": 20261120, "began": atMillis(t, "2026-11-20 23:00:00")})
	s.add("spans", cells{"counter": "03", "day": 20261122, "began": atMillis(t, "2026-11-22 18:30:00")})                                              // the clock was set back
	s.add("spans", cells{"counter": "04", "day": 20261121, "began": atMillis(t, "2026-11-21 16:00:00"), "ended": atMillis(t, "2026-11-22 07:00:00")}) // closed late
	report := build(t, s.reader(), Query{From: "2026-11-20", To: "2026-11-22"})
	if one, two := row(t, report, ByCounter, "01").Use.Idle, row(t, report, ByCounter, "02").Use.Idle; one != 1800 || two != 3600 {
		t.Errorf("open %v and %v", one, two)
	}
	if late := row(t, report, ByCounter, "04").Use.Idle; late != 8*3600 {
		t.Errorf("a day that was closed at the next start was open for %v", late)
	}
	if len(report.By[ByCounter]) != 3 {
		t.Errorf("a state that began after now counts: %v", report.By[ByCounter])
	}
}

// A file somebody changed by hand stops no report.
func TestRowsNobodyWrote(t *testing.T) {
	s := newTables(t)
	s.branch(1, "hall", "", "")
	for i, x := range []cells{{"hour": 24, "level": 1 << 40}, {"hour": -1, "level": -3}} {
		id := "261120-A00" + hourIDs[i]
		s.add("visits", cells{"day": 20261120, "id": id, "hour": x["hour"], "wait": -5})
		s.add("transactions", cells{"day": 20261120, "id": id + ".1", "visit": id, "hour": x["hour"], "level": x["level"], "points": 1, "spent": 1, "ended": 1})
		s.add("forms", cells{"day": 20261120, "transaction_id": id + ".1"})
	}
	if f := build(t, s.reader(), thatFriday).Total; f.Taken != 2 || f.Rating.Rated != 1 || len(f.Rating.Levels) >= mostLevels {
		t.Errorf("%+v", f)
	}
}

// Columns are joined when they are read; a text that holds the joining character is
// an error and no wrong figure.
func TestJoiningCharacterInAText(t *testing.T) {
	s := newTables(t)
	s.branch(1, "hall", "", "")
	s.add("transactions", cells{"day": 20261120, "id": "261120-A001.1", "visit": "261120-A001", "clerk": "A" + unit + "B"})
	if _, err := s.reader().Build(t.Context(), thatFriday, options()); !errors.Is(err, errPacked) {
		t.Errorf("the error is %v", err)
	}
}

func TestSampleIsMarked(t *testing.T) {
	s := newTables(t)
	s.branch(1, "hall", "", "")
	s.add("days", cells{"day": 20261119})
	s.add("days", cells{"day": 20261120, "sample": 1})
	r := s.reader()
	if build(t, r, Query{From: "2026-11-19", To: "2026-11-19"}).Sample || !build(t, r, Query{From: "2026-11-19", To: "2026-12-19"}).Sample {
		t.Error("sample days are not told from others")
	}
}

// What belongs to a branch keeps its name in a report about several.
func TestSeveralBranches(t *testing.T) {
	s := aDay(t)
	s.branch(2, "other", "Trung tâm B", "commune")
	s.add("visits", cells{"branch": 2, "day": 20261120, "id": "261120-A001", "transactions": 1})
	s.add("transactions", cells{"branch": 2, "day": 20261120, "id": "261120-A001.1", "visit": "261120-A001", "spent": minutes(1)})
	report := build(t, s.reader(), thatFriday)
	if report.Total.Taken != 5 {
		t.Errorf("%d taken", report.Total.Taken)
	}
	if got := row(t, report, ByService, "hall/ct"); got.Taken != 3 || got.Name != "Trung tâm A · Chứng thực" {
		t.Errorf("%+v", got)
	}
	if got := row(t, report, ByClerk, "other/Lan"); got.Taken != 1 || got.Name != "Trung tâm B · Lan" {
		t.Errorf("%s took %d", got.Name, got.Taken)
	}
	if got := row(t, report, ByField, "Chứng thực"); got.Taken != 4 {
		t.Errorf("fields are the catalogue's, but %s took %d", got.Name, got.Taken)
	}
}

func TestCancelled(t *testing.T) {
	r := aDay(t).reader()
	ctx, cancel := context.WithCancel(t.Context())
	o := options()
	o.Progress = func(done, of int) {
		if done == 1 {
			cancel()
		}
	}
	if _, err := r.Build(ctx, Query{From: "2010-01-01", To: "2026-12-31"}, o); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

func TestProgress(t *testing.T) {
	r := aDay(t).reader()
	o, last, most := options(), 0, 0
	o.Progress = func(done, of int) {
		if done != last+1 {
			t.Errorf("from %d to %d", last, done)
		}
		last, most = done, of
	}
	if _, err := r.Build(t.Context(), Query{From: "2025-01-01", To: "2026-12-31"}, o); err != nil || last != most || most < 12 {
		t.Errorf("%d of %d, %v", last, most, err)
	}
}
