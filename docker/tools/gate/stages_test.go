package main

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

// says is a step that prints two lines and waits between them.
func says(name string, first, last chan struct{}) step {
	return step{name, func(at place) tally {
		fmt.Fprintf(at.out, "%s begins\n", name)
		close(first)
		<-last
		fmt.Fprintf(at.out, "%s ends\n", name)
		return tally{passed: 1}
	}}
}

// Two lanes run at the same time: each step here waits for the other. What the
// lane behind prints stays together, and the closing lines keep their order.
func TestLanesRunSideBySide(t *testing.T) {
	a, b := make(chan struct{}), make(chan struct{})
	var out strings.Builder
	if !run(&out, []stage{{{says("before", a, b)}, {says("behind", b, a)}}}, true) {
		t.Error("not well")
	}
	got := out.String()
	if !strings.Contains(got, "\n== behind\nbehind begins\nbehind ends\n   behind ") {
		t.Errorf("the lane behind is torn:\n%s", got)
	}
	closing := got[strings.LastIndex(got, "\n\n"):]
	if i, j := strings.Index(closing, "before"), strings.Index(closing, "behind"); i < 0 || j < i {
		t.Errorf("the closing lines:\n%s", closing)
	}
	if !strings.HasSuffix(got, "2 passed, 0 failed, 0 skipped\n") {
		t.Errorf("the last line of:\n%s", got)
	}
}

// A failure in any lane fails the run, and what comes after it still runs.
func TestEveryLaneCounts(t *testing.T) {
	green := step{"green", func(place) tally { return tally{passed: 1} }}
	red := step{"red", func(place) tally { return tally{failed: 1} }}
	for _, stages := range [][]stage{
		{{{red, green}, {green}}, {{green}}},
		{{{green}, {red, green}}, {{green}}},
		{{{green}, {green, green}}, {{red}}},
	} {
		var out strings.Builder
		if run(&out, stages, false) {
			t.Error("a failed step passed the run")
		}
		if !strings.HasSuffix(out.String(), "3 passed, 1 failed, 0 skipped\n") {
			t.Errorf("counted wrongly:\n%s", out.String())
		}
	}
}

// With CI=true a skip turns the whole run red; elsewhere it does not.
func TestSkipIsFailureInCI(t *testing.T) {
	stages := []stage{{{{"one", func(place) tally { return tally{passed: 1, skipped: 1} }}}}}
	if !run(io.Discard, stages, false) {
		t.Error("a skip failed the run outside CI")
	}
	if run(io.Discard, stages, true) {
		t.Error("a skip passed the run in CI")
	}
}

// A check behind another lane fails like any other, and says why.
func TestCheckBehind(t *testing.T) {
	for _, behind := range []bool{false, true} {
		var out strings.Builder
		at := place{out: &out, behind: behind}
		if got := at.check("go", "version"); got != (tally{passed: 1}) {
			t.Errorf("behind %v: go version: %v", behind, got)
		}
		if got := at.check("go", "no-such-word"); got != (tally{failed: 1}) || !strings.Contains(out.String(), "no-such-word") {
			t.Errorf("behind %v: %v, printed %q", behind, got, out.String())
		}
	}
}
