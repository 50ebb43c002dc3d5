package arch

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// code are the files people edit; text are all those that must be clean.
var (
	code = []string{".go", ".js", ".css", ".lua", ".c", ".h"}
	text = append([]string{".md", ".html", ".svg", ".json", ".jsonl", ".yaml", ".yml", ".sh", ".conf", ".txt",
		".sql", ".toml", ".csv", ".rules", ".service", ".gitignore", "Makefile", "Dockerfile", "LICENSE", ".ci/run"}, code...)
)

const maxLines = 400

// A file that one person can read in one sitting is a file that one person can mend.
func TestFileLength(t *testing.T) {
	var lengths []int
	for _, file := range tree(t, code...) {
		n := strings.Count(read(t, file), "\n")
		lengths = append(lengths, n)
		if n > maxLines {
			t.Errorf("%s has %d lines, at most %d", file, n, maxLines)
		}
	}
	slices.Sort(lengths)
	t.Logf("%d files, median %d lines", len(lengths), lengths[len(lengths)/2])
}

// Composed and decomposed Vietnamese look alike, compare unequal and fall into
// different font files; so everything we write is composed. A test that needs
// decomposed text writes it with escapes.
func TestTextIsNFC(t *testing.T) {
	for _, file := range tree(t, text...) {
		if s := read(t, file); !norm.NFC.IsNormalString(s) {
			at := norm.NFC.QuickSpan([]byte(s))
			t.Errorf("%s:%d is not NFC", file, 1+strings.Count(s[:at], "\n"))
		}
	}
}

// The tree speaks of the product, not of the machine it was written on, and says
// nothing that is left for later. The words are spelt in parts so that this file
// does not find itself.
var unwanted = map[string]*regexp.Regexp{
	"a path of some machine": regexp.MustCompile(`(^|[\s"'(=:` + "`" + `])/(wor` + `k|tm` + `p|roo` + `t|hom` + `e/[a-z]+)/`),
	"the host of a registry": regexp.MustCompile(`regist` + `ry\.npmjs|prox` + `y\.golang\.org|su` + `m\.golang\.org|de` + `b\.debian\.org|securit` + `y\.debian\.org|noderegist` + `ry`),
	"something unfinished":   regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X|HA` + `CK)\b`),
}

// stems are parts of which every unwanted word holds one. Almost no line does, and
// to look for them is a hundred times quicker.
var stems = []string{"wor" + "k/", "tm" + "p/", "roo" + "t/", "hom" + "e/", "regist" + "ry", "prox" + "y.", "golang" + ".org",
	"debian" + ".org", "TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"}

// unwantedIn gives the first unwanted word of a line and what it is.
func unwantedIn(line string) (found, what string) {
	if !slices.ContainsFunc(stems, func(stem string) bool { return strings.Contains(line, stem) }) {
		return "", ""
	}
	for what, re := range unwanted {
		if found := re.FindString(line); found != "" {
			return found, what
		}
	}
	return "", ""
}

func TestNoUnwantedWords(t *testing.T) {
	for _, file := range tree(t, text...) {
		i := 0
		for line := range strings.SplitSeq(read(t, file), "\n") {
			i++
			if found, what := unwantedIn(line); found != "" {
				t.Errorf("%s:%d names %s: %q", file, i, what, found)
			}
		}
	}
}

func TestUnwantedWordsAreFound(t *testing.T) {
	for line, want := range map[string]bool{
		"cd /wor" + "k/main":                    true,
		`open("/tm` + `p/x.db")`:                true,
		"home is /hom" + "e/someone/x":          true,
		"lies in /roo" + "t/x":                  true,
		"// TO" + "DO: later":                   true,
		"// FIX" + "ME, an XX" + "X":            true,
		"an HA" + "CK":                          true,
		"from regist" + "ry.npmjs.com":          true,
		"and noderegist" + "ry here":            true,
		"sums of su" + "m.golang.org":           true,
		"apt from de" + "b.debian.org":          true,
		"and securit" + "y.debian.org":          true,
		"GOPROXY=https://prox" + "y.golang.org": true,
		"code=XXXX" + "XX, and /t/{token}":      false,
		"a counter at work/rest":                false,
	} {
		if found, _ := unwantedIn(line); (found != "") != want {
			t.Errorf("%q: found %q, want something: %v", line, found, want)
		}
	}
}

// Only these top folders exist; a new one would be a decision, not a habit.
func TestTopFolders(t *testing.T) {
	may := []string{"server", "kiosk", "display", "drivers", "firmware-config", "docker", "docs"}
	entries, err := fs.ReadDir(root, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() && !strings.HasPrefix(name, ".") && !slices.Contains(may, name) && !slices.Contains(skipped, name) {
			t.Errorf("%s is not one of the top folders %v", name, may)
		}
	}
}

// Fonts are other people's work: each folder of them carries its licence.
func TestFontsHaveLicence(t *testing.T) {
	folders := map[string]bool{}
	for _, file := range tree(t, ".woff2", ".woff", ".ttf", ".otf") {
		folders[path.Dir(file)] = true
	}
	if len(folders) == 0 {
		t.Error("no fonts found: the screens bring their own")
	}
	for folder := range folders {
		if !strings.Contains(read(t, folder+"/OFL.txt"), "SIL OPEN FONT LICENSE") {
			t.Errorf("%s/OFL.txt is not the licence", folder)
		}
	}
}

func TestLicence(t *testing.T) {
	if !strings.Contains(read(t, "LICENSE"), "Apache License") {
		t.Error("LICENSE is not the Apache licence")
	}
}

// What is installed for the checks is pinned by hash, not by address: the lock
// file must work with whatever registry a machine uses.
func TestLockFileNamesNoHost(t *testing.T) {
	if strings.Contains(read(t, "server/web/checks/package-lock.json"), `"resolved"`) {
		t.Error(`package-lock.json names addresses: npm install --omit-lockfile-registry-resolved=true`)
	}
}
