package api

import (
	"regexp"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"motcua/server/dossier"
	"motcua/server/queue"
)

// dossierDegree is what everybody is told: the code and how far it is.
type dossierDegree struct {
	Code      string        `json:"code"`
	Degree    dossier.Stage `json:"degree"`
	UpdatedAt string        `json:"updated_at"` // when the hall's data was brought over
	Verify    bool          `json:"verify"`     // the last digits open more
}

// dossierMore is what somebody is told who knows the last digits of the identity
// number it was filed under. No name stands here.
type dossierMore struct {
	Code        string         `json:"code"`
	Degree      dossier.Stage  `json:"degree"`
	UpdatedAt   string         `json:"updated_at"`
	Received    dossier.When   `json:"received,omitempty"`
	Due         dossier.When   `json:"due,omitempty"`
	Late        bool           `json:"late"`
	Reappointed dossier.When   `json:"reappointed,omitempty"`
	Stages      []dossier.Step `json:"stages"`
	Collect     *collectPlace  `json:"collect,omitempty"`
	Note        *queue.Text    `json:"note,omitempty"`
}

type collectPlace struct {
	Counter string `json:"counter"` // id of a counter here; empty for another place
	Label   string `json:"label"`
}

// missed is a refusal that says how many tries are left.
type missed struct {
	error
	left int
}

func (m missed) Unwrap() error { return m.error }

// wrongDigits bounds the tries at one dossier from all devices together.
var wrongDigits = limit{"digits", 20, 24 * time.Hour}

// getDossier tells how far a dossier is. A device has five wrong tries in ten
// minutes: codes can be guessed, and what they open belongs to somebody.
func (s *Server) getDossier(c *fiber.Ctx) error {
	who, branch, done, err := s.asker(c)
	if err != nil {
		return err
	}
	defer done()
	d, err := s.dossier(param(c, "code"))
	if err != nil {
		return err
	}
	if d == nil {
		return s.missDossier(who)
	}
	updated, err := s.freshness(d.Branch)
	if err != nil {
		return err
	}
	return c.JSON(dossierDegree{d.Code, d.Stage, updated, s.verifies(branch) && s.verifies(d.Branch) && d.HasDigits()})
}

// asker finds who asks about a dossier and at which branch, unless there were too
// many wrong tries already. A device's tries come in one after the other until
// done: many sent at once would all pass before the first is counted.
func (s *Server) asker(c *fiber.Ctx) (who, branch string, done func(), err error) {
	caller, err := s.allow(c, mayRead, "")
	if err != nil {
		return "", "", nil, err
	}
	if branch, err = s.pageBranch(c); err != nil {
		return "", "", nil, err
	}
	who = caller.ID + " " + counted(c)
	if done, err = s.turn("dossiers of " + who); err != nil {
		return "", "", nil, err
	}
	if wait := s.limits.over(wrongDossier, who); wait > 0 {
		done()
		return "", "", nil, s.tooMany(wrongDossier, wait)
	}
	return who, branch, done, nil
}

// turn waits until nobody else has the turn of this name, and gives what ends it.
func (s *Server) turn(name string) (done func(), err error) {
	ctx, cancel := s.life()
	defer cancel()
	if err := s.twins.enter(ctx, name); err != nil {
		return nil, refuse(queue.StoreDown, "")
	}
	return func() { s.twins.leave(name) }, nil
}

// dossier finds one; nil for an unknown code and for what is no code.
func (s *Server) dossier(code string) (*dossier.Dossier, error) {
	if s.Dossiers == nil {
		return nil, nil
	}
	ctx, cancel := s.life()
	defer cancel()
	return s.Dossiers.Get(ctx, code)
}

// missDossier counts a wrong try.
func (s *Server) missDossier(who string) error {
	if wait := s.limits.count(wrongDossier, who); wait > 0 {
		return s.tooMany(wrongDossier, wait)
	}
	return missed{refuse(codeUnknownDossier, ""), s.limits.left(wrongDossier, who)}
}

// verifies tells whether a branch asks for digits.
func (s *Server) verifies(branch string) bool {
	set, ok := s.Push.Feed.Settings(branch)
	return ok && set.Dossiers.Verify
}

