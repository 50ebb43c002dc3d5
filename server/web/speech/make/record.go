package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"

	"motcua/server/voice"
	"motcua/server/web/speech"
)

// speaker is how a language is spoken: calm, for people who hear or follow badly.
type speaker struct {
	name  string
	speed string // words a minute
}

var speakers = map[string]speaker{"vi": {"vi", "140"}, "en": {"en", "145"}}

// recipe changes when the same words shall sound different: all clips are then
// made again.
const recipe = "espeak-ng 1, trimmed, -14 dB, opus 20"

// program is who speaks: the usual one, or another that a hall has.
type program struct {
	name   string        // "" for the usual one
	engine *voice.Engine // of another
}

func speakerOf(named string) (*program, error) {
	if named == "" {
		return &program{}, nil
	}
	engine, err := voice.Find(named)
	return &program{name: named, engine: engine}, err
}

// nameOf names a clip by what is in it: it never changes under a browser that
// kept it, and words said twice are one file.
func (p *program) nameOf(c speech.Clip) string {
	v := speakers[c.Voice]
	v.name += p.name
	sum := sha256.Sum256([]byte(recipe + "\n" + v.name + " " + v.speed + "\n" + c.Say))
	return hex.EncodeToString(sum[:6]) + ".opus"
}

// record says a clip's words into a file and gives its length in milliseconds.
func (p *program) record(c speech.Clip, path string) (int, error) {
	wav, err := p.say(c)
	if err != nil {
		return 0, err
	}
	sound, err := voice.Samples(wav)
	if err != nil {
		return 0, err
	}
	sound = voice.Polish(sound)
	if len(sound) == 0 {
		return 0, errors.New("the voice said nothing")
	}
	// The serial number is random otherwise: the same words shall give the same file.
	packed, err := run(voice.Wave(sound), "opusenc", "--quiet", "--bitrate", "20", "--speech", "--serial", "1",
		"--padding", "0", "--discard-comments", "-", "-")
	if err != nil {
		return 0, err
	}
	return len(sound) * 1000 / voice.Rate, os.WriteFile(path, packed, 0o644)
}

func (p *program) say(c speech.Clip) ([]byte, error) {
	if p.engine != nil {
		return p.engine.Say(context.Background(), c.Voice, c.Say)
	}
	v := speakers[c.Voice]
	return run(nil, "espeak-ng", "-v", v.name, "-s", v.speed, "--stdout", c.Say)
}

func run(in []byte, name string, args ...string) ([]byte, error) {
	var out, errs bytes.Buffer
	c := exec.Command(name, args...)
	c.Stdin, c.Stdout, c.Stderr = bytes.NewReader(in), &out, &errs
	if err := c.Run(); err != nil {
		return nil, fmt.Errorf("%s: %w %s", name, err, errs.String())
	}
	return out.Bytes(), nil
}
