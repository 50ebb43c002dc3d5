package main

import (
	"fmt"
	"regexp"
	"strings"
)

// mostAgain is how many failed tests get a second run: more of them is no accident.
const mostAgain = 5

// failure is a test that failed, with those of its rows that did.
type failure struct {
	pkg, test string
	rows      int
	sure      bool // a race, a panic or a package that ended: nothing to try again
}

// certain are the words of failures that say what they are.
var certain = regexp.MustCompile(`DATA RACE|(?m)^(panic|fatal error): |planted bug`)

// failures lists the tests that failed, each with its rows as one.
func (p *pack) failures(pkg string) (list []failure) {
	at := map[string]int{}
	for _, name := range p.failed {
		test, _, _ := strings.Cut(name, "/")
		i, known := at[test]
		if !known {
			i, at[test] = len(list), len(list)
			list = append(list, failure{pkg: pkg, test: test})
		}
		list[i].rows++
		list[i].sure = list[i].sure || test == "" || certain.MatchString(p.output[name]) || certain.MatchString(p.output[""])
	}
	return list
}

// patient is runTests with a second run of the few that failed, each alone. What a
// test of clocks and screens says on a machine that has no time for it is not that
// the product is wrong; what fails again is. A test that needed its second run is
// counted and named: it waits for its cause to be found.
func (at place) patient(env, flags []string, packages ...string) tally {
	t, failed := at.runTests(env, flags, packages...)
	if len(failed) > mostAgain {
		return t
	}
	for _, f := range failed {
		if f.sure {
			continue
		}
		fmt.Fprintf(at.out, "--- AGAIN, alone: %s %s\n", strings.TrimPrefix(f.pkg, "motcua/"), f.test)
		alone := append(append([]string{}, flags...), "-count=1", "-parallel", "1", "-run", "^"+f.test+"$")
		if second, _ := at.runTests(env, alone, f.pkg); second.failed == 0 && second.passed > 0 && second.skipped == 0 {
			t.add(tally{passed: f.rows, failed: -f.rows, again: f.test})
		}
	}
	return t
}
