package speech

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

var (
	saidKey  = regexp.MustCompile(`key: '(l\.[\w.]+)'`)
	topicKey = regexp.MustCompile(`'(l\.tell\.\w+)', '[\w-]+'\]`)
)

// Whatever the look-up says by key is among the texts that have clips: without one it
// would be silent, for only names and texts of the hall are read by the program.
func TestTheLookupsWordsAreSpoken(t *testing.T) {
	files, err := filepath.Glob("../../../display/lookup/*.js")
	if err != nil || len(files) < 20 {
		t.Fatal(files, err)
	}
	found := 0
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range append(saidKey.FindAllSubmatch(source, -1), topicKey.FindAllSubmatch(source, -1)...) {
			found++
			if key := string(m[1]); !chosen(key, lookupSpoken) {
				t.Errorf("%s says %s, which has no clip", filepath.Base(file), key)
			}
		}
	}
	if found < 80 {
		t.Errorf("only %d keys found", found)
	}
}
