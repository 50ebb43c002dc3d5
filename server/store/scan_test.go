package store

import (
	"encoding/json"
	"reflect"
	"strconv"
	"testing"

	"motcua/server/queue"
)

// fill gives every field of a struct a value of its own.
func fill(v reflect.Value, n *int) {
	for i := range v.NumField() {
		*n++
		switch f := v.Field(i); f.Kind() {
		case reflect.String:
			f.SetString("chữ {" + strconv.Itoa(*n) + "}: a, b")
		case reflect.Int, reflect.Int64:
			f.SetInt(int64(*n))
		case reflect.Bool:
			f.SetBool(true)
		case reflect.Struct:
			fill(f, n)
		}
	}
}

func filled[T any](t *testing.T) (T, string) {
	t.Helper()
	var v T
	n := 0
	fill(reflect.ValueOf(&v).Elem(), &n)
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return v, string(raw)
}

// A field that is added to a record and forgotten here would be read slowly, by
// encoding/json; this says so. One that is read wrongly is a defect.
func TestScanKnowsEveryField(t *testing.T) {
	visit, raw := filled[queue.Visit](t)
	var v queue.Visit
	if !scanVisit(raw, &v) || v != visit {
		t.Errorf("%s\nread as %+v", raw, v)
	}
	counter, raw := filled[queue.Counter](t)
	var k queue.Counter
	if !scanCounter(raw, &k) || k != counter {
		t.Errorf("%s\nread as %+v", raw, k)
	}
}

// What the scanner does not take goes to encoding/json, with the same outcome.
func TestReadEventAgrees(t *testing.T) {
	_, visit := filled[queue.Visit](t)
	_, counter := filled[queue.Counter](t)
	texts := []string{
		`{}`,
		`{"kind":"ticket.taken","at":"1","day":"2026-11-23","verb":"take","by":"kiosk","visit":` + visit + `}`,
		`{"kind":"ticket.called","at":"1","visit":` + visit + `,"counter":` + counter + `,"out_of_turn":true,"reason":"a \"b\" }"}`,
		`{"kind":"ticket.ended","visit":{"id":"\u0041","rev":3},"counter":{"id":"1","turn":-2,"rated":false}}`,
		`{"kind":"day.opened","bookings":[{"code":"X"}]}`,
		`{"kind":"x","visit":null}`, `{"kind":"x", "at":"2"}`, `{"kind":"x","later":{"a":[1,{"b":"}"}]},"at":"3"}`,
		`{"kind":"rating.given","rating":{"id":"a.1","level":2},"reasons":["r"]}`,
		`{"kind":"settings.changed","version":7}`, `{"rank":3,"others":4,"fronts":1,"person_count":2}`,
		`{"kind":"x","visit":{"rev":"4"}}`, `{"kind":"x","visit":{"rev":1.5}}`, `{"kind":`, `{"kind":"x"`, `{"kind":"x"}}`, `{"kind":"x",}`,
		`{"kind":"x""at":"1"}`, `{"visit":{"id":"a"}`, `[]`, `"x"`, ``, `{`, `}`, `{"a"`, `{"a":`, `{"kind":x}`, `{"rank":}`, `{"rank":1}x`,
	}
	for _, text := range texts {
		var want queue.Event
		wrong := json.Unmarshal([]byte(text), &want)
		got, err := readEvent(text)
		if (err == nil) != (wrong == nil) || err == nil && !reflect.DeepEqual(got, want) {
			t.Errorf("event %s: %+v, %v; want %+v, %v", text, got, err, want, wrong)
		}
		var result, other queue.Result
		wrong = json.Unmarshal([]byte(text), &other)
		err = readResult(text, &result)
		if (err == nil) != (wrong == nil) || err == nil && !reflect.DeepEqual(result, other) {
			t.Errorf("result %s: %+v, %v; want %+v, %v", text, result, err, other, wrong)
		}
	}
}

func BenchmarkReadEvent(b *testing.B) {
	text := `{"kind":"ticket.taken","at":"1795400000000","day":"2026-11-23","verb":"take","by":"kiosk-1","visit":{"id":"261123-A001",` +
		`"number":"A001","service":"ho-tich","state":"waiting","q":"ho-tich","ord":"1795400000000.0000001","token":"hb0123456789012345678901",` +
		`"code":"ABCDEF","origin":"kiosk","forecast":"interleave 2 1 2 3 4","taken":"1795400000000","rev":1}}`
	b.Run("scan", func(b *testing.B) {
		for b.Loop() {
			if _, err := readEvent(text); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("json", func(b *testing.B) {
		for b.Loop() {
			var e queue.Event
			if err := json.Unmarshal([]byte(text), &e); err != nil {
				b.Fatal(err)
			}
		}
	})
}
