package storetest

import (
	"testing"

	"motcua/server/store/embedded"
)

func openEmbedded(t testing.TB, dir string) *embedded.Engine {
	t.Helper()
	e, err := embedded.Open(dir, embedded.Options{Fatal: func(err error) { t.Errorf("engine: %v", err) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

func TestEmbedded(t *testing.T) {
	Suite(t, openEmbedded(t, t.TempDir()))
}
