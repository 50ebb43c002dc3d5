package main

import (
	"fmt"
	"slices"
	"time"
)

func median(list []float64) float64 { return quantile(list, 0.5) }

// quantile gives the value below which the share q of the list lies; 0 for none.
func quantile(list []float64, q float64) float64 {
	if len(list) == 0 {
		return 0
	}
	sorted := slices.Clone(list)
	slices.Sort(sorted)
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}

// ratios divides round by round: what disturbs a round falls on both.
func ratios(ours, limit []float64) []float64 {
	list := make([]float64, 0, len(ours))
	for i := range min(len(ours), len(limit)) {
		if limit[i] > 0 {
			list = append(list, ours[i]/limit[i])
		}
	}
	return list
}

// calm lists the rounds in which others left the machine alone; all of them when
// that was so in fewer than two. noise has one list for each thing measured.
func calm(noise ...[]float64) []int {
	var quiet, all []int
	for i := range noise[0] {
		all = append(all, i)
		if !slices.ContainsFunc(noise, func(list []float64) bool { return list[i] > noisy }) {
			quiet = append(quiet, i)
		}
	}
	if len(quiet) < 2 {
		return all
	}
	return quiet
}

// pick gives the chosen ones of a list.
func pick[T any](list []T, which []int) []T {
	chosen := make([]T, len(which))
	for i, at := range which {
		chosen[i] = list[at]
	}
	return chosen
}

func column[T any](list []T, of func(T) float64) []float64 {
	values := make([]float64, len(list))
	for i, x := range list {
		values[i] = of(x)
	}
	return values
}

func millis(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func micros(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }

func millisOf(list []time.Duration) []float64 { return column(list, millis) }

func two(a, b float64) string { return fmt.Sprintf("%.2f / %.2f ms", a, b) }

func times(ratio float64) string { return fmt.Sprintf("%.2f", ratio) }
