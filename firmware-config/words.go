package firmware

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// typeNames are JSON Schema's types in words.
var typeNames = map[string]string{
	"object": "a group of fields", "array": "a list, one entry a line after a dash", "string": "text",
	"integer": "a whole number", "boolean": "true or false",
}

// told says what a value is.
func told(n *node) string {
	switch n.kind {
	case aMap:
		return "this is a group of fields"
	case aList:
		return "this is a list"
	case aNull:
		return "nothing stands here"
	}
	return shown(n) + " stands here"
}

// shown quotes text and cuts what is long.
func shown(n *node) string {
	text := n.text
	if r := []rune(text); len(r) > 60 {
		text = string(r[:60]) + "…"
	}
	if n.kind == aText {
		return strconv.Quote(text)
	}
	return text
}

// jsonOf gives a scalar as a schema's enum holds it: numbers are float64 there.
func jsonOf(n *node) any {
	switch v := n.plain().(type) {
	case int:
		return float64(v)
	case string, bool:
		return v
	}
	return nil
}

func listed(values []any) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = fmt.Sprint(v)
	}
	return strings.Join(words, ", ")
}

func join(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}

// near gives a hint when a field's name was mistyped, else the names there are.
func (s *schema) near(name string) string {
	names := slices.Sorted(maps.Keys(s.Properties))
	if known := closest(names, name, 2); known != "" {
		return fmt.Sprintf("; did you mean %s?", known)
	}
	if len(names) == 0 {
		return ""
	}
	return "; there are " + strings.Join(names, ", ")
}

// closest gives the name that differs least from what was typed, in at most so
// many letters; empty when none is near.
func closest(names []string, typed string, most int) string {
	best := ""
	for _, name := range names {
		if d := distance(name, typed); d <= most {
			best, most = name, d-1
		}
	}
	return best
}

// distance counts the letters to change, add or drop to get from a to b. Names
// that are much longer than any field are not compared.
func distance(a, b string) int {
	if len(b) > 40 {
		return len(b)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		above := row[0]
		row[0] = i + 1
		for j := range len(b) {
			same := above
			if a[i] != b[j] {
				same++
			}
			above = row[j+1]
			row[j+1] = min(same, above+1, row[j]+1)
		}
	}
	return row[len(b)]
}
