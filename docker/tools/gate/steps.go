package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const (
	staticcheck = "honnef.co/go/tools/cmd/staticcheck@v0.7.0"
	npmFolder   = ".tools/npm/node_modules"
	browserPkgs = "motcua/server/e2e"
	// soakNames chooses the tests that `make soak` runs and `make test` leaves out.
	soakNames = "Soak"
	// fullSizeNames chooses the tests of whole files in one goroutine, which the
	// race detector would only make ten times slower.
	fullSizeNames = "AtFullSize"
	// bugsAtOnce: while one is compiled, the other's test waits for its disk.
	bugsAtOnce = 2
	// browsersAtOnce is more than the two cores the tests are made for: a page waits
	// for its clock and its line more than it computes.
	browsersAtOnce = "3"
)

// goFolders names the top folders that hold Go code. The dot-folders are left
// out: they hold tools, not the project.
func goFolders() []string {
	var folders []string
	entries, _ := os.ReadDir(".")
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && e.Name() != "bin" {
			folders = append(folders, e.Name())
		}
	}
	return folders
}

// checkFormat lists the files that gofmt would change.
func checkFormat(at place) tally {
	out, err := exec.Command("gofmt", append([]string{"-l"}, goFolders()...)...).CombinedOutput()
	if err == nil && len(out) == 0 {
		return tally{passed: 1}
	}
	fmt.Fprintf(at.out, "not formatted (make fmt mends it):\n%s", out)
	return tally{failed: 1}
}

func format(at place) tally {
	return at.check("gofmt", append([]string{"-l", "-w"}, goFolders()...)...)
}

// checkTypes runs the type checker over the JSDoc of the pages' modules.
func checkTypes(at place) tally {
	tsc := filepath.Join(npmFolder, ".bin", "tsc")
	if _, err := os.Stat(tsc); err != nil {
		fmt.Fprintln(at.out, "the type checker is not installed (make tools)")
		return tally{skipped: 1}
	}
	return at.check(tsc, "--project", "tsconfig.json", "--pretty", "false")
}

// packages lists the project's packages, the browser tests apart: those start
// Chromium, and under the race detector they would measure nothing but waiting.
// With -e a package that cannot be loaded is listed too, and then fails by name.
func packages() ([]string, error) {
	out, err := exec.Command("go", "list", "-e", "./...").Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var list []string
	for _, p := range strings.Fields(string(out)) {
		if p != browserPkgs && !strings.HasPrefix(p, browserPkgs+"/") {
			list = append(list, p)
		}
	}
	return list, nil
}

func raceTests(at place) tally {
	list, err := packages()
	if err != nil {
		fmt.Fprintln(at.out, err)
		return tally{failed: 1}
	}
	args := []string{"-race", "-timeout", "15m", "-skip", soakNames + "|" + fullSizeNames}
	return at.goTest(nil, append(args, list...))
}

func fullSizeTests(at place) tally {
	return at.goTest(nil, []string{"-count=1", "-timeout", "10m", "-run", fullSizeNames, "./server/sheet", "./server/catalogue/..."})
}

// browserTools gives the tests the place of axe, which is installed and never
// committed.
func browserTools() []string {
	axe, err := filepath.Abs(filepath.Join(npmFolder, "axe-core", "axe.min.js"))
	if err != nil {
		return nil
	}
	if _, err := os.Stat(axe); err != nil {
		return nil
	}
	return []string{"MOTCUA_AXE=" + axe}
}

func browserTests(at place) tally {
	if _, err := os.Stat("server/e2e"); err != nil {
		fmt.Fprintln(at.out, "server/e2e is missing")
		return tally{failed: 1}
	}
	return at.goTest(browserTools(), []string{"-count=1", "-timeout", "12m", "-parallel", browsersAtOnce, "-skip", soakNames, "./server/e2e/..."})
}

func soakTests(at place) tally {
	return at.goTest(browserTools(), []string{"-count=1", "-timeout", "60m", "-run", soakNames, "./..."})
}
