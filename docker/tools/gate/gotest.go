package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"sort"
	"strings"
)

// event is one line of `go test -json`.
type event struct {
	Action      string
	Package     string
	ImportPath  string
	Test        string
	Elapsed     float64
	Output      string
	FailedBuild string
}

// keepOutput bounds what is kept of one test's output, in bytes: a test that
// prints for ever must not take the machine with it. The end is what matters.
const keepOutput = 256 << 10

// goTest runs `go test -json` and prints one line a package, and whole what
// failed. In CI nothing comes from the test cache. What `go test` would vet once
// more, the step "go vet" looks at.
func (at place) goTest(env, flags []string, packages ...string) tally {
	t, _ := at.runTests(env, flags, packages...)
	return t
}

// runTests is goTest with the failures by name.
func (at place) runTests(env, flags []string, packages ...string) (tally, []failure) {
	args := []string{"test", "-json", "-vet=off"}
	if os.Getenv("CI") == "true" {
		args = append(args, "-count=1")
	}
	cmd := at.command("go", slices.Concat(args, flags, packages)...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = at.out
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		fmt.Fprintln(at.out, "go test:", err)
		return tally{failed: 1}, nil
	}
	t, failed := follow(out, at.out)
	if err := cmd.Wait(); err != nil && t.failed == 0 {
		fmt.Fprintln(at.out, "go test:", err)
		t.failed++
	}
	return t, failed
}

// pack is what is known of one package while its tests run.
type pack struct {
	output  map[string]string // by test; "" is the package itself
	outcome map[string]string // pass, fail or skip, by test
	parent  map[string]bool   // tests that have tests of their own
	failed  []string          // what close counted as failed
}

// follow reads the events to their end, prints to w and counts.
func follow(r io.Reader, w io.Writer) (total tally, failed []failure) {
	packs := map[string]*pack{}
	lines := bufio.NewReaderSize(r, 1<<16)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			var e event
			if json.Unmarshal([]byte(line), &e) != nil {
				fmt.Fprint(w, line) // not an event: a message of the go command
			} else {
				p := packs[e.Package]
				total.add(take(packs, e, w))
				if p != nil && packs[e.Package] == nil {
					failed = append(failed, p.failures(e.Package)...)
				}
			}
		}
		if err != nil {
			return total, failed
		}
	}
}

// take notes one event. A package is counted when its last event comes.
func take(packs map[string]*pack, e event, w io.Writer) tally {
	if e.Action == "build-output" {
		fmt.Fprint(w, e.Output)
		return tally{}
	}
	if e.Package == "" {
		return tally{}
	}
	p := packs[e.Package]
	if p == nil {
		p = &pack{output: map[string]string{}, outcome: map[string]string{}, parent: map[string]bool{}}
		packs[e.Package] = p
	}
	switch e.Action {
	case "run":
		p.outcome[e.Test] = ""
		if i := strings.LastIndexByte(e.Test, '/'); i >= 0 {
			p.parent[e.Test[:i]] = true
		}
	case "output":
		p.keep(e.Test, e.Output)
	case "pass", "fail", "skip":
		if e.Test != "" {
			p.outcome[e.Test] = e.Action
			if e.Action == "pass" {
				delete(p.output, e.Test)
			}
			return tally{}
		}
		delete(packs, e.Package)
		return p.close(e, w)
	}
	return tally{}
}

func (p *pack) keep(test, s string) {
	s = p.output[test] + s
	if len(s) > keepOutput {
		s = s[len(s)-keepOutput:]
	}
	p.output[test] = s
}

// close prints the package's line and, of what did not pass, everything.
// A test with tests of its own is not counted beside them, unless it failed
// and none of them did.
func (p *pack) close(e event, out io.Writer) tally {
	var t tally
	w := &bytes.Buffer{} // printed in one piece, for others print too
	defer func() { _, _ = out.Write(w.Bytes()) }()
	var failed, skipped []string
	for test, outcome := range p.outcome {
		switch {
		case p.parent[test] && (outcome == "pass" || outcome == "skip" || p.childFailed(test)):
		case outcome == "pass":
			t.passed++
		case outcome == "skip":
			t.skipped++
			skipped = append(skipped, test)
		default: // failed, or never finished: a panic or a time-out
			t.failed++
			failed = append(failed, test)
		}
	}
	if e.Action == "fail" && t.failed == 0 {
		t.failed++ // did not build, or ended outside a test
		failed = append(failed, "")
	}
	p.failed = failed
	name := strings.TrimPrefix(e.Package, "motcua/")
	if t != (tally{}) {
		fmt.Fprintf(w, "%-4s %-32s %6.1f s  %v\n", e.Action, name, e.Elapsed, t)
	}
	sort.Strings(failed)
	for _, test := range failed {
		fmt.Fprintf(w, "--- FAILED %s %s\n%s", name, test, p.output[test])
	}
	if t.failed > 0 && len(failed) > 0 && failed[0] != "" {
		fmt.Fprint(w, p.output[""]) // a panic's trace may stand here
	}
	sort.Strings(skipped)
	for _, test := range skipped {
		fmt.Fprintf(w, "--- SKIPPED %s %s\n%s", name, test, p.output[test])
	}
	return t
}

func (p *pack) childFailed(test string) bool {
	for other, outcome := range p.outcome {
		if strings.HasPrefix(other, test+"/") && outcome != "pass" && outcome != "skip" {
			return true
		}
	}
	return false
}
