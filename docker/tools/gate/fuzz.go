package main

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"sort"
	"strings"
)

// target is one fuzz target of the project.
type target struct{ pkg, name string }

var fuzzFunc = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(f \*testing\.F\)`)

// findTargets lists the fuzz targets of a tree.
func findTargets(tree fs.FS) ([]target, error) {
	var found []target
	err := fs.WalkDir(tree, ".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && file != "." && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(file, "_test.go"):
			return nil
		}
		source, err := fs.ReadFile(tree, file)
		if err != nil {
			return err
		}
		for _, m := range fuzzFunc.FindAllSubmatch(source, -1) {
			found = append(found, target{"./" + path.Dir(file), string(m[1])})
		}
		return nil
	})
	sort.Slice(found, func(i, j int) bool { return found[i].pkg+found[i].name < found[j].pkg+found[j].name })
	return found, err
}

// pair is how many targets run at once, each with one worker: one by one they
// would take half of the hour that the long tests have.
const pair = 2

// fuzz runs every parser's fuzz target for a minute.
func fuzz(at place) tally {
	targets, err := findTargets(os.DirFS("."))
	if err != nil || len(targets) == 0 {
		fmt.Fprintln(at.out, "no fuzz targets:", err)
		return tally{failed: 1}
	}
	var total tally
	tallies := make(chan tally)
	slots := make(chan struct{}, pair)
	go func() {
		for _, t := range targets {
			slots <- struct{}{}
			fmt.Fprintln(at.out, "fuzzing", t.pkg, t.name)
			go func() {
				result := at.check("go", "test", "-run", "^$", "-fuzz", "^"+t.name+"$", "-fuzztime", "60s",
					"-parallel", "1", "-fuzzminimizetime", "20x", t.pkg)
				<-slots
				tallies <- result
			}()
		}
	}()
	for range targets {
		total.add(<-tallies)
	}
	return total
}
