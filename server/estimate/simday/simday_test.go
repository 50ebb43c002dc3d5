package simday

import (
	"reflect"
	"testing"
)

// The exact figures are the bench's; here only that the forecast is worth
// printing on a ticket. The bounds are loose, so that they speak of faults and
// not of the luck of a few days.
func TestForecastBeatsNaive(t *testing.T) {
	r := Evaluate(10)
	t.Log("\n" + r.String())
	for name, f := range map[string]Figures{"all": r.All, "ward": r.Ward, "province": r.Province,
		"at take": r.Taken, "priority": r.Priority, "long": r.Long} {
		if f.Samples < 100 {
			t.Errorf("%s: only %d samples", name, f.Samples)
		}
		if f.Coverage < 0.60 || f.Coverage > 0.95 {
			t.Errorf("%s: the 80 %% interval holds %.0f %% of the waits", name, f.Coverage*100)
		}
		if f.Ratio() > 0.8 {
			t.Errorf("%s: error %.1f min, naive %.1f", name, f.Ours, f.Naive)
		}
		if f.Said < 0.9 {
			t.Errorf("%s: says something for %.0f %% only", name, f.Said*100)
		}
	}
}

func TestSameSeedSameDay(t *testing.T) {
	a, b := run(3, Ward), run(3, Ward)
	if !reflect.DeepEqual(a.known, b.known) {
		t.Error("one seed gave two different days")
	}
	if len(a.known) == 0 || reflect.DeepEqual(a.known, run(4, Ward).known) {
		t.Error("another seed gave the same day")
	}
}

func TestSizes(t *testing.T) {
	for seed := range uint64(30) {
		p := newPlan(seed, Ward)
		if p.visits < 80 || p.visits > 300 || len(p.settings.Counters) < 6 || len(p.settings.Counters) > 12 {
			t.Errorf("seed %d: ward with %d visits, %d counters", seed, p.visits, len(p.settings.Counters))
		}
	}
	if p := newPlan(1, Province); p.visits != 1000 || len(p.settings.Counters) != 30 {
		t.Errorf("province with %d visits, %d counters", p.visits, len(p.settings.Counters))
	}
}

// Services must take as long as the fields they stand for: four of five
// servings of an average clerk in an average hall lie in the field's range.
func TestServingTimes(t *testing.T) {
	for _, k := range kinds {
		inside, n := 0, 0
		for seed := range uint64(60) {
			p := newPlan(seed, Ward)
			for i := range 40 {
				x := p.serving(k.name+"-1", i%len(p.speed))
				if n++; x >= k.low && x <= k.high {
					inside++
				}
			}
		}
		if share := float64(inside) / float64(n); share < 0.55 || share > 0.9 {
			t.Errorf("%s: %.0f %% of servings take %v-%v min", k.name, share*100, k.low, k.high)
		}
	}
}
