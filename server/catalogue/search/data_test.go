package search

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

// record is what the tests need of a line of the national catalogue.
type record struct {
	Code, Name, Field string
	Levels            []string
	Results           []struct{ Name string }
	Documents         []struct {
		Items []struct{ Name string }
	}
}

func (r record) document() Document {
	d := Document{Code: r.Code, Name: r.Name, Field: r.Field, Commune: slices.Contains(r.Levels, commune)}
	for _, it := range r.Results {
		d.Other = append(d.Other, it.Name)
	}
	for _, g := range r.Documents {
		for _, it := range g.Items {
			d.Other = append(d.Other, it.Name)
		}
	}
	return d
}

var real = sync.OnceValues(func() ([]Document, error) {
	f, err := os.Open(os.Getenv("MOTCUA_CATALOGUE"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	var docs []Document
	scan := bufio.NewScanner(z)
	scan.Buffer(nil, 16<<20)
	for scan.Scan() {
		var r record
		if err := json.Unmarshal(scan.Bytes(), &r); err != nil {
			return nil, err
		}
		docs = append(docs, r.document())
	}
	return docs, scan.Err()
})

var realIndex = sync.OnceValue(func() *Index {
	docs, err := real()
	if err != nil {
		return nil
	}
	return New(docs, DefaultSynonyms())
})

// catalogueDocs gives the national catalogue. Without it a test is skipped, saying
// so; where everything must run (CI=true) it fails.
func catalogueDocs(t testing.TB) []Document {
	t.Helper()
	docs, err := real()
	if err == nil {
		return docs
	}
	if os.Getenv("CI") == "true" || os.Getenv("MOTCUA_CATALOGUE") != "" {
		t.Fatalf("MOTCUA_CATALOGUE: %v", err)
	}
	t.Skipf("without the national catalogue (MOTCUA_CATALOGUE) only the small set in this package is searched: %v", err)
	return nil
}

type query struct {
	text, kind string
	codes      []string
}

// heldOut says whether a query was never looked at while the search was tuned:
// one in three, chosen by a sum over its text (FNV-1a).
func (q query) heldOut() bool {
	h := uint32(2166136261)
	for i := range len(q.text) {
		h = (h ^ uint32(q.text[i])) * 16777619
	}
	return h%3 == 0
}

func queries(t testing.TB) []query {
	t.Helper()
	b, err := os.ReadFile("testdata/queries.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var list []query
	for l := range strings.Lines(string(b)) {
		c := strings.Split(strings.TrimRight(l, "\n"), "\t")
		if len(c) == 3 && !strings.HasPrefix(l, "#") {
			list = append(list, query{c[0], c[1], strings.Split(c[2], ",")})
		}
	}
	if len(list) < 180 {
		t.Fatalf("%d queries, want 180 or more", len(list))
	}
	return list
}
