package simday

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Figures are the measures of one group of samples. Errors are medians of
// absolute differences from the true wait, in minutes.
type Figures struct {
	Samples  int
	Said     float64 // share for which the forecast said something
	Wait     float64 // median true wait, minutes
	Ours     float64 // error of the interval's middle
	Naive    float64 // error of "people ahead x mean service time"
	Shared   float64 // error of the same divided by the counters open for the service
	Coverage float64 // share of true waits within the interval
	Below    float64 // share called before the interval
	Width    float64 // median width of the interval, minutes
}

// Ratio is our error as a share of the naive one.
func (f Figures) Ratio() float64 { return f.Ours / f.Naive }

// Report is what days of both sizes of halls gave.
type Report struct {
	Ward, Province                        Figures
	Taken, Waiting, Priority, Long, Lunch Figures // of both sizes together
	All                                   Figures
}

// provinces is how many of the days are a provincial centre's: one in five,
// since each has several times the visits of a ward.
const provinces = 5

// heldOut is the first seed of the days that no constant was tuned on.
const heldOut = 1

// Evaluate plays days with seeds that nothing was tuned on, and measures them.
func Evaluate(seeds int) Report { return evaluate(heldOut, seeds) }

func evaluate(first, seeds int) Report {
	var ward, province []sample
	for i := range seeds {
		seed := uint64(first + i)
		ward = append(ward, run(seed, Ward).known...)
		if i%provinces == 0 {
			province = append(province, run(seed, Province).known...)
		}
	}
	all := append(slices.Clone(ward), province...)
	return Report{
		Ward: figures(ward), Province: figures(province), All: figures(all),
		Taken:    figures(keep(all, func(x sample) bool { return x.atTake })),
		Waiting:  figures(keep(all, func(x sample) bool { return !x.atTake })),
		Priority: figures(keep(all, func(x sample) bool { return x.priority })),
		Long:     figures(keep(all, func(x sample) bool { return x.truth >= 10 })),
		Lunch:    figures(keep(all, func(x sample) bool { return x.overLunch })),
	}
}

func keep(list []sample, want func(sample) bool) []sample {
	var out []sample
	for _, x := range list {
		if want(x) {
			out = append(out, x)
		}
	}
	return out
}

func figures(list []sample) Figures {
	said := keep(list, func(x sample) bool { return x.said })
	f := Figures{Samples: len(list), Said: float64(len(said)) / max(float64(len(list)), 1)}
	if len(said) == 0 {
		return f
	}
	inside, below := 0, 0
	var ours, naive, shared, width, wait []float64
	for _, x := range said {
		low, high := float64(x.low), float64(x.high)
		ours = append(ours, math.Abs((low+high)/2-x.truth))
		naive = append(naive, math.Abs(x.naive-x.truth))
		shared = append(shared, math.Abs(x.shared-x.truth))
		width, wait = append(width, high-low), append(wait, x.truth)
		switch {
		case x.truth < low:
			below++
		case x.truth <= high:
			inside++
		}
	}
	n := float64(len(said))
	f.Coverage, f.Below = float64(inside)/n, float64(below)/n
	f.Ours, f.Naive, f.Shared = median(ours), median(naive), median(shared)
	f.Width, f.Wait = median(width), median(wait)
	return f
}

func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}

// String is a table for the bench.
func (r Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-22s %8s %6s %6s %6s %6s %7s %6s %9s %6s %6s\n", "waiting-time forecast", "samples", "said",
		"wait", "ours", "naive", "shared", "ratio", "coverage", "below", "width")
	for _, row := range []struct {
		name string
		f    Figures
	}{{"all", r.All}, {"ward", r.Ward}, {"province", r.Province}, {"at take", r.Taken}, {"while waiting", r.Waiting},
		{"priority", r.Priority}, {"waits of 10 min on", r.Long}, {"over lunch", r.Lunch}} {
		f := row.f
		fmt.Fprintf(&b, "%-22s %8d %5.1f%% %6.1f %6.2f %6.2f %7.2f %6.2f %8.1f%% %5.1f%% %6.1f\n", row.name, f.Samples,
			f.Said*100, f.Wait, f.Ours, f.Naive, f.Shared, f.Ratio(), f.Coverage*100, f.Below*100, f.Width)
	}
	return b.String()
}
