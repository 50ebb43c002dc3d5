package firmware

import (
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// tags lists the yaml names of a struct, with those of structs inlined in it, and
// checks that json uses the same.
func tags(t *testing.T, typ reflect.Type) []string {
	t.Helper()
	var names []string
	for i := range typ.NumField() {
		f := typ.Field(i)
		if f.Anonymous {
			names = append(names, tags(t, f.Type)...)
			continue
		}
		if f.Tag.Get("yaml") != f.Tag.Get("json") || f.Tag.Get("yaml") == "" {
			t.Errorf("%s.%s: yaml %q, json %q", typ, f.Name, f.Tag.Get("yaml"), f.Tag.Get("json"))
		}
		name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// The types and the schemas are one thing written down twice.
func TestSchemasMatchTypes(t *testing.T) {
	all := schemas()
	for name, pair := range map[string]struct {
		s   *schema
		typ any
	}{
		"printer":  {all["printer"], Printer{}},
		"keypad":   {all["keypad"], Keypad{}},
		"action":   {all["keypad"].Defs["action"], Action{}},
		"panel":    {all["panel"], Panel{}},
		"scanner":  {all["scanner"], Scanner{}},
		"serial":   {all["head"].Defs["serial"], Serial{}},
		"verified": {all["head"].Defs["verified"], Verified{}},
		"site":     {all["site"], Site{}},
		"device":   {all["site"].Defs["device"], Device{}},
		"unit":     {all["site"].Defs["unit"], Unit{}},
	} {
		want := tags(t, reflect.TypeOf(pair.typ))
		got := slices.Sorted(maps.Keys(pair.s.Properties))
		if !slices.Equal(got, want) {
			t.Errorf("%s:\nschema %v\ntype   %v", name, got, want)
		}
		checkKinds(t, name, pair.s, reflect.TypeOf(pair.typ))
	}
}

// checkKinds compares the schema's type of each field with Go's.
func checkKinds(t *testing.T, name string, s *schema, typ reflect.Type) {
	t.Helper()
	want := map[reflect.Kind]string{reflect.String: "string", reflect.Int: "integer", reflect.Bool: "boolean",
		reflect.Slice: "array", reflect.Map: "object", reflect.Struct: "object"}
	for i := range typ.NumField() {
		f := typ.Field(i)
		if f.Anonymous {
			checkKinds(t, name, s, f.Type)
			continue
		}
		field, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if part := s.Properties[field]; part != nil && part.follow().Type != want[f.Type.Kind()] {
			t.Errorf("%s.%s is %s in the schema and %s in Go", name, field, part.follow().Type, f.Type)
		}
	}
}

// What need not stand in a whole profile is what Go may leave out.
func TestCompleteMeansEveryField(t *testing.T) {
	for kind, typ := range map[string]any{"printer": Printer{}, "keypad": Keypad{}, "panel": Panel{}, "scanner": Scanner{}} {
		s := schemas()[kind]
		needed := slices.Concat(s.Required, s.Defs["complete"].Required, schemas()["head"].Defs["complete"].Required)
		for _, f := range reflect.VisibleFields(reflect.TypeOf(typ)) {
			name, option, _ := strings.Cut(f.Tag.Get("yaml"), ",")
			if f.Anonymous {
				continue
			}
			if slices.Contains(needed, name) == (option == "omitempty") {
				t.Errorf("%s.%s: omitempty is %v, needed is %v", kind, name, option == "omitempty", slices.Contains(needed, name))
			}
		}
	}
}

// Strict means: no group of fields takes a field that it does not know.
func TestSchemasAreStrict(t *testing.T) {
	for name, s := range schemas() {
		walk(s, func(part *schema) {
			if part.Type == "object" && part.Additional == nil {
				t.Errorf("%s: a group of fields without additionalProperties: %q", name, part.Description)
			}
			if part.Additional != nil && *part.Additional {
				t.Errorf("%s: additionalProperties is true", name)
			}
			if part.Ref != "" && part.follow() == nil {
				t.Errorf("%s: %s leads nowhere", name, part.Ref)
			}
			for field := range part.Properties {
				if part.Properties[field].follow().Type == "" {
					t.Errorf("%s: %s has no type", name, field)
				}
			}
			for _, field := range part.Required {
				if part.Type != "" && part.Properties[field] == nil {
					t.Errorf("%s: %s is required and unknown", name, field)
				}
			}
			if part.Pattern != "" && part.Description == "" {
				t.Errorf("%s: the pattern %s is not put into words", name, part.Pattern)
			}
		})
	}
}

func walk(s *schema, visit func(*schema)) {
	visit(s)
	for _, group := range []map[string]*schema{s.Defs, s.Properties, s.Patterned} {
		for _, part := range group {
			walk(part, visit)
		}
	}
	if s.Items != nil {
		walk(s.Items, visit)
	}
}

func TestEverySchemaFileIsRead(t *testing.T) {
	files, err := fs.Glob(schemaFiles, "schema/*.json")
	if err != nil || len(files) != len(schemas()) {
		t.Errorf("%d files, %d schemas, %v", len(files), len(schemas()), err)
	}
	for name, s := range schemas() {
		if s.Dialect != "https://json-schema.org/draft/2020-12/schema" || s.Title == "" {
			t.Errorf("%s: dialect %q, title %q", name, s.Dialect, s.Title)
		}
	}
}
