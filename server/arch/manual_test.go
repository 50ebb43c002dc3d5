package arch

import (
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const manualFolder = "docs/manual"

// A manual that names a button which is called otherwise sends people searching.
// So whatever it quotes, names or tells to type is looked up in the product: bold
// words in the texts of the screens, pages in the routes, commands and options in
// the programs, settings in the domain.
func TestManual(t *testing.T) {
	p := theProduct(t)
	seen := 0
	for _, lang := range []string{"vi", "en"} {
		texts := map[string]string{}
		for _, file := range tree(t, "."+lang+".json") {
			load(t, file, texts)
		}
		p.texts = patterns(texts)
		for _, file := range manualFiles(t, lang) {
			seen++
			for _, problem := range p.check(file, read(t, file)) {
				t.Errorf("%s: %s", file, problem)
			}
		}
	}
	if seen < 20 {
		t.Errorf("%d pages of the manual were found", seen)
	}
	for _, problem := range p.check(manualFolder+"/README.md", read(t, manualFolder+"/README.md")) {
		t.Errorf("README.md: %s", problem)
	}
}

// Each page exists in both languages, has the same parts in both, and is in the list.
func TestManualIsWhole(t *testing.T) {
	list := read(t, manualFolder+"/README.md")
	for _, lang := range []string{"vi", "en"} {
		for _, file := range manualFiles(t, lang) {
			name := path.Base(file)
			if !strings.Contains(list, "("+lang+"/"+name+")") {
				t.Errorf("README.md does not lead to %s/%s", lang, name)
			}
			for _, other := range []string{"vi", "en"} {
				twin := path.Join(manualFolder, other, name)
				if _, err := fs.Stat(root, twin); err != nil {
					t.Errorf("%s has no twin: %v", file, err)
				} else if a, b := shape(read(t, file)), shape(read(t, twin)); a != b {
					t.Errorf("%s has the parts %q, its twin %q", file, a, b)
				}
			}
		}
	}
}

func manualFiles(t *testing.T, lang string) []string {
	t.Helper()
	return slices.DeleteFunc(tree(t, ".md"), func(file string) bool { return path.Dir(file) != manualFolder+"/"+lang })
}

// shape tells what a page is made of: headings (#), rows of tables (|), steps and
// points (-), fences of code (`).
func shape(page string) string {
	var marks strings.Builder
	for line := range strings.SplitSeq(page, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "#"):
			marks.WriteByte('#')
		case strings.HasPrefix(line, "```"):
			marks.WriteByte('`')
		case strings.HasPrefix(line, "| "):
			marks.WriteByte('|')
		case strings.HasPrefix(line, "- "), step.MatchString(line):
			marks.WriteByte('-')
		}
	}
	return marks.String()
}

var step = regexp.MustCompile(`^\d+\. `)

// product is what a manual may speak of.
type product struct {
	texts    []*regexp.Regexp    // of the screens, in the page's language
	pages    []*regexp.Regexp    // addresses
	parts    map[string]bool     // of the administrator's page
	commands map[string][]string // by program
	options  map[string][]string // by program
	settings map[string]bool
	targets  map[string]bool // of make
	exists   func(file string) bool
}

