package sim

import (
	"io/fs"
	"regexp"
	"testing"
)

// Everything the page asks for under /sim/ is in the program.
func TestPageIsWhole(t *testing.T) {
	link := regexp.MustCompile(`["']/sim/([a-z.]+)["']`)
	names, err := fs.Glob(Page, "*")
	if err != nil || len(names) < 5 {
		t.Fatalf("%v, %v", names, err)
	}
	asked := 0
	for _, name := range names {
		text, err := fs.ReadFile(Page, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			asked++
			if _, err := fs.Stat(Page, m[1]); err != nil {
				t.Errorf("%s asks for %s: %v", name, m[1], err)
			}
		}
	}
	if asked < 6 {
		t.Errorf("only %d files are asked for", asked)
	}
}
