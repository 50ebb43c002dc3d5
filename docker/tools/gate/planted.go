package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"sort"
	"strings"
	"time"
)

// A planted bug is a file behind the build tag planted_<name> that makes the
// product wrong in one way, with the test that must see it on a line of its own:
//
//	//go:build planted_two_step_call
//
//	//red: ./server/store -run TestCallsAreLinearizable
//
// The right code stands in a file with the tag negated. A bug whose test stays
// green shows that the test proves nothing.
type bug struct {
	tag  string
	args []string // for go test
}

var (
	plantedTag = regexp.MustCompile(`(?m)^//go:build (planted_[a-z0-9_]+)$`)
	redLine    = regexp.MustCompile(`(?m)^//red: (.+)$`)
)

// findBugs lists the planted bugs of a tree, by their tag. A bug may touch
// several files; one of them names its test.
func findBugs(tree fs.FS) ([]bug, error) {
	tests := map[string]string{}
	err := fs.WalkDir(tree, ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "." && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go"):
			return nil
		}
		source, err := fs.ReadFile(tree, path)
		if err != nil {
			return err
		}
		if m := plantedTag.FindSubmatch(source); m != nil {
			tag := string(m[1])
			if red := redLine.FindSubmatch(source); red != nil {
				tests[tag] = string(red[1])
			} else if _, known := tests[tag]; !known {
				tests[tag] = ""
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var bugs []bug
	for tag, args := range tests {
		bugs = append(bugs, bug{tag, strings.Fields(args)})
	}
	sort.Slice(bugs, func(i, j int) bool { return bugs[i].tag < bugs[j].tag })
	return bugs, nil
}

// plantedBugs turns the bugs on, each in a program of its own, and demands a red
// test for each. It prints them in their order.
func plantedBugs(at place) tally {
	bugs, err := findBugs(os.DirFS("."))
	if err != nil {
		fmt.Fprintln(at.out, err)
		return tally{failed: 1}
	}
	type verdict struct {
		says string
		took time.Duration
	}
	verdicts := make([]chan verdict, len(bugs))
	slots := make(chan struct{}, bugsAtOnce)
	for i := range bugs {
		verdicts[i] = make(chan verdict, 1)
	}
	go func() {
		for i, b := range bugs {
			slots <- struct{}{}
			go func() {
				start := time.Now()
				says := b.try(at)
				<-slots
				verdicts[i] <- verdict{says, time.Since(start)}
			}()
		}
	}()
	var t tally
	for i, b := range bugs {
		v := <-verdicts[i]
		fmt.Fprintf(at.out, "%-32s %6.1f s  %s\n", b.tag, v.took.Seconds(), v.says)
		if v.says == caught {
			t.passed++
		} else {
			t.failed++
		}
	}
	return t
}

const caught = "caught"

// try runs the bug's test and says what came of it.
func (b bug) try(at place) string {
	if b.test() == "" {
		return "names no test (//red: PACKAGE -run TEST)"
	}
	args := append([]string{"test", "-count=1", "-vet=off", "-timeout", "5m", "-tags", b.tag}, b.args...)
	out, err := at.command("go", args...).CombinedOutput()
	return judge(out, err, b.test())
}

// test is the pattern of the test that must fail; empty when none is named.
func (b bug) test() string {
	if i := slices.Index(b.args, "-run"); i >= 0 && i+1 < len(b.args) {
		return b.args[i+1]
	}
	return ""
}

// redTest finds the tests that failed, and those that ran when the time was up.
var redTest = regexp.MustCompile(`(?m)^(?:\s*--- FAIL: |\t\t)(Test\S+) \(`)

// judge tells the test that failed from one that could not run, and from another that
// failed with it or before it, its setting perhaps: only the first has caught the bug.
func judge(out []byte, err error, test string) string {
	switch {
	case err == nil && bytes.Contains(out, []byte("no tests to run")):
		return "its test does not exist"
	case err == nil:
		return "NOT CAUGHT: the test stays green"
	}
	failed := redTest.FindAllSubmatch(out, -1)
	for _, m := range failed {
		if names(test, string(m[1])) {
			return caught
		}
	}
	if len(failed) > 0 {
		return fmt.Sprintf("NOT CAUGHT: something else than %s failed\n%s", test, out)
	}
	return fmt.Sprintf("could not run: %v\n%s", err, out)
}

// names tells whether a pattern of -run means this very test, or one of its own tests.
func names(pattern, test string) bool {
	wanted, parts := strings.Split(pattern, "/"), strings.Split(test, "/")
	if pattern == "" || len(parts) < len(wanted) {
		return false
	}
	for i, want := range wanted {
		if is, err := regexp.MatchString(want, parts[i]); err != nil || !is {
			return false
		}
	}
	return true
}
