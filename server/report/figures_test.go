package report

import (
	"reflect"
	"slices"
	"testing"

	"motcua/server/queue"
)

// aDay writes four visits of one Friday: one served and content, one transferred and
// discontent, one absent, one cancelled; and what the counters did.
func aDay(t testing.TB) *tables {
	s := newTables(t)
	s.branch(1, "hall", "Trung tâm A", "commune")
	day := cells{"day": 20261120, "weekday": 5}
	s.add("days", day)
	visit := func(id string, more cells) {
		for k, v := range day {
			more[k] = v
		}
		more["id"], more["number"] = "261120-"+id, id
		s.add("visits", more)
	}
	visit("A001", cells{"wait": minutes(10), "told_low": minutes(5), "told_high": minutes(12), "transactions": 1, "counter": "01", "calls": 2,
		"priority": "old", "procedure": "1.000001", "origin": "kiosk"})
	visit("A002", cells{"wait": minutes(31), "told_low": minutes(5), "told_high": minutes(12), "transactions": 2, "counter": "02", "transfers": 1,
		"ping_pong": 1, "again": 1, "out_of_turn": 1, "origin": "kiosk", "hour": 9})
	visit("A003", cells{"wait": minutes(30), "no_shows": 1, "state": "expired", "counter": "01", "origin": "booking", "hour": 9})
	visit("A004", cells{"state": "cancelled", "service": "ht", "field": "Hộ tịch", "hour": 23})
	visit("A005", cells{"state": "booked", "service": "ht"})
	serving := func(id, visit string, more cells) {
		for k, v := range day {
			more[k] = v
		}
		more["id"], more["visit"] = "261120-"+id, "261120-"+visit
		s.add("transactions", more)
	}
	due := atMillis(t, "2026-11-20 11:30:00")
	serving("A001.1", "A001", cells{"spent": minutes(8), "ended": 1, "outcome": "done", "due": due, "due_unit": "half_days", "kept": 1,
		"level": 1, "points": 2, "source": "keypad", "rated": 1, "priority": "old", "procedure": "1.000001", "origin": "kiosk"})
	serving("A002.1", "A002", cells{"spent": minutes(4), "ended": 1, "how": "transferred", "due": due, "due_unit": "half_days", "hour": 9, "origin": "kiosk"})
	serving("A002.2", "A002", cells{"n": 2, "counter": "02", "clerk": "Hoa", "spent": minutes(20), "ended": 1, "outcome": "received", "due": due,
		"due_unit": "working_days", "level": 4, "points": 0, "source": "phone", "reasons": "long-wait attitude", "rated": 1, "hour": 10, "origin": "kiosk"})
	// Forgotten: the day's end cut it off. It is served, but took no known time.
	serving("A001.2", "A001", cells{"n": 2, "spent": minutes(600), "ended": 1, "how": "day_closed", "hour": 16, "priority": "old", "procedure": "1.000001", "origin": "kiosk"})
	for _, kind := range []string{"call", "recall"} {
		s.add("calls", cells{"day": 20261120, "visit": "261120-A001", "kind": kind})
	}
	s.add("calls", cells{"day": 20261120, "visit": "261120-A001", "kind": "recall", "undone": 1})
	s.add("spans", cells{"day": 20261120, "began": atMillis(t, "2026-11-20 07:30:00"), "ended": atMillis(t, "2026-11-20 08:30:00")})
	s.add("spans", cells{"day": 20261120, "state": "serving", "began": atMillis(t, "2026-11-20 08:30:00"), "ended": atMillis(t, "2026-11-20 08:38:00")})
	s.add("spans", cells{"day": 20261120, "state": "paused", "reason": "họp", "began": atMillis(t, "2026-11-20 08:38:00"), "ended": atMillis(t, "2026-11-20 09:08:00")})
	s.add("spans", cells{"day": 20261120, "state": "closed", "began": atMillis(t, "2026-11-20 11:30:00"), "ended": atMillis(t, "2026-11-20 13:30:00")})
	s.add("presses", cells{"day": 20261120, "at": atMillis(t, "2026-11-20 09:00:00"), "counter": "02", "why": "late"})
	s.add("forms", cells{"day": 20261120, "transaction_id": "261120-A002.2", "counter": "02", "clerk": "Hoa", "q1": 2, "q3": 1, "q7": 0})
	s.add("overrides", cells{"day": 20261120, "visit": "261120-A002", "kind": "out_of_turn", "reason": "đi xa", "at": 5})
	s.add("overrides", cells{"day": 20261120, "visit": "261120-A002", "kind": "transfer", "was": "01", "became": "02", "at": 9})
	s.add("overrides", cells{"day": 20261120, "visit": "261120-A002", "kind": "undo", "at": 10})
	return s
}

var thatFriday = Query{From: "2026-11-20", To: "2026-11-20"}

