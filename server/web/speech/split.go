package speech

import (
	"regexp"
	"strings"
)

var (
	// sentences end at a new line, at a dot between two facts, and after their mark.
	sentenceEnd = regexp.MustCompile(`\n|[\s\x{a0}]·[\s\x{a0}]|([.!?…:;])\s+`)
	place       = regexp.MustCompile(`\{\w+\}`)
	edges       = " \t\u00a0.,:;!?…“”\"'()–—-"
)

// Pieces cuts a sentence of the tables into what is said in one breath: whole
// sentences, or what stands between two {places}. A piece that a value follows
// ends in a comma, a question keeps its mark: it is said in another tone.
//
// The module speech.js cuts the same way; its test and this one share their cases.
func Pieces(text string) []string {
	var list []string
	for _, sentence := range sentences(text) {
		question := strings.HasSuffix(strings.TrimSpace(sentence), "?")
		between := place.Split(sentence, -1)
		for i, words := range between {
			words = strings.Join(strings.Fields(strings.Trim(words, edges)), " ")
			switch last := i == len(between)-1; {
			case words == "":
			case !last:
				list = append(list, words+",")
			case question:
				list = append(list, words+"?")
			default:
				list = append(list, words)
			}
		}
	}
	return list
}

// sentences cuts at the ends and keeps the marks.
func sentences(text string) []string {
	var list []string
	from := 0
	for _, at := range sentenceEnd.FindAllStringSubmatchIndex(text, -1) {
		to := at[0]
		if at[3] >= 0 {
			to = at[3]
		}
		list = append(list, text[from:to])
		from = at[1]
	}
	return append(list, text[from:])
}
