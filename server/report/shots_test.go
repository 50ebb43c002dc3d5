package report

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// shots keeps what a test made where somebody may look at it: the folder MOTCUA_SHOTS.
func shots(t *testing.T, name string, data []byte) {
	t.Helper()
	if dir := os.Getenv("MOTCUA_SHOTS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// exported writes the example in a format.
func exported(t *testing.T, format, lang string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(t.Context(), &b, format, exampleReport(), examplePaper(lang)); err != nil {
		t.Fatal(err)
	}
	shots(t, "report-"+lang+"."+format, b.Bytes())
	return b.Bytes()
}
