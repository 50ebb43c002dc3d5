package api_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"motcua/server/api"
	"motcua/server/queue"
)

// document is the interface as it is written down.
var document = sync.OnceValue(func() map[string]any {
	raw, err := os.ReadFile("openapi.json")
	if err != nil {
		panic(err)
	}
	var d map[string]any
	if err := json.Unmarshal(raw, &d); err != nil {
		panic(err)
	}
	return d
})

type object = map[string]any

// patterns are the document's paths, each as what fits it. They are made once: every
// request of every test asks.
var patterns = sync.OnceValue(func() map[string]*regexp.Regexp {
	all, part := map[string]*regexp.Regexp{}, regexp.MustCompile(`\\\{[^/]*\\\}`)
	for pattern := range document()["paths"].(object) {
		all[pattern] = regexp.MustCompile("^" + part.ReplaceAllString(regexp.QuoteMeta(pattern), "[^/]*") + "$")
	}
	return all
})

// operation finds the entry of the document for a request; nil for pages.
func operation(method, path string) object {
	path, _, _ = strings.Cut(path, "?")
	best := ""
	for pattern, re := range patterns() {
		if re.MatchString(path) && (best == "" || strings.Count(pattern, "{") < strings.Count(best, "{")) {
			best = pattern
		}
	}
	if best == "" {
		return nil
	}
	op, _ := document()["paths"].(object)[best].(object)[strings.ToLower(method)].(object)
	return op
}

// conform holds an answer against the document. Every request of every test in
// this package passes through here.
func conform(method, path string, a answer) error {
	op := operation(method, path)
	if op == nil {
		return nil
	}
	response, ok := op["responses"].(object)[strconv.Itoa(a.status)].(object)
	if !ok {
		return fmt.Errorf("%s %s: status %d is not documented: %.200s", method, path, a.status, a.raw)
	}
	kind, _, _ := strings.Cut(a.header.Get("Content-Type"), ";")
	content, _ := response["content"].(object)
	if content == nil {
		return nil
	}
	media, ok := content[kind].(object)
	if !ok {
		return fmt.Errorf("%s %s: %d as %q is not documented", method, path, a.status, kind)
	}
	if !strings.HasSuffix(kind, "json") {
		return nil
	}
	var body any
	if err := json.Unmarshal([]byte(a.raw), &body); err != nil {
		return err
	}
	if a.status >= 400 && kind == "application/problem+json" && a.status < 500 {
		if text := response["description"].(string); !strings.Contains(text, "`"+a.code()+"`") {
			return fmt.Errorf("%s %s: code %s is not documented: %s", method, path, a.code(), text)
		}
	}
	if err := valid(media["schema"].(object), body, "body"); err != nil {
		return fmt.Errorf("%s %s: %d: %w: %.300s", method, path, a.status, err, a.raw)
	}
	return nil
}

// valid checks a value against the part of JSON Schema that the document uses.
func valid(schema object, v any, at string) error {
	if ref, ok := schema["$ref"].(string); ok {
		name := strings.TrimPrefix(ref, "#/components/schemas/")
		return valid(document()["components"].(object)["schemas"].(object)[name].(object), v, at)
	}
	if choices, ok := schema["oneOf"].([]any); ok {
		for _, choice := range choices {
			if valid(choice.(object), v, at) == nil {
				return nil
			}
		}
		return fmt.Errorf("%s fits no choice", at)
	}
	if !typed(schema["type"], v) {
		return fmt.Errorf("%s is %T, want %v", at, v, schema["type"])
	}
	if enum, ok := schema["enum"].([]any); ok && !slices.Contains(enum, v) {
		return fmt.Errorf("%s is %v, want one of %v", at, v, enum)
	}
	switch v := v.(type) {
	case string:
		if pattern, ok := schema["pattern"].(string); ok && !regexp.MustCompile(pattern).MatchString(v) {
			return fmt.Errorf("%s is %q, want %s", at, v, pattern)
		}
	case []any:
		for i, item := range v {
			if err := valid(schema["items"].(object), item, fmt.Sprintf("%s[%d]", at, i)); err != nil {
				return err
			}
		}
	case object:
		return validObject(schema, v, at)
	}
	return nil
}

