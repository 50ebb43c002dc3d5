package report

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
)

// pick is one of some values.
func pick[T any](r *rand.Rand, values ...T) T { return values[r.IntN(len(values))] }

// scattered writes visits of a fortnight whose every column is thrown by dice, also
// in ways no hall would come to.
func scattered(t testing.TB, visits int) *tables {
	s := newTables(t)
	s.branch(1, "hall", "", "")
	s.branch(2, "other", "", "")
	r := rand.New(rand.NewPCG(7, 11))
	for i := range visits {
		day := 20261109 + r.IntN(14)
		id := fmt.Sprintf("%s-A%03d", idPrefix(dayOf(day)), i)
		branch := 1 + r.IntN(2)
		kind := func() cells {
			return cells{"branch": branch, "day": day, "weekday": int(dayOf(day).Weekday()), "hour": r.IntN(24), "counter": pick(r, "01", "02", "03", ""),
				"service": pick(r, "ht", "ct"), "field": pick(r, "Hộ tịch", ""), "procedure": pick(r, "1.000001", "", ""), "priority": pick(r, "old", "", ""),
				"origin": pick(r, "kiosk", "desk", "booking")}
		}
		n := r.IntN(3)
		v := kind()
		v["id"], v["transactions"] = id, n
		if v["state"] = pick(r, "ended", "cancelled", "expired"); n == 0 {
			v["state"] = pick(r, "waiting", "booked") // who has not come was never served
		}
		v["wait"], v["told_high"], v["target"] = pick[any](r, nil, minutes(10), minutes(30), minutes(40)), pick[any](r, nil, minutes(10), minutes(20)), minutes(30)
		for _, column := range []string{"no_shows", "transfers", "ping_pong", "out_of_turn"} {
			v[column] = max(0, r.IntN(4)-1)
		}
		v["again"] = r.IntN(2)
		s.add("visits", v)
		for k := range r.IntN(3) {
			s.add("calls", cells{"branch": branch, "day": day, "visit": id, "kind": pick(r, "call", "recall"), "undone": k})
		}
		for k := range n {
			x := kind()
			x["id"], x["visit"], x["n"], x["clerk"] = fmt.Sprintf("%s.%d", id, k+1), id, k+1, pick(r, "Lan", "Hoa")
			x["spent"], x["how"] = pick[any](r, nil, 1, minutes(9)), pick(r, "ended", "transferred", "parked", "day_closed")
			x["outcome"], x["due"], x["due_unit"] = pick(r, "done", "received", ""), pick[any](r, nil, 5), pick(r, "half_days", "working_days")
			x["kept"], x["level"], x["points"] = pick[any](r, nil, 0, 1), pick[any](r, nil, 1, 4), pick[any](r, nil, 0, 2)
			s.add("transactions", x)
		}
	}
	return s
}

// figureOf says which number of Figures a listed figure is, counted in visits or in
// transactions; -1 for those that count how often something happened to a visit.
var figureOf = map[string]func(f Figures) int{
	"taken": func(f Figures) int { return f.Taken }, "served": func(f Figures) int { return f.Served }, "no_show": func(f Figures) int { return f.NoShow },
	"cancelled": func(f Figures) int { return f.Cancelled }, "expired": func(f Figures) int { return f.Expired }, "transferred": func(f Figures) int { return f.Transferred },
	"again": func(f Figures) int { return f.Again }, "priority": func(f Figures) int { return f.Priority }, "wait": func(f Figures) int { return f.Wait.N },
	"in_target": func(f Figures) int { return f.InTarget.Yes }, "over_target": func(f Figures) int { return f.InTarget.Of - f.InTarget.Yes },
	"told": func(f Figures) int { return f.Told.Yes }, "over_told": func(f Figures) int { return f.Told.Of - f.Told.Yes },
	"service": func(f Figures) int { return f.Service.N }, "promise": func(f Figures) int { return f.Promise.Kept + f.Promise.Broken + f.Promise.Unknown },
	"kept": func(f Figures) int { return f.Promise.Kept }, "broken": func(f Figures) int { return f.Promise.Broken }, "unknown": func(f Figures) int { return f.Promise.Unknown },
	"half_day":     func(f Figures) int { return f.HalfDay.Kept + f.HalfDay.Broken + f.HalfDay.Unknown },
	"outcome_done": func(f Figures) int { return f.Outcome.Done }, "outcome_received": func(f Figures) int { return f.Outcome.Received },
	"asked": func(f Figures) int { return f.Rating.Asked }, "answers": func(f Figures) int { return f.Rating.Asked },
}

