package api

import (
	"context"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/unicode/norm"
)

// Voice reads free text aloud.
type Voice interface {
	// Name is the speech program, "" for none.
	Name() string
	// Say gives a WAV file.
	Say(ctx context.Context, lang, text string) ([]byte, error)
}

// mostSaid bounds a text, in characters: a long one is asked for sentence by
// sentence, so that the first is heard soon.
const mostSaid = 600

// spokenHere are the languages free text is read in.
var spokenHere = []string{"vi", "en"}

// say reads a text aloud that has no clips: what stands on a screen now, of a
// procedure or a notice. Nothing of it is kept.
func (s *Server) say(c *fiber.Ctx) error {
	if _, err := s.allow(c, mayRead, ""); err != nil {
		return err
	}
	if _, err := idempotency(c); err != nil { // asking twice says the same
		return err
	}
	var lang, text string
	if err := decode(c.Body(), fields{"lang": &lang, "text": &text}); err != nil {
		return err
	}
	var k checker
	k.that(slices.Contains(spokenHere, lang), "lang")
	k.text("text", &text, mostSaid)
	if k.err != nil {
		return k.err
	}
	if s.Voice == nil || s.Voice.Name() == "" {
		return refuse(codeNoVoice, "")
	}
	ctx, cancel := s.life()
	defer cancel()
	wav, err := s.Voice.Say(ctx, lang, norm.NFC.String(strings.TrimSpace(text)))
	if err != nil {
		s.Log.Warn("a text could not be read aloud", "err", err)
		return refuse(codeNoVoice, "")
	}
	c.Set(fiber.HeaderContentType, "audio/wav")
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Send(wav)
}
