package voice

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// ErrNone says that this machine has no speech program.
var ErrNone = errors.New("voice: no speech program")

// None switches reading free text off.
const None = "none"

// usual is the speech program that is looked for when nobody names one.
const usual = "espeak-ng"

// speeds are how the usual program speaks a language, words a minute: calm, for
// people who hear or follow badly.
var speeds = map[string]string{"vi": "140", "en": "145"}

const (
	// patience bounds one text; a sentence takes the usual program 20 ms.
	patience = 10 * time.Second
	// afterwards is how long what a program left behind may hold its output.
	afterwards = time.Second
	// together is how many texts are spoken at once: the queue needs the processor more.
	together = 2
)

// Engine speaks.
type Engine struct {
	program string // "" for none
	own     bool   // a program of the hall's: LANGUAGE as its argument, text to its input, WAV from its output
	slots   chan struct{}
}

// Find takes the program the hall names, the usual one when it names none, or
// nothing when there is none or it says None. A named program that is not there is
// an error.
func Find(named string) (*Engine, error) {
	e := &Engine{slots: make(chan struct{}, together)}
	switch named {
	case None:
		return e, nil
	case "":
		if path, err := exec.LookPath(usual); err == nil {
			e.program = path
		}
		return e, nil
	}
	path, err := exec.LookPath(named)
	if err != nil {
		return nil, fmt.Errorf("voice: %w", err)
	}
	e.program, e.own = path, true
	return e, nil
}

// Name is the program, "" for none.
func (e *Engine) Name() string { return e.program }

// Say reads a text in a language ("vi" or "en") and gives it as a WAV file of one
// channel, 22,050 samples a second, as loud as the clips. The program gets words
// only: numbers and short forms are written out before.
func (e *Engine) Say(ctx context.Context, lang, text string) ([]byte, error) {
	if e.program == "" {
		return nil, ErrNone
	}
	select {
	case e.slots <- struct{}{}:
		defer func() { <-e.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	words := Spoken(lang, text)
	if words == "" {
		return Wave(nil), nil
	}
	wav, err := e.run(ctx, lang, words)
	if err != nil {
		return nil, err
	}
	sound, err := Samples(wav)
	if err != nil {
		return nil, err
	}
	return Wave(Polish(sound)), nil
}

func (e *Engine) run(ctx context.Context, lang, words string) ([]byte, error) {
	args := []string{lang}
	if !e.own {
		args = []string{"-v", lang, "-s", speeds[lang], "--stdin", "--stdout"}
	}
	var out, errs bytes.Buffer
	c := exec.CommandContext(ctx, e.program, args...)
	c.WaitDelay = afterwards
	c.Stdin, c.Stdout, c.Stderr = strings.NewReader(words), &out, &errs
	if err := c.Run(); err != nil {
		return nil, fmt.Errorf("voice: %s: %w %s", e.program, err, bytes.TrimSpace(errs.Bytes()))
	}
	return out.Bytes(), nil
}

// Languages are those that can be spoken.
func Languages() []string { return []string{"vi", "en"} }