func validObject(schema, v object, at string) error {
	properties, described := schema["properties"].(object)
	if !described {
		return nil
	}
	for _, name := range schema["required"].([]any) {
		if _, ok := v[name.(string)]; !ok {
			return fmt.Errorf("%s has no %s", at, name)
		}
	}
	for name, value := range v {
		property, ok := properties[name].(object)
		if !ok {
			return fmt.Errorf("%s.%s is not documented", at, name)
		}
		if err := valid(property, value, at+"."+name); err != nil {
			return err
		}
	}
	return nil
}

func typed(want, v any) bool {
	if list, ok := want.([]any); ok {
		return slices.ContainsFunc(list, func(one any) bool { return typed(one, v) })
	}
	switch v := v.(type) {
	case nil:
		return want == "null"
	case string:
		return want == "string"
	case bool:
		return want == "boolean"
	case float64:
		return want == "number" || want == "integer" && v == float64(int64(v))
	case []any:
		return want == "array"
	}
	return want == "object"
}

// Every route is in the document, and nothing else.
func TestEveryRouteIsDocumented(t *testing.T) {
	h := newHall(t, options{demo: true})
	var written []string
	for path, item := range document()["paths"].(object) {
		for method := range item.(object) {
			written = append(written, method+" "+path)
		}
	}
	routes := h.server.Routes()
	slices.Sort(written)
	slices.Sort(routes)
	if !slices.Equal(written, routes) {
		t.Errorf("documented:\n%s\nserved:\n%s", strings.Join(written, "\n"), strings.Join(routes, "\n"))
	}
	if served := h.get("/api/openapi.json", ""); served.body["openapi"] != "3.1.0" {
		t.Errorf("%.200s", served.raw)
	}
}

// Each read answers as documented.
func TestReadsConform(t *testing.T) {
	h := newHall(t, options{demo: true})
	h.do(0, "open", "{}")
	a := h.take()
	h.do(0, "next", "{}")
	for _, path := range []string{"/healthz", "/readyz", "/metrics", branchPath, branchPath + "/settings", "/api/v1/keys",
		"/api/v1/procedures?q=khai+sinh&limit=50", "/api/v1/tickets/" + a.text("token"), "/api/v1/tickets/" + a.text("token") + "/qr.svg",
		"/api/v1/tickets?branch=hoabinh&code=" + strings.ToLower(a.text("code"))} {
		if a := h.get(path, "demo-admin"); a.status != 200 {
			t.Errorf("%s: %d %.200s", path, a.status, a.raw)
		}
	}
}

// A validator that lets everything pass would prove nothing.
func TestConformCanFail(t *testing.T) {
	ticket := object{"$ref": "#/components/schemas/Interval"}
	for _, bad := range []any{nil, "x", object{}, object{"low": 1.0}, object{"low": 1.0, "high": 2.5}, object{"low": 1.0, "high": 2.0, "more": 1.0}} {
		if valid(ticket, bad, "") == nil {
			t.Errorf("%v passed", bad)
		}
	}
	if err := valid(ticket, object{"low": 1.0, "high": 2.0}, ""); err != nil {
		t.Error(err)
	}
}

// Every code of the domain has a status and both sentences.
func TestEveryCodeHasWords(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../queue/errors.go", nil, 0)
	must(t, err)
	status, words := api.Codes()
	n := 0
	ast.Inspect(file, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		if lit, ok := spec.Values[0].(*ast.BasicLit); ok {
			text, _ := strconv.Unquote(lit.Value)
			code := queue.Code(text)
			n++
			if status[code] == 0 || words[code].VI == "" || words[code].EN == "" {
				t.Errorf("%s has no status or no words", code)
			}
		}
		return true
	})
	if n < 20 {
		t.Errorf("only %d codes were found", n)
	}
	for code := range status {
		if words[code].VI == "" || words[code].EN == "" {
			t.Errorf("%s has no words", code)
		}
	}
}
