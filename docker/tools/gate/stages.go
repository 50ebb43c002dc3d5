package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// step is one thing to check. Run prints what a person must see and returns
// what it counted.
type step struct {
	name string
	run  func(at place) tally
}

// A lane is steps one after another; a stage is lanes that run at the same time.
// Much of what is checked waits for clocks and lines, and what computes uses that
// time. The first lane has the machine: the others run behind it, and each of
// their steps prints in one piece when it ends.
type (
	lane  []step
	stage []lane
)

// testStages is what `make test` runs. The browser tests are alone: people's
// patience is measured there.
var testStages = []stage{
	{
		{
			{"tests with the race detector", raceTests},
		},
		{
			{"gofmt", checkFormat},
			{"go vet", func(at place) tally { return at.check("go", "vet", "./...") }},
			{"staticcheck", func(at place) tally { return at.check("go", "run", staticcheck, "./...") }},
			{"types of the pages' modules (tsc)", checkTypes},
			{"tests without the race detector", plainTests},
			{"planted bugs, each must be caught", plantedBugs},
		},
	},
	{{{"browser tests", browserTests}}},
}

// soakStages is what `make soak` runs: the tests named …Soak…, which `make test`
// leaves out, and every fuzz target.
var soakStages = []stage{
	{{
		{"long tests", soakTests},
		{"fuzzing, a minute each", fuzz},
	}},
}

// run runs the stages and prints the closing lines, the steps in the order in
// which they are written down. It reports whether all is well.
func run(w io.Writer, stages []stage, ci bool) bool {
	var total tally
	var summary []string
	start := time.Now()
	for _, s := range stages {
		lines, counted := s.run(w)
		total.add(counted)
		summary = append(summary, lines...)
	}
	fmt.Fprintln(w)
	for _, line := range summary {
		fmt.Fprintln(w, line)
	}
	fmt.Fprintf(w, "%-46s %4.0f s\n", "all of it", time.Since(start).Seconds())
	for _, test := range strings.Fields(total.again) {
		fmt.Fprintf(w, "%s failed first and passed when it ran again, alone: find out why\n", test)
	}
	ok := total.failed == 0
	if ci && total.skipped > 0 {
		fmt.Fprintln(w, "skipped tests are failures here: with CI=true every tool must be there")
		ok = false
	}
	fmt.Fprintln(w, total)
	return ok
}

// run runs the lanes side by side and gives a line for each step.
func (s stage) run(w io.Writer) (lines []string, total tally) {
	out := &pieces{w: w}
	done := make([][]string, len(s))
	counts := make([]tally, len(s))
	var wait sync.WaitGroup
	for i, l := range s {
		wait.Go(func() { done[i], counts[i] = l.run(out, i > 0) })
	}
	wait.Wait()
	for i := range s {
		lines = append(lines, done[i]...)
		total.add(counts[i])
	}
	return lines, total
}

func (l lane) run(w io.Writer, behind bool) (lines []string, total tally) {
	for _, s := range l {
		var kept bytes.Buffer
		at := place{out: w, behind: behind}
		if behind {
			at.out = &pieces{w: &kept}
		}
		fmt.Fprintf(at.out, "\n== %s\n", s.name)
		start := time.Now()
		t := s.run(at)
		total.add(t)
		line := fmt.Sprintf("%-46s %4.0f s  %v", s.name, time.Since(start).Seconds(), t)
		fmt.Fprintln(at.out, "   "+line)
		lines = append(lines, line)
		if behind {
			_, _ = w.Write(kept.Bytes())
		}
	}
	return lines, total
}

// pieces lets several write to one place: what one of them writes at once stays
// together.
type pieces struct {
	mu sync.Mutex
	w  io.Writer
}

func (p *pieces) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.w.Write(b)
}
