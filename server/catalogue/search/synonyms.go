package search

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"strconv"
	"strings"
)

//go:embed synonyms.tsv
var ours string

// The signs of the table's second column.
const (
	signShort = "=" // an abbreviation: the same as its long form, in names and in questions
	signMeans = ">" // people's words: they mean these official words
	signWeak  = "-" // a word that may be left out
	signField = "+" // a field and its points: above 0 for everyday life in a ward
)

// Synonyms is the table of words that the search goes by.
type Synonyms struct {
	lines map[string]line // by sign and folded words
	order []string
}

type line struct {
	sign    string
	written string // the first column as it stands in the table
	said    []word
	means   [][]word // alternatives, the first counts most
	points  int
}

// DefaultSynonyms is the table that comes with the program.
func DefaultSynonyms() Synonyms {
	s, err := ParseSynonyms(strings.NewReader(ours))
	if err != nil {
		panic("search: synonyms.tsv: " + err.Error()) // our own file: a test reads it
	}
	return s
}

// ParseSynonyms reads a table: lines of three columns parted by a tab - what
// people say, the sign, what it means (alternatives parted by "|"). Empty lines
// and lines beginning with # are skipped. The error names the line.
func ParseSynonyms(r io.Reader) (Synonyms, error) {
	s, wrong := ReadSynonyms(r)
	if len(wrong) > 0 {
		return Synonyms{}, wrong[0]
	}
	return s, nil
}

// ReadSynonyms reads a table like ParseSynonyms, but a line that cannot be read
// is an error that names it, and the others count.
func ReadSynonyms(r io.Reader) (s Synonyms, wrong []error) {
	s.lines = map[string]line{}
	scan := bufio.NewScanner(r)
	for n := 1; scan.Scan(); n++ {
		text := lineOf(scan.Text())
		if text == "" {
			continue
		}
		l, err := parseLine(strings.Split(text, "\t"))
		if err != nil {
			wrong = append(wrong, fmt.Errorf("line %d: %w", n, err))
			continue
		}
		s.add(l)
	}
	if err := scan.Err(); err != nil {
		wrong = append(wrong, err)
	}
	return s, wrong
}

func parseLine(cells []string) (line, error) {
	if len(cells) < 2 {
		return line{}, fmt.Errorf("%d columns, want 3 parted by tabs", len(cells))
	}
	cells = append(cells, "")
	l := line{sign: strings.TrimSpace(cells[1]), written: strings.TrimSpace(cells[0]), said: words(cells[0])}
	if len(l.said) == 0 {
		return line{}, fmt.Errorf("no words in the first column")
	}
	switch l.sign {
	case signWeak:
		return l, nil
	case signField:
		n, err := strconv.Atoi(strings.TrimSpace(cells[2]))
		if err != nil || n < -100 || n > 100 {
			return line{}, fmt.Errorf("%q: want points from -100 to 100", cells[2])
		}
		l.points = n
		return l, nil
	case signShort, signMeans:
		for part := range strings.SplitSeq(cells[2], "|") {
			if w := words(part); len(w) > 0 {
				l.means = append(l.means, w)
			}
		}
		if len(l.means) == 0 {
			return line{}, fmt.Errorf("%q means nothing: the third column is empty", cells[0])
		}
		return l, nil
	}
	return line{}, fmt.Errorf("sign %q: want =, >, - or +", cells[1])
}

// With adds the lines of other, which replace lines of s for the same words.
func (s Synonyms) With(other Synonyms) Synonyms {
	all := Synonyms{lines: map[string]line{}}
	for _, t := range []Synonyms{s, other} {
		for _, k := range t.order {
			all.add(t.lines[k])
		}
	}
	return all
}

// add puts a line in. The marks are part of the key: "lô" and "lỗ" are two lines.
func (s *Synonyms) add(l line) {
	key := l.sign
	if l.sign == signShort {
		key = signMeans // one meaning for a thing said, of whichever kind
	}
	for _, w := range l.said {
		key += " " + w.shape + string(w.tone)
	}
	if _, known := s.lines[key]; !known {
		s.order = append(s.order, key)
	}
	s.lines[key] = l
}
