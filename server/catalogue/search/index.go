package search

import (
	"slices"
	"strings"
	"sync"
)

// The places a word may stand in.
const (
	inName = iota
	inKeyword
	inField
	inOther
	places
)

var placeNames = [places]string{"name", "keyword", "field", "other"}

// Of a paper to bring so many words count.
const paperWords = 24

// Index answers searches. It does not change once built, and many may use it at once.
type Index struct {
	entries []entry
	table   Synonyms
	lines   []saidLine        // what to look for in a question
	shortBy map[string][]line // abbreviations by their first word, longest first

	ids        map[string]int32 // folded word -> id
	vocabulary []string
	known      []bool // in a name, keyword, field or the table: worth a guess
	sorted     []int32
	byLength   [][]int32
	letterMask []uint32

	seen    map[string]word // while it is built: words as written, analysed once
	forms   []word          // the words of names, each spelling once
	formIDs map[formKey]int32
	posts   [places][][]int32 // word id -> entries that have it there, in order
	scratch sync.Pool
}

type formKey struct {
	fold, shape string
	tone        rune
}

// entry is a document as the index holds it.
type entry struct {
	Document
	name   []token
	lead   int // tokens of the name that say nothing ("Thủ tục …")
	runes  int
	field  string // folded
	digits string // of the code
	bonus  int    // of its field
}

type token struct {
	id, form int32
	from, to int32
}

// saidLine is a line of the table with the ids of the words said.
type saidLine struct {
	line
	ids []int32
}

// New builds the index. Documents are taken as they are: who does not want
// withdrawn procedures found leaves them out.
func New(docs []Document, synonyms Synonyms) *Index {
	x := &Index{table: synonyms, shortBy: map[string][]line{}, ids: map[string]int32{}, formIDs: map[formKey]int32{}, seen: map[string]word{}}
	x.readTable()
	x.entries = make([]entry, len(docs))
	bonus := synonyms.points()
	for i, d := range docs {
		x.entries[i] = x.enter(int32(i), d)
		x.entries[i].bonus = bonus[x.entries[i].field] + bonus[Fold(d.Code)]
	}
	x.seen = nil
	x.arrange()
	x.scratch.New = func() any { return newScratch(len(x.vocabulary), len(x.entries)) }
	return x
}

func (x *Index) readTable() {
	for _, k := range x.table.order {
		if l := x.table.lines[k]; l.sign == signShort {
			f := l.said[0].fold
			x.shortBy[f] = append(x.shortBy[f], l)
			slices.SortStableFunc(x.shortBy[f], func(a, b line) int { return len(b.said) - len(a.said) })
		}
	}
	for _, k := range x.table.order {
		l := x.table.lines[k]
		if l.sign == signField {
			continue
		}
		if l.sign != signShort { // questions come with their abbreviations written out
			l.said = x.lengthen(l.said)
		}
		l.means = slices.Clone(l.means)
		for i := range l.means {
			l.means[i] = x.lengthen(l.means[i])
		}
		s := saidLine{line: l}
		for _, w := range l.said {
			s.ids = append(s.ids, x.id(w.fold, true))
		}
		for _, m := range l.means {
			for _, w := range m {
				x.id(w.fold, true)
			}
		}
		x.lines = append(x.lines, s)
	}
}

// points gives the points of fields and codes, both folded.
func (s Synonyms) points() map[string]int {
	m := map[string]int{}
	for _, k := range s.order {
		if l := s.lines[k]; l.sign == signField {
			m[joinFold(l.said)] = l.points
		}
	}
	return m
}

func joinFold(ws []word) string {
	parts := make([]string, len(ws))
	for i, w := range ws {
		parts[i] = w.fold
	}
	return strings.Join(parts, " ")
}

