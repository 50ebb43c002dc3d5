package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A language is made, translated, found faulty, mended and recorded with the
// program alone.
func TestLanguageCommand(t *testing.T) {
	data := t.TempDir()
	says := func(status int, want string, args ...string) string {
		t.Helper()
		got, out := motcua(t, args...)
		if got != status || !strings.Contains(out, want) {
			t.Errorf("motcua %s: status %d\n%.600s\nwant %d and %q", strings.Join(args, " "), got, out, status, want)
		}
		return out
	}
	says(2, "motcua language new TAG", "language")
	says(2, "motcua language new TAG", "language", "new", "--data", data)
	says(2, "motcua language new TAG", "language", "dance", "tyz", "--data", data)
	says(1, "there is no server's data in", "language", "new", "tyz", "--data", filepath.Join(data, "none"))
	says(1, "two or three small letters", "language", "new", "Tày", "--data", data)
	says(0, "there are no languages", "language", "check", "--data", data)
	says(1, "there is no language tyz", "language", "record", "tyz", "--data", data)
	says(0, "translate the sentences there", "language", "new", "tyz", "--name", "Tày", "--data", data)
	says(1, "is there already", "language", "new", "tyz", "--data", data)
	says(0, "ok   language tyz: Tày, 0 of", "language", "check", "--data", data)

	kiosk := filepath.Join(data, "languages", "tyz", "kiosk.json")
	edit := func(from, to string) {
		t.Helper()
		raw, err := os.ReadFile(kiosk)
		if err == nil && !strings.Contains(string(raw), from) {
			t.Fatalf("kiosk.json has no %s", from)
		}
		if err == nil {
			err = os.WriteFile(kiosk, []byte(strings.Replace(string(raw), from, to, 1)), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	edit(`"k.conf.yes": "Lấy số",`, `"k.conf.yes": "Au số"`)
	out := says(1, "BAD  language tyz is left out: tyz/kiosk.json: line ", "language", "check", "--data", data)
	if !strings.Contains(out, "1 of 1 checks failed") {
		t.Errorf("the check says %s", out)
	}
	edit(`"k.conf.yes": "Au số"`, `"k.conf.yes": "Au số",`)
	edit(`"k.tile.wait": "{n} người`, `"k.tile.wait": "{so} gần`)
	out = says(1, "BAD  language tyz: 1 sentences without the {places}", "doctor", "--data", data)
	for _, want := range []string{"language tyz: Tày, 1 of ", "kiosk.json:", " k.tile.wait", "voice tyz: no clips; Vietnamese is read aloud"} {
		if !strings.Contains(out, want) {
			t.Errorf("the doctor does not say %q:\n%s", want, out)
		}
	}

	before := says(0, "Au số\tAu số.\n", "language", "record", "tyz", "--data", data)
	folder := filepath.Join(data, "speech", "tyz")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"clips.json": `{"Au số": {"file": "au.wav"}}`, "au.wav": "sound"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	after := says(0, "\n", "language", "record", "tyz", "--data", data)
	if strings.Contains(after, "Au số") || strings.Count(after, "\n") != strings.Count(before, "\n")-1 {
		t.Errorf("%d lines to record before, %d after one was recorded", strings.Count(before, "\n"), strings.Count(after, "\n"))
	}
	says(1, "note voice tyz: ", "doctor", "--data", data)
}
