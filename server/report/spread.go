package report

import (
	"math"
	"slices"
)

// best is the most points a mark or an indicator gives (TT 01/2018 Đ13).
const best = 2

// spread computes mean, median and 90th percentile of milliseconds, each rounded
// once, to the nearest number of seconds a float64 can hold. It sorts them.
func spread(ms []int32) Spread {
	if len(ms) == 0 {
		return Spread{}
	}
	sortMillis(ms)
	var total int64
	for _, v := range ms {
		total += int64(v)
	}
	n := len(ms)
	// Nearest rank: the k-th smallest, k the least with k/n >= 0.9. In whole numbers,
	// because 0.9*n is not exact.
	k := (9*n + 9) / 10
	return Spread{N: n, Mean: float64(total) / float64(1000*n), Median: median(ms), P90: seconds(int64(ms[k-1]))}
}

// older adds durations of which only number and sum are known: the mean is of all,
// median and percentile are of the others.
func (s *Spread) older(ms []int32, n int, total int64) {
	if n == 0 {
		return
	}
	for _, v := range ms {
		total += int64(v)
	}
	s.N += n
	s.Mean = float64(total) / float64(1000*s.N)
}

// sortedByDigits is from how many values on a list is sorted by digits: a year's
// report sorts millions, and this takes an eighth of the time of comparing them.
const sortedByDigits = 2048

// sortMillis sorts numbers that are not negative.
func sortMillis(ms []int32) {
	if len(ms) < sortedByDigits {
		slices.Sort(ms)
		return
	}
	// Three rounds of eleven bits, the lowest first; each keeps the order of the one before.
	from, to := ms, make([]int32, len(ms))
	for shift := 0; shift < 33; shift += 11 {
		var place [1 << 11]int
		for _, v := range from {
			place[v>>shift&(1<<11-1)]++
		}
		next := 0
		for i, n := range place {
			place[i], next = next, next+n
		}
		for _, v := range from {
			digit := v >> shift & (1<<11 - 1)
			to[place[digit]] = v
			place[digit]++
		}
		from, to = to, from
	}
	copy(ms, from) // after three rounds the order is in the other list
}

// median of sorted milliseconds, in seconds.
func median(ms []int32) float64 {
	n := len(ms)
	if n == 0 {
		return 0
	}
	return float64(int64(ms[(n-1)/2])+int64(ms[n/2])) / 2000
}

// finish computes what follows from the counts.
func (s *sum) finish(reason func(string) string) Figures {
	f := s.Figures
	f.Wait, f.Service = spread(s.waits), spread(s.spents)
	f.Wait.older(s.waits, s.oldWaits, s.oldWaited)
	f.Use = Use{Idle: seconds(s.use[useIdle]), Calling: seconds(s.use[useCalling]),
		Serving: seconds(s.use[useServing]), Paused: seconds(s.use[usePaused])}
	f.Use.Open = seconds(s.use[useIdle] + s.use[useCalling] + s.use[useServing] + s.use[usePaused])
	r := &f.Rating
	r.Mean = mean(r.Points, r.Rated)
	r.Low, r.High = Wilson(r.Content.Yes, r.Content.Of)
	r.Reasons = frequent(s.reasons, reason, 1)
	if r.Levels == nil {
		r.Levels = []int{}
	}
	if r.Sources == nil {
		r.Sources = map[string]int{}
	}
	marks := []*Mark{&r.Forms.Q1, &r.Forms.Q3, &r.Forms.Q4, &r.Forms.Q7}
	for i, m := range marks {
		*m = s.points[i]
		m.Mean = mean(m.Points, m.N)
	}
	return f
}

// mean is points per answer, rounded to one decimal, halves up, as the circular
// counts an indicator (TT 01/2018 Đ15); 0 of nothing.
func mean(points, n int) float64 {
	if n == 0 {
		return 0
	}
	return float64((20*points+n)/(2*n)) / 10
}

// z is the 97.5th percentile of the normal distribution: 95 % lie within.
const z = 1.959963984540054

// Wilson gives the score interval of yes of n at 95 %: where the share among all
// who were served may lie, when those who answered are a fair sample of them.
// Without an answer it is 0 to 1: nothing is known. (E. B. Wilson, 1927.)
func Wilson(yes, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	size, p := float64(n), float64(yes)/float64(n)
	middle := p + z*z/(2*size)
	reach := z * math.Sqrt(p*(1-p)/size+z*z/(4*size*size))
	low, high = (middle-reach)/(1+z*z/size), (middle+reach)/(1+z*z/size)
	// At the ends the formula gives 0 and 1 but for rounding.
	if yes == 0 {
		low = 0
	}
	if yes == n {
		high = 1
	}
	return low, high
}
