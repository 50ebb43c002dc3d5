package queue

import (
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pathPart is a field's name, or a member of a list by its id or place.
var pathPart = regexp.MustCompile(`\[[^\]]*\]|[^.\[\]]+`)

// NameOf says in words what a path of the settings means: "services[land].prefix" is
// "Hàng chờ “Đất đai”, chữ đầu của số". Members of lists are known by their id, those
// without by their place from 0, and looked up in the documents given, in their
// order; what none of them has is named by its id. An unknown path stays as it is.
func NameOf(path string, sets ...Settings) Text { return nameOf(path, false, sets...) }

// Name says in words where the problem is. A problem's place counts the members of
// every list, since its document may give an id twice.
func (p Problem) Name(set Settings) Text { return nameOf(p.Place, true, set) }

func nameOf(path string, places bool, sets ...Settings) Text {
	n := namer{kind: reflect.TypeFor[Settings](), places: places}
	for _, set := range sets {
		n.values = append(n.values, reflect.ValueOf(set))
		n.halves = append(n.halves, set.Calendar.Halves...)
	}
	for _, part := range pathPart.FindAllString(path, -1) {
		if !n.step(part) {
			return Text{VI: path, EN: path}
		}
	}
	return Text{VI: upperFirst(strings.Join(n.vi, ", ")), EN: upperFirst(strings.Join(n.en, ", "))}
}

// namer walks down a path: through the types for the labels, and through the
// documents for what people call a member of a list.
type namer struct {
	kind   reflect.Type
	places bool // numbers are places even where members have ids
	values []reflect.Value
	halves []Half
	vi, en []string
}

func (n *namer) step(part string) bool {
	for n.kind.Kind() == reflect.Pointer {
		n.kind = n.kind.Elem()
		n.each(func(v reflect.Value) reflect.Value { return v.Elem() })
	}
	key, member := strings.CutPrefix(strings.TrimSuffix(part, "]"), "[")
	switch {
	case n.kind.Kind() == reflect.Struct && !member:
		return n.field(part)
	case n.kind.Kind() == reflect.Slice && member:
		n.member(key)
		return true
	case n.kind.Kind() == reflect.Map && !member:
		n.entry(part)
		return true
	}
	return false
}

func (n *namer) field(tag string) bool {
	for f := range n.fields() {
		if tagOf(f) != tag {
			continue
		}
		label, ok := labels[n.kind.Name()+"."+tag]
		if !ok {
			label = Text{VI: tag, EN: tag}
		}
		n.vi, n.en = append(n.vi, label.VI), append(n.en, label.EN)
		n.kind = f.Type
		n.each(func(v reflect.Value) reflect.Value { return v.FieldByIndex(f.Index) })
		return true
	}
	return false
}

func (n *namer) fields() func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range n.kind.NumField() {
			if !yield(n.kind.Field(i)) {
				return
			}
		}
	}
}

// member adds what a member is called to the name of its list.
func (n *namer) member(key string) {
	n.kind = n.kind.Elem()
	n.each(func(list reflect.Value) reflect.Value { return memberOf(list, key, n.places) })
	name := key
	if i, err := strconv.Atoi(key); err == nil {
		name = strconv.Itoa(i + 1)
	}
	for _, v := range n.values {
		if called := calledBy(v); called != "" {
			name = "“" + called + "”"
			break
		}
	}
	if last := len(n.vi) - 1; last >= 0 {
		n.vi[last] += " " + name
		n.en[last] += " " + name
	}
}

// entry names one value of a map: those by half-day by the half-day's name.
func (n *namer) entry(key string) {
	name := Text{VI: key, EN: key}
	for _, half := range n.halves {
		if half.ID == key && half.Name.VI != "" {
			name = Text{VI: half.Name.VI, EN: half.Name.In("en")}
			break
		}
	}
	n.vi, n.en = append(n.vi, name.VI), append(n.en, name.EN)
	n.kind, n.values = n.kind.Elem(), nil
}

// each goes on in every document that has the value.
func (n *namer) each(next func(reflect.Value) reflect.Value) {
	var found []reflect.Value
	for _, v := range n.values {
		if v.Kind() == reflect.Pointer && v.IsNil() {
			continue
		}
		if v = next(v); v.IsValid() {
			found = append(found, v)
		}
	}
	n.values = found
}

// memberOf finds a member by its id unless only places count, or by its place.
func memberOf(list reflect.Value, key string, places bool) reflect.Value {
	for i := 0; i < list.Len() && !places; i++ {
		if v := list.Index(i); v.Kind() == reflect.Struct && v.FieldByName("ID").IsValid() && v.FieldByName("ID").String() == key {
			return v
		}
	}
	if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < list.Len() {
		return list.Index(i)
	}
	return reflect.Value{}
}

// calledBy is what people call a member: the label of a counter, the name of the rest.
func calledBy(v reflect.Value) string {
	if v.Kind() != reflect.Struct {
		return ""
	}
	if label := v.FieldByName("Label"); label.IsValid() {
		return label.String()
	}
	if contact := v.FieldByName("Contact"); contact.IsValid() {
		v = contact
	}
	if name := v.FieldByName("Name"); name.IsValid() {
		if text, ok := name.Interface().(Text); ok {
			return text.VI
		}
	}
	return ""
}

// tagOf is a field's name in the document.
func tagOf(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}
