package api

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What a page may weigh on the wire, in bytes: its files as they are served, each
// packed by itself. A screen starts after a power cut on a small PC.
const (
	scriptBudget = 40_000 // all modules that its own imports, without those it fetches when needed
	styleBudget  = 15_000 // its style sheets
	lookupBudget = 80_000 // everything the look-up starts with, without letters
)

// folders are the pages of the real program, by the first part of their address.
var pageSources = map[string]string{
	"web": "../web/static", "phone": "../web/phone", "desk": "../web/desk", "admin": "../web/admin", "posting": "../web/posting", "kiosk": "../../kiosk",
	"board": "../../display/board", "counter": "../../display/counter", "rate": "../../display/rate", "sim": "../../drivers/sim/page", "lookup": "../../display/lookup",
}

var (
	importFrom = regexp.MustCompile(`(?m)^(?:import|export) [^'\n=(]*'(/[^'\n]+\.js)'`)
	importList = regexp.MustCompile(`(?m)^(?:import|export) \{[^}']*\} from '(/[^'\n]+\.js)'`)
	importLate = regexp.MustCompile(`\bimport\('(/[^'\n]+\.js)'\)`)
	scriptTag  = regexp.MustCompile(`<script type="module" src="([^"]+)">`)
	styleTag   = regexp.MustCompile(`<link rel="stylesheet" href="([^"]+)">`)
	preloadTag = regexp.MustCompile(`<link rel="modulepreload" href="([^"]+)">`)
)

// load is what a page's browser fetches: the addresses of modules and style sheets.
type load struct{ modules, later, styles, preloads []string }

// loadOf follows the page's HTML and the imports from there; later are the modules
// that only an import() reaches, with what those import beside the others.
func (p *pages) loadOf(t *testing.T, page string) load {
	t.Helper()
	html := p.source(t, "/"+page)
	l := load{styles: addresses(styleTag, html), preloads: addresses(preloadTag, html)}
	for _, script := range addresses(scriptTag, html) {
		l.modules = p.follow(t, script, l.modules)
	}
	for _, module := range l.modules {
		for _, late := range addresses(importLate, p.source(t, module)) {
			l.later = p.follow(t, late, l.later)
		}
	}
	l.later = slices.DeleteFunc(l.later, func(m string) bool { return slices.Contains(l.modules, m) })
	return l
}

func (p *pages) follow(t *testing.T, module string, known []string) []string {
	t.Helper()
	if slices.Contains(known, module) {
		return known
	}
	known = append(known, module)
	source := p.source(t, module)
	for _, next := range append(addresses(importFrom, source), addresses(importList, source)...) {
		known = p.follow(t, next, known)
	}
	return known
}

// source is a file as it is served; its comments, whose types name other modules, are gone.
func (p *pages) source(t *testing.T, address string) string {
	t.Helper()
	a := p.files[strings.TrimPrefix(address, "/")]
	if a == nil {
		t.Fatalf("no %s is served", address)
	}
	return string(a.body)
}

func addresses(re *regexp.Regexp, in string) []string {
	var list []string
	for _, m := range re.FindAllStringSubmatch(in, -1) {
		list = append(list, m[1])
	}
	return list
}

// weigh sums what the files take on the wire.
func (p *pages) weigh(t *testing.T, addresses []string) int {
	t.Helper()
	total := 0
	for _, address := range addresses {
		body := p.source(t, address)
		if zip := p.files[strings.TrimPrefix(address, "/")].zip; zip != nil {
			total += len(zip)
		} else {
			total += len(body)
		}
	}
	return total
}

func realPages(t *testing.T) *pages {
	t.Helper()
	folders := map[string]fs.FS{}
	for name, dir := range pageSources {
		folders[name] = os.DirFS(dir)
	}
	p, err := readPages(folders)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func htmlOf(p *pages) []string {
	var list []string
	for name := range p.files {
		if strings.HasSuffix(name, ".html") {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

func TestPageBudgets(t *testing.T) {
	p := realPages(t)
	for _, page := range htmlOf(p) {
		l := p.loadOf(t, page)
		scripts, later, styles := p.weigh(t, l.modules), p.weigh(t, l.later), p.weigh(t, l.styles)
		t.Logf("%-18s %6d bytes of modules (%d), %5d of style sheets (%d); when needed %d (%d)",
			page, scripts, len(l.modules), styles, len(l.styles), later, len(l.later))
		if len(l.modules) == 0 || scripts == 0 || styles == 0 {
			t.Errorf("%s: its modules or style sheets were not found", page)
		}
		if scripts > scriptBudget {
			t.Errorf("%s: %d bytes of modules, at most %d", page, scripts, scriptBudget)
		}
		if styles > styleBudget {
			t.Errorf("%s: %d bytes of style sheets, at most %d", page, styles, styleBudget)
		}
	}
}

// A list of modules to fetch at once is worth something while it is the list: the
// kiosk's names every module there is before its first button, and no page asks for
// one that it does not import.
func TestPreloads(t *testing.T) {
	p := realPages(t)
	for _, page := range htmlOf(p) {
		l := p.loadOf(t, page)
		for _, module := range l.preloads {
			if !slices.Contains(l.modules, module) {
				t.Errorf("%s preloads %s, which it does not import", page, module)
			}
		}
		if page != "kiosk/index.html" {
			continue
		}
		if len(l.modules) < 20 {
			t.Errorf("%s: only %d modules found", page, len(l.modules))
		}
		for _, module := range l.modules {
			if !slices.Contains(l.preloads, module) && !strings.Contains(p.source(t, "/"+page), `src="`+module+`"`) {
				t.Errorf(`%s lacks <link rel="modulepreload" href="%s">`, page, module)
			}
		}
	}
}

// The look-up is one page for years of browsing: all it needs before the first touch,
// words and icons too.
func TestLookupBudget(t *testing.T) {
	p := realPages(t)
	l := p.loadOf(t, "lookup/index.html")
	all := slices.Concat(l.modules, l.styles, []string{"/lookup/index.html", "/web/icons.svg", "/web/drum.svg"})
	for _, table := range []string{"common", "kiosk", "lookup"} {
		all = append(all, "/web/i18n/"+table+".vi.json")
	}
	total := p.weigh(t, all)
	t.Logf("%d bytes in %d files", total, len(all))
	if total > lookupBudget {
		t.Errorf("%d bytes, at most %d", total, lookupBudget)
	}
}
