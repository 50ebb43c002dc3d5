package firmware

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

// Whatever stands in a site file: no panic, and what is accepted is sound and
// means the same when it is written out as JSON, which is YAML too.
func FuzzSite(f *testing.F) {
	f.Add([]byte(goodSite))
	for _, name := range []string{"sites/example.yaml", "sites/demo.yaml"} {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := ParseSite(data)
		if err != nil {
			mustBeProblems(t, err)
			return
		}
		ids := map[string]bool{}
		for _, d := range s.Devices {
			if ids[d.ID] || builtIn.Kind(d.Profile) == "" {
				t.Fatalf("accepted: %+v", s)
			}
			ids[d.ID] = true
		}
		again, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		second, err := ParseSite(again)
		if err != nil {
			t.Fatalf("%v\n%s", err, again)
		}
		if !reflect.DeepEqual(s, second) {
			t.Fatalf("%+v\n%+v", s, second)
		}
	})
}

func mustBeProblems(t *testing.T, err error) {
	t.Helper()
	var p Problems
	if !errors.As(err, &p) || len(p) == 0 {
		t.Fatalf("%T: %v", err, err)
	}
}

// The same of profiles. A file of the hall's own may be anything.
func FuzzProfile(f *testing.F) {
	files, err := filepath.Glob("profiles/*/*.yaml")
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		id := strings.TrimSuffix(filepath.Base(name), ".yaml")
		f.Add(bytes.Replace(data, []byte("\nid: "+id), []byte("\nid: x"), 1))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		lib := &Library{built: builtIn.built, own: layer{name: "own",
			files: fstest.MapFS{"x.yaml": {Data: data}}, paths: map[string]string{"x": "x.yaml"}}}
		h, err := lib.Head("x")
		if err != nil {
			return
		}
		if h.ID != "x" || len(h.Serial.Baud) == 0 || h.Verified.How == "" {
			t.Fatalf("accepted: %+v", h)
		}
		if p, err := lib.LoadPrinter("x"); err == nil && (p.Dots%8 != 0 || p.Band < 8 || p.Buffer < 32) {
			t.Fatalf("accepted: %+v", p)
		}
	})
}
