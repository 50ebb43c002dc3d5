package web

import (
	"io/fs"
	"regexp"
	"testing"
)

// Every part that the administration's list names has its module.
func TestPartsHaveModules(t *testing.T) {
	raw, err := fs.ReadFile(FS, "admin/nav.js")
	if err != nil {
		t.Fatal(err)
	}
	entries := regexp.MustCompile(`\{ name: '([a-z]+)'[^\n]*`).FindAllStringSubmatch(string(raw), -1)
	if len(entries) < 15 {
		t.Fatalf("%d parts found", len(entries))
	}
	for _, e := range entries {
		name := e[1]
		if m := regexp.MustCompile(`module: '([a-z_]+)'`).FindStringSubmatch(e[0]); m != nil {
			name = m[1]
		}
		if _, err := fs.Stat(FS, "admin/"+name+".js"); err != nil {
			t.Errorf("%s is in the list of parts: %v", e[1], err)
		}
	}
}
