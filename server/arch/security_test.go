package arch

import (
	"regexp"
	"strings"
	"testing"
)

// Each library that go.mod names is reviewed, in the version that is used.
func TestLibrariesAreReviewed(t *testing.T) {
	page := read(t, "docs/security/dependencies.md")
	direct := 0
	for line := range strings.SplitSeq(read(t, "go.mod"), "\n") {
		line = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "require "))
		name, version, ok := strings.Cut(line, " ")
		if !ok || !strings.Contains(name, ".") || !strings.HasPrefix(version, "v") {
			continue
		}
		version, aside, _ := strings.Cut(version, " ")
		if strings.Contains(aside, "indirect") {
			if !strings.Contains(page, name) {
				t.Errorf("docs/security/dependencies.md does not name %s", name)
			}
			continue
		}
		direct++
		if !strings.Contains(page, "| "+name+" | "+version+" | ") {
			t.Errorf("docs/security/dependencies.md has no review of %s %s", name, version)
		}
	}
	if direct < 10 {
		t.Errorf("%d libraries were found", direct)
	}
}

// The tests that the security documents lead to exist.
func TestSecurityDocumentsNameRealTests(t *testing.T) {
	var all strings.Builder
	files := map[string]bool{}
	for _, file := range tree(t, "_test.go") {
		all.WriteString(read(t, file))
		files[file[strings.LastIndexByte(file, '/')+1:]] = true
	}
	tests, seen := all.String(), 0
	for _, page := range []string{"SECURITY.md", "docs/security/README.md", "docs/security/limits.md"} {
		text := read(t, page)
		for _, name := range regexp.MustCompile(`\b(?:Test|Fuzz)[A-Z]\w+`).FindAllString(text, -1) {
			seen++
			if !strings.Contains(tests, "func "+name+"(") {
				t.Errorf("%s names the test %s, which does not exist", page, name)
			}
		}
		for _, name := range regexp.MustCompile(`\w+_test\.go`).FindAllString(text, -1) {
			seen++
			if !files[name] {
				t.Errorf("%s names %s, which does not exist", page, name)
			}
		}
	}
	if seen < 20 {
		t.Errorf("%d names of tests were found", seen)
	}
}
