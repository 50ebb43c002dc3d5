// Command gate runs everything the project checks about itself and closes with
// one line, "N passed, N failed, N skipped".
//
// It goes on after a failure, so that one run shows all there is to mend, and
// exits with status 1 when anything failed. With CI=true a skipped test counts
// as a failure: a tool that is missing must not make the checks quietly fewer.
//
// Usage, from the top folder of the project: gate test|soak|fmt
package main

import (
	"fmt"
	"os"
	"time"
)

// step is one thing to check. Run prints what a person must see and returns
// what it counted.
type step struct {
	name string
	run  func() tally
}

// tally counts checks by their outcome.
type tally struct {
	passed, failed, skipped int
}

func (t *tally) add(o tally) {
	t.passed += o.passed
	t.failed += o.failed
	t.skipped += o.skipped
}

func (t tally) String() string {
	return fmt.Sprintf("%d passed, %d failed, %d skipped", t.passed, t.failed, t.skipped)
}

// testSteps is what `make test` runs, the quick ones first.
var testSteps = []step{
	{"gofmt", checkFormat},
	{"go vet", func() tally { return command(nil, "go", "vet", "./...") }},
	{"staticcheck", func() tally { return command(nil, "go", "run", staticcheck, "./...") }},
	{"types of the pages' modules (tsc)", checkTypes},
	{"tests with the race detector", raceTests},
	{"tests at full size, without the race detector", fullSizeTests},
	{"browser tests", browserTests},
	{"planted bugs, each must be caught", plantedBugs},
}

// soakSteps is what `make soak` runs: the tests named …Soak…, which `make test`
// leaves out, and every fuzz target.
var soakSteps = []step{
	{"long tests", soakTests},
	{"fuzzing, a minute each", fuzz},
}

func main() {
	var steps []step
	switch {
	case len(os.Args) == 2 && os.Args[1] == "test":
		steps = testSteps
	case len(os.Args) == 2 && os.Args[1] == "soak":
		steps = soakSteps
	case len(os.Args) == 2 && os.Args[1] == "fmt":
		steps = []step{{"gofmt", format}}
	default:
		fmt.Fprintln(os.Stderr, "usage: gate test|soak|fmt")
		os.Exit(2)
	}
	if run(steps, os.Getenv("CI") == "true") {
		return
	}
	os.Exit(1)
}

// run runs the steps and prints the closing lines. It reports whether all is well.
func run(steps []step, ci bool) bool {
	var total tally
	var summary []string
	for _, s := range steps {
		fmt.Printf("\n== %s\n", s.name)
		start := time.Now()
		t := s.run()
		total.add(t)
		line := fmt.Sprintf("%-36s %4.0f s  %v", s.name, time.Since(start).Seconds(), t)
		fmt.Println("   " + line)
		summary = append(summary, line)
	}
	fmt.Println()
	for _, line := range summary {
		fmt.Println(line)
	}
	ok := total.failed == 0
	if ci && total.skipped > 0 {
		fmt.Println("skipped tests are failures here: with CI=true every tool must be there")
		ok = false
	}
	fmt.Println(total)
	return ok
}
