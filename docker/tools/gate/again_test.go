package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A tests' package of which one test passes only in its second run, one never, and one
// has a race.
const moody = `package moody

import (
	"os"
	"testing"
)

func TestAtSecond(t *testing.T) {
	if _, err := os.Stat("been"); err != nil {
		_ = os.WriteFile("been", nil, 0o600)
		t.Error("the first time")
	}
}

func TestNever(t *testing.T) { t.Run("row", func(t *testing.T) { t.Error("always") }) }

func TestRaced(t *testing.T) {
	if _, err := os.Stat("raced"); err != nil {
		_ = os.WriteFile("raced", nil, 0o600)
		t.Error("WARNING: DATA RACE")
	}
}

func TestGood(t *testing.T) {}
`

func TestFailedRunAgainAlone(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module moody\n\ngo 1.26\n", "moody_test.go": moody} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	var out strings.Builder
	got := place{out: &out}.patient(nil, nil, "./...")
	if want := (tally{passed: 2, failed: 2, again: "TestAtSecond"}); got != want {
		t.Errorf("counted %+v, want %+v\n%s", got, want, &out)
	}
	if strings.Contains(out.String(), "AGAIN, alone: moody TestRaced") {
		t.Error("a race was tried again")
	}
}

// Many failures are no accident: none of them runs again.
func TestManyFailuresStay(t *testing.T) {
	var rows [][3]string
	for _, name := range []string{"TestA", "TestB", "TestC", "TestD", "TestE", "TestF"} {
		rows = append(rows, [3]string{"run", name}, [3]string{"fail", name})
	}
	var out strings.Builder
	_, failed := follow(strings.NewReader(events(append(rows, [3]string{"fail", ""})...)), &out)
	if len(failed) != 6 || len(failed) <= mostAgain {
		t.Errorf("%d failures found", len(failed))
	}
}
