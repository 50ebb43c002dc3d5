package arch

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
)

// root is the project's top folder, seen from this package.
var root = os.DirFS("../..")

// skipped are folders that hold nothing of the project's: what git, the tools,
// the build and a running hall put there.
var skipped = []string{".git", ".tools", "bin", "data", "server/web/checks/node_modules"}

// tree lists the project's files that end in one of the given ways, by their
// path below the top folder, with forward slashes.
func tree(t *testing.T, endings ...string) []string {
	t.Helper()
	var files []string
	err := fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if p != "." && slices.Contains(skipped, p) {
				return fs.SkipDir
			}
			return nil
		}
		if d.Type().IsRegular() && slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(p, e) }) {
			files = append(files, p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func read(t *testing.T, file string) string {
	t.Helper()
	b, err := fs.ReadFile(root, file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
