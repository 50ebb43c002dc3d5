package voice

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

func TestSay(t *testing.T) {
	if _, err := exec.LookPath(usual); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(usual, "is not there; make tools installs it")
		}
		t.Skip(usual, "is not there")
	}
	e, err := Find("")
	if err != nil {
		t.Fatal(err)
	}
	for lang, text := range map[string]string{"vi": "Giấy chứng sinh, 15 ngày làm việc", "en": "Birth certificate"} {
		wav, err := e.Say(t.Context(), lang, text)
		if err != nil {
			t.Fatal(lang, err)
		}
		sound, err := Samples(wav)
		if err != nil || len(sound) < Rate/2 || len(sound) > 6*Rate {
			t.Errorf("%s: %d samples, %v", lang, len(sound), err)
		}
		if db := loudness(sound); db < 0.1 || db > 0.4 { // -20 to -8 dB: as loud as the clips
			t.Errorf("%s: a loudness of %.2f of full scale", lang, db)
		}
	}
	if wav, err := e.Say(t.Context(), "vi", " • "); err != nil || len(wav) != header {
		t.Errorf("nothing to say gives %d bytes, %v", len(wav), err)
	}
	ended, stop := context.WithCancel(t.Context())
	stop()
	if _, err := e.Say(ended, "vi", "Một"); err == nil {
		t.Error("who has gone is still read to")
	}
}

// A hall's own program gets the language and words, and answers with a WAV file.
func TestOwnProgram(t *testing.T) {
	dir := t.TempDir()
	sound := filepath.Join(dir, "sound.wav")
	if err := os.WriteFile(sound, Wave(tone(0.5)), 0o600); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "say")
	script := "#!/bin/sh\necho \"$1\" > " + dir + "/lang\ncat > " + dir + "/text\ncat " + sound + "\n"
	if err := os.WriteFile(program, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	e, err := Find(program)
	if err != nil {
		t.Fatal(err)
	}
	wav, err := e.Say(t.Context(), "vi", "24 bản")
	if err != nil || len(wav) < Rate {
		t.Fatalf("%d bytes, %v", len(wav), err)
	}
	lang, _ := os.ReadFile(filepath.Join(dir, "lang"))
	text, _ := os.ReadFile(filepath.Join(dir, "text"))
	if string(lang) != "vi\n" || string(text) != "hai mươi tư bản" {
		t.Errorf("it was told %q %q", lang, text)
	}
	if err := os.WriteFile(program, []byte("#!/bin/sh\necho oh >&2; exit 3\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Say(t.Context(), "vi", "Một"); err == nil || errors.Is(err, ErrNone) {
		t.Errorf("a program that fails: %v", err)
	}
}

func TestNoProgram(t *testing.T) {
	e, err := Find(None)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Say(t.Context(), "vi", "Một"); !errors.Is(err, ErrNone) {
		t.Errorf("none says %v", err)
	}
	if _, err := Find(filepath.Join(t.TempDir(), "nothing")); err == nil {
		t.Error("a program that is not there is taken")
	}
}

// A program that leaves something behind holding its output does not keep the turn.
func TestProgramThatLeavesAChild(t *testing.T) {
	program := filepath.Join(t.TempDir(), "say")
	if err := os.WriteFile(program, []byte("#!/bin/sh\nsleep 20 &\nexit 0\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	e, err := Find(program)
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	if _, err := e.Say(t.Context(), "vi", "Một"); err == nil {
		t.Error("nothing was said, and that is no error")
	}
	if took := time.Since(begun); took > 15*time.Second {
		t.Errorf("it took %v", took)
	}
}
