package speech

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Clip is one recording a language needs.
type Clip struct {
	Key   string // what the pages ask for: a piece of a sentence, "12", "A", "8:05"
	Say   string // what the voice is given: words only, with a mark for the tone
	Voice string // the language it is said in: the name of another language is said as its own people say it
}

// foreign are words on a Vietnamese screen that belong to another language.
var foreign = map[string]string{"English": "en"}

// voiceOf tells which language a piece is said in. A name that has no English is
// shown, and said, in Vietnamese: its letters tell.
func voiceOf(lang, piece string) string {
	if lang == "en" && strings.ContainsFunc(piece, func(r rune) bool { return r > 0x7f && unicode.IsLetter(r) }) {
		return "vi"
	}
	if foreign[piece] != "" {
		return foreign[piece]
	}
	return lang
}

// Needed lists every clip of a language ("vi" or "en"): the pieces of the texts,
// the names as they stand in the settings, and what numbers, letters, hours and
// days are made of. Sorted by key, each key once.
func Needed(lang string, texts, names []string, r Region) []Clip {
	all := map[string]string{}
	for _, text := range texts {
		for _, piece := range Pieces(text) {
			all[piece] = said(voiceOf(lang, piece), piece, r)
		}
	}
	for _, name := range names {
		for _, piece := range Pieces(name) {
			all[piece] = said(voiceOf(lang, piece), piece, r)
		}
	}
	if lang == "en" {
		englishValues(all)
	} else {
		vietnameseValues(all, r)
	}
	var list []Clip
	for _, key := range slices.Sorted(maps.Keys(all)) {
		list = append(list, Clip{Key: key, Say: all[key], Voice: voiceOf(lang, key)})
	}
	return list
}

// Values are asked for by these keys; /web/speech.js puts them together:
//
//	"0" … "100", "200" … "900", "1000" … "9000"   whole numbers; "5" is the digit, too
//	"*1000", "*1000000"                            what stands behind the count of either
//	"&"    between hundreds and a unit; "0&" for the hundreds that are none
//	"south 24", "south &"                          where the South has other words
//	"A" … "Z"                                      letters of a number
//	"8:00" a full hour, "8:" the hour before ":05" its minutes
//	"23/" a day of the month, "/11" the month
//	"."    the sign in 2,5; "–" between the first and the last counter
func vietnameseValues(all map[string]string, r Region) {
	number := func(n int) string { return Vietnamese(int64(n), r) }
	numbers(all, number)
	powers(all, r)
	all["&"], all["0&"], all["."], all["–"] = linh(r)+",", "không trăm,", "phẩy,", "đến,"
	for letter := byte('A'); letter <= 'Z'; letter++ {
		all[string(letter)] = Letter(letter) + ","
	}
	for h := range 24 {
		all[fmt.Sprintf("%d:00", h)] = number(h) + " giờ,"
		all[fmt.Sprintf("%d:", h)] = number(h) + " giờ,"
	}
	for m := 1; m < 60; m++ {
		all[fmt.Sprintf(":%02d", m)] = number(m) + " phút,"
	}
	for d := 1; d <= 31; d++ {
		all[fmt.Sprintf("%d/", d)] = "ngày " + number(d) + ","
	}
	for m := 1; m <= 12; m++ {
		all[fmt.Sprintf("/%d", m)] = "tháng " + number(m) + ","
	}
	all["/4"] = "tháng tư," // never "bốn"
	if r == North {
		southern(all)
	}
}

// southern adds the numbers that the South says in other words: a hall chooses.
func southern(all map[string]string) {
	south := map[string]string{}
	numbers(south, func(n int) string { return Vietnamese(int64(n), South) })
	powers(south, South)
	south["&"] = linh(South) + ","
	for key, words := range south {
		if all[key] != words {
			all[SouthPrefix+key] = words
		}
	}
}

// powers are the names of a thousand and of a million, after their count.
func powers(all map[string]string, r Region) {
	all["*1000"], all["*1000000"] = groups[r][1]+",", groups[r][2]+","
}

// SouthPrefix begins the key of a clip that the South says in other words.
const SouthPrefix = "south "

func englishValues(all map[string]string) {
	number := func(n int) string { return English(int64(n)) }
	numbers(all, number)
	all["&"], all["."], all["–"] = "and,", "point,", "to,"
	all["*1000"], all["*1000000"] = "thousand,", "million,"
	for letter := byte('A'); letter <= 'Z'; letter++ {
		all[string(letter)] = string(letter) + ","
	}
	for h := range 24 {
		all[fmt.Sprintf("%d:", h)] = number(h) + ","
		if h <= 12 {
			all[fmt.Sprintf("%d:00", h)] = number(h) + " o'clock,"
		} else {
			all[fmt.Sprintf("%d:00", h)] = number(h) + " hundred,"
		}
	}
	for m := 1; m < 60; m++ {
		words := number(m) + ","
		if m < 10 {
			words = "oh " + words
		}
		all[fmt.Sprintf(":%02d", m)] = words
	}
	for d := int64(1); d <= 31; d++ {
		all[fmt.Sprintf("%d/", d)] = "the " + Ordinal(d) + ","
	}
	for m, name := range months {
		all[fmt.Sprintf("/%d", m+1)] = "of " + name + ","
	}
}

func numbers(all map[string]string, number func(int) string) {
	for n := range 101 {
		all[strconv.Itoa(n)] = number(n) + ","
	}
	for n := 1; n < 10; n++ {
		all[strconv.Itoa(n*100)] = number(n*100) + ","
		all[strconv.Itoa(n*1000)] = number(n*1000) + ","
	}
}

// spelt are written forms a voice would stumble over. "QR" is said as people do.
var spelt = map[string]*strings.Replacer{
	"vi": strings.NewReplacer("/", " ", "QR", "quy rờ", "Wi-Fi", "oai phai", "VNeID", "vê nê i đê",
		"dichvucong.gov.vn", "dịch vụ công chấm gốp chấm vê en nờ", "–", ",", "\u00a0", " "),
	"en": strings.NewReplacer("QR", "Q R", "Wi-Fi", "why fye", "VNeID", "V N E I D",
		"dichvucong.gov.vn", "dich vu cong, dot gov, dot V N", "–", ",", "\u00a0", " "),
}

var (
	written = regexp.MustCompile(`\d+([.,]\d+)?`)
	short   = regexp.MustCompile(`\b(min|h)\b`)
)

// said gives the words of a piece for the voice, with the mark of its tone.
func said(lang, piece string, r Region) string {
	words := spelt[lang].Replace(piece)
	number := func(digits string) string {
		n, err := strconv.ParseInt(digits, 10, 64)
		switch {
		case err != nil:
			return digits
		case lang == "en":
			return English(n)
		default:
			return Vietnamese(n, r)
		}
	}
	words = written.ReplaceAllStringFunc(words, func(run string) string {
		whole, rest, ok := strings.Cut(strings.Replace(run, ",", ".", 1), ".")
		if !ok {
			return number(run)
		}
		sign := map[string]string{"vi": " phẩy ", "en": " point "}[lang]
		return number(whole) + sign + number(rest)
	})
	if lang == "en" {
		words = short.ReplaceAllStringFunc(words, func(s string) string {
			return map[string]string{"min": "minutes", "h": "hours"}[s]
		})
	}
	if words == strings.ToUpper(words) && strings.Contains(words, " ") {
		words = strings.ToLower(words) // a heading in capitals is not spelt
	}
	if strings.HasSuffix(words, ",") || strings.HasSuffix(words, "?") {
		return words
	}
	return words + "."
}