func (x *Index) enter(at int32, d Document) entry {
	e := entry{Document: d, runes: len([]rune(d.Name)), digits: onlyDigits(d.Code)}
	for _, w := range x.lengthen(x.words(d.Name)) {
		id := x.id(w.fold, true)
		x.post(inName, id, at)
		e.name = append(e.name, token{id, x.form(w), int32(w.from), int32(w.to)})
	}
	if len(e.name) > 2 && x.vocabulary[e.name[0].id] == "thu" && x.vocabulary[e.name[1].id] == "tuc" {
		e.lead = 2
	}
	field := x.words(d.Field)
	e.field = joinFold(field)
	for _, w := range x.lengthen(field) {
		x.post(inField, x.id(w.fold, true), at)
	}
	for _, k := range d.Keywords {
		for _, w := range x.lengthen(x.words(k)) {
			x.post(inKeyword, x.id(w.fold, true), at)
		}
	}
	for _, o := range d.Other {
		list := x.words(firstWords(o, paperWords))
		for _, w := range x.lengthen(list[:min(len(list), paperWords)]) {
			x.post(inOther, x.id(w.fold, false), at)
		}
	}
	return e
}

// words cuts a text like words, but looks at each spelling once.
func (x *Index) words(s string) []word {
	return wordsBy(s, func(raw string) word {
		w, ok := x.seen[raw]
		if !ok {
			w = analyse(raw)
			x.seen[raw] = w
		}
		return w
	})
}

// firstWords cuts a text after n spaces, so that pages of it are not read.
func firstWords(s string, n int) string {
	for i, r := range s {
		if r == ' ' {
			if n--; n == 0 {
				return s[:i]
			}
		}
	}
	return s
}

// lengthen writes abbreviations out, in names as in questions.
func (x *Index) lengthen(ws []word) []word {
	var out []word
	for i := 0; i < len(ws); {
		n := 0
		for _, l := range x.shortBy[ws[i].fold] {
			if len(l.said) <= len(ws)-i && agree(ws[i:i+len(l.said)], l.said) {
				n = len(l.said)
				for _, w := range l.means[0] {
					w.from, w.to = ws[i].from, ws[i+n-1].to
					out = append(out, w)
				}
				break
			}
		}
		if n == 0 {
			out = append(out, ws[i])
			n = 1
		}
		i += n
	}
	return out
}

func agree(typed, said []word) bool {
	for i, w := range typed {
		if w.fold != said[i].fold || !w.agrees(said[i]) {
			return false
		}
	}
	return true
}

func (x *Index) id(fold string, known bool) int32 {
	id, ok := x.ids[fold]
	if !ok {
		id = int32(len(x.vocabulary))
		x.ids[fold] = id
		x.vocabulary = append(x.vocabulary, fold)
		x.known = append(x.known, false)
		for p := range x.posts {
			x.posts[p] = append(x.posts[p], nil)
		}
	}
	x.known[id] = x.known[id] || known
	return id
}

func (x *Index) form(w word) int32 {
	k := formKey{w.fold, w.shape, w.tone}
	id, ok := x.formIDs[k]
	if !ok {
		id = int32(len(x.forms))
		x.formIDs[k] = id
		x.forms = append(x.forms, word{fold: w.fold, shape: w.shape, tone: w.tone})
	}
	return id
}

func (x *Index) post(place int, id, at int32) {
	list := x.posts[place][id]
	if len(list) == 0 || list[len(list)-1] != at {
		x.posts[place][id] = append(list, at)
	}
}

// arrange sorts the known words for prefixes, and lays them by length for slips.
func (x *Index) arrange() {
	x.byLength = make([][]int32, 32)
	x.letterMask = make([]uint32, len(x.vocabulary))
	for id, w := range x.vocabulary {
		if !x.known[id] {
			continue
		}
		x.sorted = append(x.sorted, int32(id))
		x.letterMask[id] = letters(w)
		if len(w) < len(x.byLength) {
			x.byLength[len(w)] = append(x.byLength[len(w)], int32(id))
		}
	}
	slices.SortFunc(x.sorted, func(a, b int32) int { return strings.Compare(x.vocabulary[a], x.vocabulary[b]) })
}

// prefixed gives the known words that begin with fold.
func (x *Index) prefixed(fold string) []int32 {
	from, _ := slices.BinarySearchFunc(x.sorted, fold, func(id int32, f string) int {
		return strings.Compare(x.vocabulary[id], f)
	})
	to := from
	for to < len(x.sorted) && strings.HasPrefix(x.vocabulary[x.sorted[to]], fold) {
		to++
	}
	return x.sorted[from:to]
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}
