// Package needs is for tests of what is packed and shipped: what they stand on, and a
// failure that says what is missing. `make test` installs all of it and runs as root;
// a test without its tools has tested nothing, so it never passes or steps aside.
package needs

import (
	"os"
	"os/exec"
	"testing"
)

// Tools fails a test that lacks one of these programs.
func Tools(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, err := exec.LookPath(name); err != nil {
			t.Fatalf("%s is not installed (make tools)", name)
		}
	}
}

// Root fails a test of what only root may do.
func Root(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Fatal("only root may do this")
	}
}
