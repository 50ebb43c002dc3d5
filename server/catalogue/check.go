package catalogue

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"motcua/server/queue"
)

// longName is more than the longest name of the national catalogue (1,094).
const longName = 1200

// checker looks at one record, says what is odd and cleans it.
type checker struct {
	sink Sink
	at   func(part string) Place
}

func (c *checker) say(part, code string, args ...any) {
	c.sink.Problem(problem(c.at(part), code, args...))
}

// check cleans a record in place; false when it has no usable code or name.
func (c *checker) check(p *Procedure, code string, number bool) bool {
	usable := c.code(p, code, number)
	nameFit := c.name(p)
	c.texts(p)
	*p = cleaned(*p)
	if p.Name == "" && nameFit {
		c.say("name", "no_name")
		return false
	}
	if !usable || !nameFit {
		return false
	}
	if utf8.RuneCountInString(p.Name) > longName {
		c.say("name", "long_name", utf8.RuneCountInString(p.Name))
	}
	if p.Field == "" {
		c.say("field", "no_field")
	}
	for _, level := range p.Levels {
		if !slices.Contains([]string{"cap bo", "cap tinh", "cap xa", "co quan khac"}, plain(level)) {
			c.say("levels", "level", level)
		}
	}
	if p.Effective != "" {
		if _, err := queue.ParseDay(string(p.Effective)); err != nil {
			c.say("effective", "date", shortened(CleanLine(string(p.Effective))))
			p.Effective = ""
		}
	}
	c.channels(p.Channels)
	return true
}

var severalCodes = regexp.MustCompile(`\d\.\d{6}\D+\d\.\d{6}`)

func (c *checker) code(p *Procedure, text string, number bool) bool {
	text = CleanLine(text)
	got := ParseCode(text)
	p.Code = got.Code
	switch {
	case text == "":
		c.say("code", "no_code")
	case got.Code != "":
		if got.Tail != "" {
			c.say("code", "tail", got.Code, got.Tail)
		} else if number {
			c.say("code", "code_number", got.Code)
		}
		return true
	case severalCodes.MatchString(text):
		c.say("code", "many_codes", shortened(text))
	case got.Probable != "" && commaShape.MatchString(text), got.Probable != "" && wholeShape.MatchString(text):
		c.say("code", "code_sign", text, got.Probable)
	case got.Probable != "" && number:
		c.say("code", "number_zeros", text, got.Probable)
	case got.Probable != "":
		c.say("code", "lost_zeros", text, got.Probable)
	default:
		c.say("code", "bad_code", shortened(text))
	}
	return false
}

// lostLetters are question marks inside a word: what a program writes that
// could not write the letter.
var lostLetters = regexp.MustCompile(`\pL\?+\pL|\?\?\pL|\pL\?\?|\x{FFFD}`)

// name tells whether the name can be read by a citizen.
func (c *checker) name(p *Procedure) bool {
	if kind, text, ok := DetectLegacy(p.Name); ok {
		if !c.sink.Convert {
			c.say("name", "legacy_name", kind, shortened(CleanLine(text)))
			return false
		}
		c.say("name", "converted", kind, shortened(CleanLine(text)))
		p.Name = text
	}
	if lostLetters.MatchString(p.Name) {
		c.say("name", "lost_name", shortened(CleanLine(p.Name)))
		return false
	}
	return true
}

// texts looks for letters of old fonts and lost letters in the other parts.
func (c *checker) texts(p *Procedure) {
	one := func(part string, s *string) {
		if kind, text, ok := DetectLegacy(*s); ok {
			if c.sink.Convert {
				*s = text
				c.say(part, "converted", kind, shortened(CleanLine(text)))
			} else {
				c.say(part, "legacy", kind, shortened(CleanLine(text)))
			}
		}
		if strings.ContainsRune(*s, utf8.RuneError) || strings.Count(*s, "?") > 2 && lostLetters.MatchString(*s) && !strings.Contains(*s, "://") {
			c.say(part, "lost", shortened(CleanLine(*s)))
		}
	}
	one("field", &p.Field)
	one("agency", &p.Agency)
	one("authority", &p.Authority)
	one("reception", &p.Reception)
	one("steps", &p.Steps)
	one("requirements", &p.Requirements)
	one("legal_basis", &p.LegalBasis)
	for i := range p.Channels {
		one("time", &p.Channels[i].Time)
		one("fee", &p.Channels[i].Fee)
		one("fee", &p.Channels[i].Note)
	}
	for i := range p.Documents {
		for j := range p.Documents[i].Items {
			one("documents", &p.Documents[i].Items[j].Name)
		}
	}
}

var bareFee = regexp.MustCompile(`^[1-9][\d.,]*$`)

// channels tells each oddity once a record: the ways to file often repeat it.
func (c *checker) channels(list []Channel) {
	said := map[string]bool{}
	once := func(part, code string, args ...any) {
		if !said[code] {
			said[code] = true
			c.say(part, code, args...)
		}
	}
	for _, ch := range list {
		switch {
		case ch.Time == "" || ch.Term.Unit != "":
		case bareShape.MatchString(ch.Time):
			once("time", "time_unit", ch.Time)
		default:
			once("time", "time", shortened(ch.Time))
		}
		if bareFee.MatchString(ch.Fee) {
			once("fee", "fee_unit", ch.Fee)
		}
		if ch.ByProvince && strings.HasPrefix(plain(ch.Fee), "mien") {
			once("fee", "free_council")
		}
		if !slices.Contains([]string{"direct", "online", "post"}, ch.Mode) {
			once("mode", "mode", shortened(ch.Mode))
		}
	}
}
