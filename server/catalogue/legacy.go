package catalogue

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Legacy is a way Vietnamese was typed before Unicode: a font showed its letters
// in place of Western ones, so the file holds the Western ones.
type Legacy string

// The two that officials' old files hold.
const (
	TCVN3 Legacy = "TCVN3 (ABC)"
	VNI   Legacy = "VNI"
)

// tcvn3 are the letters of TCVN 5712 at 0xA1 … 0xFE; a space where there is none.
const tcvn3 = "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ"

var fromTCVN3 = func() map[rune]rune {
	table := map[rune]rune{}
	at := rune(0xA1)
	for _, r := range tcvn3 {
		if r != ' ' {
			table[at] = r
		}
		at++
	}
	return table
}()

// vniMarks are the marks that follow their letter, vniLetters those that stand
// alone, both in lower case.
var (
	vniMarks = map[rune]string{
		'ø': "\u0300", 'ù': "\u0301", 'û': "\u0309", 'õ': "\u0303", 'ï': "\u0323",
		'â': "\u0302", 'à': "\u0302\u0300", 'á': "\u0302\u0301", 'å': "\u0302\u0309", 'ã': "\u0302\u0303", 'ä': "\u0302\u0323",
		'ê': "\u0306", 'è': "\u0306\u0300", 'é': "\u0306\u0301", 'ú': "\u0306\u0309", 'ü': "\u0306\u0303", 'ë': "\u0306\u0323",
	}
	vniLetters = map[rune]rune{'ñ': 'đ', 'ô': 'ơ', 'ö': 'ư', 'æ': 'ỉ', 'ó': 'ĩ', 'ò': 'ị', 'î': 'ỵ'}
)

// vniCarry are the letters a mark may follow, as VNI writes them.
const vniCarry = "aeouyôö"

func decodeTCVN3(s string) string {
	return strings.Map(func(r rune) rune {
		if to, ok := fromTCVN3[r]; ok {
			return to
		}
		return r
	}, s)
}

func decodeVNI(s string) string {
	var out strings.Builder
	var last rune
	for _, r := range s {
		low := unicode.ToLower(r)
		mark, isMark := vniMarks[low]
		letter, isLetter := vniLetters[low]
		switch {
		case isMark && strings.ContainsRune(vniCarry, unicode.ToLower(last)):
			out.WriteString(mark)
		case isLetter && unicode.IsUpper(r):
			out.WriteRune(unicode.ToUpper(letter))
		case isLetter:
			out.WriteRune(letter)
		default:
			out.WriteRune(r)
		}
		last = r
	}
	return norm.NFC.String(out.String())
}

// syllable is the shape of a Vietnamese syllable without its tone.
var syllable = regexp.MustCompile(`^(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?` +
	`(?:[aăâeêioôơuưy]|ai|ao|au|âu|ay|ây|eo|êu|ia|iê|iêu|iu|oa|oă|oai|oay|oao|oe|oeo|oi|ôi|ơi|ua|uâ|uây|uê|ui|uô|uôi|uơ|` +
	`ưa|ưi|ươ|ươi|ươu|ưu|uy|uya|uyê|uyu|yê|yêu)(?:ch|ng|nh|[cmnpt])?$`)

// tones are the marks of the tones; the others belong to their letter.
const tones = "\u0300\u0301\u0303\u0309\u0323"

// spoken tells whether a word can be Vietnamese: its shape, one tone at most and
// that on a vowel, no sign inside it.
func spoken(word string) bool {
	var bare strings.Builder
	count, last := 0, ' '
	for _, r := range norm.NFD.String(strings.ToLower(word)) {
		if strings.ContainsRune(tones, r) {
			if count++; count > 1 || !strings.ContainsRune("aeiouy\u0302\u0306\u031b", last) {
				return false
			}
		} else {
			bare.WriteRune(r)
		}
		last = r
	}
	return syllable.MatchString(norm.NFC.String(bare.String()))
}

// accented gives the words of a text that hold more than ASCII.
func accented(s string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r < 0x80 && !unicode.IsLetter(r) || r == 0xA0 }) {
		if strings.IndexFunc(w, func(r rune) bool { return r >= 0x80 }) >= 0 {
			out = append(out, w)
		}
	}
	return out
}

func countSpoken(words []string) int {
	n := 0
	for _, w := range words {
		if spoken(w) {
			n++
		}
	}
	return n
}

// DetectLegacy tells whether a text as it came (before Clean, which would drop
// some of its letters) was typed with an old font, and gives it in Unicode. It
// looks for what reads as Vietnamese only after the conversion.
func DetectLegacy(s string) (Legacy, string, bool) {
	for _, r := range s {
		if r > 0xFF && unicode.IsLetter(r) { // old fonts know nothing beyond Latin-1
			return "", s, false
		}
	}
	before := accented(s)
	if len(before) == 0 || countSpoken(before) == len(before) {
		return "", s, false
	}
	best, kind, text := countSpoken(before), Legacy(""), s
	for _, try := range []struct {
		kind   Legacy
		decode func(string) string
	}{{TCVN3, decodeTCVN3}, {VNI, decodeVNI}} {
		out := try.decode(s)
		words := accented(out)
		if n := countSpoken(words); n > best && n*5 >= len(words)*4 && (len(words) > 1 || utf8.RuneCountInString(words[0]) > 2) {
			best, kind, text = n, try.kind, out
		}
	}
	return kind, text, kind != ""
}
