package languages

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Report is what there is to say of a language in the folder. The lists name a
// file, a line and a key each ("kiosk.json:12 k.home.q").
type Report struct {
	Tag, Name string
	Broken    error    // it is left out, and why
	Texts, Of int      // sentences of its own, of all there are
	Missing   []string // keys shown in Vietnamese
	Unknown   []string // keys that no screen has
	Places    []string // sentences whose {places} are not those of the Vietnamese; shown in Vietnamese
	Long      []string // sentences that may not fit
	NotNFC    []string // sentences whose marks stand beside their letters; put together when read
	Strange   []string // files that are no table
}

// Check looks at every language of the folder.
func (l *Library) Check() []Report {
	var all []Report
	for _, x := range l.languages() {
		all = append(all, x.report)
	}
	return all
}

// TooLong tells whether a sentence is so much longer than the Vietnamese that a
// screen may have no room for it: layouts are tested up to here.
func TooLong(text, vietnamese string) bool {
	n, of := utf8.RuneCountInString(text), utf8.RuneCountInString(vietnamese)
	return n > of+12 && n*10 > of*14
}

var place = regexp.MustCompile(`\{\w+\}`)

// SamePlaces tells whether two sentences have the same {places} to fill, in any order.
func SamePlaces(a, b string) bool {
	list := func(s string) []string {
		all := place.FindAllString(s, -1)
		slices.Sort(all)
		return slices.Compact(all)
	}
	return slices.Equal(list(a), list(b))
}

// add takes over the sentences of a table that can be shown, and notes the others.
func (x *language) add(screen string, all []sentence, vietnamese map[string]string) {
	texts := map[string]string{}
	for _, s := range all {
		where := fmt.Sprintf("%s.json:%d %s", screen, s.line, s.key)
		if !norm.NFC.IsNormalString(s.text) || !norm.NFC.IsNormalString(s.key) {
			x.report.NotNFC = append(x.report.NotNFC, where)
		}
		key, text := norm.NFC.String(s.key), norm.NFC.String(s.text)
		of, ok := vietnamese[key]
		switch {
		case strings.TrimSpace(text) == "":
			continue // not translated yet
		case screen == namesFile:
			of = key
		case !ok:
			x.report.Unknown = append(x.report.Unknown, where)
			continue
		case !SamePlaces(text, of):
			x.report.Places = append(x.report.Places, where)
			continue
		}
		if TooLong(text, of) {
			x.report.Long = append(x.report.Long, where)
		}
		texts[key] = text
	}
	x.tables[screen] = texts
}

// missing counts what is translated. A sentence that is still the Vietnamese one,
// as the template gives it, does not count; neither do those that have nothing to
// translate.
func (r *Report) missing(vietnamese, tables map[string]map[string]string) {
	for screen, texts := range vietnamese {
		for key, text := range texts {
			if !words(text) {
				continue
			}
			r.Of++
			if own, ok := tables[screen][key]; ok && own != text {
				r.Texts++
			} else {
				r.Missing = append(r.Missing, screen+".json "+key)
			}
		}
	}
	slices.Sort(r.Missing)
}

// words tells whether a text has a word beside its places.
func words(text string) bool {
	return strings.ContainsFunc(place.ReplaceAllString(text, ""), unicode.IsLetter)
}
