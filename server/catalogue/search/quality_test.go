package search

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"
)

var showHeldOut = flag.Bool("heldout", false, "print the failures of the held-out queries, too: who does may not tune any more")

// tally counts how often the right entry came first and among the first three.
type tally struct{ n, first, three int }

func (c tally) String() string {
	return fmt.Sprintf("%d queries: first %.1f %%, among the first three %.1f %%", c.n, c.percent(c.first), c.percent(c.three))
}

func (c tally) percent(n int) float64 { return 100 * float64(n) / float64(max(c.n, 1)) }

// The right answer stands among the first three for 97 % of the queries that
// nobody tuned for, and first for 88 %.
func TestFindsWhatPeopleAskFor(t *testing.T) {
	catalogueDocs(t)
	x := realIndex()
	var tuned, held tally
	kinds := map[string]*tally{}
	for _, q := range queries(t) {
		hits := x.Search(q.text, Options{Limit: 5}).Hits
		at := slices.IndexFunc(hits, func(h Hit) bool { return slices.Contains(q.codes, h.Code) })
		c := &tuned
		if q.heldOut() {
			c = &held
		}
		if kinds[q.kind] == nil {
			kinds[q.kind] = &tally{}
		}
		all := []*tally{c}
		if !q.heldOut() {
			all = append(all, kinds[q.kind])
		}
		for _, c := range all {
			c.n++
			if at == 0 {
				c.first++
			}
			if at >= 0 && at < 3 {
				c.three++
			}
		}
		if at != 0 && (!q.heldOut() || *showHeldOut) {
			t.Logf("%q (%s) wants %s, right one at %d\n%s", q.text, q.kind, strings.Join(q.codes, " "), at+1, listed(hits[:min(3, len(hits))]))
		}
	}
	for _, k := range slices.Sorted(func(yield func(string) bool) {
		for k := range kinds {
			if !yield(k) {
				return
			}
		}
	}) {
		t.Logf("tuned, %s: %v", k, *kinds[k])
	}
	t.Logf("tuned: %v", tuned)
	t.Logf("held out: %v", held)
	if held.n < 60 || held.percent(held.three) < 97 || held.percent(held.first) < 88 {
		t.Errorf("held out: %v; want 97 %% among the first three and 88 %% first", held)
	}
	if tuned.percent(tuned.three) < 97 || tuned.percent(tuned.first) < 88 {
		t.Errorf("tuned: %v; want 97 %% among the first three and 88 %% first", tuned)
	}
}

func listed(hits []Hit) string {
	var b strings.Builder
	for _, h := range hits {
		name := []rune(h.Name)
		fmt.Fprintf(&b, "    %s %d %s %s %v\n", h.Code, h.Score, h.Rule, string(name[:min(len(name), 90)]), h.Why.Points)
	}
	return b.String()
}
