package api

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The files of the pages, from this package: what may be left out of them is said line by line.
var pageFolders = []string{"../web/static", "../web/phone", "../web/desk", "../web/admin", "../../kiosk", "../../display", "../../drivers/sim/page"}

func TestStrip(t *testing.T) {
	for _, c := range []struct{ name, in, out string }{
		{"a.js", "// why\n\n  f('// no');  // beside\n", "\n\nf('// no');  // beside\n"},
		{"a.js", "/** @type {x} */\nlet a;\n  /*\n   * const b;\n   */\n\tlet c;", "\nlet a;\n\n\n\nlet c;"},
		{"a.js", "/* a */ f();\n/* b\n   // c */ g();\nh(); /* d */", "/* a */ f();\n/* b\n   // c */ g();\nh(); /* d */"},
		{"a.js", "f('/*');\n// g('*/');\nh();", "f('/*');\n\nh();"},
		{"a.js", "/* never closed\n f();", "/* never closed\n f();"},
		{"a.js", "/*/ not closed by its own star\n*/\nf();", "\n\nf();"},
		{"a.js", "/* first */ /* second */\nf();", "/* first */ /* second */\nf();"},
		{"a.css", "/* why */\n.a {\n  background: url(//x);\n}", "\n.a {\nbackground: url(//x);\n}"},
		{"a.css", "// not a comment here\n", "// not a comment here\n"},
		{"a.html", "  <p> // x </p>\n", "  <p> // x </p>\n"},
		{"a.json", "  {\"a\": \"// x\"}\n", "  {\"a\": \"// x\"}\n"},
	} {
		if got := string(strip(c.name, []byte(c.in))); got != c.out {
			t.Errorf("%s %q became %q, want %q", c.name, c.in, got, c.out)
		}
	}
}

// Whatever stands between the comments, every line of code comes out as it went in, at its place.
func TestStripKeepsCode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var in, want []string
		for range rapid.IntRange(0, 20).Draw(t, "pieces") {
			switch rapid.IntRange(0, 2).Draw(t, "kind") {
			case 0: // code, with what looks like a comment behind it
				line := rapid.StringMatching(`[a-z;'"][a-z /*'"{}]*[a-z;]`).Draw(t, "code")
				in, want = append(in, rapid.StringMatching(`[ \t]{0,4}`).Draw(t, "indent")+line), append(want, line)
			case 1:
				in, want = append(in, "  //"+rapid.StringMatching("[a-z /*'\"`]*").Draw(t, "comment")), append(want, "")
			case 2:
				block := rapid.SliceOfN(rapid.StringMatching("[a-z /'\"`]*"), 1, 4).Draw(t, "block")
				in = append(in, strings.Split("/*"+strings.Join(block, "\n")+" */", "\n")...)
				want = append(want, make([]string, len(block))...)
			}
		}
		before := strings.Join(in, "\n")
		got := string(strip("a.js", []byte(before)))
		if got != strings.Join(want, "\n") {
			t.Fatalf("%q became %q, want %q", before, got, strings.Join(want, "\n"))
		}
		if again := string(strip("a.js", []byte(got))); again != got {
			t.Fatalf("%q stripped twice is %q", got, again)
		}
	})
}

var (
	escaped = regexp.MustCompile(`\\.`)
	closed  = regexp.MustCompile(`/\*.*?\*/`)
	quoted  = regexp.MustCompile(`'[^']*'|"[^"]*"|` + "`[^`]*`")
)

// runsOn says what of a stripped file could go on in the next line and be taken for
// something else there: a template, a string, or a comment that began after code.
func runsOn(line string) string {
	plain := escaped.ReplaceAllString(line, "")
	bare := closed.ReplaceAllString(quoted.ReplaceAllString(plain, "''"), "")
	code, _, _ := strings.Cut(bare, " //")
	switch {
	case strings.Count(plain, "`")%2 == 1:
		return "a template over several lines"
	case strings.HasSuffix(line, `\`):
		return "a string over several lines"
	case strings.Contains(code, "/*"):
		return "a comment that begins after code and runs on"
	}
	return ""
}

// strip may read lines because nothing in our pages makes a line mean something else.
func TestPagesMayBeStripped(t *testing.T) {
	for _, line := range []string{"x = `", "x = `a` + `b", `x = 'a\`, "f(); /* why", "f(`\\``) + `"} {
		if runsOn(line) == "" {
			t.Errorf("%q passes for a line that ends", line)
		}
	}
	files, before, after := 0, 0, 0
	for _, folder := range pageFolders {
		err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || path.Ext(name) != ".js" && path.Ext(name) != ".css" {
				return err
			}
			body, err := fs.ReadFile(os.DirFS(folder), name)
			if err != nil {
				return err
			}
			served := strip(name, body)
			files, before, after = files+1, before+len(body), after+len(served)
			if bytes.Count(body, []byte("\n")) != bytes.Count(served, []byte("\n")) {
				t.Errorf("%s/%s: its lines have other numbers", folder, name)
			}
			for i, line := range strings.Split(string(served), "\n") {
				if what := runsOn(line); what != "" {
					t.Errorf("%s/%s:%d: %s: %s", folder, name, i+1, what, line)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 50 || after*10 > before*9 {
		t.Errorf("%d files of %d bytes are served as %d", files, before, after)
	}
	t.Logf("%d modules and style sheets, %d bytes, are served as %d", files, before, after)
}
