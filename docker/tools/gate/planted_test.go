package main

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
)

func TestFindBugs(t *testing.T) {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	bugs, err := findBugs(fstest.MapFS{
		"a/right.go":    file("//go:build !planted_one\n\npackage a\n"),
		"a/wrong.go":    file("//go:build planted_one\n\n//red: ./a -run TestA\n\npackage a\n"),
		"b/also.go":     file("//go:build planted_one\n\npackage b\n"),
		"b/nameless.go": file("//go:build planted_two\n\npackage b\n"),
		".tools/no.go":  file("//go:build planted_three\n\npackage b\n"),
		"b/plain.go":    file("package b\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range bugs {
		got = append(got, b.tag+" "+strings.Join(b.args, " "))
	}
	if want := "planted_one ./a -run TestA|planted_two "; strings.Join(got, "|") != want {
		t.Errorf("found %q, want %q", got, want)
	}
}

func TestJudge(t *testing.T) {
	failed := errors.New("exit status 1")
	cases := []struct {
		out  string
		err  error
		want string
	}{
		{"--- FAIL: TestA (0.1s)\n    --- FAIL: TestA/Rows (0.1s)\n", failed, caught},
		{"--- FAIL: TestA (0.1s)\n    --- FAIL: TestA/Rows/first (0.1s)\n", failed, caught},
		{"panic: test timed out after 5m0s\n\trunning tests:\n\t\tTestA (5m0s)\n\t\tTestA/Rows (5m0s)\n", failed, caught},
		{"--- FAIL: TestA (0.1s)\n", failed, "something else"}, // what its rows have in common
		{"--- FAIL: TestA (0.1s)\n    --- FAIL: TestA/Other (0.1s)\n", failed, "something else"},
		{"ok motcua/a 0.1s", nil, "NOT CAUGHT"},
		{"ok motcua/a 0.1s [no tests to run]", nil, "does not exist"},
		{"a.go:3: undefined: x", failed, "could not run"},
		{"panic: outside of any test", failed, "could not run"},
	}
	for _, c := range cases {
		if got := judge([]byte(c.out), c.err, "^TestA$/Rows"); !strings.Contains(got, c.want) || c.want == caught && got != caught {
			t.Errorf("%q: %q, want %q", c.out, got, c.want)
		}
	}
}

func TestBugNamesItsTest(t *testing.T) {
	if got := (bug{args: strings.Fields("./a -run TestA/Rows -short")}).test(); got != "TestA/Rows" {
		t.Errorf("the test is %q", got)
	}
	if got := (bug{args: strings.Fields("./a")}).test(); got != "" {
		t.Errorf("without -run the test is %q", got)
	}
}
