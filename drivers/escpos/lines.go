package escpos

import (
	"strings"

	"golang.org/x/image/font"
)

// word is a piece of text that is not broken.
type word struct {
	text   string
	weight weight
}

// line is a line of words and its width in dots.
type line struct {
	words []word
	width int
}

// style says how a text is set.
type style struct {
	size  int // dots an em
	least int // how far it may shrink before it is cut
	lines int // how many lines it may take
}

func wordsOf(text string, w weight) []word {
	var all []word
	for _, part := range strings.Split(text, " ") {
		if part != "" {
			all = append(all, word{part, w})
		}
	}
	return all
}

// fit breaks words into lines of at most width dots: first at the wanted size,
// then smaller, and only when nothing else helps the end is cut off. It returns
// the size it took.
func (f faces) fit(words []word, s style, width int) ([]line, int) {
	for size := s.size; ; size = max(size-2, s.least) {
		lines, ok := f.breakAt(words, size, width)
		if ok && len(lines) <= s.lines {
			return f.balance(words, size, width, lines), size
		}
		if size <= s.least {
			return f.cut(words, size, width, s.lines), size
		}
	}
}

// breakAt fills line after line; not ok when a single word is too wide.
func (f faces) breakAt(words []word, size, width int) ([]line, bool) {
	var lines []line
	ok := true
	for _, w := range words {
		wide := f.width(w, size)
		ok = ok && wide <= width
		if n := len(lines); n > 0 {
			last := &lines[n-1]
			if joined := last.width + f.space(w.weight, size) + wide; joined <= width {
				last.words, last.width = append(last.words, w), joined
				continue
			}
		}
		lines = append(lines, line{[]word{w}, wide})
	}
	return lines, ok
}

// balance narrows the lines as far as their number stays: two lines of one
// length are calmer than a full one and a single word.
func (f faces) balance(words []word, size, width int, lines []line) []line {
	low, high := 0, width
	for high-low > 4 {
		middle := (low + high) / 2
		tried, ok := f.breakAt(words, size, middle)
		if ok && len(tried) <= len(lines) {
			lines, high = tried, middle
		} else {
			low = middle
		}
	}
	return lines
}

// cut is the last resort: words that are too wide are broken anywhere, and what
// does not fit into the lines ends in an ellipsis.
func (f faces) cut(words []word, size, width, most int) []line {
	var small []word
	for _, w := range words {
		small = append(small, f.split(w, size, width)...)
	}
	lines, _ := f.breakAt(small, size, width)
	if len(lines) <= most {
		return lines
	}
	lines = lines[:most]
	lines[most-1] = f.ellipsis(lines[most-1], size, width)
	return lines
}

// ellipsis ends a line with three dots: after a word, or where there is only one,
// within it.
func (f faces) ellipsis(l line, size, width int) line {
	for {
		end := l.words[len(l.words)-1]
		marked := word{strings.TrimRight(end.text, ",.;:") + "…", end.weight}
		before := l.width - f.width(end, size)
		wide := before + f.width(marked, size)
		switch {
		case wide <= width || end.text == "":
			l.words[len(l.words)-1], l.width = marked, wide
			return l
		case len(l.words) > 1:
			l.words, l.width = l.words[:len(l.words)-1], before-f.space(end.weight, size)
		default:
			letters := []rune(end.text)
			l.words[0] = word{string(letters[:len(letters)-1]), end.weight}
			l.width = f.width(l.words[0], size)
		}
	}
}

// split breaks a word that is wider than a line into pieces that are not.
func (f faces) split(w word, size, width int) []word {
	var pieces []word
	var piece string
	for _, r := range w.text {
		if piece != "" && f.width(word{piece + string(r), w.weight}, size) > width {
			pieces = append(pieces, word{piece, w.weight})
			piece = ""
		}
		piece += string(r)
	}
	return append(pieces, word{piece, w.weight})
}

func (f faces) width(w word, size int) int {
	return font.MeasureString(f.of(w.weight, size), w.text).Ceil()
}

func (f faces) space(w weight, size int) int {
	return font.MeasureString(f.of(w, size), " ").Ceil()
}