func theProduct(t *testing.T) *product {
	p := &product{parts: map[string]bool{}, settings: map[string]bool{}, targets: map[string]bool{},
		commands: map[string][]string{}, options: map[string][]string{},
		exists: func(file string) bool { _, err := fs.Stat(root, file); return err == nil }}
	sources := read(t, "server/api/pages.go")
	for _, folder := range all(`folder: "([a-z]+)"`, sources) {
		p.pages = append(p.pages, regexp.MustCompile("^/"+folder+"/([0-9]+/)?$"))
	}
	for _, page := range append(all(`get\("(/[^"*]*)"`, sources), all(`(?m)^    "(/[^"]+)": \{`, read(t, "server/api/openapi.json"))...) {
		hole := regexp.MustCompile(`:\w+|\{\w+\}`)
		p.pages = append(p.pages, regexp.MustCompile("^"+hole.ReplaceAllString(page, `[^/]+`)+"$"))
	}
	for _, part := range all(`\{ name: '([a-z]+)', title:`, read(t, "server/web/admin/nav.js")) {
		p.parts[part] = true
	}
	for program, folder := range map[string]string{"motcua": "server", "motcua-agent": "drivers"} {
		p.commands[program] = all(`\{"([a-z-]+)", "`, read(t, folder+"/main.go"))
		for _, file := range tree(t, ".go") {
			if path.Dir(file) == folder {
				p.options[program] = append(p.options[program], all(`\.(?:String|Bool|Int|Duration)(?:Var)?\((?:&[\w.]+, )?"([a-z-]+)"`, read(t, file))...)
			}
		}
	}
	for _, file := range tree(t, ".go") {
		if path.Dir(file) == "server/queue" {
			for _, name := range all("json:\"([a-z_]+)", read(t, file)) {
				p.settings[name] = true
			}
		}
	}
	for _, target := range all(`(?m)^([a-z]+):`, read(t, "Makefile")) {
		p.targets[target] = true
	}
	if len(p.pages) < 30 || len(p.parts) < 5 || len(p.commands["motcua"]) < 5 || len(p.options["motcua-agent"]) < 3 || len(p.settings) < 20 {
		t.Fatalf("the product was not understood: %d pages, parts %v, commands %v, options %v, %d settings",
			len(p.pages), slices.Collect(maps.Keys(p.parts)), p.commands, p.options, len(p.settings))
	}
	return p
}

// all gives what the only group of an expression matches.
func all(expression, source string) []string {
	var found []string
	for _, m := range regexp.MustCompile(expression).FindAllStringSubmatch(source, -1) {
		found = append(found, m[1])
	}
	return found
}

// patterns makes of each text an expression: its {holes} may hold anything. A text
// that has hardly a letter of its own, as "{name} {place}", would be found everywhere.
func patterns(texts map[string]string) []*regexp.Regexp {
	var list []*regexp.Regexp
	for _, text := range texts {
		if own := hole.ReplaceAllString(text, ""); own != text && !letters.MatchString(own) {
			continue
		}
		text = regexp.QuoteMeta(strings.ReplaceAll(strings.TrimSpace(text), "\n", " "))
		list = append(list, regexp.MustCompile("^"+regexp.MustCompile(`\\\{\w+\\\}`).ReplaceAllString(text, `.+`)+"$"))
	}
	return list
}

var (
	letters   = regexp.MustCompile(`\pL{2}`)
	quoted    = regexp.MustCompile(`\*\*([^*\n]+)\*\*`)
	linked    = regexp.MustCompile(`(?:\]\(|<img src=")([^)#"\s]+)`)
	fenced    = regexp.MustCompile("(?ms)^ *```[a-z]*\n(.*?)^ *```")
	spanned   = regexp.MustCompile("`([^`\n]+)`")
	settled   = regexp.MustCompile("(?m)^\\| (`[a-z_]+`(?:, `[a-z_]+`)*) \\|")
	typed     = regexp.MustCompile(`(?:^|ExecStart=|sudo -u motcua(?:-agent)? |\./bin/|/usr/local/bin/)(motcua(?:-agent)?)((?: +[^\s|>]+)+)`)
	addressed = regexp.MustCompile(`(?:^|\s|https?://[0-9.]+(?::[0-9]+)?)(/[a-z][^\s"]*)`)
	// onDisk are folders of a machine, which look like pages.
	onDisk = regexp.MustCompile(`^/(?:var|etc|usr|mnt|dev)/`)
)

