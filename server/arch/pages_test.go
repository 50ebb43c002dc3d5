package arch

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// rule is something a page's file must not hold, and why.
type rule struct {
	endings string // the kinds of files it speaks of, separated by spaces
	found   *regexp.Regexp
	why     string
}

// The content security policy is default-src 'self' without an exception: what
// stands here would be refused by the browser, in the hall and not before.
var policy = []rule{
	{".html", regexp.MustCompile(`(?i)<script[^>]*>`), "a script inside a page"}, // unless it has a source, see broken
	{".html", regexp.MustCompile(`(?i)<style[\s>]`), "a style sheet inside a page"},
	{".html", regexp.MustCompile(`(?i)\sstyle\s*=`), "a style attribute"},
	{".html", regexp.MustCompile(`(?i)<[^>]*\son[a-z]+\s*=\s*["']`), "a listener in the page's text"},
	{".html", regexp.MustCompile(`(?i)\b(?:src|href|action)\s*=\s*["']?(?:https?:)?//`), "an address outside our server"},
	{".css", regexp.MustCompile(`(?i)(?:url\(\s*["']?|@import\s+["'])(?:https?:|//|data:)`), "an address outside our server"},
	{".js", regexp.MustCompile(`\beval\(|\bnew Function\(`), "code made from text"},
	{".js", regexp.MustCompile(`\.(?:innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write\(`), "markup made from text"},
	{".js", regexp.MustCompile(`setAttribute\(\s*['"]style['"]`), "a style attribute"},
	{".js", regexp.MustCompile(`(?:from|import\()\s*['"](?:https?:)?//`), "a module from outside our server"},
}

// The oldest browser the screens promise to run in is Chromium 108. These came
// later and would break a page there; the type checker does not know.
var floor = []rule{
	{".css .html", regexp.MustCompile(`(?m)^\s*&`), "nested rules (Chromium 120)"},
	{".css", regexp.MustCompile(`\bcolor-mix\(|\blight-dark\(|\boklch\(|\bsubgrid\b|@scope\b|@starting-style\b|:popover-open`), "newer CSS (Chromium 111 and later)"},
	{".html .js", regexp.MustCompile(`\bpopover(?:target)?\b\s*[=:]|\.showPopover\(`), "popover (Chromium 114)"},
	{".js", regexp.MustCompile(`\bAbortSignal\.any\(|\bURL\.(?:canParse|parse)\(|\bPromise\.(?:withResolvers|try)\(|\b(?:Object|Map)\.groupBy\(`), "newer functions (Chromium 116 and later)"},
	{".js", regexp.MustCompile(`\.(?:toSorted|toReversed|toSpliced)\(`), "newer array functions (Chromium 110)"},
}

func TestPagesObeyPolicy(t *testing.T) { checkPages(t, policy) }

func TestPagesKeepToOldestBrowser(t *testing.T) { checkPages(t, floor) }

func checkPages(t *testing.T, rules []rule) {
	seen := 0
	for _, file := range tree(t, ".html", ".css", ".js") {
		for _, folder := range pages {
			if strings.HasPrefix(file, folder) {
				seen++
				for _, what := range broken(file, read(t, file), rules) {
					t.Error(what)
				}
			}
		}
	}
	if seen == 0 {
		t.Error("no files of pages found")
	}
}

var scriptWithSource = regexp.MustCompile(`(?i)^<script\s[^>]*src\s*=`)

// broken lists the rules that a file's source breaks, with the line.
func broken(file, source string, rules []rule) []string {
	var list []string
	source = comment.ReplaceAllStringFunc(source, func(c string) string {
		return strings.Repeat("\n", strings.Count(c, "\n")) // the lines keep their numbers
	})
	for _, r := range rules {
		if !hasEnding(file, r.endings) {
			continue
		}
		for _, at := range r.found.FindAllStringIndex(source, -1) {
			text := source[at[0]:at[1]]
			if scriptWithSource.MatchString(text) {
				continue
			}
			line := strings.Count(source[:at[0]+len(text)-len(strings.TrimLeft(text, "\n"))], "\n") + 1
			list = append(list, file+":"+strconv.Itoa(line)+" holds "+r.why)
		}
	}
	return list
}

func hasEnding(file, endings string) bool {
	for _, e := range strings.Fields(endings) {
		if strings.HasSuffix(file, e) {
			return true
		}
	}
	return false
}

// Each rule must be able to say no, and must not say it of what is right.
func TestPageRulesFindFaults(t *testing.T) {
	cases := []struct {
		file, source string
		want         int
	}{
		{"a.html", `<script type="module" src="/kiosk/kiosk.js"></script><link rel="stylesheet" href="/web/base.css">`, 0},
		{"a.html", `<script>start()</script>`, 1},
		{"a.html", "<style>\nb {}</style>", 1},
		{"a.html", `<p style="color: red">`, 1},
		{"a.html", `<button onclick="go()">`, 1},
		{"a.html", `<p>Mời ông/bà đến quầy số 3 = ba</p><!-- <script>x</script> -->`, 0},
		{"a.html", `<img src="https://example.org/a.png"><a href='//example.org'>`, 2},
		{"a.css", `@import "/web/tokens.css"; b { background: url("icons.svg") }`, 0},
		{"a.css", `b { background: url(data:image/png;base64,AA) }`, 1},
		{"a.css", "b {\n  &:hover { color: red }\n}", 1},
		{"a.css", `b { color: color-mix(in srgb, red, blue) }`, 1},
		{"a.js", `el.textContent = x; h('b', { onclick: go, style: { color: 'red' } })`, 0},
		{"a.js", `el.innerHTML = x; eval(y)`, 2},
		{"a.js", `import { h } from '/web/dom.js'; const u = 'http://www.w3.org/2000/svg'`, 0},
		{"a.js", `import { h } from 'https://example.org/dom.js'`, 1},
		{"a.js", `list.toSorted(); AbortSignal.any([a, b])`, 2},
	}
	rules := append(append([]rule{}, policy...), floor...)
	for _, c := range cases {
		if got := broken(c.file, c.source, rules); len(got) != c.want {
			t.Errorf("%s: %q: found %v, want %d", c.file, c.source, got, c.want)
		}
	}
	if got := broken("a.js", "// one\n/* two\n */\nel.innerHTML = x", policy); len(got) != 1 || !strings.HasPrefix(got[0], "a.js:4 ") {
		t.Errorf("found %v, want line 4", got)
	}
}
