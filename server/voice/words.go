package voice

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"motcua/server/web/speech"
)

// Spoken writes a text as it is said: numbers, hours, dates, codes and the short
// forms of officials in words, marks that are only seen left out. Synthesizers get
// numbers wrong (15 becomes "ten years"), and spell what they do not know.
func Spoken(lang, text string) string {
	text = seenOnly.ReplaceAllString(norm.NFC.String(text), " ")
	text = stops.ReplaceAllString(text, ", ")
	number := func(n int64) string { return speech.Vietnamese(n, speech.North) }
	if lang == "en" {
		number = speech.English
	} else {
		for _, s := range short {
			text = s.found.ReplaceAllString(text, s.said)
		}
	}
	for _, r := range written(lang, number) {
		text = r.found.ReplaceAllStringFunc(text, func(s string) string { return " " + r.say(s) + " " })
	}
	return strings.TrimSpace(tight.ReplaceAllString(spaces.ReplaceAllString(text, " "), "$1"))
}

var (
	seenOnly = regexp.MustCompile(`[•*_#"“”‘’'<>|\[\]{}]+`)
	stops    = regexp.MustCompile(`\s*[()\n;·/]+\s*(?:[-–+]\s+)?|\s+[–—-]+\s+|^\s*[-–+]\s*`)
	spaces   = regexp.MustCompile(`\s+`)
	tight    = regexp.MustCompile(`\s+([,.:;?])`)
)

// shortForm is what officials write for what people say.
type shortForm struct {
	found *regexp.Regexp
	said  string
}

// short are whole words only: \b knows no Vietnamese letters, so the neighbours are looked at.
var short = forms(
	"UBND", "Ủy ban nhân dân", "HĐND", "Hội đồng nhân dân", "QĐ", "quyết định", "NĐ", "nghị định", "CP", "chính phủ",
	"TT", "thông tư", "NQ", "nghị quyết", "TTHC", "thủ tục hành chính", "BHXH", "bảo hiểm xã hội", "BHYT", "bảo hiểm y tế",
	"BHTN", "bảo hiểm thất nghiệp", "CCCD", "căn cước công dân", "CMND", "chứng minh nhân dân", "GCN", "giấy chứng nhận",
	"QSDĐ", "quyền sử dụng đất", "GPXD", "giấy phép xây dựng", "LLTP", "lý lịch tư pháp", "HKD", "hộ kinh doanh",
	"ĐKKD", "đăng ký kinh doanh", "CSDL", "cơ sở dữ liệu", "VNeID", "vê nờ e i đi", "TP", "thành phố", "đ", "đồng", "m2", "mét vuông", "m²", "mét vuông")

func forms(pairs ...string) []shortForm {
	var list []shortForm
	for i := 0; i+1 < len(pairs); i += 2 {
		list = append(list, shortForm{regexp.MustCompile(`(^|[^\pL\pN])` + regexp.QuoteMeta(pairs[i]) + `($|[^\pL\pN])`),
			"${1}" + pairs[i+1] + "${2}"})
	}
	return list
}

// reading says what one kind of written figure is called.
type reading struct {
	found *regexp.Regexp
	say   func(string) string
}

// written are the kinds, those that hold others first.
func written(lang string, number func(int64) string) []reading {
	words := sayings[lang]
	if words == nil {
		words = sayings["vi"]
	}
	one := func(s string) string {
		n, err := strconv.ParseInt(s, 10, 64)
		if said := number(n); err == nil && said != "" && len(s) <= 9 {
			return said
		}
		return digits(s, number)
	}
	list := func(s, by string) []string { return strings.Split(s, by) }
	return []reading{
		{regexp.MustCompile(`\b\d\.\d{6}\b`), func(s string) string { return digits(s, number) }},
		{regexp.MustCompile(`\b\d{1,2}:\d{2}\b`), func(s string) string {
			at := list(s, ":")
			if at[1] == "00" {
				return one(at[0]) + " " + words["hour"]
			}
			return one(at[0]) + " " + words["hour"] + " " + one(at[1]) + " " + words["minute"]
		}},
		{regexp.MustCompile(`\b\d{1,3}(?:\.\d{3})+\b`), func(s string) string { return one(strings.ReplaceAll(s, ".", "")) }},
		{regexp.MustCompile(`\b\d+,\d+\b`), func(s string) string {
			at := list(s, ",")
			return one(at[0]) + " " + words["point"] + " " + digits(at[1], number)
		}},
		{regexp.MustCompile(`\d+\s*%`), func(s string) string {
			return one(strings.TrimSpace(strings.TrimSuffix(s, "%"))) + " " + words["percent"]
		}},
		{regexp.MustCompile(`\b[A-Z]{1,3}\d+\b`), func(s string) string { return spelled(lang, s, number) }},
		{regexp.MustCompile(`\d+`), one},
	}
}

var sayings = map[string]map[string]string{
	"vi": {"hour": "giờ", "minute": "phút", "point": "phẩy", "percent": "phần trăm"},
	"en": {"hour": "hours", "minute": "minutes", "point": "point", "percent": "percent"},
}

// digits says a figure digit by digit: a code, a telephone number.
func digits(s string, number func(int64) string) string {
	var list []string
	for _, c := range s {
		if c >= '0' && c <= '9' {
			list = append(list, number(int64(c-'0')))
		}
	}
	return strings.Join(list, " ")
}

// spelled says "CT01" letter by letter, and its figure as it is called.
func spelled(lang, s string, number func(int64) string) string {
	at := strings.IndexAny(s, "0123456789")
	var list []string
	for i := range at {
		letter := string(s[i])
		if lang != "en" {
			letter = speech.Letter(s[i])
		}
		list = append(list, letter)
	}
	return strings.Join(append(list, digits(s[at:], number)), " ")
}
