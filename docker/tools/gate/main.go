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
	"strings"
)

// tally counts checks by their outcome.
type tally struct {
	passed, failed, skipped int
	again                   string // names of the passed that needed their second run, with blanks between
}

func (t *tally) add(o tally) {
	t.passed += o.passed
	t.failed += o.failed
	t.skipped += o.skipped
	t.again = strings.TrimSpace(t.again + " " + o.again)
}

func (t tally) String() string {
	return fmt.Sprintf("%d passed, %d failed, %d skipped", t.passed, t.failed, t.skipped)
}

func main() {
	var stages []stage
	switch {
	case len(os.Args) == 2 && os.Args[1] == "test":
		stages = testStages
	case len(os.Args) == 2 && os.Args[1] == "soak":
		stages = soakStages
	case len(os.Args) == 2 && os.Args[1] == "fmt":
		stages = []stage{{lane{{"gofmt", format}}}}
	default:
		fmt.Fprintln(os.Stderr, "usage: gate test|soak|fmt")
		os.Exit(2)
	}
	if run(os.Stdout, stages, os.Getenv("CI") == "true") {
		return
	}
	os.Exit(1)
}
