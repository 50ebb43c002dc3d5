package queue

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// The most a hall publishes. Together with the rest of the settings it stays
// below what a request may carry.
const (
	mostConduct  = 20
	mostPrices   = 40
	mostOffices  = 24
	mostSlides   = 60
	mostFields   = 40
	mostCodes    = 60
	longestReach = 40  // characters of a telephone number, or two of them
	longestEmail = 100 // characters
	farthest     = 1_000_000
)

var (
	emailPattern = regexp.MustCompile(`^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`)
	phonePattern = regexp.MustCompile(`^[0-9+(][0-9 +()./,-]*[0-9]$`)
	codePattern  = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z.-]{0,39}$`)
	// MediaName is what a file of the hall's media may be called: no path leads
	// out of its folder, and no address has to be escaped.
	MediaName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*\.[A-Za-z0-9]{1,8}$`)
)

// LongestMediaName bounds a file's name, in characters.
const LongestMediaName = 80

func (s Settings) checkHall(c *checker) {
	c.contact("hall.complaints", s.Hall.Complaints, false)
	c.online("hall.portal", s.Hall.Portal)
	c.count("hall.conduct", len(s.Hall.Conduct), 0, mostConduct)
	for i, rule := range s.Hall.Conduct {
		c.words(fmt.Sprintf("hall.conduct[%d]", i), rule)
	}
	c.tariff("hall.tariff", s.Hall.Tariff)
	c.count("hall.offices", len(s.Hall.Offices), 0, mostOffices)
	for i, office := range s.Hall.Offices {
		c.office(fmt.Sprintf("hall.offices[%d]", i), office)
	}
	c.count("hall.playlist", len(s.Hall.Playlist), 0, mostSlides)
	for i, slide := range s.Hall.Playlist {
		c.slide(fmt.Sprintf("hall.playlist[%d]", i), slide)
	}
	c.between("box.keep_days", s.Box.KeepDays, 0, 3650)
	c.between("dossiers.soon_days", s.Dossiers.SoonDays, 0, 30)
}

// words wants a text of some length, in Vietnamese at least.
func (c *checker) words(place string, t Text) {
	c.required(place+".vi", t.VI, longText)
	c.text(place+".en", t.EN, longText)
}

// optionalWords is words for a text that may be missing in both languages.
func (c *checker) optionalWords(place string, t Text) {
	if t != (Text{}) {
		c.words(place, t)
	}
}

// contact checks how somebody is reached; a hall may know only a part of it.
func (c *checker) contact(place string, k ContactSetting, named bool) {
	if named {
		c.name(place+".name", k.Name)
	} else {
		c.optionalName(place+".name", k.Name)
	}
	c.optionalWords(place+".address", k.Address)
	if k.Phone != "" {
		c.check(isPhone(k.Phone), place+".phone", "must be a telephone number like 024 3825 1234")
	}
	if k.Email != "" {
		c.check(len(k.Email) <= longestEmail && emailPattern.MatchString(k.Email), place+".email", "must be an e-mail address")
	}
	c.optionalWords(place+".hours", k.Hours)
}

// isPhone takes numbers as halls print them, short numbers of the state among
// them, and two behind each other.
func isPhone(s string) bool {
	digits := strings.Count(strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '0'
		}
		return r
	}, s), "0")
	return len(s) <= longestReach && phonePattern.MatchString(s) && digits >= 3
}

func (c *checker) tariff(place string, t TariffSetting) {
	c.text(place+".basis", t.Basis, longText)
	c.count(place+".rows", len(t.Rows), 0, mostPrices)
	for i, row := range t.Rows {
		at := fmt.Sprintf("%s.rows[%d]", place, i)
		c.name(at+".name", row.Name)
		c.name(at+".price", row.Price)
	}
}

func (c *checker) office(place string, o OfficeSetting) {
	c.id(place+".id", o.ID)
	c.unique(place+".id", "office id", o.ID)
	c.contact(place+".contact", o.Contact, true)
	c.texts(place+".fields", o.Fields, shortText, mostFields)
	c.count(place+".procedures", len(o.Procedures), 0, mostCodes)
	for i, code := range o.Procedures {
		at := fmt.Sprintf("%s.procedures[%d]", place, i)
		c.check(codePattern.MatchString(code), at, "must be a procedure's code like 1.001193")
		c.check(slices.Index(o.Procedures, code) == i, at, "is listed twice")
	}
	c.texts(place+".levels", o.Levels, shortText, 8)
	c.between(place+".metres", o.Metres, 0, farthest)
}

// slide wants something to show: a file, a sentence, or both.
func (c *checker) slide(place string, s SlideSetting) {
	c.check(s.File != "" || s.Text.VI != "", place, "needs a file or a text")
	if s.File != "" {
		c.check(len(s.File) <= LongestMediaName && MediaName.MatchString(s.File), place+".file",
			"must be the name of a file of the media folder: letters a-z, digits, - _ and an ending, without a path")
	}
	c.optionalWords(place+".text", s.Text)
	c.between(place+".seconds", s.Seconds, 0, 600)
	from := s.From == "" || c.day(place+".from", s.From)
	to := s.To == "" || c.day(place+".to", s.To)
	if from && to && s.From != "" && s.To != "" {
		c.check(s.To >= s.From, place+".to", "is before the first day")
	}
}

// kind wants one of the kinds that are counted apart, or none.
func (c *checker) kind(place string, k ServiceKind) {
	known := []ServiceKind{"", PostService, OnlineService, ResultService}
	c.check(slices.Contains(known, k), place, "must be post, online_help or results, or be left out")
}
