package catalogue

import (
	"strings"
	"testing"
)

func TestSampleCatalogue(t *testing.T) {
	s := newTest(t)
	plan, err := s.Import(t.Context(), Sample(), ImportOptions{File: SampleName, Now: noon})
	if err != nil || plan.Errors != 0 || plan.Added < 80 {
		t.Fatalf("%s %v", counts(plan), err)
	}
	for _, p := range plan.Problems {
		if p.Code != "time" { // "theo từng trường hợp": the limit is said case by case
			t.Errorf("%s: %s", p.Place, p.VI)
		}
	}
	all, err := s.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	fields := map[string]bool{}
	for _, p := range all {
		fields[p.Field] = true
		if !p.Sample || !strings.Contains(p.Source, "không thay cho văn bản công bố") || p.AsOf == "" || len(p.Documents) == 0 || len(p.Results) == 0 {
			t.Errorf("%s is not complete or not marked: %+v", p.Code, p)
		}
		for _, c := range p.Channels {
			if c.Fee == "" && !c.ByProvince {
				t.Errorf("%s %s: no fee, and nobody who decides it", p.Code, c.Mode)
			}
		}
	}
	if len(fields) < 8 {
		t.Errorf("%d fields", len(fields))
	}
	p, err := s.Get(t.Context(), "1.001193")
	if err != nil || p.Name != "Đăng ký khai sinh" || p.Channels[0].Term != (Term{1, UnitDay}) {
		t.Errorf("%+v %v", p, err)
	}
}
