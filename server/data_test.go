package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// Whatever stands in a data directory, the security document names, with how long it is
// kept; and it names nothing that is not there.
func TestDataDirectoryIsDocumented(t *testing.T) {
	data := t.TempDir()
	h, _ := used(t, data)
	h.end()
	raw, err := os.ReadFile("../docs/security/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(raw), "\n## 6.")
	table, _, _ = strings.Cut(table, "\n## 7.")
	named := map[string]bool{}
	for _, line := range strings.Split(table, "\n") {
		cells := strings.Split(line, "|")
		if len(cells) < 4 {
			continue
		}
		for _, name := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cells[2], -1) {
			named[strings.TrimSuffix(name[1], "/")] = true
		}
	}
	entries, err := os.ReadDir(data)
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, e := range entries {
		name := e.Name()
		if strings.HasSuffix(name, "-wal") || strings.HasSuffix(name, "-shm") {
			continue // the log of a database
		}
		there[name] = true
		if !named[name] {
			t.Errorf("docs/security/README.md, 6, does not say what %s is and how long it is kept", name)
		}
	}
	// What only appears when a hall uses it.
	for name := range named {
		if !there[name] && !later[name] {
			t.Errorf("docs/security/README.md, 6, names %s, which is not in a data directory", name)
		}
	}
}

// later are what a day of the demo does not bring.
var later = map[string]bool{"archive": true, "tls": true, "languages": true, "speech": true, "reports": true, "installation": true, "before-upgrade": true, backupMark: true, firstKeyName: true}
