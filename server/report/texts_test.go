package report

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// verbs are the places of a text that values are written to.
var verbs = regexp.MustCompile(`%[0-9]*[a-z]`)

// Both languages say everything, with the same values in the same order.
func TestTextsAreComplete(t *testing.T) {
	for key, text := range texts {
		if strings.TrimSpace(text.VI) == "" || strings.TrimSpace(text.EN) == "" {
			t.Errorf("%s lacks a language: %+v", key, text)
		}
		if !norm.NFC.IsNormalString(text.VI) {
			t.Errorf("%s is not NFC", key)
		}
		vi, en := verbs.FindAllString(strings.ReplaceAll(text.VI, "%%", ""), -1), verbs.FindAllString(strings.ReplaceAll(text.EN, "%%", ""), -1)
		if key != "span.month" && strings.Join(vi, " ") != strings.Join(en, " ") {
			t.Errorf("%s takes %v in one language and %v in the other", key, vi, en)
		}
		// A lone percent sign in a text with values would eat one of them.
		if rest := verbs.ReplaceAllString(strings.ReplaceAll(text.VI, "%%", ""), ""); len(vi) > 0 && strings.Contains(rest, "%") {
			t.Errorf("%s has a percent sign that is not doubled", key)
		}
	}
}

// A key the program asks for exists, and none stands there for nothing.
func TestTextsAreUsed(t *testing.T) {
	used := map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	literal := regexp.MustCompile(`"([a-z0-9]+(?:\.[a-z0-9_]*)+)"`)
	direct := regexp.MustCompile(`\bt\("([a-z0-9_.]+)"`)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || strings.HasPrefix(file, "texts") {
			continue
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range literal.FindAllStringSubmatch(string(b), -1) {
			used[m[1]] = true
		}
		for _, m := range direct.FindAllStringSubmatch(string(b), -1) {
			used[m[1]] = true
			if _, known := texts[m[1]]; !known && !strings.HasSuffix(m[1], ".") {
				t.Errorf("%s asks for %q, which is no text", file, m[1])
			}
		}
	}
	// These are put together from a beginning and an id.
	for key := range texts {
		beginning := key[:strings.Index(key+".", ".")+min(1, strings.Count(key, "."))]
		switch beginning {
		case "by.", "weekday.", "fig.", "kind.", "class.", "override.", "channel.", "chart.", "scope.":
			continue
		}
		if !used[key] {
			t.Errorf("nobody uses %q", key)
		}
	}
	for _, f := range allFigures {
		if _, known := texts["fig."+f.id]; !known {
			t.Errorf("the figure %q has no name", f.id)
		}
	}
	for _, d := range Dimensions {
		if _, known := texts["by."+string(d)]; !known {
			t.Errorf("the dimension %q has no name", d)
		}
	}
}

// What the printed report says can be drawn: a letter its font lacks would be a gap
// on paper that no other test sees.
func TestFontsHaveEveryLetter(t *testing.T) {
	said := "ẠẢÃÀÁĂẶẲẴẰẮÂẬẨẪẦẤĐẸẺẼÈÉÊỆỂỄỀẾỊỈĨÌÍỌỎÕÒÓÔỘỔỖỒỐƠỢỞỠỜỚỤỦŨÙÚƯỰỬỮỪỨỴỶỸỲÝ·…*%/()0123456789"
	said += strings.ToLower(said)
	for _, text := range texts {
		said += text.VI + text.EN
	}
	for _, d := range Definitions() {
		said += d.Name.VI + d.Name.EN + d.Text.VI + d.Text.EN + d.Source
	}
	for _, g := range []grid{tongue("vi").overrideGrid(exampleReport()), tongue("vi").lengthGrid(exampleReport())} {
		for _, row := range g.rows {
			for _, v := range row {
				said += tongue("vi").write(v)
			}
		}
	}
	said += "≥"
	for name, data := range map[string][]byte{"medium": mediumTTF, "bold": boldTTF} {
		font, err := sfnt.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		var buffer sfnt.Buffer
		missing := map[rune]bool{}
		for _, r := range said {
			if i, err := font.GlyphIndex(&buffer, r); (err != nil || i == 0) && r != '\n' && !missing[r] {
				missing[r] = true
				t.Errorf("the %s font has no %q", name, r)
			}
		}
	}
}
