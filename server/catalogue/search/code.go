package search

import (
	"cmp"
	"slices"
	"strings"
)

// codeAsked tells whether a question is a code or its beginning: digits with
// dots, dashes or spaces, perhaps after "mã" or "mã số". It returns the digits.
func codeAsked(q string) (string, bool) {
	ws := words(cut(q, mostRunes))
	for len(ws) > 0 && (ws[0].fold == "ma" || ws[0].fold == "so") {
		ws = ws[1:]
	}
	digits := ""
	for _, w := range ws {
		if onlyDigits(w.fold) != w.fold {
			return "", false
		}
		digits += w.fold
	}
	return digits, len(digits) >= 3 && len(digits) <= 12
}

// byCode finds entries whose code, with or without its first digit, begins with
// the digits. A whole code comes first, then the beginning of one, then its tail.
func (x *Index) byCode(digits, field string, offset, limit int) Result {
	type found struct {
		rank int
		e    *entry
	}
	var list []found
	for i := range x.entries {
		e := &x.entries[i]
		if field != "" && e.field != field || e.digits == "" {
			continue
		}
		switch {
		case e.digits == digits:
			list = append(list, found{0, e})
		case strings.HasPrefix(e.digits, digits):
			list = append(list, found{1, e})
		case strings.HasPrefix(e.digits[1:], digits):
			list = append(list, found{2, e})
		}
	}
	slices.SortStableFunc(list, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), less(b.e.Commune, a.e.Commune), strings.Compare(a.e.Code, b.e.Code))
	})
	res := Result{Total: len(list), Hits: []Hit{}}
	for _, f := range list[min(offset, len(list)):min(offset+limit, len(list))] {
		n := 2000 - 100*f.rank
		res.Hits = append(res.Hits, Hit{Code: f.e.Code, Name: f.e.Name, Rule: RuleCode, Score: n, Marks: [][2]int{},
			Why: Why{Words: []Match{{Asked: digits, Found: f.e.Code, Place: "code", How: howCode(f.rank)}},
				Points: []Point{{"code", n}}}})
	}
	return res
}

func howCode(rank int) string {
	if rank == 0 {
		return howNames[whole]
	}
	return howNames[begun]
}

func less(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