func TestFiguresOfADay(t *testing.T) {
	report := build(t, aDay(t).reader(), thatFriday)
	want := Figures{ // what two ratings said is withheld
		Taken: 4, Served: 2, NoShow: 1, Cancelled: 1, Expired: 1, Transferred: 1, Transfers: 1, PingPong: 1, Again: 1, OutOfTurn: 1, Priority: 1, Recalls: 1,
		Wait:     Spread{N: 3, Mean: 71 * 60 / 3.0, Median: 1800, P90: 1860},
		Service:  Spread{N: 3, Mean: 32 * 60 / 3.0, Median: 480, P90: 1200},
		InTarget: Share{2, 3}, Told: Share{1, 2},
		Promise: Promise{Kept: 1, Unknown: 1}, HalfDay: Promise{Kept: 1},
		Use:     Use{Open: 98 * 60, Idle: 3600, Serving: 480, Paused: 1800},
		Outcome: Outcomes{Done: 1, Received: 1},
		Rating: Rating{Asked: 3, Rated: 2, Levels: []int{}, High: 1, Sources: map[string]int{"keypad": 1, "phone": 1}, Reasons: []Named{},
			Small: true, Withheld: 5, Refused: 1, Forms: Forms{N: 1}},
	}
	if !reflect.DeepEqual(report.Total, want) {
		t.Errorf("the total is\n%+v, not\n%+v", report.Total, want)
	}
	if report.Days != 1 || report.Sample || report.Fewest != 5 || report.Ranked != 30 {
		t.Errorf("days %d, sample %v, fewest %d, ranked %d", report.Days, report.Sample, report.Fewest, report.Ranked)
	}
	if report.Heat[5][9] != (Cell{2, 1830}) || report.Heat[5][8] != (Cell{1, 600}) || report.Heat[5][23] != (Cell{1, 0}) {
		t.Errorf("the heat map has %v, %v, %v", report.Heat[5][9], report.Heat[5][8], report.Heat[5][23])
	}
	if report.Histogram[2] != 1 || report.Histogram[6] != 2 {
		t.Errorf("the histogram is %v", report.Histogram)
	}
	if !reflect.DeepEqual(report.Pauses, []Named{{"họp", "họp", 1800}}) {
		t.Errorf("the pauses are %v", report.Pauses)
	}
	if len(report.Overrides) != 2 || report.Overrides[0].Kind != "transfer" || report.Overrides[1].Reason != "đi xa" || report.Overrides[1].Number != "A002" {
		t.Errorf("the overrides are %+v", report.Overrides)
	}
}

// What was taken back is no exception: the list holds what the figures count.
func TestOverridesTakenBack(t *testing.T) {
	s := aDay(t)
	one := func(seq int, kind string, more cells) {
		more["seq"], more["at"], more["kind"], more["day"], more["visit"] = seq, seq, kind, 20261120, "261120-A001"
		s.add("overrides", more)
	}
	call := func(seq, undone int) {
		one(seq, "out_of_turn", cells{})
		s.add("calls", cells{"day": 20261120, "visit": "261120-A001", "seq": seq, "undone": undone})
	}
	call(101, 0)
	call(102, 1)
	one(103, "undo", cells{"was": "call"})
	one(104, "transfer", cells{"became": "ht"})
	one(105, "transfer", cells{"became": "@02"})
	one(106, "undo", cells{"was": "transfer"})
	one(107, "priority", cells{"was": "old"})
	one(108, "undo", cells{"was": "end"})
	var seqs []int64
	for _, o := range build(t, s.reader(), thatFriday).Overrides {
		if o.Visit == "261120-A001" {
			seqs = append(seqs, o.Seq)
		}
	}
	if want := []int64{107, 104, 101}; !slices.Equal(seqs, want) {
		t.Errorf("exceptions %v, not %v", seqs, want)
	}
}

// Every dimension counts every visit once, but for counters and clerks, where a
// visit is wherever it was.
func TestRowsOfADay(t *testing.T) {
	report := build(t, aDay(t).reader(), thatFriday)
	for _, x := range []struct {
		d     Dimension
		id    string
		name  string
		taken int
		spent int // transactions
		open  float64
	}{
		{ByService, "ct", "Chứng thực", 3, 3, 0},
		{ByService, "ht", "Hộ tịch", 1, 0, 0},
		{ByField, "Chứng thực", "Chứng thực", 3, 3, 0},
		{ByProcedure, "1.000001", "Chứng thực bản sao", 1, 1, 0},
		{ByProcedure, "none", "Không chọn thủ tục", 3, 2, 0},
		{ByCounter, "01", "Quầy 01", 3, 2, 98 * 60},
		{ByCounter, "02", "Quầy 02", 1, 1, 0},
		{ByClerk, "Lan", "Lan", 2, 2, 98 * 60},
		{ByClerk, "Hoa", "Hoa", 1, 1, 0},
		{ByHour, "8", "8 giờ", 1, 1, 3600},
		{ByHour, "9", "9 giờ", 2, 1, 480},
		{ByHour, "7", "7 giờ", 0, 0, 1800},
		{ByWeekday, "5", "Thứ Sáu", 4, 3, 98 * 60},
		{ByPriority, "old", "Người cao tuổi", 1, 1, 0},
		{ByPriority, "none", "Không ưu tiên", 3, 2, 0},
		{ByChannel, "booking", "Đặt hẹn trước", 1, 0, 0},
		{ByDay, "2026-11-20", "20/11/2026", 4, 3, 98 * 60},
		{ByMonth, "2026-11", "Tháng 11/2026", 4, 3, 98 * 60},
		{ByBranch, "hall", "Trung tâm A", 4, 3, 98 * 60},
	} {
		got := row(t, report, x.d, x.id)
		if got.Name != x.name || got.Taken != x.taken || got.Service.N != x.spent || got.Use.Open != x.open {
			t.Errorf("by %s %s: %q took %d, served %d, open %v; want %q %d %d %v", x.d, x.id, got.Name, got.Taken, got.Service.N, got.Use.Open, x.name, x.taken, x.spent, x.open)
		}
	}
	if report.By[ByService][0].ID != "ht" || report.By[ByCounter][0].ID != "02" {
		t.Error("services and counters are not in the order of the settings")
	}
	if n := len(report.By[ByCounter]); n != 2 {
		t.Errorf("%d counters, not 2", n)
	}
}

