package dossier

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
)

// monday is a Monday at nine.
var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, queue.Zone)

var ctx = context.Background()

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB) *Store {
	t.Helper()
	return openIn(t, t.TempDir())
}

func openIn(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(ctx, dir, rand.Reader)
	must(t, err)
	t.Cleanup(func() { s.Close() })
	return s
}

func usual(file string) Options {
	return Options{File: file, Source: FromFolder, Branch: "sanh", Branches: []string{"sanh", "kia"}, Now: monday}
}

func (s *Store) csv(t testing.TB, text string, change ...func(*Options)) Report {
	t.Helper()
	o := usual("a.csv")
	for _, c := range change {
		c(&o)
	}
	r, err := s.Import(ctx, strings.NewReader(text), o)
	must(t, err)
	return r
}

func (s *Store) push(t testing.TB, o Options, items ...map[string]any) Report {
	t.Helper()
	var raw []json.RawMessage
	for _, item := range items {
		b, err := json.Marshal(item)
		must(t, err)
		raw = append(raw, b)
	}
	o.Source = FromPush
	r, err := s.Push(ctx, raw, o)
	must(t, err)
	return r
}

func (s *Store) known(t testing.TB, code string) *Dossier {
	t.Helper()
	d, err := s.Get(ctx, code)
	must(t, err)
	if d == nil {
		t.Fatalf("%s is not known", code)
	}
	return d
}

func counts(t testing.TB, r Report, accepted, unchanged, bad int) {
	t.Helper()
	if r.Accepted != accepted || r.Unchanged != unchanged || r.Bad != bad {
		t.Errorf("accepted %d, unchanged %d, bad %d; want %d, %d, %d\n%s", r.Accepted, r.Unchanged, r.Bad, accepted, unchanged, bad, r.Text())
	}
}