// check lists what a page says that the product does not know.
func (p *product) check(file, page string) []string {
	var problems []string
	fault := func(what, name string) { problems = append(problems, what+" "+name) }
	for _, m := range linked.FindAllStringSubmatch(page, -1) {
		if !strings.Contains(m[1], "://") && !p.exists(path.Join(path.Dir(file), m[1])) {
			fault("no file", m[1])
		}
	}
	for _, m := range settled.FindAllStringSubmatch(page, -1) {
		for _, name := range strings.Split(m[1], ", ") {
			if name = strings.Trim(name, "`"); !p.settings[name] {
				fault("no setting", name)
			}
		}
	}
	var lines []string
	for _, m := range fenced.FindAllStringSubmatch(page, -1) {
		lines = append(lines, strings.Split(strings.ReplaceAll(m[1], "\\\n", " "), "\n")...)
	}
	page = fenced.ReplaceAllString(page, "")
	for _, m := range spanned.FindAllStringSubmatch(page, -1) {
		lines = append(lines, m[1])
	}
	for _, m := range quoted.FindAllStringSubmatch(spanned.ReplaceAllString(page, ""), -1) {
		if !slices.ContainsFunc(p.texts, func(text *regexp.Regexp) bool { return text.MatchString(m[1]) }) {
			fault("no screen says", m[1])
		}
	}
	for _, line := range lines {
		p.checkCode(strings.TrimSpace(line), fault)
	}
	return problems
}

// checkCode looks at a line to type, or at a name within a sentence.
func (p *product) checkCode(line string, fault func(what, name string)) {
	for _, m := range typed.FindAllStringSubmatch(line, -1) {
		words := strings.Fields(m[2])
		if !strings.HasPrefix(words[0], "-") && !slices.Contains(p.commands[m[1]], words[0]) {
			fault("no command", m[1]+" "+words[0])
		}
		for _, word := range words {
			if option, is := strings.CutPrefix(word, "--"); is && !slices.Contains(p.options[m[1]], option) {
				fault("no option", m[1]+" --"+option)
			}
		}
	}
	option, is := strings.CutPrefix(line, "--")
	if is && !strings.Contains(option, "=") && !slices.Contains(p.options["motcua"], option) {
		fault("no option", line)
	}
	if target, is := strings.CutPrefix(line, "make "); is && !p.targets[target] {
		fault("no target", line)
	}
	for _, m := range addressed.FindAllStringSubmatch(line, -1) {
		if onDisk.MatchString(m[1]) {
			continue
		}
		page, part, _ := strings.Cut(m[1], "#/")
		if !slices.ContainsFunc(p.pages, func(known *regexp.Regexp) bool { return known.MatchString(page) }) || part != "" && !p.parts[part] {
			fault("no page", m[1])
		}
	}
}

// What the checks are for: each of them finds what is wrong, and only that.
func TestManualChecksFindFaults(t *testing.T) {
	p := theProduct(t)
	p.texts = patterns(map[string]string{"a": "Mở quầy", "b": "Đã hủy số {number}", "c": "{name} {place}"})
	for page, want := range map[string]string{
		"**Mở quầy**, **Đã hủy số A012**": "",
		"**Mở cửa**": "no screen says Mở cửa",
		"`/admin/#/screens`, `/counter/1/`, `/etc/motcua/x`": "",
		"`/administration/`":  "no page /administration/",
		"`/admin/#/visitors`": "no page /admin/#/visitors",
		"```sh\nsudo -u motcua motcua doctor --data /var/x\n```\n":   "",
		"```sh\nsudo -u motcua motcua heal --data /var/x\n```\n":     "no command motcua heal",
		"```sh\nmotcua backup \\\n  --date x\n```\n":                 "no option motcua --date",
		"`motcua-agent --configuration x`":                           "no option motcua-agent --configuration",
		"`--base-url`, `--autoplay-policy=no-user-gesture-required`": "",
		"`--base-uri`": "no option --base-uri",
		"```sh\ncurl -o x http://192.168.1.10:8080/api/v1/branches/sanh/settings\n```\n": "",
		"```sh\ncurl http://192.168.1.10:8080/api/v1/setting\n```\n":                     "no page /api/v1/setting",
		"`make build`, `make coffee`":                                                    "no target make coffee",
		"| `services`, `colour` | x |\n":                                                 "no setting colour",
		"[a](../README.md), [b](c.md)":                                                   "no file c.md",
	} {
		if got := strings.Join(p.check(manualFolder+"/vi/x.md", page), "; "); got != want {
			t.Errorf("%q: found %q, want %q", page, got, want)
		}
	}
	if shape("# a\n1. b\n| c |") == shape("# a\n| c |") {
		t.Error("a missing step is not seen")
	}
}
