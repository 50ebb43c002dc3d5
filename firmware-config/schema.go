package firmware

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed schema/*.json
var schemaFiles embed.FS

// schema is the part of JSON Schema that the files in schema/ use. Reading one
// with any other word fails, so that no rule is believed that nobody checks.
type schema struct {
	Dialect     string             `json:"$schema"`
	Title       string             `json:"title"`
	Description string             `json:"description"`
	Ref         string             `json:"$ref"` // "#/$defs/x" or "head.json#/$defs/x"
	Defs        map[string]*schema `json:"$defs"`
	Type        string             `json:"type"`
	Required    []string           `json:"required"`
	Properties  map[string]*schema `json:"properties"`
	Patterned   map[string]*schema `json:"patternProperties"`
	Additional  *bool              `json:"additionalProperties"` // only ever false
	Items       *schema            `json:"items"`
	MinItems    int                `json:"minItems"`
	MaxItems    int                `json:"maxItems"` // 0 for no limit
	Enum        []any              `json:"enum"`
	Minimum     *int               `json:"minimum"`
	Maximum     *int               `json:"maximum"`
	Pattern     string             `json:"pattern"`
	MinLength   int                `json:"minLength"`
	MaxLength   int                `json:"maxLength"` // 0 for no limit

	file  string
	re    *regexp.Regexp            // of Pattern
	names map[string]*regexp.Regexp // of Patterned
}

// kinds are the kinds of profiles, each with a schema of its name.
var kinds = []string{"printer", "keypad", "panel", "scanner"}

// schemas reads the embedded files once; that they are sound is tested.
var schemas = sync.OnceValue(func() map[string]*schema {
	all := map[string]*schema{}
	for _, name := range append([]string{"head", "site"}, kinds...) {
		s, err := readSchema(name + ".json")
		if err != nil {
			panic(err)
		}
		all[name] = s
	}
	return all
})

func readSchema(name string) (*schema, error) {
	data, err := schemaFiles.ReadFile(path.Join("schema", name))
	if err != nil {
		return nil, err
	}
	var s schema
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return nil, fmt.Errorf("schema/%s: %w", name, err)
	}
	return &s, s.prepare(name)
}

// prepare compiles patterns and notes in which file each part stands.
func (s *schema) prepare(file string) error {
	s.file, s.names = file, map[string]*regexp.Regexp{}
	var err error
	if s.re, err = regexp.Compile(s.Pattern); err != nil {
		return fmt.Errorf("schema/%s: %w", file, err)
	}
	for pattern := range s.Patterned {
		if s.names[pattern], err = regexp.Compile(pattern); err != nil {
			return fmt.Errorf("schema/%s: %w", file, err)
		}
	}
	parts := []*schema{}
	for _, group := range []map[string]*schema{s.Defs, s.Properties, s.Patterned} {
		parts = append(parts, slices.Collect(maps.Values(group))...)
	}
	if s.Items != nil {
		parts = append(parts, s.Items)
	}
	for _, p := range parts {
		if err := p.prepare(file); err != nil {
			return err
		}
	}
	return nil
}

// follow gives what a $ref names. That every $ref leads somewhere is tested.
func (s *schema) follow() *schema {
	for s.Ref != "" {
		file, name, _ := strings.Cut(s.Ref, "#/$defs/")
		if file == "" {
			file = s.file
		}
		s = schemas()[strings.TrimSuffix(file, ".json")].Defs[name]
	}
	return s
}

// check notes in p what is wrong with n.
func (s *schema) check(n *node, at string, p *Problems) {
	s = s.follow()
	if s.Type == string(aText) && n.bare {
		n.kind = aText // counter: 1 means "1"
	}
	if s.Type != "" && string(n.kind) != s.Type {
		p.add(n, at, "%s, but it must be %s", told(n), typeNames[s.Type])
		return
	}
	if len(s.Enum) > 0 && !slices.Contains(s.Enum, jsonOf(n)) {
		p.add(n, at, "%s is not one of %s", shown(n), listed(s.Enum))
		return
	}
	switch n.kind {
	case aMap:
		s.checkMap(n, at, p)
	case aList:
		s.checkList(n, at, p)
	case aInt:
		s.checkNumber(n, at, p)
	case aText:
		s.checkText(n, at, p)
	}
}

func (s *schema) checkMap(n *node, at string, p *Problems) {
	for _, name := range n.keys {
		if part := s.part(name); part != nil {
			part.check(n.fields[name], join(at, name), p)
		} else if s.Additional != nil {
			p.add(n.fields[name], join(at, name), "no such field%s", s.near(name))
		}
	}
	s.checkRequired(n, at, p)
}

// checkRequired notes the fields that are not there.
func (s *schema) checkRequired(n *node, at string, p *Problems) {
	for _, name := range s.Required {
		if n.fields[name] == nil {
			p.add(n, join(at, name), "is missing")
		}
	}
}

// part gives the rule for a field, nil when there is none.
func (s *schema) part(name string) *schema {
	if part := s.Properties[name]; part != nil {
		return part
	}
	for pattern, re := range s.names {
		if re.MatchString(name) {
			return s.Patterned[pattern]
		}
	}
	return nil
}

func (s *schema) checkList(n *node, at string, p *Problems) {
	if len(n.items) < s.MinItems {
		p.add(n, at, "has %d entries, at least %d are needed", len(n.items), s.MinItems)
	}
	if s.MaxItems > 0 && len(n.items) > s.MaxItems {
		p.add(n, at, "has %d entries, at most %d are allowed", len(n.items), s.MaxItems)
		return
	}
	for i, item := range n.items {
		if s.Items != nil {
			s.Items.check(item, fmt.Sprintf("%s[%d]", at, i), p)
		}
	}
}

func (s *schema) checkNumber(n *node, at string, p *Problems) {
	v, _ := n.plain().(int)
	if s.Minimum != nil && v < *s.Minimum {
		p.add(n, at, "%d is less than %d", v, *s.Minimum)
	}
	if s.Maximum != nil && v > *s.Maximum {
		p.add(n, at, "%d is more than %d", v, *s.Maximum)
	}
}

func (s *schema) checkText(n *node, at string, p *Problems) {
	switch length := utf8.RuneCountInString(n.text); {
	case length == 0 && s.MinLength > 0:
		p.add(n, at, "is empty")
	case length < s.MinLength:
		p.add(n, at, "%s is shorter than %d characters", shown(n), s.MinLength)
	case s.MaxLength > 0 && length > s.MaxLength:
		p.add(n, at, "is longer than %d characters", s.MaxLength)
	case s.Pattern != "" && !s.re.MatchString(n.text):
		p.add(n, at, "%s does not have the right form: %s", shown(n), s.Description)
	}
}
