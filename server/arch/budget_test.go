package arch

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"path"
	"strings"
	"testing"
)

// What a page may weigh on the wire, in bytes. A screen starts after a power cut
// on a small PC, and a phone loads its page over the mobile network.
const (
	scriptBudget = 40_000  // all modules of a page, each packed by itself
	styleBudget  = 15_000  // the same for style sheets
	fontBudget   = 150_000 // what a page in Vietnamese fetches of the fonts
)

func TestPageBudgets(t *testing.T) {
	shared := map[string]int{".js": 0, ".css": 0}
	for _, file := range tree(t, ".js", ".css") {
		if strings.HasPrefix(file, "server/web/static/") {
			shared[path.Ext(file)] += packed(t, file)
		}
	}
	for _, page := range tree(t, "/index.html") {
		weight := map[string]int{".js": shared[".js"], ".css": shared[".css"]}
		for _, file := range tree(t, ".js", ".css") {
			if below(file, path.Dir(page)) {
				weight[path.Ext(file)] += packed(t, file)
			}
		}
		t.Logf("%s: %d bytes of modules, %d of style sheets", path.Dir(page), weight[".js"], weight[".css"])
		if weight[".js"] > scriptBudget {
			t.Errorf("%s: %d bytes of modules, at most %d", page, weight[".js"], scriptBudget)
		}
		if weight[".css"] > styleBudget {
			t.Errorf("%s: %d bytes of style sheets, at most %d", page, weight[".css"], styleBudget)
		}
	}
}

// The numbers' face is fetched in its Latin part only: nothing set in it carries
// a Vietnamese mark in the usual course. The phone page has fonts of its own.
func TestFontBudget(t *testing.T) {
	total := 0
	for _, file := range tree(t, ".woff2") {
		if strings.Contains(file, "barlow") && strings.Contains(file, "vietnamese") || strings.Contains(file, "/phone/") {
			continue
		}
		info, err := fs.Stat(root, file)
		if err != nil {
			t.Fatal(err)
		}
		total += int(info.Size())
	}
	if total == 0 || total > fontBudget {
		t.Errorf("a page fetches %d bytes of fonts, at most %d", total, fontBudget)
	}
}

func packed(t *testing.T, file string) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(read(t, file))); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

// phoneBudget is the whole phone page with its fonts, in bytes: it comes over the
// hall's Wi-Fi or a citizen's data plan.
const phoneBudget = 60_000

func TestPhoneBudget(t *testing.T) {
	total := 0
	for _, file := range append(pageFiles(t, "server/web/phone"), "server/web/static/tokens.css", "server/web/static/base.css") {
		if path.Ext(file) == ".woff2" {
			total += len(read(t, file))
		} else {
			total += packed(t, file)
		}
	}
	if total == 0 || total > phoneBudget {
		t.Errorf("the phone page is %d bytes, at most %d", total, phoneBudget)
	}
	t.Logf("the phone page's own files: %d bytes", total)
}

func pageFiles(t *testing.T, dir string) []string {
	t.Helper()
	var list []string
	for _, ext := range []string{".html", ".js", ".css", ".woff2"} {
		for _, file := range tree(t, ext) {
			if path.Dir(file) == dir {
				list = append(list, file)
			}
		}
	}
	return list
}
