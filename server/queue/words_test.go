package queue

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// Every form that a check can give has a code and words, and no words are left over.
func TestEveryProblemHasWords(t *testing.T) {
	forms := map[string]bool{}
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".go") && !strings.HasSuffix(f.Name(), "_test.go") {
			formsOf(t, f.Name(), forms)
		}
	}
	for form := range forms {
		if w, ok := problemWords[form]; !ok || w.code == "" || w.VI == "" || w.EN == "" {
			t.Errorf("%q has no code and words", form)
		}
	}
	for form, w := range problemWords {
		if !forms[form] {
			t.Errorf("no check says %q any more", form)
		}
		if !norm.NFC.IsNormalString(w.VI) || strings.Contains(w.VI, "!") {
			t.Errorf("%q", w.VI)
		}
	}
}

// formsOf collects the literal forms of the calls of add and check in a file.
func formsOf(t *testing.T, name string, forms map[string]bool) {
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		at := map[string]int{"add": 1, "check": 2}
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || at[sel.Sel.Name] == 0 || len(call.Args) <= at[sel.Sel.Name] {
			return true
		}
		lit, ok := call.Args[at[sel.Sel.Name]].(*ast.BasicLit)
		if ok && lit.Kind == token.STRING {
			form, _ := strconv.Unquote(lit.Value)
			forms[form] = true
		} else if id, isName := call.Args[at[sel.Sel.Name]].(*ast.Ident); !isName || id.Name != "form" {
			t.Errorf("%s: the form of %s is no literal", name, sel.Sel.Name)
		}
		return true
	})
}

// What the words say of a real document is a sentence without a hole.
func TestWordsAreFilled(t *testing.T) {
	s := DemoSettings()
	s.Services[0].Prefix, s.Services[0].WaitTarget, s.Services[1].Name.VI = "é", 999, ""
	s.Counters[0].Services = append(s.Counters[0].Services, "nowhere")
	s.Calendar.CloseAt = "9"
	problems := append(s.Problems(), Misfits(DemoSettings(), Settings{}, map[string]int{s.Services[0].ID: 2, "@1": 1}, []string{"2"})...)
	if len(problems) < 7 {
		t.Fatal(problems)
	}
	for _, p := range problems {
		for _, text := range []string{p.Words().VI, p.Words().EN} {
			if text == "" || strings.Contains(text, "%") {
				t.Errorf("%s: %q", p.What, text)
			}
		}
	}
	if i := slices.IndexFunc(problems, func(p Problem) bool { return p.Place == "services[0].wait_target" }); i < 0 || problems[i].Code() != "range" ||
		problems[i].Words().VI != "Xin ghi một số từ 0 đến 480." {
		t.Error(problems)
	}
}

// Every field of the document has a label, and no label is left over.
func TestEverySettingHasALabel(t *testing.T) {
	seen, kinds := map[string]bool{}, map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(k reflect.Type) {
		switch k.Kind() {
		case reflect.Slice, reflect.Map, reflect.Pointer:
			walk(k.Elem())
		case reflect.Struct:
			if kinds[k] {
				return
			}
			kinds[k] = true
			for i := range k.NumField() {
				f := k.Field(i)
				seen[k.Name()+"."+tagOf(f)] = true
				walk(f.Type)
			}
		}
	}
	walk(reflect.TypeFor[Settings]())
	for name := range seen {
		if l := labels[name]; l.VI == "" || l.EN == "" || !norm.NFC.IsNormalString(l.VI) {
			t.Errorf("%s has no label", name)
		}
	}
	for name := range labels {
		if !seen[name] {
			t.Errorf("%s is no setting any more", name)
		}
	}
}

func TestNameOf(t *testing.T) {
	s := DemoSettings()
	s.Services[0].ID, s.Services[0].Name = "land", Text{VI: "Đất đai"}
	s.Counters[2].ID, s.Counters[2].Label = "x", "03"
	s.Calendar.Halves = []Half{{ID: "am", Name: Text{VI: "Buổi sáng", EN: "Morning"}}}
	s.Calendar.Golden = []Special{{Promise: &Promise{Unit: HalfDays}}}
	for path, want := range map[string]string{
		"services[land].prefix":             "Hàng chờ “Đất đai”, chữ đầu của số",
		"services[0].prefix":                "Hàng chờ “Đất đai”, chữ đầu của số",
		"services[gone].prefix":             "Hàng chờ gone, chữ đầu của số",
		"services[0].quota.am":              "Hàng chờ “Đất đai”, số lượt mỗi buổi, Buổi sáng",
		"counters[x].services[1]":           "Quầy “03”, các hàng chờ phục vụ 2",
		"name.vi":                           "Tên trung tâm, tiếng Việt",
		"calendar.golden[000].promise.unit": "Lịch làm việc, ngày vàng 1, hẹn trả kết quả, cách tính",
		"report.indicators.2":               "Báo cáo, chỉ số tự chấm, 2",
		"…":                                 "…",
		"services.prefix":                   "services.prefix",
	} {
		if got := NameOf(path, s).VI; got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	// A counter's id may be a number: a place is not an id.
	s.Counters[0].ID, s.Counters[0].Label = "2", "01"
	for _, p := range []Problem{{Place: "counters[2].label"}, {Place: "counters[0].label"}} {
		if got, want := p.Name(s).VI, "Quầy “"+s.Counters[p.Place[9]-'0'].Label+"”, số quầy"; got != want {
			t.Errorf("%s: %q, want %q", p.Place, got, want)
		}
	}
	if got := NameOf("counters[2].label", s).VI; got != "Quầy “01”, số quầy" {
		t.Error(got)
	}
	if got := NameOf("services[gone].name", Settings{}, Settings{Services: []ServiceSetting{{ID: "gone", Name: Text{VI: "Cũ"}}}}).EN; got != "Queue “Cũ”, name" {
		t.Error(got)
	}
}
