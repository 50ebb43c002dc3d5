package report

import (
	"strings"
	"testing"
)

// No statement of a report reads a table from end to end: a month of a hall costs
// the same after ten years as in the first.
func TestStatementsUseTheirIndexes(t *testing.T) {
	s := newTables(t)
	s.reader()
	p := part{branch{no: 1}, thatFriday.From, thatFriday.To}
	where, args := VisitQuery{Query: Query{From: p.from, To: p.to, Counter: "01"}, Figure: "asked"}.condition(p.branch, "")
	for name, x := range map[string]struct {
		statement string
		args      []any
	}{
		"visits":       {visitsSQL, p.ids()},
		"transactions": {transactionsSQL, p.ids()},
		"spans":        {spansSQL, []any{1, "01", 0, 1}},
		"counters":     {countersSQL, []any{1}},
		"recalls":      {recallsSQL, p.days()},
		"presses":      {pressesSQL, p.days()},
		"forms":        {formsSQL, p.days()},
		"sums":         {sumsSQL, p.days()},
		"overrides":    {overridesSQL, []any{1, 0, 1, "", ""}},
		"own":          {ownSQL, []any{1, 0, 1, ""}},
		"listed":       {"SELECT v.id FROM visits v WHERE " + where, args},
	} {
		rows, err := s.db.Query("EXPLAIN QUERY PLAN "+x.statement, x.args...)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var plan []string
		for rows.Next() {
			var id, parent, unused int
			var step string
			if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
				t.Fatal(err)
			}
			plan = append(plan, step)
		}
		rows.Close()
		text := strings.Join(plan, "; ")
		for _, step := range plan {
			if strings.HasPrefix(step, "SCAN") && !strings.HasPrefix(step, "SCAN list") && step != "SCAN CONSTANT ROW" {
				t.Errorf("%s: %s", name, text)
				break
			}
		}
		if name == "recalls" && !strings.Contains(text, "calls_recall") {
			t.Errorf("%s: %s", name, text)
		}
		if (name == "visits" || name == "transactions") && !strings.Contains(text, "PRIMARY KEY (branch=? AND id>? AND id<?)") {
			t.Errorf("%s: %s", name, text)
		}
	}
}