// freshness is when the branch's dossiers were last told; empty when never.
func (s *Server) freshness(branch string) (string, error) {
	ctx, cancel := s.life()
	defer cancel()
	at, err := s.Dossiers.Fresh(ctx, branch)
	if err != nil || at.IsZero() {
		return "", err
	}
	return string(dossier.AtMoment(at)), nil
}

var lastDigits = regexp.MustCompile(`^\d{4}$`)

// verifyDossier tells more to who knows the digits. Whether the code or the digits
// are wrong is not said. The key of the request is wanted as for every command, but
// the answer is kept nowhere: the same request again is answered anew.
func (s *Server) verifyDossier(c *fiber.Ctx) error {
	who, branch, done, err := s.asker(c)
	if err != nil {
		return err
	}
	defer done()
	if _, err := idempotency(c); err != nil {
		return err
	}
	var digits string
	if err := decode(c.Body(), fields{"digits": &digits}); err != nil {
		return err
	}
	if !lastDigits.MatchString(digits) {
		return refuse(queue.BadParameter, "digits")
	}
	if s.Dossiers == nil || !s.verifies(branch) {
		return refuse(codeForbidden, "dossiers.verify")
	}
	d, err := s.dossier(param(c, "code"))
	if err != nil {
		return err
	}
	if d != nil && !s.verifies(d.Branch) {
		d = nil
	}
	target := "none"
	if d != nil {
		target = d.Code
	}
	last, err := s.turn("digits of " + target) // from several devices, too
	if err != nil {
		return err
	}
	defer last()
	if wait := s.limits.over(wrongDigits, target); wait > 0 && d != nil {
		d = nil // not even the right digits open it now, and nobody is told why
	}
	if !s.Dossiers.Knows(d, digits) {
		s.limits.count(wrongDigits, target)
		return s.missDossier(who)
	}
	more, err := s.moreOf(d)
	if err != nil {
		return err
	}
	return c.JSON(more)
}

func (s *Server) moreOf(d *dossier.Dossier) (dossierMore, error) {
	now := s.Clock.Now()
	updated, err := s.freshness(d.Branch)
	if err != nil {
		return dossierMore{}, err
	}
	late := d.Late(now)
	set, err := s.known(d.Branch) // it verifies, so it is there
	if err != nil {
		return dossierMore{}, err
	}
	more := dossierMore{Code: d.Code, Degree: d.Stage, UpdatedAt: updated, Received: d.Received, Due: dueAt(set, d.Due), Late: late,
		Reappointed: dueAt(set, d.Reappointed), Stages: d.Steps(), Collect: collectOf(set, d.Collect)}
	if note := noteOf(d, late); note.VI != "" {
		more.Note = &note
	}
	return more, nil
}

// noteOf is what the hall says about a delay: its own words, else the usual ones.
func noteOf(d *dossier.Dossier, late bool) queue.Text {
	usual := dossier.Apology(d, late)
	if usual.VI != "" && d.Note != "" {
		return queue.Text{VI: d.Note}
	}
	return usual
}

// dueAt gives a due day the hour results are due at: the end of its last half-day.
func dueAt(set *queue.Settings, w dossier.When) dossier.When {
	if w == "" || !w.DayOnly() || set.Calendar.Always {
		return w
	}
	halves := set.Calendar.On(w.Day())
	if len(halves) == 0 {
		return w
	}
	return dossier.AtMoment(halves[len(halves)-1].Ends())
}

// collectOf names the place of collection, as a counter when it is one here:
// "Quầy 6", "6" and "06" are the same.
func collectOf(set *queue.Settings, place string) *collectPlace {
	if place == "" {
		return nil
	}
	p := &collectPlace{Label: place}
	label := bareLabel(place)
	for i := range set.Counters {
		if counter := &set.Counters[i]; label != "" && bareLabel(counter.Label) == label {
			p.Counter, p.Label = counter.ID, counter.Label
		}
	}
	return p
}

var counterWord = regexp.MustCompile(`^(?:quầy|counter)(?: số)? +`)

// bareLabel is a counter's label without the word and the zeros before it.
func bareLabel(label string) string {
	return strings.TrimLeft(counterWord.ReplaceAllString(strings.ToLower(strings.TrimSpace(label)), ""), "0")
}
