package arch

import (
	"encoding/json"
	"regexp"
	"sort"
	"strings"
	"testing"
)

// pages are the folders whose files people see.
var pages = []string{"server/web/", "kiosk/", "display/", "drivers/sim/page/"}

// How a page names a text: t('key') in a module, data-t="key" and
// data-t-label="key" in HTML. A key that
// is put together — t(`problem.${code}`), t('state.' + s) — is known by its
// beginning, which must end in a dot.
var (
	fixedKey  = regexp.MustCompile(`\bt\(\s*(?:'([^']+)'|"([^"]+)"|` + "`([^`$]+)`" + `)\s*[,)]`)
	madeKey   = regexp.MustCompile(`\bt\(\s*(?:'([^']+\.)'\s*\+|"([^"]+\.)"\s*\+|` + "`([^`$]*\\.)" + `\$\{)`)
	htmlKey   = regexp.MustCompile(`\bdata-t(?:-[a-z-]+)?="([^"]+)"`)
	anyString = regexp.MustCompile(`'([^'\n]+)'|"([^"\n]+)"|` + "`([^`\n]+)`")
	comment   = regexp.MustCompile(`(?m)(?:^|\s)//.*$|(?s:/\*.*?\*/)|(?s:<!--.*?-->)`)
	hole      = regexp.MustCompile(`\{[a-zA-Z_]+\}`)
)

// Every text a page asks for is there in both languages, both have the same
// keys and the same holes to fill, and no text waits for a page that never asks.
func TestTexts(t *testing.T) {
	vi, en := map[string]string{}, map[string]string{}
	for _, file := range tree(t, ".vi.json") {
		load(t, file, vi)
	}
	for _, file := range tree(t, ".en.json") {
		load(t, file, en)
	}
	if len(vi) == 0 {
		t.Fatal("no table of texts (…/{screen}.vi.json) found")
	}
	for _, problem := range compare(vi, en) {
		t.Error(problem)
	}
	u := collect(t)
	for _, problem := range u.check(vi) {
		t.Error(problem)
	}
}

// load adds the texts of one table; nested objects become dotted keys.
func load(t *testing.T, file string, into map[string]string) {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal([]byte(read(t, file)), &v); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	flatten(t, file, "", v, into)
}

func flatten(t *testing.T, file, prefix string, v map[string]any, into map[string]string) {
	for key, value := range v {
		switch value := value.(type) {
		case string:
			if _, twice := into[prefix+key]; twice {
				t.Errorf("%s: %s stands in two tables", file, prefix+key)
			}
			into[prefix+key] = value
		case map[string]any:
			flatten(t, file, prefix+key+".", value, into)
		default:
			t.Errorf("%s: %s is neither a text nor a table of texts", file, prefix+key)
		}
	}
}

// compare says what one language has and the other has not.
func compare(vi, en map[string]string) []string {
	var problems []string
	for key, text := range vi {
		other, ok := en[key]
		switch {
		case !ok:
			problems = append(problems, key+" has no English text")
		case strings.TrimSpace(text) == "" || strings.TrimSpace(other) == "":
			problems = append(problems, key+" is empty")
		case holes(text) != holes(other):
			problems = append(problems, key+" has other holes in English: "+holes(text)+" and "+holes(other))
		}
	}
	for key := range en {
		if _, ok := vi[key]; !ok {
			problems = append(problems, key+" has no Vietnamese text")
		}
	}
	sort.Strings(problems)
	return problems
}

// holes lists the {names} of a text, sorted: languages order their words differently.
func holes(text string) string {
	found := hole.FindAllString(text, -1)
	sort.Strings(found)
	return strings.Join(found, " ")
}

// uses is what the pages ask for.
type uses struct {
	keys     map[string]string // asked for by name, with the file that does
	prefixes []string          // beginnings of keys that are put together
	strings  map[string]bool   // every literal: a key may be passed on in a table
}

func collect(t *testing.T) uses {
	u := uses{keys: map[string]string{}, strings: map[string]bool{}}
	for _, file := range tree(t, ".js", ".html") {
		for _, folder := range pages {
			if strings.HasPrefix(file, folder) {
				u.scan(file, read(t, file))
			}
		}
	}
	return u
}

func (u *uses) scan(file, source string) {
	source = comment.ReplaceAllString(source, "")
	found := func(re *regexp.Regexp, note func(string)) {
		for _, m := range re.FindAllStringSubmatch(source, -1) {
			note(strings.Join(m[1:], ""))
		}
	}
	found(fixedKey, func(k string) { u.keys[k] = file })
	found(htmlKey, func(k string) { u.keys[k] = file })
	found(madeKey, func(k string) { u.prefixes = append(u.prefixes, k) })
	found(anyString, func(k string) { u.strings[k] = true })
}

func (u *uses) check(texts map[string]string) []string {
	var problems []string
	for key, file := range u.keys {
		if _, ok := texts[key]; !ok {
			problems = append(problems, file+" asks for "+key+", which has no text")
		}
	}
	for key := range texts {
		if !u.asksFor(key) {
			problems = append(problems, key+" is used by no page")
		}
	}
	sort.Strings(problems)
	return problems
}

func (u *uses) asksFor(key string) bool {
	if u.keys[key] != "" || u.strings[key] {
		return true
	}
	for _, p := range u.prefixes {
		if strings.HasPrefix(key, p) {
			return true
		}
	}
	return false
}

var (
	refusal = regexp.MustCompile(`Code\s+= "([a-z_]+)"`)
	// inner refusals never leave the server: it tries again by itself.
	inner = map[string]bool{"day_changed": true, "code_taken": true}
)

// Whatever the domain may refuse, a person can be told in a sentence.
func TestRefusalsHaveSentences(t *testing.T) {
	vi := map[string]string{}
	load(t, "server/web/static/i18n/common.vi.json", vi)
	load(t, "server/web/static/i18n/account.vi.json", vi)
	codes := refusal.FindAllStringSubmatch(read(t, "server/queue/errors.go"), -1)
	if len(codes) == 0 {
		t.Fatal("no codes found")
	}
	for _, m := range codes {
		if code := m[1]; vi["e."+code] == "" && !inner[code] {
			t.Errorf("the refusal %s has no sentence e.%s", code, code)
		}
	}
}

// The checks above must be able to fail.
func TestTextChecksFindFaults(t *testing.T) {
	u := uses{keys: map[string]string{}, strings: map[string]bool{}}
	u.scan("a.js", "/* t('no') */ t('kiosk.title'); // as t('kiosk.nor')\n t(`state.${s}`); const rows = [{key: \"kiosk.row\"}]; t('kiosk.gone', {n: 1}); format('kiosk.unasked.not')")
	u.scan("a.html", `<p data-t="kiosk.hint"></p><button data-t-label="kiosk.close">x</button>`)
	texts := map[string]string{"kiosk.title": "", "state.open": "", "kiosk.row": "", "kiosk.hint": "", "kiosk.close": "", "kiosk.old": ""}
	want := "a.js asks for kiosk.gone, which has no text; kiosk.old is used by no page"
	if got := strings.Join(u.check(texts), "; "); got != want {
		t.Errorf("found %q, want %q", got, want)
	}

	vi := map[string]string{"a": "Số {n} của {total}", "b": "Mời", "c": "Giờ {h}"}
	en := map[string]string{"a": "{n} of {total}", "c": "Hour {m}", "d": "Extra"}
	want = "b has no English text; c has other holes in English: {h} and {m}; d has no Vietnamese text"
	if got := strings.Join(compare(vi, en), "; "); got != want {
		t.Errorf("found %q, want %q", got, want)
	}
}
