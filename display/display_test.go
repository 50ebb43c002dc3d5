package display

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
)

// pages says which places the edge fills in on each page.
var pages = map[string][]string{
	// The language of a public screen is the hall's (?lang=en for another), not its PC's.
	"board":   {"{{branch}}", `<html lang="vi">`},
	"counter": {"{{branch}}", `<html lang="vi">`, "{{counter}}"},
	"rate":    {"{{branch}}", `<html lang="vi">`, "{{counter}}"},
}

// forbidden is what the content security policy would refuse in a page.
var forbidden = regexp.MustCompile(`(?i)<style|\sstyle=|\son[a-z]+=|javascript:|data:|<script(?:\s[^>]*)?>[^<]|https?://`)

func TestPagesHaveTheirPlacesAndNothingInline(t *testing.T) {
	for name, places := range pages {
		html, err := fs.ReadFile(FS, name+"/index.html")
		if err != nil {
			t.Fatal(err)
		}
		for _, place := range places {
			if !strings.Contains(string(html), place) {
				t.Errorf("%s: no %s in the page", name, place)
			}
		}
		if found := forbidden.Find(html); found != nil {
			t.Errorf("%s: %q would be refused by the content security policy", name, found)
		}
	}
}

func TestPagesNameFilesThatExist(t *testing.T) {
	links := regexp.MustCompile(`(?:from|import|src=|href=|url\()\s*['"]/(board|counter|rate)/([^'"]+)['"]`)
	seen := 0
	err := fs.WalkDir(FS, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(FS, path)
		if err != nil {
			return err
		}
		for _, m := range links.FindAllStringSubmatch(string(content), -1) {
			seen++
			if _, err := fs.Stat(FS, m[1]+"/"+m[2]); err != nil {
				t.Errorf("%s names /%s/%s, which does not exist", path, m[1], m[2])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 10 {
		t.Errorf("found %d links only: the pattern does not match any more", seen)
	}
}
