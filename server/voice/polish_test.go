package voice

import (
	"math"
	"testing"
)

// tone is speech to the ear of a program: silence, a note of some loudness, silence.
func tone(loud float64) []float64 {
	sound := make([]float64, Rate)
	for i := Rate / 4; i < 3*Rate/4; i++ {
		sound[i] = loud * math.Sin(2*math.Pi*float64(i-Rate/4)/50) // begins and ends at zero
	}
	return sound
}

// Whatever the voice gives, a clip has one loudness, no silence to speak of and
// ends that meet the next one without a jump.
func TestPolish(t *testing.T) {
	for _, loud := range []float64{0.02, 0.2, 0.9} {
		got := Polish(tone(loud))
		if n := len(got) * 1000 / Rate; n < 500 || n > 550 {
			t.Errorf("%.2f: %d ms are left of 500", loud, n)
		}
		if db := 20 * math.Log10(rms(got)); math.Abs(db-level) > 1.5 {
			t.Errorf("%.2f: brought to %.1f dB, want %.1f", loud, db, level)
		}
		for i, x := range got {
			if math.Abs(x) > ceiling {
				t.Fatalf("%.2f: %.2f of full scale", loud, x)
			}
			if i > 0 && math.Abs(x-got[i-1]) > 0.06 {
				t.Fatalf("%.2f: a jump of %.2f at %d", loud, x-got[i-1], i)
			}
		}
		if got[0] != 0 || math.Abs(got[len(got)-1]) > 1e-3 {
			t.Errorf("%.2f: it begins with %f and ends with %f", loud, got[0], got[len(got)-1])
		}
	}
	if got := Polish(make([]float64, Rate)); len(got) != 0 {
		t.Errorf("silence gives %d samples", len(got))
	}
}

func TestWaveAndBack(t *testing.T) {
	sound := tone(0.5)
	back, err := Samples(Wave(sound))
	if err != nil || len(back) != len(sound) {
		t.Fatalf("%d samples of %d, %v", len(back), len(sound), err)
	}
	for i := range sound {
		if math.Abs(back[i]-sound[i]) > 1e-4 {
			t.Fatalf("sample %d is %f, was %f", i, back[i], sound[i])
		}
	}
	if _, err := Samples([]byte("RIFF")); err == nil {
		t.Error("half a header passes")
	}
}
