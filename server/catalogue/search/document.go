package search

import (
	"slices"

	"motcua/server/catalogue"
)

// commune is the level of a ward's or commune's own procedures, as the national
// catalogue writes it.
const commune = "Cấp xã"

// Document is what the index knows of a procedure.
type Document struct {
	Code     string
	Name     string
	Field    string
	Commune  bool     // done at a commune or ward
	Keywords []string // the hall's own words for it
	Other    []string // papers to bring and results: they count least
}

// FromProcedure takes from a procedure what is searched. Of a paper only the
// beginning counts; some run over pages.
func FromProcedure(p catalogue.Procedure) Document {
	d := Document{Code: p.Code, Name: p.Name, Field: p.Field, Keywords: p.Keywords,
		Commune: slices.Contains(p.Levels, commune), Other: slices.Clone(p.Results)}
	for _, g := range p.Documents {
		for _, item := range g.Items {
			d.Other = append(d.Other, item.Name)
		}
	}
	return d
}

// Options narrow a search.
type Options struct {
	Field  string // only this field; empty for all
	Event  string // only what this life event calls for; of Shelf, an index knows none
	Limit  int    // most hits to give back; 0 for DefaultLimit
	Offset int    // how many of the best are left out
}

// DefaultLimit is how many hits a search gives back when nobody says.
const DefaultLimit = 50

// Result is the answer to a question.
type Result struct {
	Total int   `json:"total"` // all that fit, also those beyond the limit
	Hits  []Hit `json:"hits"`
}

// Rule is the main reason why an entry was found, best first.
type Rule string

// The rules, in the order they rank with all else equal.
const (
	RuleCode    Rule = "code"    // by its code
	RuleExact   Rule = "exact"   // the words as typed, with their marks, side by side
	RulePhrase  Rule = "phrase"  // the same, marks aside
	RuleWords   Rule = "words"   // all words, anywhere
	RulePrefix  Rule = "prefix"  // all words, the last one begun
	RuleSynonym Rule = "synonym" // other words that mean the same
	RuleTypo    Rule = "typo"    // with a slip of the pen
	RulePart    Rule = "part"    // not every word
)

// Hit is one entry found, and why.
type Hit struct {
	Code  string   `json:"code"`
	Name  string   `json:"name"`
	Rule  Rule     `json:"rule"`
	Score int      `json:"score"`
	Marks [][2]int `json:"marks"` // parts of Name to highlight, from and to, in runes
	Why   Why      `json:"why"`
	Said  string   `json:"said,omitempty"` // the words of the table that were met in the question
}

// Why explains a hit: the words it was looked for by, once abbreviations and
// people's words were read, and the points that make its score.
type Why struct {
	Words  []Match `json:"words"`
	Points []Point `json:"points"`
}

// Match is one word of the question and what it met.
type Match struct {
	Asked string `json:"asked"`
	Found string `json:"found,omitempty"` // empty when it met nothing
	Place string `json:"place,omitempty"` // name, keyword, field, other
	How   string `json:"how,omitempty"`   // whole, keys, prefix, typo
}

// Point is a part of the score.
type Point struct {
	For string `json:"for"`
	N   int    `json:"n"`
}
