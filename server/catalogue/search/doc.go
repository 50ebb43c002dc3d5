// Package search finds a procedure from what a person types or touches: an
// index in memory, built from the catalogue, that gives the same answer to the
// same question every time and can say why.
//
// # What it understands
//
// Words are compared without marks ("dang ky" finds "Đăng ký"), wherever the
// tone stands (hòa, hoà), with i for a last y (kí, ký). Where the person typed
// marks, a word with the same marks counts more and one with other marks much
// less. The last word may be unfinished. A word nobody knows is tried as Telex
// or VNI typed on a plain keyboard ("ddat", "d9at1"), as two words run
// together, and as a slip of one letter. A number is looked for among the codes,
// with or without its dot.
//
// # How it ranks
//
// Every hit gets points, and Hit.Why lists them. In plain words, and with all else
// equal, this is the order: the words as typed, with their marks, side by side
// in the name; the same without marks; all words, in any order or place, the
// nearer together the better; the last word only begun; words that the table
// says mean the same; words with a slip of the pen. Words found only in the
// keywords, the field, or the papers and results count less, in this order.
// Nearness weighs more than the last two steps: a begun word right beside its
// neighbour ("di chu" in "di chúc") stands before two whole words far apart, and
// where the table speaks of the whole question ("sổ đỏ"), what it means stands
// about where the words themselves would.
//
// To this come points when the name begins with what was asked, for the share of
// the name that was asked for, for procedures done at a commune, and those the
// table gives to fields of everyday life and to procedures asked for most. They
// may bridge the gap between two rules. Hits with equal points stand by shorter
// name, then by code. Entries that hold only most of the words are shown when
// none that holds all of them is any good.
//
// # What a hall can change
//
// The table synonyms.tsv, read by ParseSynonyms, has three columns (see the
// head of the file): what people say, a sign, what it means. A hall may hand its
// own lines to Synonyms.With; a line of the hall replaces ours for the same words.
package search
