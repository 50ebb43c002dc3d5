package main

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// The document of this very tree: what the programs hold is in it, what only tests
// use is not, and a second run gives the same bytes.
func TestOfThisTree(t *testing.T) {
	t.Chdir("../../..")
	var one, two bytes.Buffer
	if err := run("1.2.3", &one); err != nil {
		t.Fatal(err)
	}
	if err := run("1.2.3", &two); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("two runs differ")
	}
	var b bom
	if err := json.Unmarshal(one.Bytes(), &b); err != nil {
		t.Fatal(err)
	}
	if b.Format != "CycloneDX" || b.Spec != "1.5" || b.Version != 1 || b.Metadata.Component.Version != "1.2.3" {
		t.Errorf("%+v", b)
	}
	names := map[string]bool{}
	for _, c := range b.Components {
		if c.Version == "" || c.PURL != "pkg:golang/"+c.Name+"@"+c.Version {
			t.Errorf("%+v", c)
		}
		names[c.Name] = true
	}
	for _, want := range []string{"github.com/gofiber/fiber/v2", "modernc.org/sqlite", "github.com/tarm/serial", "stdlib"} {
		if !names[want] {
			t.Errorf("%s is missing", want)
		}
	}
	if names["github.com/chromedp/chromedp"] || names["pgregory.net/rapid"] {
		t.Error("it names what only tests use")
	}
	sum, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for name := range names {
		if name != "stdlib" && !strings.Contains(string(sum), name+" v") {
			t.Errorf("%s is not in go.mod", name)
		}
	}
}

func TestWhatHasNoSumIsRefused(t *testing.T) {
	if _, err := describe("1", "go1.26", "example.test/a v1.0.0\n", "example.test/a v1.0.0 h1:x=\n"); err != nil {
		t.Error(err)
	}
	for _, used := range []string{"", "motcua \n", "example.test/a v1.0.1\n"} {
		if _, err := describe("1", "go1.26", used, "example.test/a v1.0.0 h1:x=\n"); err == nil {
			t.Errorf("%q is taken", used)
		}
	}
}
