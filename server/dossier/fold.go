package dossier

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold gives text to compare words by: no accents, lower case, single spaces,
// letters and digits only.
func fold(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == 'đ' || r == 'Đ' || r == 'ð' || r == 'Ð':
			return 'd'
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// line cleans a short text: NFC, one line, no control characters.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(s, "")))
	return strings.Join(strings.Fields(s), " ")
}

var (
	number = regexp.MustCompile(`\d(?:[ .\-]?\d){8,}`) // a phone or identity number; dates have eight digits
	mail   = regexp.MustCompile(`[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+`)
)

// masked hides numbers and addresses of people in a free text.
func masked(s string) string {
	return mail.ReplaceAllString(number.ReplaceAllString(s, "•••"), "•••")
}

func clipped(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most-1]) + "…"
}