// The visits behind a figure are exactly those that were counted, whatever the
// filter: the one is told in Go, the other in SQL.
func TestVisitsBehindFigures(t *testing.T) {
	r := scattered(t, 240).reader()
	ctx := context.Background()
	for i, q := range []Query{{}, {Branches: []string{"other"}}, {Service: "ht"}, {Field: "none"}, {Procedure: "1.000001"}, {Counter: "01"}, {Clerk: "Hoa"},
		{Counter: "02", Clerk: "Lan"}, {Priority: "any"}, {Priority: "none"}, {Channel: "desk"}, {Service: "ct", Counter: "03", Priority: "old"}} {
		q.From, q.To = "2026-11-11", "2026-11-20"
		total := build(t, r, q).Total
		for figure, number := range figureOf {
			listed, transactions := 0, transactionFigures[figure] != ""
			for cursor := ""; ; {
				page, err := r.Visits(ctx, VisitQuery{Query: q, Figure: figure, Cursor: cursor, Limit: 23}, options())
				if err != nil {
					t.Fatal(err)
				}
				listed += len(page.Visits)
				if cursor = page.Next; cursor == "" {
					break
				}
			}
			want := number(total)
			// Of transactions a visit has two at most, and is listed once.
			if !transactions && listed != want || transactions && (listed > want || 2*listed < want) {
				t.Errorf("query %d, %s: %d visits are listed, %d were counted", i, figure, listed, want)
			}
		}
	}
}

func TestCellsOfTheHeatMap(t *testing.T) {
	r := scattered(t, 200).reader()
	q := Query{From: "2026-11-01", To: "2026-11-30"}
	report := build(t, r, q)
	seen := 0
	for weekday := range 7 {
		for hour := range 24 {
			page, err := r.Visits(t.Context(), VisitQuery{Query: q, Figure: "taken", Hour: &hour, Weekday: &weekday, Limit: 200}, options())
			if err != nil || len(page.Visits) != report.Heat[weekday][hour].Taken {
				t.Errorf("weekday %d, hour %d: %d visits of %d, %v", weekday, hour, len(page.Visits), report.Heat[weekday][hour].Taken, err)
			}
			seen += len(page.Visits)
		}
	}
	if seen != report.Total.Taken || seen < 50 {
		t.Errorf("%d visits in all cells, %d taken", seen, report.Total.Taken)
	}
}

func TestVisitRow(t *testing.T) {
	page, err := aDay(t).reader().Visits(t.Context(), VisitQuery{Query: thatFriday, Figure: "recalls"}, options())
	if err != nil || len(page.Visits) != 1 || page.Next != "" {
		t.Fatalf("%+v, %v", page, err)
	}
	v := page.Visits[0]
	if v.Number != "A001" || v.Name != "Chứng thực" || v.Day != "2026-11-20" || v.Wait == nil || *v.Wait != 600 || v.Called != nil || v.Target != 1800 || v.Branch != "hall" {
		t.Errorf("%+v", v)
	}
}

func TestDefinitionsAreComplete(t *testing.T) {
	known := map[string]bool{}
	for _, d := range Definitions() {
		if known[d.ID] || d.Name.VI == "" || d.Name.EN == "" || d.Text.VI == "" || d.Text.EN == "" {
			t.Errorf("definition %q is twice there or not whole", d.ID)
		}
		known[d.ID] = true
		if d.Visits != (visitFigures[d.ID] != "" || transactionFigures[d.ID] != "") {
			t.Errorf("%s: visits %v", d.ID, d.Visits)
		}
	}
	for _, figures := range []map[string]string{visitFigures, transactionFigures} {
		for id := range figures {
			if !known[id] {
				t.Errorf("%s is listed and not defined", id)
			}
		}
	}
}
