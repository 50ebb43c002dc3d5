package box

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// What stands in the place of something private. The inbox is read by
// Vietnamese staff: the words are in Vietnamese whatever the text is in.
const (
	maskedNumber = "[đã che số]"
	maskedEmail  = "[đã che email]"
)

// fewestDigits is from how many digits on a number may lead to a person: the
// shortest are the old identity number and a telephone number without its 0.
const fewestDigits = 9

// mostBetween is how many signs may stand between two digits of one number.
const mostBetween = 3

// Mask covers everything in a text that leads to a person by itself: telephone,
// identity, account and card numbers in the many ways people write them, and
// e-mail addresses. It rather covers too much: a long sum of money goes too.
// A day like 22/11/2026 stays. The text comes back in NFC.
func Mask(text string) string {
	text = norm.NFC.String(strings.Map(visible, text))
	text = email.ReplaceAllString(text, maskedEmail)
	return maskNumbers([]rune(text))
}

// visible drops what no eye sees, since it can stand between two digits.
func visible(r rune) rune {
	if unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) {
		return -1
	}
	return r
}

// email is anything with an at sign in the middle, or what people write for it.
var email = regexp.MustCompile(`(?i)[\p{L}\p{N}._%+-]+\s*(?:[@＠﹫]|\((?:at|a còng)\)|\[(?:at|a còng)\])\s*[\p{L}\p{N}-]+(?:\s?\.\s?[\p{L}\p{N}-]+)*`)

func maskNumbers(text []rune) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		if !unicode.IsDigit(text[i]) {
			out.WriteRune(text[i])
			i++
			continue
		}
		if end := dateAt(text, i); end > 0 {
			out.WriteString(string(text[i:end]))
			i = end
			continue
		}
		end, digits := runAt(text, i)
		if digits >= fewestDigits {
			out.WriteString(maskedNumber)
		} else {
			out.WriteString(string(text[i:end]))
		}
		i = end
	}
	return out.String()
}

// runAt gives the end of the number that begins at i, and how many digits it has.
// A date ends it: "từ 01/11/2026 đến" is no part of a number.
func runAt(text []rune, i int) (end, digits int) {
	end = i
	for i < len(text) {
		if unicode.IsDigit(text[i]) {
			if end < i && dateAt(text, i) > 0 {
				return end, digits
			}
			digits++
			i++
			end = i
			continue
		}
		if i-end >= mostBetween || !joins(text[i]) || newItem(text, i) {
			return end, digits
		}
		i++
	}
	return end, digits
}

// joins tells whether a sign may stand inside a number.
func joins(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || unicode.IsMark(r) || strings.ContainsRune("._,/\\()[]+*·•:|~'−", r)
}

// newItem is a comma or colon with a space behind it: "quầy 1, 2, 3" is a list.
func newItem(text []rune, i int) bool {
	return (text[i] == ',' || text[i] == ':') && i+1 < len(text) && unicode.IsSpace(text[i+1])
}

// dateAt gives the end of a day written like 22/11/2026 or 1-9-2026 at i, 0 when
// there is none. Only what can be a day of these times counts.
func dateAt(text []rune, i int) int {
	if i > 0 && (unicode.IsDigit(text[i-1]) || text[i-1] == '/' || text[i-1] == '-') {
		return 0
	}
	m := date.FindString(string(text[i:min(i+11, len(text))]))
	if m == "" {
		return 0
	}
	end := i + len([]rune(m))
	last := []rune(m)[len([]rune(m))-1]
	if !unicode.IsDigit(last) { // the sign that ended it
		end--
	}
	if end < len(text) && (unicode.IsDigit(text[end]) || strings.ContainsRune("/-.", text[end]) && end+1 < len(text) && unicode.IsDigit(text[end+1])) {
		return 0
	}
	return end
}

var date = regexp.MustCompile(`^(?:(?:0?[1-9]|[12][0-9]|3[01])/(?:0?[1-9]|1[0-2])/20[0-9]{2}|(?:0?[1-9]|[12][0-9]|3[01])-(?:0?[1-9]|1[0-2])-20[0-9]{2})(?:[^0-9]|$)`)
