package catalogue

import (
	"errors"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
)

// What the hall knows stays through imports and their undoing; the edition grows
// with each change of it.
func TestOwnIsKept(t *testing.T) {
	s := newTest(t)
	imports(t, s, "x.jsonl", fixture(3, 1, nil), nil)
	before, _ := s.Version(t.Context())
	o := Own{Code: "1.000010", Fee: "5.000 đồng", Resolution: "1/NQ", Words: []string{"giấy hồng"}, Forms: map[string]string{"Tờ khai": "https://example.vn/a"}}
	if err := s.SetOwn(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	if err := s.SetOwn(t.Context(), Own{Code: "9.999999", Fee: "x", Resolution: "y"}); !errors.Is(err, ErrUnknown) {
		t.Errorf("of no procedure: %v", err)
	}
	imports(t, s, "x.jsonl", fixture(3, 1, func(i int, p *Procedure) { p.Name += " mới" }), nil)
	if _, err := s.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	got, known, err := s.Own(t.Context(), "1.000010")
	if err != nil || !known || got.Fee != o.Fee || got.Forms["Tờ khai"] != "https://example.vn/a" {
		t.Errorf("%+v %v %v", got, known, err)
	}
	all, err := s.Owns(t.Context())
	if after, _ := s.Version(t.Context()); err != nil || len(all) != 1 || after != before+3 {
		t.Errorf("%v, edition %d after %d, %v", all, after, before, err)
	}
	if err := s.SetOwn(t.Context(), Own{Code: "1.000010"}); err != nil {
		t.Fatal(err)
	}
	if _, known, _ := s.Own(t.Context(), "1.000010"); known {
		t.Error("an empty one takes it away")
	}
}

func TestOwnIsChecked(t *testing.T) {
	good := Own{Code: "1.000010", Fee: " 5.000  đồng", Resolution: "1/NQ", FeeFrom: "2026-01-01", Online: OnlineFull, OnlineURL: "https://dvc.example.vn/x",
		Promise: queue.Promise{Unit: queue.WorkingDays, Amount: 1.5}, Late: queue.LateNote{From: "15:00", Text: queue.Text{VI: "Mai trả."}}, Words: []string{" a ", "", "a"}}
	o, wrong := good.Cleaned()
	if wrong != "" || o.Fee != "5.000 đồng" || len(o.Words) != 1 {
		t.Errorf("%q %+v", wrong, o)
	}
	for want, change := range map[string]func(*Own){
		"resolution": func(o *Own) { o.Resolution = "" },
		"fee":        func(o *Own) { o.Fee = strings.Repeat("x", 501) },
		"fee_from":   func(o *Own) { o.FeeFrom = "1/1/2026" },
		"online":     func(o *Own) { o.Online = "all" },
		"online_url": func(o *Own) { o.OnlineURL = "http://plain.example" },
		"promise":    func(o *Own) { o.Promise.Amount = 0.3 },
		"late":       func(o *Own) { o.Late.From = "3pm" },
		"words":      func(o *Own) { o.Words = []string{strings.Repeat("x", 501)} },
		"forms":      func(o *Own) { o.Forms = map[string]string{"Tờ khai": "javascript:alert(1)"} },
	} {
		bad := good
		change(&bad)
		if _, wrong := bad.Cleaned(); wrong != want {
			t.Errorf("%s: %q is wrong", want, wrong)
		}
	}
}

// What first filled the catalogue is no news; what came later is, with a decision.
func TestNews(t *testing.T) {
	s := newTest(t)
	imports(t, s, "x.jsonl", fixture(3, 1, nil), nil)
	if list, err := s.News(t.Context(), time.Time{}, 50); err != nil || len(list) != 0 {
		t.Fatalf("%v %v", list, err)
	}
	later := noon.Add(48 * time.Hour)
	imports(t, s, "x.jsonl", fixture(2, 1, func(i int, p *Procedure) { p.Decision = "7/QĐ-BTP"; p.Effective = "2026-12-01" }),
		func(o *ImportOptions) { o.Now, o.Complete = later, true })
	list, err := s.News(t.Context(), noon, 50)
	if err != nil || len(list) != 3 || list[0].Kind != Changed || list[0].Decision != "7/QĐ-BTP" || list[0].Effective != "2026-12-01" || list[2].Kind != Withdrawn {
		t.Errorf("%+v %v", list, err)
	}
	if list, _ := s.News(t.Context(), later.Add(time.Second), 50); len(list) != 0 {
		t.Errorf("%+v", list)
	}
	dates, err := s.Dates(t.Context())
	if err != nil || !dates["1.000010"].Equal(later) || len(dates) != 3 {
		t.Errorf("%v %v", dates, err)
	}
}
