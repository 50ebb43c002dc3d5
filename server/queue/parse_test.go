package queue

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func TestParseSettings(t *testing.T) {
	for _, s := range []Settings{DemoSettings(), ProductionSettings("hall")} {
		if got := copyOf(t, s); !reflect.DeepEqual(got, s) {
			t.Errorf("%s comes back changed:\n%+v\n%+v", s.ID, got, s)
		}
	}
}

func TestParseSettingsIsStrict(t *testing.T) {
	for _, test := range []struct{ name, document, says string }{
		{"empty", "", "empty"},
		{"spaces", " \n", "empty"},
		{"null", "null", "not an object"},
		{"list", "[]", "not an object"},
		{"number", "1", "not an object"},
		{"two documents", `{"id":"a"}{"id":"b"}`, "after the document"},
		{"something behind", `{"id":"a"} x`, "after the document"},
		{"cut off", `{"id":"a"`, "EOF"},
		{"unknown field", `{"id":"a","colour":"red"}`, "colour"},
		{"unknown field inside", `{"services":[{"id":"a","x":1}]}`, `"x"`},
		{"twice", `{"id":"a","id":"b"}`, "twice"},
		{"twice inside", `{"services":[{"id":"a"},{"id":"b","id":"c"}]}`, "twice"},
		{"twice in a map", `{"services":[{"quota":{"am":1,"am":2}}]}`, "twice"},
		{"another spelling", `{"ID":"a"}`, "ID"},
		{"a letter that folds", `{"\u212aey":"a"}`, "unknown field"},
		{"wrong type", `{"id":1}`, "string"},
		{"fraction", `{"version":1.5}`, "version"},
		{"not UTF-8", "{\"id\":\"\xff\"}", "UTF-8"},
		{"too large", `{"id":"` + strings.Repeat("a", MaxSettings) + `"}`, "1 MiB"},
	} {
		_, err := ParseSettings([]byte(test.document))
		if CodeOf(err) != SettingsInvalid || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

func TestParseErrorsAreShort(t *testing.T) {
	name := strings.Repeat("a", 100_000)
	_, err := ParseSettings([]byte(`{"` + name + `":1}`))
	if err == nil || len(err.Error()) > 400 {
		t.Errorf("a message of %d bytes", len(err.Error()))
	}
}

// Anything may be sent in: nothing breaks, what is read can be checked, and it
// means the same when it is written and read again.
func FuzzParseSettings(f *testing.F) {
	for _, s := range []Settings{DemoSettings(), ProductionSettings("hall"), {}} {
		document, err := json.Marshal(s)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(document)
	}
	f.Add([]byte(`{"calendar":{"seasons":[{"from":"02-29","to":"x","halves":null}],"golden":[{"weekdays":[9]}]}}`))
	f.Add([]byte(`{"services":[{"promise":{"unit":"working_days","amount":1e308}}]}`))
	now := at(f, "2026-11-16 09:00")
	f.Fuzz(func(t *testing.T, document []byte) {
		if len(document) > MaxSettings/8 {
			return // escaped again, it may grow past the limit
		}
		s, err := ParseSettings(document)
		if err != nil {
			if CodeOf(err) != SettingsInvalid {
				t.Fatalf("not a refusal: %v", err)
			}
			return
		}
		bad := s.Validate()
		again := copyOf(t, s)
		if (again.Validate() == nil) != (bad == nil) {
			t.Fatalf("read again it is judged otherwise: %v, %v", bad, again.Validate())
		}
		if bad != nil {
			return
		}
		for _, service := range s.Services {
			if a := s.ServiceAt(service.ID, now); a.Open == (a.Reason != "") {
				t.Fatalf("%+v", a)
			}
			s.Calendar.Due(service.Promise, now)
		}
	})
}
