package firmware

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Files are written by hand; what is larger or deeper was not.
const (
	longestFile = 64 << 10 // bytes
	deepest     = 8        // levels
	mostFlow    = 64       // brackets open at once: the reader of YAML works recursively
)

type kind string

const (
	aMap  kind = "object"
	aList kind = "array"
	aText kind = "string"
	aInt  kind = "integer"
	aBool kind = "boolean"
	aNull kind = "null"
)

// node is a value of a YAML file that remembers where it stood.
type node struct {
	file   string
	line   int
	kind   kind
	text   string // of scalars, as written
	bare   bool   // a scalar without quotes that YAML takes for a number
	keys   []string
	fields map[string]*node
	items  []*node
}

var wholeNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,8})$`)

// parseDocument reads one YAML document into nodes. Anchors, aliases, tags and
// merge keys are refused: a profile is to be read by people, line by line.
func parseDocument(file string, data []byte) (n *node, err error) {
	fail := func(line int, format string, args ...any) (*node, error) {
		return nil, Problems{{File: file, Line: line, Text: fmt.Sprintf(format, args...)}}
	}
	switch {
	case len(data) > longestFile:
		return fail(0, "the file is larger than %d kB", longestFile>>10)
	case !utf8.Valid(data):
		return fail(0, "the file is not UTF-8: save it as UTF-8")
	case tooNested(data):
		return fail(0, "too many brackets inside each other")
	}
	// The library has panicked on broken files before; a technician's slip must
	// not stop the agent.
	defer func() {
		if recover() != nil {
			n, err = fail(0, "this is not YAML")
		}
	}()
	tree, err := parser.ParseBytes(data, 0)
	if err != nil {
		line, text := syntax(err)
		return fail(line, "%s", text)
	}
	var bodies []ast.Node
	for _, doc := range tree.Docs {
		if doc.Body != nil {
			bodies = append(bodies, doc.Body)
		}
	}
	if len(bodies) != 1 {
		return fail(0, "the file holds %d documents, it must hold one", len(bodies))
	}
	r := reader{file: file}
	n = r.read(bodies[0], 0)
	if len(r.bad) > 0 {
		return nil, r.bad
	}
	return n, nil
}

// syntax takes the line and the first sentence out of the library's error.
func syntax(err error) (int, string) {
	var e yaml.Error
	if !errors.As(err, &e) {
		return 0, "this is not YAML"
	}
	line := 0
	if t := e.GetToken(); t != nil && t.Position != nil {
		line = t.Position.Line
	}
	text, _, _ := strings.Cut(e.GetMessage(), "\n")
	return line, text
}

func tooNested(data []byte) bool {
	open := 0
	for _, c := range data {
		switch c {
		case '[', '{':
			open++
		case ']', '}':
			open = max(0, open-1)
		}
		if open > mostFlow {
			return true
		}
	}
	return false
}

type reader struct {
	file string
	bad  Problems
}

func (r *reader) refuse(a ast.Node, format string, args ...any) *node {
	n := &node{file: r.file, line: lineOf(a), kind: aNull}
	r.bad.add(n, "", format, args...)
	return n
}

func lineOf(a ast.Node) int {
	if a == nil || a.GetToken() == nil || a.GetToken().Position == nil {
		return 0
	}
	return a.GetToken().Position.Line
}

func (r *reader) read(a ast.Node, depth int) *node {
	if depth > deepest {
		return r.refuse(a, "nested more than %d levels", deepest)
	}
	n := &node{file: r.file, line: lineOf(a)}
	switch v := a.(type) {
	case *ast.MappingNode:
		return r.mapping(n, v.Values, depth)
	case *ast.MappingValueNode:
		return r.mapping(n, []*ast.MappingValueNode{v}, depth)
	case *ast.SequenceNode:
		n.kind = aList
		for _, item := range v.Values {
			n.items = append(n.items, r.read(item, depth+1))
		}
	case *ast.StringNode:
		n.kind, n.text = aText, v.Value
	case *ast.LiteralNode:
		n.kind, n.text = aText, strings.TrimRight(v.Value.Value, "\n")
	case *ast.BoolNode:
		n.kind, n.text = aBool, strconv.FormatBool(v.Value)
	case *ast.NullNode:
		n.kind = aNull
	case *ast.IntegerNode, *ast.FloatNode:
		// "06" and "1e5" are keys and names here, not numbers.
		n.kind, n.text, n.bare = aText, a.GetToken().Value, true
		if wholeNumber.MatchString(n.text) {
			n.kind = aInt
		}
	default:
		return r.refuse(a, "%s is not used in these files; write the value out", a.Type())
	}
	return n
}

func (r *reader) mapping(n *node, values []*ast.MappingValueNode, depth int) *node {
	n.kind, n.fields = aMap, map[string]*node{}
	for _, v := range values {
		if v.Key == nil || v.Key.IsMergeKey() {
			return r.refuse(v, "merging with << is not used in these files; use inherits, or write the values out")
		}
		k := r.read(v.Key, depth+1)
		if k.kind != aText && k.kind != aInt && k.kind != aBool {
			return r.refuse(v, "a name must be plain text")
		}
		if n.fields[k.text] != nil {
			return r.refuse(v.Key, "%s stands here twice", k.text)
		}
		value := r.read(v.Value, depth+1)
		if value.kind == aMap || value.kind == aList || value.line == 0 {
			value.line = lineOf(v.Key)
		}
		n.keys = append(n.keys, k.text)
		n.fields[k.text] = value
	}
	if len(values) > 0 {
		n.line = lineOf(values[0].Key)
	}
	return n
}

// plain gives the value as encoding/json makes it, so that the types' json tags
// decode it.
func (n *node) plain() any {
	switch n.kind {
	case aMap:
		m := make(map[string]any, len(n.fields))
		for k, v := range n.fields {
			m[k] = v.plain()
		}
		return m
	case aList:
		l := make([]any, len(n.items))
		for i, v := range n.items {
			l[i] = v.plain()
		}
		return l
	case aInt:
		i, _ := strconv.Atoi(n.text)
		return i
	case aBool:
		return n.text == "true"
	case aText:
		return n.text
	}
	return nil
}

// get gives the text of a field, "" when it is not there.
func (n *node) get(name string) string {
	if f := n.fields[name]; f != nil {
		return f.text
	}
	return ""
}
