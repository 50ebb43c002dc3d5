package api_test

import (
	"io/fs"
	"strings"
	"testing"
)

// tayLanguage is a hall's own language with one table.
type tayLanguage struct{}

func (tayLanguage) Index() []byte { return []byte(`[{"tag":"vi"},{"tag":"tyz"}]`) }

func (tayLanguage) Table(screen, tag string) ([]byte, error) {
	if screen != "kiosk" || tag != "tyz" {
		return nil, fs.ErrNotExist
	}
	return []byte(`{"k.pri":"x"}`), nil
}

func (tayLanguage) Known(tag string) bool { return tag == "tyz" }

// A hall's own language is listed and served, and tickets can be in it.
func TestLanguages(t *testing.T) {
	h := newHall(t, options{demo: true, languages: tayLanguage{}})
	for path, says := range map[string]string{"/web/languages.json": "tyz", "/web/i18n/kiosk.tyz.json": "k.pri", "/web/i18n/common.vi.json": "built in"} {
		a := h.get(path, "")
		if a.status != 200 || a.header.Get("Content-Type") != "application/json; charset=utf-8" || !strings.Contains(a.raw, says) {
			t.Errorf("%s: %d %s %q", path, a.status, a.header.Get("Content-Type"), a.raw)
		}
		if again := h.get(path, "", "If-None-Match", a.header.Get("ETag")); again.status != 304 {
			t.Errorf("%s: %d with its own ETag", path, again.status)
		}
	}
	for _, path := range []string{"/web/i18n/kiosk.nut.json", "/web/i18n/kiosk.tyz.txt", "/web/i18n/kiosk.json", "/web/i18n/", "/web/i18n/..%2fkiosk.tyz.json", "/web/i18n/%2e%2e/dom.js"} {
		expect(t, h.get(path, ""), 404, "not_found")
	}
	for lang, status := range map[string]int{"tyz": 201, "en": 201, "": 201, "nut": 400, "../etc": 400, "TYZ": 400, "tyz-" + strings.Repeat("a", 9): 400} {
		a := h.post(branchPath+"/tickets", "demo-kiosk", `{"service":"`+h.service(0)+`","lang":"`+lang+`"}`)
		if a.status != status {
			t.Errorf("a ticket in %q: %d %s", lang, a.status, a.raw)
		}
		if status == 201 && lang != "" {
			if seen := h.get("/api/v1/tickets/"+a.text("token"), ""); seen.text("lang") != lang {
				t.Errorf("a ticket in %q says %q", lang, seen.text("lang"))
			}
		}
	}
}

// A server without a folder of languages has the two that are built in.
func TestOnlyOurLanguages(t *testing.T) {
	h := newHall(t, options{demo: true})
	a := h.get("/web/languages.json", "")
	if a.status != 200 || strings.Count(a.raw, `"tag"`) != 2 || !strings.Contains(a.raw, `"name":"Tiếng Việt"`) {
		t.Errorf("%d %s", a.status, a.raw)
	}
	expect(t, h.get("/web/i18n/kiosk.tyz.json", ""), 404, "not_found")
}
