package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What is tested without the race detector must have no races to find.
func TestOneGoroutine(t *testing.T) {
	for _, name := range oneGoroutine {
		files, err := filepath.Glob(filepath.Join("../../..", strings.TrimPrefix(name, "motcua/"), "*.go"))
		if err != nil || len(files) == 0 {
			t.Errorf("%s: %d files, %v", name, len(files), err)
		}
		set := token.NewFileSet()
		for _, file := range files {
			tree, err := parser.ParseFile(set, file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, at := range goroutines(tree) {
				t.Errorf("%s starts a goroutine: test the package with the race detector", set.Position(at))
			}
		}
	}
}

// A test that is left out beside the race detector must run without it.
func TestPlainTestsAreFound(t *testing.T) {
	named := regexp.MustCompile(`(?m)^func Test\w*(` + plainNames + `)`)
	seen := 0
	err := fs.WalkDir(os.DirFS("../../.."), ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "." && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, "_test.go"):
			return nil
		}
		source, err := os.ReadFile(filepath.Join("../../..", path))
		if err == nil && named.Match(source) {
			seen++
			if folder := "./" + filepath.ToSlash(filepath.Dir(path)); !slices.ContainsFunc(plainFolders, func(p string) bool { return covers(p, folder) }) {
				t.Errorf("nobody runs the %s of %s: name its folder", named.FindString(string(source)), path)
			}
		}
		return err
	})
	if err != nil || seen < len(plainFolders) {
		t.Errorf("%d files, %v", seen, err)
	}
}

// covers tells whether a pattern of the go command means a folder.
func covers(pattern, folder string) bool {
	below, many := strings.CutSuffix(pattern, "/...")
	return folder == below || many && strings.HasPrefix(folder, below+"/")
}

func TestGoroutinesAreSeen(t *testing.T) {
	for source, want := range map[string]int{
		"f()":                     0,
		"go f()":                  1,
		"w.Go(f); t.Parallel()":   2,
		"x := Go(f); x.Parallels": 0,
	} {
		tree, err := parser.ParseFile(token.NewFileSet(), "", "package x\nfunc f() {"+source+"}", 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(goroutines(tree)); got != want {
			t.Errorf("%s: saw %d, want %d", source, got, want)
		}
	}
}

// goroutines gives the places where a file starts one: the statement, and the methods
// of wait groups and of tests that do.
func goroutines(tree *ast.File) (places []token.Pos) {
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			places = append(places, n.Pos())
		case *ast.SelectorExpr:
			if n.Sel.Name == "Go" || n.Sel.Name == "Parallel" || n.Sel.Name == "AfterFunc" {
				places = append(places, n.Pos())
			}
		}
		return true
	})
	return places
}
