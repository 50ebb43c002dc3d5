package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"

	"motcua/server/web/speech"
)

// voice is how a language is spoken: calm, for people who hear or follow badly.
type voice struct {
	name  string
	speed string // words a minute
}

var voices = map[string]voice{"vi": {"vi", "140"}, "en": {"en", "145"}}

// recipe changes when the same words shall sound different: all clips are then
// made again.
const recipe = "espeak-ng 1, trimmed, -14 dB, opus 20"

const rate = 22050 // samples a second of espeak-ng

// nameOf names a clip by what is in it: it never changes under a browser that
// kept it, and words said twice are one file.
func nameOf(c speech.Clip) string {
	v := voices[c.Voice]
	sum := sha256.Sum256([]byte(recipe + "\n" + v.name + " " + v.speed + "\n" + c.Say))
	return hex.EncodeToString(sum[:6]) + ".opus"
}

// record says a clip's words into a file and gives its length in milliseconds.
func record(c speech.Clip, path string) (int, error) {
	v := voices[c.Voice]
	wav, err := run(nil, "espeak-ng", "-v", v.name, "-s", v.speed, "--stdout", c.Say)
	if err != nil {
		return 0, err
	}
	sound, err := samples(wav)
	if err != nil {
		return 0, err
	}
	sound = polish(sound)
	if len(sound) == 0 {
		return 0, errors.New("the voice said nothing")
	}
	// The serial number is random otherwise: the same words shall give the same file.
	packed, err := run(wave(sound), "opusenc", "--quiet", "--bitrate", "20", "--speech", "--serial", "1",
		"--padding", "0", "--discard-comments", "-", "-")
	if err != nil {
		return 0, err
	}
	return len(sound) * 1000 / rate, os.WriteFile(path, packed, 0o644)
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

const header = 44 // bytes of the plain WAV header that espeak-ng writes, and we

func samples(wav []byte) ([]float64, error) {
	if len(wav) < header || string(wav[:4]) != "RIFF" || binary.LittleEndian.Uint32(wav[24:]) != rate {
		return nil, errors.New("espeak-ng wrote another kind of file than a WAV of 22050 samples a second")
	}
	list := make([]float64, (len(wav)-header)/2)
	for i := range list {
		list[i] = float64(int16(binary.LittleEndian.Uint16(wav[header+2*i:]))) / (1 << 15)
	}
	return list, nil
}

func wave(sound []float64) []byte {
	var b bytes.Buffer
	size := uint32(2 * len(sound))
	b.WriteString("RIFF")
	for _, v := range []any{size + 36, []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1),
		uint32(rate), uint32(2 * rate), uint16(2), uint16(16), []byte("data"), size} {
		_ = binary.Write(&b, binary.LittleEndian, v) // a buffer takes everything
	}
	for _, x := range sound {
		_ = binary.Write(&b, binary.LittleEndian, int16(x*(1<<15-1)))
	}
	return b.Bytes()
}
