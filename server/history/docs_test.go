package history

import (
	"os"
	"strings"
	"testing"
)

// The examples that people copy must run, and find something.
func TestExamplesOfTheManual(t *testing.T) {
	raw, err := os.ReadFile("../../docs/history.md")
	if err != nil {
		t.Fatal(err)
	}
	h, n := read(t, played("2026-11-16", "2026-11-20", 0.4)), 0
	for _, part := range strings.Split(string(raw), "```sql\n")[1:] {
		query, _, _ := strings.Cut(part, "```")
		rows, err := h.read.Query(query)
		if err != nil {
			t.Errorf("%s\n%v", query, err)
			continue
		}
		if !rows.Next() {
			t.Errorf("this finds nothing: %s", query)
		}
		rows.Close()
		n++
	}
	if n < 4 {
		t.Errorf("%d examples", n)
	}
	for _, table := range strings.Fields("branches progress events days visits transactions calls spans prints overrides presses forms remarks sums") {
		if !strings.Contains(string(raw), "| `"+table+"` |") {
			t.Errorf("the manual has no word on %s", table)
		}
	}
}
