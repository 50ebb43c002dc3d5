// Command sbom writes which libraries the programs are made of, as CycloneDX JSON:
// for whoever must know whether a weakness somewhere concerns a hall. It names what
// the programs hold, not what only tests use. The same tree gives the same bytes.
//
//	go run ./docker/tools/sbom [-version V] > bin/sbom.json
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// bom is what we write of CycloneDX 1.5. There is neither a serial number nor a
// time in it: both would make every file another one.
type bom struct {
	Format     string      `json:"bomFormat"`
	Spec       string      `json:"specVersion"`
	Version    int         `json:"version"`
	Metadata   metadata    `json:"metadata"`
	Components []component `json:"components"`
}

type metadata struct {
	Component component `json:"component"`
}

type component struct {
	Type       string     `json:"type"`
	Name       string     `json:"name"`
	Version    string     `json:"version"`
	PURL       string     `json:"purl,omitempty"`
	Properties []property `json:"properties,omitempty"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

func main() {
	version := flag.String("version", "dev", "the programs' own version")
	flag.Parse()
	if err := run(*version, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "sbom:", err)
		os.Exit(1)
	}
}

// run asks the go command what the programs of the module hold. It wants to be
// started in the module's folder.
func run(version string, out io.Writer) error {
	list := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}} {{.Version}}{{end}}", "./server", "./drivers")
	// What is built in a hall's machines, wherever this runs.
	list.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0")
	list.Stderr = os.Stderr
	used, err := list.Output()
	if err != nil {
		return fmt.Errorf("go list: %w", err)
	}
	sums, err := os.ReadFile("go.sum")
	if err != nil {
		return err
	}
	toolchain, err := exec.Command("go", "env", "GOVERSION").Output()
	if err != nil {
		return fmt.Errorf("go env: %w", err)
	}
	b, err := describe(version, strings.TrimSpace(string(toolchain)), string(used), string(sums))
	if err != nil {
		return err
	}
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	return e.Encode(b)
}

// describe makes the document of the lines "path version" and of go.sum. A library
// without a sum is an error: it could be anything.
func describe(version, toolchain, used, sums string) (bom, error) {
	b := bom{Format: "CycloneDX", Spec: "1.5", Version: 1,
		Metadata: metadata{component{Type: "application", Name: "motcua", Version: version}}}
	known := map[string]string{}
	for lines := bufio.NewScanner(strings.NewReader(sums)); lines.Scan(); {
		if f := strings.Fields(lines.Text()); len(f) == 3 {
			known[f[0]+" "+f[1]] = f[2]
		}
	}
	seen := map[string]bool{}
	for line := range strings.SplitSeq(used, "\n") {
		if strings.Contains(strings.TrimSpace(line), " ") { // our own has no version
			seen[strings.TrimSpace(line)] = true
		}
	}
	if len(seen) == 0 {
		return bom{}, errors.New("the programs hold no library: that cannot be")
	}
	for _, module := range slices.Sorted(maps.Keys(seen)) {
		name, v, _ := strings.Cut(module, " ")
		sum := known[module]
		if sum == "" {
			return bom{}, fmt.Errorf("%s %s has no sum in go.sum", name, v)
		}
		b.Components = append(b.Components, component{Type: "library", Name: name, Version: v,
			PURL: "pkg:golang/" + name + "@" + v, Properties: []property{{"go.sum", sum}}})
	}
	// The standard library is part of each program, and has weaknesses of its own.
	std := strings.TrimPrefix(toolchain, "go")
	b.Components = append(b.Components, component{Type: "library", Name: "stdlib", Version: std, PURL: "pkg:golang/stdlib@" + std})
	return b, nil
}
