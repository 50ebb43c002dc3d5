package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// word is one word of a text in the three forms it is compared by.
type word struct {
	fold  string // no marks, lower case, last y as i: what the index is built on
	shape string // letters with their hats and horns (decomposed), without the tone
	tone  rune   // the tone's combining mark, 0 for none

	from, to int // where it stands in the text, in runes
}

// marked tells whether the word carries a mark, đ included.
func (w word) marked() bool { return w.tone != 0 || w.shape != w.fold && w.shape != plainY(w) }

// plainY is the folded word with its y again, when the fold wrote it as i.
func plainY(w word) string {
	if strings.HasSuffix(w.shape, "y") && strings.HasSuffix(w.fold, "i") {
		return w.fold[:len(w.fold)-1] + "y"
	}
	return w.fold
}

// same tells whether two words agree in every mark. The letter i at the end is
// the letter y ("kí", "ký").
func (w word) same(o word) bool {
	if w.tone != o.tone || w.fold != o.fold {
		return false
	}
	return w.shape == o.shape || !(word{fold: w.fold, shape: w.shape}).marked() && !(word{fold: o.fold, shape: o.shape}).marked()
}

// agrees tells whether what a person typed does not contradict o: marks may be
// missing from it, but those that are there must be the ones of o.
func (w word) agrees(o word) bool {
	if !w.marked() || w.same(o) {
		return true
	}
	if w.tone != 0 && w.tone != o.tone {
		return false
	}
	return w.shape == o.shape || w.shape == w.fold || w.shape == plainY(w)
}

// begins tells the same for a word of which only the beginning is typed.
func (w word) begins(o word) bool {
	if w.tone != 0 && w.tone != o.tone {
		return false
	}
	return !w.marked() || strings.HasPrefix(o.shape, w.shape) || w.shape == w.fold
}

// Fold writes a text as the index compares it: no marks, lower case, one space
// between words, punctuation gone.
func Fold(s string) string {
	var b strings.Builder
	for i, w := range words(s) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.fold)
	}
	return b.String()
}

// words cuts a text into words. Letters, digits and the marks that follow them
// are a word; all else stands between words.
func words(s string) []word { return wordsBy(s, analyse) }

func wordsBy(s string, analyse func(string) word) []word {
	var list []word
	start, startRune, n := -1, 0, 0
	end := func(at int) {
		if start < 0 {
			return
		}
		if w := analyse(s[start:at]); w.fold != "" {
			w.from, w.to = startRune, n
			list = append(list, w)
		}
		start = -1
	}
	for at, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || start >= 0 && (unicode.Is(unicode.Mn, r) || invisible(r)):
			if start < 0 {
				start, startRune = at, n
			}
		default:
			end(at)
		}
		n++
	}
	end(len(s))
	return list
}

// invisible characters do not part a word: soft hyphens and zero-width signs
// that the published texts are full of.
func invisible(r rune) bool {
	return r == 0xAD || r >= 0x200B && r <= 0x200F || r == 0xFEFF
}

// analyse takes the marks off a single word and keeps them apart.
func analyse(raw string) word {
	var fold, shape strings.Builder
	var w word
	for _, r := range norm.NFD.String(strings.ToLower(raw)) {
		switch {
		case isTone(r):
			w.tone = r
		case r == '\u0302' || r == '\u0306' || r == '\u031B':
			shape.WriteRune(r)
		case unicode.Is(unicode.Mn, r) || invisible(r):
		case r == 'đ' || r == 'ð': // old data has the Icelandic letter
			fold.WriteByte('d')
			shape.WriteRune('đ')
		default:
			fold.WriteRune(r)
			shape.WriteRune(r)
		}
	}
	w.fold, w.shape = lastY(fold.String()), shape.String()
	return w
}

func isTone(r rune) bool {
	switch r {
	case '\u0300', '\u0301', '\u0303', '\u0309', '\u0323':
		return true
	}
	return false
}

// lastY writes the y of an open syllable as i: ký is kí, lý is lí. After a
// vowel y is another sound (tay, tai) and stays.
func lastY(fold string) string {
	n := len(fold)
	if n < 2 || n > 3 || fold[n-1] != 'y' {
		return fold
	}
	if strings.ContainsRune("aeiouy", rune(fold[n-2])) {
		return fold
	}
	return fold[:n-1] + "i"
}