func TestFilters(t *testing.T) {
	r := aDay(t).reader()
	for _, x := range []struct {
		name              string
		q                 Query
		taken, spent, use int
	}{
		{"all", Query{}, 4, 3, 98 * 60},
		{"service", Query{Service: "ht"}, 1, 0, 0},
		{"field", Query{Field: "Chứng thực"}, 3, 3, 0},
		{"procedure", Query{Procedure: "1.000001"}, 1, 1, 0},
		{"no procedure", Query{Procedure: "none"}, 3, 2, 0},
		{"counter", Query{Counter: "02"}, 1, 1, 0},
		{"counter that called and served nobody", Query{Counter: "01"}, 3, 2, 98 * 60},
		{"clerk", Query{Clerk: "Hoa"}, 1, 1, 0},
		{"clerk at another counter", Query{Clerk: "Hoa", Counter: "01"}, 0, 0, 0},
		{"any priority", Query{Priority: "any"}, 1, 1, 0},
		{"one priority", Query{Priority: "old"}, 1, 1, 0},
		{"no priority", Query{Priority: "none"}, 3, 2, 0},
		{"channel", Query{Channel: "booking"}, 1, 0, 0},
		{"another branch", Query{Branches: []string{"elsewhere"}}, 0, 0, 0},
	} {
		x.q.From, x.q.To = thatFriday.From, thatFriday.To
		f := build(t, r, x.q).Total
		if f.Taken != x.taken || f.Service.N != x.spent || f.Use.Open != float64(x.use) {
			t.Errorf("%s: took %d, served %d, open %v; want %d, %d, %d", x.name, f.Taken, f.Service.N, f.Use.Open, x.taken, x.spent, x.use)
		}
	}
	if f := build(t, r, Query{From: thatFriday.From, To: thatFriday.To, Counter: "02"}); len(f.By[ByCounter]) != 1 {
		t.Errorf("one counter was asked for, the rows are %v", f.By[ByCounter])
	}
}

func TestQueriesThatCannotBeAnswered(t *testing.T) {
	r := aDay(t).reader()
	for name, q := range map[string]Query{
		"no days":       {},
		"half a day":    {From: "2026-11-20"},
		"no such day":   {From: "2026-02-30", To: "2026-03-01"},
		"backwards":     {From: "2026-11-21", To: "2026-11-20"},
		"a long time":   {From: "2001-01-01", To: "2026-11-20"},
		"a century ago": {From: "1926-11-20", To: "1926-11-20"}, // its ids begin as today's
		"in a century":  {From: "2099-12-31", To: "2100-01-01"},
		"another order": {From: "20-11-2026", To: "21-11-2026"},
	} {
		if _, err := r.Build(t.Context(), q, options()); !isQuery(err) {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
	for name, q := range map[string]VisitQuery{
		"no figure":     {Query: thatFriday},
		"unknown":       {Query: thatFriday, Figure: "karma"},
		"broken cursor": {Query: thatFriday, Figure: "taken", Cursor: "x"},
	} {
		if _, err := r.Visits(t.Context(), q, options()); !isQuery(err) {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
}

func TestDossiersAreAddedUp(t *testing.T) {
	s := aDay(t)
	s.branch(2, "other", "Trung tâm B", "commune")
	r := s.reader()
	o := options()
	o.Dossiers = func(branch string, from, to queue.Day) *Dossiers {
		if from != thatFriday.From || to != thatFriday.To {
			t.Errorf("asked for %s to %s", from, to)
		}
		return &Dossiers{Received: 3, Resolved: 2, Pending: 1}
	}
	report, err := r.Build(t.Context(), thatFriday, o)
	if err != nil {
		t.Fatal(err)
	}
	if d := report.Dossiers; d == nil || *d != (Dossiers{Received: 6, Resolved: 4, Pending: 2}) {
		t.Errorf("the dossiers are %+v", d)
	}
	q := thatFriday
	q.Counter = "01" // the one-stop software knows of no counters
	if report, err = r.Build(t.Context(), q, o); err != nil || report.Dossiers != nil {
		t.Errorf("a counter's dossiers are %+v, %v", report.Dossiers, err)
	}
}
