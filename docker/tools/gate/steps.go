package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

const (
	staticcheck = "honnef.co/go/tools/cmd/staticcheck@v0.7.0"
	npmFolder   = ".tools/npm/node_modules"
	browserPkgs = "motcua/server/e2e"
	// soakNames chooses the tests that `make soak` runs and `make test` leaves out.
	soakNames = "Soak"
	// plainNames chooses the tests of whole files, and of every moment at which something
	// can go wrong. They compute much, in one goroutine at a time: the race detector
	// would find nothing and make them ten times slower. They run without it.
	plainNames = "AtFullSize|AtEveryStep|AtEveryByte|AnyFaults"
	// bugsAtOnce: while one is compiled, the other's test waits for its disk.
	bugsAtOnce = 2
	// packagesAtOnce is more than the two cores too: half of those tests' time is waiting.
	packagesAtOnce = "3"
	// browsersAtOnce is more than the two cores the tests are made for: a page waits
	// for its clock and its line more than it computes.
	browsersAtOnce = "3"
)

// sqliteUnwatched leaves the database library out of the race detector: C turned into
// Go, which takes a quarter of the tests' time to watch. The detector still sees every
// call of ours into it.
const sqliteUnwatched = "-gcflags=modernc.org/...=-race=false -d=checkptr=0"

// plainFolders is where those tests are.
var plainFolders = []string{"./drivers/printer", "./server/catalogue/...", "./server/history", "./server/report", "./server/sample", "./server/sheet"}

// oneGoroutine names the packages of which the same holds for every test: neither they
// nor their tests start a goroutine. What calls them from several is tested with the
// race detector.
var oneGoroutine = []string{"motcua/drivers/escpos", "motcua/server/arch", "motcua/server/estimate/simday"}

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

// packages lists the packages that are tested with the race detector. The browser
// tests are not: they start Chromium, and would measure nothing but waiting.
// With -e a package that cannot be loaded is listed too, and then fails by name.
func packages() ([]string, error) {
	out, err := exec.Command("go", "list", "-e", "./...").Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var list []string
	for _, p := range strings.Fields(string(out)) {
		if p != browserPkgs && !strings.HasPrefix(p, browserPkgs+"/") && !slices.Contains(oneGoroutine, p) {
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
	args := []string{"-race", sqliteUnwatched, "-p", packagesAtOnce, "-timeout", "15m", "-skip", soakNames + "|" + plainNames}
	return at.patient(nil, args, list...)
}

// plainTests are those for which the race detector would be a waste.
func plainTests(at place) tally {
	t := at.goTest(nil, []string{"-timeout", "10m", "-skip", soakNames}, oneGoroutine...)
	t.add(at.goTest(nil, []string{"-count=1", "-timeout", "10m", "-run", plainNames}, plainFolders...))
	return t
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
	return at.patient(browserTools(), []string{"-count=1", "-timeout", "12m", "-parallel", browsersAtOnce, "-skip", soakNames}, "./server/e2e/...")
}

func soakTests(at place) tally {
	return at.goTest(browserTools(), []string{"-count=1", "-timeout", "60m", "-run", soakNames}, "./...")
}
