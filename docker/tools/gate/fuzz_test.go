package main

import (
	"reflect"
	"testing"
	"testing/fstest"
)

func TestFindTargets(t *testing.T) {
	tree := fstest.MapFS{
		"a/x_test.go":      {Data: []byte("package a\n\nfunc FuzzTwo(f *testing.F) {}\nfunc FuzzOne(f *testing.F) {}\n")},
		"a/x.go":           {Data: []byte("func FuzzNot(f *testing.F) {}\n")},
		".tools/y_test.go": {Data: []byte("func FuzzNot(f *testing.F) {}\n")},
	}
	got, err := findTargets(tree)
	if want := []target{{"./a", "FuzzOne"}, {"./a", "FuzzTwo"}}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v %v, want %v", got, err, want)
	}
}
