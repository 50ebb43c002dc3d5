package firmware

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestEveryProfileLoads(t *testing.T) {
	if err := builtIn.Check(); err != nil {
		t.Fatalf("\n%v", err)
	}
	count := map[string]int{}
	for _, h := range List("") {
		count[h.Kind]++
		var err error
		switch h.Kind {
		case "printer":
			_, err = LoadPrinter(h.ID)
		case "keypad":
			_, err = LoadKeypad(h.ID)
		case "panel":
			_, err = LoadPanel(h.ID)
		case "scanner":
			_, err = LoadScanner(h.ID)
		}
		if err != nil {
			t.Errorf("%s: %v", h.ID, err)
		}
		if Kind(h.ID) != h.Kind {
			t.Errorf("Kind(%s) = %q", h.ID, Kind(h.ID))
		}
	}
	for kind, least := range map[string]int{"printer": 9, "keypad": 2, "panel": 2, "scanner": 3} {
		if count[kind] < least || len(List(kind)) != count[kind] {
			t.Errorf("%d profiles of kind %s, want at least %d", count[kind], kind, least)
		}
	}
}

// Nothing here was tried on a device yet. Whoever changes this test holds one.
func TestNothingClaimsHardware(t *testing.T) {
	for _, h := range List("") {
		if h.Verified.How != "manual" && h.Verified.How != "guess" {
			t.Errorf("%s: verified %q", h.ID, h.Verified.How)
		}
	}
}

func TestProfilesStandInTheirFolder(t *testing.T) {
	for id, p := range builtIn.built.paths {
		if got := path.Dir(p); got != Kind(id)+"s" {
			t.Errorf("%s is a %s, but stands in %s", p, Kind(id), got)
		}
		data, err := fs.ReadFile(builtIn.built.files, p)
		if err != nil {
			t.Fatal(err)
		}
		if first, _, _ := strings.Cut(string(data), "\n"); first != "# yaml-language-server: $schema=../../schema/"+Kind(id)+".json" {
			t.Errorf("%s: the first line does not name its schema, so editors cannot help", p)
		}
		if lines := strings.Count(string(data), "\n"); lines > 70 {
			t.Errorf("%s has %d lines; a profile is to be read in one look", p, lines)
		}
	}
}

func TestFactsThatTicketsDependOn(t *testing.T) {
	dots := map[string][2]int{"epson-tm-t82": {576, 203}, "epson-tm-t20": {576, 203}, "epson-tm-t88v": {512, 180},
		"xprinter-xp80": {576, 203}, "xprinter-xp58": {384, 203}, "generic-58": {384, 203}, "generic-80": {576, 203}}
	for id, want := range dots {
		p, err := LoadPrinter(id)
		if err != nil {
			t.Fatal(err)
		}
		if p.Dots != want[0] || p.DPI != want[1] {
			t.Errorf("%s: %d dots, %d dpi, want %v", id, p.Dots, p.DPI, want)
		}
		if row := p.Dots / 8; p.Band*row+8 > p.Buffer {
			t.Errorf("%s: a band of %d rows is %d bytes, more than its buffer of %d", id, p.Band, p.Band*row+8, p.Buffer)
		}
		if strings.HasPrefix(id, "xprinter") && !p.ChineseOff {
			t.Errorf("%s: Chinese mode stays on", id)
		}
	}
	confirms := map[string]string{"epson-tm-t88v": "id", "epson-tm-t82": "id", "xprinter-xp80": "gs_r", "generic-80": "status", "generic-80-oneway": "none"}
	for id, want := range confirms {
		if p, err := LoadPrinter(id); err != nil || p.Confirms() != want {
			t.Errorf("%s confirms by %q (%v), want %q", id, p.Confirms(), err, want)
		}
	}
}

func TestKeysOfKeypads(t *testing.T) {
	for _, id := range []string{"motcua-kp5", "ff68"} {
		k, err := LoadKeypad(id)
		if err != nil {
			t.Fatal(err)
		}
		for key, level := range map[string]int{"1": 1, "5": 5} {
			if a := k.Rate[key]; a.Do != "rate" || a.Level != level {
				t.Errorf("%s: rating key %s means %+v", id, key, a)
			}
		}
		verbs := []string{}
		for _, a := range k.Call {
			verbs = append(verbs, a.Do)
		}
		for _, verb := range []string{"next", "recall", "no-show", "pause", "invite-rating"} {
			if !slices.Contains(verbs, verb) {
				t.Errorf("%s: no key for %s", id, verb)
			}
		}
	}
}

// folder writes files for a test and opens them as a hall's own profiles.
func folder(t *testing.T, files map[string]string) (*Library, error) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return Open(Options{Dir: dir})
}

func TestOwnProfileWins(t *testing.T) {
	lib, err := folder(t, map[string]string{
		"epson-tm-t82.yaml": "id: epson-tm-t82\ninherits: epson-tm-t82\nkind: printer\nname: Ours\n" +
			"verified: {how: hardware, by: Lan, date: 2026-11-20}\nserial: {baud: [38400]}\ngs_paren_h: false\n",
		"sub/our-printer.yaml": "id: our-printer\ninherits: epson-tm-t82\nkind: printer\nname: Child of ours\nverified: {how: guess}\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	p, err := lib.LoadPrinter("epson-tm-t82")
	if err != nil {
		t.Fatal(err)
	}
	if p.Name != "Ours" || p.Dots != 576 || p.ProcessID || p.Serial.Baud[0] != 38400 || len(p.Serial.Baud) != 1 || p.Serial.Flow != "rtscts" {
		t.Errorf("the own profile is not laid over the built-in one: %+v", p)
	}
	if p.Verified.By != "Lan" || len(p.Sources) != 0 {
		t.Errorf("verified %+v, sources %v: those of the parent do not count", p.Verified, p.Sources)
	}
	if child, err := lib.LoadPrinter("our-printer"); err != nil || child.ProcessID || child.Confirms() != "gs_r" {
		t.Errorf("a child inherits from the own profile first: %v", err)
	}
	if built, _ := LoadPrinter("epson-tm-t82"); built.Name == "Ours" {
		t.Error("the built-in profile was changed")
	}
	if _, err := lib.LoadPrinter("generic-58"); err != nil {
		t.Errorf("the built-in ones are gone: %v", err)
	}
}

// A broken file harms the device that uses it and no other.
func TestBrokenProfileIsAlone(t *testing.T) {
	lib, err := folder(t, map[string]string{"bad.yaml": "id: bad\nkind: [\n", "generic-58.yaml": "no"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lib.LoadPrinter("generic-80"); err != nil {
		t.Error(err)
	}
	if _, err := lib.LoadPrinter("generic-58"); err == nil {
		t.Error("a broken own profile must not fall back to the built-in one silently")
	}
	if err := lib.Check(); err == nil || !strings.Contains(err.Error(), "bad.yaml") {
		t.Errorf("Check: %v", err)
	}
	if heads := lib.List("printer"); len(heads) != len(List("printer"))-1 {
		t.Errorf("%d printers listed, %d built in, of which one is hidden by a broken file", len(heads), len(List("printer")))
	}
}
