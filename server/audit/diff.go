package audit

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Change is one value that is another now. Text stands as it is, anything else as
// JSON; empty means that there was, or is, none.
type Change struct {
	Path   string `json:"path"`
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}

// Bounds of what a line keeps of a change.
const (
	mostChanges  = 200
	longestValue = 500 // characters
)

// hidden are the names whose values are never kept.
var hidden = regexp.MustCompile(`(?i)(^|_)(key|secret|token|password)$`)

const hiddenValue = "(hidden)"

// Diff lists what differs between two documents, by path in the order of the
// names. A list whose members have ids is compared by id, so that a member put
// between others is one change. Either may be nil.
func Diff(before, after any) ([]Change, error) {
	a, err := plain(before)
	if err != nil {
		return nil, err
	}
	b, err := plain(after)
	if err != nil {
		return nil, err
	}
	var list []Change
	diff("", a, b, &list)
	if more := len(list) - mostChanges; more > 0 {
		list = append(list[:mostChanges-1], Change{Path: "…", After: fmt.Sprintf("+%d", more+1)})
	}
	return list, nil
}

// plain is a document as maps, lists and values.
func plain(v any) (any, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var out any
	return out, json.Unmarshal(raw, &out)
}

func diff(path string, a, b any, list *[]Change) {
	left, right := members(a), members(b)
	if left == nil && a != nil && right != nil || right == nil && b != nil && left != nil {
		diff(path, a, nil, list) // another kind of thing: what was goes, part by part
		diff(path, nil, b, list)
		return
	}
	if left == nil && right == nil {
		if before, after := value(path, a), value(path, b); before != after || !same(a, b) {
			*list = append(*list, Change{path, before, after})
		}
		return
	}
	names := slices.Collect(maps.Keys(left))
	for name := range right {
		if _, ok := left[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		below := name
		if path != "" && !strings.HasPrefix(name, "[") {
			below = path + "." + name
		} else {
			below = path + name
		}
		diff(below, left[name], right[name], list)
	}
	if before, after := orders(a, b); before != "" {
		*list = append(*list, Change{path, before, after})
	}
}

// orders gives the ids of two lists that are compared by id, when members that are
// in both have changed places; else nothing.
func orders(a, b any) (before, after string) {
	left, right := idsOf(a), idsOf(b)
	was := slices.DeleteFunc(slices.Clone(left), func(id string) bool { return !slices.Contains(right, id) })
	is := slices.DeleteFunc(slices.Clone(right), func(id string) bool { return !slices.Contains(left, id) })
	if slices.Equal(was, is) {
		return "", ""
	}
	return value("", left), value("", right)
}

// idsOf lists the ids of a list that is compared by them; nil for any other.
func idsOf(v any) []string {
	list, _ := v.([]any)
	var ids []string
	for _, x := range list {
		o, _ := x.(map[string]any)
		id, _ := o["id"].(string)
		ids = append(ids, id)
	}
	if len(ids) == 0 || nameIn(list, 0) != "["+ids[0]+"]" {
		return nil
	}
	return ids
}

// members gives the parts of an object, or of a list by id or by place; nil for
// what has no parts.
func members(v any) map[string]any {
	switch v := v.(type) {
	case map[string]any:
		return v
	case []any:
		if len(v) > 0 && !slices.ContainsFunc(v, hasParts) {
			return nil // a list of words is read as one value
		}
		out := make(map[string]any, len(v))
		for i, x := range v {
			out[nameIn(v, i)] = x
		}
		return out
	}
	return nil
}

func hasParts(v any) bool {
	switch v.(type) {
	case map[string]any, []any:
		return true
	}
	return false
}

// nameIn names a member of a list by its id, by its place when any member has none
// or shares it.
func nameIn(list []any, i int) string {
	seen := map[string]bool{}
	for _, x := range list {
		o, _ := x.(map[string]any)
		id, _ := o["id"].(string)
		if id == "" || seen[id] {
			return fmt.Sprintf("[%03d]", i)
		}
		seen[id] = true
	}
	return "[" + list[i].(map[string]any)["id"].(string) + "]"
}

func same(a, b any) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return string(x) == string(y)
}

func value(path string, v any) string {
	if v == nil {
		return ""
	}
	if hidden.MatchString(path[strings.LastIndexAny(path, ".]")+1:]) {
		return hiddenValue
	}
	if text, ok := v.(string); ok {
		return text
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(raw)
}

// long are runs of as many digits as an identity number has, old or new, however
// they are parted.
var long = regexp.MustCompile(`\d(?:[ .]?\d){8,}`)

// mask hides what may be an identity number: 9 or 12 digits.
func mask(text string) string {
	return long.ReplaceAllStringFunc(text, func(found string) string {
		digits := 0
		for _, r := range found {
			if r >= '0' && r <= '9' {
				digits++
			}
		}
		if digits == 9 || digits == 12 {
			return strings.Repeat("•", digits)
		}
		return found
	})
}

// cut bounds a text.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}
