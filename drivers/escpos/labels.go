package escpos

import (
	"slices"
	"strconv"
	"strings"
)

// ranges writes the labels of counters as people read them: three and more in a
// row become "1 – 3". Screens do the same.
func ranges(labels []string) string {
	sorted := slices.Clone(labels)
	slices.SortFunc(sorted, byNumber)
	var runs [][]string
	for _, label := range sorted {
		if n := len(runs); n > 0 && follows(runs[n-1][len(runs[n-1])-1], label) {
			runs[n-1] = append(runs[n-1], label)
		} else {
			runs = append(runs, []string{label})
		}
	}
	var parts []string
	for _, run := range runs {
		if len(run) > 2 {
			run = []string{run[0] + "\u00a0–\u00a0" + run[len(run)-1]}
		}
		parts = append(parts, run...)
	}
	return strings.Join(parts, ", ")
}

func byNumber(a, b string) int {
	x, errX := strconv.Atoi(a)
	y, errY := strconv.Atoi(b)
	if errX == nil && errY == nil && x != y {
		return x - y
	}
	return strings.Compare(a, b)
}

func follows(a, b string) bool {
	x, errX := strconv.Atoi(a)
	y, errY := strconv.Atoi(b)
	return errX == nil && errY == nil && y == x+1
}
