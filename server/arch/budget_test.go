package arch

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"path"
	"strings"
	"testing"
)

// fontBudget is what a page in Vietnamese fetches of the fonts, in bytes. What its
// other files weigh is measured where they are served.
const fontBudget = 150_000

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
