package voice

import "math"

// What a clip is brought to. Speech at an RMS of -14 dB comes to about -16 LUFS (EBU R128);
// above the knee peaks are bent, not cut.
const (
	level    = -14.0 // dB
	knee     = 0.5   // of full scale
	ceiling  = 0.85  // the codec adds a little to the peaks
	quietest = -42.0 // dB below the loudest frame: silence
)

// Lengths in samples.
const (
	frame   = Rate / 200       // 5 ms
	before  = 12 * Rate / 1000 // of silence kept: a soft consonant starts in it
	after   = 25 * Rate / 1000
	fadeIn  = 4 * Rate / 1000
	fadeOut = 12 * Rate / 1000
)

// Polish cuts the silence off, brings the speech to one level and rounds the ends:
// clips can then follow each other without a gap, a jump or a click.
func Polish(sound []float64) []float64 {
	from, to := edges(sound)
	if from >= to {
		return nil
	}
	sound = append([]float64(nil), sound[from:to]...)
	gain := math.Pow(10, level/20) / loudness(sound)
	for i := range sound {
		sound[i] = bend(sound[i]*gain) * ramp(i, fadeIn) * ramp(len(sound)-1-i, fadeOut)
	}
	return sound
}

// edges finds where the speech begins and ends.
func edges(sound []float64) (from, to int) {
	loudest := 0.0
	for i := 0; i+frame <= len(sound); i += frame {
		loudest = max(loudest, rms(sound[i:i+frame]))
	}
	if loudest == 0 {
		return 0, 0
	}
	least := loudest * math.Pow(10, quietest/20)
	from = -1
	for i := 0; i+frame <= len(sound); i += frame {
		if rms(sound[i:i+frame]) < least {
			continue
		}
		if from < 0 {
			from = i
		}
		to = i + frame
	}
	return max(0, from-before), min(len(sound), to+after)
}

// loudness is the RMS of the frames that count: pauses and soft ends do not.
func loudness(sound []float64) float64 {
	gate := rms(sound) / 4
	sum, n := 0.0, 0
	for i := 0; i+frame <= len(sound); i += frame {
		if r := rms(sound[i : i+frame]); r >= gate {
			sum, n = sum+r*r, n+1
		}
	}
	if n == 0 {
		return rms(sound)
	}
	return math.Sqrt(sum / float64(n))
}

func rms(sound []float64) float64 {
	sum := 0.0
	for _, x := range sound {
		sum += x * x
	}
	return math.Sqrt(sum / float64(len(sound)))
}

// bend leaves what is below the knee and rounds what is above to at most the ceiling.
func bend(x float64) float64 {
	over := math.Abs(x) - knee
	if over <= 0 {
		return x
	}
	return math.Copysign(knee+(ceiling-knee)*math.Tanh(over/(ceiling-knee)), x)
}

func ramp(i, length int) float64 {
	if i >= length {
		return 1
	}
	return 0.5 - 0.5*math.Cos(math.Pi*float64(i)/float64(length))
}
